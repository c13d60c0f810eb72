"""Steps say of every day what the answer of that day says: they are asked once and hold for all days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from factbook.chronology import (
    State,
    Step,
    of_designation,
    of_measure,
    of_provision,
    published,
    steps_of_designation,
    steps_of_measure,
    steps_of_provision,
)
from factbook.model.measure import Measure
from factbook.model.records import Citation
from tests.publications import CASES, read_case
from tests.test_chronology import measure, seen, source_catalogue

FAMILIES = ("measures", "provisions", "designations")
ROWS = [
    pytest.param(family, row, id=f"{family}: {row['says']}")
    for family in FAMILIES
    for row in read_case(CASES / "chronology" / f"{family}.yml")
]
LONG_AGO, FAR_AHEAD = date(1980, 1, 1), date(2060, 1, 1)

bounds = some.one_of(
    some.sampled_from(["unknown"]),
    some.builds(
        lambda day, length, about: day.isoformat()[:length] + about,
        some.dates(date(2018, 1, 1), date(2021, 12, 31)),
        some.sampled_from([4, 7, 10]),
        some.sampled_from(["", "~"]),
    ),
)
observed = some.lists(
    some.builds(lambda day: {"day": day.isoformat()}, some.dates(date(2017, 1, 1), date(2022, 12, 31))),
    max_size=3,
    unique_by=lambda seen: seen["day"],
)


def step_on(steps: tuple[Step, ...], day: date) -> Step:
    """The step that holds on a day, found as a reader of the steps finds it."""
    return [step for step in steps if step.first <= day][-1]


def assert_same(steps: tuple[Step, ...], answer: Callable[[date], State], days: list[date]) -> None:
    assert steps[0].first == date.min
    for day in days:
        told, asked = step_on(steps, day).state, answer(day)
        assert (told.answer, told.seen_on, told.fact) == (asked.answer, asked.seen_on, asked.fact), day


def pairs(sheet: Measure) -> list[tuple[tuple[Step, ...], Callable[[date], State]]]:
    """Everything of a measure that has an answer: its steps, and how it is asked."""
    found: list[tuple[tuple[Step, ...], Callable[[date], State]]] = [
        (steps_of_measure(sheet), lambda day: of_measure(sheet, day))
    ]
    for rule in sheet.provisions:
        found.append((steps_of_provision(rule, sheet), lambda day, it=rule: of_provision(it, sheet, day)))
    for named in sheet.designations:
        found.append(
            (steps_of_designation(named, sheet), lambda day, it=named: of_designation(it, sheet, day))
        )
    return found


@pytest.mark.parametrize(("family", "row"), ROWS)
def test_the_steps_of_a_case_give_its_answers(family: str, row: dict[str, Any]) -> None:
    sheet = sheet_of(family, row)
    asked = [date.fromisoformat(day) for day in row["answers"]]
    days = sorted({day + timedelta(days=step) for day in asked for step in range(-40, 41)})
    for steps, answer in pairs(sheet):
        assert_same(steps, answer, [LONG_AGO, *days, FAR_AHEAD])


def sheet_of(family: str, row: dict[str, Any]) -> Measure:
    if family == "measures":
        return measure(status=row["status"])
    if family == "provisions":
        rule = {"id": "p", "title": "P", "kind": "blocking", "binds": {"who": "importers"}}
        return measure(status=seen(row.get("measure", [])), provisions=[{**rule, **row["provision"]}])
    named = {"id": "d", "actor": "ssb", **row["designation"]}
    return measure(status=seen(row.get("measure", [])), designations=[named])


@given(
    statuses=some.lists(
        some.tuples(some.sampled_from(["in-force", "ended", "unknown"]), bounds, observed),
        min_size=1,
        max_size=3,
    ),
    starts=bounds,
    ends=some.one_of(some.just("none-set"), bounds),
    days=observed,
)
def test_the_steps_of_any_dates_give_the_answers_of_all_days(
    statuses: list[tuple[str, str, list[Any]]], starts: str, ends: str, days: list[Any]
) -> None:
    rule = {"id": "p", "title": "P", "kind": "blocking", "binds": {"who": "importers"}}
    sheet = measure(
        status=[{"value": value, "from": start, "observed": list(o)} for value, start, o in statuses],
        provisions=[{**rule, "starts": starts, "ends": ends, "observed": days}],
        designations=[{"id": "d", "actor": "ssb", "from": starts, "until": ends, "observed": days}],
    )
    every = [date(2016, 1, 1) + timedelta(days=number) for number in range(365 * 8)]
    for steps, answer in pairs(sheet):
        assert_same(steps, answer, every)


def test_neighbouring_steps_differ() -> None:
    sheet = measure(status=seen(["2019-01-01", "2020-01-01"]))
    assert [(str(step.first), str(step.state.answer)) for step in steps_of_measure(sheet)] == [
        ("0001-01-01", "not-yet"),
        ("1990-01-01", "not-known"),
        ("1991-01-01", "in-force"),
        ("2020-01-02", "last-seen"),
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2020-12-21", "2020-12-15"], ("2020-12-15", "2020-12-15")),
        (["2020-12", "2020-12-15"], ("2020-12-01", "2020-12-15")),
        (["2020", "2021-04-07"], ("2020-01-01", "2020-12-31")),
        (["", "2020-12~"], ("2020-11-01", "2021-01-31")),
    ],
)
def test_when_the_world_could_read_of_it_is_told_as_exactly_as_its_sources_are_dated(
    dates: list[str], expected: tuple[str, str]
) -> None:
    catalogue, cited = source_catalogue(dates)
    found = published((each.source for each in cited), catalogue)
    assert found is not None
    assert (str(found.earliest), str(found.surely)) == expected


def test_sources_without_a_date_do_not_say_when_the_world_could_read_of_it() -> None:
    catalogue, cited = source_catalogue(["", ""])
    assert published((each.source for each in cited), catalogue) is None
    assert published((), catalogue) is None
    assert all(isinstance(each, Citation) for each in cited)
