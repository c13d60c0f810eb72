"""What would fall with a source or a fact: facts that have no other support, statements that nobody could read any more, answers.

A source falls with another where all that it has was taken from there. The same rule decides what an answer has lost in fact
(`rereading`), so that what is foretold here is what comes about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.source import Source
from factbook.model.statement import Statement

Spot = tuple[str, str]
"""A sheet and the anchor in it."""


@frozen
class Fall:
    """What would fall."""

    facts: tuple[Spot, ...] = ()
    """Those that lose their only support, by id and anchor."""
    statements: tuple[str, ...] = ()
    """Those that were read there alone."""
    answers: tuple[tuple[str, tuple[Spot, ...]], ...] = ()
    """Signed briefings that would be read again, each with what it would lose; that is empty where it waits for this very thing."""


@dataclass
class Gone:
    """Which sources count as gone on a day: those that were withdrawn, and those that are only supposed to be."""

    catalogue: Catalogue
    on: date
    supposed: frozenset[str] = frozenset()
    _known: dict[str, date | None] = field(default_factory=dict)

    def since(self, id: str) -> date | None:
        """The day since which a source is gone: its own, or the last of its parents', where it has nothing of its own."""
        if id not in self._known:
            self._known[id] = None  # a circle holds itself up
            self._known[id] = self._since(id)
        return self._known[id]

    def _since(self, id: str) -> date | None:
        source = self.catalogue.find(id, Source)
        if source is None:
            return None
        if day := self.itself(source):
            return day
        return self.all_gone(parents_of(source)) if source.origin.value == "derived" else None

    def itself(self, source: Source) -> date | None:
        """The day on which a source was withdrawn itself, whatever became of where it takes from."""
        if source.id in self.supposed:
            return self.on
        taken = source.withdrawal
        there = taken and taken.rank != "deprecated" and taken.day.earliest <= self.on
        return taken.day.earliest if taken and there else None

    def all_gone(self, ids: Iterable[str]) -> date | None:
        """The day since which all of some sources are gone; None while one stands, or there is none."""
        days = [self.since(id) for id in ids]
        found = [day for day in days if day]
        return max(found) if found and len(found) == len(days) else None

    def support_of(self, rests_on: Collection[tuple[str, str | None]], of: str) -> date | None:
        """The day since which what a fact of a sheet rests on is no support any more; None while some of it is, or there is none.

        What the sheet of a source says of that very source stands as long as the source itself does.
        """
        if not rests_on:
            return None
        found = date.min
        for source, through in rests_on:
            own = self.catalogue.find(of, Source) if of == source else None
            day = self.itself(own) if own else self._citation(source, through)
            if day is None:
                return None
            found = max(found, day)
        return found

    def _citation(self, source: str, through: str | None) -> date | None:
        """A citation is gone with its source, or with the document in which that was read."""
        days = [day for id in (source, through) if id and (day := self.since(id))]
        return min(days) if days else None

    def reading_of(self, statement: Statement) -> date | None:
        """The day since which no document in which a statement was read is left: a copy of one that was withdrawn is one."""
        documents = dict.fromkeys((statement.read_in.source, *statement.seen))
        days = [self.itself(source) for id in documents if (source := self.catalogue.find(id, Source))]
        found = [day for day in days if day]
        return max(found) if found and len(found) == len(days) else None


def parents_of(source: Source) -> tuple[str, ...]:
    """The sources that one takes from as a whole."""
    return tuple(each.source for each in source.derived_from if not each.for_)


def beneath(named: str, anchor: str) -> bool:
    """Whether a fact is, or is part of, what an answer names; an empty name is the sheet as a whole."""
    return not named or anchor == named or anchor.startswith(f"{named}.")


def of_source(id: str, catalogue: Catalogue, on: date) -> Fall:
    """What would fall if a source were withdrawn, less what has fallen already."""
    return of_sources([id], catalogue, on)


def of_sources(ids: Sequence[str], catalogue: Catalogue, on: date) -> Fall:
    """What would fall if some sources were withdrawn together, less what has fallen already."""
    before, gone = Gone(catalogue, on), Gone(catalogue, on, frozenset(ids))
    facts: set[Spot] = set()
    statements: set[str] = set()
    answers: dict[str, set[Spot]] = {}
    for each in _falling_sources(ids, catalogue, gone):
        for link in catalogue.links_to(each, "cited_by", "read_for"):
            spot = (link.origin, link.anchor)
            if link.fact is not None:
                held_by = link.fact.rests_on
                if gone.support_of(held_by, link.origin) and not before.support_of(held_by, link.origin):
                    facts.add(spot)
            elif link.anchor == "short-answer" and link.sentence is not None:
                cited = [cite.source for cite in link.sentence.citations]
                if gone.all_gone(cited) and not before.all_gone(cited):
                    answers.setdefault(link.origin, set()).add(spot)
        for link in catalogue.links_to(each, "read_for_statement"):
            statement = catalogue.get(link.origin, Statement)
            if gone.reading_of(statement) and not before.reading_of(statement):
                statements.add(link.origin)
    for spot in sorted({*facts, *((statement, "statement") for statement in statements)}):
        for link in catalogue.links_to(spot[0], "carries_answer"):
            if beneath(link.target_anchor, spot[1]):
                answers.setdefault(link.origin, set()).add(spot)
    for link in (link for id in ids for link in catalogue.links_to(id, "watched_by")):
        answers.setdefault(link.origin, set())
    return Fall(tuple(sorted(facts)), tuple(sorted(statements)), _signed(answers, catalogue))


def of_sheet(id: str, catalogue: Catalogue) -> Fall:
    """What would fall if what a sheet says were withdrawn: the answers that rest on something in it, or wait for it."""
    answers: dict[str, set[Spot]] = {}
    for link in catalogue.links_to(id, "carries_answer"):
        answers.setdefault(link.origin, set()).add((id, link.target_anchor))
    for link in catalogue.links_to(id, "watched_by"):
        answers.setdefault(link.origin, set())
    return Fall(answers=_signed(answers, catalogue))


def of_fact(id: str, anchor: str, catalogue: Catalogue) -> Fall:
    """What would fall if one fact were withdrawn."""
    answers: dict[str, set[Spot]] = {}
    for link in catalogue.links_to(id, "carries_answer"):
        if beneath(link.target_anchor, anchor) or beneath(anchor, link.target_anchor):
            answers.setdefault(link.origin, set()).add((id, link.target_anchor or anchor))
    return Fall(answers=_signed(answers, catalogue))


def _falling_sources(ids: Sequence[str], catalogue: Catalogue, gone: Gone) -> list[str]:
    """Some sources and those that have nothing but what they took from them."""
    found = [*ids]
    for each in found:
        for link in catalogue.links_to(each, "passed_on_by"):
            if link.origin not in found and gone.since(link.origin):
                found.append(link.origin)
    return found


def _signed(answers: dict[str, set[Spot]], catalogue: Catalogue) -> tuple[tuple[str, tuple[Spot, ...]], ...]:
    """The answers that are signed, and with them those that rest on one of these."""
    found: dict[str, set[Spot]] = {}
    waiting = sorted(answers.items())
    for id, spots in waiting:
        briefing = catalogue.find(id, Briefing)
        if briefing is None or not briefing.signed:
            continue
        if id not in found:
            waiting += [
                (link.origin, {(id, link.target_anchor)})
                for link in catalogue.links_to(id, "carries_answer")
                if link.target_anchor in ("", "short-answer")
            ]
        found.setdefault(id, set()).update(spots)
    return tuple((id, tuple(sorted(spots))) for id, spots in sorted(found.items()))
