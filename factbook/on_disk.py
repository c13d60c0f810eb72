"""What is known of a file without opening it, and where on the disk we keep what is ours.

Standard library alone, and little of it: a run in which nothing moved reads hardly anything else.
"""

import os

Stamp = tuple[int, int, int]
"""Size, time of change and number of a file: while they stay, what it holds is taken to be as it was."""

NOTHING: Stamp = (0, 0, 0)
"""The stamp of what is not there, or is no plain file."""

LATE = 2_000_000_000
"""Nanoseconds before a look within which a file may be changed again and keep its time: some disks count in seconds."""

CACHE = ".cache"
"""The folder of what was learnt, beside the configuration."""
KEPT = "kept"
"""The folder in it for what one build keeps for the next."""

_ON_WINDOWS = os.name == "nt"


def is_as_seen(then: Stamp, now: Stamp, seen: int) -> bool:
    """Whether a file with the stamp that it has now is as it was when it was seen, in nanoseconds: what changes just before may keep its time."""
    return now == then and now[1] < seen - LATE


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file; its time is the one that nobody can set back (Windows has none, and shows when the file was made)."""
    return found.st_size, found.st_mtime_ns if _ON_WINDOWS else found.st_ctime_ns, found.st_ino
