"""Work in copies of the process: the results of one process, whoever does it, and no copy left behind."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from factbook.kept import crew
from factbook.kept.crew import LEAST, Begun, share


def doubled(_number: int, items: Sequence[int]) -> Iterator[int]:
    for item in items:
        yield 2 * item


def places(number: int, items: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    yield number, os.getpid(), len(items)


def failing(number: int, items: Sequence[int]) -> Iterator[int]:
    yield number
    if 7 in items:
        raise ValueError(f"part {number}")


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


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_parts_follow_on_each_other(jobs: int) -> None:
    items = list(range(LEAST + 3))
    assert list(share(doubled, items, jobs)) == list(doubled(0, items))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_work_begun_gives_what_work_done_at_once_gives(jobs: int) -> None:
    begun = Begun(doubled, range(11), jobs)
    assert sorted(begun.results()) == list(doubled(0, range(11)))


def test_work_is_begun_in_copies_and_in_equal_parts() -> None:
    found = Begun(places, range(11), 3).results()
    assert len({process for _, process, _ in found} | {os.getpid()}) == 4
    assert sorted(size for *_, size in found) == [3, 4, 4]


def test_one_process_does_its_work_itself_when_it_is_asked_for() -> None:
    assert Begun(places, range(3), 1).results() == [(0, os.getpid(), 3)]


def test_a_process_with_threads_is_not_copied() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert {process for _, process, _ in Begun(places, range(4), 2).results()} == {os.getpid()}
    finally:
        end.set()
        thread.join()


def test_no_work_is_no_results() -> None:
    assert Begun(doubled, [], 3).results() == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_a_part_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="part"):
        Begun(failing, range(9), jobs).results()


@pytest.mark.parametrize("at", [7, LEAST + 30])
@pytest.mark.parametrize("jobs", [1, 3])
def test_what_stops_shared_work_is_raised_behind_what_came_before(jobs: int, at: int) -> None:
    def stopping(_number: int, items: Sequence[int]) -> Iterator[int]:
        for item in items:
            if item == at:
                raise ValueError(item)
            yield item

    found = []
    with pytest.raises(ValueError, match=str(at)):
        for each in share(stopping, range(LEAST + 50), jobs):
            found.append(each)
    assert found == list(range(at))


def test_a_copy_that_is_killed_is_told_of() -> None:
    def killed(number: int, items: Sequence[int]) -> Iterator[int]:
        yield from items[:1]
        if number:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(RuntimeError, match="ended early"):
        list(share(killed, range(LEAST), 2))


def test_who_stops_listening_leaves_no_process() -> None:
    found = share(doubled, range(LEAST), 3)
    assert next(found) == 0
    found.close()


def test_results_are_handed_on_one_after_the_other() -> None:
    made: list[int] = []

    def noting(_number: int, items: Sequence[int]) -> Iterator[int]:
        for item in items:
            made.append(item)
            yield item

    found = share(noting, range(3), 1)
    assert next(found) == 0
    assert made == [0]
    found.close()


def test_work_that_nobody_asks_for_leaves_no_process() -> None:
    begun = Begun(doubled, range(9), 3)
    begun.close()
