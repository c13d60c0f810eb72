"""Why a preview shows older pages: problems of the content, and what is wrong with templates or the configuration.

How they look on a page is left to `panel`.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError

from factbook.problems import Problem, counted

ENDS = (".j2", ".html")
"""How the names of templates end, those of pages and those of the theme."""


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a change from being shown."""

    place: str
    """File, line and column, as `content/events/cap-lowered.yml:4:7`."""
    severity: str
    code: str
    message: str


@dataclass(frozen=True)
class Faults:
    """All of them, counted in words."""

    summary: str
    faults: tuple[Fault, ...]


def of_content(problems: Sequence[Problem]) -> Faults:
    """The problems that stop a build."""
    rows = [Fault(str(p.place), p.severity.value, p.code, p.message) for p in problems]
    return Faults(counted(problems), tuple(rows))


def of_settings(path: str, said: str) -> Faults:
    """What MkDocs says about a configuration, or Jinja about the theme."""
    message = f"MkDocs does not accept the configuration. {said}"
    return Faults("1 problem in 1 file: 1 error.", (Fault(path, "error", "bad-settings", message),))


def of_template(error: Exception, root: Path) -> Faults:
    """Where a template stopped, and what Jinja says of it."""
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or error.name or "templates", error.lineno
    else:
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename.endswith(ENDS)]
        path, line = (steps[-1].filename, steps[-1].lineno or 0) if steps else ("templates", 0)
    shown = path.removeprefix(f"{root}/")
    place = f"{shown}:{line}" if line else shown
    message = f"This template cannot be rendered. Jinja says: {error}."
    return Faults("1 problem in 1 file: 1 error.", (Fault(place, "error", "bad-template", message),))


def of_machine(error: OSError) -> Faults:
    """A disk that refuses."""
    message = f"The machine failed: {error.strerror or error}."
    return Faults("1 problem: 1 error.", (Fault(str(error.filename or ""), "error", "machine", message),))
