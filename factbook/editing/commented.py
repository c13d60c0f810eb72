"""A YAML text as a tree that keeps its comments: each field and item with the comments above it and beside it.

YAML's own reader drops comments; here they are found between the values and given to what they stand at. Laying the tree out is
`layout`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from factbook.editing.scalars import LOADER
from factbook.frozen import frozen


@dataclass
class Leaf:
    """A single value."""

    value: str
    style: str | None = None
    """`|`, `>`, `'`, `"`, or None for a plain one."""


@dataclass
class Entry:
    """A field with its value, or an item of a list."""

    key: str | None
    """None for an item."""
    value: Node
    above: list[str] = field(default_factory=list)
    """Comments on lines of their own before it; an empty text is an empty line."""
    beside: str = ""
    """The comment at the end of its first line."""
    line: int = 0
    column: int = 0
    start: int = 0
    """Where its key or its dash stands."""


@dataclass
class Block:
    """A block of fields or a list."""

    is_list: bool
    entries: list[Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    """Comments after the last entry."""


Node: TypeAlias = "Leaf | Block"


@frozen
class _Comment:
    text: str
    line: int
    column: int
    start: int
    alone: bool


def read(text: str) -> Node | None:
    """The tree of a text that YAML can read and that is plain data; None where there is no document in it."""
    return _Reader(text).read()


def comments_of(text: str) -> list[str]:
    """The comments of such a text, in its order."""
    reader = _Reader(text)
    reader.read()
    return [comment.text for comment in reader.comments()]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.entries: list[tuple[Entry, list[Block]]] = []
        """Every entry in the order of the text, with the blocks it stands in, the outermost first."""
        self.covered: list[tuple[int, int]] = []
        """The stretches that are values, in order; a `#` inside one is no comment."""

    def read(self) -> Node | None:
        dashes = [
            token.start_mark
            for token in yaml.scan(self.text, Loader=LOADER)
            if isinstance(token, yaml.BlockEntryToken)
        ]
        self.dashes = iter(dashes)
        self.events = iter(yaml.parse(self.text, Loader=LOADER))
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                root = self.node(self.next_event(), [])
                if isinstance(root, Block):
                    self.place_comments(root)
                return root
        return None

    def node(self, event: Any, around: list[Block]) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            self.cover(event)
            return Leaf(str(event.value), event.style or None)
        block = Block(isinstance(event, yaml.SequenceStartEvent))
        inside = [*around, block]
        end = yaml.SequenceEndEvent if block.is_list else yaml.MappingEndEvent
        while not isinstance(first := self.next_event(), end):
            # An item starts at its dash; comments may stand between the two. In brackets it has none.
            mark: Any = next(self.dashes) if block.is_list and not event.flow_style else first.start_mark
            entry = Entry(None, Leaf(""), line=mark.line, column=mark.column, start=mark.index)
            self.entries.append((entry, inside))
            block.entries.append(entry)
            if block.is_list:
                entry.value = self.node(first, inside)
            else:
                entry.key = str(first.value)
                self.cover(first)
                entry.value = self.node(self.next_event(), inside)
        return block

    def next_event(self) -> Any:
        return next(self.events)

    def cover(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            header = self.text.find("\n", start, end)
            keeps = "+" in self.text[start:header] if header >= 0 else False
            start = header if header >= 0 else end
            if not keeps:
                end = start + len(self.text[start:end].rstrip("\n \t"))
        self.covered.append((start, max(start, end)))

    def place_comments(self, root: Block) -> None:
        blanks = self.blank_lines()
        following = 0
        for comment in self.comments():
            while following < len(self.entries) and self.entries[following][0].start < comment.start:
                following += 1
            before = self.entries[following - 1][0] if following else None
            if before and not comment.alone and not before.beside:
                before.beside = comment.text
                continue
            home = self.home_of(comment, following, root)
            home += ["", comment.text] if comment.line - 1 in blanks else [comment.text]
        for entry, _ in self.entries:
            if entry.line - 1 in blanks:
                entry.above.append("")

    def home_of(self, comment: _Comment, following: int, root: Block) -> list[str]:
        """Where a comment on a line of its own belongs: above what follows, or below the block that it is indented like."""
        entry, around = self.entries[following] if following < len(self.entries) else (None, [])
        column = entry.column if entry else -1
        inside = self.entries[following - 1][1] if following else []
        for block in reversed(inside):
            if (
                not any(block is other for other in around)
                and column < block.entries[0].column <= comment.column
            ):
                return block.below
        return entry.above if entry else root.below

    def comments(self) -> Iterator[_Comment]:
        start = 0
        spans = iter([*sorted(self.covered), (len(self.text) + 1, len(self.text) + 1)])
        span = next(spans)
        for number, line in enumerate(self.lines):
            at = start
            end = start + len(line)
            while at < end:
                while span[1] <= at:
                    span = next(spans)
                if span[0] <= at < span[1]:
                    at = span[1]
                    continue
                if self.text[at] == "#" and (at == start or self.text[at - 1] in " \t"):
                    said = self.text[at:end].rstrip()
                    alone = not self.text[start:at].strip()
                    yield _Comment(said, number, at - start, at, alone)
                    break
                at += 1
            start = end + 1

    def blank_lines(self) -> set[int]:
        """The empty lines that are part of no value."""
        found: set[int] = set()
        start = 0
        for number, line in enumerate(self.lines):
            if not line.strip() and not any(first < start < last for first, last in self.covered):
                found.add(number)
            start += len(line) + 1
        return found
