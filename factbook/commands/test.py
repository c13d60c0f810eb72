"""`build.py test`: style, types, layers, then the tests; all run, and what failed is named at the end.

The tests come last, so that the closing line of pytest ("12 passed in 3.4s") ends a run in which all is well.
"""

import subprocess
import sys
import time
from pathlib import Path

from factbook import bootstrap
from factbook.commands.options import Options
from factbook.frozen import frozen

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder, where the tools find their settings."""


@frozen
class Step:
    """One tool and how a person runs it alone, e.g. `ruff check .`."""

    name: str
    tool: str
    """The program's name, beside the Python that runs us."""
    words: tuple[str, ...] = ()
    """What follows its name."""

    @property
    def program(self) -> Path:
        """The program of the same `.venv`, whatever else is installed on this machine."""
        return Path(sys.executable).parent / self.tool

    @property
    def alone(self) -> str:
        """The line that repeats this step by itself, from the project's folder."""
        shown = self.program.relative_to(ROOT) if self.program.is_relative_to(ROOT) else self.program
        return " ".join((str(shown), *(f'"{word}"' if " " in word else word for word in self.words)))


STEPS = (
    Step("style", "ruff", ("check", "--quiet", ".")),
    Step("layout of code", "ruff", ("format", "--check", "--quiet", ".")),
    Step("types", "mypy"),
    Step("layers", "lint-imports", ("--no-logo", "--no-cache")),
)
"""What runs before the tests, its output shown only where it fails."""


def run(options: Options) -> int:
    """Run every step; return 0 where all passed, 1 where any failed, 3 where tools cannot be installed."""
    environment = bootstrap.Environment(ROOT)
    try:
        bootstrap.add_test_tools(environment)
    except bootstrap.MachineFault as fault:
        return bootstrap.report(fault)
    failed = [] if options.arguments else [step for step in STEPS if not _passes(step)]
    failed += [tests for tests in _tests(options) if _call(tests, quiet=False).returncode]
    if failed:
        print(f"\nFailed: {', '.join(step.name for step in failed)}. To run one alone:")
        for step in failed:
            print(f"  {step.alone}")
        return 1
    return 0


def _tests(options: Options) -> list[Step]:
    """The tests that were asked for; with --full those that need Node or Java follow, alone, since some of them measure speed."""
    jobs = str(options.jobs or 2)
    if options.arguments:
        return [Step("tests", "pytest", ("-q", "-n", jobs, *options.arguments))]
    steps = [Step("tests", "pytest", ("-q", "-n", jobs, "-m", "not full"))]
    if options.full:
        steps.append(Step("tests that need Node or Java", "pytest", ("-q", "-n", "0", "-m", "full")))
    return steps


def _passes(step: Step) -> bool:
    started = time.monotonic()
    done = _call(step, quiet=True)
    seconds = time.monotonic() - started
    print(f"{step.name}: {'failed' if done.returncode else 'fine'} ({seconds:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def _call(step: Step, *, quiet: bool) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(step.program), *step.words],
        cwd=ROOT,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
