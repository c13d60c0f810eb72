"""What falls due: sheets to review, predictions to judge, waivers that end. Printing it is the command's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from factbook.catalogue import Catalogue
from factbook.loading.sheets import LoadedSheet
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


def due_by(catalogue: Catalogue, day: date) -> list[Due]:
    """Everything whose day is this one or an earlier one, the oldest first."""
    return sorted(due for sheet in catalogue.sheets.values() for due in _of(sheet) if due.day <= day)


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
