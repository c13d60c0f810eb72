"""OpenSanctions' descriptions of programmes: one YAML file a programme, with its names, who issues it and what it allows.

It is a description of a regime by somebody else; what it says of measures and territories is shown to the editor and not taken
over as a fact.
"""

from __future__ import annotations

from typing import Any

from factbook.frozen import frozen
from factbook.imports.listed import UnreadableListError
from factbook.yaml_text import parse


@frozen
class Programme:
    """One programme, e.g. `AV-TIDE`."""

    key: str
    title: str
    aliases: tuple[str, ...]
    url: str | None
    issuer: str | None
    summary: str | None
    measures: tuple[str, ...]
    territories: tuple[str, ...]
    shown: str
    """The file it was read from."""


def read_programme(text: str, shown: str) -> Programme:
    """The programme that a file describes. Raises UnreadableListError."""
    parsed = parse(text, shown)
    value: Any = parsed.value
    if parsed.problems or not isinstance(value, dict) or not _one(value, "key") or not _one(value, "title"):
        said = (
            parsed.problems[0].as_text()
            if parsed.problems
            else f"{shown}: no “key” and “title” on the top level."
        )
        raise UnreadableListError(
            f"{said}\nA description of a programme is YAML with “key”, “title” and “aliases”."
        )
    return Programme(
        _one(value, "key") or "",
        _one(value, "title") or "",
        _many(value, "aliases"),
        _one(value, "url"),
        _one(value, "issuer"),
        _one(value, "summary"),
        _many(value, "measures"),
        _many(value, "target_territories"),
        shown,
    )


def _one(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    return " ".join(found.split()) if isinstance(found, str) and found.strip() else None


def _many(value: dict[str, Any], key: str) -> tuple[str, ...]:
    found = value.get(key)
    return (
        tuple(" ".join(item.split()) for item in found if isinstance(item, str))
        if isinstance(found, list)
        else ()
    )
