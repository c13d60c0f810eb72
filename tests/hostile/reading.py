"""Runs a command over a hostile file in a process of its own, and weighs it: time of the processor, memory, what it says.

The process starts with the engine loaded, and ends itself when it takes more time than any file may.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import re
import resource
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factbook.commands import main
from tests.hostile.files import Told
from tests.publications import DAY

PATIENCE = 60
"""Seconds after which a process is no longer waited for; it may take so long when the machine has much else to do."""
_START = multiprocessing.get_context("forkserver")
_START.set_forkserver_preload(["tests.hostile.reading", "tests.hostile.warmed"])
_HEAD = re.compile(r"(\S.*?)(?::\d+:\d+)?  (?:error|warning)  ([a-z0-9-]+)")


@dataclass(frozen=True)
class Weighed:
    """What became of a command."""

    status: int | None
    """Of the command; None when the process was ended from outside."""
    said: str
    seconds: float
    """Of the processor, its children's included."""
    megabytes: float
    """The most that the process held at any moment."""

    @property
    def told(self) -> Told:
        """The codes of errors and warnings by file, once each, in the order of letters."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for line in self.said.split("\n"):
            if (head := _HEAD.fullmatch(line)) and head[2] not in found[head[1]]:
                found[head[1]].append(head[2])
        return {path: " ".join(sorted(codes)) for path, codes in found.items()}


def weighed(config_file: Path, said_in: Path, *words: str) -> Weighed:
    """A command on a publication, its check if no other is named, weighed; what it prints goes through a file, as it would to a terminal."""
    ours, theirs = _START.Pipe(duplex=False)
    child = _START.Process(target=_run, args=(config_file, said_in, words or ("check",), theirs))
    child.start()
    theirs.close()
    held = ours.poll(PATIENCE)
    status, seconds, kilobytes = ours.recv() if held else (None, float(PATIENCE), 0)
    child.kill()
    child.join()
    said = said_in.read_text(encoding="utf-8").replace(f"{config_file.parent}/", "")
    return Weighed(status, said, seconds, kilobytes / 1024)


def _run(
    config_file: Path, said_in: Path, words: Sequence[str], answer: multiprocessing.connection.Connection
) -> None:
    _no_rights_of_root()
    with said_in.open("w", encoding="utf-8") as out:
        sys.stdout = sys.stderr = out
        status = main([*words, "-f", str(config_file), "--as-of", DAY, "--jobs", "1"])
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    answer.send(
        (status, sum(each.ru_utime + each.ru_stime for each in used), max(each.ru_maxrss for each in used))
    )


def _no_rights_of_root() -> None:
    """Take from root the right to open what nobody may open, so that a closed file is closed to whoever runs the tests."""
    if os.geteuid() == 0 and sys.platform == "linux":
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the call, this process
        held = (ctypes.c_uint32 * 6)()
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.capget(header, held) == 0:
            held[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
            libc.capset(header, held)
