"""Weighs the engine against Hugo and the usual MkDocs set-up, run in turn, and prints tables in Markdown.

`python3 -m bench` makes everything it needs. Builds go to memory (/dev/shm) where there is one, since the time of creating
files on a disk varies more than what is to be weighed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import hugo
from bench.contenders import Hugo, Ours, Usual, load_with_pyyaml
from bench.figures import Row, fixed_start, growth, markdown, ratio, spread, table
from bench.measuring import CommandError, Cost, Pages, pages_of
from bench.sheets import PROPORTIONS
from bench.tools import ROOT, Tools, machine, tools

SIZES = (100, 1000, 10000)
USUAL_AT = 1000
"""The usual set-up is weighed at this size alone: at 10,000 it needs more than an hour."""
_TABLE = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)


@dataclass
class Run:
    """Everything weighed at one size."""

    number: int
    cold: list[Cost] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changed: list[Cost] = field(default_factory=list)
    pages: dict[str, Pages] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def weigh_size(number: int, pairs: int, work: Path, tools: Tools, parts: frozenset[str]) -> Run:
    """All cases at one size; each pair is one of ours, then one of theirs."""
    run = Run(number)
    ours = Ours(work / f"ours-{number}", number)
    ours.build("--no-search")  # the peers take its shell; also compiles every module
    peer = Hugo(work / f"hugo-{number}", tools, ours)
    if "pages" in parts:
        _pages(run, ours, peer, pairs)
    if "check" in parts:
        _check(run, ours, pairs, tools)
    if "serve" in parts:
        _serve(run, ours, peer, pairs)
    if "usual" in parts and number == USUAL_AT:
        _usual(run, ours, Usual(work / "usual", tools, ours), pairs)
    if "search" in parts:
        _search(run, ours, peer, pairs)
    shutil.rmtree(ours.folder)
    shutil.rmtree(peer.folder)
    return run


def _pages(run: Run, ours: Ours, peer: Hugo, pairs: int) -> None:
    hugo_cold, hugo_again, nothing = [], [], []
    edits = {
        "words of a fact changed": ours.reword,
        "title of an event changed": ours.retitle,
        "an event more": ours.add,
        "title of a hub changed": ours.rename_hub,
    }
    edited: dict[str, list[Cost]] = {name: [] for name in edits}
    for turn in range(pairs):
        ours.forget()
        run.cold.append(ours.build("--no-search"))
        peer.forget()
        hugo_cold.append(peer.build())
        ours.change(turn)
        run.changed.append(ours.build("--no-search"))
        peer.change(turn)
        hugo_again.append(peer.build())
        nothing.append(ours.build("--no-search"))
        for name, edit in edits.items():
            edit(turn)
            edited[name].append(ours.build("--no-search"))
    run.pages = {
        "ours": pages_of(ours.site, list(PROPORTIONS)),
        "Hugo": pages_of(peer.site, list(PROPORTIONS)),
    }
    run.rows += [
        Row("cold, pages only", run.cold, "Hugo", hugo_cold, 0.6),
        Row("one sheet changed", run.changed, "Hugo again", hugo_again, 0.05),
        Row("nothing changed", nothing, "Hugo again", hugo_again, 0.025),
        *(Row(name, costs, "Hugo again", hugo_again) for name, costs in edited.items()),
    ]


def _check(run: Run, ours: Ours, pairs: int, tools: Tools) -> None:
    cold, changed, loader, again = [], [], [], []
    for turn in range(pairs):
        ours.forget(site=False)
        cold.append(ours.check())
        loader.append(load_with_pyyaml(ours.folder, tools.python))
        ours.change(turn + 100)
        changed.append(ours.check())
        again.append(ours.check())
    run.rows += [
        Row("`check`, cold", cold, "PyYAML's C loader", loader, 0.5),
        Row("`check`, one sheet changed", changed, "PyYAML's C loader", loader, 0.08),
        Row("`check`, nothing changed", again, "PyYAML's C loader", loader),
    ]


def _serve(run: Run, ours: Ours, peer: Hugo, pairs: int) -> None:
    mine, theirs = ours.serve(pairs), peer.serve(pairs)
    run.notes.append(f"`serve`, one sheet changed: {spread(mine)} s until it shows (goal: 0.3 s).")
    run.notes.append(f"Hugo's server, one content file changed: {spread(theirs)} s by its own account.")
    if run.changed:
        against = ratio([cost.wall for cost in run.changed], theirs)
        run.notes.append(
            f"One sheet changed, our new process : Hugo's resident server: {against} (goal: under 1)."
        )


def _usual(run: Run, ours: Ours, usual: Usual, pairs: int) -> None:
    for in_nav, name, goal in (
        (False, "MkDocs, outside the nav", 1 / 12),
        (True, "MkDocs, default nav", 1 / 50),
    ):
        mine, theirs = [], []
        for _ in range(pairs):
            ours.forget()
            mine.append(ours.build("--no-search"))
            theirs.append(usual.build(in_nav=in_nav))
        run.rows.append(Row("cold, pages only", mine, name, theirs, goal))
        run.pages[name] = pages_of(usual.site, list(PROPORTIONS))


def _search(run: Run, ours: Ours, peer: Hugo, pairs: int) -> None:
    cold, changed, theirs = [], [], []
    for turn in range(pairs):
        ours.forget()
        cold.append(ours.build())
        peer.forget()
        theirs.append(peer.build_with_search())
        ours.change(turn + 200)
        changed.append(ours.build())
    run.pages["ours, with search"] = pages_of(ours.site, list(PROPORTIONS))
    run.pages["Hugo, with search"] = pages_of(peer.site, list(PROPORTIONS))
    run.rows += [
        Row("cold, with search", cold, "Hugo + Pagefind", theirs, 0.8),
        Row("one sheet changed, with search", changed, "ours, cold, with search", cold, 1 / 3),
    ]


def profile(number: int, work: Path) -> None:
    """Prints where the time of a cold build goes, and of one after a changed sheet; each in a process of its own."""
    ours = Ours(work / f"profile-{number}", number)
    ours.build("--no-search")  # compiles every module
    ours.forget()
    words = [*ours.words("build"), "--no-search", "--jobs", "1", "--site-dir", str(ours.site)]
    for turn, case in enumerate(("cold", "one sheet changed")):
        print(f"\n### {number:,} sheets, {case}\n", flush=True)
        subprocess.run([sys.executable, "-m", "bench.profiling", *words], cwd=ROOT, check=True)
        ours.change(turn)


def report(runs: Sequence[Run], pairs: int) -> str:
    """All tables, with what they hold for."""
    parts = [
        f"{machine()}. {pairs} pairs run in turn; median (least–most); ratios are medians of pairs.",
        f"Load of the machine while it ran: {os.getloadavg()[2]:.1f} over the last fifteen minutes, the runs themselves among it.",
    ]
    for run in runs:
        parts.append(f"### {run.number:,} sheets")
        parts.append(table(run.rows))
        parts += ["\n".join(f"- {note}" for note in run.notes)] if run.notes else []
        parts += [_weights(run)] if run.pages else []
    if sum(bool(run.cold) for run in runs) > 1:
        parts += ["### Growth", _growth([run for run in runs if run.cold])]
    parts.append("Hugo's pages leave out: " + "; ".join(hugo.LEFT_OUT) + ".")
    return "\n\n".join(parts) + "\n"


def _weights(run: Run) -> str:
    lines = [["pages of sheets", "HTML, bytes", "gzip, bytes", "words", "whole site, MB"]]
    for name, pages in run.pages.items():
        lines.append(
            [
                f"{name} ({pages.number:,})",
                f"{pages.html:,.0f}",
                f"{pages.packed:,.0f}",
                f"{pages.words:,.0f}",
                f"{pages.site / 1e6:.1f}",
            ]
        )
    return markdown(lines)


def _growth(runs: Sequence[Run]) -> str:
    def middle(costs: Sequence[Cost], name: str) -> float:
        values = sorted(float(getattr(cost, name)) for cost in costs)
        return values[len(values) // 2]

    cpu = {run.number: middle(run.cold, "cpu") for run in runs}
    few, more = sorted(cpu)[:2]
    start = fixed_start((few, cpu[few]), (more, cpu[more]))
    each = growth(cpu, start)
    lines = [["sheets", "cold, CPU s", "ms a sheet without the start", "one changed, s", "most memory, MB"]]
    for run in runs:
        changed = f"{middle(run.changed, 'wall'):.3g}" if run.changed else ""
        memory = f"{max(cost.memory for cost in run.cold):.0f}"
        lines.append(
            [f"{run.number:,}", f"{cpu[run.number]:.3g}", f"{each[run.number]:.3g}", changed, memory]
        )
    said = [f"The fixed start, from the two smallest: {start:.2f} s of CPU."]
    if len(runs) > 2:
        a, b = runs[-2], runs[-1]
        said.append(
            f"From {a.number:,} to {b.number:,} sheets the CPU a sheet grows by "
            f"{100 * (each[b.number] / each[a.number] - 1):+.0f} % (goal: at most +5 %), and one changed sheet costs "
            f"{middle(b.changed, 'wall') / middle(a.changed, 'wall'):.1f} times as much (goal: at most 4)."
        )
    return markdown(lines) + "\n\n" + " ".join(said)


def _memory() -> Path | None:
    """The folder that lies in memory, where the system has one."""
    folder = Path("/dev/shm")  # noqa: S108 only looked for; the folder inside gets a name of its own
    return folder if folder.is_dir() else None


def main(words: Sequence[str] | None = None) -> int:
    """Reads the command line, weighs, prints, and puts the tables into a file when asked."""
    parser = argparse.ArgumentParser(prog="python3 -m bench", description="Weighs the engine against others.")
    every = ("pages", "check", "serve", "usual", "search")
    parser.add_argument("--sheets", type=int, nargs="+", default=list(SIZES), help="sizes (100 1000 10000)")
    parser.add_argument("--pairs", type=int, default=3, help="how often each pair is run (3)")
    parser.add_argument("--parts", nargs="+", choices=every, default=list(every), help="cases to run (all)")
    parser.add_argument("--quick", action="store_true", help="300 sheets, one pair, no servers")
    parser.add_argument("--profile", action="store_true", help="only say where our time goes, at these sizes")
    parser.add_argument("--into", type=Path, help="put the tables into this file, as bench/README.md")
    parser.add_argument("--work", type=Path, help="folder to build in (memory where there is one)")
    asked = parser.parse_args(words)
    if asked.quick:
        asked.sheets, asked.pairs, asked.parts = [300], 1, ["pages", "check", "search"]
    here = tools()
    work = Path(tempfile.mkdtemp(prefix="bench-", dir=asked.work or _memory()))
    runs = []
    try:
        for number in sorted(asked.sheets) if asked.profile else ():
            profile(number, work)
        for number in sorted(asked.sheets) if not asked.profile else ():
            print(f"{number:,} sheets …", file=sys.stderr, flush=True)
            runs.append(weigh_size(number, asked.pairs, work, here, frozenset(asked.parts)))
    except CommandError as failed:
        print(failed, file=sys.stderr)
        return 3
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if asked.profile:
        return 0
    said = report(runs, asked.pairs)
    print(said)
    if asked.into:
        text = asked.into.read_text("utf-8")
        asked.into.write_text(_TABLE.sub(lambda m: f"{m[1]}\n{said}\n{m[2]}", text), "utf-8")
    return 0
