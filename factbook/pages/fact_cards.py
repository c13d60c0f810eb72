"""Cards of facts: what a fact or a statement says by itself, so that it can be quoted, with every version that was published.

A card stands under the page of its sheet's cards at two anchors: that of the fact, which shows what it says now, and the name of
its version, which stays when the fact has changed and then says so. What it says in HTML, as a picture and as data is left to `exports`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.actor import Post, Relation
from factbook.model.change import ChangeKind, History, Reach, Replaced, SheetPast
from factbook.model.dates import Bound, PartialDate, parse_date
from factbook.model.event import Happened
from factbook.model.measure import Affected, Designation, Provision, Rule
from factbook.model.records import Citation, Fact, Imposer, Status, TextFact, Threshold
from factbook.model.regime import Section
from factbook.model.said import Said, fact_of, said_in
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.spoken import bound_in_words, date_in_words, day_in_words, stretch_in_words
from factbook.model.statement import Outcome, Statement
from factbook.model.walking import facts
from factbook.pages.addresses import address_of, cards_of, ref_to, said_by
from factbook.pages.draft import Draft
from factbook.pages.labels import RULES, fact_words, plain, section_words
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

SINCE = "No longer published"
HOW: Mapping[ChangeKind, str] = {
    "corrected": "Corrected",
    "retracted": "Withdrawn",
    "removed": SINCE,
}
"""How it is said that a version stands no more; everything else is superseded."""
SUPERSEDED = "Superseded"


@frozen
class CardSource:
    """A source of what a card says."""

    id: str
    title: str
    publisher: str
    date: PartialDate | None
    at: str
    ref: PageRef | None
    """Its page; None for a source that is not here any more."""


@frozen
class Gone:
    """Why a version stands no more."""

    how: str
    """`Superseded`, or a value of `HOW`."""
    until: date
    reason: str
    """In the words of the sheet; empty where nobody said."""
    by: str
    """The version that took its place; empty where nothing did."""
    same_words: bool = False
    """Whether that says the same in words: its sources are others, or what goes with it in the data."""

    @property
    def in_words(self) -> str:
        """E.g. `Corrected on 20 October 2026`."""
        return f"{self.how} {'since' if self.how == SINCE else 'on'} {day_in_words(self.until)}"

    @property
    def why_in_words(self) -> str:
        """What stands behind that and the version that took its place, e.g. `, because: The decree says 700.`."""
        same = ", which says the same in words, with other sources or other data" if self.same_words else ""
        if self.reason:
            return f"{same}, because: {self.reason}"
        return f"{same}." if same else ". Why is not recorded."


@frozen
class FactCard:
    """One version of one fact."""

    anchor: str
    version: str
    hash: str
    """SHA-256 of what the card says, as `content_of` has it."""
    kind: str
    wording: str
    by: str
    """Of a statement, who said it and when."""
    day: str
    """The day that the fact itself is about, in words; empty where it has none."""
    label: str
    """What weakens it, or through whose hands a statement came."""
    note: str
    quote: str
    """Of a statement, its words as they were read."""
    lang: str
    """The language of the quote."""
    against: tuple[str, ...]
    """What contradicts a statement: who, when, what."""
    sources: tuple[CardSource, ...]
    commit: str
    """The commit that brought this version; empty where none is known."""
    since: date | None
    """Its day."""
    unsaved: bool = False
    """Whether no commit holds it yet."""
    gone: Gone | None = None


@frozen
class SheetCards:
    """The cards of a sheet."""

    id: str
    title: str
    address: str
    """Where they stand."""
    sheet: PageRef
    facts: tuple[tuple[FactCard, ...], ...]
    """For each fact its versions, the newest first; facts that are gone at the end."""
    moved: tuple[tuple[str, str], ...]
    """Anchors that facts had before, each with the present one."""
    reach: Reach
    """How far git could tell."""

    @property
    def cards(self) -> tuple[FactCard, ...]:
        """All of them."""
        return tuple(card for versions in self.facts for card in versions)

    @property
    def anchors(self) -> frozenset[str]:
        """The facts that have a card."""
        return frozenset(versions[0].anchor for versions in self.facts)


def sheet_cards(sheet: Sheet, draft: Draft, moved: Iterable[tuple[str, str]] = ()) -> SheetCards | None:
    """The cards of a sheet's facts; None where it has none and never had."""
    if sheet.COLLECTION not in CARRIED:
        return None
    own = {found.anchor: found.fact for found in facts(sheet)}
    now = said_in(sheet)
    past = draft.history.past_of(sheet.id)
    desk = _Desk(sheet.id, sheet.title_text, draft, sheet)
    touched = {anchor: (commit, day) for anchor, commit, day in past.touched}
    rows: dict[str, list[FactCard]] = {}
    for anchor, said in now.items():
        unsaved = anchor in past.unsaved or (draft.history.reach == "whole" and not past.commit)
        commit, day = ("", None) if unsaved else touched.get(anchor, (past.commit, past.day))
        rows[anchor] = [desk.card(anchor, said, own.get(anchor), commit, day, unsaved=unsaved)]
    _add_past(rows, past, desk)
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
    _add_past(rows, history.past_of(id), _Desk(id, title, Draft(catalogue, as_of, history=history), None))
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


def content_of(card: FactCard, id: str, title: str) -> dict[str, Any]:
    """What a card says, for its hash and for programs: nothing of the commit, of addresses, or of what became of it."""
    said: dict[str, Any] = {
        "sheet": id,
        "title": title,
        "fact": card.anchor,
        "version": card.version,
        "kind": card.kind,
        "wording": card.wording,
        "by": card.by,
        "day": card.day,
        "label": card.label,
        "note": card.note,
        "quote": card.quote,
        "lang": card.lang,
        "against": list(card.against),
        "sources": [
            {
                name: value
                for name, value in (
                    ("source", each.id),
                    ("title", each.title),
                    ("publisher", each.publisher),
                    ("date", each.date.text if each.date else ""),
                    ("at", each.at),
                )
                if value
            }
            for each in card.sources
        ],
    }
    return {name: value for name, value in said.items() if value}


def seal_of(content: Mapping[str, Any]) -> str:
    """The hash of what a card says: SHA-256 of its JSON with keys in order and no blanks."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _add_past(rows: dict[str, list[FactCard]], past: SheetPast, desk: _Desk) -> None:
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
                card = desk.card(anchor, was.said, None, was.commit, was.day, gone=gone)
                if following and (following.wording, following.note) == (card.wording, card.note):
                    card = replace(card, gone=replace(gone, same_words=True))
                versions.append(card)
            following = next(each for each in versions if each.version == version)
        if not versions:
            del rows[anchor]


@dataclass
class _Desk:
    """Makes the cards of one sheet."""

    id: str
    title: str
    draft: Draft
    sheet: Sheet | None
    """None where it was withdrawn."""

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
            wording = self._wording(anchor, found)
            day = _day_of(found)
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

    def _short(self, id: str) -> str:
        return self.draft.catalogue.short_of(id) if id in self.draft.catalogue else id

    def _wording(self, anchor: str, fact: Fact) -> str:
        """A fact in words that are understood under the title of its sheet."""
        catalogue = self.draft.catalogue
        words = fact_words(fact, catalogue)
        match fact:
            case Rule():
                return f"{RULES[anchor.split('.')[-2]]}: {plain(fact.text, catalogue)}"
            case Section():
                return f"{section_words(fact)}: {plain(fact.text, catalogue)}"
            case TextFact():
                return plain(fact.text, catalogue)
            case Provision():
                who = fact.binds.text or catalogue.label("bound-parties", fact.binds.who)
                ends = f"; {_until(fact.ends)}" if _until(fact.ends) else ""
                first = bound_in_words(fact.starts)
                starts = f"from {first}" if fact.starts.date else "start not known"
                return f"{fact.title}: binds {who}; {starts}{ends}"
            case Designation():
                entry = f", entry {fact.entry}" if fact.entry else ""
                where = f" on {self._short(fact.list)}{entry}" if fact.list else ""
                until = f", {_until(fact.until)}" if _until(fact.until) else ""
                return f"{words}{where}, from {bound_in_words(fact.from_)}{until}"
            case Threshold():
                around = self._around(anchor)
                return f"{around}: {words[:1].lower()}{words[1:]}" if around else words
            case Status():
                by = self._short(fact.by.event) if fact.by and fact.by.event else ""
                by = by or (fact.by.text or "" if fact.by else "")
                return f"{words} ({by})" if by else words
            case Happened():
                return f"{self.title}: {date_in_words(fact.date)}"
            case Post():
                when = stretch_in_words(fact.from_, fact.until)
                of = self._short(fact.of) if fact.of else ""
                of = f", {of}" if of and of not in fact.role else ""
                return f"{fact.role}{of}{f', {when}' if when else ''}"
            case Relation():
                what = f": {fact.what}" if fact.what else ""
                tie = f"{catalogue.label('relation-kinds', fact.kind)} {self._short(fact.actor)}"
                when = stretch_in_words(fact.from_, fact.until)
                return f"{tie[:1].upper()}{tie[1:]}{what}{f', {when}' if when else ''}"
            case Outcome():
                came = f". {plain(fact.note, catalogue)}" if fact.note else ""
                return f"{words}, as of {date_in_words(fact.day)}{came}"
            case Affected():
                return f"Effect on {self._short(fact.actor)}{f': {fact.how}' if fact.how else ''}"
            case Imposer():
                done = f": {fact.role}" if fact.role else ""
                return f"Imposed or issued by {self._short(fact.actor)}{done}"
        return words[:1].upper() + words[1:]

    def _around(self, anchor: str) -> str:
        """The title of the provision that a threshold belongs to."""
        around = self.draft.catalogue.facts_of(self.id).get(anchor.rpartition(".")[0]) if self.sheet else None
        return around.title if isinstance(around, Provision) else ""


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


def _day_of(fact: Fact) -> str:
    """The day that a fact itself is about, in words."""
    for name in ("starts", "from_", "date", "day"):
        when = getattr(fact, name, None)
        if isinstance(when, PartialDate):
            return date_in_words(when)
        if isinstance(when, Bound) and when.date:
            return date_in_words(when.date)
    return ""


def _until(bound: Bound) -> str:
    """An end, where one is known."""
    return f"until {bound_in_words(bound)}" if bound.date else ""


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
