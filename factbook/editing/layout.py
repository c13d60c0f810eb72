"""The one layout of a YAML text: the order of the model, two blanks a level, long texts folded, quotes where they are needed.

Comments stay with what they stand at, and no value changes: whatever is laid out is read again and compared. Values are left
alone even where they look odd; what is wrong with them is for `check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import yaml

from factbook.editing.commented import Block, Entry, Leaf, read
from factbook.editing.forms import forms_of
from factbook.editing.order import position_of
from factbook.model.records import Record
from factbook.yaml_text import parse

WIDTH = 100
"""Columns of a line, where it can be folded."""
SCHEMA = "# yaml-language-server:"
"""The line by which editors find the schema; it stays on top."""
_EMPTY = "\0"
"""An empty line of ours between fields; those inside texts are values. No text may hold this character."""
_UNSAFE_START = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?:\s|$)|---|\.\.\.")
_UNSAFE_WITHIN = re.compile(r":(?:\s|$)|\s#|[\n\t]")
_CORE_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)")


class LayoutError(Exception):
    """A text that cannot be laid out without changing what it says; it stays as it is."""


def lay_out(text: str, model: type[Record] | None) -> str:
    """The text in its one layout. It is YAML that can be read, plain data, with fields in a block. Raises LayoutError."""
    root = read(text)
    if not isinstance(root, Block):
        raise LayoutError("Only a block of fields can be laid out.")
    before = parse(text, "").value
    for careful in (False, True):
        laid = "\n".join(_Layout(careful).document(root, model)) + "\n"
        after = parse(laid, "")
        if not after.problems and after.value == before:
            return laid
    raise LayoutError("It cannot be laid out without changing what it says.")


def written(root: Block, model: type[Record] | None) -> str:
    """The text of a tree that was made or added to, in the one layout. Raises LayoutError where it would not be YAML."""
    for careful in (False, True):
        text = "\n".join(_Layout(careful).document(root, model)) + "\n"
        if not any(problem.code == "bad-yaml" for problem in parse(text, "").problems):
            return text
    raise LayoutError("It cannot be written as YAML.")


class _Layout:
    def __init__(self, careful: bool) -> None:
        self.careful = careful
        """Whether texts of several lines are written in double quotes, which can hold anything."""

    def document(self, root: Block, model: type[Record] | None) -> Iterator[str]:
        empty = started = False
        for line in (*_comments(_head(root), 0), *self.block(root, 0, model)):
            if line == _EMPTY:
                empty = started
                continue
            if empty:
                yield ""
            yield line
            empty, started = False, True

    def block(self, block: Block, indent: int, model: type[Record] | None) -> Iterator[str]:
        entries: Sequence[Entry] = block.entries
        if not block.is_list:
            entries = sorted(entries, key=lambda entry: position_of(model, entry.key or "") if model else 0)
        for position, entry in enumerate(entries):
            above = entry.above if position or indent == 0 else _stripped(entry.above)
            yield from _comments(above, indent)
            yield from self.item(entry, indent, model) if block.is_list else self.field(entry, indent, model)
        yield from _comments(block.below, indent)

    def field(self, entry: Entry, indent: int, model: type[Record] | None) -> Iterator[str]:
        form = forms_of(model).get(entry.key or "") if model else None
        name = f"{' ' * indent}{_key(entry.key or '')}:"
        beside = f"  {entry.beside}" if entry.beside else ""
        if isinstance(entry.value, Leaf):
            first, rest = self.leaf(entry.value, len(name) + 1, indent + 2)
            yield f"{name} {first}".rstrip() + beside
            yield from rest
        elif not entry.value.entries:
            yield f"{name} {'[]' if entry.value.is_list else '{}'}{beside}"
            yield from _comments(entry.value.below, indent)
        else:
            yield f"{name}{beside}"
            yield from self.block(entry.value, indent + 2, form.record if form else None)

    def item(self, entry: Entry, indent: int, model: type[Record] | None) -> Iterator[str]:
        """An item of a list, its first line behind a dash; comments that would stand between go above it."""
        dash = f"{' ' * indent}- "
        beside = f"  {entry.beside}" if entry.beside else ""
        if isinstance(entry.value, Leaf):
            first, rest = self.leaf(entry.value, indent + 2, indent + 2)
            yield f"{dash}{first}".rstrip() + beside
            yield from rest
        elif not entry.value.entries:
            yield f"{dash}{'[]' if entry.value.is_list else '{}'}{beside}"
            yield from _comments(entry.value.below, indent)
        else:
            yield from _comments([entry.beside] if entry.beside else [], indent)
            lines = list(self.block(entry.value, indent + 2, model))
            while lines[0] == _EMPTY or lines[0].lstrip().startswith("#"):
                said = lines.pop(0)
                yield said if said == _EMPTY else said[2:]
            yield dash + lines[0][indent + 2 :]
            yield from lines[1:]

    def leaf(self, leaf: Leaf, column: int, indent: int) -> tuple[str, list[str]]:
        """What stands on the line of the key, from `column` on, and the lines below it."""
        value, quoted = leaf.value, leaf.style in ("'", '"')
        if "\n" in value:
            return self.several_lines(leaf, indent)
        if not value:
            return ("''" if quoted or leaf.style else ""), []
        if self.careful and leaf.style:
            return json.dumps(value, ensure_ascii=False), []
        foldable = _is_foldable(value)
        if _is_plain(value) and not (quoted and _read_otherwise(value)):
            written = value
        elif leaf.style in ("|", ">") and foldable:
            return ">-", _folded(value, indent)
        else:
            written = "'" + value.replace("'", "''") + "'"
        if column + len(written) > WIDTH and foldable:
            lines = _folded(value, indent)
            if len(lines) > 1 or (" " in value and len(lines[0]) <= WIDTH):  # an address stays with its field
                return ">-", lines
        return written, []

    def several_lines(self, leaf: Leaf, indent: int) -> tuple[str, list[str]]:
        value = leaf.value
        core = value.rstrip("\n")
        ends = len(value) - len(core)
        lines = core.split("\n")
        first = next((line for line in lines if line.strip()), "")
        odd = any(line and not line.strip() for line in lines) or not lines[0]
        if self.careful or ends > 1 or odd or first[0] in " \t":
            return json.dumps(value, ensure_ascii=False), []
        mark = "" if ends else "-"
        if leaf.style != "|" and all(not line or _is_foldable(line) for line in lines):
            written: list[str] = []
            for position, line in enumerate(lines):
                written += [""] * bool(position) + (_folded(line, indent) if line else [])
            return f">{mark}", written
        return f"|{mark}", [f"{' ' * indent}{line}" if line else "" for line in lines]


def _head(root: Block) -> list[str]:
    """Takes what stands on top of the file from its first entry: the line of the schema, and comments before an empty line."""
    if not root.entries:
        return []
    first = min(root.entries, key=lambda entry: entry.start)
    above = _stripped(first.above)
    end = max((n for n, line in enumerate(above) if not line), default=-1)
    head, first.above = above[: end + 1], above[end + 1 :]
    schema = [line for line in first.above if line.startswith(SCHEMA)]
    first.above = [line for line in first.above if line not in schema]
    return [*schema, *head]


def _comments(lines: Sequence[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield f"{' ' * indent}{line}" if line else _EMPTY


def _stripped(lines: Sequence[str]) -> list[str]:
    """The lines without empty ones before the first."""
    start = next((n for n, line in enumerate(lines) if line), len(lines))
    return list(lines[start:])


def _key(key: str) -> str:
    return key if _is_plain(key) else "'" + key.replace("'", "''") + "'"


def _is_plain(value: str) -> bool:
    """Whether YAML reads the text as it stands, without quotes."""
    return (
        bool(value)
        and value == value.strip()
        and not _UNSAFE_START.match(value)
        and not _UNSAFE_WITHIN.search(value)
    )


def _read_otherwise(value: str) -> bool:
    """Whether another reader would take the bare text for a number, a flag or nothing, as `0010` or `NO`; dates may stand bare."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    for tag, pattern in (*resolvers.get(value[0], ()), *resolvers.get(None, ())):
        if pattern.match(value) and tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:str"):
            return True
    return _CORE_NUMBER.fullmatch(value) is not None


def _is_foldable(value: str) -> bool:
    return value == value.strip() and "\t" not in value and bool(value)


def _folded(value: str, indent: int) -> list[str]:
    """The text in lines of the width; it breaks only where one blank stands between two words, which is what folding gives back."""
    margin = " " * indent
    lines: list[str] = []
    line = ""
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", value):
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            lines.append(margin + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, margin + line]


def lay_out_page(text: str, model: type[Record] | None) -> str:
    """A page of prose with its fields laid out; what follows them stays as it is. Raises LayoutError."""
    end = text.find("\n---", 3)
    if not text.startswith("---\n") or end < 3:
        raise LayoutError('A page starts with its fields between two lines "---".')
    return f"---\n{lay_out(text[4 : end + 1], model)}{text[end + 1 :]}"
