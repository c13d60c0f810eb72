"""The order of the fields in a sheet and in its blocks, worked out from the models.

What a thing is comes first, what is said of every fact and every sheet last: citations after what they are for, the days of
verification at the end. The one layout of sheets and the drafts follow it.
"""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from factbook.model.records import Record

FIRST = ("id", "former_ids", "title", "short", "names", "lede")
"""Fields with which every sheet begins, those that it has."""
LAST = (
    "facts", "body", "confidence", "doubt", "note", "verified", "review_by", "changes", "waivers",
)  # fmt: skip
"""Fields with which every sheet ends."""
AFTER: dict[str, tuple[tuple[str, str], ...]] = {
    "Actor": (("lede", "country"), ("interest", "lede")),
    "Briefing": (("confidence", "short_answer"), ("confidence_note", "confidence")),
    "Source": (("lede", "interest"), ("withdrawal", "lede")),
    "Statement": (("cite", "relations"),),
    "System": (("lede", "country"),),
}
"""Exceptions: fields of a model that stand elsewhere, each with the field that it follows."""
NOT_WRITTEN = ("text", "text_line")
"""Fields of pages that stand for what follows the front matter."""


@cache
def fields_of(model: type[Record]) -> tuple[str, ...]:
    """The names of a model's fields as YAML has them, in the order in which they are written."""
    names: list[str] = []
    for kind in model.__mro__:  # what a model says itself comes before what it inherits
        if issubclass(kind, BaseModel):
            names += [
                name for name in kind.__annotations__ if name in model.model_fields and name not in names
            ]
    names = [model.model_fields[name].alias or name for name in names]
    if "verified" in names:
        names = _framed(names, FIRST, LAST)
        if "text_line" in names:
            names = [name for name in names if name not in NOT_WRITTEN]
        for moved, before in AFTER.get(model.__name__, ()):
            names.remove(moved)
            names.insert(names.index(before) + 1, moved)
    return tuple(names)


def position_of(model: type[Record] | None, name: str) -> int:
    """Where a field stands among its neighbours; one that the model does not know stands last."""
    names = fields_of(model) if model else ()
    return names.index(name) if name in names else len(names)


def _framed(names: list[str], first: tuple[str, ...], last: tuple[str, ...]) -> list[str]:
    head = [name for name in first if name in names]
    tail = [name for name in last if name in names]
    return head + [name for name in names if name not in head and name not in tail] + tail
