"""Where each value of a YAML text stands, to the character: what was read, and from which characters of the file.

A value that is folded, quoted or indented differs from what stands in the file; `Scalar.offset_of` leads from one to the other.
Values and their places as problems show them are `yaml_text`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from factbook.yaml_text import Path

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = " \t\n"
_LONG_ESCAPES = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True)
class Scalar:
    """One value and the stretch of the text that it was read from."""

    value: str
    style: str | None
    """`|`, `>`, `'`, `"`, or None for a plain one."""
    start: int
    end: int
    source: str
    """The whole text that it stands in."""

    def offset_of(self, position: int) -> int:
        """The offset in the text of a character of the value; for a blank, that of the next character that is none."""
        while position < len(self.value) and self.value[position] in _BLANK:
            position += 1
        return self._offsets[position]

    @cached_property
    def _offsets(self) -> list[int]:
        """For each character of the value that is no blank, its offset. Blanks are never told apart: folding makes them."""
        written = self._written()
        return [-1 if character in _BLANK else next(written, self.end) for character in self.value]

    def _written(self) -> Iterator[int]:
        """The offsets of the characters that stand for themselves, blanks left out, in order."""
        text, at, end = self.source, self.start, self.end
        if self.style in ("|", ">"):
            at = text.find("\n", at, end) + 1 or end
        elif self.style in ("'", '"'):
            at, end = at + 1, end - 1
        while at < end:
            step, counts = 1, text[at] not in _BLANK
            if self.style == "'" and text[at] == "'":
                step = 2
            elif self.style == '"' and text[at] == "\\":
                step = 2 + _LONG_ESCAPES.get(text[at + 1], 0)
                counts = text[at + 1] not in " \tn\nt"
            if counts:
                yield at
            at += step


def scalars(text: str) -> dict[Path, Scalar]:
    """Every value of a YAML text by its path. The text has been loaded before: it is well formed and plain data."""
    found: dict[Path, Scalar] = {}
    events = iter(yaml.parse(text, Loader=LOADER))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            _read(next(events), events, (), text, found)
    return found


def _read(event: Any, events: Iterator[Any], path: Path, text: str, found: dict[Path, Scalar]) -> None:
    if isinstance(event, yaml.ScalarEvent):
        style = None if event.style == "" else event.style
        first: Any = event.start_mark
        last: Any = event.end_mark
        found[path] = Scalar(str(event.value), style, first.index, last.index, text)
    elif isinstance(event, yaml.SequenceStartEvent):
        position = 0
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            _read(inner, events, (*path, position), text, found)
            position += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            _read(next(events), events, (*path, str(key.value)), text, found)
