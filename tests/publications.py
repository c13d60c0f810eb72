"""Small publications written as text: what a case file describes, put into a folder and read.

A case starts from a publication in `tests/cases/base/`, or from nothing, and says what differs: `files` (path: text), `change`
(path: list of `replace` and `by`), `remove` (paths), `links` (path: where a link leads), `latin-1` (path: text in another
encoding), `large` (path: bytes). Everything is read as text.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from factbook.catalogue import Catalogue, join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.problems import Problem, in_order
from factbook.publication import read_and_check

CASES = Path(__file__).parent / "cases"
DAY = "2026-11-22"
"""The day that a case holds for when it names none."""


def read_case(path: Path) -> Any:
    """A case file, every scalar as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only


def cases(family: str) -> list[Any]:
    """The cases of a family for `pytest.mark.parametrize`, each named as its file."""
    return [pytest.param(path, id=path.stem) for path in sorted((CASES / family).glob("*.yml"))]


def write(case: dict[str, Any], root: Path) -> Path:
    """Writes the publication of a case; returns its configuration file."""
    base = read_case(CASES / "base" / f"{case['start_from']}.yml")["files"] if "start_from" in case else {}
    files = changed(base, case)
    for path, text in files.items():
        _write(root / path, text.encode())
    for path, text in case.get("latin-1", {}).items():
        _write(root / path, text.encode("latin-1"))
    for path, size in case.get("large", {}).items():
        _write(root / path, b"# " + b"x" * (int(size) - 2))
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    return root / "mkdocs.yml"


def changed(before: dict[str, str], step: dict[str, Any]) -> dict[str, str]:
    """Some files after what a case, or one step of it, does to them."""
    files = {**before, **step.get("files", {})}
    for path, changes in step.get("change", {}).items():
        for change in changes:
            assert files[path].count(change["replace"]) == 1, (
                f"{path}: {change['replace']!r} stands there once"
            )
            files[path] = files[path].replace(change["replace"], change["by"])
    for path in step.get("remove", ()):
        del files[path]
    return files


def problems_of(case: dict[str, Any], root: Path) -> list[str]:
    """Everything that is wrong with the publication of a case, as a person reads it."""
    content = read_and_check(write(case, root), as_of=case.get("as_of", DAY))
    return [as_read(problem, root) for problem in in_order(content.problems)]


def as_read(problem: Problem, root: Path) -> str:
    return problem.as_text().replace(f"{root}/", "")


def joined(case: dict[str, Any], root: Path) -> Catalogue:
    """The catalogue of a case in which nothing is wrong."""
    settings, faults = read_settings(write(case, root))
    assert settings is not None, faults
    loaded = load(settings)
    catalogue, dangling = join(loaded)
    assert [problem.as_text() for problem in (*loaded.problems, *dangling)] == []
    return catalogue


def codes_of(case: dict[str, Any]) -> set[str]:
    """The codes of the problems that a case expects."""
    return {re.split(r"\s\s+", problem.split("\n")[0])[2] for problem in case.get("problems", ())}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
