"""Commands as a person uses them: a case says what is typed, and what is printed where.

A case holds a publication as in `tests/publications.py`, the words after `build.py` (`typed`), what is `said`, what is said as
an `error`, and the `status`; a case that names no status means 0.
"""

from pathlib import Path

import pytest

from factbook import commands
from tests.publications import DAY, read_case, write


def is_answered(path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Types what a case says and compares the answer."""
    case = read_case(path)
    config = write(case, folder)
    status = commands.main(["-f", str(config), "--as-of", case.get("as_of", DAY), *case["typed"].split()])
    answer = capsys.readouterr()
    assert (answer.out, answer.err) == (case.get("said", ""), case.get("error", ""))
    assert status == int(case.get("status", "0"))
