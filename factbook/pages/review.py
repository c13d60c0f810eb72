"""The review board: what is due, weak or doubtful, for everyone to see."""

from __future__ import annotations

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.dates import PartialDate
from factbook.model.statement import Statement
from factbook.pages.addresses import ref_to
from factbook.pages.draft import Draft
from factbook.pages.labels import place_words, plain
from factbook.pages.page import PageRef
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.problems import CODES

NEXT = 20
"""How many sheets that are due next are named."""
LISTS = ("entry", "uncited", "waived", "doubtful")
"""The lists of what is weak, in the order of `ReviewPage`."""


@frozen
class DueRow:
    """Something that an editor has to look at."""

    ref: PageRef
    text: str
    day: PartialDate | None = None


@frozen
class ReviewPage:
    """The review board."""

    rereadings: tuple[tuple[PageRef, RereadingView], ...]
    """Answers that have to be read again, the oldest first."""
    overdue: tuple[DueRow, ...]
    next_due: tuple[DueRow, ...]
    predictions: tuple[DueRow, ...]
    entry: tuple[DueRow, ...]
    """Facts whose source stands behind the entry as a whole."""
    uncited: tuple[DueRow, ...]
    waived: tuple[DueRow, ...]
    doubtful: tuple[DueRow, ...]


def review(draft: Draft) -> ReviewPage:
    """What is due, weak or doubtful, for everyone to see."""
    catalogue = draft.catalogue
    ids = sorted(catalogue.ids())
    days = {id: catalogue[id].review_by for id in ids}
    by_day = sorted(ids, key=lambda id: (days[id].text, id))

    def due(id: str) -> DueRow:
        return DueRow(draft.ref(id), "", days[id])

    noted = [row for rows in catalogue.gathered("noted", ids, _noted) for row in rows]
    open_predictions = tuple(
        DueRow(draft.ref(each.id), each.gist, each.prediction.settles_by)
        for each in catalogue.all(Statement)
        if each.prediction
        and each.prediction.outcome is None
        and each.prediction.settles_by
        and each.prediction.settles_by.latest < draft.as_of
    )
    again = [
        (draft.ref(each.id), view)
        for each in catalogue.all(Briefing)
        if (view := rereading_line(each, draft))
    ]
    return ReviewPage(
        tuple(sorted(again, key=lambda row: row[1].since)),
        tuple(due(id) for id in by_day if days[id].latest < draft.as_of),
        tuple(due(id) for id in by_day[:NEXT]),
        open_predictions,
        *(tuple(row for where, row in noted if where == wanted) for wanted in LISTS),
    )


def _noted(catalogue: Catalogue, id: str) -> tuple[tuple[str, DueRow], ...]:
    """What of a sheet is weak, doubtful or waived, each with the list in which it stands."""
    sheet = catalogue[id]
    rows: list[tuple[str, DueRow]] = []
    if sheet.confidence == "low" or sheet.doubt:
        rows.append(("doubtful", DueRow(ref_to(catalogue, id), plain(sheet.doubt or "", catalogue))))
    for fact in catalogue.frail_facts_of(id):
        row = DueRow(ref_to(catalogue, id, fact.anchor), place_words(id, fact.anchor, catalogue))
        why = {"entry": fact.by_entry, "uncited": fact.uncited, "doubtful": fact.doubtful}
        rows += [(where, row) for where, is_so in why.items() if is_so]
    for w in sheet.waivers:
        ref = ref_to(catalogue, id, "" if w.anchor == "sheet" else w.anchor)
        rows.append(("waived", DueRow(ref, f"“{CODES[w.code].reason}” {w.reason}", w.until)))
    return tuple(rows)
