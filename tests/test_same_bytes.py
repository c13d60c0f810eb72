"""The same commit gives the same site: elsewhere, on another day, in another time zone and language, without a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import NOON, copy_specimen, files_of

ROOT = Path(__file__).resolve().parents[1]
DAY_OF_COMMIT = "2026-11-05T23:30:00+00:00"
"""Neither the day of the tests nor that of the machine, and the next day already in the east."""

ELSEWHERE = """
import datetime, socket, sys, time
YEAR = 400 * 86400
now = time.time
time.time = lambda: now() + YEAR
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=YEAR)
datetime.datetime = Later
assert datetime.date.today().toordinal() > datetime.date.fromtimestamp(now()).toordinal() + 300
def refused(self, address, *_):
    if self.family != socket.AF_UNIX:
        raise OSError(f"a build asked the network: {address}")
socket.socket.connect = socket.socket.connect_ex = refused
from factbook.commands import main
sys.exit(main(sys.argv[1:]))
"""
"""Runs a command as `build.py` does, on a machine whose clock runs 400 days ahead and on which nobody can be called."""


def git(folder: Path, *words: str) -> None:
    given = {"GIT_AUTHOR_DATE": DAY_OF_COMMIT, "GIT_COMMITTER_DATE": DAY_OF_COMMIT}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, env=os.environ | given, capture_output=True, check=True)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen as a repository with one commit."""
    folder = copy_specimen(tmp_path_factory.mktemp("same") / "here").parent
    (folder / ".gitignore").write_text("/.cache/\n/site/\n/.site.factbook/\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder


def built(folder: Path, *words: str, **environment: str) -> dict[str, bytes]:
    """The site as a person's own build makes it."""
    return _site(folder, [sys.executable, str(ROOT / "build.py"), *words], environment)


def built_elsewhere(folder: Path, *words: str, **environment: str) -> dict[str, bytes]:
    """The site as it is made where everything about the machine is different, and no network is there."""
    command = [sys.executable, "-X", "utf8", "-c", ELSEWHERE, *words]
    if cut_off():
        command = ["unshare", "--net", "--map-root-user", *command]
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77", "COLUMNS": "40"}
    return _site(folder, command, strange | {"PYTHONPATH": str(ROOT)} | environment)


def _site(folder: Path, command: list[str], environment: dict[str, str]) -> dict[str, bytes]:
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return files_of(folder / "site")


def cut_off() -> bool:
    """Whether this machine lets a process be without any network; the guard in `ELSEWHERE` holds in either case."""
    program = shutil.which("unshare")
    if program is None:
        return False
    return subprocess.run([program, "--net", "--map-root-user", "true"], check=False).returncode == 0


def another(folder: Path, to: Path) -> Path:
    """A clone, in a folder whose name is no plain word."""
    to.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(folder), str(to)], check=True)
    return to


@pytest.fixture(scope="module")
def here(committed: Path) -> dict[str, bytes]:
    """The site as it is made here, in UTC and without a language."""
    return built(committed, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_a_commit_gives_the_same_site_everywhere(
    here: dict[str, bytes], committed: Path, tmp_path: Path
) -> None:
    there = built_elsewhere(another(committed, tmp_path / "naïve café" / "ıçin"))
    assert differing(there, here) == []
    assert {
        "sitemap.xml",
        "sitemap.xml.gz",
        "index.html",
        "pagefind/pagefind.js",
        "api/v1/all.json",
    } <= here.keys()
    assert b"5 November 2026" in here["as-of/index.html"]


def test_a_second_build_from_what_was_kept_gives_it_too(here: dict[str, bytes], committed: Path) -> None:
    assert differing(built(committed), here) == []


def test_the_day_can_be_said_in_three_ways(committed: Path, tmp_path: Path) -> None:
    folder = another(committed, tmp_path / "clone")
    (folder / "README.md").write_text("Not in the commit, so its day does not count.", encoding="utf-8")
    asked = built_elsewhere(folder, "--as-of", "2026-11-22", "--no-search")
    epoch = built_elsewhere(folder, "--no-search", SOURCE_DATE_EPOCH=NOON)
    assert differing(asked, epoch) == []
    assert b"22 November 2026" in asked["as-of/index.html"]
