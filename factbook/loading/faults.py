"""What a model refused, in an editor's words: pydantic's errors become problems with place and cure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from factbook.model.records import Record
from factbook.problems import CODES, Place, Problem, did_you_mean
from factbook.yaml_text import Parsed, Path, Spot

PERSONAL = (
    "birth",
    "birth_date",
    "birthdate",
    "born",
    "date_of_birth",
    "dob",
    "passport",
    "national_id",
    "id_number",
    "tax_number",
)
"""Field names that are refused for what they would hold."""


def faults(
    error: ValidationError, model: type[Record], parsed: Parsed, path: str, one: str
) -> Iterator[Problem]:
    """One problem for each thing that the model refused. `one` is the kind of sheet, as in "a measure"."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its items are there; what is wrong with each is said by itself
        yield _fault(detail, model, parsed, path, one)


def spot_of(spots: dict[Path, Spot], where: Path) -> Spot:
    """The spot of a path, or of the nearest thing around it."""
    while where and where not in spots:
        where = where[:-1]
    return spots.get(where, Spot(1, 1, 1, 1))


def name_of(where: Path, value: Any) -> str:
    """A field as the editor knows it: `threshold of "loans"`; items are named by their ids, never by position."""
    keys = [step for step in where if isinstance(step, str)]
    owner = ""
    here = value
    for step in where[:-1]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, dict) and isinstance(step, int):
            named = next(
                (
                    here[key]
                    for key in ("id", "actor", "source", "text", "day")
                    if isinstance(here.get(key), str)
                ),
                "",
            )
            owner = named or owner
    field = keys[-1] if keys else "the sheet"
    if isinstance(where[-1] if where else "", int):
        field = f"an item of {field}"
    return f'{field} of "{owner[:60]}"' if owner else field


def _fault(detail: ErrorDetails, model: type[Record], parsed: Parsed, path: str, one: str) -> Problem:
    where: Path = tuple(detail["loc"])
    kind = detail["type"]
    spot = spot_of(parsed.spots, where)
    at_key, at_value = Place(path, spot.key_line, spot.key_column), Place(path, spot.line, spot.column)
    name = name_of(where, parsed.value)
    found = detail["input"]
    shown = f'{name} is "{found[:80]}". ' if isinstance(found, str) and found else f"{name}: "
    if kind == "missing":
        owner = name_of(where[:-1], parsed.value) if len(where) > 1 else f"this {one}"
        start = spot_of(parsed.spots, where[:-1])
        return Problem(
            "missing-field",
            Place(path, start.key_line, start.key_column),
            f'"{where[-1]}" is missing in {owner}. Add it.',
        )
    if kind == "extra_forbidden":
        field = str(where[-1])
        if field.lower().replace("-", "_") in PERSONAL:
            return Problem(
                "personal-data", at_key, f'"{field}" is personal data that is not published. Remove the line.'
            )
        known = sorted(_fields(model, where[:-1]))
        owner = f"a {one}" if len(where) == 1 else name_of(where[:-1], parsed.value)
        return Problem(
            "unknown-field",
            at_key,
            f'"{field}" is not a field of {owner}.{did_you_mean(field, known) or " It has: " + ", ".join(known) + "."}',
        )
    if found == "" and kind in (
        "tuple_type",
        "model_type",
        "model_attributes_type",
        "literal_error",
        "string_type",
        "empty-value",
    ):
        return Problem("empty-value", at_key, f"{name} is empty. Fill it in, or remove the line.")
    if kind in ("tuple_type", "list_type"):
        return Problem(
            "wrong-type",
            at_value,
            f"{shown}A list belongs here: start each item on a line of its own with a dash.",
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        wanted = sorted(_fields(model, where))
        found_list = " Remove the dash." if isinstance(found, list) else ""
        return Problem(
            "wrong-type",
            at_value,
            f"{shown}A block of fields belongs here ({', '.join(wanted)}).{found_list}",
        )
    if kind == "literal_error":
        allowed = [
            word.strip("'\" ") for word in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(",")
        ]
        return Problem(
            "unknown-value",
            at_value,
            f"{shown}It is one of: {', '.join(allowed)}.{did_you_mean(str(found), allowed)}",
        )
    if kind == "too_short":
        return Problem("missing-field", at_key, f"{name} needs at least one item.")
    if kind in CODES:
        cure = detail["msg"]
        if kind == "empty-value":
            return Problem("empty-value", at_key, f"{name} is empty. {cure}")
        return Problem(kind, at_value, f"{shown}{cure}")
    return Problem("wrong-type", at_value, f"{shown}This is not what belongs here.")


def _fields(model: type[Record], where: Path) -> set[str]:
    """The YAML names of the fields of the record at a path."""
    here: Any = model
    for step in where:
        if isinstance(step, int):
            continue
        for name, info in here.model_fields.items():
            if (info.alias or name) == step:
                here = _record(info.annotation)
                break
        if here is None or not hasattr(here, "model_fields"):
            return set()
    return {info.alias or name for name, info in here.model_fields.items() if name not in ("text_line",)}


def _record(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    if get_origin(annotation) is Annotated:
        return _record(get_args(annotation)[0])
    if get_origin(annotation) is Union or get_origin(annotation) is tuple or hasattr(annotation, "__args__"):
        return next((found for part in get_args(annotation) if (found := _record(part))), None)
    return None
