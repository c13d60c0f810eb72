"""Tables of coverage: what a publication's own tests look up in its sheets, `tests/coverage/*.yml` beside its `mkdocs.yml`.

A row names sheets in `sheets:` and places in them in `anchor:` or `anchors:`, as `price-cap#provisions.insurance-ban`. What else
stands in a row is its own business. The tables are no content; they are known here so that a renaming keeps them true.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from factbook.editing.references import Reference, Span
from factbook.editing.scalars import scalars

FOLDER = "tests/coverage"
NAMING = ("sheets", "anchor", "anchors")
"""The fields of a row that name sheets."""


def tables(root: Path) -> Iterator[str]:
    """The tables of a publication, from its root, by name."""
    for path in sorted((root / FOLDER).glob("*.yml")):
        if path.is_file() and not path.is_symlink():
            yield f"{FOLDER}/{path.name}"


def references(text: str) -> Iterator[Reference]:
    """Every sheet that a table names, in its order; none where it cannot be read, which is for its tests to say."""
    try:
        values = scalars(text)
    except yaml.YAMLError:
        return
    for path, value in values.items():
        field = next((step for step in reversed(path) if isinstance(step, str)), "")
        if field not in NAMING:
            continue
        id, mark, anchor = value.value.strip().partition("#")
        start = value.offset_of(0) if id else value.start
        span = Span(start, start + len(id))
        after = Span(span.end + 1, span.end + 1 + len(anchor)) if mark else None
        yield Reference(id, span, field, anchor, after)
