"""Pages out of rows: `lay_out` makes all of a site, `lay_out_slot` those of one slot. Which there are is `kinds`'."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from factbook.catalogue import Catalogue
from factbook.chronology import IN_TIME
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.change import UNTOLD, History
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate, parse_date
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.spoken import date_in_words, sentence
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages import briefing, changes, may_i_answer, more
from factbook.pages import home as front
from factbook.pages.addresses import (
    HISTORY,
    MORE,
    NOT_FOUND,
    address_of,
    changes_of,
    collection_data_of,
    data_of,
    history_of,
    more_of,
    ref_to,
)
from factbook.pages.draft import Draft
from factbook.pages.facets import facets_of
from factbook.pages.former import lasting_anchors
from factbook.pages.head import Head, Tail, head, tail
from factbook.pages.kinds import (
    NOT_FOUND_BY_SEARCH,
    OVERVIEWS,
    PAGE_KINDS,
    SHEET_KINDS,
    Overview,
    SheetKind,
    Slot,
    slots,
)
from factbook.pages.labels import plain
from factbook.pages.making_cards import sheet_cards, withdrawn_cards
from factbook.pages.page import Page, PageRef
from factbook.pages.spellings import spellings_of


@frozen
class SheetPage:
    """What every sheet's page shows: its head, what its kind adds, its tail."""

    head: Head
    of: Any
    """The view of its kind, e.g. `MeasurePage`."""
    tail: Tail


@frozen
class MovedPage:
    """Where a renamed sheet stands now."""

    to: PageRef
    anchors: tuple[PageRef, ...]
    """Every fact of it that an old link may ask for."""


@frozen
class WithdrawnPage:
    """What stood at an address, and why it is gone."""

    title: str
    day: PartialDate
    reason: str
    instead: PageRef | None


_NOT_FOUND = Page("404", "404", NOT_FOUND, "Page not found", "There is no such page.", "", None)


Wanted = Callable[[str], bool]
"""Whether the page at an address is asked for."""


def lay_out(
    catalogue: Catalogue,
    as_of: date,
    wanted: Wanted = lambda address: True,
    history: History = UNTOLD,
) -> list[Page]:
    """Every page of the site that is wanted, in the order of their addresses; of a slot with many only if its own address is."""
    return sorted(
        (
            page
            for slot in slots(catalogue, history)
            if wanted(slot.address) or wanted(slot.address + MORE) or wanted(slot.address + HISTORY)
            for page in lay_out_slot(slot, catalogue, as_of, history, wanted)
            if wanted(page.address)
        ),
        key=lambda page: page.address,
    )


def one_of_each_kind(catalogue: Catalogue, as_of: date, history: History = UNTOLD) -> list[Page]:
    """A page of each kind: the first of each view, of each kind of sheets, of each other make of slots, and what goes with it."""
    firsts: dict[tuple[str, str, bool], Slot] = {}
    for slot in slots(catalogue, history):
        face = catalogue.faces.get(slot.id)
        is_home = slot.address == ""
        firsts.setdefault((slot.make, face.kind if face else slot.address, is_home), slot)
    found: dict[str, Page] = {}
    for slot in firsts.values():
        for page in lay_out_slot(slot, catalogue, as_of, history, _the_first()):
            found.setdefault(page.kind, page)
    return list(found.values())


def _the_first() -> Wanted:
    asked = count()
    return lambda address: next(asked) == 0


def lay_out_slot(
    slot: Slot,
    catalogue: Catalogue,
    as_of: date,
    history: History,
    wanted: Wanted = lambda address: True,
) -> list[Page]:
    """The page of a slot, and those for what it leaves out; of a slot with many pages those that are wanted."""
    match slot.make:
        case "sheet":
            return _sheet(catalogue[slot.id], Draft(catalogue, as_of, catalogue[slot.id], history=history))
        case "prose":
            sheet = catalogue[slot.id]
            return [_prose(sheet, Draft(catalogue, as_of, sheet, whole=True, history=history))]
        case "overview":
            return [_overview(_OVERVIEW_AT[slot.address], Draft(catalogue, as_of, history=history))]
        case "past":
            return [_past_changes(slot.id, Draft(catalogue, as_of, history=history))]
        case "answers":
            return [*may_i_answer.pages(lambda: Draft(catalogue, as_of, history=history), wanted)]
        case "moved":
            return [_moved(slot, catalogue)]
        case "withdrawn":
            return [_withdrawn(slot, catalogue, as_of, history)]
    return [_NOT_FOUND]


def _sheet(sheet: Sheet, draft: Draft) -> list[Page]:
    name, kind = _KIND_OF[sheet.COLLECTION]
    collection = COLLECTIONS[kind.collection]
    catalogue = draft.catalogue
    view = SheetPage(
        head(sheet, _kicker(sheet, kind, catalogue), draft),
        kind.module.view(sheet, draft),
        tail(sheet, draft, *kind.shown_apart),
    )
    before, after = _beside(sheet, draft)
    moved = [(was.anchor, was.now) for was in view.tail.former_anchors]
    page = Page(
        kind=name,
        id=sheet.id,
        address=address_of(kind.collection, sheet.id),
        title=sheet.title_text,
        description=_description(sheet, catalogue),
        section=kind.section,
        view=view,
        notes=draft.notes,
        crumbs=(PageRef("Home", ""), PageRef(collection.many, f"{kind.collection}/")),
        previous=before,
        next=after,
        path=catalogue.path_of(sheet.id),
        data=data_of(kind.collection, sheet.id),
        day=sheet.verified.earliest,
        spellings=spellings_of(sheet),
        facets=facets_of(sheet, catalogue, draft.as_of),
        cards=sheet_cards(sheet, draft, moved),
    )
    pages = [page, *_more(sheet, kind, draft)] if draft.cut else [page]
    if changes.has_history_page(draft.history.of(sheet.id), kind.collection):
        pages.append(_history(sheet, kind, Draft(catalogue, draft.as_of, sheet, history=draft.history)))
    return pages


def _more(sheet: Sheet, kind: SheetKind, short: Draft) -> Iterator[Page]:
    """The pages of the lists that a sheet's page cuts."""
    dealt = more.windows(short.cut)
    for part, window in enumerate(dealt, 1):
        draft = Draft(
            short.catalogue,
            short.as_of,
            sheet,
            whole=True,
            window=window,
            history=short.history,
            lists=short.lists,
        )
        yield _part(sheet, kind, draft, more.view(sheet, draft, part, dealt, kind.shown_apart))


def _part(sheet: Sheet, kind: SheetKind, draft: Draft, view: more.MorePage) -> Page:
    """One page of these lists."""
    which = f", part {view.part} of {len(view.parts)}" if len(view.parts) > 1 else ""
    return Page(
        kind="more",
        id=f"{sheet.id}-more" if view.part == 1 else f"{sheet.id}-more-{view.part}",
        address=more_of(view.of.address, view.part),
        title=f"More on {sheet.short_text}{which}",
        description=f"{sheet.title_text}: what was said about it, what rests on it and who refers to it, in full{which}.",
        section="",
        view=view,
        notes=draft.notes,
        day=sheet.verified.earliest,
        crumbs=(
            PageRef("Home", ""),
            PageRef(COLLECTIONS[kind.collection].many, f"{kind.collection}/"),
            view.of._replace(title=sheet.short_text),
        ),
    )


def _history(sheet: Sheet, kind: SheetKind, draft: Draft) -> Page:
    """The page of a sheet's history, where its own page does not hold it."""
    return Page(
        kind="history",
        id=f"{sheet.id}-history",
        address=history_of(kind.collection, sheet.id),
        title=f"History of {sheet.short_text}",
        description=f"What changed in what we say on {sheet.title_text}, fact by fact, and why.",
        section="",
        view=changes.own_history(draft, whole=True),
        day=draft.as_of,
        crumbs=(
            PageRef("Home", ""),
            PageRef(COLLECTIONS[kind.collection].many, f"{kind.collection}/"),
            draft.ref(sheet.id, "", sheet.short_text),
        ),
    )


def _past_changes(key: str, draft: Draft) -> Page:
    """The changes of a month, or of a day of a month with many."""
    when = date_in_words(parse_date(key))
    return Page(
        kind="changes-past",
        id=f"changes-{key}",
        address=changes_of(key),
        title=f"Changes of {when}",
        description=f"What was new and what was different in {when}, fact by fact.",
        section="",
        view=changes.past(key, draft),
        day=draft.as_of,
        crumbs=(PageRef("Home", ""), PageRef("Changes", "changes/")),
    )


_KIND_OF = {kind.collection: (name, kind) for name, kind in SHEET_KINDS.items()}
_OVERVIEW_AT = {overview.address: overview for overview in OVERVIEWS}


def _prose(sheet: Sheet, draft: Draft) -> Page:
    home = PageRef("Home", "")
    if isinstance(sheet, Briefing):
        top = replace(head(sheet, "Briefing", draft), confidence="")  # said with the answer
        of = SheetPage(top, briefing.view(sheet, draft), tail(sheet, draft))
        crumbs = (home, PageRef("Briefings", "briefings/"))
        return _prose_page("briefing", sheet, of, draft, crumbs)
    plain_page = draft.catalogue.get(sheet.id, PlainPage)
    top = head(plain_page, "", draft)
    if plain_page.id == "index":
        of = SheetPage(top, front.home(plain_page, draft), tail(plain_page, draft))
        return _prose_page("home", plain_page, of, draft, ())
    of = SheetPage(top, briefing.plain_view(plain_page, draft), tail(plain_page, draft))
    return _prose_page("plain", plain_page, of, draft, (home,))


def _prose_page(
    name: str, sheet: Briefing | PlainPage, view: SheetPage, draft: Draft, crumbs: tuple[PageRef, ...]
) -> Page:
    return Page(
        kind=name,
        id=sheet.id,
        address=address_of("briefings", sheet.id),
        title=sheet.title_text,
        description=sheet.description,
        section=PAGE_KINDS[name].section,
        view=view,
        notes=draft.notes,
        crumbs=crumbs,
        path=draft.catalogue.path_of(sheet.id),
        data=data_of("briefings", sheet.id),
        day=sheet.verified.earliest,
        spellings=spellings_of(sheet),
        facets=facets_of(sheet, draft.catalogue, draft.as_of),
    )


def _overview(overview: Overview, draft: Draft) -> Page:
    view = overview.view(draft)
    return Page(
        kind=overview.kind if overview.kind != "index" else f"index-{overview.address.strip('/')}",
        id=overview.address.strip("/"),
        address=overview.address,
        title=overview.title,
        description=overview.description,
        section=overview.section,
        view=view,
        notes=draft.notes,
        crumbs=(PageRef("Home", ""),),
        data=collection_data_of(overview.collection) if overview.collection else "",
        day=draft.as_of if overview.kind != "search" else None,
        facets=() if overview.kind in NOT_FOUND_BY_SEARCH else (("Kind", "Overview"),),
    )


def _moved(slot: Slot, catalogue: Catalogue) -> Page:
    """Where a renamed sheet stood: it leads to the sheet of its present name."""
    to = ref_to(catalogue, slot.id)
    old = slot.address.rstrip("/").rsplit("/", 1)[-1]
    anchors = tuple(to._replace(anchor=anchor) for anchor in lasting_anchors(slot.id, catalogue))
    description = f"This page has moved: {to.title}."
    return Page("moved", old, slot.address, to.title, description, "", MovedPage(to, anchors))


def _withdrawn(slot: Slot, catalogue: Catalogue, as_of: date, history: History) -> Page:
    """Where a sheet was withdrawn: it says what stood there, when and why it went."""
    stone = catalogue.withdrawn[slot.id]
    gone = stone.stone.withdrawn
    instead = ref_to(catalogue, gone.instead) if gone.instead else None
    view = WithdrawnPage(stone.stone.title, gone.day, gone.reason, instead)
    id = slot.address.rstrip("/").rsplit("/", 1)[-1]
    description = f"Withdrawn on {gone.day}: {gone.reason}"
    title = f"Withdrawn: {stone.stone.title}"
    cards = withdrawn_cards(slot.id, stone.collection, stone.stone.title, catalogue, as_of, history)
    return Page("withdrawn", id, slot.address, title, description, "", view, path=stone.path, cards=cards)


def _beside(sheet: Sheet, draft: Draft) -> tuple[PageRef | None, PageRef | None]:
    """The sheet before and after, where there is an order: events and statements in time."""
    by = IN_TIME.get(type(sheet))
    if by is None:
        return None, None
    before, after = draft.catalogue.beside(sheet.id, type(sheet), by)
    return (draft.ref(before) if before else None, draft.ref(after) if after else None)


def _kicker(sheet: Sheet, kind: SheetKind, catalogue: Catalogue) -> str:
    """The kind of sheet in words, e.g. "Statute", "Person"."""
    match sheet:
        case Actor():
            return sentence(catalogue.label("actor-kinds", sheet.kind))
        case Regime():
            return sentence(catalogue.label("regime-kinds", sheet.kind))
        case Measure():
            return "Sanctions" if sheet.is_sanction else "Measure, not a sanction"
    return sentence(COLLECTIONS[kind.collection].called)


def _description(sheet: Sheet, catalogue: Catalogue) -> str:
    """One or two sentences for search engines."""
    match sheet:
        case Statement():
            who = ", ".join(catalogue.title_of(id) for id in sheet.speakers) or sheet.as_named or ""
            text = f"{who}, {sheet.when}: {sheet.gist}"
        case Term():
            text = plain(sheet.definition, catalogue)
        case _:
            text = plain(sheet.lede or (sheet.facts[0].text if sheet.facts else sheet.title_text), catalogue)
    return text if len(text) <= 200 else f"{text[:197].rsplit(' ', 1)[0]} …"
