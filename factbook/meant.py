"""Which sheets an editor most likely meant by an id, a name, a title, a publisher or an address that leads nowhere.

For the sentences of problems and refusals alone; whether a reference leads somewhere is the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from factbook import likeness
from factbook.loading.loaded import LoadedSheet
from factbook.model.sheet import TitledSheet
from factbook.model.source import Source
from factbook.problems import in_id_letters

MOST = 3
"""How many sheets are named at most."""
ID_LIKE, NAME_LIKE = 60, 78
"""How like an id, or a name, a word has to be, out of 100; names are longer and resemble each other more."""
BESIDE = 6
"""How much less like than the best a sheet may be and still be named beside it."""


@dataclass
class Meant:
    """The sheets of a publication under everything that an editor may call them."""

    sheets: Mapping[str, LoadedSheet]

    def nearest(self, word: str, collection: str = "*") -> list[str]:
        """Ids of the sheets most likely meant, the likeliest first; none when nothing is near."""
        forms = {word, in_id_letters(word)}
        scored = []
        for id, names in self._names.items():
            if collection not in ("*", self.sheets[id].collection):
                continue
            score = max(_likeness(form, id, names) for form in forms)
            if score:
                scored.append((-score, id))
        scored.sort()
        return [id for score, id in scored if score <= scored[0][0] + BESIDE][:MOST]

    def by_address(self, address: str) -> str | None:
        """The source that was read at an address of the web."""
        return self._addresses.get(_plain_address(address))

    def hint(self, word: str, collection: str = "*") -> str:
        """` Did you mean "us" (United States)?`, with a leading space, or nothing."""
        return self.asked(self.nearest(word, collection))

    def asked(self, ids: list[str]) -> str:
        """The question whether one of these sheets was meant; nothing where there is none."""
        named = [f'"{id}" ({self.sheets[id].sheet.title_text})' for id in ids]
        if not named:
            return ""
        row = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
        return f" Did you mean {row}?"

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """What each sheet is called besides its id, in the letters of ids."""
        return {
            id: tuple(dict.fromkeys(map(in_id_letters, _called(sheet)))) for id, sheet in self.sheets.items()
        }

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {
            _plain_address(address): id
            for id, loaded in self.sheets.items()
            if isinstance(source := loaded.sheet, Source)
            for address in (source.url, source.archived.url if source.archived else None)
            if address
        }


def is_address(word: str) -> bool:
    """Whether a word is an address of the web rather than an id."""
    return word.lower().startswith(("http://", "https://", "www."))


def _called(loaded: LoadedSheet) -> Iterator[str]:
    sheet = loaded.sheet
    for name in getattr(sheet, "names", ()):
        yield name.text
    if isinstance(sheet, TitledSheet):
        yield sheet.title
        if sheet.short:
            yield sheet.short
    if isinstance(sheet, Source):
        yield sheet.publisher


def _likeness(word: str, id: str, names: tuple[str, ...]) -> float:
    """How like an id and names a word is, out of 100; 0 where it is not like enough."""
    if not word:
        return 0
    best = likeness.like(word, id, ID_LIKE)
    for name in names:
        best = max(best, likeness.like(word, name, NAME_LIKE))
        if len(word) > 2 and f"-{word}-" in f"-{name}-":  # a whole word of it, as a family name
            best = max(best, 60 + 40 * len(word) / len(name))
        if len(name) > 3 and f"-{name}-" in f"-{word}-":  # a name with more around it
            best = max(best, 60 + 40 * len(name) / len(word))
    return best


def _plain_address(address: str) -> str:
    """An address without what may differ and lead to the same page."""
    bare = address.lower().partition("#")[0].partition("://")[2] or address.lower()
    return bare.removeprefix("www.").rstrip("/")
