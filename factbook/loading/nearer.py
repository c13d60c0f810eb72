"""The very spot of a problem inside a text of several lines.

Folded and literal texts are joined before anybody reads them, so what finds a fault in one knows the field, and the words that
stand at the spot (`Place.near`). The file is opened again here, for faults alone, to find those words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from factbook.loading.files import SHEET_SIZE, read_text
from factbook.problems import Place, Problem

MOST = 1000
"""Spots that are looked for in one file. Nobody mends more of them at once, and a file could be made of faults alone."""


def nearer(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The problems, each at its spot where the file shows it; else at its field, as it came."""
    texts: dict[str, _Text] = {}
    tried: Counter[str] = Counter()
    for problem in problems:
        place = problem.place
        if place.near is None:
            yield problem
            continue
        if place.path not in texts:
            text = read_text(root / place.path, place.path, SHEET_SIZE)
            texts[place.path] = _Text(text if isinstance(text, str) else "")
        tried[place.path] += 1
        few = tried[place.path] <= MOST
        spot = texts[place.path].spot(place) if few else replace(place, near=None)
        yield replace(problem, place=spot)


@dataclass
class _Text:
    """A file in which spots are looked for, with what was found already."""

    text: str
    fields: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Offsets at which a field begins and ends, by the line and the column of its value."""
    found: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    """Where words stand in the field that begins at an offset."""

    def spot(self, place: Place) -> Place:
        """Where the words stand, looking from the place on; blanks and line ends count alike."""
        plain = replace(place, near=None)
        if place.near is None or not place.line:
            return plain
        words, before = place.near
        start, end = self.bounds(place.line, place.column)
        if (start, words) not in self.found:
            pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
            self.found[start, words] = [match.start() for match in pattern.finditer(self.text, start, end)]
        if before >= len(self.found[start, words]):
            return plain
        at = self.found[start, words][before]
        return Place(place.path, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))

    def bounds(self, line: int, column: int) -> tuple[int, int]:
        """Where a field's value begins, and where it ends."""
        if (line, column) not in self.fields:
            start = 0
            for _ in range(line - 1):
                start = self.text.find("\n", start) + 1
            start += column - 1
            self.fields[line, column] = start, _end(self.text, start)
        return self.fields[line, column]


def _end(text: str, start: int) -> int:
    """Where the field ends that a value starts in: before the next line that is indented as its field or less."""
    row = text.rfind("\n", 0, start) + 1
    line = _line(text, row)
    indent = len(line) - len(line.lstrip())
    least = indent if row + indent == start else indent + 1  # the value begins the line, or its field does
    at = text.find("\n", start) + 1
    while at:
        line = _line(text, at)
        if line.strip() and len(line) - len(line.lstrip()) < least:
            return at
        at = text.find("\n", at) + 1
    return len(text)


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]
