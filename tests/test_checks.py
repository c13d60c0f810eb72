"""The rules of evidence: what each of them says, in full, of small invented publications."""

from pathlib import Path

import pytest

from tests.publications import cases, problems_of, read_case


@pytest.mark.parametrize("path", cases("checks"))
def test_a_rule_of_evidence(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert problems_of(case, tmp_path) == case["problems"]
