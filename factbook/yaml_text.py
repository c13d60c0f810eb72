"""YAML as text: every scalar stays a string, and every key and value keeps its place.

YAML's own guesses (`NO` is false, `010` is eight) are never made; the model decides what a text means. Tags, anchors, aliases,
several documents and deep nesting are refused here, as are duplicate keys and characters that hide. Fields are the model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from factbook.problems import Place, Problem

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file, e.g. ("provisions", 0, "threshold")."""
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_DEPTH = 16
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field stands: its key (or its dash) and its value, lines and columns counted from one."""

    key_line: int
    key_column: int
    line: int
    column: int


@dataclass
class Parsed:
    """One YAML text: its values, the spot of each path, and what was wrong."""

    value: Value | None = None
    spots: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(text: str, path: str, *, first_line: int = 1) -> Parsed:
    """Reads one YAML document. `first_line` is the line of the file on which `text` starts (front matter)."""
    parsed = Parsed()
    reader = _Reader(path, first_line - 1, parsed)
    if hidden := _HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + first_line
        column = hidden.start() - (text.rfind("\n", 0, hidden.start()) + 1) + 1
        parsed.problems.append(
            Problem(
                "hidden-character",
                Place(path, line, column),
                f"There is an invisible character here (U+{ord(hidden[0]):04X}). Delete it and type the text again.",
            )
        )
        return parsed
    try:
        reader.read(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        parsed.problems.append(_syntax(error, text, path, first_line - 1))
    except yaml.YAMLError:
        parsed.problems.append(
            Problem(
                "bad-yaml",
                Place(path, first_line, 1),
                "This file cannot be read as YAML. Save it as plain UTF-8 text.",
            )
        )
    except _StopError:
        pass
    return parsed


class _StopError(Exception):
    """The text cannot be read any further; the reason is among the problems."""


class _Reader:
    def __init__(self, path: str, offset: int, parsed: Parsed) -> None:
        self.path = path
        self.offset = offset
        self.parsed = parsed

    def read(self, events: Iterator[Any]) -> None:
        self.events = events
        next(events)  # the stream starts
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            self.fault("bad-yaml", event, "The file is empty. Write a sheet, or delete the file.")
            return
        self.parsed.value = self.value(next(events), ())
        next(events)  # the document ends
        event = next(events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.fault(
                "yaml-feature",
                event,
                'A sheet is one document. Remove the line "---" and put the second part into a file of its own.',
            )

    def value(self, event: Any, path: Path) -> Value:
        if isinstance(event, yaml.AliasEvent):
            self.fault(
                "yaml-feature",
                event,
                f'"*{event.anchor}" is a YAML alias. Sheets do not use them: write the text again.',
            )
            return f"*{event.anchor}"
        if event.anchor is not None:
            self.fault(
                "yaml-feature",
                event,
                f'"&{event.anchor}" is a YAML anchor. Sheets do not use them: remove it, or put the text in quotes.',
            )
        if event.tag is not None and event.tag != "!":
            self.fault(
                "yaml-feature",
                event,
                f'"{event.tag}" is a YAML tag. Sheets do not use them: remove it, or put the text in quotes.',
            )
        if len(path) >= MAX_DEPTH:
            self.fault(
                "bad-yaml", event, f"This is nested more than {MAX_DEPTH} levels deep. Check the indentation."
            )
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(path)
        return self.mapping(path)

    def items(self, path: Path) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            mark = event.start_mark
            line, column = mark.line + 1 + self.offset, mark.column + 1
            self.parsed.spots[here] = Spot(line, column, line, column)
            items.append(self.value(event, here))
        return items

    def mapping(self, path: Path) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self.fault(
                    "bad-yaml", key, "A field's name is a plain word. Check the brackets and the dashes."
                )
                raise _StopError
            name = str(key.value)
            event: Any = next(self.events)
            here = (*path, name)
            at_key: Any = key.start_mark
            at_value: Any = event.start_mark
            spot = Spot(
                at_key.line + 1 + self.offset,
                at_key.column + 1,
                at_value.line + 1 + self.offset,
                at_value.column + 1,
            )
            if name in mapping:
                first = self.parsed.spots[here].key_line
                self.fault(
                    "duplicate-key",
                    key,
                    f'"{name}" stands here a second time; the first is on line {first}. Keep one of them.',
                )
                self.value(event, (*path, f"{name} (again)"))
                continue
            self.parsed.spots[here] = spot
            mapping[name] = self.value(event, here)
        return mapping

    def fault(self, code: str, event: Any, message: str) -> None:
        mark = event.start_mark
        self.parsed.problems.append(
            Problem(code, Place(self.path, mark.line + 1 + self.offset, mark.column + 1), message)
        )


_EXPLAINED = (
    (
        "cannot start any token",
        "There is a tab or a sign here that YAML does not allow at this place. Indent with blanks, and put text that starts with a special sign in quotes.",
    ),
    (
        "mapping values are not allowed",
        "There is a second colon in this line, or the line above is indented differently. Put text that holds a colon and a blank in quotes.",
    ),
    (
        "did not find expected key",
        "A field name was expected here. Check that the line is indented like its neighbours and that quotes inside quoted text are doubled.",
    ),
    (
        "could not find expected ':'",
        'This line has no colon after its field name, or the line above it is not finished. Write "name: value".',
    ),
    (
        "did not find expected '-' indicator",
        "An item of a list was expected here. Start it with a dash, indented like the others.",
    ),
    ("found unexpected end of stream", "A quotation mark that is opened here is never closed. Close it."),
    ("did not find expected ',' or", "A bracket that was opened is not closed, or a comma is missing."),
    (
        "found unknown escape character",
        "A backslash in double quotes starts a special character. Use single quotes.",
    ),
    ("found undefined tag handle", "A text that starts with an exclamation mark must stand in quotes."),
    ("found undefined alias", "A text that starts with an asterisk must stand in quotes."),
)
"""What libyaml says, and what an editor needs to hear."""


def _syntax(error: yaml.MarkedYAMLError, text: str, path: str, offset: int) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in said and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if "\t" in row[: column + 1]:
        column = row.index("\t")
        explained = "There is a tab in this line. Indent with blanks."
    else:
        explained = next(
            (sentence for words, sentence in _EXPLAINED if words in said),
            "This is not valid YAML. Check the indentation, colons and quotes of this line and the one above.",
        )
    return Problem("bad-yaml", Place(path, line + 1 + offset, column + 1), explained)
