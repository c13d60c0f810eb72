"""What a table names is there: a new collection, kind of page, block or link lacks nothing, or its test says what is missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factbook.model.blocks import BLOCKS
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL, COLLECTIONS, LINKS, RESERVED
from factbook.model.records import Record
from factbook.model.values import AnchorRef, Keyword, RefTo
from factbook.model.vocabularies import VOCABULARIES
from factbook.model.walking import plan
from factbook.pages.blocks import VIEWS
from factbook.pages.kinds import OVERVIEWS, PAGE_KINDS, SHEET_KINDS
from tests.sites import SPECIMEN
from tests.test_snapshots import PAGES, SNAPSHOTS

MODELS = [*(collection.model for collection in ALL.values()), PlainPage]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_lacks_nothing(name: str, root: Path) -> None:
    collection = COLLECTIONS[name]
    one = collection.one
    kind = SHEET_KINDS.get(one)
    assert name == collection.model.COLLECTION
    assert collection.model.__module__ == f"factbook.model.{one}", "a module of its own in factbook/model/"
    assert kind is not None, "a row in SHEET_KINDS"
    assert kind.collection == name
    assert kind.module.__name__ == f"factbook.pages.{one}", "a module of its own in factbook/pages/"
    assert (root / f"templates/pages/{one}.html.j2").is_file(), "a template"
    assert list((SPECIMEN / "content" / name).glob("*.yml")), "a sheet in the specimen"
    assert [view for view in OVERVIEWS if view.address == f"{name}/"], "an index in OVERVIEWS"


def test_every_kind_of_sheet_page_has_its_collection() -> None:
    assert {kind.collection for kind in SHEET_KINDS.values()} == COLLECTIONS.keys()


CROWDED = {"more"}
"""Kinds of page that the specimen is too small to have; tests/test_more.py looks at them."""


@pytest.mark.parametrize("name", sorted({*PAGE_KINDS, "404"} - CROWDED))
def test_a_kind_of_page_has_its_template_and_its_snapshot(name: str, root: Path) -> None:
    template = "index" if name.startswith("index-") else name
    assert (root / f"templates/pages/{template}.html.j2").is_file()
    assert template in PAGES, "a page of the specimen in tests/test_snapshots.py"
    assert (SNAPSHOTS / f"{template}.html").is_file(), "run tests/test_snapshots.py with --update-snapshots"


def test_there_is_no_template_and_no_snapshot_of_nothing(root: Path) -> None:
    kinds = {"index" if name.startswith("index-") else name for name in (*PAGE_KINDS, "404")}
    assert {path.name for path in (root / "templates/pages").iterdir()} == {
        f"{kind}.html.j2"
        for kind in (*kinds, "fact-cards")  # a page without a shell
    }
    assert {path.stem for path in SNAPSHOTS.iterdir()} == kinds - CROWDED == PAGES.keys()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_its_view_its_template_and_a_place_in_the_specimen(name: str, root: Path) -> None:
    assert name in VIEWS
    assert (root / f"templates/parts/block-{name}.html.j2").is_file()
    texts = [path.read_text(encoding="utf-8") for path in (SPECIMEN / "briefings").glob("*.md")]
    assert any(f"::: {name}" in text for text in texts)


def test_there_is_no_view_of_a_block_that_does_not_exist() -> None:
    assert VIEWS.keys() == BLOCKS.keys()


def marks() -> Iterator[tuple[str, object]]:
    """Every marked field of every model: its name and its mark."""
    seen: set[type[Record]] = set()

    def of(model: type[Record]) -> Iterator[tuple[str, object]]:
        if model in seen:
            return
        seen.add(model)
        for field in plan(model):
            if field.mark:
                yield f"{model.__name__}.{field.name}", field.mark
        for info in model.model_fields.values():
            for inner in records_in(info.annotation):
                yield from of(inner)

    for model in MODELS:
        yield from of(model)


def records_in(annotation: Any) -> Iterator[type[Record]]:
    """The records that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from records_in(part)


def test_every_closed_list_that_a_field_names_exists() -> None:
    used = {mark.vocabulary for _, mark in marks() if isinstance(mark, Keyword)}
    assert used
    assert used - VOCABULARIES.keys() == set()


def test_every_value_that_a_field_allows_has_a_label() -> None:
    allowed = {
        (f"{record.__name__}.{name}", vocabulary, value)
        for model in MODELS
        for record in below(model)
        for name, info in record.model_fields.items()
        for vocabulary, value in literals(info.annotation, list(info.metadata))
    }
    assert len(allowed) > len(VOCABULARIES)
    unlabelled = [
        f"{field}: {value}" for field, list_, value in allowed if value not in VOCABULARIES[list_].values
    ]
    assert sorted(unlabelled) == []


def below(model: type[Record]) -> Iterator[type[Record]]:
    """A model and every record in it."""
    yield model
    for info in model.model_fields.values():
        for inner in records_in(info.annotation):
            yield from below(inner)


def literals(annotation: Any, metadata: list[Any]) -> Iterator[tuple[str, str]]:
    """The values that a field allows, with the closed list that they belong to."""
    if hasattr(annotation, "__metadata__"):
        annotation, metadata = annotation.__origin__, [*metadata, *annotation.__metadata__]
    values = getattr(annotation, "__args__", ())
    for mark in metadata:
        if isinstance(mark, Keyword):
            yield from ((mark.vocabulary, value) for value in values if isinstance(value, str))
    for part in values:
        yield from literals(part, [])


def test_every_link_that_a_field_makes_has_a_name_on_the_other_page() -> None:
    used = {mark.inverse for _, mark in marks() if isinstance(mark, RefTo | AnchorRef)}
    used |= {
        option.inverse
        for block in BLOCKS.values()
        for option in block.options.values()
        if isinstance(option, RefTo)
    }
    assert used - LINKS.keys() == set()
    assert LINKS.keys() - used == {"mentioned_in"}, "links in prose; every other name belongs to a field"


def test_every_collection_that_a_field_points_to_exists() -> None:
    targets = {mark.collection for _, mark in marks() if isinstance(mark, RefTo)}
    assert targets - ALL.keys() == {"*"}


def test_briefings_have_a_kind_of_page() -> None:
    assert Briefing.COLLECTION in ALL
    assert {"home", "briefing", "plain"} <= PAGE_KINDS.keys()


def test_every_view_of_the_whole_site_has_a_reserved_address() -> None:
    first_parts = {view.address.split("/")[0] for view in OVERVIEWS}
    assert first_parts <= {*COLLECTIONS, *RESERVED}
