"""Statuses: what was in force ends, or comes back, by something: a listing, a law, a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, capital
from factbook.model.records import Status
from factbook.problems import Problem


def without_instrument(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Changes of status that name nothing that brought them about. Code: status-without-instrument.

    "unknown" is no change of the thing itself but the end of our knowledge, and needs no instrument.
    """
    for path, found in sheet.facts.items():
        status = found.fact
        if not isinstance(status, Status) or status.value == "unknown":
            continue
        if (path[-1] != 0 or status.value == "ended") and not (
            status.by and (status.by.event or status.by.text)
        ):
            yield sheet.problem(
                "status-without-instrument",
                f'{capital(sheet.name(found))} does not say what changed it. Add "by:" with the event, or with words where no event stands for it.',
                path,
                found.anchor,
            )
