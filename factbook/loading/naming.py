"""Fields as an editor knows them: where they stand in a file, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factbook.model.nouns import a, in_sentence, one_of
from factbook.yaml_text import Path, Spot


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


def _own_name(item: Any) -> str:
    """What tells an item of a list from its neighbours."""
    field = _own_field(item)
    return str(item[field]) if field else ""


def _own_field(item: Any) -> str:
    """The field that tells an item of a list from its neighbours; empty where it has none."""
    named = ("id", "actor", "source", "text", "day", "value", "regime", "what", "code")
    return next((key for key in named if isinstance(item, dict) and isinstance(item.get(key), str)), "")
