"""Why a preview shows older pages: problems of the content, and what is wrong with templates or the configuration.

How they look on a page is left to `panel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factbook.frozen import frozen
from factbook.problems import Problem, counted
from factbook.rendering.faults import template_fault


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
