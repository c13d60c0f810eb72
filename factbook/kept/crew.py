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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

LEAST = 48
"""Pieces of work below which a second process costs more than it brings."""


def hands(jobs: int | None) -> int:
    """How many processes are to work: as asked, else as many as this machine lets us have, at most eight."""
    if jobs:
        return jobs
    try:
        return min(len(os.sched_getaffinity(0)), 8)
    except AttributeError:  # not on every system
        return min(os.cpu_count() or 1, 8)


def share(work: Callable[[int, Sequence[T]], R], items: Sequence[T], jobs: int) -> list[R]:
    """What `work` makes of the items, in parts that follow on each other; it is told the number of its part.

    Raises what the work raises.
    """
    with _seldom_collecting():
        return _shared(work, items, jobs)


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


def _shared(work: Callable[[int, Sequence[T]], R], items: Sequence[T], jobs: int) -> list[R]:
    if jobs < 2 or len(items) < LEAST or not hasattr(os, "fork") or threading.active_count() > 1:
        return [work(0, items)]
    size = -(-len(items) // jobs)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    copies = [_copy(work, number, part) for number, part in enumerate(parts[1:], 1)]
    try:
        first = work(0, parts[0])
    finally:
        found = [_result(*copy) for copy in copies]
    for error in found:
        if isinstance(error, _Failed):
            raise error.reason
    return [first, *found]


class Begun(Generic[R]):
    """Work that copies of this process do meanwhile; with one process, or where it cannot be copied, done when it is asked for."""

    def __init__(self, work: Callable[[int, Sequence[T]], R], items: Sequence[T], jobs: int) -> None:
        self._later: list[Callable[[], R]] = []
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
        found = [_result(*copy) for copy in self._copies]
        self._copies = []
        for error in found:
            if isinstance(error, _Failed):
                raise error.reason
        return [*found, *(each() for each in self._later)]

    def close(self) -> None:
        """Waits for what nobody asked for."""
        for copy in self._copies:
            _result(*copy)
        self._copies = []


class _Failed:
    def __init__(self, reason: BaseException) -> None:
        self.reason = reason


def _copy(work: Callable[[int, Sequence[T]], Any], number: int, part: Sequence[T]) -> tuple[int, IO[bytes]]:
    """Starts a copy of this process on a part, and says where its result will lie."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  read when the copy has ended
    process = os.fork()
    if process:
        return process, file
    try:
        try:
            result = work(number, part)
        except BaseException as error:
            result = _Failed(error)
        pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
        file.flush()
    finally:
        os._exit(0)  # nothing of the original is cleared up twice


def _result(process: int, file: IO[bytes]) -> Any:
    _, status = os.waitpid(process, 0)
    with file:
        file.seek(0)
        try:
            return pickle.load(file)  # noqa: S301  our own copy wrote it
        except (EOFError, pickle.UnpicklingError):
            return _Failed(RuntimeError(f"A process that shared in the work ended early ({status})."))
