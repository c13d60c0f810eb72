"""Writes values as YAML in the layout of our sheets, fast: plain dicts, lists and texts in, text out.

The values are the generator's own, so there is little to quote. What editors write is laid out by `factbook.editing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Value = str | Sequence["Value"] | Mapping[str, "Value"]
_PLAIN = re.compile(r"[^\W\d_][^:#\n]*[^:#\s]|\d{4}-\d\d(?:-\d\d)?|[^\W\d_]")
_SPECIAL = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n|~")
WIDTH = 100


class Folded(str):
    """Prose of one paragraph, written over several lines."""

    __slots__ = ()


class Paragraphs(str):
    """Prose of several paragraphs, blank lines between them."""

    __slots__ = ()


def sheet_text(sheet: Mapping[str, Value]) -> str:
    """The text of one sheet."""
    lines: list[str] = []
    _mapping(sheet, "", "", lines)
    return "\n".join(lines) + "\n"


def wrapped(text: str, width: int) -> list[str]:
    """The words of a text in lines of a width."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _mapping(mapping: Mapping[str, Value], first: str, rest: str, lines: list[str]) -> None:
    indent = first
    for key, value in mapping.items():
        if isinstance(value, Folded):
            lines.append(f"{indent}{key}: >-")
            lines += [f"{rest}  {line}" for line in wrapped(value, WIDTH - len(rest) - 2)]
        elif isinstance(value, Paragraphs):
            lines.append(f"{indent}{key}: |-")
            for number, paragraph in enumerate(value.split("\n\n")):
                lines += [""] if number else []
                lines += [f"{rest}  {line}" for line in wrapped(paragraph, WIDTH - len(rest) - 2)]
        elif isinstance(value, str):
            lines.append(f"{indent}{key}: {_scalar(value)}")
        elif isinstance(value, Mapping):
            lines.append(f"{indent}{key}:")
            _mapping(value, f"{rest}  ", f"{rest}  ", lines)
        else:
            lines.append(f"{indent}{key}:")
            for item in value:
                if isinstance(item, Mapping):
                    _mapping(item, f"{rest}  - ", f"{rest}    ", lines)
                else:
                    lines.append(f"{rest}  - {_scalar(str(item))}")
        indent = rest


def _scalar(text: str) -> str:
    if text in ("true", "false") or (_PLAIN.fullmatch(text) and not _SPECIAL.fullmatch(text)):
        return text
    return "'" + text.replace("'", "''") + "'"
