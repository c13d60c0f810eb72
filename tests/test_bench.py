"""The synthetic publications that the engine is weighed with are sound, whole, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bench import sheets
from factbook.model.collections import COLLECTIONS
from factbook.problems import Severity
from factbook.publication import read_and_check


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication")
    sheets.write(60, folder)
    return folder


def test_a_synthetic_publication_has_neither_errors_nor_warnings(small: Path) -> None:
    content = read_and_check(small / "mkdocs.yml", as_of=sheets.AS_OF)
    assert [problem for problem in content.problems if problem.severity is not Severity.NOTE] == []
    assert content.catalogue is not None


def test_every_collection_has_sheets_in_the_proportions_of_a_real_one(small: Path) -> None:
    counts = {folder.name: len(list(folder.iterdir())) for folder in (small / "content").iterdir()}
    assert counts.keys() == COLLECTIONS.keys()
    assert sum(counts.values()) == 60
    assert min(counts.values()) >= 1
    assert max(counts, key=counts.__getitem__) == "sources"


def test_the_same_number_and_seed_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    sheets.write(60, tmp_path / "again")
    sheets.write(60, tmp_path / "other", seed=2)
    assert files_of(tmp_path / "again") == files_of(small)
    assert files_of(tmp_path / "other") != files_of(small)


def test_a_sheet_has_the_size_and_the_links_of_a_real_one() -> None:
    plan = sheets.plan(1000)
    made = [(id, sheets.sheet_text(fields)) for _, id, fields in sheets.Sheets(plan)]
    lines = sum(text.count("\n") for _, text in made) / len(made)
    cited = sum(text.count("source: ") + text.count("[@") for _, text in made) / len(made)
    linked = sum(text.count("[[") for _, text in made) / len(made)
    measures = [text for id, text in made if id in plan.ids["measures"]]
    assert 40 <= lines <= 80
    assert 4 <= cited <= 10
    assert 2 <= linked <= 6
    assert all(text.count("  - id: rule-") == 3 for text in measures)


def test_what_a_sheet_says_survives_its_way_through_yaml() -> None:
    for _, _, fields in sheets.Sheets(sheets.plan(60)):
        read = yaml.load(sheets.sheet_text(fields), yaml.BaseLoader)  # noqa: S506 BaseLoader makes texts alone
        assert {key: spaced(value) for key, value in read.items()} == {
            key: spaced(value) for key, value in fields.items()
        }


def spaced(value: object) -> object:
    """A value whose texts have single blanks, since prose is broken into lines."""
    if isinstance(value, dict):
        return {key: spaced(item) for key, item in value.items()}
    return [spaced(item) for item in value] if isinstance(value, list) else " ".join(str(value).split())


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
