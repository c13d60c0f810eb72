"""Statements: one utterance of an actor, through whose hands it came, and what became of it if it was a prediction."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from factbook.model.dates import PartialDate
from factbook.model.records import Citation, Fact, Record
from factbook.model.sheet import Sheet
from factbook.model.values import Keyword, Language, Line, Prose, Reference, RefTo, Text


class SaidOn(Record):
    """The date of the utterance, as exactly as it is known."""

    date: PartialDate
    basis: Line | None = None
    """How the date is known, where no source prints it."""


class Words(Record):
    """Words as they stand in a document; a translated document's words are its own, not the speaker's."""

    KEY = ("lang", "of")

    text: Text
    lang: Language
    of: Annotated[Literal["speaker", "document"], Keyword("words-of")]
    source: Annotated[Reference, RefTo("sources", "quoted_from")] | None = None
    """The document they stand in; absent: the one in which the statement was read."""


class ReadIn(Record):
    """The document in which we read the statement."""

    source: Annotated[Reference, RefTo("sources", "read_for_statement")]
    at: Line | None = None
    """The place in it."""


class Answer(Record):
    """The stance that a statement gives to a briefing's question, in our reading."""

    KEY = ("question",)

    question: Annotated[Reference, RefTo("briefings", "answered_by")]
    stance: Annotated[Literal["agrees", "partly", "disagrees", "no-view"], Keyword("stances")]
    qualifier: Line | None = None
    """A few words that narrow the answer, e.g. "for the moment"."""
    reading: Prose | None = None
    """Why we read it so."""


class StatementRelation(Record):
    """How a statement stands to another."""

    KEY = ("kind", "statement")

    kind: Annotated[
        Literal["supports", "contradicts", "qualifies", "repeats"], Keyword("statement-relations")
    ]
    statement: Annotated[Reference, RefTo("statements", "related_statement")]
    note: Line | None = None


class Outcome(Fact):
    """What came of a prediction, on a day."""

    value: Annotated[Literal["happened", "partly", "not-so-far", "open", "unresolvable"], Keyword("outcomes")]
    day: PartialDate
    """The day the verdict holds for."""
    note: Prose | None = None
    """What happened, in our words."""
    caution: Prose | None = None
    """What the verdict does not show."""


class Prediction(Record):
    """What would settle a prediction, and what came of it."""

    settles_by: PartialDate | None = None
    """The day by which it can be judged; absent when the speaker named none and we set none."""
    criterion: Line
    criterion_by: Annotated[Literal["speaker", "us"], Keyword("criterion-by")]
    outcome: Outcome | None = None


class Statement(Sheet):
    """E.g. Harun Dalga, 7 December 2022: the coast will be dark this winter."""

    COLLECTION: ClassVar[str] = "statements"

    speakers: tuple[Annotated[Reference, RefTo("actors", "said")], ...] = ()
    as_named: Line | None = None
    """How the speaker is named, for unnamed or collective speakers, e.g. "shipowners asked by the Harbour Gazette"."""
    spoke_for: tuple[Annotated[Reference, RefTo("actors", "spoken_for_by")], ...] = ()
    """Actors in whose name it was said; their publications count as the speaker's own."""
    act: Annotated[
        Literal["asserts", "predicts", "denies", "promises", "recommends", "asks"], Keyword("speech-acts")
    ]
    hedge: Line | None = None
    """The word that weakens it, e.g. could, perhaps."""
    said_on: SaidOn
    gist: Line
    """What was said, in our words."""
    words: tuple[Words, ...] = ()
    first_in: Annotated[Reference, RefTo("sources", "first_published")]
    """The first publication of it."""
    read_in: ReadIn
    seen: tuple[Annotated[Reference, RefTo("sources", "shows_statement")], ...] = ()
    """Sources in which this passage itself was read."""
    about: tuple[Annotated[Reference, RefTo("*", "subject_of")], ...] = ()
    answers: tuple[Answer, ...] = ()
    relations: tuple[StatementRelation, ...] = ()
    prediction: Prediction | None = None
    cite: tuple[Citation, ...] = ()
    """Further sources that report it."""

    @property
    def title_text(self) -> str:
        return self.gist.rstrip(".")
