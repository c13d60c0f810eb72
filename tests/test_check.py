"""What `check` prints for a person: everything, or what concerns some sheets, and the status that goes with it."""

from pathlib import Path

import pytest

from tests.command_cases import is_answered
from tests.publications import cases


@pytest.mark.parametrize("path", cases("check"))
def test_the_answer(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    is_answered(path, tmp_path, capsys)
