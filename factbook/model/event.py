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
    """How the date is known, where no source prints it."""


class EventRelation(Fact):
    """A tie between two events."""

    id: Id
    kind: Annotated[Literal["formal-notice-of", "part-of", "follows", "corrects"], Keyword("event-relations")]
    event: Annotated[Reference, RefTo("events", "related_event")]


class Event(TitledSheet):
    """E.g. the announcement of the sanctions on 14 December 2020."""

    COLLECTION: ClassVar[str] = "events"

    kind: Annotated[str, Keyword("event-kinds")]
    happened: Happened
    actors: tuple[Annotated[Reference, RefTo("actors", "events")], ...] = ()
    measures: tuple[Annotated[Reference, RefTo("measures", "events")], ...] = ()
    regimes: tuple[Annotated[Reference, RefTo("regimes", "events")], ...] = ()
    systems: tuple[Annotated[Reference, RefTo("systems", "events")], ...] = ()
    relations: tuple[EventRelation, ...] = ()
    matters: Annotated[Literal["major", "minor"], Keyword("weights")] = "minor"
    """major: stands out on the timeline."""
