"""Cards of facts: what a fact or a statement says by itself, so that it can be quoted, with every version that was published.

A card stands under the page of its sheet's cards at two anchors: that of the fact, which shows what it says now, and the name of
its version, which stays when the fact has changed and then says so. Making them is left to `making_cards`; what they say in HTML, as a
picture and as data, to `exports`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from factbook.frozen import frozen
from factbook.model.change import ChangeKind, Reach
from factbook.model.dates import PartialDate
from factbook.model.spoken import day_in_words
from factbook.pages.page import PageRef

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
