"""What stands on which sheet of a printed page, read from the tags that Chromium writes into a PDF."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PdfReader

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@dataclass(frozen=True)
class Piece:
    """A piece of content on one sheet, e.g. a line of a heading."""

    path: tuple[tuple[str, int], ...]
    """The elements that it stands in, from the outermost: tag and a number of its own."""
    sheet: int
    """From 0."""

    def inside(self, *tags: str) -> tuple[str, int] | None:
        """The innermost element of such a tag that it stands in."""
        return next((each for each in reversed(self.path) if each[0] in tags), None)


class Paper:
    """A printed page."""

    def __init__(self, pdf: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(pdf))
        self.sheets = len(self._reader.pages)
        self.pieces = list(self._pieces())

    @cached_property
    def text(self) -> str:
        """All its text without blanks, since lines break inside an address."""
        text = "".join(sheet.extract_text() for sheet in self._reader.pages)
        return squeezed(text)

    def split(self, tag: str) -> list[str]:
        """The innermost elements of a tag that stand on more than one sheet, each told by its sheets.

        The head of a table is printed again on each of its sheets, whole, and so is not torn.
        """
        pieces: dict[tuple[str, int], list[Piece]] = {}
        for piece in self.pieces:
            if element := piece.inside(tag):
                pieces.setdefault(element, []).append(piece)
        torn = []
        for of_element in pieces.values():
            count = Counter(piece.sheet + 1 for piece in of_element)
            repeated = all(piece.inside("/TH") for piece in of_element) and len(set(count.values())) == 1
            if len(count) > 1 and not repeated:
                torn.append(f"{tag[1:]} on sheets {sorted(count)}")
        return torn

    def headings_last_on_a_sheet(self) -> list[str]:
        """Headings whose text begins on the next sheet."""
        lost = []
        for piece, following in zip(self.pieces, self.pieces[1:], strict=False):
            if piece.inside(*HEADINGS) and following.sheet > piece.sheet:
                lost.append(f"{piece.inside(*HEADINGS)} at the foot of sheet {piece.sheet + 1}")
        return lost

    def _pieces(self) -> Iterator[Piece]:
        sheet_of = {
            sheet.indirect_reference.idnum: number
            for number, sheet in enumerate(self._reader.pages)
            if sheet.indirect_reference
        }

        def walk(node: Any, path: tuple[tuple[str, int], ...], sheet: int) -> Iterator[Piece]:
            node = node.get_object() if hasattr(node, "get_object") else node
            if isinstance(node, int):
                yield Piece(path, sheet)
                return
            if isinstance(node, list):
                for child in node:
                    yield from walk(child, path, sheet)
                return
            if "/Pg" in node:
                sheet = sheet_of[node.raw_get("/Pg").idnum]
            if node.get("/Type") == "/MCR":
                yield Piece(path, sheet)
            elif node.get("/Type") != "/OBJR" and "/K" in node:
                yield from walk(node["/K"], (*path, (str(node.get("/S")), id(node))), sheet)

        return walk(self._reader.trailer["/Root"]["/StructTreeRoot"]["/K"], (), 0)


def squeezed(text: str) -> str:
    """A text without blanks and ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())
