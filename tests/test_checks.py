"""The rules of evidence: what each of them says, in full, of small invented publications."""

from pathlib import Path

import pytest

from factbook.catalogue import join
from factbook.checks import ALONE, check_sheet, clear_of
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.dates import parse_date
from tests.publications import DAY, cases, problems_of, read_case, write


@pytest.mark.parametrize("path", cases("checks"))
def test_a_rule_of_evidence(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert problems_of(case, tmp_path) == case["problems"]


@pytest.mark.parametrize("path", cases("checks"))
def test_a_rule_that_a_sheet_is_known_to_keep_finds_nothing_in_it(path: Path, tmp_path: Path) -> None:
    settings, faults = read_settings(write(read_case(path), tmp_path))
    assert settings is not None, faults
    catalogue, _ = join(load(settings))
    day = parse_date(DAY).earliest
    for loaded in catalogue.sheets.values():
        clear = clear_of(loaded, catalogue.phrases)
        assert set(clear) <= set(ALONE)
        assert check_sheet(loaded, catalogue, day, clear) == check_sheet(loaded, catalogue, day)
