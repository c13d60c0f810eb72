"""Work in copies of the process: the results of one process, whoever does it, and no copy left behind."""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from factbook.kept import crew
from factbook.kept.crew import LEAST, Begun, share


def doubled(_number: int, runs: Iterator[Sequence[int]]) -> Iterator[list[int]]:
    for run in runs:
        yield [2 * item for item in run]


def places(number: int, runs: Iterator[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    for run in runs:
        yield number, os.getpid(), len(run)


def failing(_number: int, runs: Iterator[Sequence[int]]) -> Iterator[int]:
    for run in runs:
        if 7 in run:
            raise ValueError(f"run of {run[0]}")
        yield run[0]


def children() -> set[str]:
    """The processes that this one started and that are still there, or were not asked for."""
    tasks = Path("/proc/self/task").iterdir()
    return {child for task in tasks for child in (task / "children").read_text().split()}


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What other tests left behind, threads and processes, is not counted here."""
    if "a_process_with_threads" not in request.node.name:
        monkeypatch.setattr(crew, "threading", SimpleNamespace(active_count=lambda: 1))
    before = children()
    yield
    assert children() <= before


MANY = [0, 1, LEAST - 1, LEAST, LEAST + 3, 3 * crew.AT_ONCE + 1]


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_what_was_made_of_each_run_comes_in_their_order(jobs: int, many: int) -> None:
    items = list(range(many))
    assert [each for found in share(doubled, items, jobs) for each in found] == [2 * item for item in items]


@pytest.mark.parametrize("many", [*MANY[3:], 10_000_000])
@pytest.mark.parametrize("jobs", [2, 5, 64])
def test_runs_hold_everything_once_and_are_few(jobs: int, many: int) -> None:
    runs = list(crew._runs(range(many), jobs))
    assert [run.start for run in runs] == [0, *(run.stop for run in runs[:-1])]
    assert runs[-1].stop == many
    assert len(runs) * 4 <= 65536
    assert min(len(run) for run in runs[:-1]) >= crew.FEWEST


def test_runs_go_to_whoever_is_free(tmp_path: Path) -> None:
    """The copy takes as long with its first run as this process with all the others."""

    def slow(number: int, runs: Iterator[Sequence[int]]) -> Iterator[int]:
        for run in runs:
            if number:
                while not (tmp_path / "done").exists():
                    time.sleep(0.001)
            yield number
            if run[-1] == last and not number:
                (tmp_path / "done").touch()

    items = range(5 * crew.AT_ONCE)
    last = items[-1]
    found = list(share(slow, items, 2))
    assert found.count(1) <= 1 < found.count(0)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_work_begun_gives_what_work_done_at_once_gives(jobs: int) -> None:
    begun = Begun(doubled, range(11), jobs)
    assert begun.results() == [[2 * item] for item in range(11)]


def test_work_is_begun_in_copies_item_by_item() -> None:
    found = Begun(places, range(11), 3).results()
    assert os.getpid() not in {process for _, process, _ in found}
    assert [size for *_, size in found] == [1] * 11


def test_one_process_does_its_work_itself_when_it_is_asked_for() -> None:
    assert Begun(places, range(3), 1).results() == [(0, os.getpid(), 1)] * 3


def test_a_process_with_threads_is_not_copied() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert {process for _, process, _ in Begun(places, range(4), 2).results()} == {os.getpid()}
        assert {process for _, process, _ in share(places, range(LEAST), 2)} == {os.getpid()}
    finally:
        end.set()
        thread.join()


def test_no_work_is_no_results() -> None:
    assert Begun(doubled, [], 3).results() == []
    assert list(share(doubled, [], 3)) == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_work_begun_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="run of 7"):
        Begun(failing, range(9), jobs).results()


@pytest.mark.parametrize("at", [7, 2 * crew.AT_ONCE, 3 * crew.AT_ONCE])
@pytest.mark.parametrize("jobs", [1, 3])
def test_what_stops_shared_work_is_raised_behind_what_came_before(jobs: int, at: int) -> None:
    def stopping(_number: int, runs: Iterator[Sequence[int]]) -> Iterator[Sequence[int]]:
        for run in runs:
            if at in run:
                raise ValueError(at)
            yield run

    found: list[int] = []
    with pytest.raises(ValueError, match=str(at)):
        for each in share(stopping, range(3 * crew.AT_ONCE + 50), jobs):
            found.extend(each)
    assert found == list(range(len(found)))
    assert at - crew.AT_ONCE < len(found) <= at


def test_a_copy_that_is_killed_is_told_of() -> None:
    def killed(number: int, runs: Iterator[Sequence[int]]) -> Iterator[int]:
        for run in runs:
            while not number and not killed_already.exists():
                time.sleep(0.001)
            if number:
                killed_already.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield run[0]

    with tempfile.TemporaryDirectory() as folder:
        killed_already = Path(folder) / "killed"
        with pytest.raises(RuntimeError, match="ended early"):
            list(share(killed, range(LEAST), 2))


def test_who_stops_listening_leaves_no_process() -> None:
    found = share(doubled, range(5 * crew.AT_ONCE), 3)
    assert next(found)[0] == 0
    found.close()


def test_a_copy_that_tells_more_than_a_pipe_holds_is_not_waited_for_in_vain() -> None:
    begun = Begun(doubled, range(5000), 2)
    begun.close()
    assert len(Begun(doubled, range(5000), 2).results()) == 5000


def test_results_are_handed_on_one_after_the_other() -> None:
    made: list[int] = []

    def noting(_number: int, runs: Iterator[Sequence[int]]) -> Iterator[int]:
        for run in runs:
            made.append(run[0])
            yield run[0]

    found = share(noting, range(3 * crew.AT_ONCE), 1)
    assert next(found) == 0
    assert made == [0]
    found.close()


def test_work_that_nobody_asks_for_leaves_no_process() -> None:
    begun = Begun(doubled, range(9), 3)
    begun.close()
