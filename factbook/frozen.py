"""Values that stages hand on: made once and never changed after, which the type checker sees to.

`dataclass(frozen=True)` writes six methods in Python for each class, and sets each field by a call: a hundred classes cost as much as
a check of a hundred sheets, and each value several times what it costs here. So only the constructor is written for each class, and
only when its first value is made: most commands make none of most. What compares, hashes and shows values is shared. Fields, defaults
and `replace` are those of `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """A class of values out of its fields; equal are values of one class whose fields are equal."""
    made: Any = dataclass(slots=True, repr=False, eq=False, init=False)(kind)
    made.__init__ = _to_be_written(made)
    made._compared = staticmethod(_getter([each.name for each in fields(made) if each.compare]))
    own = kind.__dict__
    for name, method in (("__eq__", _eq), ("__hash__", _hash), ("__repr__", _repr)):
        if own.get(name) is None:  # a class may bring its own
            setattr(made, name, method)
    whole: type[T] = made
    return whole


def _to_be_written(kind: Any) -> Callable[..., None]:
    """Stands for the constructor of a class until it is called."""

    def first(self: Any, *values: Any, **named: Any) -> None:
        kind.__init__ = _constructor(kind)
        kind.__init__(self, *values, **named)

    return first


def _constructor(kind: Any) -> Any:
    """Takes the fields of a class in their order, those by name alone after the others, and sets each."""
    names: dict[str, Any] = {"_not_given": MISSING}
    taken: dict[bool, list[str]] = {False: [], True: []}
    lines = []
    for each in fields(kind):
        given = each.name
        if each.default_factory is not MISSING:
            names[f"_{each.name}"] = each.default_factory
            given = f"_{each.name}() if {each.name} is _not_given else {each.name}"
            taken[bool(each.kw_only)].append(f"{each.name}=_not_given")
        elif each.default is not MISSING:
            names[f"_{each.name}"] = each.default
            taken[bool(each.kw_only)].append(f"{each.name}=_{each.name}")
        else:
            taken[bool(each.kw_only)].append(each.name)
        lines.append(f" self.{each.name} = {given}")
    by_name = ["*", *taken[True]] if taken[True] else []
    head = f"def __init__({', '.join(['self', *taken[False], *by_name])}):"
    exec("\n".join((head, *lines, " return")), names)  # noqa: S102  our own words
    return names["__init__"]


def _getter(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda value: ()


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


@recursive_repr()
def _repr(self: Any) -> str:
    said = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({said})"
