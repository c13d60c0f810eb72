"""Events on a line of time with two sides: what was done, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.spoken import date_in_words, number_in_words
from factbook.pages.event import EventRow
from factbook.pages.page import PageRef

MOST = 36
"""More events than this on one line cannot be told apart; then only those that matter most are drawn."""


@frozen
class Moment:
    """One event on the line."""

    ref: PageRef
    first: date
    last: date
    """The same day when the day is known."""
    when: str
    said: bool
    """True for statements, reports and talks: they stand on the other side."""
    of_measure: bool
    """True when it announced a measure or changed its state."""


@frozen
class TimelineChart:
    """Moments in their order."""

    finding: str
    note: str
    moments: tuple[Moment, ...]
    label: str


def timeline(rows: Sequence[EventRow]) -> TimelineChart | None:
    """A line of the events, or of those that matter most where there are many; None for fewer than three."""
    shown = [row for row in rows if row.major] if len(rows) > MOST else list(rows)
    moments = [_moment(row) for row in shown]
    if len(moments) < 3:
        return None
    done, said = (sum(each.said is side for each in moments) for side in (False, True))
    years = (moments[0].first.year, moments[-1].last.year)
    span = f"in {years[0]}" if years[0] == years[1] else f"from {years[0]} to {years[1]}"
    finding = (
        f"{span[0].upper()}{span[1:]}: {number_in_words(done)} things done, {number_in_words(said)} said"
    )
    note = "Those that matter most; the list has all. " if len(shown) < len(rows) else ""
    if any(each.of_measure for each in moments):
        note += "Square: a measure began or changed. "
    if any(each.first != each.last for each in moments):
        note += "Long mark: some day in that time."
    return TimelineChart(
        finding,
        note.strip(),
        tuple(moments),
        f"Timeline {span}: what was done on the left, what was said on the right",
    )


def _moment(row: EventRow) -> Moment:
    first, last = _days(row.when)
    return Moment(row.ref, first, last, date_in_words(row.when), row.said, row.of_measure)


def _days(when: PartialDate) -> tuple[date, date]:
    """The first and the last day it can be; an open end is drawn as the day that is known."""
    if when.start is None and when.end is not None:
        return when.end.earliest, when.end.latest
    if when.end is None:
        return when.earliest, when.earliest
    return when.earliest, when.latest
