"""Work shared out among processes: the first part is done here, the others in copies of this process.

A copy (`fork`) has everything that was read so far without a byte being sent; only what it found comes back, pickled. Where a
process cannot be copied, or has threads, all parts are done here, one after the other: the results are the same.
"""

from __future__ import annotations

import gc
import os
import pickle
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
LESS = 0.97
"""How much of an equal part the process does that shares out: a thirtieth of the work is to take in what the others did."""
AT_ONCE = 1000
"""Pieces of work of which the results lie in memory before they are handed on."""


def hands(jobs: int | None) -> int:
    """How many processes are to work: as asked, else as many as this machine lets us have, at most eight."""
    if jobs:
        return jobs
    try:
        return min(len(os.sched_getaffinity(0)), 8)
    except AttributeError:  # not on every system
        return min(os.cpu_count() or 1, 8)


def share(
    work: Callable[[int, Sequence[T]], Iterable[R]], items: Sequence[T], jobs: int
) -> Generator[R, None, None]:
    """What `work` makes of the items, which are shared out in parts that follow on each other; it is told the number of its part.

    Each thing that it gives is handed on and forgotten before the next is made. Raises what the work raises.
    """
    with _seldom_collecting():
        if jobs < 2 or len(items) < LEAST or not hasattr(os, "fork") or threading.active_count() > 1:
            yield from work(0, items)
            return
        parts = _dealt(items, jobs)
        copies = [_copy(work, number, part) for number, part in enumerate(parts[1:], 1)]
        try:
            yield from work(0, parts[0])
            while copies:
                yield from _results(*copies.pop(0))
        finally:
            for copy in copies:
                _wait_for(*copy)


def _dealt(items: Sequence[T], jobs: int) -> list[Sequence[T]]:
    """A part for each process; the first, which has to take in what the others find, gets a little less."""
    own = int(len(items) / jobs * LESS)
    size = -(-(len(items) - own) // (jobs - 1))
    return [items[:own], *(items[start : start + size] for start in range(own, len(items), size))]


def at_once(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """A part, in pieces of which the results can be handed on."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Looks for rubbish less often: there is little of it, and much to look through."""
    before = gc.get_threshold()
    gc.freeze()  # what is shared among processes stays untouched, and so shared
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Begun(Generic[R]):
    """Work that copies of this process do meanwhile; with one process, or where it cannot be copied, done when it is asked for."""

    def __init__(
        self, work: Callable[[int, Sequence[T]], Iterable[R]], items: Sequence[T], jobs: int
    ) -> None:
        self._later: list[Callable[[], Iterable[R]]] = []
        self._copies: list[tuple[int, IO[bytes]]] = []
        parts = [part for first in range(jobs) if (part := items[first::jobs])]
        if jobs > 1 and hasattr(os, "fork") and threading.active_count() == 1:
            gc.freeze()  # likewise
            self._copies = [_copy(work, number, part) for number, part in enumerate(parts)]
            gc.unfreeze()
        else:
            self._later = [partial(work, number, part) for number, part in enumerate(parts)]

    def results(self) -> list[R]:
        """What the parts gave, in no order to count on. Raises what the work raised."""
        found = [each for later in self._later for each in later()]
        try:
            while self._copies:
                found += _results(*self._copies.pop(0))
        finally:
            self.close()
        return found

    def close(self) -> None:
        """Waits for what nobody asked for."""
        while self._copies:
            _wait_for(*self._copies.pop(0))


class _Ended:
    """Stands behind the last result of a copy, with what stopped it."""

    def __init__(self, reason: BaseException | None = None) -> None:
        self.reason = reason


def _copy(
    work: Callable[[int, Sequence[T]], Iterable[Any]], number: int, part: Sequence[T]
) -> tuple[int, IO[bytes]]:
    """Starts a copy of this process on a part, and says where its results will lie."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  read when the copy has ended
    process = os.fork()
    if process:
        return process, file
    try:
        try:
            for result in work(number, part):
                pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
            ended = _Ended()
        except BaseException as error:
            ended = _Ended(error)
        pickle.dump(ended, file, protocol=pickle.HIGHEST_PROTOCOL)
        file.flush()
    finally:
        os._exit(0)  # nothing of the original is cleared up twice


def _results(process: int, file: IO[bytes]) -> Iterator[Any]:
    """What a copy gave, once it has ended. Raises what stopped it."""
    _, status = os.waitpid(process, 0)
    with file:
        file.seek(0)
        while True:
            try:
                result = pickle.load(file)  # noqa: S301  our own copy wrote it
            except (EOFError, pickle.UnpicklingError):
                result = _Ended(RuntimeError(f"A process that shared in the work ended early ({status})."))
            if isinstance(result, _Ended):
                if result.reason:
                    raise result.reason
                return
            yield result


def _wait_for(process: int, file: IO[bytes]) -> None:
    os.waitpid(process, 0)
    file.close()
