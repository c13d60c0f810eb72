"""Tells which lines of a text are paragraphs, headings, list items, table rows, blocks or code.

It reads lines as CommonMark and Python-Markdown agree on them, in one pass. What stands inside a line is left
to `pieces` (links, citations) and `sentences`, HTML to rendering.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from factbook.frozen import frozen

Kind = Literal["paragraph", "heading", "item", "row", "block", "code", "other"]


@frozen
class Stretch:
    """Lines that belong together, e.g. the three lines of a paragraph, without their list or quote marks."""

    kind: Kind
    """What the lines are; "other" is a rule, the second line of a table or a reference definition."""
    start: int
    """Offset of the first character of what they say."""
    end: int
    """Offset after the last."""
    line: int
    """The first line, counted from 0."""
    last_line: int
    level: int = 0
    """Of a heading, 1 to 6."""
    depth: int = 0
    """How many lists and quotations it stands in."""
    quoted: bool = False
    """True inside a block quotation."""
    whole: bool = True
    """False for a block that is no paragraph of its own and for fenced code that is never closed."""
    fenced: bool = False
    """True for code between fences, False for indented code."""


_QUOTE = re.compile(r"(?: {0,3}> ?)*")
_MARKER = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_DEFINITION = re.compile(r"\[(?!@)[^\[\]]+\]:[ \t]*\S+[ \t]*(?:[\"'(].*)?$")


@dataclass(slots=True)
class _Fence:
    mark: str
    base: int
    depth: int
    start: int
    line: int


@lru_cache(maxsize=256)
def stretches(text: str) -> tuple[Stretch, ...]:
    """The stretches of a text in order. Blank lines belong to none."""
    return tuple(_Layout(text).read())


def line_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line, without its line end."""
    start = 0
    while True:
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop
        yield start, end - 1 if text.endswith("\r", start, end) else end
        if stop < 0:
            return
        start = stop + 1


class _Layout:
    """One reading of a text, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(line_bounds(text))
        self.found: list[Stretch] = []
        self.start = self.end = self.line = self.last = 0
        self.kind: Kind | None = None
        """Kind of the stretch that the next line may continue; None when it cannot."""
        self.items: list[int] = []
        """For each open list item, the column at which what it says begins."""
        self.inner = self.open_inner = 0
        """Quotations that begin on this line inside a list item; likewise for the open stretch."""
        self.depth = 0
        self.fence: _Fence | None = None
        self.after_blank = True
        self.in_table = False

    def read(self) -> list[Stretch]:
        for number, (start, end) in enumerate(self.lines):
            self.read_line(number, start, end)
        self.close()
        if self.fence is not None:
            self.close_fence(self.fence, len(self.lines) - 1, len(self.text), whole=False)
        return self.found

    def read_line(self, number: int, start: int, end: int) -> None:
        quote = _QUOTE.match(self.text, start, end)
        first = quote.end() if quote else start
        depth = self.text.count(">", start, first)
        if self.fence is not None and self.goes_on_in_fence(self.fence, number, (start, end), first, depth):
            return
        first, column = self.indent(first, end, 0)
        if first == end:
            self.close()
            if depth:
                self.depth, self.inner = depth, 0
                self.note("other", first, end, number, number)
            self.after_blank = True
            return
        if depth > self.depth or (depth < self.depth and self.kind is None):
            self.close()
            self.items.clear()
            self.depth = depth
        if self.after_blank:
            self.leave_items(column)
        self.after_blank = False
        self.inner = 0
        self.read_content(number, first, end, column)

    def read_content(self, number: int, first: int, end: int, column: int) -> None:
        text = self.text
        rule = self.rule_start(first, end)
        margin = 0
        while True:
            base = max(margin, self.items[-1]) if self.items else margin
            if self.kind in (None, "code") and column - base >= 4:
                self.extend("code", number, first, end)
                return
            if text[first] == ">" and not self.in_table:
                self.close()
                self.inner += 1
                margin = column + 2
                first, column = self.indent(first + 1, end, column + 1)
                if first == end:
                    self.note("other", first, end, number, number)
                    return
                continue
            marker = None if first >= rule else _MARKER.match(text, first, end)
            if marker is None or self.in_table:
                break
            self.close()
            self.leave_items(column)
            mark_end = column + marker.end() - first
            first, column = self.indent(marker.end(), end, mark_end)
            if column - mark_end > 4 or first == end:
                column = mark_end + 1
            self.items.append(column)
            if first == end:
                self.note("item", first, end, number, number)
                return
        if self.kind == "code":
            self.close()
        character = text[first]
        fence = _FENCE.match(text, first, end) if character in "`~" else None
        if fence is not None:
            self.close()
            self.fence = _Fence(fence.group(), base, self.depth, first, number)
        elif self.in_table:
            underline = set(text[first:end]) <= set("|:- \t")
            self.note("other" if underline else "row", first, end, number, number)
        elif character == "#" and (heading := _HEADING.match(text, first, end)):
            self.close()
            self.leave_items(column)
            self.add_heading(number, heading.end(), end, len(heading.group()))
        elif text.startswith(":::", first):
            self.add_block(number, first, end, column)
        elif character in "=-" and self.underlines(number, first, end):
            pass
        elif first >= rule:
            self.close()
            self.note("other", first, end, number, number)
        elif character == "[" and self.kind is None and _DEFINITION.match(text, first, end):
            self.note("other", first, end, number, number)
        elif self.kind is None and self.begins_table(number, first, end):
            self.in_table = True
            self.note("row", first, end, number, number)
        else:
            self.extend("item" if self.items else "paragraph", number, first, end)

    def indent(self, first: int, end: int, column: int) -> tuple[int, int]:
        """Offset and column of the first character that is no blank."""
        text = self.text
        while first < end and text[first] in " \t":
            column += 4 - column % 4 if text[first] == "\t" else 1
            first += 1
        return first, column

    def rule_start(self, first: int, end: int) -> int:
        """Where a rule such as `***` could begin on this line at the earliest; past its end if nowhere."""
        said = self.text[first:end].rstrip()
        mark = said[-1:]
        if mark not in ("-", "*", "_") or said.count(mark) < 3 or "\t" in said or "   " in said:
            return end + 1  # with more than two blanks between, Python-Markdown sees lists
        start = first + len(said.rstrip(mark + " \t"))
        return start if self.text.count(mark, start, end) >= 3 else end + 1

    def leave_items(self, column: int) -> None:
        while self.items and column < self.items[-1]:
            self.items.pop()

    def goes_on_in_fence(
        self, fence: _Fence, number: int, bounds: tuple[int, int], first: int, depth: int
    ) -> bool:
        """Whether the line is still part of the fenced code; closes it where it ends."""
        start, end = bounds
        first, column = self.indent(first if fence.depth else start, end, 0)
        if first < end and (depth < fence.depth or column < fence.base):
            self.close_fence(fence, number - 1, start, whole=False)
            return False
        inside = self.text[first:end].strip()
        if column - fence.base < 4 and inside.startswith(fence.mark) and not inside.strip(fence.mark[0]):
            self.close_fence(fence, number, end, whole=True)
        return True

    def close_fence(self, fence: _Fence, last_line: int, end: int, *, whole: bool) -> None:
        self.note("code", fence.start, end, fence.line, last_line, whole=whole, fenced=True)
        self.fence = None
        self.after_blank = True

    def extend(self, kind: Kind, number: int, first: int, end: int) -> None:
        if self.kind is None:
            self.kind, self.start, self.line = kind, first, number
            self.open_inner = self.inner
        self.end, self.last = end, number

    def close(self) -> None:
        self.in_table = False
        if self.kind is not None:
            inner, self.inner = self.inner, self.open_inner
            self.note(self.kind, self.start, self.end, self.line, self.last)
            self.inner = inner
            self.kind = None

    def note(
        self,
        kind: Kind,
        start: int,
        end: int,
        line: int,
        last_line: int,
        *,
        level: int = 0,
        whole: bool = True,
        fenced: bool = False,
    ) -> None:
        quotes = self.depth + self.inner
        depth = len(self.items) + quotes
        self.found.append(Stretch(kind, start, end, line, last_line, level, depth, quotes > 0, whole, fenced))

    def add_heading(self, number: int, first: int, end: int, level: int) -> None:
        said = self.text[first:end].rstrip()
        bare = said.rstrip("#")
        if bare != said and bare[-1:] in ("", " ", "\t"):
            said = bare.rstrip()
        start = first + len(said) - len(said.lstrip())
        self.note("heading", start, first + max(len(said), start - first), number, number, level=level)

    def add_block(self, number: int, first: int, end: int, column: int) -> None:
        before = self.kind is None and not self.items and self.depth == 0 and column < 4
        after = True
        if number + 1 < len(self.lines):
            start, stop = self.lines[number + 1]
            following = self.text[start:stop].strip()
            after = not following or following.startswith(("#", ":::", "```", "~~~"))
        self.close()
        self.note("block", first, end, number, number, whole=before and after)

    def underlines(self, number: int, first: int, end: int) -> bool:
        """Whether the line makes a heading of the one line before it."""
        mark = self.text[first:end].rstrip()
        if self.kind != "paragraph" or self.line != self.last or mark.strip(mark[0]):
            return False
        start, stop, line = self.start, self.end, self.line
        self.kind = None
        said = self.text[start:stop].rstrip()
        self.note("heading", start, start + len(said), line, number, level=1 if mark[0] == "=" else 2)
        return True

    def begins_table(self, number: int, first: int, end: int) -> bool:
        if self.text.find("|", first, end) < 0 or number + 1 >= len(self.lines):
            return False
        start, stop = self.lines[number + 1]
        following = set(self.text[start:stop])
        return "|" in following and "-" in following and following <= set("|:->\t ")
