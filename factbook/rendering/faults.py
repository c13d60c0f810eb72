"""What stopped a template, in an editor's words: where it stands, and what Jinja says of it. Code: bad-template."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from factbook.problems import Place, Problem

ENDS = (".j2", ".html")
"""How the names of templates end, those of pages and those of the theme."""


class StoppedError(Exception):
    """A template could not be rendered. The place goes with it, since it may come out of another process, which leaves the trace behind."""

    def __init__(self, path: str, line: int, said: str) -> None:
        super().__init__(path, line, said)
        self.path, self.line, self.said = path, line, said


def stopped(error: Exception) -> StoppedError:
    """Where a template stopped, and what Jinja says of it."""
    if isinstance(error, TemplateSyntaxError):
        return StoppedError(
            error.filename or error.name or "templates", error.lineno, error.message or str(error)
        )
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename.endswith(ENDS)]
    path, line = (steps[-1].filename, steps[-1].lineno or 0) if steps else ("templates", 0)
    said = f'there is no template "{error.name}"' if isinstance(error, TemplateNotFound) else str(error)
    return StoppedError(path, line, said)


@contextmanager
def told() -> Iterator[None]:
    """Whatever Jinja raises inside is raised as `StoppedError`."""
    try:
        yield
    except TemplateError as error:
        raise stopped(error) from error


def template_fault(error: Exception, root: Path) -> Problem:
    """The problem of a template that could not be rendered, at its line where that can be told. `root` is the publication's."""
    where = error if isinstance(error, StoppedError) else stopped(error)
    place = Place(where.path.removeprefix(f"{root}/"), where.line, 1 if where.line else 0)
    return Problem(
        "bad-template",
        place,
        f"This template cannot be rendered. Jinja says: {where.said.rstrip('.')}. Mend this line.",
    )
