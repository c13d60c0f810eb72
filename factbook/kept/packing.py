"""Sheets as bytes and back, quickly: pydantic and frozen dataclasses take several times as long by the way they come with."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, get_args

from pydantic import BaseModel

from factbook import prose
from factbook.catalogue import Link
from factbook.model.collections import ALL
from factbook.model.dates import PartialDate
from factbook.model.records import Record
from factbook.prose import Cite, Cites, Sentence

FIRST = 1000
"""The first of the numbers that stand for kinds of things among the bytes; the lower ones are spoken for by the standard."""
_PROTOCOL = pickle.HIGHEST_PROTOCOL


class _Ways(dict[type, Callable[[Any], Any]]):
    """How things of a kind are taken apart: a record into its values, a dataclass or a named tuple into its arguments."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, Record):
            way = self[kind] = _record_apart
        elif names := _fields(kind):  # type: ignore[arg-type]  # classes can be told apart
            way = self[kind] = partial(_apart, kind, attrgetter(*names) if len(names) > 1 else _one(names[0]))
        elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
            way = self[kind] = partial(_apart, kind, tuple)
        else:
            raise KeyError(kind)
        return way


def _record_apart(record: Record) -> Any:
    return record_of, (type(record), values_of(record), given_in(record))


def _apart(kind: type, values: Callable[[Any], tuple[Any, ...]], thing: Any) -> Any:
    return kind, values(thing)


def _one(name: str) -> Callable[[Any], tuple[Any, ...]]:
    value = attrgetter(name)
    return lambda thing: (value(thing),)


class _Packer(pickle.Pickler):
    dispatch_table = _Ways()


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass without its own way of being packed; none of other kinds."""
    if not is_dataclass(kind) or not all(field.init for field in fields(kind)):
        return ()
    return tuple(field.name for field in fields(kind))


@cache
def names_of(kind: type[Record]) -> dict[str, int]:
    """The fields of a model in its order, each with its place."""
    return {name: place for place, name in enumerate(kind.model_fields)}


def values_of(record: Record) -> tuple[Any, ...]:
    """The values of a record's fields, in the order of its model."""
    values = record.__dict__
    return tuple([values[name] for name in names_of(type(record))])


def given_in(record: Record) -> int:
    """Which of its fields were written: a bit for each, the lowest for the first."""
    names = names_of(type(record))
    return sum(1 << names[name] for name in record.__pydantic_fields_set__)


_PLANS: dict[tuple[type[Record], int], tuple[tuple[str, ...], set[str]]] = {}
"""Of a model and those of its fields that were written: all its fields, and the names of these."""


def _plan(kind: type[Record], given: int) -> tuple[tuple[str, ...], set[str]]:
    names = names_of(kind)
    plan = _PLANS[kind, given] = tuple(names), {name for name, place in names.items() if given >> place & 1}
    return plan


_put_values, _put_given, _put_extra, _put_private = (
    BaseModel.__dict__[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
"""A record is frozen, so it is filled by its slots."""


def record_of(kind: type[Record], values: tuple[Any, ...], given: int) -> Record:
    """A record as it was when it was checked; records are frozen, so those with the same fields share the set of them."""
    names, written = _PLANS.get((kind, given)) or _plan(kind, given)
    record: Record = object.__new__(kind)
    _put_values(record, dict(zip(names, values, strict=True)))
    _put_given(record, written)
    _put_extra(record, None)
    _put_private(record, None)
    return record


def _kinds() -> Iterator[object]:
    """What lies in nearly every sheet: the models of records, and what links are made of."""
    yield from (record_of, PartialDate, Sentence, Cite, Cites, prose.Link, Link)
    waiting: list[type[Record]] = [collection.model for collection in ALL.values()]
    seen = set(waiting)
    while waiting:
        kind = waiting.pop()
        yield kind
        for info in kind.model_fields.values():
            for inner in _records_in(info.annotation):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _records_in(inner)


def _name_shortly(kinds: Iterator[object]) -> None:
    """Gives each kind a number that stands for its name among the bytes, as the standard library has it for this."""
    names = sorted({(kind.__module__, getattr(kind, "__qualname__", "")) for kind in kinds})
    for number, (module, name) in enumerate(names, FIRST):
        copyreg.add_extension(module, name, number)


_name_shortly(_kinds())


_PLAIN = frozenset((str, int, bool, type(None)))
"""Kinds of things that hold no others."""


def packed(thing: Any) -> bytes:
    """A thing as bytes."""
    if type(thing) in _PLAIN or thing == ():
        return pickle.dumps(thing, protocol=_PROTOCOL)
    file = io.BytesIO()
    _Packer(file, protocol=_PROTOCOL).dump(thing)
    return file.getvalue()


def unpacked(data: bytes) -> Any:
    """A thing from its bytes, which must be our own."""
    return pickle.loads(data)  # noqa: S301  the caller has seen to it that they are whole and ours
