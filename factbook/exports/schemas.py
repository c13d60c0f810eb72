"""JSON Schemas of all that editors write, for the completion, hover texts and early warnings of their programs.

One schema for each collection, one for the front matter of pages, one for the files of closed lists. What they share stands
in `values` (see `schema_values`), the only one that differs between publications. What a program cannot know from a schema
(the order of dates, links inside prose) is for `check`; `tests/test_schemas.py` lists it. Where files lie is left to callers.

Draft 7 is what the YAML server of editors knows best; `enumDescriptions`, `markdownDescription` and `errorMessage` are its own.
There are no `examples`: it would insert the first one as if it were the value, and a made-up date is the last thing that a
sheet needs; descriptions say how a value is written. Nor is there a `title`: it would head every hover text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from factbook.exports.fields import FORMS, Choice, Field, Form, fields_of, records_in, what_it_is
from factbook.exports.schema_values import Known, Schema, enum, shared
from factbook.model.briefing import PlainPage
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.records import Record
from factbook.model.sheet import Tombstone
from factbook.model.values import AnchorRef, RefTo
from factbook.model.vocabularies import VOCABULARIES, Vocabulary, VocabularyFile

SHARED = "values"
"""The schema that the others refer to."""

_HEAD = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$comment": "Made from factbook/model; to renew it, run .venv/bin/python -m tests.handbook",
}
_PLAIN = ("line", "text", "flag")
"""Kinds of value that need no word on how they are written."""


def schemas(
    vocabularies: Mapping[str, Vocabulary] = VOCABULARIES, known: Known | None = None
) -> dict[str, Schema]:
    """Every schema by the name of its file; with `known`, references are the ids that there are."""
    return {name: schema(name, vocabularies, known) for name in (*ALL, "vocabulary", SHARED)}


def schema(name: str, vocabularies: Mapping[str, Vocabulary], known: Known | None = None) -> Schema:
    """One schema, by the name of its file."""
    if name == SHARED:
        listed = shared({**VOCABULARIES, **vocabularies}, known)
        return {**_HEAD, "title": "What the other schemas share", **listed}
    if name == "briefings":
        return _page()
    return _sheet(COLLECTIONS[name].model, Tombstone) if name in COLLECTIONS else _sheet(VocabularyFile)


def as_file(schema: Schema) -> bytes:
    """A schema as it stands in its file."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode()


def _sheet(model: type[Record], withdrawn: type[Record] | None = None) -> Schema:
    """A file of one model; where there is one for what was withdrawn, the file is that when it says so, as loading has it."""
    first, *others = records_in(model)
    if withdrawn is None:
        return {
            **_HEAD,
            **_record(first),
            "definitions": {_name(record): _record(record) for record in others},
        }
    records = [first, *others, *records_in(withdrawn)]
    return {
        **_HEAD,
        **_described(what_it_is(first)),
        "type": "object",
        "if": {"required": ["withdrawn"]},
        "then": {"$ref": f"#/definitions/{_name(withdrawn)}"},
        "else": {"$ref": f"#/definitions/{_name(first)}"},
        "definitions": {_name(record): _record(record) for record in dict.fromkeys(records)},
    }


def _page() -> Schema:
    """A page is a briefing when it asks a question, as loading has it."""
    briefing = ALL["briefings"].model
    records = {record: None for model in (briefing, PlainPage) for record in records_in(model)}
    return {
        **_HEAD,
        "description": "The front matter of a page.",
        "type": "object",
        "if": {"required": ["question"]},
        "then": {"$ref": f"#/definitions/{_name(briefing)}"},
        "else": {"$ref": f"#/definitions/{_name(PlainPage)}"},
        "definitions": {_name(record): _record(record) for record in records},
    }


def _record(record: type[Record]) -> Schema:
    fields = fields_of(record)
    return {
        **_described(what_it_is(record)),
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
    return {**_described(_explained(field)), **schema}


def _explained(field: Field) -> str:
    """Meaning, how it is written, and what it means to leave it out."""
    parts = [field.meaning]
    if isinstance(field.form, str) and field.form not in _PLAIN:
        parts.append(FORMS[field.form].written)
    if field.absent:
        parts.append(f"Absent: {field.absent}")
    return " ".join(parts)


def _form(form: Form) -> Schema:
    match form:
        case str():
            return {"$ref": f"{SHARED}.json#/definitions/{form}"}
        case Choice(vocabulary=str(name), values=values) if not values or {*values} == {
            *VOCABULARIES[name].values
        }:
            return {"$ref": f"{SHARED}.json#/definitions/list-{name}"}
        case Choice():
            return enum(dict.fromkeys(form.values, ""), "Write one of")
        case RefTo(or_text=True):
            return {"anyOf": [_form(RefTo(form.collection, form.inverse)), _form("words")]}
        case RefTo(collection="*"):
            return _form("id-anywhere")
        case RefTo():
            return _form(f"id-in-{form.collection}")
        case AnchorRef():
            return _form("anchor")
    return {"$ref": f"#/definitions/{_name(form)}"}


def _described(text: str) -> Schema:
    """A description in plain text and, where it is marked up, in Markdown."""
    if "`" in text or "*" in text:
        return {"description": re.sub("[`*]", "", text), "markdownDescription": text}
    return {"description": text}


def _name(record: type[Record]) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", record.__name__).lower()
