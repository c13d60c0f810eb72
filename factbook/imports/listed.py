"""What a list says of one entry, in the same words whichever form the list has; only what a sheet may hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from babel import Locale

from factbook.characters import unmarked
from factbook.frozen import frozen
from factbook.model.codes import ALSO_CALLED
from factbook.problems import in_id_letters

_SCRIPTS = (
    ("CYRILLIC", "Cyrl"),
    ("ARABIC", "Arab"),
    ("GREEK", "Grek"),
    ("CJK", "Hans"),
    ("ARMENIAN", "Armn"),
    ("LATIN", "Latn"),
)


class UnreadableListError(Exception):
    """A file that cannot be read as a list; its text says which, where, and what would be right."""


@frozen
class ListedName:
    """One form of a name, e.g. `TIDES, Harun`, as the list prints it."""

    text: str
    kind: str
    """One of the kinds of name that sheets have."""
    script: str = "Latn"


@frozen
class Item:
    """One item of a menu of sanctions, as an entry prints it."""

    section: str
    """The section with its number, e.g. 235(a)(2)."""
    label: str
    words: str
    """The label and the section as printed."""


@frozen
class Naming:
    """The naming of an entry in a list, e.g. under a programme since a day."""

    programme: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass
class Listed:
    """One entry of a list."""

    number: str
    """The list's own number; in a file without numbers, the file's own id of the entry."""
    names: list[ListedName] = field(default_factory=list)
    """The main name first; empty where the files hold no record of it but its number."""
    kind: str | None = None
    """A kind of actor; None where the list does not tell."""
    thing: str | None = None
    """What it is if it is no actor, e.g. vessel."""
    namings: list[Naming] = field(default_factory=list)
    role: str | None = None
    """The office that the list prints for a person."""
    countries: set[str] = field(default_factory=set)
    """Of a body, where it sits; of a person, nothing."""
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    linked_to: list[str] = field(default_factory=list)
    complete: bool = False
    """Whether the record itself was in the files, and not only rows that belong to it."""

    @property
    def programmes(self) -> list[str]:
        return [naming.programme for naming in self.namings if naming.programme]

    @property
    def title(self) -> str:
        return self.names[0].text if self.names else "(name not in these files)"


def cleaned(text: str) -> str:
    """A text on one line, without characters that are not seen or that turn the direction of others."""
    seen = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(seen.split())


def is_number(text: str) -> bool:
    """Whether this can be a list's own number."""
    return text.isascii() and text.isdigit() and len(text) < 20


def folded(name: str) -> str:
    """A name without case, accents, signs and order of words: `TIDES, Harun` is `Harun Tides`."""
    return " ".join(sorted(re.findall(r"\w+", unmarked(name))))


def script_of(text: str) -> str | None:
    """The script of the first letter; None for one that the closed list lacks."""
    letter = next((character for character in text if character.isalpha()), "")
    name = unicodedata.name(letter, "") if letter else ""
    return next((script for start, script in _SCRIPTS if name.startswith(start)), None)


def country_of(name: str) -> str | None:
    """The code of a country by its English name; None where the name is not known."""
    wanted = name.strip().casefold()
    if also := ALSO_CALLED.get(in_id_letters(name)):
        return also
    territories = Locale("en").territories
    return next(
        (code for code, said in territories.items() if said.casefold() == wanted and code.isalpha()), None
    )


def as_written(name: str, *, person: bool) -> str:
    """A name printed in capitals as it would stand in a text; a guess, which an editor puts right."""
    if person and name.count(",") == 1:
        family, given = name.split(",")
        name = f"{given.strip()} {family.strip()}"
    words = name.split()
    small = ("of", "the", "for", "and", "in", "de", "la")
    found = []
    for position, word in enumerate(words):
        if word.lower() in small and position:
            found.append(word.lower())
        elif word.isupper() and word.isalpha() and (person or len(word) > 3):
            found.append(word.capitalize())
        else:
            found.append(word)
    return " ".join(found)


def as_id(name: str) -> str:
    """An id made of a name, at most as long as ids may be; empty where the name has no Latin letters."""
    plain = unmarked(name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    while len("-".join(words)) > 60:
        words.pop()
    return "-".join(words)
