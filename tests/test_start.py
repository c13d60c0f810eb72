"""A command starts with what it needs: what each may not have read when it is done, beside the modules of `factbook.late`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from factbook.late import LATE

SPECIMEN = Path(__file__).parent / "specimen"
ASKS = """
import contextlib, io, json, sys
from factbook import late
from factbook.commands import main

with contextlib.redirect_stdout(io.StringIO()):
    status = main(sys.argv[1:])
print(json.dumps([status, [name for name in sorted(sys.modules) if late.is_read(name)]]))
"""

NEVER = {"mkdocs", "material", "asyncio", "multiprocessing", "http.client", "selenium"}
"""What neither needs while it has its shells."""
PAGES = {name for name in LATE if name.startswith(("factbook.pages.", "factbook.drawing."))}
EXPORTS = {name for name in LATE if name.startswith("factbook.exports.")}
TEMPLATES = {"jinja2", "markdown", "cmarkgfm", "factbook.rendering.html"}

MAY_NOT_READ = {
    "check, nothing changed": {
        *NEVER,
        *PAGES,
        *EXPORTS,
        *TEMPLATES,
        "factbook.press",
        "resvg_py",
        "filelock",
    },
    "build, nothing changed": {
        *NEVER,
        *TEMPLATES,
        *(PAGES - {"factbook.pages.page"}),
        *(EXPORTS - {"factbook.exports.files", "factbook.exports.social"}),
    },
    "check, a source changed": {
        *NEVER,
        *PAGES,
        *EXPORTS,
        *TEMPLATES,
        "factbook.press",
        "resvg_py",
        "filelock",
    },
    "build, a source changed": {*NEVER, "factbook.pages.may_i_answer", "factbook.exports.openapi"},
}
"""What a command may not have read when it is done with the specimen; in this order."""


def said(folder: Path, *line: str) -> tuple[int, set[str]]:
    """The exit status of a command in a process of its own, and every module that it read."""
    started = [sys.executable, "-c", ASKS, *line, "-f", str(folder / "mkdocs.yml"), "--as-of", "2026-11-22"]
    done = subprocess.run(started, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    status, read = json.loads(done.stdout.splitlines()[-1])
    return status, set(read)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A specimen that was built, so that there is something to go by."""
    folder = tmp_path_factory.mktemp("start") / "own"
    shutil.copytree(SPECIMEN, folder, ignore=shutil.ignore_patterns(".cache", "site"))
    assert said(folder, "build", "--no-search")[0] == 0
    return folder


@pytest.mark.parametrize("case", MAY_NOT_READ)
def test_a_command_reads_what_it_needs_and_no_more(case: str, built: Path) -> None:
    command, _, what = case.partition(", ")
    if what == "a source changed":
        sheet = min((built / "content/sources").glob("*.yml"))
        sheet.write_text(f"{sheet.read_text('utf-8')}# {case}\n", "utf-8")
    status, read = said(built, command, *(["--no-search"] if command == "build" else []))
    assert status == 0
    assert "factbook.publication" in read
    assert sorted(read & MAY_NOT_READ[case]) == []


def test_every_late_module_is_one_of_the_engine_or_a_library_behind_one(root: Path) -> None:
    for name in LATE:
        path = root.joinpath(*name.split("."))
        if name.startswith("factbook."):
            assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name
