"""JSON Schemas of all that editors write, for the completion, hover texts and early warnings of their programs.

One schema for each collection, one for the front matter of pages, one for the files of closed lists; what they share stands
in `values`: kinds of value, closed lists, ids. As `schemas()` alone makes them they hold for every publication; handed the
lists and sheets of one, only `values` differs, and knows which ids there are. What a program cannot know from a schema
(the order of dates, links inside prose) is for `check`; `tests/test_schemas.py` lists it. Where files lie is left to callers.

A scalar is text for the models, and what YAML 1.2 makes of it for a schema: `2020` is a number there, `2020-12` a text.
Draft 7 is what the YAML server of editors knows best; `enumDescriptions`, `markdownDescription` and `errorMessage` are its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from babel import Locale
from pydantic import TypeAdapter, ValidationError

from factbook.exports.fields import FORMS, Choice, Field, Form, explained, fields_of, records_in
from factbook.model.briefing import PlainPage
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.records import Record
from factbook.model.values import DEVICES, ID, ID_LENGTH, AnchorRef, RefTo
from factbook.model.vocabularies import VOCABULARIES, Value, Vocabulary, VocabularyFile

Schema: TypeAlias = dict[str, Any]
Known: TypeAlias = Mapping[str, Mapping[str, str]]
"""The sheets that there are: by collection and id, the title."""

SHARED = "values"
"""The schema that the others refer to; the only one that differs between publications."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_MADE = "Made from factbook/model; to renew it, run .venv/bin/python -m tests.handbook"
_BOOLEAN: Schema = {"not": {"type": ["string", "number", "array", "object", "null"]}}
"""True or false, said so that a program does not offer the two wherever a text may be written."""


def schemas(
    vocabularies: Mapping[str, Vocabulary] = VOCABULARIES, known: Known | None = None
) -> dict[str, Schema]:
    """Every schema by the name of its file; with `known`, references are the ids that there are."""
    made = {name: _sheet(collection.model, collection.one) for name, collection in COLLECTIONS.items()}
    made["briefings"] = _page()
    made["vocabulary"] = _sheet(VocabularyFile, "closed list")
    made[SHARED] = {
        "$schema": _DRAFT,
        "$comment": _MADE,
        "title": "What the other schemas share",
        "definitions": {
            **_forms(),
            **{f"list-{name}": _list(name, entry, known) for name, entry in vocabularies.items()},
            **{f"id-in-{name}": _ids([name], f"{_a(ALL[name].one)}", known) for name in ALL},
            "id-anywhere": _ids(ALL, "a sheet", known),
            "anchor": _anchor(known),
        },
    }
    return made


def as_file(schema: Schema) -> bytes:
    """A schema as it stands in its file."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode()


def _sheet(model: type[Record], one: str) -> Schema:
    first, *others = records_in(model)
    return {
        "$schema": _DRAFT,
        "$comment": _MADE,
        "title": _a(one).capitalize(),
        **_record(first),
        "definitions": {_name(record): _record(record) for record in others},
    }


def _page() -> Schema:
    """A page is a briefing when it asks a question, as loading has it."""
    briefing = ALL["briefings"].model
    records = {record: None for model in (briefing, PlainPage) for record in records_in(model)}
    return {
        "$schema": _DRAFT,
        "$comment": _MADE,
        "title": "The front matter of a page",
        "type": "object",
        "if": {"required": ["question"]},
        "then": {"$ref": f"#/definitions/{_name(briefing)}"},
        "else": {"$ref": f"#/definitions/{_name(PlainPage)}"},
        "definitions": {_name(record): _record(record) for record in records},
    }


def _record(record: type[Record]) -> Schema:
    fields = fields_of(record)
    return {
        **_described(" ".join((record.__doc__ or "").split())),
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: _field(field) for field in fields},
    }


def _field(field: Field) -> Schema:
    schema = _form(field.form)
    if field.many:
        schema = {
            "type": "array",
            "items": schema,
            "errorMessage": "A list belongs here: start each item on a line of its own with a dash.",
        }
        if field.least:
            schema["minItems"] = field.least
    if field.default:
        schema["default"] = json.loads(field.default) if field.form == "flag" else field.default
    return {**_described(field.description), **schema}


def _form(form: Form) -> Schema:
    match form:
        case str():
            return {"$ref": f"{SHARED}.json#/definitions/{form}"}
        case Choice(vocabulary=str(name), values=values) if not values or {*values} == {
            *VOCABULARIES[name].values
        }:
            return {"$ref": f"{SHARED}.json#/definitions/list-{name}"}
        case Choice():
            return _enum(dict.fromkeys(form.values, ""), "Write one of")
        case RefTo(or_text=True):
            return {"anyOf": [_form(RefTo(form.collection, form.inverse)), _form("words")]}
        case RefTo(collection="*"):
            return _form("id-anywhere")
        case RefTo():
            return _form(f"id-in-{form.collection}")
        case AnchorRef():
            return _form("anchor")
    return {"$ref": f"#/definitions/{_name(form)}"}


def _forms() -> dict[str, Schema]:
    """The kinds of value, each with its explanation."""
    day, point, date = _dates()
    how = "Write year-month-day, as 2026-12-31; a month (2026-12) or a year (2026) will do when the day is not known."
    a_year = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999, "errorMessage": how}
    plain = {"unknown": "Not known.", "none-set": "No end was fixed."}
    wrong_day = "A full day belongs here, as 2026-12-31."
    line = r"^\s*\S(.{0,398}\S)?\s*$"
    forms = {
        "line": _text(line, "One line of text belongs here, at most 400 characters."),
        "text": _text(r"\S", "One text belongs here."),
        "prose": _text(r"\S", "One text belongs here."),
        "id": {"anyOf": [_id_text(), _BOOLEAN]},
        "address": {
            "type": "string",
            "maxLength": 2000,
            "pattern": r'^\s*https?://(\[[0-9a-fA-F:.]+\]|[^\s<>"\\^`{|}@/?#\[\]:]+)(:[^\s<>"\\^`{|}@/?#]*)?([/?#][^\s<>"\\^`{|}]*)?\s*$',
            "errorMessage": "An address starts with https:// or http:// and holds no blanks.",
        },
        "country": _enum(_countries(), "Two capital letters, as NO for Norway (ISO 3166-1)", listed=False),
        "language": {
            "anyOf": [
                _enum(_languages(), "A short code, as tr for Turkish, ru-Latn (BCP 47)", listed=False),
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
            "examples": [10000000],
        },
        "currency": _enum(
            dict(sorted(Locale("en").currencies.items())),
            "Three capital letters, as USD (ISO 4217)",
            listed=False,
        ),
        "date": {
            **a_year,
            "pattern": f"^{date}$",
            "examples": ["2026-12-31", "2026-12", "2026-12~", "2026-12-01/2026-12-31"],
        },
        "day": {
            "type": "string",
            "pattern": f"^{day}$",
            "errorMessage": wrong_day,
            "examples": ["2026-12-31"],
        },
    }
    one_date = {**a_year, "pattern": f"^{point}$", "examples": ["2026-12-31", "2026-12", "2026-12~"]}
    for name, words in (("start", ["unknown"]), ("end", ["none-set", "unknown"])):
        forms[name] = {"anyOf": [_enum({word: plain[word] for word in words}, how), one_date]}
    return {
        **{name: {**_described(explained(name)), **schema} for name, schema in forms.items()},
        "words": {
            "description": "Words, where there is no sheet; a single small word would be an id.",
            "allOf": [
                {"type": "string", "pattern": r"^\s*\S.*\s*$"},
                {"not": {"pattern": f"^{ID.pattern}$"}},
            ],
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
        **_enum({key: _meaning(value) for key, value in vocabulary.values.items()}, f'The list "{name}" has'),
    }
    if vocabulary.open and known is None:
        return {"anyOf": [schema, {**_form("id"), "description": "A value that the publication adds."}]}
    return schema


def _ids(collections: Iterable[str], one: str, known: Known | None) -> Schema:
    if known is None:
        return {**_form("id"), "description": f"The id of {one}."}
    ids = {id: title for name in collections for id, title in known.get(name, {}).items()}
    if not ids:
        return {"description": f"The id of {one}; there is none yet.", "not": {}}
    return {
        "description": f"The id of {one}.",
        **_enum(ids, f"There is no such sheet. The id of {one} belongs here", listed=False),
    }


def _anchor(known: Known | None) -> Schema:
    inside = {
        "type": "string",
        "pattern": rf"^{ID.pattern}{'(#.*)?' if known is None else '#.*'}$",
        "errorMessage": "Write the id of a sheet, or id#anchor for one fact inside it.",
    }
    return inside if known is None else {"anyOf": [_form("id-anywhere"), inside]}


def _enum(values: Mapping[str, str], wrong: str, *, listed: bool = True) -> Schema:
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
    model = TypeAdapter[str](FORMS[form])

    def takes(code: str) -> bool:
        try:
            model.validate_python(code)
        except ValidationError:
            return False
        return True

    return {code: name for code, name in sorted(names.items()) if takes(code)}


def _described(text: str) -> Schema:
    """A description in plain text and, where it is marked up, in Markdown."""
    if "`" in text or "*" in text:
        return {"description": re.sub("[`*]", "", text), "markdownDescription": text}
    return {"description": text}


def _name(record: type[Record]) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", record.__name__).lower()


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
