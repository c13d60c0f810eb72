"""What each fact of a sheet says, as one text, so that two versions of a fact can be told apart for ever.

The text is JSON with its keys in order: the fact's own fields and its citations. Laid out otherwise, a fact says the same. The days on
which something was seen, and the law that a provision names, say nothing by themselves and belong to the fact around them; every
other fact inside a fact says what it says for itself. Works on the fields of a model, and on the YAML of a version that no model takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import ValidationError

from factbook.model.collections import ALL
from factbook.model.records import Basis, Citation, Fact, Observed, Record

PARTS: tuple[type[Record], ...] = (Observed, Basis)
"""Facts that belong to the fact around them, where there is one."""
STATEMENT = "statement"
"""The anchor of a statement: what was said, by whom and when, and where it was read."""
OF_STATEMENT = (
    *("speakers", "as_named", "spoke_for", "act", "hedge", "said_on", "gist", "words", "first_in", "read_in"),
    "cite",
)
"""The fields that make a statement what it is; our reading of it is not among them."""
DIGITS = 12
"""Hexadecimal digits that name a version of a fact, among those of its sheet."""

Fields = Mapping[str, Any]
_BLANKS = re.compile(r"\s+")
_NOT_IN_ANCHORS = re.compile(r"(?:[^\w~-]|_)+")


class Said(NamedTuple):
    """What a fact says in one version of its sheet."""

    kind: str
    """The name of its model, e.g. `Threshold`; `Statement` for a statement."""
    text: str

    def version(self, anchor: str) -> str:
        """The name of this version of the fact at an anchor."""
        return sha256(f"{anchor}\n{self.text}".encode()).hexdigest()[:DIGITS]

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, by the names that they have in YAML."""
        found: dict[str, Any] = json.loads(self.text)
        return found


def said_by_facts(fields: Fields, model: type[Record] | None) -> dict[str, Said]:
    """What the facts of a sheet say, by their anchors; of a statement also what was said."""
    if model is None:
        return {}
    found: dict[str, Said] = {}
    if model.__name__ == "Statement":
        found[STATEMENT] = Said("Statement", _text(_chosen(fields, OF_STATEMENT)))
    for anchor, kind, block in _inside(fields, model, "", within=False):
        found.setdefault(anchor, Said(kind.__name__, _text(block)))
    return found


def said_in(sheet: Record) -> dict[str, Said]:
    """What the facts of a sheet say, by their anchors, as its model has them."""
    return said_by_facts(sheet.model_dump(mode="json", by_alias=True, exclude_defaults=True), type(sheet))


def fact_of(said: Said) -> Fact | None:
    """The fact again; None for a statement, and where today's models do not take it."""
    kind = _kinds().get(said.kind)
    if kind is None or not issubclass(kind, Fact):
        return None
    try:
        fact: Fact = kind.model_validate(said.fields)
    except ValidationError:
        return None
    return fact


# --- the walk over the fields ------------------------------------------------------------------------------


@cache
def records_in(model: type[Record]) -> Mapping[str, type[Record]]:
    """The models of the blocks inside a model, by the names that their fields have in YAML."""
    found = {}
    for name, info in model.model_fields.items():
        if (inner := _record_of(info.annotation)) is not None:
            found[info.alias or name] = inner
    return found


def _record_of(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    parts = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return next((found for part in parts if (found := _record_of(part))), None)


@cache
def key_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields that tell an item of a list from its neighbours, by their names in YAML."""
    return tuple(model.model_fields[name].alias or name for name in model.KEY if name in model.model_fields)


def key_of(item: Fields, model: type[Record] | None) -> str:
    """What tells an item from its neighbours, as `factbook.model.walking.item_key` has it."""
    names = key_fields(model) if model else ()
    parts = [line(item[name]) for name in names if name in item]
    if not parts:
        texts = (line(value) for value in item.values() if isinstance(value, str))
        parts = [line(item["id"])] if "id" in item else [next(texts, "")[:40]]
    return _NOT_IN_ANCHORS.sub("-", "-".join(parts)).strip("-")


def line(value: Any) -> str:
    """A value as one line; of a list, its items in their order."""
    if isinstance(value, str):
        return _BLANKS.sub(" ", value).strip()
    if isinstance(value, list):
        return ", ".join(line(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {line(inner)}" for name, inner in value.items())
    return _scalar(value)


@cache
def _facts_in(model: type[Record]) -> tuple[tuple[str, str, type[Record], bool, bool], ...]:
    """The fields of a model that hold blocks: name, step of an anchor, model, whether these are facts, or parts of one."""
    return tuple(
        (name, name.replace("_", "-"), inner, issubclass(inner, Fact), inner in PARTS)
        for name, inner in records_in(model).items()
        if inner is not Citation
    )


def _inside(
    fields: Fields, model: type[Record], anchor: str, *, within: bool
) -> Iterator[tuple[str, type[Record], Fields]]:
    """The facts below a block of fields, each with its own fields."""
    for name, step, inner, is_fact, is_part in _facts_in(model):
        value = fields.get(name)
        if not value:
            continue
        many = isinstance(value, list)
        for item in value if many else (value,):
            if not isinstance(item, dict):
                continue
            key = key_of(item, inner) if many and inner.KEY else ""
            here = ".".join(filter(None, (anchor, step, key)))
            if is_fact and not (is_part and within):
                yield here, inner, _own(item, inner)
            if _facts_in(inner):
                yield from _inside(item, inner, here, within=within or is_fact)


def _own(fields: Fields, model: type[Record]) -> Fields:
    """The fields of a fact without the facts inside it that say what they say for themselves."""
    apart = {name for name, _, _, is_fact, is_part in _facts_in(model) if is_fact and not is_part}
    return {name: value for name, value in fields.items() if name not in apart} if apart else fields


def _chosen(fields: Fields, names: tuple[str, ...]) -> Fields:
    return {name: fields[name] for name in names if name in fields}


def _text(fields: Fields) -> str:
    return json.dumps(_plain(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A value as texts, lists and blocks, without what is empty."""
    if isinstance(value, str):
        return _BLANKS.sub(" ", value).strip()
    if isinstance(value, list | tuple):
        items = [_plain(item) for item in value]
        return sorted(items, key=_sorted) if items and isinstance(items[0], dict) else items
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if inner not in (None, "", [], {})}
    return _scalar(value)


def _sorted(item: Any) -> str:
    """Blocks in a list stand in no order that matters: each is known by what it holds."""
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _scalar(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _kinds() -> Mapping[str, type[Record]]:
    """Every model of a block that a sheet can hold, by its name."""
    found: dict[str, type[Record]] = {}
    waiting: list[type[Record]] = [collection.model for collection in ALL.values()]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in found:
            found[model.__name__] = model
            waiting += records_in(model).values()
    return found
