"""Waits for saved changes: looks at the files themselves, several times a second.

Looking costs some milliseconds for a thousand files and works alike on every system, in containers and on shared disks, for
editors that write in place and for those that put a new file in the old one's stead.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

LOOK = 0.1
"""Seconds between two looks."""
SETTLE = 0.05
"""Seconds without a further change after which a change is taken for complete: many editors save in two steps."""
PATIENCE = 1.0
"""Seconds after which a change is shown although more follow."""

Seen = dict[str, tuple[int, int, int]]
"""Of each file: when it was changed, its size, and which file it is."""


def look(paths: Iterable[Path]) -> Seen:
    """What there is at these files and below these folders; hidden names are left alone, links not followed."""
    seen: Seen = {}
    for path in paths:
        _look_at(str(path), seen)
    return seen


def _look_at(path: str, seen: Seen) -> None:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.endswith("~"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    seen[entry.path] = (0, 0, 0)
                    _look_at(entry.path, seen)
                else:
                    found = entry.stat(follow_symlinks=False)
                    seen[entry.path] = (found.st_mtime_ns, found.st_size, found.st_ino)
    except NotADirectoryError:
        try:
            found = Path(path).stat()
        except OSError:
            return
        seen[path] = (found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        return  # gone, or not to be read: the build says so


def changed(before: Seen, after: Seen) -> list[str]:
    """The files and folders that are new, changed or gone, by name."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def wait(paths: Callable[[], Iterable[Path]], before: Seen, stopped: Callable[[], bool]) -> Seen:
    """Returns what there is once it differs from before and has settled, or at once when stopped."""
    while not stopped():
        time.sleep(LOOK)
        now = look(paths())
        if now == before:
            continue
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(SETTLE)
            later = look(paths())
            if later == now:
                break
            now = later
        if now != before:
            return now
    return before
