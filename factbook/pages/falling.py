"""What would fall with the sheet of a page, in words: one sentence, and the list behind it.

What falls is decided in `living.falling`; here it gets its titles.
"""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.living.falling import Fall, Spot, of_sheet, of_source
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.pages.draft import Draft
from factbook.pages.labels import fact_title
from factbook.pages.page import PageRef

ROWS = 16
"""Facts and statements that the list names; all of them stand under what rests on the source."""


@frozen
class FallingAnswer:
    """An answer that would be read again."""

    ref: PageRef
    loses: tuple[PageRef, ...]
    """What it would lose; empty where it waits for this very thing."""


@frozen
class FallView:
    """What would fall with a sheet."""

    sentence: str
    """E.g. `3 facts lose their only support; 1 answer would be read again`."""
    rows: tuple[PageRef, ...]
    """The facts and statements."""
    more: int
    """How many of them are not named."""
    answers: tuple[FallingAnswer, ...]


def fall_view(sheet: Sheet, draft: Draft) -> FallView | None:
    """What would fall with a sheet; None where nothing can be said: for pages of our own words that no answer rests on."""
    catalogue = draft.catalogue
    fall = of_sheet(sheet.id, catalogue)
    if isinstance(sheet, Source):
        if sheet.withdrawal and sheet.withdrawal.day.earliest <= draft.as_of:
            return None  # it has fallen
        fall = _together(of_source(sheet.id, catalogue, draft.as_of), fall)
    elif isinstance(sheet, Briefing | PlainPage) and not fall.answers:
        return None
    spots = (*fall.facts, *((id, "statement") for id in fall.statements))
    return FallView(
        in_words(fall, source=isinstance(sheet, Source)),
        tuple(_ref(spot, draft) for spot in spots[:ROWS]),
        max(0, len(spots) - ROWS),
        tuple(
            FallingAnswer(draft.ref(id), tuple(_lost(spot, id, draft) for spot in spots[:ROWS]))
            for id, spots in fall.answers
        ),
    )


def in_words(fall: Fall, *, source: bool) -> str:
    """E.g. `3 facts lose their only support; 1 answer would be read again`."""
    facts, statements, answers = len(fall.facts), len(fall.statements), len(fall.answers)
    parts = []
    if source:
        parts.append(f"{_count(facts, 'fact')} {'lose their' if facts > 1 else 'loses its'} only support")
    if statements:
        parts.append(f"{_count(statements, 'statement')} can be read nowhere else")
    parts.append(f"{_count(answers, 'answer')} would be read again")
    return "; ".join(parts)


def _together(one: Fall, other: Fall) -> Fall:
    answers: dict[str, set[Spot]] = {}
    for id, spots in (*one.answers, *other.answers):
        answers.setdefault(id, set()).update(spots)
    return Fall(
        one.facts, one.statements, tuple((id, tuple(sorted(of))) for id, of in sorted(answers.items()))
    )


def _lost(spot: Spot, answer: str, draft: Draft) -> PageRef:
    if spot == (answer, "short-answer"):
        return draft.ref(*spot, "a sentence of the answer that cites it alone")
    return _ref(spot, draft)


def _ref(spot: Spot, draft: Draft) -> PageRef:
    return draft.ref(*spot, fact_title(*spot, draft.catalogue))


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'s' if number > 1 else ''}"
