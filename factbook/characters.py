"""Characters that hide or mislead: what no text may hold, and words whose letters come from two alphabets.

What a script needs is left alone: joiners between letters of Arabic and of the Brahmic scripts, combining marks, the variation of a
sign. Where a text stands and what becomes of it is the caller's. Sources: Unicode 15, 23.2 (controls); UAX 31, 2.3 (joiners);
UTS 39, 5.1 (mixed scripts).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
"""Controls, marks of direction, blanks without width, fillers, private and forbidden characters; some may stand in one place."""
_JOINERS = "\u200c\u200d"
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters and marks of scripts in which a joiner changes how they are written."""
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_OTHERS = (
    "\u0370-\u03ff\u1f00-\u1fff",
    "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "\u0530-\u058f",
)
_MARKS = "[\u0300-\u036f]*"
_ALPHABETS = (_LATIN, *_OTHERS)
_BESIDE = re.compile(
    "|".join(f"[{own}]{_MARKS}(?=[{''.join(set(_ALPHABETS) - {own})}])" for own in sorted(_ALPHABETS))
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_UNMARKED = str.maketrans({"ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Small letters that lose no mark when they are taken apart, and what they are sorted as."""
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏѵԛԝкмтвнзАВЕКМНОРСТУХІЈЅοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlvqwkmtbhzABEKMHOPCTYXIJSoavikptuxABEZHIKMNOPTYX",
)
"""Letters of other alphabets, and the Latin ones that they are taken for."""


def hidden(text: str) -> int | None:
    """Where the first character stands that nobody sees or that turns the text; None where there is none."""
    for found in _HIDDEN.finditer(text):
        if not _has_its_place(text, found.start()):
            return found.start()
    return None


def _has_its_place(text: str, at: int) -> bool:
    """Whether an invisible character stands where a script needs it."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _JOINERS and _JOINED.match(before):
        return sign == "\u200d" or bool(_JOINED.match(after))
    if sign == "\u200d":  # joins pictures into one
        return bool(before and after) and {_kind(before), _kind(after)} <= {"So", "Sk", "Mn"}
    return "\ufe00" <= sign <= "\ufe0f" and before != "" and _kind(before) in ("So", "Sm", "Po", "Lo")


def _kind(sign: str) -> str:
    return unicodedata.category(sign)


def visible(name: str) -> str:
    """The name of a file as it can be printed: what nobody would see, or what a terminal would obey, as its code."""
    if name.isprintable():
        return name
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name)


def code_point(sign: str) -> str:
    """A character as tables have it, e.g. `U+0430`."""
    return f"U+{ord(sign):04X}"


def unmarked(text: str) -> str:
    """A text in small letters without marks, by which lists are in order: `lodz` for "Łódź", `igdir` for "Iğdır"."""
    small = text.replace("İ", "i").casefold().translate(_UNMARKED)
    if small.isascii():
        return small
    return "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))


def mixed_words(text: str) -> Iterator[tuple[int, str]]:
    """Words in which letters of two alphabets stand side by side, with their places in the text."""
    if text.isascii():
        return
    end = 0
    for found in _BESIDE.finditer(text):
        if found.start() < end:
            continue
        word = next(each for each in _WORD.finditer(text, _start(text, found.start())))
        end = word.end()
        yield word.start(), word[0]


def _start(text: str, at: int) -> int:
    while at and _WORD.fullmatch(text[at - 1] + text[at]):
        at -= 1
    return at


def strangers(word: str) -> list[str]:
    """The letters of a word that are not of the alphabet most of it is written in, once each, in their order."""
    alphabet = {sign: next((set_ for set_ in _ALPHABETS if re.match(f"[{set_}]", sign)), "") for sign in word}
    counts = {set_: sum(alphabet[sign] == set_ for sign in word) for set_ in _ALPHABETS}
    own = max(_ALPHABETS, key=lambda set_: counts[set_])
    return list(dict.fromkeys(sign for sign in word if alphabet[sign] not in ("", own)))


def named(sign: str) -> str:
    """A letter for a message, e.g. `"а" (U+0430, Cyrillic small letter a)`."""
    return f'"{sign}" ({code_point(sign)}, {unicodedata.name(sign, "no name").capitalize()})'
