"""Sources: documents, where they come from, and how much of them was read."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import PartialDate
from factbook.model.records import Archived, Confidence, Record
from factbook.model.sheet import TitledSheet
from factbook.model.values import Address, Keyword, Language, Line, Reference, RefTo


class Origin(Record):
    """Whether a source reports itself or takes from another."""

    value: Annotated[Literal["own-reporting", "primary", "derived", "unknown"], Keyword("origins")]
    basis: Line | None = None
    """How that is known."""


class Derivation(Record):
    """One parent of a source, and what was done to it on the way."""

    KEY = ("source",)

    source: Annotated[Reference, RefTo("sources", "passed_on_by")]
    kind: Annotated[
        Literal["reports", "quotes", "translates", "summarises", "republishes"], Keyword("derivations")
    ]
    by: Annotated[Literal["human", "machine", "unknown"], Keyword("translators")] | None = None
    """Who translated; only for translations."""
    for_: Annotated[
        tuple[Annotated[Reference, RefTo("statements", "passed_on_in")], ...], Field(alias="for")
    ] = ()
    """The statements it is limited to; empty: the whole source."""
    basis: Line | None = None
    confidence: Confidence | None = None


class Source(TitledSheet):
    """E.g. Regulation 2022/17 on maritime services; the Harbour Gazette's report of 6 December 2022."""

    COLLECTION: ClassVar[str] = "sources"

    kind: Annotated[
        Literal["law", "official", "press", "analysis", "reference", "data", "aggregator"],
        Keyword("source-kinds"),
    ]
    publisher: Line
    published_by: tuple[Annotated[Reference, RefTo("actors", "published")], ...] = ()
    """The publisher's own sheets, where they exist; a publication is a speaker's own when this names the speaker."""
    byline: Line | None = None
    """The author as printed."""
    authors: tuple[Annotated[Reference, RefTo("actors", "wrote")], ...] = ()
    date: PartialDate | None = None
    """Day, month or year of publication; absent when none is known."""
    number: Line | None = None
    """Its own number, e.g. document 2021-07048."""
    url: Address | None = None
    url_note: Line | None = None
    """Why there is no address, or what to know about it."""
    archived: Archived | None = None
    language: Language
    read: Annotated[Literal["whole", "excerpt", "quoted-elsewhere", "not-seen"], Keyword("readings")]
    read_note: Line | None = None
    """What exactly was read."""
    origin: Origin
    derived_from: tuple[Derivation, ...] = ()
    interest: Line | None = None
    """A party to the matter, a state outlet: said wherever it is cited."""
