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
    """The date, as exactly as it is known."""
    basis: Line | None = None
    """How the date is known, where no source prints it. Absent: a source prints it."""


class Words(Record):
    """Words as they stand in a document; a translated document's words are its own, not the speaker's."""

    KEY = ("lang", "of")

    text: Text
    """The words."""
    lang: Language
    """The language they stand in here."""
    of: Annotated[Literal["speaker", "document"], Keyword("words-of")]
    """Whose words they are: a translated document's are its own."""
    source: Annotated[Reference, RefTo("sources", "quoted_from")] | None = None
    """The document they stand in. Absent: the one in which the statement was read."""


class ReadIn(Record):
    """The document in which we read the statement."""

    source: Annotated[Reference, RefTo("sources", "read_for_statement")]
    """The document."""
    at: Line | None = None
    """The place in it. Absent: the document as a whole."""


class Answer(Record):
    """The stance that a statement gives to a briefing's question, in our reading."""

    KEY = ("question",)

    question: Annotated[Reference, RefTo("briefings", "answered_by")]
    """The briefing that asks, by its id."""
    stance: Annotated[Literal["agrees", "partly", "disagrees", "no-view"], Keyword("stances")]
    """The answer, in our reading."""
    qualifier: Line | None = None
    """A few words that narrow the answer, e.g. "for the moment". Absent: nothing narrows it."""
    reading: Prose | None = None
    """Why we read it so. Absent: it is plain."""


class StatementRelation(Record):
    """How a statement stands to another."""

    KEY = ("kind", "statement")

    kind: Annotated[
        Literal["supports", "contradicts", "qualifies", "repeats"], Keyword("statement-relations")
    ]
    """What this statement does to the other one."""
    statement: Annotated[Reference, RefTo("statements", "related_statement")]
    """The other statement."""
    note: Line | None = None
    """How so."""


class Outcome(Fact):
    """What came of a prediction, on a day."""

    value: Annotated[Literal["happened", "partly", "not-so-far", "open", "unresolvable"], Keyword("outcomes")]
    """What came of it."""
    day: PartialDate
    """The day the verdict holds for."""
    note: Prose | None = None
    """What happened, in our words."""
    caution: Prose | None = None
    """What the verdict does not show."""


class Prediction(Record):
    """What would settle a prediction, and what came of it."""

    settles_by: PartialDate | None = None
    """The day by which it can be judged. Absent: the speaker named none and we set none."""
    criterion: Line
    """What has to be the case for it to have come true."""
    criterion_by: Annotated[Literal["speaker", "us"], Keyword("criterion-by")]
    """Who set that criterion; "set by us" is printed."""
    outcome: Outcome | None = None
    """What came of it. Absent: not judged yet."""


class Statement(Sheet):
    """E.g. Harun Dalga, 7 December 2022: the coast will be dark this winter."""

    COLLECTION: ClassVar[str] = "statements"

    speakers: tuple[Annotated[Reference, RefTo("actors", "said")], ...] = ()
    """Who said it. Absent: see `as_named`."""
    as_named: Line | None = None
    """How the speaker is named, for unnamed or collective speakers, e.g. "shipowners asked by the Harbour Gazette". Absent: see `speakers`."""
    spoke_for: tuple[Annotated[Reference, RefTo("actors", "spoken_for_by")], ...] = ()
    """Actors in whose name it was said; their publications count as the speaker's own."""
    act: Annotated[
        Literal["asserts", "predicts", "denies", "promises", "recommends", "asks"], Keyword("speech-acts")
    ]
    """What the statement does."""
    hedge: Line | None = None
    """The word that weakens it, e.g. could, perhaps. Absent: none does."""
    said_on: SaidOn
    """When it was said, and how that is known."""
    gist: Line
    """What was said, in our words and as a sentence of its own: "Light will be dearer", not "He says that light …"; the page names the speaker beside it."""
    words: tuple[Words, ...] = ()
    """The words, as far as they were read."""
    first_in: Annotated[Reference, RefTo("sources", "first_published")]
    """The first publication of it."""
    read_in: ReadIn
    """The document in which we read it."""
    seen: tuple[Annotated[Reference, RefTo("sources", "shows_statement")], ...] = ()
    """Sources in which this passage itself was read, that of `read_in` among them. An empty list, `[]`: it is known and was read nowhere, and the page says "not seen"."""
    about: tuple[Annotated[Reference, RefTo("*", "subject_of")], ...] = ()
    """What it is about: sheets of any collection."""
    answers: tuple[Answer, ...] = ()
    """The questions that it answers."""
    relations: tuple[StatementRelation, ...] = ()
    """How it stands to other statements."""
    prediction: Prediction | None = None
    """What would settle it, and what came of it. Absent: it foretells nothing."""
    cite: tuple[Citation, ...] = ()
    """Further sources that report it."""

    @property
    def when(self) -> PartialDate:
        """The date on which it was said."""
        return self.said_on.date

    @property
    def title_text(self) -> str:
        return self.gist.rstrip(".")
