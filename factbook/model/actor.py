"""Actors: states, public bodies, companies, organisations, alliances and persons that impose, bear or speak."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import End, Start
from factbook.model.records import Fact, Identifier, Observed
from factbook.model.sheet import NamedSheet
from factbook.model.values import Country, Id, Keyword, Line, Prose, Reference, RefTo


class Post(Fact):
    """An office held, with its dates."""

    id: Id
    role: Line
    of: Annotated[Reference, RefTo("actors", "posts_held_in", or_text=True)] | None = None
    """The body, as an id, or in words where it has no sheet."""
    from_: Annotated[Start, Field(alias="from")]
    until: End | None = None
    """First day no longer in post; `unknown` when that is not known; absent when no end was reported."""
    observed: tuple[Observed, ...] = ()


class Relation(Fact):
    """A tie to another actor that no post says."""

    id: Id
    kind: Annotated[str, Keyword("relation-kinds")]
    actor: Annotated[Reference, RefTo("actors", "related_actor")]
    what: Line | None = None
    """What it is about, e.g. the system that was bought."""
    from_: Annotated[Start | None, Field(alias="from")] = None
    until: End | None = None
    observed: tuple[Observed, ...] = ()


class Actor(NamedSheet):
    """E.g. the Ministry of Tides; Işıl Kıyıgölge; Lantern Oil."""

    COLLECTION: ClassVar[str] = "actors"

    kind: Annotated[
        Literal["state", "public-body", "company", "organisation", "alliance", "person", "outlet"],
        Keyword("actor-kinds"),
    ]
    country: Country | None = None
    """Of a body its seat; of a person the state whose office they hold; absent for alliances."""
    identifiers: tuple[Identifier, ...] = ()
    posts: tuple[Post, ...] = ()
    relations: tuple[Relation, ...] = ()
    interest: Prose | None = None
    """Its stake in the matter, said wherever it speaks."""
