"""A page in the making: hands out views of facts, prose and states, and numbers the notes in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from factbook.catalogue import Catalogue, Link
from factbook.chronology import Answer, State
from factbook.living.falling import Gone
from factbook.model.change import UNTOLD, History
from factbook.model.collections import LINKS
from factbook.model.dates import PartialDate
from factbook.model.records import Citation, Fact, TextFact
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.walking import facts
from factbook.pages.addresses import ref_to
from factbook.pages.labels import link_words
from factbook.pages.page import FactView, Mention, Mentions, Note, PageRef, ProseView, StateView
from factbook.prose import scan
from factbook.provenance import citation_chain, independence, is_primary

T = TypeVar("T")
MENTIONS = 5
"""Reverse links of one kind that a page shows, where there are many of all kinds."""
NoteKey: TypeAlias = tuple[str, str, str, str, str]
"""source, place, words, through, support"""


@dataclass
class Draft:
    """What a page module works with. Used once, for one page."""

    catalogue: Catalogue
    as_of: date
    sheet: Sheet | None = None
    whole: bool = False
    """True where long lists stand in full; else their beginning does, and the rest is on a page of its own (`pages.more`)."""
    window: Mapping[str, tuple[int, int]] | None = None
    """Which stretch of each long list stands here, where a page holds a part of them; None where no list is parted."""
    history: History = UNTOLD
    """What changed: of this page's sheet, or of all."""
    cut: dict[str, int] = field(default_factory=dict)
    """The lists of which only the beginning is shown: name, and how many there are in all."""
    lists: dict[str, Any] = field(default_factory=dict)
    """Long lists as they are before they are cut, by name: the pages that share one sheet's lists share these."""
    _notes: dict[NoteKey, Note] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    _anchors: dict[int, str] = field(default_factory=dict)
    _marks: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def gone(self) -> Gone:
        """Which sources were withdrawn."""
        return Gone(self.catalogue, self.as_of)

    def __post_init__(self) -> None:
        if self.sheet is not None:
            self._anchors = {id(found.fact): found.anchor for found in facts(self.sheet)}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes handed out so far, by number."""
        return tuple(self._notes.values())

    def ref(self, id: str, anchor: str = "", words: str = "") -> PageRef:
        """A link to a sheet."""
        return ref_to(self.catalogue, id, anchor, words)

    def refs(self, ids: Iterable[str]) -> tuple[PageRef, ...]:
        """Links to some sheets, in the order given."""
        return tuple(self.ref(id) for id in ids)

    def note(self, citation: Citation) -> Note:
        """The note of a citation: the one it already has on this page, or the next."""
        key = (
            citation.source,
            citation.at or "",
            citation.words or "",
            citation.through or "",
            citation.support or "",
        )
        if key not in self._notes:
            number = len(self._notes) + 1
            same_as = self._first.setdefault(citation.source, number)
            source = self.catalogue.get(citation.source, Source)
            self._notes[key] = Note(
                number,
                source,
                self.ref(citation.source),
                citation.at or "",
                citation.words or "",
                self.ref(citation.through) if citation.through else None,
                citation.support == "entry",
                citation_chain(citation, self.catalogue),
                same_as if same_as != number else None,
                source.withdrawal.day if self.gone.itself(source) and source.withdrawal else None,
            )
        return self._notes[key]

    def cited(self, citations: Iterable[Citation]) -> tuple[Note, ...]:
        """The notes of some citations, in their order."""
        return tuple(self.note(citation) for citation in citations)

    def prose(self, text: str | None) -> ProseView | None:
        """A text with its notes; None for no text."""
        if not text:
            return None
        numbers: dict[tuple[str, str], int] = {}
        if "[@" in text:
            for cite in scan(text).citations:
                note = self.note(Citation(source=cite.source, at=cite.at))
                numbers[(cite.source, cite.at or "")] = note.number
        return ProseView(text, tuple(numbers.items()))

    def fact(self, fact: Fact, text: str | None = None, *, of: Sheet | None = None) -> FactView:
        """A fact of this page's sheet (or of another), with its notes and what weakens it."""
        words = text if text is not None else fact.text if isinstance(fact, TextFact) else None
        view = self.prose(words)
        anchor = self._anchors.get(id(fact), "") if of is None else ""
        return FactView(
            anchor,
            view,
            self.cited(fact.cite),
            self.marks(fact),
            self.prose(fact.note),
            self.deprecated(fact),
        )

    def facts(self, items: Iterable[Fact]) -> tuple[FactView, ...]:
        """Several facts in their order."""
        return tuple(self.fact(item) for item in items)

    def anchor(self, fact: Fact) -> str:
        """The anchor of a fact of this page's sheet."""
        return self._anchors.get(id(fact), "")

    def marks(self, fact: Fact) -> tuple[str, ...]:
        """What weakens a fact, in words beside it."""
        if id(fact) in self._anchors:  # of the page's own sheet, which outlives the draft
            if id(fact) not in self._marks:
                self._marks[id(fact)] = self._weakened_by(fact)
            return self._marks[id(fact)]
        return self._weakened_by(fact)

    def _weakened_by(self, fact: Fact) -> tuple[str, ...]:
        marks = []
        if fact.cite and all(citation.support == "entry" for citation in fact.cite):
            marks.append("cited for the entry as a whole")
        if fact.cite and not any(is_primary(citation, self.catalogue) for citation in fact.cite):
            count = independence(fact.cite, self.catalogue).count
            if count == 0:
                marks.append(
                    "origin of the source not established"
                    if len(fact.cite) == 1
                    else "origin of the sources not established"
                )
            elif count == 1:
                marks.append("single source")
        if not fact.cite:
            marks.append("no source")
        elif self.gone.support_of(fact.rests_on, self.sheet.id if self.sheet else ""):
            marks.append("its source was withdrawn" if len(fact.cite) == 1 else "its sources were withdrawn")
        if fact.confidence in ("low", "medium"):
            marks.append(self.catalogue.label("confidence", fact.confidence))
        return tuple(marks)

    def changed(self, anchor: str) -> tuple[tuple[str, PartialDate, str], ...]:
        """What the sheet says was done to one of its facts, the first first."""
        if self.sheet is None or not anchor:
            return ()
        return tuple(
            (self.catalogue.label("change-kinds", change.kind), change.day, change.reason)
            for change in self.sheet.changes
            if change.anchor == anchor
        )

    def deprecated(self, fact: Fact) -> str:
        """Why a superseded fact is no longer held."""
        return (fact.reason or "superseded") if fact.rank == "deprecated" else ""

    def state(self, state: State) -> StateView:
        """One of the five answers, with the notes of what it rests on."""
        fact = state.seen or state.fact
        ended = state.since.date if state.answer is Answer.ENDED and state.since else None
        return StateView(state.answer, state.day, self.cited(fact.cite) if fact else (), ended)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A long list, made once for all pages that hold a part of it."""
        if name not in self.lists:
            self.lists[name] = make()
        whole: T = self.lists[name]
        return whole

    def beginning(self, name: str, items: Sequence[T], most: int) -> Sequence[T]:
        """As many items as a page has room for; all of them where that is hardly more; of a parted list those of this page."""
        if self.window is not None:
            return items[slice(*self.window.get(name, (0, 0)))]
        if self.whole or len(items) <= most * 1.5:
            return items
        self.cut[name] = len(items)
        return items[:most]

    def mentions(self, *leave_out: str) -> tuple[Mentions, ...]:
        """The reverse links to this page's sheet, by what they are called, with the sentence or field that makes each."""
        if self.sheet is None:
            return ()
        me = self.sheet.id
        rows = self.once("mentioned", lambda: self._mentioned(me, leave_out))
        if self.window is not None:
            rows = [*self.beginning("mentioned", rows, 0)]
        grouped: dict[str, list[Mention]] = {}
        for inverse, origin, anchor, words in rows:
            grouped.setdefault(inverse, []).append(Mention(self.ref(origin, anchor), words))
        total = len(rows)
        most = total if self.whole or total <= MENTIONS * 4 else MENTIONS
        groups = tuple(
            Mentions(label, tuple(grouped[inverse][:most]))
            for inverse, label in LINKS.items()
            if inverse in grouped
        )
        if sum(len(group.rows) for group in groups) < total:
            self.cut["mentioned"] = total
        return groups

    def _mentioned(self, id: str, leave_out: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
        """Of each reverse link what it is called, where it comes from, and its words."""
        links: dict[str, dict[tuple[str, str, str], Link]] = {}
        for link in self.catalogue.links_to(id):
            if link.inverse in leave_out or link.origin == id:
                continue
            words = link_words(link, self.catalogue)
            links.setdefault(link.inverse, {})[(link.origin, link.anchor, words)] = link
        return [(inverse, *row) for inverse in LINKS if inverse in links for row in links[inverse]]
