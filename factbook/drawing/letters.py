"""How wide words are, without a font at hand: estimates that no common sans-serif exceeds by much, and lines broken by them.

The widths are those of DejaVu Sans, one of the widest in use. See handbook/decisions/charts.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SIZE = 13.0
SMALL = 12.5
"""No letter is smaller: a drawing of 340 units is 328 px wide on a phone of 360, so letters of 12.5 are 12 px there."""
BOLD = 1.12

_WIDTHS = {
    28: "ijlIJ'ı",
    33: ",./:;\\| ’‘·",
    38: 'f-–rt!()[]"',
    52: "sz?“”*_`",
    57: "ckFL",
    62: "aeovxyPTY",
    65: "0123456789bdghnpquEKS${}€",
    70: "ABCRVXZU",
    78: "DGHN&",
    82: "wOQ",
    86: "#+<=>^~×→M",
    98: "m%W@—…",
}
_WIDTH = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _WIDE = 0.75, 1.0
_BLANK = _WIDTH[" "]
_ROUNDING = 1e-9


def width(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide some words are at most, in units of the drawing."""
    return sum(map(_letter, words)) * size * (BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _word(word: str) -> float:
    """How wide a word is in letters of size 1: many stand in a publication again and again."""
    return sum(map(_letter, word))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTH:
        return _WIDTH[base]
    return _WIDE if unicodedata.east_asian_width(letter) in "FW" else _OTHER


def broken(words: str, room: float, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """Words in lines that fit into some room; a single word that is longer is broken too, so nothing ever sticks out."""
    most = room / (size * (BOLD if bold else 1))
    lines: list[str] = []
    line: list[str] = []
    wide = 0.0
    for word in words.split():
        for part in _short_enough(word, most):
            own = _word(part)
            if line and wide + _BLANK + own > most + _ROUNDING:
                lines.append(" ".join(line))
                line, wide = [part], own
            else:
                wide += own + (_BLANK if line else 0.0)
                line.append(part)
    return (*lines, " ".join(line)) if line else tuple(lines)


def _short_enough(word: str, most: float) -> Iterable[str]:
    """A word, or the pieces of one that is longer than a line."""
    rest = word
    while _word(rest) > most and len(rest) > 1:
        cut = next((n for n in range(len(rest) - 1, 1, -1) if _word(rest[:n]) <= most), 1)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest
