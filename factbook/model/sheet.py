"""What every sheet has: its id, its days of verification and review, its changes and waivers."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import Day
from factbook.model.records import Confidence, Name, Record, TextFact
from factbook.model.values import Id, Keyword, Line, Prose


class ChangeNote(Record):
    """Why something published was changed, and how much it matters; git cannot say either."""

    KEY = ("day", "anchor")

    day: Day
    """The day on which we changed it."""
    anchor: Line
    """The fact that changed; `sheet` for the sheet as a whole."""
    kind: Annotated[Literal["changed", "corrected", "retracted", "status"], Keyword("change-kinds")]
    """What sort of change it was."""
    weight: Literal["major", "minor"]
    """`major` stands in the feed of changes."""
    reason: Line
    """Why, in a sentence for readers."""
    now: Line | None = None
    """The anchor under which the fact stands now, when it only moved on the page. Absent: it has not moved."""


class Waiver(Record):
    """A rule of evidence set aside on one sheet, in the open and for a time."""

    KEY = ("code", "anchor")

    code: Line
    """The code of the problem that is waived."""
    anchor: Line
    """The fact it is waived for; `sheet` for the sheet as a whole."""
    reason: Line
    """Why the rule is set aside here."""
    until: Day
    """The last day of the waiver."""


class Sheet(Record):
    """One YAML file about one thing. Its id is its file name."""

    COLLECTION: ClassVar[str] = ""
    """The folder that holds sheets of this kind."""

    id: Annotated[Id, Field(exclude=True)] = ""
    """The file name; may be repeated in the file, and must then be the same. Absent: as usual, the file name says it."""
    former_ids: tuple[Id, ...] = ()
    """Earlier ids; each stays as a redirect."""
    lede: Prose | None = None
    """What it is and why it matters here, in two or three sentences."""
    facts: tuple[TextFact, ...] = ()
    """What we say about it that has no field of its own."""
    body: Prose | None = None
    """Longer prose, with links and citations."""
    confidence: Confidence | None = None
    """How sure we are of the sheet as a whole. Absent: not graded."""
    doubt: Prose | None = None
    """What is not certain, in words; printed under the title."""
    note: Prose | None = None
    """What else to know about the sheet."""
    verified: Day
    """Day on which a person last checked the sheet."""
    review_by: Day
    """Day by which it is checked again."""
    changes: tuple[ChangeNote, ...] = ()
    """What was published and then changed, and why; printed on the page."""
    waivers: tuple[Waiver, ...] = ()
    """Rules of evidence that are set aside here for a time."""

    @property
    def title_text(self) -> str:
        """The title that pages and links show."""
        raise NotImplementedError

    @property
    def short_text(self) -> str:
        """The title in a few words, for lists and links."""
        return self.title_text


class NamedSheet(Sheet):
    """A sheet whose title is one of its names (actors, systems)."""

    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Every form of its name. Shown is the first official one in English, else the first that is not garbled."""

    @property
    def title_text(self) -> str:
        """The first official English name, else the first that is not garbled."""
        return display_name(self.names, "en").text

    @property
    def short_text(self) -> str:
        return self.title_text


class TitledSheet(Sheet):
    """A sheet with a title of our own."""

    title: Line
    """The title, in our words."""
    short: Line | None = None
    """The title in a few words for lists and links, e.g. Price cap. Absent: the title."""

    @property
    def title_text(self) -> str:
        return self.title

    @property
    def short_text(self) -> str:
        return self.short or self.title


def display_name(names: tuple[Name, ...], language: str) -> Name:
    """The name to show: the first official one in the language, else the first that is not garbled, else the first."""
    for name in names:
        if name.kind == "official" and name.lang.split("-")[0] == language:
            return name
    return next((name for name in names if name.kind != "garbled"), names[0])


class Withdrawal(Record):
    """When and why something was taken back."""

    day: Day
    """The day on which it was withdrawn."""
    reason: Line
    """Why, in a sentence for readers."""
    instead: Id | None = None
    """The sheet to read instead. Absent: there is none."""


class Tombstone(Record):
    """What is left of a sheet that was withdrawn: its file with these fields alone. Its page says what stood there."""

    id: Annotated[Id, Field(exclude=True)] = ""
    """The file name; it stays taken."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it had before; each leads here."""
    title: Line
    """What stood here, e.g. the title that it had."""
    withdrawn: Withdrawal
    """When and why it was withdrawn."""
