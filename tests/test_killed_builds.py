"""Builds killed at random moments: no file is ever torn, what was not begun leaves the last site, and the next build makes it whole.

Each trial is a real process with its children, ended by SIGKILL. Half of them die while the site is being written.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from factbook.writing import SITE, workshop_of
from tests.sites import DAY, copy_specimen, files_of

SORTS = ("cold", "warm")
"""With nothing kept from earlier builds, and with all of it."""
SOME, MANY = 4, 25
"""Trials of each sort in every run, and in a full one."""


@dataclass(frozen=True)
class Trial:
    """A publication with its site and what its builds kept, before and after an edit."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]

    @property
    def site(self) -> Path:
        return self.folder / "site"


def command(folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "factbook", "build", "-f", str(folder / "specimen" / "mkdocs.yml")),
        *("--site-dir", str(folder / "site"), "--as-of", DAY, "--no-search"),
    ]


def build(folder: Path) -> str:
    done = subprocess.run(command(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def edit(folder: Path) -> None:
    """A name that every page shows, a title that some show, and a sheet that comes."""
    settings = folder / "specimen" / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("site_name: ", "site_name: New ", 1), encoding="utf-8")
    content = folder / "specimen" / "content"
    path = sorted((content / "terms").glob("*.yml"))[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: Renewed ", 1), encoding="utf-8")
    shutil.copy(path, content / "terms" / "newly-come.yml")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = tmp_path_factory.mktemp("killed")
    copy_specimen(folder / "specimen")
    build(folder)
    before = files_of(folder / "site")
    clean = folder / "clean"
    shutil.copytree(folder / "specimen", clean / "specimen", ignore=shutil.ignore_patterns(".cache"))
    edit(clean)
    build(clean)
    after = files_of(clean / "site")
    shutil.rmtree(clean)
    assert before.keys() < after.keys()
    assert sum(before[name] != after[name] for name in before) > 50
    return Trial(folder, before, after)


@pytest.mark.parametrize("sort", SORTS)
def test_a_killed_build_leaves_a_whole_site(prepared: Trial, tmp_path: Path, sort: str) -> None:
    kill_and_mend(prepared, tmp_path, sort, SOME)


@pytest.mark.full
@pytest.mark.parametrize("sort", SORTS)
def test_builds_killed_fifty_times_leave_a_whole_site(prepared: Trial, tmp_path: Path, sort: str) -> None:
    kill_and_mend(prepared, tmp_path, sort, MANY)


def kill_and_mend(prepared: Trial, tmp_path: Path, sort: str, times: int) -> None:
    random_moment = random.Random(f"kills of {sort} builds")  # noqa: S311  moments, not secrets
    begun = 0
    for number in range(times):
        folder = tmp_path / str(number)
        shutil.copytree(prepared.folder, folder)
        trial = Trial(folder, prepared.before, prepared.after)
        if sort == "cold":
            shutil.rmtree(folder / "specimen" / ".cache")
        edit(folder)
        with watched(trial) as torn:
            if number % 2:
                kill(trial, moves=random_moment.randrange(len(trial.before) // 4))
            else:
                kill(trial, seconds=random_moment.uniform(0, 2))
        assert torn() == []
        left = files_of(trial.site)
        if (workshop_of(trial.site) / "journal.json").exists():
            begun += 1
        else:
            assert left in (trial.before, trial.after), "a mixture, and no journal"
        build(folder)
        assert files_of(trial.site) == trial.after
        shutil.rmtree(folder)
    assert begun == times // 2, "half of the kills fall while the site is being written"


DIES = """
import os, runpy, signal, sys
from factbook import writing
moves, put = int(sys.argv.pop(1)), writing._put
def put_or_die(*given):
    global moves
    moves -= 1
    if moves < 0:
        os.killpg(0, signal.SIGKILL)
    put(*given)
writing._put = put_or_die
runpy.run_module("factbook", run_name="__main__")
"""
"""The same command, killed in earnest before the file of that number is put in its place."""


def kill(trial: Trial, *, seconds: float = 0.0, moves: int | None = None) -> None:
    """Start a build and end it with all its children, some time after its start or amid writing its files."""
    python, _, _, *rest = command(trial.folder)
    running = subprocess.Popen(
        command(trial.folder) if moves is None else [python, "-c", DIES, str(moves), *rest],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if moves is None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # it was faster
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


class watched:  # noqa: N801  used as a function
    """Reads the site again and again, and notes each file that is neither as before nor as after."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.torn: list[str] = []
        self.over = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)

    def read(self) -> None:
        both = sorted(self.trial.before.keys() & self.trial.after.keys() - {SITE.marker})
        while not self.over.is_set():
            for name in both:
                try:
                    seen = (self.trial.site / name).read_bytes()
                except FileNotFoundError:
                    seen = None
                if seen not in (self.trial.before[name], self.trial.after[name]):
                    self.torn.append(name)

    def __enter__(self) -> Callable[[], list[str]]:
        self.reader.start()
        return lambda: self.torn

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.reader.join()
