"""Builds to which something happens: disks, folders and clocks that change, several at once, sheets that are being saved.

Each is a real process, and where the site is being written a reader looks at every file all the while.
"""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from factbook.workshop import workshop_of
from tests.sites import DAY, files_of
from tests.trials import Trial, build, command, edit, watched

KB = 1024
ROOM = (400 * KB,)
"""Bytes that are free on a disk when a build begins, in every run; `MORE_ROOM` in a full one."""
MORE_ROOM = tuple(KB * size for size in (0, 8, 64, 128, 256, 768, 1_536, 3_072, 6_144))


def copied(prepared: Trial, folder: Path) -> Trial:
    shutil.copytree(prepared.folder, folder, copy_function=shutil.copy2)
    return Trial(folder, prepared.before, prepared.after)


def run(trial: Trial, words: list[str] | None = None) -> tuple[int, str]:
    """A build, whatever comes of it; never a traceback."""
    done = subprocess.run(words or command(trial.folder), capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    return done.returncode, said


def mended(trial: Trial) -> None:
    """The next build makes of it what a clean one makes, whatever was left."""
    build(trial.folder)
    assert files_of(trial.site) == trial.after


def untouched_or_begun(trial: Trial) -> None:
    """The last site stands, unless writing the next one has begun, which its journal says."""
    if not (workshop_of(trial.site) / "journal.json").exists():
        assert files_of(trial.site) in (trial.before, trial.after)


# --- the disk -------------------------------------------------------------------------------------------------


def on_a_disk_of_its_own(work: str, *words: str) -> None:
    """Runs a function of this module where a small disk can be had: in a process with mounts of its own."""
    script = f"import sys; from tests.test_unlucky_builds import {work}; {work}(*sys.argv[1:])"
    inside = [sys.executable, "-c", script, *words]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", *inside], capture_output=True, text=True, check=False
    )
    if "unshare failed" in done.stderr or "Operation not permitted" in done.stderr.split("\n")[0]:
        inside = ["sudo", "--non-interactive", "unshare", "--mount", *inside]
        done = subprocess.run(inside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def disk(folder: Path, size: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)


@pytest.mark.parametrize("room", [*ROOM, *(pytest.param(room, marks=pytest.mark.full) for room in MORE_ROOM)])
def test_a_full_disk_leaves_the_last_site_and_says_so(prepared: Trial, tmp_path: Path, room: int) -> None:
    on_a_disk_of_its_own("fill_and_build", str(prepared.folder.parent), str(tmp_path / "disk"), str(room))


def fill_and_build(prepared: str, folder: str, room: str) -> None:
    from tests.trials import trial_in  # here: this runs in a process of its own

    disk(Path(folder), "200m")
    trial = copied(trial_in(Path(prepared)), Path(folder) / "trial")
    edit(trial.folder)
    ballast = Path(folder) / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * KB))
    os.truncate(ballast, max(0, ballast.stat().st_size - int(room)))
    with watched(trial) as torn:
        status, said = run(trial)
    assert torn() == []
    assert status in (0, 3), said
    if status:
        assert "No space left on device" in said, said
        untouched_or_begun(trial)
    else:
        assert files_of(trial.site) == trial.after
    left = drafts(trial)
    status, _ = run(trial)
    assert status == 0 or drafts(trial) <= left, "each try leaves more behind"
    ballast.unlink()
    mended(trial)


def drafts(trial: Trial) -> set[str]:
    """What was begun beside the kept things and never took its place; what no table names any more goes when it is old."""
    kept = (trial.folder / "specimen" / ".cache").rglob("*-*")
    return {path.name for path in kept if path.suffix == "" and not path.name.startswith("pieces-")}


@pytest.mark.full
def test_a_disk_that_cannot_be_written_to_leaves_the_last_site_and_says_so(
    prepared: Trial, tmp_path: Path
) -> None:
    on_a_disk_of_its_own("build_on_a_closed_disk", str(prepared.folder.parent), str(tmp_path / "disk"))


def build_on_a_closed_disk(prepared: str, folder: str) -> None:
    from tests.trials import trial_in  # here: this runs in a process of its own

    disk(Path(folder), "200m")
    trial = copied(trial_in(Path(prepared)), Path(folder) / "trial")
    edit(trial.folder)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    status, said = run(trial)
    assert (status, "Read-only file system" in said) == (3, True), said
    assert files_of(trial.site) == trial.before
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    mended(trial)


# --- the folder -----------------------------------------------------------------------------------------------

MEANWHILE = """
import runpy, shutil, sys
from pathlib import Path
from factbook import workshop
what, moment, site = sys.argv.pop(1), sys.argv.pop(1), Path(sys.argv[sys.argv.index("--site-dir") + 1])
original = getattr(workshop, moment)
happened = False
def meanwhile(*given):
    global happened
    if not happened:
        happened = True
        shutil.rmtree(site)
        if what == "another folder":
            site.mkdir()
            (site / "thesis.txt").write_text("years of work")
        elif what == "a file":
            site.write_text("years of work")
        elif what == "a link":
            site.with_name("elsewhere").mkdir()
            (site.with_name("elsewhere") / "thesis.txt").write_text("years of work")
            site.symlink_to("elsewhere")
    return original(*given)
setattr(workshop, moment, meanwhile)
runpy.run_module("factbook", run_name="__main__")
"""
"""The same command; something happens to the folder of the site before the writing begins, or before its first file."""


@pytest.mark.parametrize(
    ("what", "moment"),
    [
        ("nothing", "put"),
        ("another folder", "write_down"),
        *(
            pytest.param(what, moment, marks=pytest.mark.full)
            for what in ("nothing", "another folder", "a file", "a link")
            for moment in ("write_down", "put")
            if (what, moment) not in (("nothing", "put"), ("another folder", "write_down"))
        ),
    ],
)
def test_a_site_that_goes_or_becomes_something_else_meanwhile(
    prepared: Trial, tmp_path: Path, what: str, moment: str
) -> None:
    trial = copied(prepared, tmp_path / "trial")
    edit(trial.folder)
    python, _, _, *rest = command(trial.folder)
    status, said = run(trial, [python, "-c", MEANWHILE, what, moment, *rest])
    assert status in (0, 3), said
    assert status == 0 or "while it was being built" in said or "failed: " in said
    kept = (
        trial.site
        if what == "a file"
        else (trial.folder / "elsewhere" if what == "a link" else trial.site) / "thesis.txt"
    )
    if what != "nothing":
        assert kept.read_text(encoding="utf-8") == "years of work", "what is not ours is left alone"
    if status == 0:
        assert {
            name: data for name, data in files_of(trial.site).items() if name != "thesis.txt"
        } == trial.after
    if what != "nothing":
        with suppress(OSError):
            trial.site.unlink()  # the person takes it away again
        shutil.rmtree(trial.site, ignore_errors=True)
    mended(trial)


# --- the clock ------------------------------------------------------------------------------------------------


@pytest.mark.full
def test_what_was_kept_in_the_future_does_not_hide_what_is_saved_today(
    prepared: Trial, tmp_path: Path
) -> None:
    """A clock that was ten days ahead when the site was built, and is right again."""
    trial = copied(prepared, tmp_path / "trial")
    ahead = time.time() + 10 * 86_400
    for path in (trial.folder, *trial.folder.rglob("*")):
        os.utime(path, (ahead, ahead), follow_symlinks=False)
    with_clock = "import sys, time, runpy; now, ns = time.time, time.time_ns; time.time = lambda: now() + 864000; time.time_ns = lambda: ns() + 864000 * 10**9; runpy.run_module('factbook', run_name='__main__')"
    python, _, _, *rest = command(trial.folder)
    assert run(trial, [python, "-c", with_clock, *rest])[0] == 0
    edit(trial.folder)
    mended(trial)


# --- several at once ------------------------------------------------------------------------------------------


@pytest.mark.full
def test_two_builds_and_a_preview_at_once(prepared: Trial, tmp_path: Path) -> None:
    trial = copied(prepared, tmp_path / "trial")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        *(sys.executable, "-m", "factbook", "serve", "--port", str(port), "--no-search"),
        *("-f", str(trial.folder / "specimen" / "mkdocs.yml"), "--as-of", DAY),
    ]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as preview:
        try:
            answered(port, "")
            edit(trial.folder)
            with watched(trial) as torn:
                builds = [
                    subprocess.Popen(
                        command(trial.folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
                    )
                    for _ in "ab"
                ]
                said = [each.communicate()[0] for each in builds]
            assert torn() == []
            assert [each.returncode for each in builds] == [0, 0], said
            assert files_of(trial.site) == trial.after
            until(
                lambda: (
                    b"Renewed"
                    in answered(
                        port,
                        f"terms/{sorted((trial.folder / 'specimen/content/terms').glob('*.yml'))[0].stem}/",
                    )
                )
            )
        finally:
            preview.terminate()
    mended(trial)


def answered(port: int, address: str) -> bytes:
    """What the preview answers, as soon as it does."""
    found: list[bytes] = []

    def asked() -> bool:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{address}", timeout=30) as answer,
        ):
            found.append(answer.read())
        return bool(found)

    until(asked)
    return found[-1]


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_a_sheet_that_is_being_saved_while_it_is_read(prepared: Trial, tmp_path: Path) -> None:
    """Saved in two halves again and again: a build refuses what it cannot read, or builds one of the two whole publications."""
    trial = copied(prepared, tmp_path / "trial")
    sheet = sorted((trial.folder / "specimen" / "content" / "terms").glob("*.yml"))[0]
    edit(trial.folder)
    whole = sheet.read_bytes()
    over = threading.Event()

    def save_again_and_again() -> None:
        while not over.is_set():
            with sheet.open("wb", buffering=0) as file:
                file.write(whole[: len(whole) // 2])
                time.sleep(0.002)
                file.write(whole[len(whole) // 2 :])
            time.sleep(0.002)

    writer = threading.Thread(target=save_again_and_again)
    writer.start()
    try:
        with watched(trial) as torn:
            for _ in range(2):
                status, said = run(trial)
                assert status in (0, 1), said
                assert files_of(trial.site) == trial.after if status == 0 else sheet.name in said, said
    finally:
        over.set()
        writer.join()
    assert torn() == []
    mended(trial)
