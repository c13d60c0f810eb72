"""No measure and no provision of the research is lost: each has a place in the publication, and the place exists.

`tests/coverage/provisions.yml` is the table: one row a provision, by the entry it came from.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from factbook.catalogue import Catalogue, join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from tests.sites import BuiltSite

ENTRIES, PROVISIONS = 19, 60


@dataclass(frozen=True)
class Row:
    """One provision of one entry, the sheets that hold it now, and the places inside them."""

    entry: str
    provision: str
    sheets: list[str]
    anchors: list[str]


ROWS = [
    Row(**row)
    for row in yaml.safe_load(
        Path(__file__).with_name("coverage").joinpath("provisions.yml").read_text("utf-8")
    )
]


@pytest.fixture(scope="module")
def content(root: Path) -> Catalogue:
    """The sheets of the publication itself."""
    settings, problems = read_settings(root / "mkdocs.yml")
    assert settings is not None, problems
    return join(load(settings))[0]


def test_the_table_names_every_entry_and_provision() -> None:
    assert len({row.entry for row in ROWS}) == ENTRIES
    assert len({(row.entry, row.provision) for row in ROWS}) == PROVISIONS == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.entry}: {row.provision}")
def test_each_provision_has_its_places(row: Row, content: Catalogue) -> None:
    assert row.anchors
    assert {anchor.partition("#")[0] for anchor in row.anchors} == set(row.sheets)
    for anchor in row.anchors:
        sheet, _, place = anchor.partition("#")
        assert sheet in content, f"there is no sheet {sheet}"
        assert place in content.anchors[sheet], f"there is no place {anchor}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.entry}: {row.provision}")
def test_a_reader_finds_each_provision(row: Row, real_site: BuiltSite) -> None:
    for anchor in row.anchors:
        sheet, _, place = anchor.partition("#")
        page = real_site.page_of(sheet)
        assert place in page.ids, f"{page.file} has no #{place}"
        assert page.ids[place].text
