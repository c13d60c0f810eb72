"""Keeps links, citations and blocks out of Markdown's and the cleaner's way: tokens stand in for them.

What is put in their place comes from `Insert`; Markdown and cleaning are left to `rendering.markdown`.
"""

import re
from dataclasses import dataclass
from hashlib import blake2s
from typing import Protocol

from markupsafe import Markup, escape

from factbook.prose import Block, Cites, Link, Slugs, Text, scan
from factbook.prose.lines import stretches


class Insert(Protocol):
    """What stands in the page for a link, a citation and a block.

    Citations and blocks are asked for once each, in reading order, so that they can be numbered.
    """

    def link(self, link: Link, /) -> Markup:
        """A link as phrasing content, e.g. `<a href="…">İsmail Demir</a>`."""
        ...

    def cites(self, cites: Cites, /) -> Markup:
        """The numbers of a citation; may hold `<details>`."""
        ...

    def block(self, block: Block, /) -> Markup:
        """A timeline, a matrix …, as flow content."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a briefing, for its list of contents."""

    level: int
    """1 to 6."""
    title: str
    """Plain text, not escaped."""
    slug: str
    """The id of the heading, as `factbook.prose.sections` gives it."""


@dataclass(frozen=True, slots=True)
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
_EMPTY_LINK = re.compile(r"<a [^>]*></a>")
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
        self.pattern = re.compile(rf"⸨{digest}(?:([0-9]+)|a|m)⸩")
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
        """Return clean HTML in which each paragraph has the element that what it holds allows."""

        def form(match: re.Match[str]) -> str:
            inside = match[1]
            held = [self.pieces[int(found[1])] for found in self.pattern.finditer(inside) if found[1]]
            if (
                len(held) == 1
                and isinstance(held[0], Block | _Fenced)
                and self.pattern.fullmatch(inside.strip())
            ):
                return f"{inside.strip()}\n"
            if any(isinstance(piece, Cites) for piece in held):
                return f'<div role="paragraph" class="fb-p">{inside}</div>\n'
            return f'<p class="fb-p fb-p--uncited">{inside}</p>\n' if mark_judgement else f"<p>{inside}</p>\n"

        return _PARAGRAPH.sub(form, clean)

    def anchors(self, clean: str) -> str:
        """Return clean HTML whose headings have ids; notes the headings."""
        slugs = Slugs()

        def anchored(match: re.Match[str]) -> str:
            level, inside = match.groups()
            slug = slugs.slug(_plain(self.pattern.sub(self.words, inside)))
            self.headings.append(Heading(int(level), _plain(self.pattern.sub(self.title, inside)), slug))
            return f'<h{level} id="{slug}">{inside}</h{level}>'

        return _HEADING.sub(anchored, clean)

    def words(self, match: re.Match[str]) -> str:
        """Return what a token in a heading adds to the anchor: the words of a link, or an id."""
        piece = self.pieces[int(match[1])] if match[1] else None
        if isinstance(piece, Link):
            return escape(piece.words or piece.target)
        return "" if match[1] else "&lt;"

    def title(self, match: re.Match[str]) -> str:
        """Return what a token in a heading adds to the list of contents: a link as it is shown."""
        piece = self.pieces[int(match[1])] if match[1] else None
        return self.html(piece) if isinstance(piece, Link) else self.words(match)

    def put_in(self, clean: str) -> str:
        """Return clean HTML with every token in its text replaced. A link ends a link that it stands in."""
        out: list[str] = []
        outer = ""
        for index, part in enumerate(_TAG.split(_DEAD_LINK.sub(r"\1", clean))):
            if index % 2:
                outer = part if part.startswith("<a ") else "" if part == "</a>" else outer
                out.append(part)
            elif "⸨" in part:
                out.append(self.pattern.sub(lambda match, outer=outer: self.replacement(match, outer), part))
            else:
                out.append(part)
        return _EMPTY_LINK.sub("", "".join(out))

    def replacement(self, match: re.Match[str], outer: str) -> str:
        """Return what stands for a token, inside the link whose tag is handed in."""
        if match[1] is None:
            return "" if "m" in match[0] else "&lt;"
        html = self.html(self.pieces[int(match[1])])
        return f"</a>{html}{outer}" if outer else html

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
