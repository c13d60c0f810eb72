"""The data API described for programs: JSON Schemas of its sheets, and an OpenAPI document of its addresses.

The schemas are those for editors, less what is for editors alone and with one JSON type for each kind of value: in YAML `2020` may
be a number where a date belongs, in the API it is a string.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factbook.exports.schema_values import Schema
from factbook.exports.schemas import SHARED, schema
from factbook.model.briefing import CONDITIONS
from factbook.model.collections import ALL
from factbook.model.vocabularies import Vocabulary
from factbook.rendering.edition import Site

FOR_EDITORS = ("errorMessage", "enumDescriptions", "markdownDescription", "$comment")
"""Words of schemas that only editors' programs know."""
TYPED: dict[str, Schema] = {
    "flag": {"type": "boolean"},
    "amount": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
}
"""Kinds of value that are no strings in JSON."""
_TEXT: Schema = {"description": "What the page says, in Markdown.", "type": "string"}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_FIELDS: dict[str, Schema] = {
    "id": {"type": "string", "description": "The id of the sheet, for ever its own."},
    "collection": {"type": "string", "description": "The collection that it belongs to."},
    "title": {"type": "string", "description": "Its title, as pages show it."},
    "page": {"type": "string", "description": "Its page, from the root of the site; home is empty."},
}


def api_schema(name: str, vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """The schema of a collection's sheets, or of what they share, by the name of its file."""
    found: Schema = _plain(schema(name, vocabularies))
    if name == SHARED:
        shared = found["definitions"]
        shared |= {form: {**_described(shared[form]), **typed} for form, typed in TYPED.items()}
    if name == "briefings":
        for definition in found["definitions"].values():
            if "review_by" in definition["properties"]:  # a page, and no block inside one
                definition["properties"]["text"] = _TEXT
    return found


def openapi(site: Site, version: str) -> dict[str, Any]:
    """The OpenAPI document; its addresses are from the root of the site, two folders up."""
    paths: dict[str, Any] = {}
    withdrawn = {"$ref": "#/components/schemas/withdrawn"}
    for name, collection in ALL.items():
        one = {"$ref": f"#/components/schemas/{name}"}
        paths[f"/api/v1/{name}.json"] = _get(
            f"{name}All",
            f"All sheets of the collection “{collection.many}”, in the order of ids.",
            _list_of(one),
        )
        path = f"/api/v1/{name}/{{id}}.json"
        paths[path] = _get(
            f"{name}One",
            f"The sheet of one {collection.one}, or why it was withdrawn.",
            {"anyOf": [one, withdrawn]},
            [_ID],
        )
    any_sheet = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ALL]}
    paths["/api/v1/all.json"] = _get("all", "All sheets, in the order of ids.", _list_of(any_sheet))
    paths["/api/v1/may-i.json"] = _get(
        "questions",
        "Every question “May I …?” that the measures answer, with its answers on all days. Not legal advice.",
        _QUESTIONS,
    )
    paths["/api/v1/version.json"] = _get(
        "version", "Which build this is. It changes with every build; nothing else does.", _VERSION
    )
    paths["/api/v1/answers.json"] = _get(
        "answers", "Every answer: who signed it, what it waits for, and why it is read again.", _ANSWERS
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.name}: data",
            "version": version,
            "description": site.description or site.name,
        },
        "servers": [{"url": "../.."}],
        "paths": paths,
        "components": {"schemas": {**{name: _sheet(name) for name in ALL}, "withdrawn": _WITHDRAWN}},
    }


_VERDICT: Schema = {
    "enum": ["bound", "burdened", "not-bound", "not-decided"],
    "description": "burdened: not forbidden by anything recorded here, but at a cost or under a condition. not-bound: by nothing "
    "recorded here. Neither is a permission.",
}
_ON: Schema = {"type": "string", "format": "date"}
_FACTS: Schema = {"type": "array", "items": {"type": "string", "description": "A fact, as sheet#anchor."}}
_DAYS: Schema = {
    "type": "object",
    "required": ["verdict"],
    "additionalProperties": False,
    "properties": {
        "from": {**_ON, "description": "The first of the days; left out where they have no beginning."},
        "to": {**_ON, "description": "The last of them; left out where they have no end."},
        "verdict": _VERDICT,
        "bound_by": _FACTS,
        "subject_to": _FACTS,
        "felt": _FACTS,
        "left_alone": _FACTS,
        "not_known": _FACTS,
        "last_seen": {
            "type": "string",
            "format": "date",
            "description": "When what binds, or else burdens, was last seen in force, for days after it.",
        },
    },
}
_QUESTIONS: Schema = {
    "type": "object",
    "required": ["advice", "questions"],
    "additionalProperties": False,
    "properties": {
        "advice": {"type": "string"},
        "questions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["who", "act", "whom", "page"],
                "additionalProperties": False,
                "properties": {
                    "who": {"type": "string", "description": "A value of the list bound-parties."},
                    "act": {"type": "string", "description": "A value of the list acts."},
                    "whom": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "actor": {"type": "string", "description": "The id of an actor."},
                            "group": {"type": "string", "description": "A value of the list groups."},
                        },
                    },
                    "page": {"type": "string", "description": "Its page, from the root of the site."},
                    "days": {"type": "array", "items": _DAYS},
                },
            },
        },
    },
}


_VERSION: Schema = {
    "type": "object",
    "required": ["api", "day", "sheets"],
    "additionalProperties": False,
    "properties": {
        "api": {"type": "string", "description": "The version of this API."},
        "day": {"type": "string", "format": "date", "description": "The day that states of play hold for."},
        "commit": {"type": "string", "description": "The commit it was built from, where that is known."},
        "sheets": {
            "type": "object",
            "description": "How many sheets each collection has.",
            "additionalProperties": {"type": "integer"},
        },
    },
}


_CONDITION: Schema = {
    "type": "object",
    "required": ["is", "then", "true"],
    "additionalProperties": False,
    "properties": {
        **{
            kind: {"type": "string", "description": f"The {kind} that is watched, by its id and anchor."}
            for kind in CONDITIONS
        },
        "is": {"type": "string", "description": "What has to become of it."},
        "then": {"type": "string", "description": "What would follow for the answer."},
        "true": {"type": "boolean", "description": "Whether it is so on the day of the build."},
    },
}
_ANSWERS: Schema = {
    "type": "object",
    "required": ["answers"],
    "additionalProperties": False,
    "properties": {
        "answers": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "page", "question"],
                "additionalProperties": False,
                "properties": {
                    **{name: _FIELDS[name] for name in ("id", "page")},
                    "question": {"type": "string"},
                    "signed": {
                        "type": "object",
                        "description": "Who last read the answer against the facts beneath it. Absent: it is not watched.",
                        "required": ["day", "by"],
                        "additionalProperties": False,
                        "properties": {
                            "day": {"type": "string", "format": "date"},
                            "by": {"type": "string"},
                        },
                    },
                    "waits_for": {"type": "array", "items": _CONDITION},
                    "under_rereading": {
                        "type": "object",
                        "description": "Since when and why it has to be read again. Absent: it stands as signed.",
                        "required": ["since", "because"],
                        "additionalProperties": False,
                        "properties": {
                            "since": {"type": "string", "format": "date"},
                            "because": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["day", "text", "page"],
                                    "additionalProperties": False,
                                    "properties": {
                                        "day": {"type": "string", "format": "date"},
                                        "text": {"type": "string"},
                                        "page": {
                                            "type": "string",
                                            "description": "The fact, from the root of the site.",
                                        },
                                        "then": {"type": "string"},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        }
    },
}


_WITHDRAWN: Schema = {
    "type": "object",
    "description": "What stands where a sheet was withdrawn.",
    "required": [*_FIELDS, "withdrawn"],
    "additionalProperties": False,
    "properties": {
        **_FIELDS,
        "withdrawn": {
            "type": "object",
            "required": ["day", "reason"],
            "additionalProperties": False,
            "properties": {
                "day": {"type": "string", "format": "date"},
                "reason": {"type": "string"},
                "instead": {"type": "string", "description": "The id of the sheet to read instead."},
            },
        },
    },
}


def _sheet(collection: str) -> Schema:
    return {
        "type": "object",
        "required": [*_FIELDS, "sheet"],
        "additionalProperties": False,
        "properties": {**_FIELDS, "sheet": {"$ref": f"schemas/{collection}.json"}},
    }


def _list_of(one: Schema) -> Schema:
    sheets = {"type": "array", "items": one}
    return {
        "type": "object",
        "required": ["sheets"],
        "additionalProperties": False,
        "properties": {"sheets": sheets},
    }


def _get(id: str, says: str, schema: Schema, parameters: list[Any] | None = None) -> Schema:
    answer = {"description": says, "content": {"application/json": {"schema": schema}}}
    responses = {"200": answer}
    if parameters:
        responses["404"] = {"description": "There is no such sheet."}
    return {
        "get": {
            "operationId": id,
            "summary": says,
            **({"parameters": parameters} if parameters else {}),
            "responses": responses,
        }
    }


def _plain(given: Any) -> Any:
    """A schema without what is for editors, whose texts are strings alone."""
    if isinstance(given, list):
        return [_plain(each) for each in given]
    if not isinstance(given, dict):
        return given
    found = {key: _plain(value) for key, value in given.items() if key not in FOR_EDITORS}
    if isinstance(found.get("type"), list):
        found = {key: value for key, value in found.items() if key not in ("minimum", "maximum")}
        found["type"] = "string"
    if isinstance(found.get("enum"), list):
        found["enum"] = [value for value in found["enum"] if isinstance(value, str)]
    if isinstance(found.get("anyOf"), list):  # less the flags that a text may look like in YAML
        found["anyOf"] = [each for each in found["anyOf"] if [*each] != ["not"]]
    return found


def _described(schema: Schema) -> Schema:
    return {key: schema[key] for key in ("description",) if key in schema}
