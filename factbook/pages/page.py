"""A page before it is HTML, and the small things that every view is made of."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from factbook.chronology import Answer, Publicity
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.source import Source
from factbook.pages.spellings import Spellings
from factbook.provenance import Chain


class PageRef(NamedTuple):
    """Where a link leads, and the words it shows."""

    title: str
    address: str
    """From the root of the site; "" is home, else ends in a slash."""
    anchor: str = ""
    kind: str = ""
    """Collection of the sheet, for what assistive words need it."""
    said: str = ""
    """Of a statement, who said it and when: shown wherever its gist stands alone."""


@frozen
class Note:
    """One numbered citation of a page."""

    number: int
    source: Source
    ref: PageRef
    at: str
    words: str
    through: PageRef | None
    support_entry: bool
    chain: Chain
    same_as: int | None
    """The number of the first note to the same source, where the chain is told in full; None: here."""
    withdrawn: PartialDate | None = None
    """The day on which whoever published the source took it back."""

    @property
    def anchor(self) -> str:
        return f"note-{self.number}"


@frozen
class ProseView:
    """A text of prose with the notes that its citations have on this page."""

    text: str
    numbers: tuple[tuple[tuple[str, str], int], ...]
    """(source, place) → number."""


@frozen
class FactView:
    """One fact as a reader sees it: its words, its notes, and what weakens it, in words."""

    anchor: str
    text: ProseView | None
    notes: tuple[Note, ...]
    marks: tuple[str, ...] = ()
    """E.g. `single source`, `cited for the entry as a whole`, `low confidence`."""
    note: ProseView | None = None
    deprecated: str = ""
    """Why it is no longer held; empty for what we hold."""
    changed: tuple[tuple[str, PartialDate, str], ...] = ()
    """What was done to it since it was first published: how (`corrected`), when, why."""


@frozen
class StepView:
    """What holds from one day until the next step begins."""

    first: date | None
    """None for the step that has no beginning."""
    answer: Answer
    publicity: Publicity | None = None
    """Of what was in force, or was when last seen: whether the world could read of it."""
    day: PartialDate | date | None = None
    """The day on which it was last seen, or its first day no longer; else the answer carries the day asked about."""


@frozen
class StateView:
    """One of the five answers, with its day."""

    answer: Answer
    day: date
    """The day that the answer carries."""
    notes: tuple[Note, ...] = ()
    ended: PartialDate | None = None
    """The first day it no longer held, for what has ended."""
    steps: tuple[StepView, ...] = ()
    """The answers for all days, where the page can be read as of another day."""


@frozen
class Row:
    """A link with a few words and notes, as lists show it."""

    ref: PageRef | None
    text: str = ""
    """Plain words beside the link, or instead of it."""
    fact: FactView | None = None
    when: PartialDate | None = None


@frozen
class Mention:
    """A reverse link: who refers to this sheet, from which fact or sentence."""

    ref: PageRef
    sentence: str
    """The sentence or the field that makes the link, as plain text."""


@frozen
class Mentions:
    """Reverse links of one kind, e.g. all under "Legal basis of"."""

    label: str
    rows: tuple[Mention, ...]


@frozen
class Page:
    """A page of the site, ready to be rendered."""

    kind: str
    """A key of `PAGE_KINDS`; names its template."""
    id: str
    """The sheet's id, or the name of a whole-site view."""
    address: str
    title: str
    description: str
    section: str
    """Key of the section of the site it belongs to; "" for none."""
    view: Any
    """What the template shows; its type is the view of the kind."""
    notes: tuple[Note, ...] = ()
    crumbs: tuple[PageRef, ...] = ()
    previous: PageRef | None = None
    next: PageRef | None = None
    path: str = ""
    """The file to edit, from the project's root; "" for pages without one."""
    data: str = ""
    """Where its data stand, from the root of the site; "" for pages without any of their own."""
    spellings: Spellings | None = None
    """The words under which search finds the page, besides its text; None for pages without names."""
    day: date | None = None
    """The day of the version that is cited: last verified, or for views of the whole site the day they hold for. None: not cited."""
    facets: tuple[tuple[str, str], ...] = ()
    """By what a reader narrows a search, e.g. ("Kind", "Measure"); a facet may have several values, `Kind` has one."""

    cards: Any = None
    """The cards of its facts, a `SheetCards`; None for pages without any."""

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.address if self.address.endswith(".html") else f"{self.address}index.html"
