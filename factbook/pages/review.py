"""The review board: what is due, weak or doubtful, for everyone to see."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.dates import PartialDate
from factbook.model.statement import Statement
from factbook.pages.draft import Draft
from factbook.pages.labels import place_words, plain
from factbook.pages.page import PageRef
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.problems import CODES


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
    sheets = [catalogue[id] for id in catalogue.ids()]
    by_day = sorted(sheets, key=lambda sheet: (sheet.review_by.text, sheet.id))
    due = [DueRow(draft.ref(sheet.id), "", sheet.review_by) for sheet in by_day]
    overdue = tuple(row for row in due if row.day and row.day.latest < draft.as_of)
    entry: list[DueRow] = []
    uncited: list[DueRow] = []
    doubtful: list[DueRow] = []
    waived: list[DueRow] = []
    for sheet in sorted(sheets, key=lambda sheet: sheet.id):  # all that is asked of a sheet at once
        if sheet.confidence == "low" or sheet.doubt:
            doubtful.append(DueRow(draft.ref(sheet.id), plain(sheet.doubt or "", catalogue)))
        for fact in catalogue.frail_facts_of(sheet.id):
            row = DueRow(draft.ref(sheet.id, fact.anchor), place_words(sheet.id, fact.anchor, catalogue))
            shown_in = ((entry, fact.by_entry), (uncited, fact.uncited), (doubtful, fact.doubtful))
            for rows, is_shown in shown_in:
                if is_shown:
                    rows.append(row)
        for w in sheet.waivers:
            ref = draft.ref(sheet.id, "" if w.anchor == "sheet" else w.anchor)
            waived.append(DueRow(ref, f"“{CODES[w.code].reason}” {w.reason}", w.until))
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
        overdue,
        tuple(due[:20]),
        open_predictions,
        tuple(entry),
        tuple(uncited),
        tuple(waived),
        tuple(doubtful),
    )
