"""Systems: weapon systems and programmes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from factbook.model.records import Fact, Identifier
from factbook.model.sheet import NamedSheet
from factbook.model.values import Country, Id, Keyword, Line, Reference, RefTo


class Maker(Fact):
    """Who makes or leads it."""

    KEY = ("actor",)

    actor: Annotated[Reference, RefTo("actors", "makes", or_text=True)]


class SystemRelation(Fact):
    """A tie between two systems."""

    id: Id
    kind: Annotated[
        Literal["part-of", "rival-of", "replaces", "variant-of", "uses"], Keyword("system-relations")
    ]
    system: Annotated[Reference, RefTo("systems", "related_system")]


class System(NamedSheet):
    """E.g. the Night Lamp; the lighthouse programme."""

    COLLECTION: ClassVar[str] = "systems"

    kind: Annotated[str, Keyword("system-kinds")]
    what: Line
    """What it is in a few words, e.g. surface-to-air missile system."""
    country: Country | None = None
    makers: tuple[Maker, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    relations: tuple[SystemRelation, ...] = ()
