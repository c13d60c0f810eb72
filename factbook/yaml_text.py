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

from factbook.characters import code_point, hidden
from factbook.frozen import frozen
from factbook.problems import Place, Problem
from factbook.yaml_syntax import LOADER, slip

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file, e.g. ("provisions", 0, "threshold")."""
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_DEPTH = 16
_GLUED_NOTE = re.compile(r"[ \t]+#(?=[^\s#])")
"""A comment that follows something and begins with no space after its sign; rather a text with a number or a tag in it."""


@frozen
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
    reader = _Reader(path, first_line - 1, parsed, text)
    if fault := hidden_in(text, path, first_line=first_line):
        parsed.problems.append(fault)
        return parsed
    try:
        reader.read(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        parsed.value = None  # what was read until then is not the whole
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


def hidden_in(text: str, path: str, *, first_line: int = 1) -> Problem | None:
    """The first character of a text that hides or turns it, as a problem at its place. Code: hidden-character."""
    at = hidden(text)
    if at is None:
        return None
    line = text.count("\n", 0, at) + first_line
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return Problem(
        "hidden-character",
        Place(path, line, column),
        f"There is an invisible character here ({code_point(text[at])}). Delete it and type the text again.",
    )


class _StopError(Exception):
    """The text cannot be read any further; the reason is among the problems."""


class _Reader:
    def __init__(self, path: str, offset: int, parsed: Parsed, text: str) -> None:
        self.path = path
        self.rows = text.split("\n") if _GLUED_NOTE.search(text) else []
        """The lines, where in one of them a comment begins with no space after its sign."""
        self.offset = offset
        self.parsed = parsed

    def read(self, events: Iterator[Any]) -> None:
        self.events = events
        next(events)  # the stream starts
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            self.parsed.problems.append(
                Problem(
                    "bad-yaml",
                    Place(self.path, self.offset + 1, 1),
                    'There are no fields here. Write them, each as "name: value", or delete the file.',
                )
            )
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
                f'"*{event.anchor}" is a YAML alias. Sheets do not use them: write the text in full, or put it in quotes if it starts with an asterisk.',
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
            self.look(event)
            more = self.cut_off(event) if self.rows and event.style in (None, "") else ""
            return str(event.value) + more
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
                    "bad-yaml",
                    key,
                    "A field’s name is a plain word. Put a text that starts with a bracket or a brace in quotes.",
                )
                raise _StopError
            self.look(key)
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
                    f'"{name}" stands here a second time; the first is on line {first}. Keep one of them{self.or_begin(path)}.',
                )
                self.value(event, (*path, f"{name} (again)"))
                continue
            self.parsed.spots[here] = spot
            mapping[name] = self.value(event, here)
        return mapping

    @staticmethod
    def or_begin(path: Path) -> str:
        """What else may have been meant by a second field of one name."""
        return ", or begin another item of the list with a dash" if path and isinstance(path[-1], int) else ""

    def look(self, event: Any) -> None:
        """Whether a text between double quotes writes as an escape what cannot stand there as a sign."""
        if event.style == '"' and (at := hidden(event.value)) is not None:
            what = code_point(event.value[at])
            self.fault(
                "hidden-character",
                event,
                f"This text writes an invisible character ({what}) with a backslash. Take it out; a backslash alone is written twice.",
            )

    def cut_off(self, event: Any) -> str:
        """What a "#" cuts off that was meant to be read, as in `title: Winter #1 of fog`; empty where nothing is."""
        mark = event.end_mark
        row = self.rows[mark.line] if mark.line < len(self.rows) else ""
        note = _GLUED_NOTE.match(row, mark.column)
        if not note or not row[: mark.column].strip():
            return ""
        place = Place(self.path, mark.line + 1 + self.offset, note.end())
        cure = (
            f'What follows a "#" is a comment and is not read: "{row[note.end() - 1 :].rstrip()[:60]}". Put the whole text in quotes '
            'if it belongs to it; else leave a space after the "#".'
        )
        self.parsed.problems.append(Problem("bad-yaml", place, cure))
        return row[mark.column :].rstrip()

    def fault(self, code: str, event: Any, message: str) -> None:
        mark = event.start_mark
        self.parsed.problems.append(
            Problem(code, Place(self.path, mark.line + 1 + self.offset, mark.column + 1), message)
        )


def _syntax(error: yaml.MarkedYAMLError, text: str, path: str, offset: int) -> Problem:
    """Where and why the text cannot be read; lines that the sentence names are counted in the file."""
    found = slip(error, text, first_line=offset + 1)
    return Problem("bad-yaml", Place(path, found.line, found.column), found.sentence)
