"""What of a table differs from the same table as it was before, and the table again from both.

A table is a dataclass of values, dictionaries, lists and further such tables. A value is never changed in place: one that is the
very one from before, or the same plain one, has not changed. So telling costs a look at each value, and what there is to tell
grows with what differs. The order of a dictionary is not told: who needs one makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

Parts: TypeAlias = Mapping[str, Any]
"""The fields of a table by their names, those of tables in it after theirs and a dot; lists as dictionaries by place."""

_PLAIN = (bytes, str, int, tuple)
"""Kinds of values that are the same if they say the same; others are compared by what they are."""


class Entries(NamedTuple):
    """What differs in one dictionary."""

    gone: tuple[Any, ...]
    now: dict[Any, Any]


class Value(NamedTuple):
    """What a field is now, as a whole."""

    now: Any


Difference: TypeAlias = Mapping[str, Entries | Value]
"""By the names of the fields in which there is one."""


def parts_of(table: Any) -> dict[str, Any]:
    """The parts of a table, which stay as they are while the table is changed."""
    return {name: dict(value) if isinstance(value, dict) else value for name, value in _parts(table)}


def size_of(parts: Parts) -> int:
    """How much there is to tell of a whole table: its fields, and their entries."""
    return sum(1 + len(value) if isinstance(value, dict) else 1 for value in parts.values())


def difference(before: Parts, table: Any) -> Difference:
    """What is otherwise in a table now."""
    found: dict[str, Entries | Value] = {}
    for name, now in _parts(table):
        was = before.get(name, found)
        if isinstance(was, dict) and isinstance(now, dict) and name in before:
            entries = _entries(was, now)
            if entries.gone or entries.now:
                found[name] = entries
        elif not _same(was, now):
            found[name] = Value(now)
    return found


def told_by(found: Difference) -> int:
    """How much a difference tells, counted as by `size_of`."""
    return sum(
        1 + len(each.gone) + len(each.now) if isinstance(each, Entries) else 1 for each in found.values()
    )


def applied(table: T, found: Difference, path: str = "") -> T:
    """A table with what differs. Dictionaries and lists of the one that is given are changed in place."""
    changes: dict[str, Any] = {}
    for field in fields(table):  # type: ignore[arg-type]  # a dataclass, as all tables are
        name, value = f"{path}{field.name}", getattr(table, field.name)
        if is_dataclass(value):
            changes[field.name] = applied(value, found, f"{name}.")
        elif name in found:
            changes[field.name] = _with(value, found[name])
    return replace(table, **changes)  # type: ignore[type-var]  # likewise


def _parts(table: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for field in fields(table):
        value = getattr(table, field.name)
        if is_dataclass(value):
            yield from _parts(value, f"{path}{field.name}.")
        else:
            yield f"{path}{field.name}", dict(enumerate(value)) if isinstance(value, list) else value


def _entries(was: dict[Any, Any], now: dict[Any, Any]) -> Entries:
    found = was.get
    changed = {
        key: value
        for key, value in now.items()
        if found(key, was) is not value and not _same(found(key, was), value)
    }
    return Entries(tuple([key for key in was if key not in now]) if was.keys() != now.keys() else (), changed)


def _same(was: Any, now: Any) -> bool:
    return was is now or (type(was) is type(now) and type(now) in _PLAIN and was == now)


def _with(value: Any, found: Entries | Value) -> Any:
    if isinstance(found, Value):
        return found.now
    if isinstance(value, list):
        entries = dict(enumerate(value)) | found.now
        return [entries[place] for place in range(len(entries) - len(found.gone))]
    for key in found.gone:
        del value[key]
    value.update(found.now)
    return value
