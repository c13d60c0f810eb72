"""Sources: documents, where they come from, and how much of them was read."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import Day, PartialDate
from factbook.model.records import Archived, Confidence, Fact, Record
from factbook.model.sheet import TitledSheet
from factbook.model.values import Address, Keyword, Language, Line, Prose, Reference, RefTo


class Origin(Record):
    """Whether a source reports itself or takes from another."""

    value: Annotated[Literal["own-reporting", "primary", "derived", "unknown"], Keyword("origins")]
    """Where its content comes from."""
    basis: Line | None = None
    """How that is known. Absent: it is plain."""


class Derivation(Record):
    """One parent of a source, and what was done to it on the way."""

    KEY = ("source",)

    source: Annotated[Reference, RefTo("sources", "passed_on_by")]
    """The source that it takes from."""
    kind: Annotated[
        Literal["reports", "quotes", "translates", "summarises", "republishes"], Keyword("derivations")
    ]
    """What was done to it on the way."""
    by: Annotated[Literal["human", "machine", "unknown"], Keyword("translators")] | None = None
    """Who translated; wanted for a translation. Absent: nothing was translated."""
    for_: Annotated[
        tuple[Annotated[Reference, RefTo("statements", "passed_on_in")], ...], Field(alias="for")
    ] = ()
    """The statements it is limited to. Absent: the whole source."""
    basis: Line | None = None
    """How that is known. Absent: the source says so itself."""
    confidence: Confidence | None = None
    """How sure we are that it was taken from there. Absent: not graded."""


class TakenBack(Fact):
    """That whoever published a source has withdrawn it."""

    KEY = ("day",)

    day: Day
    """The day on which it was withdrawn."""
    text: Prose
    """Who withdrew it, and what they said of it."""


class Source(TitledSheet):
    """E.g. Regulation 2022/17 on maritime services; the Harbour Gazette's report of 6 December 2022."""

    COLLECTION: ClassVar[str] = "sources"

    kind: Annotated[
        Literal["law", "official", "press", "analysis", "reference", "data", "aggregator"],
        Keyword("source-kinds"),
    ]
    """What sort of source it is."""
    publisher: Line
    """Who published it, as printed."""
    published_by: tuple[Annotated[Reference, RefTo("actors", "published")], ...] = ()
    """The publisher's own sheets, where they exist; a publication is a speaker's own when this names the speaker."""
    byline: Line | None = None
    """The author as printed. Absent: none is."""
    authors: tuple[Annotated[Reference, RefTo("actors", "wrote")], ...] = ()
    """The authors' sheets, where they exist."""
    date: PartialDate | None = None
    """Day, month or year of publication. Absent: none is known."""
    number: Line | None = None
    """Its own number, e.g. document 2021-07048. Absent: it has none."""
    url: Address | None = None
    """The address at which it was read. Absent: see `url_note`."""
    url_note: Line | None = None
    """Why there is no address, or what to know about it."""
    archived: Archived | None = None
    """A kept copy of the page. Absent: none is known."""
    language: Language
    """The language of the document."""
    read: Annotated[Literal["whole", "excerpt", "quoted-elsewhere", "not-seen"], Keyword("readings")]
    """How much of it was read."""
    read_note: Line | None = None
    """What exactly was read."""
    origin: Origin
    """Whether it reports itself or takes from another."""
    derived_from: tuple[Derivation, ...] = ()
    """The sources that it takes from, one item each."""
    interest: Line | None = None
    """A party to the matter, a state outlet: said wherever it is cited. Absent: none is known."""
    withdrawal: TakenBack | None = None
    """That whoever published it has withdrawn it. Absent: nobody is known to have. (A sheet of ours that is withdrawn keeps `withdrawn` alone.)"""
