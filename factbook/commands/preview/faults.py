"""Why a preview shows older pages: problems of the content, and what is wrong with templates or the configuration; why a file is missing.

How they look on a page is left to `panel`.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from jinja2 import TemplateError

from factbook.frozen import frozen
from factbook.problems import Problem, counted
from factbook.rendering.faults import StoppedError, template_fault

_ENGINE = Path(__file__).parents[3]


@frozen
class Fault:
    """One thing that keeps a change from being shown."""

    place: str
    """File, line and column, as `content/events/cap-lowered.yml:4:7`."""
    severity: str
    code: str
    message: str


@frozen
class Faults:
    """All of them, counted in words."""

    summary: str
    faults: tuple[Fault, ...]


def of_content(problems: Sequence[Problem]) -> Faults:
    """The problems that stop a build."""
    rows = [Fault(str(p.place), p.severity.value, p.code, p.message) for p in problems]
    return Faults(counted(problems), tuple(rows))


def of_template(error: Exception, root: Path) -> Faults:
    """Where a template stopped, and what Jinja says of it."""
    return of_content([template_fault(error, root)])


def of_machine(error: OSError) -> Faults:
    """A disk that refuses."""
    message = f"The machine failed: {error.strerror or error}."
    return Faults("1 problem: 1 error.", (Fault(str(error.filename or ""), "error", "machine", message),))


def of_file(path: str, error: Exception, root: Path | None) -> str:
    """Why a file cannot be served, and where that came from: a line of a template, or of the engine itself."""
    if isinstance(error, StoppedError | TemplateError):
        problem = template_fault(error, root or Path())
        return f"{path} cannot be shown. {problem.place}: {problem.message}"
    step = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{step.filename.removeprefix(f'{_ENGINE}/')}:{step.lineno}"
    said = f"{type(error).__name__}: {error}".rstrip(": .")
    return f"{path} cannot be shown. The engine failed at {place}: {said}. A build would fail there too."
