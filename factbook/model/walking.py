"""One walk over a sheet: every reference, keyword, prose field and fact in it, with its path and its anchor.

What a field is stands in its annotation (`RefTo`, `Keyword`, `ProseMark`, `AnchorRef`); the plan of each model is made once
from there. Everything that needs to see all of a sheet (catalogue, checks, exports) walks it with `walk`.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Annotated, Any, NamedTuple, TypeAlias, Union, get_args, get_origin

from factbook.frozen import frozen
from factbook.model.records import Citation, Fact, Record
from factbook.model.values import AnchorRef, Keyword, ProseMark, RefTo

Mark: TypeAlias = RefTo | Keyword | ProseMark | AnchorRef
Path: TypeAlias = tuple[str | int, ...]


class Found(NamedTuple):
    """One value met on the walk: a marked text, or a fact."""

    path: Path
    """Keys and positions from the top of the sheet, as in YAML."""
    anchor: str
    """The nearest item that has an anchor of its own: ids joined by dots; empty at the top of the sheet."""
    mark: Mark | None
    """What the text is; None for a fact."""
    value: str
    """The text; empty for a fact."""
    fact: Fact | None
    """The innermost fact that the text belongs to, or the fact itself."""
    owner: Record
    """The record that holds the field."""


@frozen
class _FieldPlan:
    name: str
    alias: str
    many: bool
    record: bool
    mark: Mark | None


@cache
def plan(model: type[Record]) -> tuple[_FieldPlan, ...]:
    """The fields of a model that the walk has to look at."""
    plans = []
    for name, info in model.model_fields.items():
        many, record, mark = _read(info.annotation, list(info.metadata))
        if record or mark:
            plans.append(_FieldPlan(name, info.alias or name, many, record, mark))
    return tuple(plans)


@cache
def _plan_of_facts(model: type[Record]) -> tuple[_FieldPlan, ...]:
    """The fields of a model in which, or below which, a fact may stand: a walk to the facts alone has nothing to do in others."""
    return tuple(
        field
        for field in plan(model)
        if field.record and _may_hold(model.model_fields[field.name].annotation)
    )


def _may_hold(annotation: Any, above: tuple[type, ...] = ()) -> bool:
    """Whether a fact may stand in a field or below it. A model counts with those that are made of it."""
    if not isinstance(annotation, type) or get_origin(annotation):
        return any(_may_hold(part, above) for part in get_args(annotation))
    if not issubclass(annotation, Record) or annotation in above:
        return False
    return issubclass(annotation, Fact) or any(
        _may_hold(inner, (*above, annotation))
        for inner in (
            *annotation.__subclasses__(),
            *(info.annotation for info in annotation.model_fields.values()),
        )
    )


def _read(annotation: Any, metadata: list[Any]) -> tuple[bool, bool, Mark | None]:
    marks = [m for m in metadata if isinstance(m, RefTo | Keyword | ProseMark | AnchorRef)]
    mark: Mark | None = marks[0] if marks else None
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        many, record, inner_mark = _read(inner, more)
        return many, record, mark or inner_mark
    if origin in (Union, types.UnionType):
        for part in get_args(annotation):
            if part is not type(None):
                many, record, inner_mark = _read(part, [])
                return many, record, mark or inner_mark
    if origin is tuple:
        _, record, inner_mark = _read(get_args(annotation)[0], [])
        return True, record, mark or inner_mark
    return False, isinstance(annotation, type) and issubclass(annotation, Record), mark


def walk(record: Record) -> list[Found]:
    """Everything marked in a record and below it, in the order of the model's fields."""
    found: list[Found] = []
    _walk(record, (), "", None, found, plan)
    return found


def _walk(
    record: Record,
    path: Path,
    anchor: str,
    fact: Fact | None,
    found: list[Found],
    fields: Callable[[type[Record]], tuple[_FieldPlan, ...]],
) -> None:
    for field in fields(record.__class__):
        value = getattr(record, field.name)
        if value is None:
            continue
        items = enumerate(value) if field.many else ((None, value),)
        for position, item in items:
            here = (*path, field.alias) if position is None else (*path, field.alias, position)
            if field.record:
                if isinstance(item, Citation):  # it stands where what it is cited for stands
                    deeper = anchor or anchor_of("", field.alias, None)
                else:
                    deeper = anchor_of(anchor, field.alias, item if position is not None else None)
                is_fact = isinstance(item, Fact)
                if is_fact:
                    found.append(Found(here, deeper, None, "", item, record))
                _walk(item, here, deeper, item if is_fact else fact, found, fields)
            else:
                deeper = anchor or anchor_of("", field.alias, None)
                found.append(Found(here, deeper, field.mark, str(item), fact, record))


def anchor_of(parent: str, alias: str, item: Record | None) -> str:
    """The anchor of a field inside its parent: ids joined by dots, e.g. `provisions.loans.threshold`."""
    own = alias.replace("_", "-")
    if item is not None and (key := item_key(item)):
        own = f"{own}.{key}"
    return f"{parent}.{own}" if parent else own


_NOT_IN_ANCHORS = re.compile(r"(?:[^\w~-]|_)+")
"""Blanks, full stops and other marks, as names hold them: an anchor has no blank, and its dots part its steps."""


def item_key(item: Record) -> str:
    """What tells an item from its neighbours, e.g. `loans`, `in-force-2020-12-14`; made of letters, digits, `-` and `~`."""
    parts = [str(value) for name in item.KEY if (value := getattr(item, name)) is not None]
    return _step("-".join(parts))


@lru_cache(maxsize=4096)
def _step(words: str) -> str:
    return _NOT_IN_ANCHORS.sub("-", words).strip("-")


def facts(record: Record, under: str = "") -> Iterator[Found]:
    """The facts of a sheet; with the first step of an anchor only those whose anchors begin with it, and no other field is asked for."""
    found: list[Found] = []
    _walk(
        record,
        (),
        "",
        None,
        found,
        partial(_plan_under, record.__class__, under) if under else _plan_of_facts,
    )
    return iter(found)


@lru_cache(maxsize=1000)
def _plan_under(top: type[Record], step: str, model: type[Record]) -> tuple[_FieldPlan, ...]:
    fields = _plan_of_facts(model)
    return (
        fields
        if model is not top
        else tuple(field for field in fields if anchor_of("", field.alias, None) == step)
    )


def with_reference(record: Record, old: str, new: str) -> Record:
    """The record with every reference of its fields to the one id led to the other."""
    update: dict[str, Any] = {}
    for field in plan(type(record)):
        value = getattr(record, field.name)
        if value is None:
            continue
        items = list(value) if field.many else [value]
        if field.record:
            items = [with_reference(item, old, new) for item in items]
        elif isinstance(field.mark, RefTo):
            items = [new if item == old else item for item in items]
        else:
            continue
        update[field.name] = tuple(items) if field.many else items[0]
    return record.model_copy(update=update)


def anchors_made_of(record: Record, old: str, new: str) -> dict[str, str]:
    """The anchors of a sheet that are made of an id, each with what it is when that id becomes another."""
    pairs = zip(walk(record), walk(with_reference(record, old, new)), strict=True)
    return {before.anchor: after.anchor for before, after in pairs if before.anchor != after.anchor}
