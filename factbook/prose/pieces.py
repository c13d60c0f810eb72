"""Reads links, citations and blocks out of prose, the same way in fact sheets and in briefings.

`[[id]]`, `[[id#anchor|words]]` link, `[@source, p. 3; @other]` cites, and a paragraph `::: name key=value`
puts in a named block. None of them is read inside code, or after a backslash. Whether an id exists is left to
the catalogue, HTML to rendering.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from factbook.frozen import frozen
from factbook.prose.lines import Stretch, line_bounds, stretches

Spot = tuple[int, int]
"""Line and column inside the text, both counted from 0."""


class Text(NamedTuple):
    """Prose between links, citations and blocks, as written."""

    text: str


@frozen
class Link:
    """A link to a fact sheet or a part of it, e.g. `[[isil-kiyigolge#posts|the minister]]`."""

    target: str
    anchor: str | None
    """Part of the sheet's page; None for the whole."""
    words: str | None
    """What is shown; None for the title of the sheet."""
    place: Spot
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Offsets of the link in the text."""


class Cite(NamedTuple):
    """One source inside a citation."""

    source: str
    at: str | None
    """The place in the source, as free text, e.g. "p. 3"; None when none is given."""
    place: Spot


@frozen
class Cites:
    """A citation of one source or several, e.g. `[@a; @b, art. 2]`."""

    items: tuple[Cite, ...]
    span: tuple[int, int] = field(default=(0, 0), compare=False)


@frozen
class Block:
    """A named block that the engine fills in, e.g. `::: timeline about=price-cap from=2022`."""

    name: str
    options: tuple[tuple[str, str], ...]
    """Names and values in the order written; no name twice."""
    place: Spot
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    def option(self, name: str) -> str | None:
        """The value of an option; None when it is not given."""
        return dict(self.options).get(name)


@frozen
class Fault:
    """Something that was meant as a link, a citation or a block and cannot be read as one."""

    kind: str
    """A key of `FAULTS`."""
    text: str
    """What was found, cut to one short line."""
    place: Spot

    @property
    def sentence(self) -> str:
        """What is wrong, in an editor's words."""
        return FAULTS[self.kind][0].format(self.text)

    @property
    def hint(self) -> str:
        """What would be right."""
        return FAULTS[self.kind][1]


def word_at(text: str, line: int, column: int) -> tuple[str, int]:
    """The word that starts at a spot, and how often it stands before it: the same in a text that was folded."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
    at += column
    found = re.match(r"\S+", text[at:])
    word = found[0] if found else ""
    return word, text.count(word, 0, at) if word else 0


FAULTS: dict[str, tuple[str, str]] = {
    "open-link": ('A link is opened and not closed: "{}".', "Write [[id]] or [[id|words]]."),
    "empty-id": ('A link or citation names nothing: "{}".', "Write [[id]] or [@source-id]."),
    "bad-id": (
        '"{}" cannot be an id.',
        "Ids are lower-case letters a to z, digits and single hyphens, at most 64 characters.",
    ),
    "bad-anchor": ('"{}" cannot be an anchor.', "Copy what follows the # in the address of the page."),
    "open-citation": (
        'A citation is opened and not closed: "{}".',
        "Write [@source-id] or [@source-id, p. 3].",
    ),
    "bad-block": ('A block has no name, or one that cannot be read: "{}".', "Write ::: name key=value."),
    "bad-option": (
        'An option of a block cannot be read: "{}".',
        'Write key=value, or key="value with spaces" in straight quotation marks, each key once.',
    ),
    "block-not-alone": (
        'A block stands inside a paragraph, list or quotation: "{}".',
        "Leave an empty line before it and after it, and begin it at the margin.",
    ),
    "open-fence": (
        'Code is opened and not closed: "{}".',
        "Close it with the same marks on a line of their own.",
    ),
    "bad-address": (
        '"{}" is not an address that a page of ours may lead to.',
        "Write the whole address, with http:// or https://, or link a sheet or a page of ours with [[id]].",
    ),
    "image": ('A picture cannot stand in prose: "{}".', "Leave it out, or link the page that shows it."),
    "too-deep": (
        'Lists or quotations stand inside each other more than ten deep: "{}".',
        "Say it with fewer levels.",
    ),
    "oversized-block": (
        'A paragraph, list or table is too large to be read safely: "{}".',
        "Divide it with empty lines: at most 8 KB, and at most 100 of [ and of < each.",
    ),
}

DEEPEST = 10
"""How many lists and quotations may stand inside each other."""

Piece = Text | Link | Cites | Block


@frozen
class Prose:
    """A text taken apart: putting its pieces one after the other gives the whole text."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Link))

    @property
    def citations(self) -> tuple[Cite, ...]:
        """Each source cited, in order, repeated as often as it is cited."""
        return tuple(item for piece in self.pieces if isinstance(piece, Cites) for item in piece.items)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Block))


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ANCHOR = re.compile(r"[A-Za-z0-9_]+(?:[-./:][A-Za-z0-9_]+)*")
_SOMETHING = re.compile(r"[\[>]|:::|```|~~~|^[ \t]*(?:[-+*]|[0-9]+[.)])[ \t]", re.MULTILINE)
_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|``*|\[\[*|\]\(")
"""Each form begins with one certain sign, so that the text between is passed over fast."""
_ADDRESS = re.compile(r"\]\([ \t]{0,9}<?([^\s<>()\[\]]{0,80})")
_DEFINED = re.compile(r"\[[^\[\]]*\]:[ \t]*<?([^\s<>]*)")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\(")
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_CITES = re.compile(r"\[@([^\[\]]*)\]")
_NEXT_CITE = re.compile(r";\s*(?=@)")
_BREAK = re.compile(r"\s*\n[ \t>]*")
_BLOCK = re.compile(r":::[ \t]*([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?=[ \t]|$)")
_OPTION = re.compile(r"[ \t]+([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)=(?:\"([^\"]*)\"|([^\s\"“”„]+))(?=[ \t]|$)")


@lru_cache(maxsize=1024)
def scan(text: str) -> Prose:
    """The pieces of a text and the faults in them, both in the order of the text, in linear time."""
    if not _SOMETHING.search(text):
        return Prose((Text(text),) if text else (), ())
    return _Scan(text).read()


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return len(text) <= 64 and _ID.fullmatch(text) is not None


class _Scan:
    """One reading of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line_starts = [start for start, _ in line_bounds(text)]
        self.pieces: list[Piece] = []
        self.faults: list[Fault] = []
        self.done = 0

    def read(self) -> Prose:
        for stretch in stretches(self.text):
            if stretch.depth > DEEPEST:
                self.fault("too-deep", stretch.start, stretch.start)
            elif stretch.kind == "block":
                self.read_block(stretch)
            elif stretch.kind == "code":
                if stretch.fenced and not stretch.whole:
                    self.fault("open-fence", stretch.start, stretch.start)
            elif stretch.kind == "other":
                self.read_address(_DEFINED.match(self.text, stretch.start, stretch.end))
            else:
                self.read_inline(stretch.start, stretch.end)
        if self.done < len(self.text):
            self.pieces.append(Text(self.text[self.done :]))
        return Prose(tuple(self.pieces), tuple(self.faults))

    def spot(self, offset: int) -> Spot:
        line = bisect_right(self.line_starts, offset) - 1
        return line, offset - self.line_starts[line]

    def fault(self, kind: str, offset: int, end: int) -> None:
        """Notes a fault; without an end that lies behind the offset, the rest of the line is shown."""
        if end <= offset:
            end = min(offset + 60, len(self.text))
            newline = self.text.find("\n", offset, end)
            end = newline if newline >= 0 else end
        self.faults.append(
            Fault(kind, " ".join(self.text[offset : min(end, offset + 80)].split()), self.spot(offset))
        )

    def put(self, piece: Link | Cites | Block) -> None:
        start, end = piece.span
        if self.done < start:
            self.pieces.append(Text(self.text[self.done : start]))
        self.pieces.append(piece)
        self.done = end

    def read_inline(self, start: int, end: int) -> None:
        text = self.text
        closing: dict[int, list[int]] | None = None
        at = start
        while mark := _MARK.search(text, at, end):
            at = mark.end()
            first = text[mark.start()]
            if first == "`":
                closing = closing if closing is not None else _backticks(text, start, end)
                length = at - mark.start()
                same = closing.get(length, [])
                index = bisect_left(same, at)
                at = same[index] + length if index < len(same) else at
            elif first == "]":
                self.read_address(_ADDRESS.match(text, mark.start(), end))
            elif first == "[" and at - mark.start() >= 2:
                at = self.read_link(at - 2, end)
            elif first == "[" and text.startswith("@", at, end):
                at = self.read_cites(at - 1, end)
            elif first == "[" and (image := _IMAGE.match(text, max(at - 2, start), end)):
                self.fault("image", image.start(), image.end())
                at = image.end()  # of its address there is nothing to say

    def read_address(self, match: re.Match[str] | None) -> None:
        """Notes an address that is not one of the web."""
        if match is not None and not match[1].lower().startswith(("http://", "https://")):
            self.fault("bad-address", match.start(1), match.end(1))

    def read_link(self, start: int, end: int) -> int:
        """Reads a link that begins here; returns where to read on."""
        match = _LINK.match(self.text, start, end)
        if match is None:
            self.fault("open-link", start, start)
            return start + 2
        address, _, words = _BREAK.sub(" ", match.group(1)).partition("|")
        target, mark, anchor = (part.strip() for part in address.partition("#"))
        if not target:
            self.fault("empty-id", start, match.end())
        elif not is_id(target):
            self.fault("bad-id", start, match.end())
        elif mark and not _ANCHOR.fullmatch(anchor):
            self.fault("bad-anchor", start, match.end())
        else:
            self.put(Link(target, anchor or None, words.strip() or None, self.spot(start), match.span()))
        return match.end()

    def read_cites(self, start: int, end: int) -> int:
        """Reads a citation that begins here; returns where to read on."""
        match = _CITES.match(self.text, start, end)
        if match is None:
            self.fault("open-citation", start, start)
            return start + 2
        items: list[Cite] = []
        good = True
        for offset, part in _parts(self.text, start + 1, match.end() - 1):
            source, _, at = _BREAK.sub(" ", part[1:]).partition(",")
            source = source.strip()
            if not is_id(source):
                good = False
                self.fault("bad-id" if source else "empty-id", offset, offset + len(part))
            items.append(Cite(source, at.strip() or None, self.spot(offset)))
        if good:
            self.put(Cites(tuple(items), match.span()))
        return match.end()

    def read_block(self, stretch: Stretch) -> None:
        start, end = stretch.start, stretch.end
        name = _BLOCK.match(self.text, start, end)
        if not stretch.whole:
            self.fault("block-not-alone", start, end)
            return
        if name is None:
            self.fault("bad-block", start, end)
            return
        options: dict[str, str] = {}
        at = name.end()
        last = start + len(self.text[start:end].rstrip())
        while at < last:
            option = _OPTION.match(self.text, at, end)
            if option is None or option[1] in options:
                self.fault("bad-option", at + 1, end)
                return
            options[option[1]] = option[2] if option[2] is not None else option[3]
            at = option.end()
        self.put(Block(name[1], tuple(options.items()), self.spot(start), (start, end)))


def _backticks(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for run in re.compile("`+").finditer(text, start, end):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    return runs


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The sources inside a citation, each with its offset and its `@`."""
    for between in _NEXT_CITE.finditer(text, start, end):
        yield start, text[start : between.start()]
        start = between.end()
    yield start, text[start:end]
