"""The table of threats names a defence and at least one test for each, and the tests exist."""

import re
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[1] / "handbook" / "threats.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TABLE.read_text(encoding="utf-8").partition("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| threat")
]


def test_the_table_has_its_rows() -> None:
    assert len(ROWS) > 20
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_threat_has_a_defence_and_tests_that_exist(row: list[str], root: Path) -> None:
    _, defence, tests = row
    assert defence
    named = re.findall(r"`(tests/[^`]+)`", tests)
    assert named
    for each in named:
        file, _, test = each.partition("::")
        assert (root / file).is_file(), each
        if test:
            assert f"\ndef {test}(" in (root / file).read_text(encoding="utf-8"), each
        else:
            assert file.startswith("tests/cases/"), each
