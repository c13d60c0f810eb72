"""Codes of countries, languages and currencies as the Unicode tables have them, and which was meant where one is not right."""

from __future__ import annotations

import re

from babel import Locale
from babel.core import get_global

from factbook import likeness
from factbook.problems import in_id_letters

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
ENGLISH = Locale("en")
_NO_COUNTRY = ("EU", "EZ", "UN", "ZZ", "XA", "XB")
_COUNTRY_NAMES = {
    code: in_id_letters(name)
    for code, name in ENGLISH.territories.items()
    if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
}
ALSO_CALLED = {
    "burma": "MM", "czech-republic": "CZ", "congo-democratic-republic-of-the": "CD", "england": "GB",
    "great-britain": "GB", "holland": "NL", "hong-kong": "HK", "ivory-coast": "CI", "korea-north": "KP",
    "korea-south": "KR", "macau": "MO", "macedonia": "MK", "swaziland": "SZ", "turkey": "TR", "uae": "AE",
}  # fmt: skip
"""Names of countries, in the letters of ids, that people and lists write and the Unicode tables do not have."""
_LANGUAGE_NAMES = {
    code: in_id_letters(name) for code, name in ENGLISH.languages.items() if LANGUAGE.fullmatch(code)
}


def is_country(code: str) -> bool:
    """Whether it is the code of a country, or of another part of the world."""
    return code in ENGLISH.territories and code not in _NO_COUNTRY


def country_of(text: str) -> str | None:
    """The code of a country by its code in other letters or of three letters, or by a name."""
    codes = get_global("territory_aliases").get(text.upper()) or (text.upper(),)
    if codes[0] in _COUNTRY_NAMES:
        return str(codes[0])
    return ALSO_CALLED.get(in_id_letters(text)) or _code_of(text, _COUNTRY_NAMES)


def as_language(text: str) -> str | None:
    """The tag in its usual letters and with its hyphens, e.g. `en-US` for en_us; None where it is none."""
    language, *rest = re.split("[-_]", text)
    parts = [language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)]
    tag = "-".join(parts)
    return tag if LANGUAGE.fullmatch(tag) and parts[0] in ENGLISH.languages else None


def language_of(name: str) -> str | None:
    """The code of a language by its name."""
    return _code_of(name, _LANGUAGE_NAMES)


def _code_of(text: str, names: dict[str, str]) -> str | None:
    """The code of a country or a language by its name, or by one much like it."""
    near = likeness.most_like(in_id_letters(text), list(names.values()), 84)
    return next((code for code, name in names.items() if name == near), None)
