"""Every code of a problem has a case that shows its message in full, and every case expects codes that exist."""

from factbook.problems import CODES
from tests.publications import CASES, codes_of, read_case

FAMILIES = ("loading", "catalogue", "checks", "history")

ELSEWHERE: dict[str, str] = {
    "bad-template": "tests/test_template_faults.py: templates are no content",
    "lost-address": "tests/test_permalinks.py: it needs a ledger",
    "dangling-link": "tests/test_inside_links.py: it is found in the finished site",
    "shallow-clone": "tests/test_changes.py: a case makes no clones",
}
"""Codes that no case file can show, and the test or the reason instead."""


def shown() -> set[str]:
    paths = [path for family in FAMILIES for path in (CASES / family).glob("*.yml")]
    return {code for path in paths for code in codes_of(read_case(path))}


def test_every_code_has_a_case() -> None:
    assert set(CODES) - shown() - set(ELSEWHERE) == set()


def test_every_case_expects_a_code_that_exists() -> None:
    assert shown() - set(CODES) == set()


def test_nothing_is_excused_that_has_a_case() -> None:
    assert set(ELSEWHERE) & shown() == set()


def test_every_case_says_what_it_shows() -> None:
    for family in FAMILIES:
        for path in (CASES / family).glob("*.yml"):
            assert read_case(path)["says"].endswith("."), path.name
