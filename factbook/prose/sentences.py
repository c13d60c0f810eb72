"""Takes the sentences out of prose as plain text, each with its links and whether it cites.

"Mentioned in" shows them, and the rule about assertions without a citation reads them. Which words assert
something is the publication's list; the titles of linked sheets come from whoever knows them.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import Literal, NamedTuple

from factbook.prose.lines import Stretch, stretches
from factbook.prose.pieces import Block, Cite, Cites, Link, Text, scan

SentenceKind = Literal["sentence", "heading", "item", "cell"]


class Sentence(NamedTuple):
    """One sentence of prose, a heading, or one row of a table, without its marks and citations."""

    parts: tuple[str | Link, ...]
    """What it says. A link stands for its words, or for the title of its sheet when it has none."""
    line: int
    """The line on which it begins, counted from 0."""
    citations: tuple[Cite, ...]
    paragraph: int
    """The paragraph, heading, list item or table row that it belongs to, counted from 0 through the text."""
    kind: SentenceKind
    """"item" for a sentence of a list item, "cell" for a row of a table."""
    quoted: bool = False
    """True inside a block quotation."""

    @property
    def cited(self) -> bool:
        """Whether it holds a citation, or is followed by one at once."""
        return bool(self.citations)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in it, in order."""
        return tuple(part for part in self.parts if isinstance(part, Link))

    @property
    def text(self) -> str:
        """The sentence with ids where the titles of sheets would stand."""
        return self.with_titles(lambda target: target)

    def with_titles(self, title_of: Callable[[str], str]) -> str:
        """The sentence, with the title of its sheet for each link without words."""
        return "".join(
            part if isinstance(part, str) else part.words or title_of(part.target) for part in self.parts
        )


_LINK_SIGN, _CITES_SIGN = "\ue000", "\ue001"
_SIGN = re.compile(f"[{_LINK_SIGN}{_CITES_SIGN}]")
_BEFORE_CITES = re.compile(rf"\s*{_CITES_SIGN}")
_AT_LINKS = re.compile(f"({_LINK_SIGN})")
_SIGNS = str.maketrans({_LINK_SIGN: "\ufffd", _CITES_SIGN: "\ufffd"})
_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|!?\[(?P<words>[^\[\]]*)\]\([^()\n\ue000\ue001]*\)"
    r"|<(?P<address>https?://[^\s<>]*)>"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<stars>\*+|~~)"
    r"|(?P<line>[ \t]*\n[ \t]*(?:>[ \t]?)*)"
    r"|(?P<bar>_+)"
)
_BEGINS = re.compile(r"[\\`!\[<&*~_\n]")
"""What each of these begins with; a line's end has blanks before it."""
_STOP = re.compile(
    rf"[.!?…؟。](?:(?<=[.!?…])(?<![.!?…]{{2}})[.!?…]*[\"'”’»)\]]*(?:\s*{_CITES_SIGN})*(?=\s|$)"
    rf"|(?<=[؟。])[؟。]*(?:\s*{_CITES_SIGN})*)"
)
"""Begins with its signs, so that the text between is passed over fast."""
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«]{1,24}$")
_NEXT_WORD = re.compile(r"\s*[(\[\"'“‘«]*(\w*)")


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_ABBREVIATIONS = _words(
    """
    adm. approx. ca. capt. cf. co. col. corp. dept. dr. e.g. e.o. ed. eds. est. etc. gen. gov. hon. i.e. inc.
    jr. lt. ltd. maj. mr. mrs. ms. prof. rep. rev. sen. sgt. sr. st. v. viz. vs.
    jan. feb. apr. aug. sept. sep. oct. nov. dec.
    """
)
_BEFORE_A_NUMBER = _words(
    """
    art. arts. c. ch. chap. cl. fig. fn. no. nos. p. para. paras. pp. pt. reg. s. sec. secs. ss. tbl. vol.
    """
)
_MAY_END = _words("co. corp. etc. inc. jr. ltd.")
"""Abbreviations after which a sentence may end all the same."""
_OPENERS = _words(
    """
    A After An And As At Before But By For From He If In It Its No Not On She Since That The Their There These
    They This Those Under Until We What When While With
    """
)
"""Words that begin a sentence and seldom a name."""


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order. Code, blocks and reference definitions have none."""
    prose = scan(text)
    placed = _placed(prose.pieces)
    found: list[Sentence] = []
    at = paragraph = 0
    for stretch in stretches(text):
        while at < len(placed) and placed[at].span[0] < stretch.start:
            at += 1
        if stretch.kind in ("code", "other", "block"):
            continue
        first = at
        while at < len(placed) and placed[at].span[0] < stretch.end:
            at += 1
        plain = _Plain(text, stretch, placed[first:at])
        found.extend(plain.sentences(paragraph))
        paragraph += 1
    return tuple(found)


def _placed(pieces: Sequence[Text | Link | Cites | Block]) -> list[Link | Cites]:
    return [piece for piece in pieces if isinstance(piece, Link | Cites)]


class _Plain:
    """A stretch as plain text in which one sign stands for each link and each citation."""

    def __init__(self, text: str, stretch: Stretch, pieces: Sequence[Link | Cites]) -> None:
        self.stretch = stretch
        self.links: list[Link] = []
        self.cites: list[Cites] = []
        signed: list[str] = []
        if _SIGN.search(text, stretch.start, stretch.end):
            text = text.translate(_SIGNS)
        at = stretch.start
        for piece in pieces:
            start, end = piece.span
            signed.append(text[at:start])
            if isinstance(piece, Link):
                self.links.append(piece)
                signed.append(_LINK_SIGN)
            else:
                self.cites.append(piece)
                signed.append(_CITES_SIGN)
            at = end
        signed.append(text[at : stretch.end])
        self.line_marks: list[tuple[int, int]] = [(0, stretch.line)]
        self.text = self.without_marks("".join(signed), [text.count("\n", *piece.span) for piece in pieces])
        self.link_signs = _positions(self.text, _LINK_SIGN)
        self.cite_signs = _positions(self.text, _CITES_SIGN)

    def without_marks(self, signed: str, breaks: list[int]) -> str:
        """The text without Markdown's marks; notes where in it each line begins."""
        out: list[str] = []
        size = at = sign = 0
        line = self.stretch.line
        closing: dict[str, list[int]] | None = None

        def put(said: str) -> None:
            nonlocal size, sign, line
            out.append(said)
            for found in _SIGN.finditer(said):
                line += breaks[sign]
                sign += 1
                self.line_marks.append((size + found.end(), line))
            size += len(said)

        while mark := _next_mark(signed, at):
            put(signed[at : mark.start()])
            at = mark.end()
            kind = mark.lastgroup
            if kind == "line":
                line += 1
                put(" ")
                self.line_marks.append((size, line))
            elif kind == "ticks":
                if closing is None:
                    closing = {}
                    for run in re.finditer("`+", signed):
                        closing.setdefault(run.group(), []).append(run.start())
                same = closing.get(mark.group(), [])
                index = bisect_right(same, mark.start())
                if index < len(same):
                    code = signed[at : same[index]]
                    put(" ".join(code.split()))
                    line += code.count("\n")
                    at = same[index] + len(mark.group())
                else:
                    put(mark.group())
            elif kind == "stars":
                around = signed[mark.start() - 1 : mark.start()] + signed[at : at + 1]
                if around.isspace():
                    put(mark.group())
            elif kind == "bar":
                before, after = signed[max(0, mark.start() - 1) : mark.start()], signed[at : at + 1]
                if before.isalnum() and after.isalnum():
                    put(mark.group())
            elif kind == "entity":
                put(unescape(mark.group()).translate(_SIGNS))
            elif kind is not None:
                put(mark.group(kind))
        put(signed[at:])
        return "".join(out)

    def sentences(self, paragraph: int) -> Iterator[Sentence]:
        kind = _KINDS[self.stretch.kind]
        for start, end in self.ends() if kind in ("sentence", "item") else [(0, len(self.text))]:
            parts = self.parts(start, end)
            cited = self.cites[_before(self.cite_signs, start) : _before(self.cite_signs, end)]
            if parts or cited:
                first = start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
                line = self.line_marks[bisect_right(self.line_marks, (first, 1 << 60)) - 1][1]
                citations = tuple(item for cites in cited for item in cites.items)
                yield Sentence(parts, line, citations, paragraph, kind, self.stretch.quoted)

    def ends(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        start = 0
        for stop in _STOP.finditer(self.text):
            if stop.end() < len(self.text) and self.goes_on(stop):
                continue
            yield start, stop.end()
            start = stop.end()
        if self.text[start:].strip():
            yield start, len(self.text)

    def goes_on(self, stop: re.Match[str]) -> bool:
        """Whether the sentence goes on after this full stop."""
        following = _NEXT_WORD.match(self.text, stop.end())
        after = following[1] if following else ""
        if after[:1].islower():
            return True
        if not stop[0].startswith(".") or stop[0].startswith(".."):
            return False
        before = _WORD_BEFORE.search(self.text[max(0, stop.start() - 25) : stop.start()])
        word = before[0] + "." if before else "."
        if word.lower() in _BEFORE_A_NUMBER and word != "No.":
            return after[:1].isdigit() or not after
        if word == "No.":
            return after[:1].isdigit()
        if word.lower() in _ABBREVIATIONS:
            return (
                word.lower() not in ("co.", "corp.", "etc.", "inc.", "jr.", "ltd.") or after not in _OPENERS
            )
        initials = (len(word) == 2 and word[0].isupper()) or bool(re.fullmatch(r"(?:[A-Z]\.){2,}", word))
        return initials and after not in _OPENERS

    def parts(self, start: int, end: int) -> tuple[str | Link, ...]:
        """What stands between two offsets, without citations and with single spaces."""
        parts: list[str | Link] = []
        link = _before(self.link_signs, start)
        said = self.text[start:end]
        if _CITES_SIGN in said:
            said = _BEFORE_CITES.sub("", said)
        said = " ".join(said.split())
        for piece in _AT_LINKS.split(said) if _LINK_SIGN in said else (said,):
            if piece == _LINK_SIGN:
                parts.append(self.links[link])
                link += 1
            elif piece:
                parts.append(piece)
        if self.stretch.kind == "row" and parts:
            parts[0] = parts[0].lstrip("| ") if isinstance(parts[0], str) else parts[0]
            parts[-1] = parts[-1].rstrip("| ") if isinstance(parts[-1], str) else parts[-1]
        return tuple(part for part in parts if part)


def _next_mark(signed: str, at: int) -> re.Match[str] | None:
    """The next of Markdown's marks from an offset on."""
    found = _BEGINS.search(signed, at)
    while found:
        start = found.start()
        if signed[start] == "\n":
            while start > at and signed[start - 1] in " \t":
                start -= 1
        if mark := _MARKUP.match(signed, start):
            return mark
        found = _BEGINS.search(signed, found.end())
    return None


_KINDS: dict[str, SentenceKind] = {
    "paragraph": "sentence",
    "item": "item",
    "heading": "heading",
    "row": "cell",
}


def _positions(text: str, sign: str) -> list[int]:
    found: list[int] = []
    at = text.find(sign)
    while at >= 0:
        found.append(at)
        at = text.find(sign, at + 1)
    return found


def _before(positions: Sequence[int], offset: int) -> int:
    return bisect_right(positions, offset - 1)


_DESIGNATION = re.compile(r"(?<!\w)[^\W\d_]{1,8}[-‐‑](?!(?:19|20)\d\d(?!\w))\d[\w/-]*(?<![/-])")
_ADDRESS = re.compile(r"https?://\S+")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|(?<=[a-z] )May\b"
)


def asserts(sentence: Sentence, phrases: Sequence[str]) -> bool:
    """Whether a sentence holds a digit, the name of a month or one of the phrases.

    Digits in addresses, in ids and in names such as S-1 or B-20A do not count; nor do titles of sheets.
    """
    said = sentence.with_titles(lambda target: "")
    said = _ADDRESS.sub("", said)
    if (_holds_digit(said) and _holds_digit(_DESIGNATION.sub("", said))) or _MONTH.search(said):
        return True
    listed = _phrases(tuple(phrases))
    return listed is not None and listed.search(said) is not None


def _holds_digit(said: str) -> bool:
    return any(map(str.isdigit, said))


@lru_cache(maxsize=16)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    patterns = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases if phrase.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) if patterns else None
