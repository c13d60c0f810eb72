"""Time in the publication itself: what the engine answers for its measures, against a second and plainer reading.

The second reading takes the YAML as text and works out each answer by itself, on every day on which something begins, ends or
was seen, and on the days before and after.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from factbook.catalogue import Catalogue, join
from factbook.chronology import State, of_designation, of_measure, of_provision
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.event import Event
from factbook.model.measure import Measure

ROOT = Path(__file__).resolve().parents[1]
SHEETS = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # plain text only
    for path in sorted((ROOT / "content" / "measures").glob("*.yml"))
}
SSB = "us-caatsa-231-ssb"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    settings, _ = read_settings(ROOT / "mkdocs.yml")
    assert settings is not None
    return join(load(settings))[0]


def as_read(state: State) -> str:
    return f"last seen {state.day}" if state.answer == "last-seen" else str(state.answer)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2020-12-13", "not-yet"),
        ("2020-12-14", "in-force"),
        ("2025-12-19", "in-force"),
        ("2026-11-22", "last seen 2025-12-19"),
    ],
)
def test_the_sanctions_on_the_arms_agency(catalogue: Catalogue, day: str, answer: str) -> None:
    measure, on = catalogue.get(SSB, Measure), date.fromisoformat(day)
    states = [of_measure(measure, on)]
    states += [of_provision(provision, measure, on) for provision in measure.provisions]
    states += [of_designation(designation, measure, on) for designation in measure.designations]
    assert {as_read(state) for state in states} == {answer}


def test_the_notice_of_2021_is_no_new_round(catalogue: Catalogue) -> None:
    notice = catalogue.get("federal-register-notice-ssb-2021-04-07", Event)
    assert [(relation.kind, relation.event) for relation in notice.relations] == [
        ("formal-notice-of", "us-sanctions-ssb-2020-12-14")
    ]


# --- the second reading -------------------------------------------------------------------------------------------


def span(text: str) -> tuple[date, date] | None:
    """First and last day that a date can mean; None for the words that stand for none."""
    if text in ("unknown", "none-set"):
        return None
    about, parts = text.endswith("~"), [int(part) for part in text.rstrip("~").split("-")]
    if len(parts) == 3:
        day, one = date(*parts), timedelta(days=about)
        return day - one, day + one
    if len(parts) == 2:
        months = parts[0] * 12 + parts[1] - 1
        (y1, m1), (y2, m2) = divmod(months - about, 12), divmod(months + about, 12)
        return date(y1, m1 + 1, 1), date(y2, m2 + 1, calendar.monthrange(y2, m2 + 1)[1])
    return date(parts[0] - about, 1, 1), date(parts[0] + about, 12, 31)


def seen_days(owner: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(o["day"]) for o in owner.get("observed", ()) if "rank" not in o]


def held(starts: str, ends: str, seen: list[date], day: date) -> str:
    """The answer for something that holds from one bound to another."""
    start, end = span(starts), span(ends)
    if end and (day > end[1] or day == end[0] == end[1]):
        return "ended"
    if start and day < start[0]:
        return "not-yet"
    if (start and start[0] != start[1] and day <= start[1]) or (end and day >= end[0]):
        return "not-known"
    if start and end:
        return "in-force"
    days = sorted(d for d in seen if not start or d >= start[0])
    if start and start[0] == start[1]:
        days = [start[0], *days]
    if not days or (not start and day < days[0]):
        return "not-known"
    if day <= days[-1]:
        return "in-force"
    return "not-known" if ends == "unknown" else f"last seen {days[-1]}"


def state_of_play(sheet: dict[str, Any], day: date) -> str:
    """The answer of a measure's statuses: each holds until the next begins."""
    statuses = [status for status in sheet["status"] if "rank" not in status]
    for number, status in reversed(list(enumerate(statuses))):
        start = span(status["from"])
        if start and day < start[0]:
            continue
        if start and start[0] != start[1] and day <= start[1]:
            return "not-known"
        if status["value"] != "in-force":
            return {"ended": "ended", "unknown": "not-known"}[status["value"]]
        following = statuses[number + 1]["from"] if number + 1 < len(statuses) else "none-set"
        return held(status["from"], following, measure_seen(sheet), day)
    return "not-yet"


def measure_seen(sheet: dict[str, Any]) -> list[date]:
    return [day for status in sheet["status"] if status["value"] == "in-force" for day in seen_days(status)]


def dates_in(value: Any, key: str = "") -> Iterator[str]:
    """Every date in a measure that says when something holds."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from dates_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from dates_in(inner, key)
    elif key in ("from", "until", "starts", "ends", "day") and value[:1].isdigit():
        yield value


def days_of(sheets: dict[str, Any]) -> list[date]:
    edges = {day for text in dates_in(list(sheets.values())) for day in span(text) or ()}
    return sorted({edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)})


@pytest.mark.parametrize("id", SHEETS)
def test_both_readings_agree_on_every_day_that_matters(catalogue: Catalogue, id: str) -> None:
    sheet, measure = SHEETS[id], catalogue.get(id, Measure)
    days = days_of(SHEETS)
    assert len(days) >= 20
    for day in days:
        assert (day, as_read(of_measure(measure, day))) == (day, state_of_play(sheet, day))
        for provision, text in zip(measure.provisions, sheet.get("provisions", ()), strict=True):
            seen = seen_days(text) + measure_seen(sheet)
            expected = (day, text["id"], held(text["starts"], text["ends"], seen, day))
            assert (day, provision.id, as_read(of_provision(provision, measure, day))) == expected
        for designation, text in zip(measure.designations, sheet.get("designations", ()), strict=True):
            seen = seen_days(text) + measure_seen(sheet)
            expected = (day, text["id"], held(text["from"], text["until"], seen, day))
            assert (day, designation.id, as_read(of_designation(designation, measure, day))) == expected
