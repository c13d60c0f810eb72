"""Every reference that a file makes to a sheet, to the character: in fields, links, citations and the options of blocks.

What refers is what the catalogue follows: the marks of the models and the pieces of prose. Here it is found in the file itself,
so that it can be shown and rewritten where it stands. Which sheets exist is the catalogue's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from factbook.editing.scalars import Scalar, scalars
from factbook.frozen import frozen
from factbook.loading.loaded import LoadedSheet
from factbook.model.blocks import BLOCKS
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.values import AnchorRef, ProseMark, RefTo
from factbook.model.walking import walk
from factbook.problems import Place
from factbook.prose import Block, Cites, Link, scan
from factbook.yaml_text import Path


@frozen
class Span:
    """A stretch of a file's text."""

    start: int
    end: int


@frozen
class Reference:
    """One place that names a sheet, e.g. `[[price-cap#status|the cap]]` in the lede of another."""

    id: str
    span: Span
    """The id in the file's text."""
    what: str
    """What names it, as an editor knows it: a field, or `link`, `citation`, `block`."""
    anchor: str = ""
    anchor_span: Span | None = None
    """The anchor after the `#`, where there is one."""

    def place(self, path: str, text: str) -> Place:
        """Where it stands."""
        line = text.count("\n", 0, self.span.start)
        column = self.span.start - (text.rfind("\n", 0, self.span.start) + 1)
        return Place(path, line + 1, column + 1)


def references(sheet: LoadedSheet, text: str) -> list[Reference]:
    """The references of a sheet or page, in the order of its file. `text` is the file's text with plain line ends."""
    page = sheet.sheet
    front, offset = text, 0
    found: list[Reference] = []
    if isinstance(page, Briefing | PlainPage):
        offset = text.index("\n") + 1
        body = len(text) - len(page.text)
        front = text[offset : text.rindex("\n---", 0, body) + 1]
        found.extend(_in_prose(page.text, lambda position: body + position))
    values = scalars(front)
    for met in walk(page):
        value = values.get(met.path)
        if value is None:
            continue
        match met.mark:
            case RefTo() | AnchorRef():
                found.append(_in_field(value, met.path, offset))
            case ProseMark():
                found.extend(_in_prose(value.value, _places_of(value, offset)))
    return sorted(found, key=lambda reference: reference.span.start)


def fields(sheet: LoadedSheet, text: str) -> tuple[dict[Path, Scalar], int]:
    """The values of a file's fields by their paths, and the offset in the file from which theirs are counted."""
    if not isinstance(sheet.sheet, Briefing | PlainPage):
        return scalars(text), 0
    start = text.index("\n") + 1
    return scalars(text[start : text.rindex("\n---", 0, len(text) - len(sheet.sheet.text)) + 1]), start


def _in_field(value: Scalar, path: Path, offset: int) -> Reference:
    said = value.value.strip()
    lead = len(value.value) - len(value.value.lstrip())
    id, mark, anchor = said.partition("#")
    start = offset + value.offset_of(lead)
    name = str(next(step for step in reversed(path) if isinstance(step, str)))
    span = Span(start, start + len(id))
    if not mark:
        return Reference(id, span, name)
    return Reference(id, span, name, anchor, Span(span.end + 1, span.end + 1 + len(anchor)))


def _places_of(value: Scalar, offset: int) -> Callable[[int], int]:
    return lambda position: offset + value.offset_of(position)


def _in_prose(text: str, place_of: Callable[[int], int]) -> Iterator[Reference]:
    """The references of a prose text; `place_of` leads from its characters to the file's."""
    lead = len(text) - len(text.lstrip())

    def one(id: str, start: int, what: str) -> Reference:
        first = place_of(lead + start)
        return Reference(id, Span(first, first + len(id)), what)

    said = text[lead:]
    starts = [0, *(end.end() for end in re.finditer("\n", said))]
    for piece in scan(said).pieces:
        match piece:
            case Link(target, anchor, span=(start, _)):
                start = said.index(target, start)
                found = one(target, start, "link")
                if anchor:
                    first = place_of(lead + said.index(anchor, said.index("#", start)))
                    found = Reference(target, found.span, "link", anchor, Span(first, first + len(anchor)))
                yield found
            case Cites(items):
                for item in items:
                    line, column = item.place
                    yield one(item.source, said.index(item.source, starts[line] + column), "citation")
            case Block(name, options, span=(start, end)):
                kind = BLOCKS.get(name)
                for key, value in options:
                    if kind is None or not isinstance(kind.options.get(key), RefTo):
                        continue
                    written = re.search(rf"[ \t]{re.escape(key)}=\"?", said[start:end])
                    at = start + written.end() if written else start
                    for id in value.split(","):
                        yield one(id.strip(), said.index(id.strip(), at), "block")
                        at += len(id) + 1
