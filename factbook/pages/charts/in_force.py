"""The in-force matrix: what held when, as rows of stretches, each with one of the five answers.

Every stretch is read off `chronology`, so the picture cannot say anything else than the pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from factbook.chronology import Answer, State, of_designation, of_measure, of_provision
from factbook.frozen import frozen
from factbook.model.dates import Bound, PartialDate
from factbook.model.measure import Measure
from factbook.model.records import Observed
from factbook.model.spoken import date_in_words, day_in_words, number_in_words, short_date, short_day
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef

DOTS = 50
"""Of how many parts of the years shown a stretch has to fill one before its dots are told from a speck."""


@frozen
class Stretch:
    """Days in a row with the same answer."""

    first: date
    last: date
    answer: Answer


@frozen
class InForceRow:
    """One measure, provision or designation over time."""

    ref: PageRef
    group: str
    """Heading above the first row of a kind; "" for none."""
    stretches: tuple[Stretch, ...]
    answer: Answer
    """The answer on the day of the chart."""
    word: str
    """That answer with its day, short, e.g. `last seen 19 Dec 2025`."""
    words: str
    """The whole row in words, for those who do not see the picture."""


@frozen
class InForceChart:
    """Rows over years, up to the day for which the site speaks."""

    finding: str
    first: date
    as_of: date
    rows: tuple[InForceRow, ...]
    label: str
    """Names the drawing for assistive technology."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers that can be seen, in a fixed order: those that a legend has to explain. Dots need some room to be dots."""
        room = ((self.as_of - self.first).days + 1) / DOTS
        shown = {
            stretch.answer
            for row in self.rows
            for stretch in row.stretches
            if stretch.answer is not Answer.NOT_KNOWN or (stretch.last - stretch.first).days + 1 >= room
        }
        return tuple(answer for answer in Answer if answer in shown and answer is not Answer.NOT_YET)


def of_measures(measures: Iterable[Measure], draft: Draft, *, what: str = "measures") -> InForceChart | None:
    """Measures over the years, the first to begin first; None when no day is known of any."""
    rows = [_measure_row(measure, draft) for measure in measures]
    known = sorted(
        (row for row in rows if row.stretches), key=lambda row: (row.stretches[0].first, row.ref.address)
    )
    if not known:
        return None
    return _chart(_tally(known, what), known, draft.as_of, f"When each of {len(known)} {what} was in force")


def of_one(measure: Measure, draft: Draft) -> InForceChart | None:
    """A measure as a whole, then its provisions and designations."""
    rows = [
        _measure_row(
            measure, draft, PageRef("The measure as a whole", draft.ref(measure.id).address, "status")
        )
    ]
    seen = [seen for status in measure.status for seen in status.observed]
    for provision in measure.provisions:
        rows.append(
            _row(
                draft.ref(measure.id, f"provisions.{provision.id}", provision.title),
                "Provisions",
                lambda day, provision=provision: of_provision(provision, measure, day),  # type: ignore[misc]
                _days((provision.starts, provision.ends), (*provision.observed, *seen)),
                draft.as_of,
            )
        )
    for each in measure.designations:
        title = draft.ref(each.actor).title
        if sum(other.actor == each.actor for other in measure.designations) > 1 and each.list:
            title = f"{title}, {draft.ref(each.list).title}"
        rows.append(
            _row(
                draft.ref(measure.id, f"designations.{each.id}", title),
                "Designations",
                lambda day, each=each: of_designation(each, measure, day),  # type: ignore[misc]
                _days((each.from_, each.until), (*each.observed, *seen)),
                draft.as_of,
            )
        )
    rows = [row for row in rows if row.stretches]
    if not rows:
        return None
    return _chart(rows[0].words, rows, draft.as_of, f"When each part of “{measure.title_text}” was in force")


def _chart(finding: str, rows: Sequence[InForceRow], as_of: date, label: str) -> InForceChart:
    dated = [each.first for row in rows for each in row.stretches if each.first > date.min]
    first = min(dated, default=as_of).replace(month=1, day=1)
    cut = tuple(
        InForceRow(
            row.ref,
            row.group,
            tuple(Stretch(max(each.first, first), each.last, each.answer) for each in row.stretches),
            row.answer,
            row.word,
            row.words,
        )
        for row in rows
    )
    return InForceChart(finding, first, as_of, cut, label)


def _measure_row(measure: Measure, draft: Draft, ref: PageRef | None = None) -> InForceRow:
    bounds = [status.from_ for status in measure.status]
    seen = [seen for status in measure.status for seen in status.observed]
    days = _days(bounds, seen)
    return _row(ref or draft.ref(measure.id), "", lambda day: of_measure(measure, day), days, draft.as_of)


def _days(bounds: Iterable[Bound], observed: Iterable[Observed]) -> set[date]:
    """Every day on which an answer can change: the edges of bounds, observations, and the days after."""
    edges = {edge for bound in bounds if bound.date for edge in (bound.date.earliest, bound.date.latest)}
    edges |= {seen.day.earliest for seen in observed}
    return edges | {edge + timedelta(days=1) for edge in edges if edge < date.max}


def _row(
    ref: PageRef, group: str, state_on: Callable[[date], State], days: Iterable[date], as_of: date
) -> InForceRow:
    states = [state_on(day) for day in sorted({date.min, *(day for day in days if day <= as_of)})]
    runs = [run for run in _runs(states, as_of) if run[0].answer is not Answer.NOT_YET]
    if (
        all(state.answer is Answer.NOT_KNOWN for state, _ in runs)
        and len(runs) == 1
        and runs[0][0].on == date.min
    ):
        runs = []  # nothing is known at all: no picture
    now = state_on(as_of)
    return InForceRow(
        ref,
        group,
        tuple(Stretch(state.on, last, state.answer) for state, last in runs),
        now.answer,
        _word(now, runs[-1][0].on if runs else None),
        _words(runs, now),
    )


def _runs(states: Sequence[State], as_of: date) -> Iterator[tuple[State, date]]:
    """Each first state of its kind with the last day of its stretch."""
    begun: State | None = None
    for state in states:
        if begun is None:
            begun = state
        elif state.answer is not begun.answer:
            yield begun, state.on - timedelta(days=1)
            begun = state
    if begun is not None:
        yield begun, as_of


def _word(state: State, since_day: date | None) -> str:
    """The answer with its day, short enough for a bar."""
    since = short_date(state.since.date) if state.since and state.since.date else ""
    match state.answer:
        case Answer.LAST_SEEN:
            return f"last seen {short_day(state.day)}"
        case Answer.ENDED:
            return f"ended {since}".strip()
        case Answer.NOT_YET:
            return f"from {since}" if since else "not yet"
        case Answer.IN_FORCE:
            return "in force"
    if state.seen_on:
        return f"last seen {short_day(state.seen_on)}, now not known"
    return f"not known from {short_day(since_day)}" if since_day and since_day > date.min else "not known"


def _words(runs: Sequence[tuple[State, date]], now: State) -> str:
    """E.g. `In force from 14 December 2020, last seen on 19 December 2025`."""
    parts = []
    for state, last in runs:
        since = state.since.date if state.since else None
        match state.answer:
            case Answer.IN_FORCE:
                parts.append(f"in force from {date_in_words(since) if since else day_in_words(state.on)}")
                if last == now.on:
                    parts.append(f"still so on {day_in_words(now.on)}")
            case Answer.LAST_SEEN:
                parts.append(f"last seen on {day_in_words(state.day)}")
            case Answer.ENDED:
                parts.append(f"ended {_at(since)}" if since else "ended")
            case Answer.NOT_KNOWN if state.on == date.min:
                parts.append(f"not known before {day_in_words(last + timedelta(days=1))}")
            case Answer.NOT_KNOWN if not (since and not since.is_day and last == since.latest):
                parts.append(f"not known from {day_in_words(state.on)}")
    if not parts:
        parts.append(
            f"not yet in force on {day_in_words(now.on)}" if now.answer is Answer.NOT_YET else "not known"
        )
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _at(when: PartialDate) -> str:
    words = date_in_words(when)
    return words if words.startswith("about") else f"on {words}" if when.is_day else f"in {words}"


def _tally(rows: Sequence[InForceRow], what: str) -> str:
    """E.g. `Seven of 14 measures were in force when last seen; five have ended; of two it is not known`."""
    if len(rows) == 1:
        return rows[0].words
    held = sum(row.answer in (Answer.IN_FORCE, Answer.LAST_SEEN) for row in rows)
    ended = sum(row.answer is Answer.ENDED for row in rows)
    unknown = sum(row.answer is Answer.NOT_KNOWN for row in rows)
    later = len(rows) - held - ended - unknown
    share = "all" if held == len(rows) > 1 else f"{number_in_words(held) if held else 'none'} of"
    be = "were" if held > 1 else "was"
    parts = [f"{share} {number_in_words(len(rows))} {what} {be} in force when last seen"]
    for count, one, many in (
        (ended, "one has ended", "have ended"),
        (unknown, "of one it is not known", ""),
        (later, "one has yet to begin", "have yet to begin"),
    ):
        if count:
            number = number_in_words(count)
            parts.append(
                one if count == 1 else f"{number} {many}" if many else f"of {number} it is not known"
            )
    text = "; ".join(parts)
    return text[0].upper() + text[1:]
