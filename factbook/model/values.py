"""The single values of sheets: texts, ids, addresses, countries, languages, numbers, and the marks that say what they point to.

Every value arrives as text. A value that cannot be right raises `PydanticCustomError(code, "{cure}", {"cure": ...})`: the
code stands in `factbook.problems.CODES`, the cure is a sentence for editors; loading adds the field and what was found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from factbook.characters import LOOKALIKES, named, unmarked
from factbook.frozen import frozen
from factbook.model import codes

SCRIPT = re.compile(r"[A-Z][a-z]{3}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of ids: ASCII, lower-case, hyphenated."""
ID_LENGTH = 64
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def wrong(code: str, cure: str) -> PydanticCustomError:
    """The error for a value that cannot be right: a code from the table of problems and the cure."""
    return PydanticCustomError(code, "{cure}", {"cure": cure})


@frozen
class RefTo:
    """Marks a field that holds the id of a sheet, and names the link as seen from the other end."""

    collection: str
    """Name of the collection, or `*` for a sheet of any collection."""
    inverse: str
    """What the link is called on the page of the sheet pointed to, e.g. `cited_by`; a key of `LINKS`."""
    or_text: bool = False
    """True where words may stand instead of an id (words hold a capital letter or a blank)."""


@frozen
class AnchorRef:
    """Marks a field that holds `id` or `id#anchor`: a sheet or one fact inside it."""

    inverse: str


@frozen
class Keyword:
    """Marks a field whose value stands in a closed list."""

    vocabulary: str
    """A key of `factbook.model.vocabularies.VOCABULARIES`."""


@frozen
class ProseMark:
    """Marks a field of prose: CommonMark with links and citations."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong("wrong-type", "One text belongs here.")
    text = unicodedata.normalize("NFC", value.strip())
    if not text:
        raise wrong("empty-value", "Fill it in, or remove the line.")
    return text


def _line(value: Any) -> str:
    text = _text(value)
    if "\n" in text:
        raise wrong("bad-text", "One line belongs here.")
    if len(text) > 400:
        raise wrong("bad-text", f"At most 400 characters belong here; this has {len(text)}.")
    return text


def check_id(value: Any) -> str:
    """The id itself; raises `bad-id` with the reason and the nearest right form."""
    text = _text(value)
    if len(text) > ID_LENGTH:
        raise wrong("bad-id", f"An id has at most {ID_LENGTH} characters; this has {len(text)}.")
    if text in DEVICES:
        raise wrong("bad-id", "This name is reserved on some computers. Choose another.")
    if not ID.fullmatch(text):
        raise wrong(
            "bad-id",
            f"An id is made of lower-case letters a to z, digits and single hyphens.{_strangers(text)}{_nearest_id(text)}",
        )
    return text


def _key(value: Any) -> str:
    text = _text(value)
    return text if SCRIPT.fullmatch(text) else check_id(text)


def _strangers(text: str) -> str:
    """The letters that only look like those of an id, with their code points."""
    found = list(dict.fromkeys(sign for sign in text if ord(sign) in LOOKALIKES and _LATIN.search(text)))
    return f" It holds {' and '.join(map(named, found[:3]))}." if found else ""


def _nearest_id(text: str) -> str:
    better = id_meant(text)
    return f' For example "{better}".' if better else ""


_LATIN = re.compile("[A-Za-z]")


def id_meant(text: str) -> str:
    """A text as the id that it was to be: `winter-of-fog` for "Winter of fog", `zima` for "зима"; empty where nothing of it can stand."""
    if ID.fullmatch(text):
        return text
    letters = unmarked(text.translate(LOOKALIKES) if _LATIN.search(text) else text)
    if not letters.isascii():
        from anyascii import anyascii  # wanted only where something is wrong

        letters = anyascii(letters).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _reference(value: Any) -> str:
    text = _text(value)
    if "\n" in text:
        raise wrong("bad-id", "One id belongs here.")
    return text


def _address(value: Any) -> str:
    text = _line_long(value)
    try:
        parts = urlsplit(text)
        bad = parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None
    except ValueError:
        bad = True
    if bad or re.search(r"[\s<>\"\\^`{|}]", text):
        hint = f' Did you mean "https://{text}"?' if re.fullmatch(r"www\.[a-z0-9.-]+(/\S*)?", text) else ""
        raise wrong("bad-address", f"An address starts with https:// or http:// and holds no spaces.{hint}")
    return text


def _line_long(value: Any) -> str:
    text = _text(value)
    if len(text) > 2000:
        raise wrong("bad-address", "This address is longer than 2,000 characters.")
    return text


def _country(value: Any) -> str:
    text = _text(value)
    if len(text) != 2 or not text.isupper() or not codes.is_country(text):
        raise wrong(
            "bad-country",
            f"A country is two capital letters, as NO for Norway (ISO 3166-1).{_meant(codes.country_of(text))}",
        )
    return text


def _language(value: Any) -> str:
    text = _text(value)
    if not codes.LANGUAGE.fullmatch(text) or text.split("-")[0] not in codes.ENGLISH.languages:
        hint = _meant(codes.as_language(text) or codes.language_of(text))
        raise wrong(
            "bad-language",
            f"A language is a short code, as tr for Turkish, ru-Latn for Russian in Latin letters (BCP 47).{hint}",
        )
    return text


def _meant(code: str | None) -> str:
    return f' Did you mean "{code}"?' if code else ""


def _flag(value: Any) -> bool:
    if value is True or value == "true":
        return True
    if value is False or value == "false":
        return False
    raise wrong("bad-flag", "Write true or false.")


def _amount(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,18}", value):
        raise wrong("bad-number", "Write digits only, as 10000000; the currency or unit has its own field.")
    return int(value)


def _currency(value: Any) -> str:
    text = _text(value)
    if text not in codes.ENGLISH.currencies:
        raise wrong("bad-text", "A currency is three capital letters, as USD (ISO 4217).")
    return text


Line = Annotated[str, BeforeValidator(_line)]
"""One line of plain text, at most 400 characters."""
Text = Annotated[str, BeforeValidator(_text)]
"""Plain text, may have several lines; shown as it is."""
Prose = Annotated[str, BeforeValidator(_text), ProseMark()]
"""CommonMark without raw HTML, with `[[links]]` and `[@citations]`."""
Id = Annotated[
    str, BeforeValidator(check_id), StringConstraints(pattern=rf"^{ID.pattern}$", max_length=ID_LENGTH)
]
"""An id of a sheet or of a fact inside one."""
Key = Annotated[
    str,
    BeforeValidator(_key),
    StringConstraints(pattern=rf"^({ID.pattern}|{SCRIPT.pattern})$", max_length=ID_LENGTH),
]
"""A key of a closed list: an id; in the list of scripts a code with a capital, as `Latn` (ISO 15924)."""
Address = Annotated[str, BeforeValidator(_address), StringConstraints(pattern="^https?://")]
"""A web address, http or https."""
Country = Annotated[str, BeforeValidator(_country), StringConstraints(pattern="^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Language = Annotated[str, BeforeValidator(_language)]
"""BCP 47: language, perhaps script and region."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""true or false."""
Amount = Annotated[int, BeforeValidator(_amount)]
"""A whole number without sign or unit."""
Currency = Annotated[str, BeforeValidator(_currency), StringConstraints(pattern="^[A-Z]{3}$")]
"""ISO 4217."""
Reference = Annotated[str, BeforeValidator(_reference)]
"""The id of another sheet; loading sees to it that it exists."""
