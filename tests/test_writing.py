"""Writing a site: whole or not at all, only what differs, and never over something that is not ours."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from factbook import workshop
from factbook.workshop import SITE, WriteError
from factbook.writing import Applied, ForeignFolderError, apply, finish_interrupted

OLD = {"index.html": b"old home", "measures/gone/index.html": b"gone", "same.css": b"same"}
NEW = {"index.html": b"new home", "measures/come/index.html": b"come", "same.css": b"same"}


def contents(folder: Path) -> dict[str, bytes]:
    """Read what lies in a site, but for the marker."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != SITE.marker)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    apply(OLD, folder)
    return folder


def test_a_first_build_makes_the_folder(tmp_path: Path) -> None:
    assert apply(OLD, tmp_path / "deep" / "site") == Applied(written=3, unchanged=0, removed=0)
    assert contents(tmp_path / "deep" / "site") == OLD


def test_a_build_makes_the_site_hold_just_its_files(site: Path) -> None:
    assert apply(NEW, site) == Applied(written=2, unchanged=1, removed=1)
    assert contents(site) == NEW
    assert not (site / "measures/gone").exists(), "a folder left empty goes as well"


def test_what_did_not_change_is_not_written(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    inodes = {path: path.stat().st_ino for path in site.rglob("*")}
    assert apply(OLD, site) == Applied(written=0, unchanged=3, removed=0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
    assert {path: path.stat().st_ino for path in site.rglob("*")} == inodes


def test_a_file_changed_by_another_hand_is_mended(site: Path) -> None:
    (site / "same.css").write_bytes(b"SAME")
    assert apply(OLD, site).written == 1
    assert contents(site) == OLD


def test_new_files_come_first_and_deletions_last(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    put, remove = workshop.put, workshop.remove
    monkeypatch.setattr(workshop, "put", lambda *given: (done.append(f"put {given[2]}"), put(*given)))
    monkeypatch.setattr(
        workshop, "remove", lambda *given: (done.append(f"remove {given[1]}"), remove(*given))
    )
    apply(NEW, site)
    assert done == ["put measures/come/index.html", "put index.html", "remove measures/gone/index.html"]


class PulledPlugError(BaseException):
    """Stands for the end of the process; nothing catches it."""


@pytest.mark.parametrize("moment", range(1, 4))
def test_a_build_stopped_while_applying_is_finished_by_the_next_command(
    site: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    steps = 0
    put, remove = workshop.put, workshop.remove

    def counted(work: Callable[..., None], *given: object) -> None:
        nonlocal steps
        steps += 1
        if steps == moment:
            raise PulledPlugError
        work(*given)

    with monkeypatch.context() as patched:
        patched.setattr(workshop, "put", lambda *given: counted(put, *given))
        patched.setattr(workshop, "remove", lambda *given: counted(remove, *given))
        with pytest.raises(PulledPlugError):
            apply(NEW, site)
    assert contents(site) != NEW
    assert finish_interrupted(site)
    assert contents(site) == NEW
    assert not finish_interrupted(site), "there is nothing left to finish"


def test_a_build_stopped_before_applying_has_touched_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise PulledPlugError

    with monkeypatch.context() as patched:
        patched.setattr(workshop, "write_down", stop)
        with pytest.raises(PulledPlugError):
            apply(NEW, site)
    assert contents(site) == OLD
    assert not finish_interrupted(site)
    assert contents(site) == OLD
    assert left_beside(site) == [".gitignore"]


def left_beside(site: Path) -> list[str]:
    """Name what lies in the workshop, but for the lock, whose file may stay or go."""
    return sorted(path.name for path in workshop.workshop_of(site).iterdir() if path.name != "lock")


def test_a_command_after_an_interruption_builds_something_else(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise PulledPlugError

    with monkeypatch.context() as patched:
        patched.setattr(workshop, "remove", stop)
        with pytest.raises(PulledPlugError):
            apply(NEW, site)
    apply({"only.html": b"only"}, site)
    assert contents(site) == {"only.html": b"only"}


def many(word: str) -> dict[str, bytes]:
    """Enough files for a kill to fall between two of them."""
    return {f"{word}/{number}/index.html": word.encode() * 500 for number in range(150)} | {
        f"both/{number}.html": word.encode() * 500 for number in range(150)
    }


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_is_finished(tmp_path: Path) -> None:
    site = tmp_path / "site"
    moments = random.Random(7)  # noqa: S311  # the same moments in every run
    start = multiprocessing.get_context("fork")
    sites = {word: many(word) for word in "ab"}
    held = "a"
    apply(sites[held], site)
    began = time.perf_counter()
    child = start.Process(target=apply, args=(sites["b"], tmp_path / "measured"))
    child.start()
    child.join()
    whole = time.perf_counter() - began
    for _ in range(25):
        coming = "b" if held == "a" else "a"
        child = start.Process(target=apply, args=(sites[coming], site))
        child.start()
        time.sleep(moments.uniform(0, 1.5 * whole))
        child.kill()
        child.join()
        for name, data in contents(site).items():
            assert data in (sites["a"].get(name), sites["b"].get(name)), f"{name} is half written"
        if finish_interrupted(site) or contents(site) == sites[coming]:
            held = coming
        assert contents(site) == sites[held]
    assert left_beside(site) == [".gitignore"]


@pytest.mark.parametrize("moment", [1, 40, 299, 301, 449])
def test_a_build_killed_between_two_files_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    site = tmp_path / "site"
    apply(many("a"), site)
    steps = iter(range(1, 1000))
    put, remove = workshop.put, workshop.remove

    def counted(work: Callable[..., None], *given: object) -> None:
        if next(steps) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        work(*given)

    with monkeypatch.context() as patched:
        patched.setattr(workshop, "put", lambda *given: counted(put, *given))
        patched.setattr(workshop, "remove", lambda *given: counted(remove, *given))
        child = multiprocessing.get_context("fork").Process(target=apply, args=(many("b"), site))
        child.start()
        child.join()
    assert child.exitcode == -signal.SIGKILL
    assert contents(site) != many("b")
    assert finish_interrupted(site)
    assert contents(site) == many("b")


def test_two_builds_at_once_leave_one_of_the_two_sites(tmp_path: Path) -> None:
    site = tmp_path / "site"
    start = multiprocessing.get_context("fork")
    children = [start.Process(target=apply, args=(many(word), site)) for word in "abab"]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    assert contents(site) in (many("a"), many("b"))


def test_waiting_for_another_build_ends(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_PATIENCE", 0.1)
    with workshop.held(site), pytest.raises(WriteError, match="Another build has been writing to"):
        apply(NEW, site)
    assert contents(site) == OLD


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ForeignFolderError, match="holds files that are not a site of ours"):
        apply(NEW, tmp_path)
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(ForeignFolderError, match="that is a file"):
        apply(NEW, tmp_path / "site")


@pytest.mark.parametrize("place", ["content", "content/site", "."])
def test_the_site_keeps_clear_of_the_content(tmp_path: Path, place: str) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(ForeignFolderError, match="must be kept apart"):
        apply(NEW, tmp_path / place, keep_out=[tmp_path / "content"])


@pytest.mark.parametrize("name", ["../out.html", "/etc/x", "a//b", "a/./b", "a/../../b", "", "a\\b", "a/"])
def test_a_path_that_could_leave_the_site_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="Not a path inside the site"):
        apply({name: b""}, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_names_with_a_dot_at_the_top_are_left_alone(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git/HEAD").write_bytes(b"ref")
    apply(NEW, site)
    assert (site / ".git/HEAD").read_bytes() == b"ref"


def test_a_link_inside_the_site_is_replaced_and_not_followed(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"not ours")
    (site / "measures/come").symlink_to(elsewhere)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(elsewhere / "index.html")
    apply(NEW, site)
    assert contents(site) == NEW
    assert contents(elsewhere) == {"index.html": b"not ours"}


@pytest.mark.parametrize(
    ("before", "after"),
    [({"a": b"1"}, {"a/index.html": b"2"}), ({"a/b/index.html": b"1", "a/x": b"1"}, {"a": b"2"})],
    ids=["a page becomes a folder", "a folder becomes a page"],
)
def test_an_address_may_change_its_kind(
    tmp_path: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> None:
    apply(before, tmp_path / "site")
    apply(after, tmp_path / "site")
    assert contents(tmp_path / "site") == after


def test_what_the_disk_refuses_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match=r"Writing to .*site failed: .+\."):
        apply(NEW, tmp_path / "file" / "site")
