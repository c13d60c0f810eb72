"""Where a link stands in a sheet, in a reader's words: "Its state, seen on 19 December 2025" for `status.….observed.2025-12-19`."""

from __future__ import annotations

import re
from datetime import date

from factbook.model.spoken import day_in_words

_FIELDS = {
    "about": "What it is about",
    "affects": "Whom it affects",
    "announced-by": "Announced by this",
    "answers": "Its answer to a question",
    "by": "changed by this",
    "confused-with": "Not the same",
    "derived-from": "What it is taken from",
    "designations": "Designation",
    "imposed-by": "Who imposed it",
    "makers": "Who makes it",
    "names": "A name of it",
    "posts": "Post",
    "provisions": "Rule",
    "relations": "How they are tied",
    "rests-on": "The answer rests on this",
    "see": "See also",
    "status": "Its state",
    "threshold": "threshold",
    "under": "Legal basis",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def field_words(anchor: str) -> str:
    """An anchor as words; ids inside it are left out, save those of rules, which read as words."""
    said: list[str] = []
    before = ""
    for part in anchor.split("."):
        if before == "observed" and _DAY.fullmatch(part):
            said.append(f"seen on {day_in_words(date.fromisoformat(part))}")
        elif before == "provisions":
            said[-1] += f" “{part.replace('-', ' ')}”"
        elif part in _FIELDS:
            said.append(_FIELDS[part] if not said else _FIELDS[part][0].lower() + _FIELDS[part][1:])
        before = part
    return ", ".join(said) or anchor.replace(".", ": ").replace("-", " ")
