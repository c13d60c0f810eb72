"""What falls due: sheets to review, predictions to judge, waivers that end, answers to read again. Printing it is the command's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from factbook.catalogue import Catalogue
from factbook.living.rereading import rereading, since
from factbook.loading.loaded import LoadedSheet
from factbook.model.briefing import Briefing
from factbook.model.change import History
from factbook.model.statement import Statement
from factbook.problems import Place


@dataclass(frozen=True, order=True)
class Due:
    """One thing to do by a day, e.g. the review of a sheet."""

    day: date
    """The last day on which it is in time."""
    place: Place
    what: str
    """What is to be done, as a phrase that goes with the title of the sheet."""
    id: str

    def is_overdue(self, as_of: date) -> bool:
        return self.day < as_of


REREADING = "answer under re-reading"
"""What is to be done with an answer: it was in time on the day before the first reason to read it again."""


def due_by(catalogue: Catalogue, history: History, as_of: date, day: date) -> list[Due]:
    """Everything whose day is this one or an earlier one, the oldest first; of answers what is so on the day `as_of`."""
    found = [due for sheet in catalogue.sheets.values() for due in _of(sheet)]
    for briefing in catalogue.all(Briefing):
        if reasons := rereading(briefing, catalogue, history, as_of):
            place = catalogue.sheets[briefing.id].place(("signed", "day"))
            found.append(Due(since(reasons) - timedelta(1), place, REREADING, briefing.id))
    return sorted(due for due in found if due.day <= day)


def _of(sheet: LoadedSheet) -> Iterator[Due]:
    yield Due(sheet.sheet.review_by.latest, sheet.place(("review_by",)), "review", sheet.id)
    for position, waiver in enumerate(sheet.sheet.waivers):
        place = sheet.place(("waivers", position, "until"))
        yield Due(waiver.until.latest, place, f"waiver of {waiver.code} for {waiver.anchor}", sheet.id)
    prediction = sheet.sheet.prediction if isinstance(sheet.sheet, Statement) else None
    if prediction is None or prediction.settles_by is None:
        return
    settled, outcome = prediction.settles_by.latest, prediction.outcome
    if outcome is None or (outcome.value == "open" and outcome.day.latest < settled):
        place = sheet.place(("prediction", "settles_by"))
        yield Due(settled, place, "outcome of the prediction", sheet.id)
