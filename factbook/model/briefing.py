"""Briefings: pages of prose that answer a question; and the plain pages beside them (home, about, method)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from factbook.model.records import Confidence, Record
from factbook.model.sheet import Sheet
from factbook.model.values import AnchorRef, Line, Prose, Reference, RefTo


class WouldChange(Record):
    """Something that would change the answer."""

    KEY = ()

    text: Prose
    """What would have to happen or come to light."""


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
