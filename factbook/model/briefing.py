"""Briefings: pages of prose that answer a question; and the plain pages beside them (home, about, method)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factbook.model.dates import Day
from factbook.model.records import Confidence, Record
from factbook.model.sheet import Sheet
from factbook.model.values import AnchorRef, Keyword, Line, Prose, Reference, RefTo


class Condition(Record):
    """What each build watches for: one thing, and what becomes of it, e.g. `{status: price-cap, is: ended}`."""

    KEY = ()

    status: Annotated[Reference, AnchorRef("watched_by")] | None = None
    """A measure or a regime, or one provision as `id#provisions.id`; it is `in-force`, `ended` or (as a whole) `unknown`."""
    designation: Annotated[Reference, AnchorRef("watched_by")] | None = None
    """A designation, as `id#designations.id`; it is `ended`."""
    prediction: Annotated[Reference, RefTo("statements", "watched_by")] | None = None
    """A statement with a prediction; its outcome is `happened`, `partly`, `not-so-far`, `open` or `unresolvable`."""
    statement: Annotated[Reference, RefTo("statements", "watched_by")] | None = None
    """A statement; another one has `contradicted` it."""
    source: Annotated[Reference, RefTo("sources", "watched_by")] | None = None
    """A source; whoever published it has `withdrawn` it."""
    is_: Annotated[
        Literal[
            "in-force",
            "ended",
            "unknown",
            "happened",
            "partly",
            "not-so-far",
            "open",
            "unresolvable",
            "contradicted",
            "withdrawn",
        ],
        Keyword("conditions"),
        Field(alias="is"),
    ]
    """What has to become of it."""

    @property
    def kind(self) -> str:
        """The field that names the thing, e.g. `status`; the first where there are several, empty where there is none."""
        return next((name for name in CONDITIONS if getattr(self, name)), "")

    @property
    def target(self) -> tuple[str, str]:
        """The sheet that is watched, and the place in it."""
        id, _, anchor = str(getattr(self, self.kind)).partition("#") if self.kind else ("", "", "")
        return id, anchor


CONDITIONS: dict[str, tuple[str, ...]] = {
    "status": ("in-force", "ended", "unknown"),
    "designation": ("ended",),
    "prediction": ("happened", "partly", "not-so-far", "open", "unresolvable"),
    "statement": ("contradicted",),
    "source": ("withdrawn",),
}
"""What can be watched, and what can become of it."""


class WouldChange(Record):
    """Something that would change the answer: either in words alone, or what each build watches for and what would follow."""

    KEY = ()

    text: Prose | None = None
    """What would have to happen or come to light, where only a person can tell. Absent: see `when`."""
    when: Condition | None = None
    """What each build watches for. Absent: see `text`."""
    then: Prose | None = None
    """What would follow for the answer, in a sentence; wanted beside `when`."""


class Signature(Record):
    """Who last read the answer against the facts beneath it, and when."""

    KEY = ("day",)

    day: Day
    """The day. What comes true or changes after it puts the answer under re-reading, until a later day stands here."""
    by: Annotated[str, Keyword("signers")]
    """In what role; never a name."""


class Briefing(Sheet):
    """One Markdown file with a question in its front matter."""

    COLLECTION: ClassVar[str] = "briefings"

    title: Line | None = None
    """The title of the page. Absent: the question."""
    question: Line
    """The question that the page answers; statements answer it by the id of the page."""
    short_answer: Prose
    """The answer in at most 60 words."""
    confidence: Confidence
    """How sure we are of the short answer."""
    confidence_note: Line | None = None
    """Why that much confidence and no more. Absent: the grade speaks for itself."""
    would_change: Annotated[tuple[WouldChange, ...], Field(min_length=1)]
    """What would change the answer, one item each."""
    rests_on: Annotated[tuple[Annotated[Reference, AnchorRef("carries_answer")], ...], Field(min_length=1)]
    """The facts beneath the answer: `id#anchor`, or the id of a sheet as a whole."""
    signed: Signature | None = None
    """Who last read the answer against these facts, and when; wanted where a `when` is watched. Absent: nothing is watched."""
    description: Line
    """One or two sentences for search engines and lists."""
    text: Annotated[str, Field(exclude=True)] = ""
    """The Markdown after the front matter."""
    text_line: Annotated[int, Field(exclude=True)] = 1
    """The line of the file on which the Markdown starts."""

    @property
    def title_text(self) -> str:
        return self.title or self.question


class PlainPage(Sheet):
    """A page of our own prose that answers no question: home, about, method."""

    COLLECTION: ClassVar[str] = "briefings"

    title: Line
    """The title of the page."""
    description: Line
    """One or two sentences for search engines and lists."""
    questions: tuple[Annotated[Reference, RefTo("briefings", "on_front_page")], ...] = ()
    """Of the front page: the briefings in the order in which it shows them, the first on top. Those not named follow."""
    text: Annotated[str, Field(exclude=True)] = ""
    """The Markdown after the front matter."""
    text_line: Annotated[int, Field(exclude=True)] = 1
    """The line of the file on which the Markdown starts."""

    @property
    def title_text(self) -> str:
        return self.title
