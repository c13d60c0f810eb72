"""At which level of a sheet a field belongs: models searched by path and by the name of a field.

For messages only; what a sheet may hold is the model's own business.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from factbook.model.collections import ALL
from factbook.model.nouns import a, one_of
from factbook.model.records import Fact, Record
from factbook.model.values import Keyword
from factbook.yaml_text import Path

HIDDEN = ("text_line",)
"""Fields that the engine fills and nobody writes."""
ASIDE = ("changes", "waivers")
"""Lists about the sheet itself: what belongs to them is hardly ever meant for the matter, nor the reverse."""


def fields_of(model: type[Record], where: Path) -> set[str]:
    """The YAML names of the fields of the record at a path."""
    record = record_at(model, where)
    return set(_names(record)) if record else set()


def record_at(model: type[Record], where: Path) -> type[Record] | None:
    """The kind of record that stands at a path; None where a text stands, or nothing."""
    here: type[Record] | None = model
    for step in where:
        if isinstance(step, str) and here is not None:
            here = _names(here).get(step, (None, False))[0]
    return here


def needed_of(record: type[Record]) -> list[str]:
    """The YAML names of the fields that a record cannot be without."""
    return [info.alias or name for name, info in record.model_fields.items() if info.is_required()]


def only_needed(record: type[Record]) -> str | None:
    """The one field that a record cannot be without, or that its first words are, when there is just one and it holds a text."""
    needed = needed_of(record) or [name for name in ("text",) if name in _names(record)]
    if len(needed) == 1 and _names(record)[needed[0]] == (None, False):
        return needed[0]
    return None


def list_at(model: type[Record], where: Path) -> str | None:
    """The closed list that the value at a path is taken from; None where there is none."""
    field = next((step for step in reversed(where) if isinstance(step, str)), "")
    record = record_at(model, where[: where.index(field)]) if field else None
    for name, info in (record.model_fields if record else {}).items():
        if (info.alias or name) == field:
            return _keyword((*info.metadata, info.annotation))
    return None


def where_it_belongs(model: type[Record], where: Path, one: str) -> str | None:
    """`belongs to a provision (in "provisions")`, for a field that stands at the wrong level; None when nowhere.

    Looks in the same sheet first, near the top before deep inside, then among the fields that other kinds of sheet have.
    """
    field = str(where[-1])
    if len(where) > 1 and field in _names(model):
        return f"belongs to the {one} as a whole"
    here = record_at(model, where[:-1])
    if field in Fact.model_fields and here is not None and len(where) == 1:
        return f"belongs to a single fact of the {one}, as {_examples(model)}"
    above = tuple(step for step in where[:-1] if isinstance(step, str))
    for length in range(len(above) - 1, 0, -1):  # a level further out on the way to the field
        record = record_at(model, above[:length])
        if record and field in _names(record):
            return f"belongs to {_called(model, above[:length])}"
    found = [path for path in _paths(model) if field in _names(record_at(model, path))]
    near = [path for path in found if path[: len(above)] == above] or found
    best = [path for path in near if path[0] not in ASIDE]
    if best:
        least = min(len(path) for path in best)
        best = [path for path in best if len(path) == least]
        if len(best) > 1 and len({path[-1] for path in best}) == 1:
            return f"belongs to {_called_alone(model, best[0])}"
        return f"belongs to {_either([_called(model, path) for path in best[:3]])}"
    if len(where) == 1:
        kinds = [kind.one for kind in ALL.values() if kind.model is not model and field in _names(kind.model)]
        if kinds and len(kinds) <= 2:
            return f"belongs to {_either([a(kind) for kind in kinds])}"
    return None


def _called(model: type[Record], path: tuple[str, ...]) -> str:
    """A record by its path, e.g. `the threshold of a provision (in "provisions")`."""
    own = _called_alone(model, path)
    outer = next((n for n in range(len(path) - 1, 0, -1) if _many(model, path[:n])), 0)
    return f"{own} of {a(one_of(path[outer - 1]) or 'item')}" if outer else own


def _called_alone(model: type[Record], path: tuple[str, ...]) -> str:
    noun = one_of(path[-1]) or "item"
    return f'{a(noun)} (in "{path[-1]}")' if _many(model, path) else f'"{path[-1]}"'


def _many(model: type[Record], path: tuple[str, ...]) -> bool:
    around = record_at(model, path[:-1])
    return around is not None and _names(around).get(path[-1], (None, False))[1]


def _examples(model: type[Record]) -> str:
    """Two lists or blocks of facts that the sheet has, as examples."""
    names = [
        name
        for name, (record, _) in _names(model).items()
        if record is not None and issubclass(record, Fact) and name not in ASIDE
    ]
    return _either([f'in "{name}"' for name in names[:2]]) if names else "a date"


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _keyword(parts: Iterable[Any]) -> str | None:
    """The closed list that is named among the marks of an annotation, at any depth."""
    for part in parts:
        if isinstance(part, Keyword):
            return part.vocabulary
        inner = get_args(part) if hasattr(part, "__metadata__") or get_origin(part) is not None else ()
        if get_origin(part) is not Literal and (
            found := _keyword((*inner, *getattr(part, "__metadata__", ())))
        ):
            return found
    return None


@cache
def _paths(model: type[Record]) -> tuple[tuple[str, ...], ...]:
    """Every record inside a model by its path, near the top first, then in the order of the fields."""
    found: list[tuple[str, ...]] = []
    level: list[tuple[tuple[str, ...], type[Record]]] = [((), model)]
    for _ in range(4):
        below = [
            ((*path, name), inner)
            for path, record in level
            for name, (inner, _) in _names(record).items()
            if inner is not None
        ]
        found += [path for path, _ in below]
        level = below
    return tuple(found)


@cache
def _names(record: type[Record] | None) -> dict[str, tuple[type[Record] | None, bool]]:
    """The YAML names of a record's fields, each with the record it holds and whether it holds many."""
    if record is None:
        return {}
    return {
        info.alias or name: _held(info.annotation)
        for name, info in record.model_fields.items()
        if name not in HIDDEN
    }


def _held(annotation: Any) -> tuple[type[Record] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    origin = get_origin(annotation)
    if origin is Annotated:
        return _held(get_args(annotation)[0])
    if origin is tuple:
        return _held(get_args(annotation)[0])[0], True
    if origin is Union or hasattr(annotation, "__args__"):
        return next((held for part in get_args(annotation) if any(held := _held(part))), (None, False))
    return None, False
