"""What is overdue, and what falls due by a day."""

from pathlib import Path

import pytest

from tests.command_cases import is_answered
from tests.publications import cases


@pytest.mark.parametrize("path", cases("due"))
def test_the_answer(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    is_answered(path, tmp_path, capsys)
