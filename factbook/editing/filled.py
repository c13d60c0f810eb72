"""A draft that has been filled in: what explained its fields is taken away, what a person wrote stays.

A draft is known by the sentence at its head. Only lines that the draft itself printed go, and only when no blank is left; which
lines those are is asked of `draft`, so that the two cannot differ. The remarks of an import are known by their sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from factbook.editing.draft import HOW, draft
from factbook.model.collections import Collection
from factbook.model.vocabularies import Vocabulary
from factbook.yaml_text import parse

REMARK = "#>"
"""With what the remarks of an import begin: they say where a value comes from, and stay until somebody has read them."""
_HEAD = " ".join(HOW.split()[:8])
_ANY_DAY = date(2020, 1, 1)


def is_draft(text: str) -> bool:
    """Whether the explanations of a draft still stand in a text."""
    return f"# {_HEAD}" in text


def without_explanations(text: str, collection: Collection, vocabularies: Mapping[str, Vocabulary]) -> str:
    """The text without what the draft explained; as it is while a blank is left, or where the fields would change."""
    front, fence, rest = _divided(text, collection)
    given = parse(front, "").value
    if not isinstance(given, dict) or _has_blank(given):
        return text
    printed = {
        _words(line) for line in draft(collection, vocabularies, _ANY_DAY).split("\n") if _is_comment(line)
    }
    kept = [line for line in front.split("\n") if not (_is_comment(line) and _words(line) in printed)]
    shorter = "\n".join(kept)
    return shorter + fence + rest if parse(shorter, "").value == given else text


def without_remarks(text: str, collection: Collection) -> str:
    """The text without what an import remarked; as it is while a blank is left."""
    given = parse(_divided(text, collection)[0], "").value
    if not isinstance(given, dict) or _has_blank(given):
        return text
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(REMARK))


def _divided(text: str, collection: Collection) -> tuple[str, str, str]:
    """The fields, and of a page of prose the line that ends them and its text."""
    if collection.name != "briefings":
        return text, "", ""
    front, fence, rest = text.removeprefix("---\n").partition("\n---\n")
    return f"---\n{front}", fence, rest


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _words(line: str) -> str:
    """A comment without its signs and margins: a field that is put in use takes its explanation along."""
    return line.lstrip(" #").rstrip()


def _has_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_blank, value.values()))
    if isinstance(value, list):
        return any(map(_has_blank, value))
    return value is None or value == ""
