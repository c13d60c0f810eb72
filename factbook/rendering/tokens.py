"""Keeps links, citations and blocks out of Markdown's and the cleaner's way: tokens stand in for them.

What is put in their place comes from `Insert`; Markdown and cleaning are left to `rendering.markdown`.
"""

import re
from collections.abc import Callable
from hashlib import blake2s
from typing import Protocol

from markupsafe import Markup, escape

from factbook.frozen import frozen
from factbook.prose import Block, Cites, Link, Slugs, Text, scan
from factbook.prose.lines import stretches


class Insert(Protocol):
    """What stands in the page for a link, a citation and a block.

    Citations and blocks are asked for once each, in reading order, so that they can be numbered.
    """

    def link(self, link: Link, /) -> Markup:
        """A link as phrasing content, e.g. `<a href="…">Işıl Kıyıgölge</a>`."""
        ...

    def cites(self, cites: Cites, /) -> Markup:
        """The numbers of a citation, as phrasing content."""
        ...

    def block(self, block: Block, /) -> Markup:
        """A timeline, a matrix …, as flow content."""
        ...


@frozen
class Heading:
    """A heading of a briefing, for its list of contents."""

    level: int
    """1 to 6."""
    title: str
    """Plain text, not escaped."""
    slug: str
    """The id of the heading, as `factbook.prose.sections` gives it."""


@frozen
class _Fenced:
    """Fenced code of a briefing; Python-Markdown's own reading of it takes the square of its length."""

    code: str


_Piece = Link | Cites | Block | _Fenced

# Controls, halves of characters, private and forbidden characters mean nothing in a page.
_MEANINGLESS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_ANGLE = re.compile(r"<(?!https?://[^\s<>\\]+>)")
_TAG = re.compile(r"(<[^>]*>)")
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_TOKEN = re.compile(r"((?<!\s)\s+)?⸨([0-9a-f]{32})(?:([0-9]+)|[am])⸩")
"""A token with the blanks before it, its digest, and the number of the piece that it stands for."""
_PARAGRAPH = re.compile(r"<p>(.*?)</p>\n?", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


class Tokens:
    """The pieces of one text and the tokens that stand for them.

    A token holds a digest of the text that it stands in, so that no text can hold its own. Its ends are
    punctuation, as the brackets are that it stands for, so that emphasis is read as it is written.
    """

    def __init__(self, text: str, insert: Insert) -> None:
        digest = blake2s(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self.text = text
        self.insert = insert
        self.digest = digest
        self.angle = f"⸨{digest}a⸩"
        """Stands for `<`, so that Markdown finds no HTML."""
        self.margin = f"⸨{digest}m⸩"
        """Stands at the head of a line in which Markdown shall see no list and no heading."""
        self.pieces: list[_Piece] = []
        self.headings: list[Heading] = []

    def hide(self, *, fences: bool = False) -> str:
        """Return the text with a token for each piece and each `<`; with `fences` also for fenced code."""
        hidden: list[str] = []
        at = 0
        for start, end, piece in self.spans(fences=fences):
            hidden.append(self.escape(self.text[at:start]))
            token = f"⸨{self.digest}{len(self.pieces)}⸩"
            hidden.append(f"\n\n{token}\n\n" if isinstance(piece, Block) else token)
            self.pieces.append(piece)
            at = end
        hidden.append(self.escape(self.text[at:]))
        return "".join(hidden)

    def spans(self, *, fences: bool) -> list[tuple[int, int, _Piece]]:
        """Return the pieces with their offsets, in order."""
        spans: list[tuple[int, int, _Piece]] = [
            (*piece.span, piece) for piece in scan(self.text).pieces if not isinstance(piece, Text)
        ]
        if fences:
            for stretch in stretches(self.text):
                if stretch.fenced and stretch.whole and not stretch.quoted:
                    lines = self.text[stretch.start : stretch.end].split("\n")[1:-1]
                    spans.append(
                        (stretch.start, stretch.end, _Fenced("".join(f"{line}\n" for line in lines)))
                    )
            spans.sort(key=lambda span: span[0])
        return spans

    def escape(self, text: str) -> str:
        """Return text in which no raw HTML is left, nor characters that mean nothing."""
        return _ANGLE.sub(self.angle, _MEANINGLESS.sub("\ufffd", text))

    def paragraphs(self, clean: str, *, mark_judgement: bool) -> str:
        """Return clean HTML in which each paragraph has the element that what it holds allows.

        What ends in a colon leads in to a list or a table and says nothing yet: it is not marked as judgement.
        """

        def form(match: re.Match[str]) -> str:
            inside = match[1]
            tokens = list(_TOKEN.finditer(inside))
            held = [piece for token in tokens if (piece := self.piece(token)) is not None]
            if (
                held
                and isinstance(held[0], Block | _Fenced)
                and tokens[0][0].strip() == (alone := inside.strip())
            ):
                return f"{alone}\n"
            if any(isinstance(piece, Cites) for piece in held):
                return f'<p class="fb-p">{inside}</p>\n'
            leads_in = inside.rstrip().endswith(":")
            judges = mark_judgement and not leads_in
            return f'<p class="fb-p fb-p--uncited">{inside}</p>\n' if judges else f"<p>{inside}</p>\n"

        return _PARAGRAPH.sub(form, clean)

    def anchors(self, clean: str) -> str:
        """Return clean HTML whose headings have ids; notes the headings."""
        slugs = Slugs()

        def anchored(match: re.Match[str]) -> str:
            level, inside = match.groups()
            slug = slugs.slug(_plain(self.put_in(inside, self.words)))
            self.headings.append(Heading(int(level), _plain(self.put_in(inside, self.title)), slug))
            return f'<h{level} id="{slug}">{inside}</h{level}>'

        return _HEADING.sub(anchored, clean)

    def words(self, piece: _Piece) -> str:
        """Return what a piece adds to the anchor of its heading: the words of a link, or an id."""
        return escape(piece.words or piece.target) if isinstance(piece, Link) else ""

    def title(self, piece: _Piece) -> str:
        """Return what a piece adds to its heading in the list of contents: a link as it is shown."""
        return self.html(piece) if isinstance(piece, Link) else ""

    def put_in(self, clean: str, shown: Callable[[_Piece], str] | None = None) -> str:
        """Return clean HTML with every token in its text replaced. A link ends the link that it stands in."""
        shown = shown or self.html
        out: list[str] = []
        outer = ""
        for index, part in enumerate(_TAG.split(_DEAD_LINK.sub(r"\1", clean))):
            if index % 2 == 0:
                out.append(self.put_in_text(part, outer, shown) if "⸨" in part else part)
                if outer and out[-1].startswith("</a>"):
                    out[-2:] = [out[-1].removeprefix("</a>")]
            elif part == "</a>" and outer and out[-1].endswith(outer):
                out[-1] = out[-1].removesuffix(outer)
                outer = ""
            else:
                outer = part if part.startswith("<a ") else "" if part == "</a>" else outer
                out.append(part)
        return "".join(out)

    def put_in_text(self, text: str, outer: str, shown: Callable[[_Piece], str]) -> str:
        """Return text between two tags with its tokens replaced, inside the link whose tag is handed in."""

        def replacement(match: re.Match[str]) -> str:
            blanks, digest, number = match[1] or "", match[2], match[3]
            if digest != self.digest:
                return match[0]
            if number is None:
                return blanks if match[0].endswith("m⸩") else f"{blanks}&lt;"
            piece = self.pieces[int(number)]
            if isinstance(piece, Cites):
                blanks = ""  # the number of a citation stands close to what it carries
            return f"{blanks}</a>{shown(piece)}{outer}" if outer else f"{blanks}{shown(piece)}"

        return _TOKEN.sub(replacement, text)

    def piece(self, token: re.Match[str]) -> _Piece | None:
        """Return the piece that a token stands for; None if it is no token of this text, or stands for none."""
        return self.pieces[int(token[3])] if token[2] == self.digest and token[3] else None

    def html(self, piece: _Piece) -> Markup:
        """Return a piece as it is shown."""
        if isinstance(piece, Link):
            return escape(self.insert.link(piece))
        if isinstance(piece, Cites):
            return escape(self.insert.cites(piece))
        if isinstance(piece, Block):
            return escape(self.insert.block(piece))
        return Markup("<pre><code>{}</code></pre>").format(piece.code)


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704  becomes plain text at once
