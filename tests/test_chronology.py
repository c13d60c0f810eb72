"""Time: the five answers on a day, since when the world could know, and the order of events."""

from datetime import date
from typing import Any

import pytest

from factbook.catalogue import Catalogue
from factbook.chronology import (
    State,
    in_order,
    known_since,
    of_designation,
    of_measure,
    of_provision,
    provisions_of,
)
from factbook.loading.loaded import LoadedSheet
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.records import Citation
from factbook.model.source import Source
from tests.publications import CASES, read_case

REVIEWED = {"verified": "2026-11-01", "review_by": "2027-11-01"}


def answers(family: str) -> list[Any]:
    """One case for each day of each row of a table."""
    return [
        pytest.param(row, day, answer, id=f"{row['says'].rstrip('.')} {day}".replace(" ", "-"))
        for row in read_case(CASES / "chronology" / f"{family}.yml")
        for day, answer in row["answers"].items()
    ]


def measure(**fields: Any) -> Measure:
    sheet = {"id": "it", "title": "It", "is_sanction": "true", "kind": "designation", **REVIEWED, **fields}
    return Measure.model_validate(sheet)


def seen(days: list[str]) -> list[Any]:
    """A status that starts long ago and was observed on some days."""
    return [{"value": "in-force", "from": "1990", "observed": [{"day": day} for day in days]}]


def as_read(state: State) -> str:
    return f"{state.answer} {state.day}" if state.answer == "last-seen" else str(state.answer)


@pytest.mark.parametrize(("row", "day", "answer"), answers("measures"))
def test_whether_a_measure_is_in_force(row: dict[str, Any], day: str, answer: str) -> None:
    assert as_read(of_measure(measure(status=row["status"]), date.fromisoformat(day))) == answer


@pytest.mark.parametrize(("row", "day", "answer"), answers("provisions"))
def test_whether_a_provision_is_in_force(row: dict[str, Any], day: str, answer: str) -> None:
    provision = {"id": "p", "title": "P", "kind": "blocking", "binds": {"who": "importers"}}
    sheet = measure(status=seen(row.get("measure", [])), provisions=[{**provision, **row["provision"]}])
    assert as_read(of_provision(sheet.provisions[0], sheet, date.fromisoformat(day))) == answer


@pytest.mark.parametrize(("row", "day", "answer"), answers("designations"))
def test_whether_a_designation_holds(row: dict[str, Any], day: str, answer: str) -> None:
    designation = {"id": "d", "actor": "ssb", **row["designation"]}
    sheet = measure(status=seen(row.get("measure", [])), designations=[designation])
    assert as_read(of_designation(sheet.designations[0], sheet, date.fromisoformat(day))) == answer


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["says"]) for row in read_case(CASES / "chronology" / "known.yml")]
)
def test_since_when_the_world_could_know(row: dict[str, Any]) -> None:
    catalogue, cited = source_catalogue(row["dates"])
    known = known_since(cited, catalogue)
    assert (str(known) if known else "") == row["known"]


def source_catalogue(dates: list[str]) -> tuple[Catalogue, list[Citation]]:
    """Sources with these dates, none for "", and a citation of each."""
    sheets = {
        f"s{number}": LoadedSheet(source(f"s{number}", day), "sources", "", {})
        for number, day in enumerate(dates)
    }
    cited = [Citation.model_validate({"source": id}) for id in sheets]
    return Catalogue(sheets, {}, {}, {}, {}), cited


def source(id: str, day: str) -> Source:
    fields = {
        "kind": "press",
        "publisher": id,
        "language": "en",
        "read": "whole",
        "origin": {"value": "unknown"},
    }
    return Source.model_validate(
        {"id": id, "title": id, **fields, **({"date": day} if day else {}), **REVIEWED}
    )


def test_events_are_in_order_of_time_and_vague_ones_follow_exact_ones() -> None:
    days = ["2019-07", "2019-07-12/2019-07-25", "2019-07-12", "2019", "2018-12-31", "../2018", "2019-07-01"]
    events = [
        Event.model_validate(
            {"id": f"e{n}", "title": "E", "kind": "law", "happened": {"date": day}, **REVIEWED}
        )
        for n, day in enumerate(days)
    ]
    assert [str(event.happened.date) for event in in_order(events)] == [
        "../2018",
        "2018-12-31",
        "2019",
        "2019-07-01",
        "2019-07",
        "2019-07-12",
        "2019-07-12/2019-07-25",
    ]


def test_only_the_named_provisions_bind_a_designated_actor() -> None:
    common = {
        "title": "P",
        "kind": "blocking",
        "binds": {"who": "importers"},
        "starts": "2020",
        "ends": "none-set",
    }
    who = {"actor": "ssb", "from": "2020", "until": "none-set"}
    sheet = measure(
        status=seen([]),
        provisions=[{"id": id, **common} for id in ("a", "b", "c")],
        designations=[{"id": "some", **who, "provisions": ["c", "a"]}, {"id": "all", **who}],
    )
    some, every = (provisions_of(designation, sheet) for designation in sheet.designations)
    assert [provision.id for provision in some] == ["a", "c"]
    assert [provision.id for provision in every] == ["a", "b", "c"]
