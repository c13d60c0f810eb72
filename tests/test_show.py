"""A sheet in short: what it is, what it links and what links it, what is wrong with it."""

from pathlib import Path

import pytest

from tests.command_cases import is_answered
from tests.publications import cases


@pytest.mark.parametrize("path", cases("show"))
def test_the_answer(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    is_answered(path, tmp_path, capsys)
