"""Sheets as bytes and back, quickly: pydantic and frozen dataclasses take several times as long by the way they come with."""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from factbook.model.records import Record

_PROTOCOL = pickle.HIGHEST_PROTOCOL


class _Packer(pickle.Pickler):
    """Takes a record for its values, and a dataclass for its arguments."""

    def reducer_override(self, thing: Any) -> Any:
        kind = type(thing)
        if kind is type:
            return NotImplemented
        if isinstance(thing, Record):
            return record_of, (kind, thing.__dict__, tuple(sorted(thing.__pydantic_fields_set__)))
        names = _fields(kind)  # type: ignore[arg-type]  # classes can be told apart
        if names:
            return kind, tuple([getattr(thing, name) for name in names])
        return NotImplemented


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass without its own way of being packed; none of other kinds."""
    if not is_dataclass(kind) or not all(field.init for field in fields(kind)):
        return ()
    return tuple(field.name for field in fields(kind))


_setattr = object.__setattr__


@cache
def _set(names: tuple[str, ...]) -> set[str]:
    return set(names)


def record_of(kind: type[Record], values: dict[str, Any], given: tuple[str, ...]) -> Record:
    """A record as it was when it was checked; records are frozen, so those with the same fields share the set of them."""
    record = kind.__new__(kind)
    _setattr(record, "__dict__", values)
    _setattr(record, "__pydantic_fields_set__", _set(given))
    _setattr(record, "__pydantic_extra__", None)
    _setattr(record, "__pydantic_private__", None)
    return record


def packed(thing: Any) -> bytes:
    """A thing as bytes."""
    file = io.BytesIO()
    _Packer(file, protocol=_PROTOCOL).dump(thing)
    return file.getvalue()


def unpacked(data: bytes) -> Any:
    """A thing from its bytes, which must be our own."""
    return pickle.loads(data)  # noqa: S301  the caller has seen to it that they are whole and ours
