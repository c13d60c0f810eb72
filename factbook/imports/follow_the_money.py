"""FollowTheMoney entities, one JSON object a line: actors, and the sanctions that point to them.

Only the properties named here are read; dates of birth, passports, tax and identity numbers, nationalities and genders are
among those that are not.
"""

from __future__ import annotations

import json
from typing import Any

from factbook.imports.listed import Listed, ListedName, Naming, UnreadableListError, cleaned, script_of

KINDS: dict[str, str | None] = {
    "Person": "person",
    "Company": "company",
    "Organization": "organisation",
    "PublicBody": "public-body",
    "LegalEntity": None,
}
"""Kinds of entity that are actors; None where the kind of actor is left open."""
THINGS = ("Vessel", "Airplane")
_NAMES = (
    ("name", "official"),
    ("alias", "alias"),
    ("weakAlias", "alias"),
    ("previousName", "former"),
    ("abbreviation", "acronym"),
)
_IDENTIFIERS = (("wikidataId", "wikidata"), ("leiCode", "lei"))


def is_follow_the_money(text: str) -> bool:
    """Whether the first line is an entity."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first.lstrip().startswith("{") and '"schema"' in first


def read_lines(text: str, shown: str, entries: dict[str, Listed]) -> None:
    """Adds the entities to the entries, by the number of the list where a sanction gives one. Raises UnreadableListError."""
    found: dict[str, Listed] = {}
    sanctions: list[dict[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        schema, id, properties = _entity(line, f"{shown}:{number}")
        if schema in KINDS or schema in THINGS:
            found[id] = _listed(schema, id, properties)
        elif schema == "Sanction":
            sanctions.append(properties)
    for properties in sanctions:
        for id in properties.get("entity", ()):
            if id in found:
                _add_naming(found[id], properties)
    for listed in found.values():
        entries[listed.number] = listed


def _entity(line: str, place: str) -> tuple[str, str, dict[str, list[str]]]:
    try:
        entity: Any = json.loads(line)
        properties = entity["properties"]
        return (
            str(entity["schema"]),
            cleaned(str(entity["id"])),
            {
                str(key): [text for value in values if (text := cleaned(str(value)))]
                for key, values in properties.items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableListError(
            f"{place}: this line is no entity. Each is one JSON object with “id”, “schema” and “properties”."
        ) from None


def _listed(schema: str, id: str, properties: dict[str, list[str]]) -> Listed:
    listed = Listed(
        id, kind=KINDS.get(schema), thing=schema.lower() if schema in THINGS else None, complete=True
    )
    seen: set[str] = set()
    for key, kind in _NAMES:
        for text in properties.get(key, ()):
            if text not in seen:
                seen.add(text)
                first = kind if kind != "official" or not listed.names else "alias"
                script = script_of(text) or ""
                listed.names.append(
                    ListedName(
                        text, "native" if first == "alias" and script not in ("Latn", "") else first, script
                    )
                )
    if schema == "Person":
        listed.role = next(iter(properties.get("position", ())), None)
    else:
        codes = properties.get("country", []) or properties.get("jurisdiction", [])
        listed.countries = {code.upper() for code in codes if len(code) == 2}
    listed.identifiers = [
        (scheme, value) for key, scheme in _IDENTIFIERS for value in properties.get(key, ())
    ]
    listed.identifiers.append(("opensanctions", id))
    return listed


def _add_naming(listed: Listed, properties: dict[str, list[str]]) -> None:
    def one(*keys: str) -> str | None:
        return next((value for key in keys for value in properties.get(key, ())), None)

    listed.number = one("authorityId", "recordId") or listed.number
    listed.namings.append(
        Naming(one("program", "programId"), one("listingDate", "startDate"), one("endDate"))
    )
