"""One question and its answers: for a day, for a sum, and for all days at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from factbook.binding.bearings import Bearing, Standing, Target
from factbook.chronology import Answer, State
from factbook.frozen import frozen


class Verdict(StrEnum):
    """What can be answered. None of them permits."""

    BOUND = "bound"
    BURDENED = "burdened"
    """Not forbidden by any provision recorded here, but at a cost or under a condition; which is no permission either."""
    NOT_BOUND = "not-bound"
    """By any provision recorded here, which is no permission."""
    NOT_DECIDED = "not-decided"


HELD = (Answer.IN_FORCE, Answer.LAST_SEEN)
_NOT_HELD = {
    Answer.NOT_YET: Standing.NOT_YET,
    Answer.ENDED: Standing.ENDED,
    Answer.NOT_KNOWN: Standing.NOT_KNOWN,
}


@frozen
class Heard:
    """One thing that was said of a question, as it stands on a day."""

    bearing: Bearing
    standing: Standing
    state: State


@frozen
class Ruling:
    """The answer to a question for one day."""

    verdict: Verdict
    heard: tuple[Heard, ...]

    def those(self, *standings: Standing) -> tuple[Heard, ...]:
        """What stands so."""
        return tuple(each for each in self.heard if each.standing in standings)

    @property
    def deciding(self) -> tuple[Heard, ...]:
        """What holds on the day and makes it bound or burdened; nothing where it is neither."""
        standing = {Verdict.BOUND: Standing.BINDS, Verdict.BURDENED: Standing.BURDENS}.get(self.verdict)
        return self.those(standing) if standing else ()

    @property
    def reasons(self) -> tuple[Heard, ...]:
        """What the verdict rests on: rules where there are any, else what is left alone."""
        return _rules(self.heard) or self.those(Standing.LEFT_ALONE)


@frozen
class Interval:
    """From this day until the next interval begins, every day has the same answer for the same reasons."""

    first: date
    """`date.min` for the interval that has no beginning."""
    ruling: Ruling


@frozen
class Case:
    """A question without its day, and what the measures say of it."""

    party: str
    act: str
    target: Target
    bearings: tuple[Bearing, ...]
    others: tuple[Heard, ...]
    """Provisions about the same target that bind others or forbid something else, once each; their state is that of no day."""

    def on(self, day: date, amount: int | None = None) -> Ruling:
        """The answer for a day, and for a sum where one is given: a threshold that it does not exceed does not bind."""
        heard = tuple(_heard(bearing, day, amount) for bearing in self.bearings)
        return Ruling(_verdict(heard), heard)

    def intervals(self) -> tuple[Interval, ...]:
        """The answers for all days at once: what `on` says of any day, its interval says."""
        found: list[Interval] = []
        for first in sorted({date.min, *(day for bearing in self.bearings for day in bearing.times.edges)}):
            interval = Interval(first, self.on(first))
            if not found or _apart_from_the_day(interval) != _apart_from_the_day(found[-1]):
                found.append(interval)
        return tuple(found)


def _heard(bearing: Bearing, day: date, amount: int | None) -> Heard:
    state = bearing.times.on(day)
    standing = bearing.holds if state.answer in HELD else _NOT_HELD[state.answer]
    threshold = bearing.provision.threshold if bearing.provision else None
    if (
        standing in (Standing.BINDS, Standing.BURDENS)
        and threshold
        and amount is not None
        and amount <= threshold.amount
    ):
        standing = Standing.BELOW
    return Heard(bearing, standing, state)


def _rules(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    return tuple(each for each in heard if each.bearing.holds is not Standing.LEFT_ALONE)


def _verdict(heard: Sequence[Heard]) -> Verdict:
    """Bound by what binds, else burdened by what burdens; not decided where that cannot be known; not bound where all has ended.

    Of a ban of which it is not known whether it holds, no burden decides anything. Not bound is also what is left alone.
    """
    rules = _rules(heard)
    if any(each.standing is Standing.BINDS for each in rules):
        return Verdict.BOUND
    unknown = [each for each in rules if each.standing is Standing.NOT_KNOWN]
    forbidden = any(each.bearing.holds is Standing.BINDS for each in unknown)
    if not forbidden and any(each.standing is Standing.BURDENS for each in rules):
        return Verdict.BURDENED
    if unknown:
        return Verdict.NOT_DECIDED
    spoken = rules or [each for each in heard if each.standing is Standing.LEFT_ALONE]
    return Verdict.NOT_BOUND if spoken else Verdict.NOT_DECIDED


def _apart_from_the_day(interval: Interval) -> object:
    ruling = interval.ruling
    return ruling.verdict, [
        (
            id(each.bearing),
            each.standing,
            each.state.seen_on if each.state.answer is Answer.LAST_SEEN else None,
        )
        for each in ruling.reasons
    ]


def last_seen(heard: Sequence[Heard]) -> date | None:
    """The last day on which any of these was seen in force; None where one is known to be in force on the day itself."""
    if any(each.state.answer is Answer.IN_FORCE for each in heard):
        return None
    return max((each.state.day for each in heard if each.state.answer is Answer.LAST_SEEN), default=None)


def heard_on(heard: Iterable[Heard], day: date) -> tuple[Heard, ...]:
    """The same with the state of a day."""
    return tuple(replace(each, state=each.bearing.times.on(day)) for each in heard)
