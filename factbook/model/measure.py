"""Measures: one determination, listing or package, imposed by someone, on someone, at a time, under a regime."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import End, Start
from factbook.model.records import Basis, Fact, Imposer, Observed, Record, Status, TextFact, Threshold
from factbook.model.sheet import TitledSheet
from factbook.model.values import Flag, Id, Keyword, Line, Prose, Reference, RefTo


class Binds(Record):
    """Who has to obey a provision."""

    who: Annotated[str, Keyword("bound-parties")]
    text: Line | None = None
    """In words, where the closed list is too coarse."""


class Rule(Fact):
    """One act that a provision forbids or leaves alone."""

    id: Id
    act: Annotated[str, Keyword("acts")]
    text: Prose


class Provision(Fact):
    """One operative rule inside a measure, e.g. a ban on lending above a sum."""

    id: Id
    title: Line
    kind: Annotated[str, Keyword("provision-kinds")]
    under: tuple[Basis, ...] = ()
    binds: Binds
    forbids: tuple[Rule, ...] = ()
    does_not_forbid: tuple[Rule, ...] = ()
    threshold: Threshold | None = None
    """None if the provision sets none."""
    exceptions: tuple[TextFact, ...] = ()
    starts: Start
    """First day it binds."""
    ends: End
    """First day it no longer binds; `none-set` and `unknown` are different answers."""
    observed: tuple[Observed, ...] = ()


class Designation(Fact):
    """The naming of an actor under a measure."""

    id: Id
    actor: Annotated[Reference, RefTo("actors", "designated_in")]
    list: Annotated[Reference, RefTo("regimes", "lists")] | None = None
    """The list on which the actor stands, a regime of kind list; None when the measure keeps none."""
    programme: Line | None = None
    """The tag the list prints, e.g. TIDE ACT - LIGHT."""
    entry: Line | None = None
    """The list's own number of the entry."""
    from_: Annotated[Start, Field(alias="from")]
    until: End
    """First day it no longer holds; `none-set` while no removal is known."""
    observed: tuple[Observed, ...] = ()
    provisions: tuple[Id, ...] = ()
    """The provisions of this measure that bind with regard to this actor; empty: all."""


class Affected(Fact):
    """An actor that bears a measure without being designated."""

    KEY = ("actor",)

    actor: Annotated[Reference, RefTo("actors", "affected_by")]
    how: Line | None = None


class MeasureRelation(Fact):
    """A tie between two measures, or between a measure and an event."""

    id: Id
    kind: Annotated[
        Literal["carries-out", "goes-with", "follows", "answers", "compared-with"],
        Keyword("measure-relations"),
    ]
    measure: Annotated[Reference, RefTo("measures", "related_measure")]


class Measure(TitledSheet):
    """E.g. the price cap on lamp oil of 5 December 2022."""

    COLLECTION: ClassVar[str] = "measures"

    is_sanction: Flag
    """False for measures that are none, e.g. removal from a programme."""
    kind: Annotated[str, Keyword("measure-kinds")]
    imposed_by: tuple[Imposer, ...] = ()
    under: tuple[Basis, ...] = ()
    announced_by: Annotated[Reference, RefTo("events", "announces")] | None = None
    """The event of its announcement, which alone holds the day."""
    status: tuple[Status, ...]
    ground: tuple[TextFact, ...] = ()
    """Why it was imposed, as its authors gave it."""
    provisions: tuple[Provision, ...] = ()
    designations: tuple[Designation, ...] = ()
    affects: tuple[Affected, ...] = ()
    not_covered: tuple[TextFact, ...] = ()
    ways_out: tuple[TextFact, ...] = ()
    relations: tuple[MeasureRelation, ...] = ()
