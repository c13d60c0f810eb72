"""Steps of a state of play: in words, for readers; and as the value of an attribute, for the script `as-of.js`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from factbook.chronology import Answer, Publicity, Published
from factbook.model.dates import PartialDate
from factbook.model.spoken import date_in_words, day_in_words
from factbook.pages.page import StepView
from factbook.rendering.words import ANSWERS

PUBLICITIES = {
    Publicity.NOT_YET: "not yet in a source that we cite",
    Publicity.PERHAPS: "perhaps not yet in a source that we cite",
}
STATES = ";".join(
    [
        *(f"{answer}={words}" for answer, words in ANSWERS.items()),
        "ended-on=Ended",
        "later=What follows came later than",
        *(f"out:{publicity}={words}" for publicity, words in PUBLICITIES.items()),
    ]
)
"""The words of the script, e.g. `in-force=In force on`; `ended-on` goes before the day of an end."""


def steps_as_data(steps: Sequence[StepView]) -> str:
    """One step after another: `first answer publicity day`, "-" for what there is none of; `;` between steps.

    Days are written as in sheets, so that they can be compared as text. E.g. `- not-yet - -;2020-12-14 in-force published -`.
    """
    return ";".join(
        f"{step.first or '-'} {step.answer} {step.publicity or '-'} {step.day or '-'}" for step in steps
    )


def intervals_in_words(steps: Sequence[StepView]) -> tuple[str, ...]:
    """E.g. `not yet before 14 December 2020`, `in force to 19 December 2025`, `last seen then`."""
    told = [
        step
        for before, step in zip((None, *steps), steps, strict=False)
        if before is None or (before.answer, before.day) != (step.answer, step.day)
    ]
    following = [*(step.first for step in told[1:]), None]
    return tuple(
        _interval(step, last - timedelta(days=1) if last else None, told[number - 1] if number else None)
        for number, (step, last) in enumerate(zip(told, following, strict=True))
    )


def _interval(step: StepView, last: date | None, before: StepView | None) -> str:
    first = step.first
    match step.answer:
        case Answer.NOT_YET:
            return f"not yet before {day_in_words(last + timedelta(days=1))}" if last else "not yet"
        case Answer.ENDED:
            return f"ended {_in_words(step.day)}" if step.day else "ended"
        case Answer.LAST_SEEN:
            seen_then = (
                before is not None and before.answer is Answer.IN_FORCE and step.day == _day_before(first)
            )
            return "last seen then" if seen_then else f"last seen in force on {_in_words(step.day)}"
        case Answer.IN_FORCE:
            return f"in force {_stretch(first, last, before)}"
        case Answer.NOT_KNOWN:
            return f"not known {_stretch(first, last, before)}"


def _stretch(first: date | None, last: date | None, before: StepView | None) -> str:
    """From when to when; the beginning is left out where the words before have said it."""
    if first is None:
        return f"to {day_in_words(last)}" if last else "on any day"
    if last is None:
        return f"from {day_in_words(first)}"
    if first == last:
        return f"on {day_in_words(first)}"
    if before is not None and before.answer is Answer.NOT_YET:
        return f"to {day_in_words(last)}"
    return f"from {day_in_words(first)} to {day_in_words(last)}"


def published_in_words(found: Published) -> str:
    """When the earliest cited source came out: a day, or from when to when it may have."""
    if found.earliest == found.surely:
        return day_in_words(found.surely)
    return f"between {day_in_words(found.earliest)} and {day_in_words(found.surely)}"


def _in_words(day: PartialDate | date | None) -> str:
    if day is None:
        return ""
    return date_in_words(day) if isinstance(day, PartialDate) else day_in_words(day)


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None
