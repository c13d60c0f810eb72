"""What stopped a template, in an editor's words: where it stands, and what Jinja says of it. Code: bad-template."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from factbook.problems import Place, Problem

ENDS = (".j2", ".html")
"""How the names of templates end, those of pages and those of the theme."""


def template_fault(error: Exception, root: Path) -> Problem:
    """The problem of a template that could not be rendered, at its line where that can be told. `root` is the publication's."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename.endswith(ENDS)]
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or error.name or "templates", error.lineno
    else:
        path, line = (steps[-1].filename, steps[-1].lineno or 0) if steps else ("templates", 0)
    said = f'there is no template "{error.name}"' if isinstance(error, TemplateNotFound) else str(error)
    place = Place(path.removeprefix(f"{root}/"), line, 1 if line else 0)
    return Problem(
        "bad-template",
        place,
        f"This template cannot be rendered. Jinja says: {said.rstrip('.')}. Mend this line.",
    )
