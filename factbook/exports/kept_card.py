"""A card that somebody kept, held against the publication: whether it said that, in which commit, and what it says now.

Nothing is asked of the network. The hash tells whether the card was changed; the name of its version is looked for among those that
the sheets and git's history give; then its words, its quotation and its sources are compared. Printing is left to the command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import IntEnum
from typing import Any

from factbook.catalogue import Catalogue
from factbook.exports.fact_cards import FORM
from factbook.frozen import frozen
from factbook.model.change import History
from factbook.model.spoken import day_in_words
from factbook.pages.draft import Draft
from factbook.pages.fact_cards import FactCard, SheetCards, content_of, seal_of
from factbook.pages.making_cards import sheet_cards, withdrawn_cards

LARGEST = 4 * 1024 * 1024
"""Bytes of a file of cards that is read."""
AROUND = {"title": "title of the sheet", "label": "label", "against": "what contradicts it", "kind": "kind"}
"""What stands on a card around the fact, and may be another today though the fact is the same."""
_AS_SAID = ("by", "day", "note", "wording", "quote", "lang")
"""What a version says; but for the names of other sheets in it, it never changes."""


class Verdict(IntEnum):
    """What came of a card; also the exit status."""

    STANDS = 0
    NO_CARD = 2
    STANDS_NO_MORE = 4
    CHANGED = 5
    ANOTHER_PUBLICATION = 6
    NEVER_SAID = 7
    NOT_TO_BE_TOLD = 8


@frozen
class Finding:
    """What is said of one card."""

    verdict: Verdict
    lines: tuple[str, ...]


class NoCardError(Exception):
    """A file that holds no card; the text says why."""


@frozen
class KeptCard:
    """A card as somebody kept it."""

    publication: str
    sealed: Mapping[str, Any]
    """What its hash seals."""
    hash: str
    commit: str

    @property
    def sheet(self) -> str:
        return str(self.sealed["sheet"])

    @property
    def version(self) -> str:
        return str(self.sealed["version"])


def cards_in(data: bytes, chosen: str = "") -> list[KeptCard]:
    """The cards of a file; only those of a fact or a version, where one is chosen. Raises `NoCardError`."""
    if len(data) > LARGEST:
        raise NoCardError("it is larger than any file of cards.")
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise NoCardError("it is no JSON.") from None
    if not isinstance(whole, dict) or "cards" not in whole:
        raise NoCardError('it is JSON, and no card: it has no field "cards".')
    if whole["cards"] != FORM:
        raise NoCardError("it is a card in a form that this version of the program does not know.")
    rows = whole.get("facts")
    names = [whole.get(name) for name in ("publication", "sheet", "title")]
    if not isinstance(rows, list) or not rows or not all(isinstance(name, str) for name in names):
        raise NoCardError(
            'it is cut short: it wants "publication", "sheet", "title" and at least one of "facts".'
        )
    found = []
    for row in rows:
        sealed = row.get("sealed") if isinstance(row, dict) else None
        if not isinstance(sealed, dict) or not all(
            isinstance(value, str) for value in (sealed.get("fact"), sealed.get("version"), row.get("hash"))
        ):
            raise NoCardError('one of its "facts" has no "fact", "version" or "hash".')
        around = {"sheet": names[1], "title": names[2]}
        commit = row.get("commit")
        found.append(
            KeptCard(
                str(names[0]), {**sealed, **around}, row["hash"], commit if isinstance(commit, str) else ""
            )
        )
    wanted = [each for each in found if chosen in ("", each.sealed["fact"], each.version)]
    if not wanted:
        raise NoCardError(f'none of its cards is of the fact or the version "{chosen}".')
    return wanted


def held_against(card: KeptCard, name: str, catalogue: Catalogue, history: History, as_of: date) -> Finding:
    """What the publication of that name says of a card."""
    what = f"“{card.sealed.get('wording', '')}” ({card.sheet}, {card.sealed['fact']}, version {card.version})"
    try:
        seal = seal_of(card.sealed)
    except (TypeError, ValueError, RecursionError):
        seal = ""
    if seal != card.hash:
        why = f"Its hash is {card.hash[:16]}…, and what it says has the hash {seal[:16]}…"
        return Finding(Verdict.CHANGED, (what, f"This card was changed after it was handed out. {why}"))
    cards = _cards_of(card.sheet, catalogue, history, as_of)
    found = next((each for each in cards.cards if each.version == card.version), None) if cards else None
    if cards is None or found is None or found.anchor != card.sealed["fact"]:
        return Finding(*_unknown(card, name, history, what, cards))
    own = content_of(found, card.sheet, cards.title)
    if differing := _otherwise(card, own, _names(cards.id, catalogue)):
        said = f"That version says: {differing}"
        return Finding(Verdict.CHANGED, (what, f"These are not the words of that version. {said}"))
    lines = [what, *_said(found, name, history), *_commit(card, found), *_today(found, cards)]
    lines += [
        f"Its {label} is “{_flat(own.get(field, ''))}” today."
        for field, label in AROUND.items()
        if card.sealed.get(field, "") != own.get(field, "") and found.gone is None
    ]
    return Finding(Verdict.STANDS_NO_MORE if found.gone else Verdict.STANDS, tuple(lines))


def _cards_of(sheet: str, catalogue: Catalogue, history: History, as_of: date) -> SheetCards | None:
    """The cards of a sheet, by any id that it ever had."""
    now = sheet
    if sheet not in catalogue:
        now = next((id for id in catalogue.ids() if sheet in catalogue.former_ids_of(id)), "")
    if now:
        own = catalogue[now]
        return sheet_cards(own, Draft(catalogue, as_of, own, history=history))
    for id, gone in catalogue.withdrawn.items():
        if sheet in (id, *gone.stone.former_ids):
            return withdrawn_cards(id, gone.collection, gone.stone.title, catalogue, as_of, history)
    return None


def _unknown(
    card: KeptCard, name: str, history: History, what: str, cards: SheetCards | None
) -> tuple[Verdict, tuple[str, ...]]:
    if card.publication != name:
        other = (
            f"This card is of “{card.publication}”. This publication is “{name}”, and knows no such version."
        )
        return Verdict.ANOTHER_PUBLICATION, (what, other)
    now = (
        [each for each in cards.cards if each.anchor == card.sealed["fact"] and not each.gone]
        if cards
        else []
    )
    today = tuple(f"The fact says now: “{each.wording}” (version {each.version})." for each in now)
    if history.reach != "whole":
        where = (
            "This clone holds only a part of the history"
            if history.reach == "shallow"
            else "There is no git here"
        )
        cure = " Run “git fetch --unshallow”." if history.reach == "shallow" else ""
        told = f"It is not what is said now. {where}, so whether it was said before cannot be told.{cure}"
        return Verdict.NOT_TO_BE_TOLD, (what, told, *today)
    never = "This publication never said that: neither its sheets nor its history have this version."
    return Verdict.NEVER_SAID, (what, never, *today)


def _said(found: FactCard, name: str, history: History) -> Iterator[str]:
    if found.commit and found.since:
        yield f"{name} said this. It came with commit {found.commit} of {day_in_words(found.since)}."
    elif found.unsaved:
        yield f"{name} says this in files that no commit holds yet."
    else:
        where = (
            "this clone holds only a part of the history"
            if history.reach == "shallow"
            else "there is no git here"
        )
        yield f"{name} says this. Which commit brought it cannot be told: {where}."


def _commit(card: KeptCard, found: FactCard) -> Iterator[str]:
    if card.commit and found.commit and card.commit != found.commit:
        yield f"The card names another commit, {card.commit[:12]}; a commit is not sealed by the hash."


def _today(found: FactCard, cards: SheetCards) -> Iterator[str]:
    if found.gone is None:
        yield "It stands so today."
        return
    by = f" by version {found.gone.by}" if found.gone.by else ""
    yield f"{found.gone.in_words}{by}{found.gone.why_in_words}"
    now = next((each for each in cards.cards if each.anchor == found.anchor and not each.gone), None)
    yield f"Today it says: “{now.wording}” (version {now.version})." if now else "Today it says nothing."


def _otherwise(card: KeptCard, own: Mapping[str, Any], names: list[str]) -> str:
    """What a version says where the card has other words; empty where only the names of other sheets are others."""
    for field in _AS_SAID:
        kept, said = _flat(card.sealed.get(field, "")), _flat(own.get(field, ""))
        if not _fits(kept, said, names):
            return f"{field}: “{said}”." if field != "wording" else f"“{said}”."
    kept_sources, sources = (_places(each.get("sources", ())) for each in (card.sealed, own))
    return "" if kept_sources == sources else f"sources: {', '.join(' '.join(each) for each in sources)}."


def _fits(kept: str, said: str, names: list[str]) -> bool:
    """Whether some words are the same but for the names of other sheets in them."""
    if not names or kept == said:
        return kept == said
    first, *rest = re.split("|".join(map(re.escape, names)), said)
    if not kept.startswith(first) or not rest:
        return False
    at = len(first)
    for part in rest[:-1]:
        at = kept.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return kept.endswith(rest[-1]) and len(kept) - len(rest[-1]) >= at


def _names(id: str, catalogue: Catalogue) -> list[str]:
    """The names of the sheets that a sheet refers to, and its own, the longest first."""
    if id not in catalogue:
        return []
    ids = {link.target for link in catalogue.links_from(id)} | {id}
    return sorted(
        {name for each in ids for name in (catalogue.title_of(each), catalogue.short_of(each))}, key=len
    )[::-1]


def _places(sources: Any) -> list[tuple[str, str]]:
    rows = [each for each in sources if isinstance(each, dict)] if isinstance(sources, list | tuple) else []
    return sorted((str(each.get("source", "")), str(each.get("at", ""))) for each in rows)


def _flat(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
