"""Finds the headings of a text with their anchors, and blocks that are too large to be rendered safely."""

import re

from factbook.characters import unmarked
from factbook.frozen import frozen
from factbook.prose.lines import stretches
from factbook.prose.pieces import Cites, Fault, Link, scan
from factbook.prose.sentences import sentences


@frozen
class Section:
    """A heading and what stands under it, its subsections included."""

    level: int
    """1 to 6."""
    title: str
    """Plain words; the id of a sheet where its title would stand."""
    slug: str
    """Its anchor, e.g. "a-second-contract"; each only once in a text."""
    start_line: int
    """The line of the heading, counted from 0."""
    end_line: int
    """The line of the next heading of this level or a higher one, or the number of lines."""


_APOSTROPHES = str.maketrans("", "", "'’")
LARGEST = 8 * 1024
"""Bytes that one block of Markdown may have."""
MOST_BRACKETS = 100
"""How many `[`, and how many `<`, one block of Markdown may have besides those of links and citations."""


class Slugs:
    """Gives out anchors, each only once: "history", "history-2"."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def slug(self, title: str) -> str:
        """An anchor for a title that was not given out before."""
        base = fold(title)
        slug = base
        while slug in self.taken:
            self.taken[base] += 1
            slug = f"{base}-{self.taken[base]}"
        self.taken[slug] = 1
        return slug


def fold(title: str) -> str:
    """A title as an anchor: ASCII letters, digits and hyphens, Turkish letters by their own rules."""
    words = re.sub(r"[^a-z0-9]+", "-", unmarked(title.translate(_APOSTROPHES)))[:80]
    return (words if len(words) < 65 else words[: max(words.rfind("-", 0, 65), 40)]).strip("-")[
        :64
    ] or "section"


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order. What stands before the first heading is in none."""
    titles = {each.line: each.text for each in sentences(text) if each.kind == "heading"}
    slugs = Slugs()
    found: list[tuple[int, str, str, int]] = []
    for stretch in stretches(text):
        if stretch.kind == "heading":
            title = titles.get(stretch.line, "")
            found.append((stretch.level, title, slugs.slug(title), stretch.line))
    ends: list[int] = [len(text.splitlines())] * len(found)
    above: list[int] = []
    for index, (level, _, _, line) in enumerate(found):
        while above and found[above[-1]][0] >= level:
            ends[above.pop()] = line
        above.append(index)
    return tuple(Section(*heading, end) for heading, end in zip(found, ends, strict=True))


def oversized_blocks(text: str) -> tuple[Fault, ...]:
    """A fault for each part between empty lines that is too large for the Markdown of briefings.

    Brackets of links and citations do not count, since Markdown never sees them.
    """
    if 4 * len(text) <= LARGEST and max(text.count("["), text.count("<")) <= MOST_BRACKETS:
        return ()
    lines = text.split("\n")
    brackets = [line.count("[") for line in lines]
    for piece in scan(text).pieces:
        if isinstance(piece, Link):
            brackets[piece.place[0]] -= 2
        elif isinstance(piece, Cites):
            brackets[piece.items[0].place[0]] -= 1
    faults: list[Fault] = []
    start = 0
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        block = lines[start:number]
        size = len("\n".join(block).encode("utf-8", "replace"))
        angles = sum(each.count("<") for each in block)
        if size > LARGEST or sum(brackets[start:number]) > MOST_BRACKETS or angles > MOST_BRACKETS:
            column = len(block[0]) - len(block[0].lstrip())
            faults.append(Fault("oversized-block", " ".join(block[0][:60].split()), (start, column)))
        start = number + 1
    return tuple(faults)
