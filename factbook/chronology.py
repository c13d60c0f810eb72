"""Time: whether something is in force on a day, what was known on a day, and the order of events.

Five answers and no sixth: not yet, in force, ended, last seen in force on a day, not known. Bounds are the first day on which
something holds and the first day on which it no longer does. Rules: design, section 4, "Time".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.dates import Bound, PartialDate
from factbook.model.event import Event
from factbook.model.measure import Designation, Measure, Provision
from factbook.model.records import Citation, Fact, Observed, Status
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.statement import Statement


class Answer(StrEnum):
    """What can be said about a day."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    ENDED = "ended"
    LAST_SEEN = "last-seen"
    NOT_KNOWN = "not-known"


@frozen
class State:
    """The answer for one day, and what it rests on."""

    answer: Answer
    on: date
    """The day that was asked about."""
    seen: Observed | None = None
    """The last observation, with its source; None when only the start itself was reported."""
    seen_on: date | None = None
    """The last day on which it is known to have been in force."""
    since: Bound | None = None
    """The first day it holds, or no longer holds when it has ended."""
    fact: Fact | None = None
    """The status, provision or designation that gave the answer."""

    @property
    def day(self) -> date:
        """The day that the state of play carries: of the last observation when last seen, else the day asked about."""
        return self.seen_on if self.answer is Answer.LAST_SEEN and self.seen_on else self.on


def of_measure(sheet: Measure | Regime, on: date) -> State:
    """The answer for a measure or a regime, from its `status` alone."""
    held = [status for status in sheet.status if status.rank != "deprecated"]
    observed = [seen for status in held if status.value == "in-force" for seen in status.observed]
    return _of_statuses(held, observed, on)


def of_provision(provision: Provision, measure: Measure, on: date) -> State:
    """The answer for a provision, from `starts` and `ends`; observations of its measure count."""
    observed = (*provision.observed, *_observed(measure))
    return _within(provision.starts, provision.ends, observed, on, provision)


def of_designation(designation: Designation, measure: Measure, on: date) -> State:
    """The answer for a designation, from `from` and `until`; observations of its measure count."""
    observed = (*designation.observed, *_observed(measure))
    return _within(designation.from_, designation.until, observed, on, designation)


@frozen
class Step:
    """From this day until the next step begins, every day has the same answer for the same reason."""

    first: date
    """The first day; `date.min` for the step that has no beginning."""
    state: State
    """The answer of that day. It differs on later days of the step in the day that was asked about, and in nothing else."""


def steps_of_measure(sheet: Measure | Regime) -> tuple[Step, ...]:
    """The answers for all days at once: what `of_measure` says of any day, its step says."""
    return _steps(
        lambda on: of_measure(sheet, on), _edges([each.from_ for each in sheet.status], _observed(sheet))
    )


def steps_of_provision(provision: Provision, measure: Measure) -> tuple[Step, ...]:
    """The answers for all days at once, as `of_provision` gives them."""
    observed = (*provision.observed, *_observed(measure))
    edges = _edges([provision.starts, provision.ends], observed)
    return _steps(lambda on: of_provision(provision, measure, on), edges)


def steps_of_designation(designation: Designation, measure: Measure) -> tuple[Step, ...]:
    """The answers for all days at once, as `of_designation` gives them."""
    observed = (*designation.observed, *_observed(measure))
    edges = _edges([designation.from_, designation.until], observed)
    return _steps(lambda on: of_designation(designation, measure, on), edges)


def _edges(bounds: Iterable[Bound], observed: Iterable[Observed]) -> set[date]:
    """The days on which an answer may change: where bounds begin and have passed, and the day after an observation."""
    edges = {
        day for bound in bounds if bound.date for day in (bound.date.earliest, _first_certain(bound.date))
    }
    return (
        edges
        | {day + timedelta(days=1) for day in edges}
        | {observed_day(each) + timedelta(days=after) for each in observed for after in (0, 1)}
    )


def _steps(answer: Callable[[date], State], edges: Iterable[date]) -> tuple[Step, ...]:
    """Asks on every day on which the answer may change, and keeps the days on which it does."""
    found: list[Step] = []
    for first in sorted({date.min, *edges}):
        step = Step(first, answer(first))
        if not found or replace(step.state, on=first) != replace(found[-1].state, on=first):
            found.append(step)
    return tuple(found)


def _observed(measure: Measure | Regime) -> Iterable[Observed]:
    return (seen for status in measure.status if status.value == "in-force" for seen in status.observed)


def _of_statuses(held: Sequence[Status], observed: Sequence[Observed], on: date) -> State:
    """Walks the statuses in the order in which they stand: each lasts until the next begins."""
    answer = State(Answer.NOT_KNOWN, on)
    for position, status in enumerate(held):
        begins = status.from_.date
        if begins is None:
            answer = _state_of(status, observed, on)
        elif on < begins.earliest:
            if position == 0:
                return State(Answer.NOT_YET, on, since=status.from_, fact=status)
            return answer
        elif on < _first_certain(begins):
            return State(Answer.NOT_KNOWN, on, since=status.from_, fact=status)
        else:
            following = held[position + 1].from_.date if position + 1 < len(held) else None
            answer = _state_of(status, observed, on, until=following)
    return answer


def _state_of(
    status: Status, observed: Sequence[Observed], on: date, until: PartialDate | None = None
) -> State:
    if status.value == "ended":
        return State(Answer.ENDED, on, since=status.from_, fact=status)
    if status.value == "unknown":
        return State(Answer.NOT_KNOWN, on, since=status.from_, fact=status)
    if until is not None:  # it lasted at least until the next status began
        return State(Answer.IN_FORCE, on, since=status.from_, fact=status)
    return _as_seen(observed, status.from_, on, status)


def _within(starts: Bound, ends: Bound, observed: Iterable[Observed], on: date, fact: Fact) -> State:
    if ends.date is not None and on >= _first_certain(ends.date):
        return State(Answer.ENDED, on, since=ends, fact=fact)
    if starts.date is not None and on < starts.date.earliest:
        return State(Answer.NOT_YET, on, since=starts, fact=fact)
    if starts.date is not None and on < _first_certain(starts.date):
        return State(Answer.NOT_KNOWN, on, since=starts, fact=fact)
    if ends.date is not None and on >= ends.date.earliest:
        return State(Answer.NOT_KNOWN, on, since=ends, fact=fact)
    if ends.date is not None and starts.date is not None:
        return State(Answer.IN_FORCE, on, since=starts, fact=fact)
    state = _as_seen(observed, starts, on, fact)
    if state.answer is Answer.LAST_SEEN and ends.is_unknown:
        return State(Answer.NOT_KNOWN, on, seen=state.seen, seen_on=state.seen_on, since=starts, fact=fact)
    return state


def _as_seen(observed: Iterable[Observed], since: Bound, on: date, fact: Fact) -> State:
    """In force up to the last day on which a source showed it, last seen after that.

    A start known to the day is itself such a day: the source that reports it showed the thing in force then.
    """
    seen = [
        each for each in _sorted(observed) if since.date is None or observed_day(each) >= since.date.earliest
    ]
    days = [observed_day(each) for each in seen]
    if since.date is not None and since.date.is_day:
        days.insert(0, since.date.earliest)
    if not days or (on < days[0] and since.date is None):
        return State(Answer.NOT_KNOWN, on, since=since, fact=fact)
    last = max(days)
    return State(
        Answer.IN_FORCE if on <= last else Answer.LAST_SEEN,
        on,
        seen=seen[-1] if seen else None,
        seen_on=last,
        since=since,
        fact=fact,
    )


def _first_certain(bound: PartialDate) -> date:
    """The first day on which a bound has surely been passed; a day inside a vague bound is not certain."""
    return bound.latest if bound.is_day else bound.latest + timedelta(days=1)


def _sorted(observed: Iterable[Observed]) -> list[Observed]:
    return sorted((seen for seen in observed if seen.rank != "deprecated"), key=observed_day)


def observed_day(observed: Observed) -> date:
    """The day of an observation."""
    return observed.day.earliest


def known_since(citations: Iterable[Citation], catalogue: Catalogue) -> PartialDate | None:
    """The date of the earliest cited source: from then on the world could know; None when no source has a date."""
    dates = _dates_of((citation.source for citation in citations), catalogue)
    return min(dates, key=in_time, default=None)


@frozen
class Published:
    """When the world could first read of something, as exactly as the dates of its sources say."""

    earliest: date
    """The first day on which one of the cited sources may have been out."""
    surely: date
    """The day by whose end one of them surely was."""


def published(sources: Iterable[str], catalogue: Catalogue) -> Published | None:
    """When the earliest of some sources came out; None when none has a date."""
    dates = _dates_of(sources, catalogue)
    if not dates:
        return None
    return Published(min(each.earliest for each in dates), min(each.latest for each in dates))


def _dates_of(sources: Iterable[str], catalogue: Catalogue) -> list[PartialDate]:
    return [found for id in sources if (found := catalogue.get(id, Source).date) is not None]


class Publicity(StrEnum):
    """Whether the world could read of something on a day."""

    PUBLISHED = "published"
    PERHAPS = "perhaps"
    """On that day or later: the source is dated to a month or a year."""
    NOT_YET = "not-yet"
    NOT_KNOWN = "not-known"
    """No cited source has a date."""


def publicity(found: Published | None, on: date) -> Publicity:
    """Whether a cited source had come out by the end of a day."""
    if found is None:
        return Publicity.NOT_KNOWN
    if on < found.earliest:
        return Publicity.NOT_YET
    return Publicity.PUBLISHED if on >= found.surely else Publicity.PERHAPS


def sources_of(state: State, catalogue: Catalogue) -> tuple[str, ...]:
    """The sources of the fact that gave an answer; of a status also those of the event that brought it about."""
    fact = state.fact
    if fact is None:
        return ()
    event = fact.by.event if isinstance(fact, Status) and fact.by else None
    cited = (citation.source for citation in fact.cite)
    return (*cited, *(catalogue.get(event, Event).dated_by if event else ()))


def in_time(when: PartialDate) -> tuple[date, date, str]:
    """Sorts dates: by the first day they can be, exact ones before vague ones."""
    return (
        when.start.earliest if when.start else date.min,
        when.end.latest if when.end else date.max,
        when.text,
    )


def time_said(when: PartialDate) -> date:
    """What statements are ordered by."""
    return when.earliest


IN_TIME: Mapping[type[Sheet], Callable[[PartialDate], Any]] = {Event: in_time, Statement: time_said}
"""Sheets that stand in the order of their days, and by what these are ordered."""


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events from the first to the last; on one day by id."""
    return sorted(events, key=lambda event: (in_time(event.when), event.id))


def designations_of(actor: str, catalogue: Catalogue) -> list[tuple[Measure, Designation]]:
    """Every designation of an actor with its measure, by start and id."""
    found = [
        (measure, designation)
        for measure in catalogue.origins(actor, "designated_in", Measure)
        for designation in measure.designations
        if designation.actor == actor
    ]
    return sorted(found, key=lambda pair: (pair[1].from_.text, pair[0].id))


def provisions_of(designation: Designation, measure: Measure) -> tuple[Provision, ...]:
    """The provisions that bind with regard to a designated actor, and only those."""
    if not designation.provisions:
        return measure.provisions
    return tuple(provision for provision in measure.provisions if provision.id in designation.provisions)
