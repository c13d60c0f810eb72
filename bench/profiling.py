"""Where the milliseconds of a sheet go: runs a command of the engine and tells the CPU time of each stage.

A timer looks every two milliseconds of CPU time which code is at work, so long calls into C count for whoever called them. Only this
process is seen: a build that spreads over several is to be run with `--jobs 1`.
"""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TypeVar

from bench.figures import markdown

WHEREVER = {
    "factbook.yaml_text": "read: YAML",
    "factbook.yaml_syntax": "read: YAML",
    "factbook.kept.opened": "keep and open sheets",
    "factbook.kept.packing": "keep and open sheets",
    "factbook.kept.store": "keep and open sheets",
}
"""Stages that count wherever their modules are at work, by module."""
STAGES = {
    "factbook.loading": "read: sheets",
    "factbook.catalogue": "join",
    "factbook.checks": "check",
    "factbook.pages": "lay out",
    "factbook.rendering": "render",
    "factbook.exports": "exports",
    "factbook.search": "search",
    "factbook.site": "shells (MkDocs)",
    "factbook.writing": "write",
    "factbook.workshop": "write",
    "factbook.inside_links": "links inside the site",
    "factbook.link_check": "links inside the site",
    "factbook.back_matter": "files beside the pages",
    "factbook.history": "history",
    "factbook.cache": "cache",
    "factbook.permalinks": "permalinks",
}
"""Stages by the module that does them: of those at work the outermost counts."""
CARRIERS = {
    "factbook.kept": "tables and look-ups",
    "factbook.desk": "tables and look-ups",
    "factbook.printing": "tables and look-ups",
    "factbook.press": "press",
}
"""Stages whose modules have everything else done: they count where no other is at work."""
Key = TypeVar("Key")
_EVERY = 0.002
_IMPORTS = "start: imports"
_OTHER = "other"


class Sampler:
    """Counts CPU seconds by stage, and by module within it, while it is on."""

    def __init__(self) -> None:
        self.stages: defaultdict[str, float] = defaultdict(float)
        self.modules: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._last = 0.0

    def __enter__(self) -> Sampler:
        self._last = time.process_time()
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        spent, self._last = now - self._last, now
        names: list[str] = []
        while frame:
            names.append(str(frame.f_globals.get("__name__", "")))
            frame = frame.f_back
        stage = stage_of(names)
        self.stages[stage] += spent
        self.modules[stage, next((n for n in names if n.startswith("factbook.")), names[0])] += spent


def stage_of(names: Sequence[str]) -> str:
    """The stage that a stack of module names, innermost first, belongs to."""
    if any(name.startswith("importlib._bootstrap") for name in names):
        return _IMPORTS
    for stack, table in ((names, WHEREVER), (names[::-1], STAGES), (names, CARRIERS)):
        if stage := next((stage for name in stack if (stage := _stage(name, table))), None):
            return stage
    return _OTHER


def _stage(module: str, table: Mapping[str, str]) -> str | None:
    return next((stage for prefix, stage in table.items() if f"{module}.".startswith(f"{prefix}.")), None)


def report(sampler: Sampler, sheets: int) -> str:
    """Two tables: seconds and milliseconds a sheet by stage; the modules in which most of it was spent."""
    whole = sum(sampler.stages.values())
    stages = [
        [stage, f"{seconds:.2f}", f"{1000 * seconds / sheets:.3f}", f"{100 * seconds / whole:.0f} %"]
        for stage, seconds in _largest(sampler.stages)
    ]
    total = ["all", f"{whole:.2f}", f"{1000 * whole / sheets:.3f}", ""]
    modules = [
        [stage, module, f"{1000 * seconds / sheets:.3f}"]
        for (stage, module), seconds in _largest(sampler.modules)[:25]
    ]
    return (
        markdown([["stage", "CPU, s", "ms a sheet", "share"], *stages, total])
        + "\n\n"
        + markdown([["stage", "innermost module of ours", "ms a sheet"], *modules])
    )


def _largest(seconds: Mapping[Key, float]) -> list[tuple[Key, float]]:
    return sorted(seconds.items(), key=lambda item: -item[1])


def main(words: Sequence[str]) -> int:
    """Runs `build.py`'s command line in this process and prints the profile; the engine's own environment runs it."""
    from factbook.__main__ import SELDOM  # late: importing is part of what is looked at
    from factbook.commands import start

    folder = Path(words[words.index("-f") + 1]).parent
    gc.set_threshold(*SELDOM)
    with Sampler() as sampler:
        status = start(words)
    print(report(sampler, sum(1 for _ in (folder / "content").glob("*/*.yml"))))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
