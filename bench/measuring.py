"""Weighs a command: wall and CPU seconds, and the most memory that it and everything it started held at once.

CPU seconds are the system's own account of the command and its children; memory is looked up in /proc some
twenty times a second as the proportional share (shared pages count once), so a peak shorter than that may be missed.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_PAUSE = 0.05
"""Seconds between two looks at the memory, at the least; looking takes at most a twentieth of the time."""
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds that cores worked for it, all its processes together."""
    memory: float = 0.0
    """Megabytes that all its processes held at once, at the most."""


class CommandError(Exception):
    """A command that was to be weighed failed; the text is what it said."""


def weigh(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs a command to its end. Raises `CommandError` when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env={**_usual(), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)
    listener.start()
    ended = threading.Event()
    peaks = [0]
    watcher = threading.Thread(target=_watch, args=[process.pid, ended, peaks], daemon=True)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    listener.join(5)
    if process.returncode:
        raise CommandError(
            f"{' '.join(map(str, command))} ended with {process.returncode}:\n{''.join(said[-30:])}"
        )
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(peaks) / 1e6)


def _usual() -> dict[str, str]:
    """The environment, but that Python keeps what it compiled, as it does where nobody forbids it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(process: int, ended: threading.Event, peaks: list[int]) -> None:
    """Looks at the memory of a command until it has ended."""
    pause = _PAUSE
    while not ended.wait(pause):
        looked = time.perf_counter()
        peaks.append(memory_of(process))
        pause = max(_PAUSE, 20 * (time.perf_counter() - looked))


def memory_of(root: int) -> int:
    """Bytes that a process and its descendants hold, shared pages counted once; 0 when it has ended."""
    return sum(_share(each) for each in [root, *_descendants(root)])


def _descendants(root: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):  # it may end while it is looked at
        for tasks in Path(f"/proc/{root}/task").glob("*/children"):
            for child in [int(word) for word in tasks.read_text().split()]:
                found += [child, *_descendants(child)]
    return found


def _share(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


@dataclass(frozen=True)
class Pages:
    """What a built site weighs."""

    number: int
    html: float
    """Bytes a page."""
    packed: float
    """Bytes a page, compressed with gzip -9 as a host sends it."""
    words: float
    """Visible words a page."""
    site: int
    """Bytes of all files."""


def pages_of(site: Path, parts: Sequence[str], sample: int = 500) -> Pages:
    """The pages of sheets (those in some folders) and the whole site; compression and words from an even sample."""
    pages = sorted(path for part in parts for path in (site / part).glob("*/index.html"))
    step = max(1, len(pages) // sample)
    looked_at = [path.read_bytes() for path in pages[::step]]
    if not looked_at:
        raise CommandError(f"No pages of sheets were found in {site}.")
    return Pages(
        len(pages),
        sum(path.stat().st_size for path in pages) / len(pages),
        sum(len(gzip.compress(page, 9)) for page in looked_at) / len(looked_at),
        sum(words_of(page.decode()) for page in looked_at) / len(looked_at),
        sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
    )


def words_of(page: str) -> int:
    """Words that a reader sees on a page."""
    body = page[page.find("<body") :]
    return len(unescape(_TAG.sub(" ", body)).split())
