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
    """Who it is, as an id, or in words where it has no sheet."""


class SystemRelation(Fact):
    """A tie between two systems."""

    id: Id
    """Tells this tie from the others; part of its permanent address."""
    kind: Annotated[
        Literal["part-of", "rival-of", "replaces", "variant-of", "uses"], Keyword("system-relations")
    ]
    """What this system is to the other one: this system is *part of* that one."""
    system: Annotated[Reference, RefTo("systems", "related_system")]
    """The other system."""


class System(NamedSheet):
    """E.g. the Night Lamp; the lighthouse programme."""

    COLLECTION: ClassVar[str] = "systems"

    kind: Annotated[str, Keyword("system-kinds")]
    """What sort of system it is."""
    what: Line
    """What it is in a few words, e.g. surface-to-air missile system."""
    country: Country | None = None
    """Where it is made. Absent: in several countries, or not known."""
    makers: tuple[Maker, ...] = ()
    """Who makes or leads it."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers under which public registers know it."""
    relations: tuple[SystemRelation, ...] = ()
    """Ties to other systems."""
