"""What changed, as readers see it: by day for the whole site, what was wrong, and the history of each sheet.

Old and new values become words in `edits`. Which changes there are is told by the history that a draft carries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import PlainPage
from factbook.model.change import (
    KINDS,
    SHEET,
    Change,
    ChangeKind,
    History,
    Reach,
)
from factbook.model.collections import ALL
from factbook.model.dates import parse_date
from factbook.model.spoken import date_in_words
from factbook.pages.addresses import address_of, changes_of, history_of
from factbook.pages.draft import Draft
from factbook.pages.edits import EditView, edit_view, is_unnamed, place_of
from factbook.pages.page import PageRef
from factbook.pages.past import is_long, past_months

ENOUGH = 60
"""Changes after which the pages of changes and of corrections leave the older days to pages of their own."""
MOST_SHEETS = 150
"""Sheets whose changes one day tells on the page of its month; the others tell them on their own pages."""
MOST_AT_FIRST = 15
"""The same on the page of changes itself."""
MOST_NEW = 20
"""New sheets of one collection that one day names."""
LATELY = 5
"""Lines of what changed lately on the front page."""
FOLDED = 6
"""Changes that the page of a sheet holds itself; more have a page of their own."""


@frozen
class ChangeView:
    """One change in words."""

    kind: ChangeKind
    label: str
    weight: str
    day: date
    where: str
    """The fact as its page calls it, with a small letter unless it begins with a name; empty for the sheet as a whole."""
    ref: PageRef | None
    """The fact where it stands now; None where it is gone."""
    reason: str
    edits: tuple[EditView, ...]
    founds: bool


@frozen
class SheetChanges:
    """What one day did to one sheet."""

    ref: PageRef | None
    title: str
    noun: str
    """What it is, e.g. `measure`."""
    changes: tuple[ChangeView, ...]

    @property
    def kinds(self) -> str:
        """The kinds of its changes, for the filter."""
        return " ".join(sorted({change.kind for change in self.changes}))


@frozen
class NewSheets:
    """The sheets of one collection that came on a day."""

    label: str
    refs: tuple[PageRef, ...]
    more: int
    """How many are not named."""
    index: PageRef


@frozen
class DayView:
    """What changed on a day."""

    day: date
    new: tuple[NewSheets, ...]
    new_count: int
    sheets: tuple[SheetChanges, ...]
    more: int
    """Sheets that changed and are not shown here."""

    @property
    def kinds(self) -> str:
        """The kinds of its changes, for the filter."""
        found = {change.kind for sheet in self.sheets for change in sheet.changes}
        return " ".join(sorted(found | ({"added"} if self.new else set())))


@frozen
class ChangesPage:
    """Some days of changes, the newest first."""

    reach: Reach
    days: tuple[DayView, ...]
    kinds: tuple[tuple[ChangeKind, str], ...]
    """The kinds that occur, for the filter."""
    past: tuple[PageRef, ...]
    """Pages of months, or of the days of a month, the newest first."""


@frozen
class CorrectionsPage:
    """What was wrong, the newest first."""

    reach: Reach
    days: tuple[DayView, ...]
    past: tuple[PageRef, ...]
    """Pages of months that have older ones, among all that changed in them; the newest first."""


@frozen
class OwnHistory:
    """The history of one sheet."""

    since: date | None
    """The day it came; None where nobody knows."""
    changes: tuple[ChangeView, ...]
    """All but its coming, as many as the page holds; the newest first."""
    count: int
    """How many there are in all."""
    whole: PageRef | None
    """The page that has all of them; None where this one has."""


@frozen
class LatelyRow:
    """One line of what changed lately: a change, or what came on a day."""

    day: date
    ref: PageRef | None
    """The fact where it stands now; None where it is gone, and for what came."""
    title: str
    change: ChangeView | None
    new: tuple[PageRef, ...] = ()
    """What came, counted by collection, each with its index."""


def latest(draft: Draft) -> ChangesPage:
    """The page of changes: whole days, until there are enough."""
    days: list[DayView] = []
    count = 0
    for day, changes in _by_day(draft.history.changes):
        if count >= ENOUGH:
            break
        days.append(_day(day, changes, draft, most=MOST_AT_FIRST))
        count += sum(not change.founds for change in changes) or 1
    return ChangesPage(
        draft.history.reach,
        tuple(days),
        _kinds(days),
        tuple(_past_ref(key) for key in past_months(draft.history.changes)),
    )


def lately(draft: Draft) -> tuple[LatelyRow, ...]:
    """The newest that matters, for the front page: a row for each major change, and one for all that came on a day."""
    rows: list[LatelyRow] = []
    for day, changes in _by_day(each for each in draft.history.changes if each.weight == "major"):
        told = [
            change_view(each, draft.catalogue, draft.history, alone=True)
            for each in changes
            if not each.founds
        ]
        rows += [
            LatelyRow(day, view.ref, view.ref.title if view.ref else title_of(each, draft.catalogue), view)
            for each, view in zip((each for each in changes if not each.founds), told, strict=True)
        ]
        came = Counter(each.collection for each in changes if each.founds and each.sheet in draft.catalogue)
        if came:
            refs = tuple(
                PageRef(_counted(name, came[name]), f"{name}/") for name in _IN_READING_ORDER if name in came
            )
            rows.append(LatelyRow(day, None, "", None, refs))
        if len(rows) >= LATELY:
            break
    return tuple(rows[:LATELY])


def past(key: str, draft: Draft) -> ChangesPage:
    """The page of a month (`2026-11`) or a day; of a month with too many changes, the way to its days."""
    changes = [each for each in draft.history.changes if each.day.isoformat().startswith(key)]
    if len(key) == len("2026-11") and is_long(changes):
        days = dict.fromkeys(each.day.isoformat() for each in changes)
        return ChangesPage(draft.history.reach, (), (), tuple(_past_ref(day) for day in days))
    shown = tuple(_day(day, of_day, draft) for day, of_day in _by_day(changes))
    return ChangesPage(draft.history.reach, shown, _kinds(shown), ())


def corrections(draft: Draft) -> CorrectionsPage:
    """What was wrong: corrected and retracted facts with their reasons, whole days until there are enough."""
    wrong = [
        change
        for _, changes in _by_day(draft.history.changes)
        for change in changes
        if change.kind in ("corrected", "retracted")
    ]
    days: list[DayView] = []
    count = 0
    for day, changes in _by_day(wrong):
        if count >= ENOUGH:
            break
        days.append(_day(day, changes, draft, most=len(wrong)))
        count += len(changes)
    return CorrectionsPage(
        draft.history.reach, tuple(days), tuple(map(_past_ref, past_months(wrong[count:])))
    )


def own_history(draft: Draft, *, whole: bool = False) -> OwnHistory:
    """The history of the draft's sheet, as its page or its page of history shows it."""
    sheet = draft.sheet
    changes = draft.history.of(sheet.id) if sheet else ()
    came = [change.day for change in changes if change.founds]
    later = [change for change in changes if not change.founds]
    has_page = sheet is not None and has_history_page(changes, sheet.COLLECTION)
    shown = later if whole else later[:FOLDED] if has_page or sheet is None else later[: 2 * FOLDED]
    return OwnHistory(
        min(came, default=None),
        tuple(change_view(change, draft.catalogue, draft.history) for change in shown),
        len(later),
        PageRef("History", history_of(sheet.COLLECTION, sheet.id))
        if has_page and sheet and not whole
        else None,
    )


def has_history_page(changes: Sequence[Change], collection: str) -> bool:
    """Whether the history of a sheet is too long for its own page. Pages of prose tell the newest and no more."""
    return collection != "briefings" and sum(not each.founds for each in changes) > FOLDED


def change_view(change: Change, catalogue: Catalogue, history: History, *, alone: bool = False) -> ChangeView:
    """A change in words. `alone` says that it is named without its edits, so that a fact needs its own words to be known."""
    past = history.past_of(change.sheet)
    address = address_of(change.collection, change.sheet)
    there = change.sheet in catalogue or change.sheet in catalogue.withdrawn
    anchor = "" if change.anchor == SHEET else change.anchor
    named = change.edits[0].anchor if len(change.edits) == 1 and not anchor else anchor
    stands = there and (not anchor or anchor in catalogue.anchors_of(change.sheet))
    edits = tuple(edit_view(edit, change, catalogue, past, named=named) for edit in change.edits)
    own = next((edit for edit in change.edits if edit.anchor == named), None)
    return ChangeView(
        change.kind,
        KINDS[change.kind],
        change.weight,
        change.day,
        place_of(change, named, catalogue, past, alone=alone or own is None or is_unnamed(own), was=own),
        PageRef(title_of(change, catalogue), address, anchor, change.collection) if stands else None,
        change.reason,
        edits,
        change.founds,
    )


def title_of(change: Change, catalogue: Catalogue) -> str:
    """The title of the sheet that changed; of one that is gone, its last."""
    return catalogue.title_of(change.sheet) if change.sheet in catalogue else change.title or change.sheet


def _by_day(changes: Iterable[Change]) -> Iterator[tuple[date, list[Change]]]:
    ordered = sorted(changes, key=lambda change: change.day, reverse=True)
    for day, of_day in groupby(ordered, key=lambda change: change.day):
        yield day, list(of_day)


def _day(day: date, changes: Sequence[Change], draft: Draft, *, most: int = MOST_SHEETS) -> DayView:
    catalogue = draft.catalogue
    new: dict[str, list[PageRef]] = {}
    edited: dict[str, list[Change]] = {}
    for change in changes:
        if change.founds and change.sheet in catalogue:
            new.setdefault(change.collection, []).append(draft.ref(change.sheet))
        elif not change.founds:
            edited.setdefault(change.sheet, []).append(change)
    weights = {id: any(each.weight == "major" for each in of) for id, of in edited.items()}
    order = sorted(edited, key=lambda id: (not weights[id], edited[id][0].collection, id))
    return DayView(
        day,
        tuple(_new(name, new[name]) for name in _IN_READING_ORDER if name in new),
        sum(len(refs) for refs in new.values()),
        tuple(_of_sheet(edited[id], draft) for id in order[:most]),
        max(0, len(order) - most),
    )


_IN_READING_ORDER = ("briefings", *(name for name in ALL if name != "briefings"))


def _new(collection: str, refs: list[PageRef]) -> NewSheets:
    ordered = sorted(refs, key=lambda ref: (unmarked(ref.title), ref.address))
    index = PageRef(ALL[collection].many if collection != "briefings" else PROSE_PAGES, f"{collection}/")
    return NewSheets(
        _counted(collection, len(ordered)), tuple(ordered[:MOST_NEW]), max(0, len(ordered) - MOST_NEW), index
    )


PROSE_PAGES = "Briefings and pages"


def _counted(collection: str, number: int) -> str:
    """E.g. `Measures (14)`, `1 page`."""
    one, many = ALL[collection].called, ALL[collection].many
    if collection == "briefings":
        one, many = "page", PROSE_PAGES
    return f"1 {one}" if number == 1 else f"{many} ({number})"


def _of_sheet(changes: Sequence[Change], draft: Draft) -> SheetChanges:
    first = changes[0]
    there = first.sheet in draft.catalogue
    return SheetChanges(
        draft.ref(first.sheet) if there else _stone(first, draft.catalogue),
        title_of(first, draft.catalogue),
        _noun(first, draft.catalogue),
        tuple(change_view(change, draft.catalogue, draft.history) for change in changes),
    )


def _stone(change: Change, catalogue: Catalogue) -> PageRef | None:
    """The page that says of a withdrawn sheet what stood there; None where none does."""
    if change.sheet not in catalogue.withdrawn:
        return None
    return PageRef(change.title, address_of(change.collection, change.sheet), "", change.collection)


def _noun(change: Change, catalogue: Catalogue) -> str:
    if catalogue.find(change.sheet, PlainPage):
        return "page"
    if actor := catalogue.find(change.sheet, Actor):
        return catalogue.label("actor-kinds", actor.kind)
    return ALL[change.collection].called if change.collection in ALL else ""


def _kinds(days: Iterable[DayView]) -> tuple[tuple[ChangeKind, str], ...]:
    found = {change.kind for day in days for sheet in day.sheets for change in sheet.changes}
    found |= {"added" for day in days if day.new}
    return tuple((kind, label) for kind, label in KINDS.items() if kind in found)


def _past_ref(key: str) -> PageRef:
    return PageRef(date_in_words(parse_date(key)), changes_of(key))
