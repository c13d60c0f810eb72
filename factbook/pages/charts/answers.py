"""Who answered what, and what came of which prediction: statements sorted into a few named boxes.

The stances of a question stand in columns of names; predictions in a table of speakers and outcomes, a mark for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.spoken import date_in_words, number_in_words, short_date
from factbook.pages.page import PageRef
from factbook.pages.statement import StatementView

Mark: TypeAlias = Literal["full", "half", "empty", "dotted", "square"]

MARKS: dict[str, Mark] = {
    "agrees": "full",
    "partly": "half",
    "disagrees": "empty",
    "no-view": "dotted",
    "happened": "full",
    "not-so-far": "empty",
    "open": "dotted",
    "unresolvable": "square",
}
"""The shape that goes with an answer or outcome, besides its word."""

OUTCOMES = ("happened", "partly", "not-so-far", "open", "unresolvable")
"""The order in which a scorecard shows outcomes."""


@frozen
class Entry:
    """One statement in a box."""

    ref: PageRef
    who: str
    when: str
    """Short, e.g. `15 Dec 2020`."""
    gist: str


@frozen
class Column:
    """All statements with one answer."""

    label: str
    mark: Mark
    entries: tuple[Entry, ...]


@frozen
class ColumnsChart:
    """A question with its answers side by side."""

    finding: str
    columns: tuple[Column, ...]
    label: str


@frozen
class ScoreRow:
    """The predictions of one speaker, by outcome."""

    ref: PageRef | None
    who: str
    cells: tuple[tuple[Entry, ...], ...]
    """As many as the chart has outcomes."""


@frozen
class ScoreChart:
    """Speakers and what came of their predictions."""

    finding: str
    note: str
    outcomes: tuple[tuple[str, Mark], ...]
    rows: tuple[ScoreRow, ...]
    label: str


def columns(answers: Iterable[tuple[str, str, StatementView]]) -> ColumnsChart | None:
    """Stance, its label and the statement that takes it, in the order in which the columns are to stand; None for none."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for stance, label, statement in answers:
        found.setdefault((stance, label), []).append(_entry(statement))
    if not found:
        return None
    count = sum(map(len, found.values()))
    parts = [f"{number_in_words(len(entries))} “{label}”" for (_, label), entries in found.items()]
    return ColumnsChart(
        f"Of {number_in_words(count)} answers, {_listed(parts)}",
        tuple(Column(label, MARKS[stance], tuple(entries)) for (stance, label), entries in found.items()),
        "Who gave which answer, as columns of names",
    )


def score(predictions: Iterable[StatementView]) -> ScoreChart | None:
    """Predictions by speaker and outcome; the speakers with most of them first; None for none."""
    found = [each for each in predictions if each.prediction]
    if not found:
        return None
    labels = {each.prediction.outcome: each.prediction.outcome_label for each in found if each.prediction}
    present = [outcome for outcome in OUTCOMES if outcome in labels]
    by_speaker: dict[str, list[StatementView]] = {}
    for each in found:
        by_speaker.setdefault(_who(each), []).append(each)
    rows = tuple(
        ScoreRow(
            said[0].speakers[0] if len(said[0].speakers) == 1 else None,
            who,
            tuple(
                tuple(_entry(each) for each in said if each.prediction and each.prediction.outcome == outcome)
                for outcome in present
            ),
        )
        for who, said in sorted(by_speaker.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return ScoreChart(
        _score_finding(found, present, labels),
        _verdicts_of([each.prediction.day for each in found if each.prediction]),
        tuple((labels[outcome], MARKS[outcome]) for outcome in present),
        rows,
        "Predictions by speaker and outcome, a mark for each",
    )


def _score_finding(found: Sequence[StatementView], present: Sequence[str], labels: dict[str, str]) -> str:
    counts = [
        (sum(each.prediction.outcome == outcome for each in found if each.prediction), labels[outcome])
        for outcome in present
    ]
    noun = "prediction" if len(found) == 1 else "predictions"
    parts = [f"{number_in_words(count)} {label}" for count, label in counts]
    return f"Of {number_in_words(len(found))} {noun}, {_listed(parts)}"


def _verdicts_of(days: Sequence[PartialDate | None]) -> str:
    """The day that all verdicts carry, when it is one."""
    known = {day.text: day for day in days if day}
    if len(known) != 1:
        return ""
    return f"Verdicts as of {date_in_words(next(iter(known.values())))}."


def _entry(statement: StatementView) -> Entry:
    return Entry(statement.ref, _who(statement), short_date(statement.when), statement.gist)


def _who(statement: StatementView) -> str:
    named = ", ".join(each.title for each in statement.speakers) or statement.as_named
    return named[:1].upper() + named[1:]


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
