"""What measures say of questions, each saying by itself: whom a rule binds, in which act, with regard to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from factbook.chronology import (
    Answer,
    State,
    of_designation,
    of_measure,
    of_provision,
    provisions_of,
    steps_of_designation,
    steps_of_measure,
    steps_of_provision,
)
from factbook.frozen import frozen
from factbook.model.measure import Designation, LeftOut, Measure, Provision, Reach, Rule, Whom


class Standing(StrEnum):
    """How something that a measure says stands to a question on a day."""

    BINDS = "binds"
    BURDENS = "burdens"
    """It does not forbid the act, and lays a cost or a condition on it."""
    REACHES = "reaches"
    """It binds others, and is felt by whoever asks."""
    LEFT_ALONE = "left-alone"
    """The measure itself says that this is not forbidden by it."""
    BELOW = "below"
    """The sum does not go above the threshold."""
    NOT_YET = "not-yet"
    ENDED = "ended"
    NOT_KNOWN = "not-known"
    """Nobody knows whether it held on that day."""
    OTHER_ACT = "other-act"
    OTHER_PARTY = "other-party"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """With whom: an actor or a group."""

    kind: str
    """`actor` or `group`."""
    id: str


Said: TypeAlias = Rule | Reach | LeftOut


class Times:
    """When a provision holds, together with a designation where there is one; or a measure. Each day is worked out once."""

    def __init__(
        self, measure: Measure, provision: Provision | None = None, designation: Designation | None = None
    ) -> None:
        self.measure = measure
        self.provision = provision
        self.designation = designation
        self._on: dict[date, State] = {}

    def on(self, day: date) -> State:
        """Whether it held."""
        if day not in self._on:
            self._on[day] = self._asked(day)
        return self._on[day]

    def _asked(self, day: date) -> State:
        if self.provision is None:
            return of_measure(self.measure, day)
        states = [of_provision(self.provision, self.measure, day)]
        if self.designation:
            states.append(of_designation(self.designation, self.measure, day))
        return _together(states)

    @cached_property
    def edges(self) -> tuple[date, ...]:
        """The days on which that may change."""
        steps = steps_of_provision(self.provision, self.measure) if self.provision else ()
        named = steps_of_designation(self.designation, self.measure) if self.designation else ()
        whole = () if self.provision else steps_of_measure(self.measure)
        return tuple(step.first for step in (*steps, *named, *whole))


@frozen
class Bearing:
    """One thing that a measure says of a question, e.g. that lending to the Tide Bank is forbidden to insurers."""

    measure: Measure
    provision: Provision | None
    """None for what the measure as a whole leaves out."""
    fact: Said
    holds: Standing
    """What it is while it holds: `binds`, `burdens`, `reaches` or `left-alone`."""
    party: str
    act: str
    target: Target
    designation: Designation | None = None
    """The naming through which the provision concerns the target; None where it says itself whom it is about."""

    times: Times = field(kw_only=True, repr=False, compare=False)
    """When it holds."""


def _together(states: Sequence[State]) -> State:
    """The answer for things that count only together: of what was last seen, the earlier day."""
    for answer in (Answer.ENDED, Answer.NOT_YET, Answer.NOT_KNOWN):
        for state in states:
            if state.answer is answer:
                return state
    seen = [state for state in states if state.answer is Answer.LAST_SEEN]
    return min(seen, key=lambda state: state.seen_on or date.min) if seen else states[0]


def bearings(measure: Measure) -> Iterator[Bearing]:
    """Everything that a measure says of questions, in the order of its sheet; superseded facts say nothing."""
    for provision in measure.provisions:
        if provision.rank != "deprecated":
            yield from _of_provision(provision, measure)
    for left in measure.not_covered:
        if left.settles and left.rank != "deprecated":
            times = Times(measure)
            for target in targets(left.settles.whom):
                for party in left.settles.who:
                    for act in left.settles.acts:
                        yield Bearing(
                            measure, None, left, Standing.LEFT_ALONE, party, act, target, times=times
                        )


def asked_by(measure: Measure) -> list[tuple[str, str, str]]:
    """What of a measure decides which pages of answers there are: somebody, an act, and what is said of them."""
    return sorted({(each.party, each.act, str(each.holds)) for each in bearings(measure)})


def _of_provision(provision: Provision, measure: Measure) -> Iterator[Bearing]:
    said: list[tuple[Standing, Rule | Reach]] = [
        *((Standing.BINDS, each) for each in provision.forbids),
        *((Standing.BURDENS, each) for each in provision.burdens),
        *((Standing.REACHES, each) for each in provision.reaches),
        *((Standing.LEFT_ALONE, each) for each in provision.does_not_forbid),
    ]
    alone = Times(measure, provision)
    named = [
        (each, Times(measure, provision, each))
        for each in measure.designations
        if each.rank != "deprecated" and provision.id in {its.id for its in provisions_of(each, measure)}
    ]
    for holds, fact in said:
        if fact.rank == "deprecated":
            continue
        party = fact.who or provision.binds.who
        if whom := fact.whom or provision.whom:
            for target in targets(whom):
                yield Bearing(measure, provision, fact, holds, party, fact.act, target, times=alone)
            continue
        for each, times in named:
            target = Target("actor", each.actor)
            yield Bearing(measure, provision, fact, holds, party, fact.act, target, each, times=times)


def targets(whom: Whom) -> Iterator[Target]:
    """Each of those with whom an act is done."""
    yield from (Target("actor", id) for id in whom.actors)
    yield from (Target("group", id) for id in whom.groups)
