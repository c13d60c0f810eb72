"""Conditions: what makes one true on a day, and what keeps one from ever coming true.

States of play are asked of `chronology`, so that a condition and a page never disagree. A day here is the first on which
something surely holds: of a month, its last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.chronology import Answer, State, of_designation, of_measure, of_provision
from factbook.frozen import frozen
from factbook.model.briefing import Condition
from factbook.model.dates import Bound
from factbook.model.measure import Designation, Measure, Provision
from factbook.model.records import Status
from factbook.model.regime import Regime
from factbook.model.source import Source
from factbook.model.statement import Outcome, Prediction, Statement
from factbook.model.walking import anchor_of

FINAL = ("happened", "unresolvable")
"""Outcomes after which a prediction gets no other."""
_HOLDS = (Answer.IN_FORCE, Answer.LAST_SEEN)


@frozen
class Cause:
    """The fact that makes a condition true, or keeps it from ever coming true."""

    id: str
    anchor: str
    since: date | None
    """The first day on which it surely was so; None where nobody knows."""


def causes(condition: Condition, catalogue: Catalogue, on: date) -> tuple[Cause, ...]:
    """What makes a condition true on a day: nothing while it has not come true, several where several statements contradict one."""
    id, anchor = condition.target
    match condition.kind:
        case "status" | "designation":
            state = state_of(id, anchor, catalogue, on)
            return _of_state(id, anchor, state, condition.is_) if state else ()
        case "prediction":
            statement = catalogue.find(id, Statement)
            outcome = statement.prediction.outcome if statement and statement.prediction else None
            if outcome is None or outcome.value != condition.is_ or outcome.day.latest > on:
                return ()
            return (Cause(id, "prediction.outcome", outcome.day.latest),)
        case "statement":
            return tuple(_contradictions(id, catalogue, on))
        case "source":
            source = catalogue.find(id, Source)
            taken = source.withdrawal if source else None
            if taken is None or taken.rank == "deprecated" or taken.day.earliest > on:
                return ()
            return (Cause(id, anchor_of("", "withdrawal", None), taken.day.earliest),)
    return ()


def out_of_reach(condition: Condition, catalogue: Catalogue, on: date) -> Cause | None:
    """What was final on a day and is not what the condition waits for; None where it can still come true, or has."""
    id, anchor = condition.target
    if condition.kind in ("status", "designation") and condition.is_ != "ended":
        state = state_of(id, anchor, catalogue, on)
        return next(iter(_of_state(id, anchor, state, "ended")), None) if state else None
    if condition.kind == "prediction":
        statement = catalogue.find(id, Statement)
        outcome = _final(statement.prediction) if statement and statement.prediction else None
        if outcome and outcome.value != condition.is_ and outcome.day.latest <= on:
            return Cause(id, "prediction.outcome", outcome.day.latest)
    return None


def _final(prediction: Prediction) -> Outcome | None:
    """An outcome that no other follows: it happened or cannot be known, or was judged when the day of the prediction had passed."""
    outcome, day = prediction.outcome, prediction.settles_by
    if outcome is None:
        return None
    judged = day is not None and day.latest <= outcome.day.latest
    return outcome if judged or outcome.value in FINAL else None


def part_of(id: str, anchor: str, catalogue: Catalogue) -> Measure | Regime | Provision | Designation | None:
    """What a place names that has a state of play: a measure, a regime, a provision or a designation; None for all else."""
    if not anchor:
        return catalogue.find(id, Measure) or catalogue.find(id, Regime)
    measure = catalogue.find(id, Measure)
    if measure is None:
        return None
    provisions = {anchor_of("", "provisions", each): each for each in measure.provisions}
    return provisions.get(anchor) or {
        anchor_of("", "designations", each): each for each in measure.designations
    }.get(anchor)


def state_of(id: str, anchor: str, catalogue: Catalogue, on: date) -> State | None:
    """The state of play of a place on a day; None where it has none."""
    part = part_of(id, anchor, catalogue)
    match part:
        case Measure() | Regime():
            return of_measure(part, on)
        case Provision():
            return of_provision(part, catalogue.get(id, Measure), on)
        case Designation():
            return of_designation(part, catalogue.get(id, Measure), on)
    return None


def _of_state(id: str, anchor: str, state: State, wanted: str) -> tuple[Cause, ...]:
    fact = state.fact
    if isinstance(fact, Status):
        if fact.value != wanted or state.answer not in (*_HOLDS, Answer.ENDED, Answer.NOT_KNOWN):
            return ()
        if state.answer is Answer.NOT_KNOWN and wanted != "unknown":
            return ()
        return (Cause(id, anchor_of("", "status", fact), _surely(state.since)),)
    reached = {"ended": (Answer.ENDED,), "in-force": _HOLDS}.get(wanted, ())
    return (Cause(id, anchor, _surely(state.since)),) if fact and state.answer in reached else ()


def _surely(bound: Bound | None) -> date | None:
    """The day on which a bound has surely been passed."""
    return bound.date.latest if bound and bound.date else None


def _contradictions(id: str, catalogue: Catalogue, on: date) -> Iterator[Cause]:
    """The statements that contradict one, whichever of the two says so, by id; of their days the later one counts."""
    own = catalogue.find(id, Statement)
    if own is None:
        return
    theirs = {
        link.origin
        for link in catalogue.links_to(id, "related_statement")
        if (other := catalogue.find(link.origin, Statement))
        and any(each.statement == id and each.kind == "contradicts" for each in other.relations)
    }
    ours = {each.statement for each in own.relations if each.kind == "contradicts"}
    for other_id in sorted((theirs | ours) - {id}):
        other = catalogue.find(other_id, Statement)
        if other is None:
            continue
        since = max(own.when.latest, other.when.latest)
        if since <= on:
            yield Cause(other_id, "statement", since)
