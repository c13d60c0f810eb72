"""The states of play and the outcomes that a page shows, read off its view: to compare a page with what it would be otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from factbook.chronology import Answer
from factbook.model.records import Record
from factbook.model.spoken import date_in_words, day_in_words
from factbook.pages.page import Page, StateView
from factbook.pages.statement import PredictionView

ANSWERS = {
    Answer.NOT_YET: "not yet",
    Answer.IN_FORCE: "in force",
    Answer.ENDED: "ended",
    Answer.LAST_SEEN: "last seen in force on {}",
    Answer.NOT_KNOWN: "not known",
}


def states_shown(page: Page) -> list[str]:
    """Each of them in words, in the order of the view."""
    return list(_within(page.view))


def _within(value: Any) -> Iterator[str]:
    match value:
        case StateView():
            if value.ended:
                yield f"ended {date_in_words(value.ended)}"
            else:
                yield ANSWERS[value.answer].format(day_in_words(value.day))
        case PredictionView():
            yield f"{value.outcome_label}{f', {date_in_words(value.day)}' if value.day else ''}"
        case tuple() | list():
            for each in value:
                yield from _within(each)
        case dict():
            yield from _within(tuple(value.values()))
        case Record():
            return
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                yield from _within(getattr(value, field.name))
