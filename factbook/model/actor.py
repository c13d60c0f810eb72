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
    """Tells this post from the others; part of its permanent address."""
    role: Line
    """The office as people call it, e.g. Minister of Tides."""
    of: Annotated[Reference, RefTo("actors", "posts_held_in", or_text=True)] | None = None
    """The body, as an id, or in words where it has no sheet. Absent: the role says it all."""
    from_: Annotated[Start, Field(alias="from")]
    """First day in post, or `unknown`."""
    until: End | None = None
    """First day no longer in post; `unknown` when there was an end on a day not known. Absent: no end was reported."""
    observed: tuple[Observed, ...] = ()
    """Days on which a source showed the person in post. Absent: shown only by the citations."""


class Relation(Fact):
    """A tie to another actor that no post says."""

    id: Id
    """Tells this tie from the others; part of its permanent address."""
    kind: Annotated[str, Keyword("relation-kinds")]
    """What ties the two, as seen from this sheet: this actor *owns* that one."""
    actor: Annotated[Reference, RefTo("actors", "related_actor")]
    """The other actor."""
    what: Line | None = None
    """What it is about, e.g. the system that was bought. Absent: the kind says it all."""
    from_: Annotated[Start | None, Field(alias="from")] = None
    """First day of the tie, or `unknown`. Absent: no beginning was reported."""
    until: End | None = None
    """First day it no longer held; `unknown` when there was an end on a day not known. Absent: no end was reported."""
    observed: tuple[Observed, ...] = ()
    """Days on which a source showed that the tie still held. Absent: shown only by the citations."""


class Actor(NamedSheet):
    """E.g. the Ministry of Tides; Işıl Kıyıgölge; Lantern Oil."""

    COLLECTION: ClassVar[str] = "actors"

    kind: Annotated[
        Literal["state", "public-body", "company", "organisation", "alliance", "person", "outlet"],
        Keyword("actor-kinds"),
    ]
    """What it is."""
    country: Country | None = None
    """Of a body its seat; of a person the state whose office they hold. Absent: for alliances, or where neither is known."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers under which public registers know it; a sanctions list's own number belongs to the designation."""
    posts: tuple[Post, ...] = ()
    """Offices that a person holds or held."""
    relations: tuple[Relation, ...] = ()
    """Ties to other actors that no post says."""
    interest: Prose | None = None
    """Its stake in the matter, said wherever it speaks. Absent: none is known."""
