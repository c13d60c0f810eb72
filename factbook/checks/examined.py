"""A sheet as the checks see it: walked once, with the names by which messages call its facts.

Finding faults is left to the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from factbook.catalogue import Catalogue
from factbook.loading.loaded import LoadedSheet
from factbook.model.event import Happened
from factbook.model.measure import Provision
from factbook.model.nouns import NOUNS
from factbook.model.records import (
    Basis,
    Citation,
    DatedFact,
    Fact,
    Imposer,
    Observed,
    Status,
    Threshold,
)
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.spoken import over
from factbook.model.statement import Outcome
from factbook.model.values import ProseMark
from factbook.model.walking import Found, Path, item_key, walk
from factbook.problems import Problem


@dataclass(frozen=True)
class Examined:
    """One sheet, everything met on a walk over it, and where it stands in its file."""

    loaded: LoadedSheet
    found: tuple[Found, ...]

    @property
    def sheet(self) -> Sheet:
        return self.loaded.sheet

    @cached_property
    def facts(self) -> dict[Path, Found]:
        """The facts of the sheet by their paths, in the order of the sheet."""
        return {found.path: found for found in self.found if found.mark is None}

    @cached_property
    def prose(self) -> tuple[Found, ...]:
        """The fields of prose, in the order of the sheet."""
        return tuple(found for found in self.found if isinstance(found.mark, ProseMark))

    def problem(
        self, code: str, message: str, path: Path = (), anchor: str = "", *, key: bool = False
    ) -> Problem:
        """A problem at a field: at its value, or at its key."""
        return Problem(code, self.loaded.place(path, key=key), message, anchor)

    def name(self, found: Found) -> str:
        """A fact as an editor calls it, e.g. `the threshold of provision "loans"`."""
        own = _own_name(found)
        around = next(
            (
                self.facts[found.path[:end]]
                for end in range(len(found.path) - 1, 0, -1)
                if found.path[:end] in self.facts
            ),
            None,
        )
        return f"{own} of {self.name(around)}" if around else own


def examine(loaded: LoadedSheet) -> Examined:
    """The sheet, walked once."""
    return Examined(loaded, tuple(walk(loaded.sheet)))


def titled(id: str, catalogue: Catalogue) -> str:
    """A sheet by id and title, e.g. `"reg-2022-17" (Regulation on maritime services)`."""
    return f'"{id}" ({catalogue.title_of(id)})' if id in catalogue else f'"{id}"'


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def shortened(text: str, length: int = 120) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"


def listed(names: list[str], most: int = 5) -> str:
    """Names in a row, e.g. `a, b, c and 4 more`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def resolved(citations: tuple[Citation, ...], catalogue: Catalogue) -> tuple[Citation, ...]:
    """The citations whose sources exist."""
    return tuple(
        citation
        for citation in citations
        if catalogue.find(citation.source, Source)
        and (citation.through is None or catalogue.find(citation.through, Source))
    )


def in_short(fact: Fact) -> str:
    """What a fact says, in a few words; empty where its name says it."""
    match fact:
        case Threshold():
            return f"{fact.amount} {fact.currency}{over(fact.period)}"
        case Provision():
            return fact.title
        case Happened():
            return str(fact.date)
        case DatedFact():
            return f"{fact.what} {fact.date}"
        case Outcome():
            return fact.value
    for field in ("text", "role", "what"):
        if isinstance(said := getattr(fact, field, None), str):
            return shortened(said)
    return ""


def _own_name(found: Found) -> str:
    fact = found.fact
    match fact:
        case Status():
            return f'the status "{fact.value}" from {fact.from_}'
        case Observed():
            return f"the observation of {fact.day}"
        case Basis():
            return f'the legal basis "{fact.regime}"' + (f" ({fact.section})" if fact.section else "")
        case Imposer():
            return f'"{fact.actor}" in "{found.path[-2]}"'
        case Threshold():
            return "the threshold"
        case Happened():
            return "the date of the event"
        case Outcome():
            return "the outcome of the prediction"
    field = str(found.path[-2] if isinstance(found.path[-1], int) else found.path[-1])
    key = item_key(fact) if fact is not None else ""
    return f'{NOUNS.get(field, field.replace("_", " "))} "{key}"' if key else f"the {field.replace('_', ' ')}"
