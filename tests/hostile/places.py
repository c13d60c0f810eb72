"""Where a text can stand in a sheet: the models walked, each field with what it takes."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BeforeValidator

from factbook.model import values
from factbook.model.records import Record
from factbook.model.values import ProseMark, RefTo

Kind: TypeAlias = Literal["line", "text", "prose", "words", "address", "form"]
"""What a field takes: one line, lines, prose, words where an id may stand, an address, or a form that is not free (an id, a date)."""
FREE: tuple[Kind, ...] = ("line", "text", "prose", "words", "address")


@dataclass(frozen=True)
class Leaf:
    """One field of one sheet that holds a text."""

    file: str
    where: tuple[str | int, ...]
    kind: Kind
    owner: str
    """Name of the model that has the field."""
    annotation: Any

    @property
    def field(self) -> tuple[str, str]:
        return self.owner, next(str(step) for step in reversed(self.where) if isinstance(step, str))


def kind_of(annotation: Any, metadata: Sequence[Any] = ()) -> Kind:
    """What a field of text takes, by the marks of its annotation."""
    marks = [*metadata]
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks += more
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        elif get_origin(annotation) is tuple:
            annotation = get_args(annotation)[0]
        else:
            break
    readers = {mark.func for mark in marks if isinstance(mark, BeforeValidator)}
    if any(isinstance(mark, RefTo) and mark.or_text for mark in marks):
        return "words"
    if values._line in readers:
        return "line"
    if values._text in readers:
        return "prose" if any(isinstance(mark, ProseMark) for mark in marks) else "text"
    return "address" if values._address in readers else "form"


def record_in(annotation: Any) -> type[Record] | None:
    """The kind of record that a field holds; None where it holds texts."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Record) else None
    parts = get_args(annotation)
    inner = parts[:1] if get_origin(annotation) in (Annotated, tuple) else parts
    return next((found for part in inner if (found := record_in(part))), None)


def fields(model: type[Record]) -> Iterator[tuple[str, Any, Kind, bool]]:
    """The fields of a model that hold texts: name, annotation, kind, and whether it holds many."""
    for name, info in model.model_fields.items():
        if record_in(info.annotation) is None and name not in ("text_line",):
            many = get_origin(info.annotation) is tuple
            yield info.alias or name, info, kind_of(info.annotation, info.metadata), many


def records(model: type[Record], raw: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every block of fields in a sheet as it is written: its model, its values, its path."""
    yield model, raw, where
    for name, info in model.model_fields.items():
        inner = record_in(info.annotation)
        held = raw.get(alias := info.alias or name)
        if inner is None or held is None:
            continue
        if isinstance(held, list):
            for position, item in enumerate(held):
                yield from records(inner, item, (*where, alias, position))
        else:
            yield from records(inner, held, (*where, alias))
