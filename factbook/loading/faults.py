"""What a model refused, in an editor's words: pydantic's errors become problems with place and cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from factbook.loading.levels import fields_of, list_at, needed_of, only_needed, record_at, where_it_belongs
from factbook.model.nouns import a, in_sentence, one_of
from factbook.model.records import Record
from factbook.model.vocabularies import VOCABULARIES
from factbook.problems import CODES, Place, Problem, did_you_mean, nearest
from factbook.yaml_text import Parsed, Path, Spot

PERSONAL = frozenset(
    {
        *("birth", "birthday", "birthdate", "born", "bornon", "dateofbirth", "dob", "dayofbirth"),
        *("birthplace", "placeofbirth", "yearofbirth", "birthyear", "age"),
        *("passport", "passportnumber", "passportno", "nationalid", "nationalidentity", "nationalidnumber"),
        *(
            "idnumber",
            "idno",
            "identitynumber",
            "identitycard",
            "personalnumber",
            "taxnumber",
            "taxid",
            "ssn",
        ),
        *("homeaddress", "privateaddress", "telephone", "phone", "email"),
    }
)
"""Field names that are refused for what they would hold, in lower case and without marks between words."""


def faults(
    error: ValidationError, model: type[Record], parsed: Parsed, path: str, one: str
) -> Iterator[Problem]:
    """One problem for each thing that the model refused. `one` is the kind of sheet, as in "a measure"."""
    details = error.errors(include_url=False)
    misspelt = {each for detail in details if (each := _meant(detail, model))}
    for detail in details:
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its items are there; what is wrong with each is said by itself
        if detail["type"] == "missing" and tuple(detail["loc"]) in misspelt:
            continue  # it is there under another name, of which is said what it was to be
        yield _fault(detail, model, parsed, path, one)


def _meant(detail: ErrorDetails, model: type[Record]) -> Path | None:
    """The field that a misspelt one is said to be meant for."""
    where: Path = tuple(detail["loc"])
    if detail["type"] != "extra_forbidden" or where_it_belongs(model, where, ""):
        return None
    field = nearest(str(where[-1]), sorted(fields_of(model, where[:-1])))
    return (*where[:-1], field) if field else None


def spot_of(spots: Mapping[Path, Spot], where: Path) -> Spot:
    """The spot of a path, or of the nearest thing around it; the top of the file has no path."""
    while where and where not in spots:
        where = where[:-1]
    return spots[where] if where else Spot(1, 1, 1, 1)


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
        if isinstance(step, int):
            owner = _own_name(here) or owner
    if where and isinstance(where[-1], int):
        try:
            own = _own_name(here[where[-1]])
        except (KeyError, IndexError, TypeError):
            own = ""
        noun = one_of(keys[-1])
        alone = a(noun) if noun else f"an item of {keys[-1]}"
        field = f'{noun} "{own[:60]}"' if own and noun else alone
    else:
        field = in_sentence(keys[-1]) if keys else "the sheet"
    if where and (where[-1] == "id" or _own_field(here) == where[-1]):
        return field  # what it is called is what is wrong
    return f'{field} of "{owner[:60]}"' if owner else field


def explained_at(vocabulary: str | None) -> str:
    """Where the values of a closed list are explained, as a sentence with a leading space; nothing for other fields."""
    return f" What each means: handbook/fields.md#{vocabulary}." if vocabulary else ""


def _one_of_list(vocabulary: str | None) -> str:
    """The values that a missing field may have; nothing where they are too many to read, or any."""
    values = VOCABULARIES[vocabulary].values if vocabulary else {}
    return f": {', '.join(list(values)[:-1])} or {list(values)[-1]}" if 1 < len(values) <= 8 else ""


def _form(found: Any) -> str:
    return "a list" if isinstance(found, list) else "a block of fields"


def _holds(record: type[Record]) -> str:
    needed = needed_of(record)
    return f" Each item holds: {', '.join(needed)}." if needed else ""


def _own_name(item: Any) -> str:
    """What tells an item of a list from its neighbours."""
    field = _own_field(item)
    return str(item[field]) if field else ""


def _own_field(item: Any) -> str:
    """The field that tells an item of a list from its neighbours; empty where it has none."""
    named = ("id", "actor", "source", "text", "day", "value", "regime", "what", "code")
    return next((key for key in named if isinstance(item, dict) and isinstance(item.get(key), str)), "")


def _fault(detail: ErrorDetails, model: type[Record], parsed: Parsed, path: str, one: str) -> Problem:
    where: Path = tuple(detail["loc"])
    kind = detail["type"]
    spot = spot_of(parsed.spots, where)
    at_key, at_value = Place(path, spot.key_line, spot.key_column), Place(path, spot.line, spot.column)
    name = name_of(where, parsed.value)
    found = detail["input"]
    if isinstance(found, str) and found:
        shown = f'{name} is "{found[:80]}". '
    else:
        shown = f"{name} is {_form(found)}. " if isinstance(found, list | dict) else f"{name}: "
    if kind == "missing":
        owner = name_of(where[:-1], parsed.value) if len(where) > 1 else f"this {one}"
        start = spot_of(parsed.spots, where[:-1])
        return Problem(
            "missing-field",
            Place(path, start.key_line, start.key_column),
            f'"{where[-1]}" is missing in {owner}. Add it{_one_of_list(list_at(model, where))}.',
        )
    if kind == "extra_forbidden":
        field = str(where[-1])
        if re.sub("[^a-z]", "", field.lower()) in PERSONAL:
            return Problem(
                "personal-data", at_key, f'"{field}" is personal data that is not published. Remove the line.'
            )
        known = sorted(fields_of(model, where[:-1]))
        owner = f"the {one}" if len(where) == 1 else name_of(where[:-1], parsed.value)
        if elsewhere := where_it_belongs(model, where, one):
            return Problem("unknown-field", at_key, f'"{field}" {elsewhere}, not to {owner}. Move it.')
        owner = a(one) if len(where) == 1 else owner
        cure = did_you_mean(field, known) or " It has: " + ", ".join(known) + "."
        return Problem("unknown-field", at_key, f'"{field}" is not a field of {owner}.{cure}')
    if found == "" and kind in (
        "tuple_type",
        "model_type",
        "model_attributes_type",
        "literal_error",
        "string_type",
        "empty-value",
    ):
        around = record_at(model, where[:-1]) if len(where) > 1 else model
        asked = around is not None and where[-1] in needed_of(around)
        cure = "Fill it in." if asked else "Fill it in, or remove the line."
        return Problem("empty-value", at_key, f"{name} is empty. {cure}")
    if kind in ("tuple_type", "list_type"):
        record = record_at(model, where)
        if isinstance(found, str):
            only = only_needed(record) if record else None
            item = f"- {only}: {found}" if only else f"- {found}"
            show = (record is None or only) and len(found) <= 60 and "\n" not in found
            return Problem(
                "wrong-type",
                at_value,
                f"{shown}A list belongs here: start each item on a line of its own with a dash"
                + (f', as "{item}".' if show else "." if record is None else f".{_holds(record)}"),
            )
        return Problem(
            "wrong-type",
            at_value,
            f"{name} is a block of fields. A list belongs here: put a dash before its first field, and indent the others alike.",
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        wanted = ", ".join(sorted(fields_of(model, where)))
        if isinstance(found, list):
            return Problem(
                "wrong-type",
                at_value,
                f"{name} is a list. A block of fields belongs here ({wanted}). Remove the dash or the brackets.",
            )
        record = record_at(model, where)
        only = only_needed(record) if record else None
        if only and isinstance(found, str) and len(found) <= 60 and "\n" not in found:
            if isinstance(where[-1], int):  # an item of a list
                more = ", ".join(sorted(fields_of(model, where) - {only}))
                below = f" Below it may stand: {more}." if more else ""
                return Problem(
                    "wrong-type",
                    at_value,
                    f'{shown}Say what it is: write "- {only}: {found}", on a line of its own.{below}',
                )
            return Problem(
                "wrong-type",
                at_value,
                f'{shown}A block of fields belongs here ({wanted}). Write "{only}: {found}", on a line of its own further in.',
            )
        first = record.KEY[0] if record and record.KEY and isinstance(where[-1], int) else ""
        if record and first in needed_of(record) and isinstance(found, str) and len(found) <= 60:
            more = ", ".join(name for name in needed_of(record) if name != first)
            return Problem(
                "wrong-type",
                at_value,
                f'{shown}Say what it is: write "- {first}: {found}", on a line of its own, and below it {more}.',
            )
        return Problem("wrong-type", at_value, f"{shown}A block of fields belongs here ({wanted}).")
    if kind == "literal_error":
        allowed = [
            word.strip("'\" ") for word in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(",")
        ]
        return Problem(
            "unknown-value",
            at_value,
            f"{shown}It is one of: {', '.join(allowed)}."
            f"{did_you_mean(str(found), allowed) or explained_at(list_at(model, where))}",
        )
    if kind == "too_short":
        return Problem("missing-field", at_key, f"{name} needs at least one item.")
    if kind in CODES:
        cure = detail["msg"]
        if kind == "wrong-type" and isinstance(found, list | dict):
            less = "the dash or the brackets" if isinstance(found, list) else "the name of the field inside"
            return Problem("wrong-type", at_value, f"{shown}{cure} Remove {less}.")
        if kind == "empty-value" or found == "":
            return Problem("empty-value", at_key, f"{name} is empty. {cure}")
        return Problem(kind, at_value, f"{shown}{cure}")
    return Problem("wrong-type", at_value, f"{shown}This is not what belongs here.")
