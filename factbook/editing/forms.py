"""What a model's field takes, read from its annotation: one or many, which records, which marks, which values."""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from factbook.frozen import frozen
from factbook.model.records import Record
from factbook.model.values import AnchorRef, Keyword, RefTo


@frozen
class Form:
    """What one field takes, e.g. many citations."""

    many: bool = False
    record: type[Record] | None = None
    """The block of fields that it takes; None for single values."""
    marks: tuple[Keyword | RefTo | AnchorRef, ...] = ()
    allowed: tuple[str, ...] = ()
    """The values of a closed list that the annotation itself names."""


@cache
def forms_of(model: type[Record]) -> dict[str, Form]:
    """The forms of a model's fields by their names in YAML."""
    return {
        info.alias or name: _form(info.annotation, tuple(info.metadata))
        for name, info in model.model_fields.items()
    }


def _form(annotation: Any, metadata: tuple[Any, ...] = ()) -> Form:
    marks = tuple(mark for mark in metadata if isinstance(mark, Keyword | RefTo | AnchorRef))
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        form = _form(inner, tuple(more))
    elif origin in (Union, types.UnionType):
        form = _form(next(part for part in get_args(annotation) if part is not type(None)))
    elif origin is tuple:
        one = _form(get_args(annotation)[0])
        form = Form(True, one.record, one.marks, one.allowed)
    elif origin is Literal:
        form = Form(allowed=tuple(str(value) for value in get_args(annotation)))
    else:
        is_record = isinstance(annotation, type) and issubclass(annotation, Record)
        form = Form(record=annotation if is_record else None)
    return Form(form.many, form.record, marks + form.marks, form.allowed)
