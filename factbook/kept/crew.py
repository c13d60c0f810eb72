"""Work shared out among processes: this one does some of it, copies of it do the rest.

A copy (`fork`) has everything that was read so far without a byte being sent; only what it found comes back, pickled. Where a
process cannot be copied, or has threads, all is done here, one after the other: the results are the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import struct
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

LEAST = 48
"""Pieces of work below which a second process costs more than it brings."""
AT_ONCE = 300
"""Pieces of work of which the results lie in memory before they are handed on."""
FEWEST = 4
"""Pieces of work that a process draws at the least."""
MOST_RUNS = 2000
"""About how many runs there are at the most: their numbers lie in a pipe, which holds 64 KB."""


def hands(jobs: int | None) -> int:
    """How many processes are to work: as asked, else as many as this machine lets us have, at most eight."""
    if jobs:
        return jobs
    try:
        return min(len(os.sched_getaffinity(0)), 8)
    except AttributeError:  # not on every system
        return min(os.cpu_count() or 1, 8)


def share(
    work: Callable[[int, Iterator[Sequence[T]]], Iterable[R]], items: Sequence[T], jobs: int, long: int = 0
) -> Generator[R, None, None]:
    """What `work` makes of the items, which are parted into runs: one thing for each run, in their order.

    The first so many take `long`: each of these is a run of its own, and two are enough for a second process.

    A run goes to whoever is free. `work` is told the number of its process and given its runs; it takes one, gives what it made
    of it, and only then takes the next. What it gives is handed on and forgotten. Raises what the work raises.
    """
    with _seldom_collecting(many=len(items) >= LEAST):
        if jobs < 2 or (len(items) < LEAST and long < 2) or not _can_be_copied():
            yield from work(0, (items[at : at + AT_ONCE] for at in range(0, len(items), AT_ONCE)))
            return
        runs = [*([each] for each in items[:long]), *_runs(items[long:], jobs)]
        bag = _Bag(len(runs))
        copies: _Copies[R] = _Copies([partial(_drawn, work, number, runs, bag) for number in range(1, jobs)])
        try:
            yield from _in_turn(_drawn(work, 0, runs, bag), copies, len(runs))
        finally:
            bag.close()  # nobody begins another run
            copies.close()


def _can_be_copied() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


def _runs(items: Sequence[T], jobs: int) -> Iterator[Sequence[T]]:
    """The items in runs: long ones first, since each has its cost; short ones last, so that all processes end together."""
    most = max(AT_ONCE, len(items) // MOST_RUNS)
    at = 0
    while at < len(items):
        size = min(most, max(FEWEST, (len(items) - at) // (2 * jobs)))
        yield items[at : at + size]
        at += size


def _drawn(
    work: Callable[[int, Iterator[Sequence[T]]], Iterable[R]],
    number: int,
    runs: Sequence[Sequence[T]],
    bag: _Bag,
) -> Iterator[tuple[int, R | _Stopped]]:
    """What one process makes of the runs that it draws, each with its number; what stops it stands for the last."""
    last = 0

    def drawing() -> Iterator[Sequence[T]]:
        nonlocal last
        for last in bag:
            yield runs[last]

    try:
        for result in work(number, drawing()):
            yield last, result
    except Exception as error:
        yield last, _Stopped(error)


def _in_turn(own: Iterator[tuple[int, R | _Stopped]], copies: _Copies[R], number: int) -> Iterator[R]:
    """What was made of each run, here or by a copy, as soon as all before it was handed on. Raises what stopped one."""
    made: dict[int, R | _Stopped] = {}
    at = 0
    while at < number:
        if at in made or at in copies:
            yield _whole(made.pop(at) if at in made else copies.take(at))
            at += 1
        elif (drawn := next(own, None)) is not None:
            made[drawn[0]] = drawn[1]
            copies.hear(wait=False)
        elif not copies.hear(wait=True):
            raise RuntimeError(f"Nothing was made of run {at} of {number}.")


@contextmanager
def _seldom_collecting(*, many: bool) -> Iterator[None]:
    """Looks for rubbish less often where there is little of it and much to look through, but not too seldom where much is made.

    Whatever was left alone before, as tables that were read, may be looked through when this ends: who lives long has rubbish among it.
    """
    before = gc.get_threshold()
    gc.freeze()  # what is shared among processes stays untouched, and so shared
    if many:
        gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Begun(Generic[R]):
    """Work that copies of this process do meanwhile, each item a run; where it cannot be copied, done when it is asked for."""

    def __init__(
        self,
        work: Callable[[int, Iterator[Sequence[T]]], Iterable[R]],
        items: Sequence[T],
        jobs: int,
    ) -> None:
        runs = [items[at : at + 1] for at in range(len(items))]
        copied = min(jobs, len(runs)) if jobs > 1 and _can_be_copied() else 0
        self._number = len(runs)
        self._bag = _Bag(len(runs))
        gc.freeze()  # likewise
        self._copies: _Copies[R] = _Copies(
            [partial(_drawn, work, number, runs, self._bag) for number in range(1, copied + 1)]
        )
        gc.unfreeze()
        self._own = iter(()) if copied else _drawn(work, 0, runs, self._bag)

    def results(self) -> list[R]:
        """What came of each item, in their order. Raises what the work raised."""
        try:
            return list(_in_turn(self._own, self._copies, self._number))
        finally:
            self.close()

    def close(self) -> None:
        """Waits for what nobody asked for."""
        self._bag.close()
        self._copies.close()


class _Stopped:
    """Stands for a result that there is none of, with what stopped the work."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason


def _whole(result: R | _Stopped) -> R:
    if isinstance(result, _Stopped):
        raise result.reason
    return result


class _Bag:
    """The numbers of runs, from which several processes draw: each is drawn once, the lowest first."""

    _NUMBER = struct.Struct("=I")

    def __init__(self, number: int) -> None:
        self._bag, filling = os.pipe()
        os.write(filling, b"".join(map(self._NUMBER.pack, range(number))))
        os.close(filling)  # so that an empty bag has an end

    def __iter__(self) -> Iterator[int]:
        while drawn := os.read(self._bag, self._NUMBER.size):
            yield self._NUMBER.unpack(drawn)[0]

    def close(self) -> None:
        """Empties it, for all processes."""
        if self._bag >= 0:
            for _ in self:
                pass
            os.close(self._bag)
            self._bag = -1


class _Copies(Generic[R]):
    """Copies of this process at work: each lays what it makes into a file of its own, and tells where it lies."""

    _TOLD = struct.Struct("=QQQQ")
    """Which copy, under which number, from where in its file, how much: so short that no two mix in a pipe."""

    def __init__(self, tasks: Sequence[Callable[[], Iterable[tuple[int, R | _Stopped]]]]) -> None:
        self._files: list[IO[bytes]] = []
        self._lying: dict[int, tuple[int, int, int]] = {}
        self._processes: list[int] = []
        self._hearing, telling = os.pipe()
        try:
            for number, task in enumerate(tasks):
                self._files.append(tempfile.TemporaryFile())  # noqa: SIM115  closed with the copies
                if process := os.fork():
                    self._processes.append(process)
                else:
                    self._work(number, task, telling)
        except OSError:
            self.close()
            raise
        finally:
            os.close(telling)

    def _work(
        self, number: int, task: Callable[[], Iterable[tuple[int, R | _Stopped]]], telling: int
    ) -> None:
        """What a copy does, from its beginning to its end: nothing of the original is cleared up twice."""
        at, status = 0, 1
        try:
            os.close(self._hearing)  # only the original listens
            with self._files[number] as file:
                for key, result in task():
                    data = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
                    file.write(data)
                    file.flush()
                    os.write(telling, self._TOLD.pack(number, key, at, len(data)))
                    at += len(data)
            status = 0
        finally:
            os._exit(status)

    def hear(self, *, wait: bool) -> bool:
        """Takes in what was told; whether more may come. Raises RuntimeError where a copy ended before its work did."""
        os.set_blocking(self._hearing, wait)
        try:
            told = os.read(self._hearing, 1000 * self._TOLD.size)
        except BlockingIOError:
            return True
        for number, key, at, size in self._TOLD.iter_unpack(told):
            self._lying[key] = number, at, size
        if not told:
            self._wait()
        return bool(told)

    def __contains__(self, key: int) -> bool:
        return key in self._lying

    def take(self, key: int) -> R | _Stopped:
        """What a copy made, which is forgotten here."""
        number, at, size = self._lying.pop(key)
        found: Any = pickle.loads(os.pread(self._files[number].fileno(), size, at))  # noqa: S301  our own copy wrote it
        return found  # type: ignore[no-any-return]

    def _wait(self) -> None:
        ended = [os.waitpid(process, 0)[1] for process in self._processes]
        self._processes.clear()
        if any(ended):
            raise RuntimeError(f"A process that shared in the work ended early ({max(ended)}).")

    def close(self) -> None:
        """Waits for the copies; what nobody took is lost."""
        if self._hearing >= 0:
            os.close(self._hearing)  # whoever goes on telling is stopped
            self._hearing = -1
        with contextlib.suppress(RuntimeError):
            self._wait()
        for file in self._files:
            file.close()
