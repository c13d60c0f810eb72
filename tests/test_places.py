"""What a fact is called where its history is told: as its page calls it, never by an id."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factbook.catalogue import Catalogue, join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.change import Replaced, SheetPast
from factbook.model.said import said_in
from factbook.pages.places import place_called
from factbook.prose import fold
from tests.publications import CASES, read_case

SPECIMEN = Path(__file__).parent / "specimen/mkdocs.yml"
NO_PAST = SheetPast()


@pytest.fixture(scope="module")
def specimen() -> Catalogue:
    settings, faults = read_settings(SPECIMEN)
    assert settings is not None, faults
    return join(load(settings))[0]


def rows() -> list[Any]:
    """One case for each place of each row."""
    return list(_rows())


def _rows() -> Iterator[Any]:
    for table in sorted((CASES / "places").glob("*.yml")):
        for row in read_case(table):
            for how in ("called", "alone"):
                for anchor, words in row.get(how, {}).items():
                    yield pytest.param(
                        row["sheet"], anchor, how == "alone", words, id=f"{how}-{row['sheet']}-{anchor}"
                    )


@pytest.mark.parametrize(("sheet", "anchor", "alone", "words"), rows())
def test_a_place_is_called_as_its_page_calls_it(
    sheet: str, anchor: str, alone: bool, words: str, specimen: Catalogue
) -> None:
    collection = specimen.collection_of(sheet)
    assert place_called(sheet, collection, anchor, specimen, NO_PAST, alone=alone) == words


def test_no_id_and_no_anchor_stands_in_the_words_of_any_place(specimen: Catalogue) -> None:
    for id in specimen.ids():
        for anchor in specimen.anchors_of(id):
            words = place_called(id, specimen.collection_of(id), anchor, specimen, NO_PAST)
            assert words, (id, anchor)
            ids = [step for step in anchor.split(".") if "-" in step and not step[0].isupper()]
            assert [step for step in ids if step in words] == [], (id, anchor, words)


def test_what_was_named_already_is_not_named_again(specimen: Catalogue) -> None:
    at = ("price-cap", "measures", "provisions.price-cap.threshold", specimen, NO_PAST)
    assert place_called(*at, inside="provisions.price-cap") == "threshold"
    assert place_called(*at, inside="provisions.price") == "Ceiling on the price: threshold"


def test_what_is_gone_goes_by_the_words_that_it_had(specimen: Catalogue) -> None:
    said = said_in(specimen["price-cap"])["provisions.price-cap"]
    commit, day, until = "", date.fromisoformat("2026-10-01"), date.fromisoformat("2026-10-20")
    past = SheetPast(replaced=(Replaced("provisions.old", said, commit, day, until, "removed"),))
    anchor = "provisions.old.threshold"
    assert place_called("price-cap", "measures", anchor, specimen, past) == "Ceiling on the price: threshold"
    assert place_called("gone", "measures", anchor, specimen, past) == "Ceiling on the price: threshold"


def test_a_section_that_is_gone_goes_by_its_heading(specimen: Catalogue) -> None:
    anchor, was = fold("What’s left in 2023?"), "## What’s left in 2023? Three houses are."
    assert place_called("method", "briefings", anchor, specimen, NO_PAST, was=was) == "“What’s left in 2023?”"
