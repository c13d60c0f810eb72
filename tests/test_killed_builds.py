"""Builds killed at random moments: no file is ever torn, what was not begun leaves the last site, and the next build makes it whole.

Each trial is a real process with its children, ended by SIGKILL. Half of them die while the site is being written.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from factbook.workshop import workshop_of
from tests.sites import files_of
from tests.trials import Trial, build, command, edit, watched

SORTS = ("cold", "warm")
"""With nothing kept from earlier builds, and with all of it."""
SOME, MANY = 4, 25
"""Trials of each sort in every run, and in a full one."""


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
from factbook import workshop
moves, put = int(sys.argv.pop(1)), workshop.put
def put_or_die(*given):
    global moves
    moves -= 1
    if moves < 0:
        os.killpg(0, signal.SIGKILL)
    put(*given)
workshop.put = put_or_die
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
