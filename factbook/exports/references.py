"""Our sources as reference managers read them: items of CSL-JSON and entries of BibTeX, each under the id of its sheet.

An author stands as printed, since a byline is one text here. What is not known is left out. Sources: CSL 1.0.2's schema for
items; The biblatex Package, 2.1.
"""

from __future__ import annotations

import json
from typing import Any

from factbook.catalogue import Catalogue
from factbook.loading.loaded import LoadedSheet
from factbook.model.dates import PartialDate, Point
from factbook.model.source import Source
from factbook.pages import bibtex

KINDS: dict[str, tuple[str, str]] = {
    "law": ("legislation", "legislation"),
    "official": ("document", "misc"),
    "press": ("article-newspaper", "article"),
    "analysis": ("report", "report"),
    "reference": ("entry", "inreference"),
    "data": ("dataset", "dataset"),
    "aggregator": ("webpage", "online"),
}
"""Kinds of source: what CSL calls them, what biblatex does."""


def csl_item(loaded: LoadedSheet, _catalogue: Catalogue) -> bytes:
    """A source as an item of CSL-JSON, on one line."""
    source = loaded.sheet
    if not isinstance(source, Source):
        return b""
    item = {
        "id": source.id,
        "type": KINDS[source.kind][0],
        "title": source.title,
        "author": [{"literal": source.byline}] if source.byline else None,
        "container-title": source.publisher if source.kind == "press" else None,
        "publisher": source.publisher,
        "issued": _csl_date(source.date) if source.date else None,
        "number": source.number,
        "language": source.language,
        "URL": source.url,
        "note": _note(source),
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def bibtex_entry(loaded: LoadedSheet, _catalogue: Catalogue) -> bytes:
    """A source as an entry of BibTeX, in the dialect of biblatex."""
    source = loaded.sheet
    if not isinstance(source, Source):
        return b""
    kind = KINDS[source.kind][1]
    who = {"article": "journaltitle", "report": "institution"}.get(kind, "organization")
    fields = {
        "title": source.title,
        "author": source.byline or "",
        "type": "Report" if kind == "report" else "",
        who: source.publisher,
        "date": str(source.date or ""),
        "number": source.number or "",
        "language": source.language,
        "url": source.url or "",
        "note": _note(source),
    }
    return bibtex.entry(kind, source.id, fields).encode()


def _note(source: Source) -> str:
    """Where a kept copy of it stands."""
    if not source.archived:
        return ""
    day = f", {source.archived.day}" if source.archived.day else ""
    return f"Archived copy: {source.archived.url}{day}"


def _csl_date(when: PartialDate) -> dict[str, Any]:
    """A date in parts; a stretch with an open end as its words."""
    if when.start is None or when.end is None:
        return {"literal": when.text}
    points = [when.start, when.end] if when.is_stretch else [when.start]
    about = any(point.about for point in points)
    return {"date-parts": [_parts(point) for point in points], **({"circa": True} if about else {})}


def _parts(point: Point) -> list[int]:
    day = point.earliest
    return [day.year, day.month, day.day][: {"year": 1, "month": 2, "day": 3}[point.precision]]
