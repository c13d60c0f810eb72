"""What would fall with a source or a fact: foretold by the same rule by which it comes about."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factbook.living.falling import of_fact, of_sheet, of_source
from factbook.living.rereading import rereading
from factbook.model.briefing import Briefing
from factbook.model.change import UNTOLD
from factbook.model.source import Source
from factbook.pages.draft import Draft
from factbook.pages.falling import fall_view
from factbook.publication import read_and_check
from tests.publications import CASES, joined, read_case
from tests.sites import SPECIMEN, copy_specimen
from tests.test_rereading import on_the_ground

DAY = date(2026, 11, 22)
SOURCES = sorted(path.stem for path in SPECIMEN.glob("content/sources/*.yml"))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=row["says"].replace(" ", "-"))
        for row in read_case(CASES / "falling" / "sheets.yml")
    ],
)
def test_what_would_fall_with_a_sheet(row: dict[str, Any], tmp_path: Path) -> None:
    catalogue = joined({"files": on_the_ground(row)}, tmp_path)
    sheet = catalogue[row["sheet"]]
    view = fall_view(sheet, Draft(catalogue, DAY, sheet))
    assert (view.sentence if view else "") == row["sentence"]


@pytest.mark.parametrize("id", SOURCES)
def test_what_is_foretold_of_a_source_comes_about_when_it_is_withdrawn(id: str, tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "own")
    before = read_and_check(config, as_of=DAY.isoformat()).catalogue
    assert before is not None
    fall = of_source(id, before, DAY)
    path = config.parent / "content" / "sources" / f"{id}.yml"
    other = next(each for each in SOURCES if each != id)
    taken = f"withdrawal:\n  day: {DAY}\n  text: It was taken back.\n  cite:\n    - source: {other}\n"
    path.write_text(path.read_text("utf-8") + taken, encoding="utf-8")
    after = read_and_check(config, as_of=DAY.isoformat()).catalogue
    assert after is not None
    again = {each.id for each in after.all(Briefing) if rereading(each, after, UNTOLD, DAY)}
    assert {id for id, _ in fall.answers} == again
    assert of_source(id, after, DAY).facts == ()  # what has fallen falls no more
    assert after.get(id, Source).withdrawal


def test_some_source_of_the_specimen_carries_the_answer_and_some_does_not(tmp_path: Path) -> None:
    catalogue = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY.isoformat()).catalogue
    assert catalogue is not None
    carries = {bool(of_source(id, catalogue, DAY).answers) for id in SOURCES}
    assert carries == {True, False}


def test_what_would_fall_with_one_fact_is_told_of_that_fact_alone(tmp_path: Path) -> None:
    catalogue = joined({"files": on_the_ground({})}, tmp_path)
    threshold = "provisions.sales.threshold"
    assert of_fact("lamp-ban", threshold, catalogue).answers == (("lamps", (("lamp-ban", threshold),)),)
    assert of_fact("lamp-ban", "provisions.sales", catalogue).answers == (
        ("lamps", (("lamp-ban", threshold),)),
    )
    assert of_fact("lamp-ban", "imposed-by.avonia", catalogue).answers == ()
    assert of_sheet("avonia", catalogue).answers == ()
