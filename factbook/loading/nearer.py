"""The very spot of a problem inside a text of several lines.

Folded and literal texts are joined before anybody reads them, so what finds a fault in one knows the field, and the words that
stand at the spot (`Place.near`). The file is opened again here, for faults alone, to find those words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from factbook.loading.files import SHEET_SIZE, read_text
from factbook.problems import Place, Problem


def nearer(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The problems, each at its spot where the file shows it; else at its field, as it came."""
    texts: dict[str, str] = {}
    for problem in problems:
        place = problem.place
        if place.near is None:
            yield problem
            continue
        if place.path not in texts:
            text = read_text(root / place.path, place.path, SHEET_SIZE)
            texts[place.path] = text if isinstance(text, str) else ""
        yield replace(problem, place=spot_in(texts[place.path], place))


def spot_in(text: str, place: Place) -> Place:
    """Where the words stand in a file, looking from the place on; blanks and line ends count alike."""
    plain = replace(place, near=None)
    if place.near is None or not place.line:
        return plain
    words, before = place.near
    start = 0
    for _ in range(place.line - 1):
        start = text.find("\n", start) + 1
    start += place.column - 1
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    for number, found in enumerate(pattern.finditer(text, start, _end(text, start))):
        if number == before:
            line = text.count("\n", 0, found.start()) + 1
            return Place(place.path, line, found.start() - text.rfind("\n", 0, found.start()))
    return plain


def _end(text: str, start: int) -> int:
    """Where the field ends that a value starts in: before the next line that is indented as its field or less."""
    row = text.rfind("\n", 0, start) + 1
    line = text[row:].split("\n", 1)[0]
    indent = len(line) - len(line.lstrip())
    least = indent if row + indent == start else indent + 1  # the value begins the line, or its field does
    at = text.find("\n", start) + 1
    while at:
        line = text[at:].split("\n", 1)[0]
        if line.strip() and len(line) - len(line.lstrip()) < least:
            return at
        at = text.find("\n", at) + 1
    return len(text)
