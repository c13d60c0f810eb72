"""Making the cards of a sheet: what each of its facts says now, and every version of it that was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from factbook.catalogue import Catalogue
from factbook.model.change import History, Replaced, SheetPast
from factbook.model.dates import parse_date
from factbook.model.records import Citation, Fact
from factbook.model.said import Said, fact_of, said_in
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.spoken import date_in_words
from factbook.model.statement import Statement
from factbook.model.walking import facts
from factbook.pages.addresses import address_of, cards_of, ref_to, said_by
from factbook.pages.alone import SheetAlone, alone, day_of
from factbook.pages.draft import Draft
from factbook.pages.fact_cards import (
    HOW,
    SUPERSEDED,
    CardSource,
    FactCard,
    Gone,
    SheetCards,
    content_of,
    seal_of,
)
from factbook.pages.labels import plain
from factbook.pages.page import PageRef
from factbook.pages.statement import contradicting
from factbook.provenance import Chain, statement_chain

CARRIED = ("measures", "regimes", "actors", "systems", "events", "statements")
"""Collections whose facts have cards: those about the world. What is said of a source or a term is about our evidence and our words."""

KINDS: Mapping[str, str] = {
    "Affected": "Who bears it",
    "Basis": "Legal basis",
    "DatedFact": "Date",
    "Designation": "Designation",
    "EventRelation": "Tie",
    "Happened": "Date",
    "Imposer": "Who did it",
    "LeftOut": "What it does not cover",
    "Maker": "Maker",
    "MeasureRelation": "Tie",
    "Observed": "Observation",
    "Outcome": "What came of a prediction",
    "Post": "Post",
    "Provision": "Provision",
    "Reach": "Who feels it",
    "Relation": "Tie",
    "Rule": "Rule",
    "Section": "Section",
    "Statement": "Statement",
    "Status": "State of play",
    "SystemRelation": "Tie",
    "TakenBack": "Withdrawal",
    "TextFact": "Fact",
    "Threshold": "Threshold",
}
"""What a card calls what it holds, by the name of its model."""


def sheet_cards(sheet: Sheet, draft: Draft, moved: Iterable[tuple[str, str]] = ()) -> SheetCards | None:
    """The cards of a sheet's facts; None where it has none and never had."""
    if sheet.COLLECTION not in CARRIED:
        return None
    own = {found.anchor: found.fact for found in facts(sheet)}
    now = said_in(sheet)
    past = draft.history.past_of(sheet.id)
    maker = _Maker(sheet.id, sheet.title_text, draft, sheet)
    touched = {anchor: (commit, day) for anchor, commit, day in past.touched}
    rows: dict[str, list[FactCard]] = {}
    for anchor, said in now.items():
        unsaved = anchor in past.unsaved or (draft.history.reach == "whole" and not past.commit)
        commit, day = ("", None) if unsaved else touched.get(anchor, (past.commit, past.day))
        rows[anchor] = [maker.card(anchor, said, own.get(anchor), commit, day, unsaved=unsaved)]
    _add_past(rows, past, maker)
    if not rows:
        return None
    here = frozenset(rows)
    return SheetCards(
        sheet.id,
        sheet.title_text,
        cards_of(sheet.id),
        draft.ref(sheet.id),
        tuple(tuple(versions) for versions in rows.values()),
        tuple((old, to) for old, to in moved if to in here and old not in here),
        draft.history.reach,
    )


def withdrawn_cards(
    id: str, collection: str, title: str, catalogue: Catalogue, as_of: date, history: History
) -> SheetCards | None:
    """The cards of a sheet that was withdrawn, as git gives them back; None where it gives none."""
    if collection not in CARRIED:
        return None
    rows: dict[str, list[FactCard]] = {}
    _add_past(rows, history.past_of(id), _Maker(id, title, Draft(catalogue, as_of, history=history), None))
    if not rows:
        return None
    return SheetCards(
        id,
        title,
        cards_of(id),
        PageRef(title, address_of(collection, id)),
        tuple(tuple(versions) for versions in rows.values()),
        (),
        history.reach,
    )


def _add_past(rows: dict[str, list[FactCard]], past: SheetPast, maker: _Maker) -> None:
    """Puts behind each fact the versions that stand no more, the newest first; one that stands again is none of them."""
    by_anchor: dict[str, list[Replaced]] = {}
    for was in past.replaced:
        by_anchor.setdefault(was.anchor, []).append(was)
    for anchor, states in by_anchor.items():
        versions = rows.setdefault(anchor, [])
        following = versions[0] if versions else None
        seen = {following.version} if following else set()
        for was in reversed(states):
            version = was.said.version(anchor)
            if version not in seen:
                seen.add(version)
                how = HOW.get(was.kind, SUPERSEDED) if following or was.kind in HOW else HOW["removed"]
                gone = Gone(how, was.until, was.reason, following.version if following else "")
                card = maker.card(anchor, was.said, None, was.commit, was.day, gone=gone)
                if following and (following.wording, following.note) == (card.wording, card.note):
                    card = replace(card, gone=replace(gone, same_words=True))
                versions.append(card)
            following = next(each for each in versions if each.version == version)
        if not versions:
            del rows[anchor]


@dataclass
class _Maker:
    """Makes the cards of one sheet."""

    id: str
    title: str
    draft: Draft
    sheet: Sheet | None
    """None where it was withdrawn."""

    @property
    def _alone(self) -> SheetAlone:
        return SheetAlone(self.id, self.title, self.draft.catalogue, self.sheet is not None)

    def card(
        self,
        anchor: str,
        said: Said,
        fact: Fact | None,
        commit: str,
        since: date | None,
        *,
        unsaved: bool = False,
        gone: Gone | None = None,
    ) -> FactCard:
        """The card of one version. `fact` is the one on the sheet, where it says the same."""
        catalogue = self.draft.catalogue
        fields = said.fields
        found = fact or fact_of(said)
        by = label = quote = lang = note = day = ""
        against: tuple[str, ...] = ()
        if said.kind == "Statement":
            wording = str(fields.get("gist", ""))
            by = self._speaker(fields)
            citations = [*_cites([fields.get("read_in")]), *_cites(fields.get("cite"))]
            statement = self.sheet if isinstance(self.sheet, Statement) else None
            if statement is not None and gone is None:
                label, quote, lang = _of_statement(statement, catalogue)
                against = tuple(
                    f"{said_by(other, catalogue)}: {other.gist}"
                    for other in contradicting(statement, catalogue)
                )
        elif found is not None:
            wording = alone(found, anchor, self._alone)
            day = day_of(found)
            note = plain(found.note, catalogue) if found.note else ""
            citations = list(found.cite)
            label = "; ".join(self._marks(found, fact is not None))
        else:  # today's models do not take it: its fields, as they stood
            wording = "; ".join(f"{name} {_flat(value)}" for name, value in fields.items() if name != "cite")
            citations = _cites(fields.get("cite"))
        made = FactCard(
            anchor=anchor,
            version=said.version(anchor),
            hash="",
            kind=KINDS.get(said.kind, "Fact"),
            wording=wording,
            by=by,
            day=day,
            label=label,
            note=note,
            quote=quote,
            lang=lang,
            against=against,
            sources=self._sources(citations),
            commit=commit,
            since=since,
            unsaved=unsaved,
            gone=gone,
        )
        return replace(made, hash=seal_of(content_of(made, self.id, self.title)))

    def _marks(self, fact: Fact, own: bool) -> list[str]:
        if not own:
            kept = tuple(cite for cite in fact.cite if cite.source in self.draft.catalogue)
            fact = fact.model_copy(update={"cite": kept})
        marks = [mark.strip() for mark in self.draft.marks(fact)]
        if why := self.draft.deprecated(fact):
            marks.append(f"no longer held: {why}")
        return marks

    def _sources(self, citations: Iterable[Citation]) -> tuple[CardSource, ...]:
        found = []
        for citation in citations:
            source = self.draft.catalogue.find(citation.source, Source)
            at = citation.at or ""
            if source is None:
                found.append(CardSource(citation.source, "", "", None, at, None))
            else:
                ref = ref_to(self.draft.catalogue, citation.source)
                row = CardSource(citation.source, source.title, source.publisher, source.date, at, ref)
                found.append(row)
        return tuple(found)

    def _speaker(self, fields: Mapping[str, Any]) -> str:
        names = [self._name(id) for id in fields.get("speakers", ())]
        named = fields.get("as_named")
        said_on = fields.get("said_on", {})
        try:
            when = date_in_words(parse_date(str(said_on.get("date", ""))))
        except (ValueError, AttributeError):
            when = ""
        return ", ".join(filter(None, (*names, named, when)))

    def _name(self, id: str) -> str:
        return self.draft.catalogue.title_of(id) if id in self.draft.catalogue else id


def _of_statement(statement: Statement, catalogue: Catalogue) -> tuple[str, str, str]:
    """Through whose hands a statement came and what is doubtful in it; its words as they were read, and their language."""
    chain = statement_chain(statement, catalogue)
    followed = chain if isinstance(chain, Chain) else None
    marks = [followed.label.rstrip(".") if followed else "Chain not established"]
    marks += [f"hedged: “{statement.hedge}”"] if statement.hedge else []
    marks += ["doubtful"] if statement.doubt else []
    twice = followed is not None and followed.twice_translated
    quoted = [words for words in statement.words if words.of == "document" or not twice]
    first = next((words for words in quoted if len(words.text) <= 600), None)
    return "; ".join(marks), first.text if first else "", first.lang if first else ""


def _cites(value: Any) -> list[Citation]:
    """The citations among some blocks of fields."""
    blocks = [each for each in value or () if isinstance(each, dict) and isinstance(each.get("source"), str)]
    return [Citation.model_construct(source=each["source"], at=_flat(each.get("at"))) for each in blocks]


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(inner)}" for name, inner in value.items())
    return "" if value is None else str(value)
