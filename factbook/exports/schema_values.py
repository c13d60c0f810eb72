"""What the schemas of all collections share: kinds of value, closed lists, and the ids that references may hold.

As the engine makes them they hold for every publication. Handed the lists and the sheets of one, they know its ids and values.

A scalar is text for the models, and what YAML 1.2 makes of it for a schema: `2020` is a number there, `2020-12` a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from babel import Locale
from pydantic import TypeAdapter, ValidationError

from factbook.exports.fields import FORMS, explained
from factbook.model.collections import ALL
from factbook.model.values import DEVICES, ID, ID_LENGTH, SCRIPT
from factbook.model.vocabularies import Value, Vocabulary

Schema: TypeAlias = dict[str, Any]
Known: TypeAlias = Mapping[str, Mapping[str, str]]
"""The sheets that there are: by collection and id, the title."""

_BOOLEAN: Schema = {"not": {"type": ["string", "number", "array", "object", "null"]}}
"""True or false, said so that a program does not offer the two wherever a text may be written."""


def shared(vocabularies: Mapping[str, Vocabulary], known: Known | None) -> Schema:
    """All that other schemas refer to."""
    return {
        "definitions": {
            **_forms(),
            **{f"list-{name}": _list(name, entry, known) for name, entry in vocabularies.items()},
            **{f"id-in-{name}": _ids([name], _with_article(ALL[name].one), known) for name in ALL},
            "id-anywhere": _ids(ALL, "a sheet", known),
            "anchor": _anchor(known),
        },
    }


def _forms() -> dict[str, Schema]:
    """The kinds of value, each with its explanation."""
    day, point, date = _dates()
    how = "Write year-month-day, as 2026-12-31; a month (2026-12) or a year (2026) will do when the day is not known"
    a_year = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999, "errorMessage": f"{how}."}
    plain = {"unknown": "Not known.", "none-set": "No end was fixed."}
    wrong_day = "A full day belongs here, as 2026-12-31."
    line = r"^\s*\S(.{0,398}\S)?\s*$"
    forms = {
        "line": _text(line, "One line of text belongs here, at most 400 characters."),
        "text": _text(r"\S", "One text belongs here."),
        "prose": _text(r"\S", "One text belongs here."),
        "id": {"anyOf": [_id_text(), _BOOLEAN]},
        "key": {"anyOf": [_id_text(), {"type": "string", "pattern": f"^{SCRIPT.pattern}$"}, _BOOLEAN]},
        "address": {
            "type": "string",
            "maxLength": 2000,
            "pattern": r'^\s*https?://(\[[0-9a-fA-F:.]+\]|[^\s<>"\\^`{|}@/?#\[\]:]+)(:[^\s<>"\\^`{|}@/?#]*)?([/?#][^\s<>"\\^`{|}]*)?\s*$',
            "errorMessage": "An address starts with https:// or http:// and holds no spaces.",
        },
        "country": enum(_countries(), "Two capital letters, as NO for Norway (ISO 3166-1)", listed=False),
        "language": {
            "anyOf": [
                enum(_languages(), "A short code, as tr for Turkish, ru-Latn (BCP 47)", listed=False),
                {
                    "type": "string",
                    "pattern": rf"^({'|'.join(_languages())})(-[A-Z][a-z]{{3}})?(-([A-Z]{{2}}|[0-9]{{3}}))?$",
                    "errorMessage": "A language is a short code, as tr for Turkish, ru-Latn for Russian in Latin letters (BCP 47).",
                },
            ]
        },
        "flag": {
            "type": ["boolean", "string"],
            "pattern": "^(true|false)$",
            "errorMessage": "Write true or false.",
        },
        "amount": {
            "type": ["string", "integer"],
            "pattern": "^[0-9]{1,18}$",
            "minimum": 0,
            "maximum": 10**18 - 1,
            "errorMessage": "Write digits only, as 10000000; the currency or unit has its own field.",
        },
        "currency": enum(
            dict(sorted(Locale("en").currencies.items())),
            "Three capital letters, as USD (ISO 4217)",
            listed=False,
        ),
        "date": {
            **a_year,
            "pattern": f"^{date}$",
        },
        "day": {
            "type": "string",
            "pattern": f"^{day}$",
            "errorMessage": wrong_day,
        },
    }
    one_date = {**a_year, "pattern": f"^{point}$"}
    for name, words in (("start", ["unknown"]), ("end", ["none-set", "unknown"])):
        forms[name] = {"anyOf": [enum({word: plain[word] for word in words}, how, listed=False), one_date]}
    return {
        **{
            name: {"description": explained(name).replace("`", ""), **schema}
            for name, schema in forms.items()
        },
        "words": {
            "description": "Words, where there is no sheet; a single small word would be an id.",
            "type": ["string", "number"],
            "pattern": r"^\s*\S.*\s*$",
            "not": {"type": ["string", "integer"], "minimum": 0, "pattern": f"^{ID.pattern}$"},
        },
    }


def _text(pattern: str, wrong: str) -> Schema:
    """A text that YAML may take for a number or a truth value."""
    return {
        "anyOf": [{"type": ["string", "number"], "pattern": pattern, "errorMessage": wrong}, _BOOLEAN],
    }


def _id_text() -> Schema:
    return {
        "type": ["string", "integer"],
        "minimum": 0,
        "maxLength": ID_LENGTH,
        "pattern": f"^{ID.pattern}$",
        "not": {"enum": sorted(DEVICES)},
        "errorMessage": "An id is made of lower-case letters a to z, digits and single hyphens.",
    }


def _dates() -> tuple[str, str, str]:
    """Patterns of a day, of a single date, and of a date or a stretch; they know how long the months are."""
    days = {"(0[13578]|1[02])": "3[01]", "(0[469]|11)": "30", "02": None}
    in_month = "|".join(
        f"{month}-(0[1-9]|[12][0-9]|{last})" if last else f"{month}-(0[1-9]|1[0-9]|2[0-8])"
        for month, last in days.items()
    )
    fourth = "(0[48]|[2468][048]|[13579][26])"
    leap = f"([0-9]{{2}}{fourth}|{fourth}00)-02-29"
    day = f"(?!0000)([0-9]{{4}}-({in_month})|{leap})"
    point = f"({day}|(?!0000)[0-9]{{4}}(-(0[1-9]|1[0-2]))?)~?"
    return day, point, rf"({point}(/({point}|\.\.))?|\.\./{point})"


def _list(name: str, vocabulary: Vocabulary, known: Known | None) -> Schema:
    """A closed list. Where it is open and the publication is not known, other ids may be its own values."""
    schema = {
        "description": vocabulary.title,
        **enum({key: _meaning(value) for key, value in vocabulary.values.items()}, f'The list "{name}" has'),
    }
    if vocabulary.open and known is None:
        return {"anyOf": [schema, {"$ref": "#/definitions/id"}]}
    return schema


def _ids(collections: Iterable[str], one: str, known: Known | None) -> Schema:
    if known is None:
        return {"$ref": "#/definitions/id"}
    ids = {id: title for name in collections for id, title in known.get(name, {}).items()}
    if not ids:
        return {"description": f"The id of {one}; there is none yet.", "not": {}}
    return {
        "description": f"The id of {one}.",
        **enum(ids, f"There is no such sheet. The id of {one} belongs here", listed=False),
    }


def _anchor(known: Known | None) -> Schema:
    inside = {
        "type": "string",
        "pattern": rf"^{ID.pattern}{'(#.*)?' if known is None else '#.*'}$",
        "errorMessage": "Write the id of a sheet, or id#anchor for one fact inside it.",
    }
    return inside if known is None else {"anyOf": [{"$ref": "#/definitions/id-anywhere"}, inside]}


def enum(values: Mapping[str, str], wrong: str, *, listed: bool = True) -> Schema:
    """One of some values, each with what it means; a value that YAML takes for a number may be that number."""
    numbers = {int(value): meaning for value, meaning in values.items() if re.fullmatch("[0-9]+", value)}
    both: list[tuple[str | int, str]] = [*values.items(), *numbers.items()]
    schema: Schema = {
        "enum": [value for value, _ in both],
        "errorMessage": f"{wrong}: {', '.join(values)}." if listed else f"{wrong}.",
    }
    if any(meaning for _, meaning in both):
        schema["enumDescriptions"] = [meaning for _, meaning in both]
    return schema


def _meaning(value: Value) -> str:
    """A value of a closed list in a sentence or two."""
    parts = [value.label]
    if value.definition:
        parts = [f"{value.label}: {value.definition}"]
    if value.not_to_be_confused_with:
        parts.append(value.not_to_be_confused_with)
    return " ".join(parts)


def _countries() -> dict[str, str]:
    return _accepted("country", Locale("en").territories)


def _languages() -> dict[str, str]:
    return _accepted("language", {c: n for c, n in Locale("en").languages.items() if "_" not in c})


def _accepted(form: str, names: Mapping[str, str]) -> dict[str, str]:
    """Those of some codes that the model takes, in order."""
    model = TypeAdapter[str](FORMS[form].type)

    def takes(code: str) -> bool:
        try:
            model.validate_python(code)
        except ValidationError:
            return False
        return True

    return {code: name for code, name in sorted(names.items()) if takes(code)}


def _with_article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
