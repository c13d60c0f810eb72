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
    """Who has to obey."""
    text: Line | None = None
    """In words, where the closed list is too coarse. Absent: the list says it all."""


class Whom(Record):
    """Those with whom, for whom or towards whom an act is done, e.g. the other buyers of lamp oil."""

    actors: tuple[Annotated[Reference, RefTo("actors", "other_side_in")], ...] = ()
    """Each of them that has a sheet. Absent: none."""
    groups: tuple[Annotated[str, Keyword("groups")], ...] = ()
    """Those who have no sheet, as a group. Absent: none."""


class Rule(Fact):
    """One act that a provision forbids, burdens or leaves alone."""

    id: Id
    """Tells this act from the others; part of its permanent address."""
    act: Annotated[str, Keyword("acts")]
    """What is forbidden, burdened or left alone."""
    who: Annotated[str, Keyword("bound-parties")] | None = None
    """Whose act it is. Absent: of those whom the provision binds."""
    whom: Whom | None = None
    """With whom. Absent: as the provision says."""
    text: Prose
    """The act in our words, with its limits."""


class Reach(Fact):
    """An act of somebody whom a provision does not bind and who feels it all the same, e.g. a shipper without insurance."""

    id: Id
    """Tells this act from the others; part of its permanent address."""
    who: Annotated[str, Keyword("bound-parties")]
    """Who feels it."""
    act: Annotated[str, Keyword("acts")]
    """The act that it makes hard or useless."""
    whom: Whom | None = None
    """With whom. Absent: as the provision says."""
    text: Prose
    """How it is felt, in our words."""


class Settled(Record):
    """The questions that are answered by saying that something is not covered: each who with each act and each whom."""

    who: Annotated[tuple[Annotated[str, Keyword("bound-parties")], ...], Field(min_length=1)]
    """Who might think that they are bound."""
    acts: Annotated[tuple[Annotated[str, Keyword("acts")], ...], Field(min_length=1)]
    """What they might think is forbidden."""
    whom: Whom
    """With whom."""


class LeftOut(TextFact):
    """Something that a measure does not cover."""

    id: Id
    """Tells this from what else it does not cover; part of its permanent address."""
    text: Prose
    """What it is, in one or two sentences."""
    settles: Settled | None = None
    """The questions "May I …?" that it answers. Absent: none."""


class Provision(Fact):
    """One operative rule inside a measure, e.g. a ban on lending above a sum."""

    id: Id
    """Tells this provision from the others; part of its permanent address, and what designations name."""
    title: Line
    """The provision in a few words."""
    kind: Annotated[str, Keyword("provision-kinds")]
    """What sort of rule it is."""
    under: tuple[Basis, ...] = ()
    """The sections of law that it rests on. Absent: those of the measure."""
    binds: Binds
    """Who has to obey it."""
    whom: Whom | None = None
    """With whom the acts are done that it is about. Absent: with those who are designated under it."""
    forbids: tuple[Rule, ...] = ()
    """What it forbids, one item for each act."""
    burdens: tuple[Rule, ...] = ()
    """What it does not forbid and lays a cost or a condition on, e.g. a duty; one item for each act."""
    does_not_forbid: tuple[Rule, ...] = ()
    """What a reader might think is forbidden and is not."""
    reaches: tuple[Reach, ...] = ()
    """Who feels it without being bound by it."""
    threshold: Threshold | None = None
    """The amount above which it binds. Absent: it sets none."""
    exceptions: tuple[TextFact, ...] = ()
    """Who or what is let off."""
    starts: Start
    """First day it binds."""
    ends: End
    """First day it no longer binds; `none-set` and `unknown` are different answers."""
    observed: tuple[Observed, ...] = ()
    """Days on which a source showed that it still bound. Absent: as seen for the measure."""


class Designation(Fact):
    """The naming of an actor under a measure."""

    id: Id
    """Tells this designation from the others; part of its permanent address."""
    actor: Annotated[Reference, RefTo("actors", "designated_in")]
    """Who is named."""
    list: Annotated[Reference, RefTo("regimes", "lists")] | None = None
    """The list on which the actor stands, a regime of kind list. Absent: the measure keeps none."""
    programme: Line | None = None
    """The tag the list prints, e.g. TIDE ACT - LIGHT. Absent: it prints none."""
    entry: Line | None = None
    """The list's own number of the entry, as the list prints it. Absent: it gives none."""
    from_: Annotated[Start, Field(alias="from")]
    """First day of the naming, or `unknown`."""
    until: End
    """First day it no longer holds; `none-set` while no removal is known."""
    observed: tuple[Observed, ...] = ()
    """Days on which a source showed the actor on the list. Absent: as seen for the measure."""
    provisions: tuple[Id, ...] = ()
    """The provisions of this measure that bind with regard to this actor, by their ids. Absent: all."""


class Affected(Fact):
    """An actor that bears a measure without being designated."""

    KEY = ("actor",)

    actor: Annotated[Reference, RefTo("actors", "affected_by")]
    """Who bears it."""
    how: Line | None = None
    """In what way. Absent: the measure says it."""


class MeasureRelation(Fact):
    """A tie between two measures, or between a measure and an event."""

    id: Id
    """Tells this tie from the others; part of its permanent address."""
    kind: Annotated[
        Literal["carries-out", "goes-with", "follows", "answers", "compared-with"],
        Keyword("measure-relations"),
    ]
    """What this measure is to the other one: this measure *follows* that one."""
    measure: Annotated[Reference, RefTo("measures", "related_measure")]
    """The other measure."""


class Measure(TitledSheet):
    """E.g. the price cap on lamp oil of 5 December 2022."""

    COLLECTION: ClassVar[str] = "measures"

    is_sanction: Flag
    """`false` for measures that are none, e.g. removal from a programme."""
    kind: Annotated[str, Keyword("measure-kinds")]
    """What sort of measure it is."""
    imposed_by: tuple[Imposer, ...] = ()
    """Who imposed it, and what each of them did."""
    under: tuple[Basis, ...] = ()
    """The law it rests on: regimes and their sections."""
    announced_by: Annotated[Reference, RefTo("events", "announces")] | None = None
    """The event of its announcement, which alone holds the day. Absent: no announcement has a sheet."""
    status: tuple[Status, ...]
    """The state of play, the newest last."""
    ground: tuple[TextFact, ...] = ()
    """Why it was imposed, as its authors gave it."""
    provisions: tuple[Provision, ...] = ()
    """Its rules, one item each."""
    designations: tuple[Designation, ...] = ()
    """Who is named under it."""
    affects: tuple[Affected, ...] = ()
    """Who bears it without being named."""
    not_covered: tuple[LeftOut, ...] = ()
    """What it leaves out."""
    ways_out: tuple[TextFact, ...] = ()
    """How one gets off it, and what would end it."""
    relations: tuple[MeasureRelation, ...] = ()
    """Ties to other measures."""
