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

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    """The fields that tell an item from its neighbours in a list; anchors are made of them."""


class Citation(Record):
    """Where a fact comes from: a source, the place in it, the words, and how we read it."""

    KEY = ("source",)

    source: Annotated[Reference, RefTo("sources", "cited_by")]
    at: Line | None = None
    """The place in the source (article, paragraph, page); only a place that somebody read."""
    words: Text | None = None
    """The source's own words, in its language; checked against its capture where there is one."""
    through: Annotated[Reference, RefTo("sources", "read_for")] | None = None
    """The source in which it was read, when the original was not seen."""
    support: Literal["entry"] | None = None
    """`entry`: the source is known to stand behind the entry as a whole, not behind this very fact."""


class Fact(Record):
    """Something we say in our own voice, e.g. a threshold, a post, a date."""

    cite: tuple[Citation, ...] = ()
    confidence: Confidence | None = None
    """Absent: as the sheet as a whole."""
    note: Prose | None = None
    """A doubt or an explanation, printed beside the fact."""
    rank: Literal["deprecated"] | None = None
    """`deprecated`: superseded, kept with its reason and shown as no longer held."""
    reason: Line | None = None
    """Why the fact is deprecated."""


class TextFact(Fact):
    """A fact in one or two sentences, with its own anchor."""

    id: Id
    text: Prose


class DatedFact(Fact):
    """A date that matters and is no event of its own, e.g. `signed`."""

    id: Id
    what: Line
    date: Start
    """As exactly as it is known."""


class Observed(Fact):
    """A day on which a source showed that something still held."""

    KEY = ("day",)

    day: Day


class Status(Fact):
    """A state of play and what brought it about; the newest last."""

    KEY = ("value", "from_")

    value: Annotated[Literal["in-force", "ended", "unknown"], Keyword("statuses")]
    from_: Annotated[Start, Field(alias="from")]
    by: Instrument | None = None
    """The instrument: the event (listing, law, decision) that changed the status."""
    observed: tuple[Observed, ...] = ()


class Instrument(Record):
    """What changed a status."""

    KEY = ("event",)

    event: Annotated[Reference, RefTo("events", "changed_status_of")] | None = None
    text: Line | None = None
    """In words, where no event stands for it."""


class Name(Record):
    """One form of a name, in one language and script."""

    KEY = ("text",)

    text: Line
    lang: Language
    script: Annotated[str, Keyword("scripts")] | None = None
    """ISO 15924, e.g. Cyrl; absent: as usual for the language."""
    kind: Annotated[
        Literal["official", "native", "transliteration", "alias", "former", "acronym", "garbled"],
        Keyword("name-kinds"),
    ]
    seen_in: tuple[Annotated[Reference, RefTo("sources", "spells")], ...] = ()
    """Sources in which this form was seen; wanted for garbled ones."""
    note: Line | None = None


class Identifier(Record):
    """A number or name under which a public register knows the thing."""

    KEY = ("scheme",)

    scheme: Annotated[str, Keyword("identifier-schemes")]
    value: Line


class Threshold(Fact):
    """The amount above which a rule binds, e.g. 10000000 USD in any 12 months."""

    amount: Amount
    currency: Currency
    period: Line | None = None
    """What it is counted over; absent when the source sets no period."""


class Imposer(Fact):
    """Who imposed a measure or issued a regime."""

    KEY = ("actor",)

    actor: Annotated[Reference, RefTo("actors", "imposes")]
    role: Line | None = None
    """What it did, e.g. "made the finding and chose the sanctions"."""


class Basis(Fact):
    """The regime, and the section of it, under which something is done."""

    KEY = ("regime", "section")

    regime: Annotated[Reference, RefTo("regimes", "basis_of")]
    section: Id | None = None
    """Id of a section of that regime."""


class Archived(Record):
    """A kept copy of a web page."""

    url: Address
    day: Day | None = None


Status.model_rebuild()
