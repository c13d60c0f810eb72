"""Events: what happened, known to a day, month or year."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from factbook.model.dates import PartialDate
from factbook.model.records import Fact
from factbook.model.sheet import TitledSheet
from factbook.model.values import Id, Keyword, Line, Reference, RefTo


class Happened(Fact):
    """When it happened, and how that is known."""

    date: PartialDate
    """As exactly as it is known; a stretch for what lasted."""
    basis: Line | None = None
    """How the date is known, where no source prints it. Absent: a cited source prints it."""


class EventRelation(Fact):
    """A tie between two events."""

    id: Id
    """Tells this tie from the others; part of its permanent address."""
    kind: Annotated[Literal["formal-notice-of", "part-of", "follows", "corrects"], Keyword("event-relations")]
    """What this event is to the other one: this event *follows* that one."""
    event: Annotated[Reference, RefTo("events", "related_event")]
    """The other event."""


class Event(TitledSheet):
    """E.g. the announcement of the sanctions on 14 December 2020."""

    COLLECTION: ClassVar[str] = "events"

    kind: Annotated[str, Keyword("event-kinds")]
    """What sort of event it was."""
    happened: Happened
    """When it happened, with its citations."""
    actors: tuple[Annotated[Reference, RefTo("actors", "events")], ...] = ()
    """Who took part or was touched by it; the event then stands on their pages."""
    measures: tuple[Annotated[Reference, RefTo("measures", "events")], ...] = ()
    """The measures that it concerns."""
    regimes: tuple[Annotated[Reference, RefTo("regimes", "events")], ...] = ()
    """The regimes that it concerns."""
    systems: tuple[Annotated[Reference, RefTo("systems", "events")], ...] = ()
    """The systems that it concerns."""
    relations: tuple[EventRelation, ...] = ()
    """Ties to other events."""
    matters: Annotated[Literal["major", "minor"], Keyword("weights")] = "minor"
    """`major` stands out on the timeline."""

    @property
    def when(self) -> PartialDate:
        """The date on which it happened."""
        return self.happened.date

    @property
    def dated_by(self) -> tuple[str, ...]:
        """The sources cited for that, by their ids."""
        return tuple(citation.source for citation in self.happened.cite)

    @property
    def in_words(self) -> str:
        """What happened: the first fact that is held, else the summary; empty where neither says it."""
        held = (fact.text for fact in self.facts if fact.rank != "deprecated")
        return next(held, self.lede or "")
