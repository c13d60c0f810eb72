"""The parts that sheets of several collections share: citations, facts, names, observations, statuses.

A `Fact` is something we publish in our own voice. It may be written without a citation; whether it may be published without
one is for the checks. Fields whose names are Python words carry an underscore here and none in YAML (`from_` is `from`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from factbook.model.dates import Day, Start
from factbook.model.values import (
    Address,
    Amount,
    Currency,
    Id,
    Keyword,
    Language,
    Line,
    Prose,
    Reference,
    RefTo,
    Text,
)

Confidence = Annotated[Literal["high", "medium", "low"], Keyword("confidence")]
"""high: an official text, or two independent reports; medium: one report or an inference; low: one weak or unclear source."""


class Record(BaseModel):
    """Anything written as a block of fields. Unknown fields are refused, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    """The fields that tell an item from its neighbours in a list; anchors are made of them."""


class Citation(Record):
    """Where a fact comes from: a source, the place in it, the words, and how we read it."""

    KEY = ("source",)

    source: Annotated[Reference, RefTo("sources", "cited_by")]
    """The source that says it."""
    at: Line | None = None
    """The place in the source (article, paragraph, page); only a place that somebody read. Absent: the source as a whole."""
    words: Text | None = None
    """The source's own words, in its language; checked against its capture where there is one. Absent: not quoted."""
    through: Annotated[Reference, RefTo("sources", "read_for")] | None = None
    """The source in which it was read, when the original was not seen. Absent: the original was read."""
    support: Literal["entry"] | None = None
    """`entry`: the source is known to stand behind the entry as a whole, not behind this very fact. Absent: it stands behind this fact."""


class Fact(Record):
    """Something we say in our own voice, e.g. a threshold, a post, a date."""

    cite: tuple[Citation, ...] = ()
    """Where it comes from: a list of citations. Absent: only where no citation is asked for, or with a waiver."""
    confidence: Confidence | None = None
    """How sure we are of this fact. Absent: as the sheet as a whole."""
    note: Prose | None = None
    """A doubt or an explanation, printed beside the fact."""
    rank: Literal["deprecated"] | None = None
    """`deprecated`: superseded, kept with its reason and shown as no longer held. Absent: it holds."""
    reason: Line | None = None
    """Why the fact is deprecated."""

    @property
    def rests_on(self) -> tuple[tuple[str, str | None], ...]:
        """The sources that it cites, each with the one in which it was read; none where it is no longer held."""
        return () if self.rank == "deprecated" else tuple((each.source, each.through) for each in self.cite)


class TextFact(Fact):
    """A fact in one or two sentences, with its own anchor."""

    id: Id
    """Tells this fact from the others; part of its permanent address."""
    text: Prose
    """The fact in one or two sentences."""


class DatedFact(Fact):
    """A date that matters and is no event of its own, e.g. `signed`."""

    id: Id
    """Tells this date from the others; part of its permanent address."""
    what: Line
    """What happened on it, e.g. Signed."""
    date: Start
    """As exactly as it is known."""


class Observed(Fact):
    """A day on which a source showed that something still held."""

    KEY = ("day",)

    day: Day
    """The day that the source shows."""


class Instrument(Record):
    """What changed a status."""

    KEY = ("event",)

    event: Annotated[Reference, RefTo("events", "changed_status_of")] | None = None
    """The event. Absent: it has no sheet, and `text` says it."""
    text: Line | None = None
    """In words, where no event stands for it."""


class Status(Fact):
    """A state of play and what brought it about; the newest last."""

    KEY = ("value", "from_")

    value: Annotated[Literal["in-force", "ended", "unknown"], Keyword("statuses")]
    """The state of play."""
    from_: Annotated[Start, Field(alias="from")]
    """First day it holds, or `unknown`."""
    by: Instrument | None = None
    """The instrument: the event (listing, law, decision) that changed the status. Absent: not known."""
    observed: tuple[Observed, ...] = ()
    """Days on which a source showed that it still held; after the last of them a page says "last seen". Absent: its first day counts as one where it is known to the day; else nobody can say whether it holds today."""


class Name(Record):
    """One form of a name, in one language and script."""

    KEY = ("text",)

    text: Line
    """The name as it is written."""
    lang: Language
    """The language it is written in."""
    script: Annotated[str, Keyword("scripts")] | None = None
    """The letters it is written in. Absent: as usual for the language."""
    kind: Annotated[
        Literal["official", "native", "transliteration", "alias", "former", "acronym", "garbled"],
        Keyword("name-kinds"),
    ]
    """What sort of name it is; a garbled one is found by search and never shown as the name."""
    seen_in: tuple[Annotated[Reference, RefTo("sources", "spells")], ...] = ()
    """Sources in which this form was seen; wanted for garbled ones."""
    note: Line | None = None
    """What to know about this form."""


class Identifier(Record):
    """A number or name under which a public register knows the thing."""

    KEY = ("scheme",)

    scheme: Annotated[str, Keyword("identifier-schemes")]
    """The register."""
    value: Line
    """The number or name in it."""


class Threshold(Fact):
    """The amount above which a rule binds, e.g. 10000000 USD in any 12 months."""

    amount: Amount
    """The sum in digits, e.g. 10000000."""
    currency: Currency
    """Its currency, e.g. USD."""
    period: Line | None = None
    """What it is counted over, e.g. any 12 months. Absent: the source sets no period."""


class Imposer(Fact):
    """Who imposed a measure or issued a regime."""

    KEY = ("actor",)

    actor: Annotated[Reference, RefTo("actors", "imposes")]
    """Who it was."""
    role: Line | None = None
    """What it did, e.g. "made the finding and chose the sanctions". Absent: it did all of it."""


class Basis(Fact):
    """The regime, and the section of it, under which something is done."""

    KEY = ("regime", "section")

    regime: Annotated[Reference, RefTo("regimes", "basis_of")]
    """The regime."""
    section: Id | None = None
    """Id of a section of that regime. Absent: the regime as a whole."""


class Archived(Record):
    """A kept copy of a web page."""

    url: Address
    """The address of the copy."""
    day: Day | None = None
    """The day it was made. Absent: not known."""
