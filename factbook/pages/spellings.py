"""Every spelling under which a name is found: without Turkish letters, in Latin letters, romanised one way or another.

The search program finds a word by its beginning, in any case, and with or without most accents. What it does not do stands in
the tables here: ı is no i to it, ö no oe, and one script no other. Spellings are single words, each once, since a query is
looked up word by word. Which names a page has is decided here as well; asking is left to the theme's script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from anyascii import anyascii

from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import NamedSheet, Sheet
from factbook.model.source import Source
from factbook.model.term import Term

TURKISH: tuple[Mapping[str, str], ...] = (
    {"ı": "i"},
    {"ı": "i", "ö": "oe", "ü": "ue"},
    {"ı": "i", "ç": "ch", "ş": "sh"},
    {"ı": "i", "ç": "ch", "ş": "sh", "ğ": ""},
    {"ı": "y", "ç": "tsch", "ş": "sch", "ö": "oe", "ü": "ue"},
)
"""Turkish names in other people's letters: plain, with digraphs, as English ears write them, as German ones do."""

_SHARED = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "ы": "y", "э": "e", "ь": "", "ъ": "",
    "і": "i", "ї": "i", "є": "ie", "ґ": "g",
}  # fmt: skip
CYRILLIC: tuple[Mapping[str, str], ...] = (
    # as English newspapers write it
    _SHARED | {"е": "e", "ё": "e", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
               "ю": "yu", "я": "ya"},
    # as Russian passports do
    _SHARED | {"е": "e", "ё": "e", "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
               "ю": "iu", "я": "ia", "ъ": "ie"},
    # as people type it, and Turks with j and y
    _SHARED | {"е": "e", "ё": "yo", "ж": "j", "й": "y", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sch",
               "ю": "yu", "я": "ya"},
    # as scholars do, without their accents
    _SHARED | {"е": "e", "ё": "e", "ж": "z", "й": "j", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc",
               "ю": "ju", "я": "ja"},
    # as Germans do
    _SHARED | {"в": "w", "е": "e", "ё": "jo", "ж": "sch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
               "щ": "schtsch", "ю": "ju", "я": "ja"},
)  # fmt: skip
"""Russian in Latin letters, one table for each habit."""

ARABIC: tuple[Mapping[str, str], ...] = (
    {
        "ع": "a",
        "ي": "i",
        "و": "u",
        "ى": "a",
        "ة": "a",
        "ء": "",
        "ئ": "",
        "ؤ": "",
        "أ": "a",
        "إ": "i",
        "آ": "a",
    },
    {
        "ع": "",
        "ي": "y",
        "و": "w",
        "ى": "a",
        "ة": "ah",
        "ء": "",
        "ئ": "",
        "ؤ": "",
        "أ": "a",
        "إ": "i",
        "آ": "a",
    },
)
"""Where romanisations of Arabic differ; all else is read letter by letter. Short vowels are not written: the sheet has them."""

_WORD = re.compile(r"[^\s,;·/“”\"«»]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TURKISH = re.compile(r"[ıİğşçöüÇĞŞÖÜ]")


@frozen
class Spellings:
    """The words under which a page is found, and how much it is that page which is looked for."""

    words: tuple[str, ...]
    """In a fixed order; of names and titles also the words that the heading shows."""
    weigh: Literal["names", "titles", "others"]
    """`names`: it is the thing that has the name; `titles`: it is called after it; `others`: it tells of it."""


def spellings_of(sheet: Sheet) -> Spellings:
    """The words under which a sheet's page is found."""
    weigh = _weight(sheet)
    shown = {as_found(word) for word in _words([sheet.title_text])} if weigh == "others" else set()
    found: dict[str, str] = {}
    for word in _words(_names(sheet)):
        for spelling in (word, *latin_forms(word)):
            found.setdefault(as_found(spelling), spelling)
    return Spellings(tuple(word for key, word in found.items() if key and key not in shown), weigh)


def spellings_in(texts: Iterable[str], weigh: Literal["names", "titles", "others"]) -> Spellings:
    """The words of some texts, each in every spelling, for a page that is made from no sheet of its own."""
    found: dict[str, str] = {}
    for word in _words(texts):
        for spelling in (word, *latin_forms(word)):
            found.setdefault(as_found(spelling), spelling)
    return Spellings(tuple(word for key, word in found.items() if key), weigh)


def _weight(sheet: Sheet) -> Literal["names", "titles", "others"]:
    match sheet:
        case NamedSheet() | Regime():
            return "names"
        case Measure() | Term() | Briefing():
            return "titles"
    return "others"


def latin_forms(word: str) -> tuple[str, ...]:
    """A word in plain Latin letters, each way that people write it: `Щукин` is shchukin, schukin, schtschukin."""
    if word.isascii():  # most are
        return ()
    low = lowered(word)
    if _CYRILLIC.search(low):
        ends = [low, f"{low[:-2]}ы"] if low.endswith(("ий", "ый")) else [low]  # Dmitriy and Dmitry
        return _once(anyascii(_by(table, each)) for each in ends for table in CYRILLIC)
    if _ARABIC.search(low):
        return _once([*(anyascii(_by(table, low)) for table in ARABIC), anyascii(low)])
    if _TURKISH.search(word):
        return _once(_plain(_by(table, low)) for table in TURKISH)
    if not low.isascii():
        return _once([anyascii(low).lower()])
    return ()


def lowered(word: str) -> str:
    """In lower case by the rule that İ is an i with its dot and nothing more."""
    return unicodedata.normalize("NFC", word.replace("İ", "i").lower())


def as_found(word: str) -> str:
    """What the search program makes of a word: lower case, no accents, no marks between letters."""
    plain = _plain(lowered(word))
    return plain if plain.isalnum() else "".join(letter for letter in plain if letter.isalnum())


def _names(sheet: Sheet) -> Iterator[str]:
    """Every name of a sheet, garbled ones too; of a source whoever published it; of others the title and its short form."""
    yield sheet.title_text
    yield sheet.short_text
    match sheet:
        case NamedSheet() | Term():
            yield from (name.text for name in sheet.names)
        case Regime():
            yield from sheet.also_called
            yield from (section.at for section in sheet.sections)
        case Source():
            yield from (words for words in (sheet.publisher, sheet.byline, sheet.number) if words)


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _WORD.findall(name)


def _by(table: Mapping[str, str], word: str) -> str:
    return "".join(table.get(letter, letter) for letter in word)


def _plain(word: str) -> str:
    """Without accents; ı stays."""
    if word.isascii():
        return word
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def _once(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
