"""The pages of a site, as tables: kinds of sheet pages, views of the whole site, sections; and `lay_out`, which makes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from factbook.catalogue import Catalogue
from factbook.chronology import in_order
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.change import UNTOLD, History
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate, parse_date
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.spoken import date_in_words
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages import (
    actor,
    briefing,
    changes,
    data,
    event,
    feeds,
    measure,
    more,
    overviews,
    regime,
    source,
    statement,
    system,
    term,
)
from factbook.pages.addresses import (
    MORE,
    address_of,
    changes_of,
    collection_data_of,
    data_of,
    history_of,
    ref_to,
)
from factbook.pages.as_of import ADDRESS as AS_OF
from factbook.pages.as_of import view as in_force_on_a_day
from factbook.pages.draft import Draft
from factbook.pages.facets import facets_of
from factbook.pages.former import lasting_anchors
from factbook.pages.head import Head, Tail, head, tail
from factbook.pages.labels import plain
from factbook.pages.page import Page, PageRef
from factbook.pages.spellings import spellings_of
from factbook.pages.statement import in_order_said


@dataclass(frozen=True)
class SheetPage:
    """What every sheet's page shows: its head, what its kind adds, its tail."""

    head: Head
    of: Any
    """The view of its kind, e.g. `MeasurePage`."""
    tail: Tail


@dataclass(frozen=True)
class PageKind:
    """One kind of page. Its name is that of its template, `templates/pages/NAME.html.j2`."""

    name: str
    section: str
    """Key of the section under which it stands; "" for none."""
    depth: int
    """How many folders its address has."""


@dataclass(frozen=True)
class SheetKind:
    """A kind of page made from one sheet."""

    collection: str
    kicker: str
    section: str
    view: Callable[[Any, Draft], Any]
    shown_apart: tuple[str, ...] = ()
    """Reverse links that the page shows in places of their own."""


SHEET_KINDS: dict[str, SheetKind] = {
    "measure": SheetKind("measures", "Measure", "measures", measure.view, ("events", "subject_of")),
    "regime": SheetKind(
        "regimes", "Regime", "measures", regime.view, ("events", "subject_of", "lists", "basis_of")
    ),
    "actor": SheetKind(
        "actors",
        "Actor",
        "actors",
        actor.view,
        (
            "events",
            "subject_of",
            "said",
            "designated_in",
            "related_actor",
            "posts_held_in",
            "imposes",
            "makes",
        ),
    ),
    "system": SheetKind("systems", "System", "", system.view, ("events", "subject_of", "related_system")),
    "event": SheetKind("events", "Event", "timeline", event.view, ("related_event",)),
    "statement": SheetKind(
        "statements", "Statement", "who-says-what", statement.view, ("related_statement",)
    ),
    "source": SheetKind(
        "sources",
        "Source",
        "sources",
        source.view,
        ("cited_by", "read_for", "first_published", "read_for_statement", "shows_statement", "passed_on_by"),
    ),
    "term": SheetKind("terms", "Term", "", term.view),
}
"""Kinds of pages made from sheets."""


@dataclass(frozen=True)
class Overview:
    """A view of the whole site."""

    kind: str
    address: str
    title: str
    description: str
    section: str
    view: Callable[[Draft], Any]
    collection: str = ""
    """The collection whose sheets it shows; "" where they are of several."""


def _index(collection: str, description: str, section: str = "") -> Overview:
    title = COLLECTIONS[collection].many
    return Overview(
        "index",
        f"{collection}/",
        title,
        description,
        section,
        lambda draft: overviews.index(collection, draft),
        collection,
    )


OVERVIEWS: tuple[Overview, ...] = (
    Overview(
        "briefings",
        "briefings/",
        "Briefings",
        "Questions people ask, answered from sourced facts.",
        "briefings",
        overviews.briefings,
        "briefings",
    ),
    _index(
        "measures",
        "Sanctions and other measures: what each forbids, on whom, and when it was last seen in force.",
        "measures",
    ),
    _index(
        "regimes",
        "Statutes, orders, frameworks, guidance and lists that measures are taken under.",
        "measures",
    ),
    _index("actors", "States, public bodies, companies and people that impose, bear or speak.", "actors"),
    _index("systems", "Weapon systems and programmes."),
    _index("events", "What happened, by year.", "timeline"),
    _index("statements", "Who said what, by year.", "who-says-what"),
    Overview(
        "timeline",
        "timeline/",
        "Timeline",
        "Every event in order, with its sources.",
        "timeline",
        overviews.timeline,
        "events",
    ),
    Overview(
        "as-of",
        AS_OF,
        "In force on a day",
        "Choose a day: what was in force, who was designated, and what was not yet known.",
        "measures",
        in_force_on_a_day,
        "measures",
    ),
    Overview(
        "predictions",
        "predictions/",
        "Predictions",
        "Who foresaw what, and what came of it.",
        "who-says-what",
        overviews.scorecard,
        "statements",
    ),
    Overview(
        "who-says-what",
        "who-says-what/",
        "Who says what",
        "Statements by question and by speaker, each with the hands it came through.",
        "who-says-what",
        overviews.who_says_what,
        "statements",
    ),
    Overview(
        "network",
        "network/",
        "Network",
        "How the people and bodies are tied to each other.",
        "actors",
        overviews.network,
        "actors",
    ),
    Overview(
        "sources",
        "sources/",
        "Sources",
        "Every source with its origin, and how much rests on it.",
        "sources",
        overviews.sources,
        "sources",
    ),
    Overview(
        "glossary",
        "terms/",
        "Glossary",
        "The words of the field, each with one meaning.",
        "",
        overviews.glossary,
        "terms",
    ),
    Overview(
        "changes",
        "changes/",
        "Changes",
        "What is new and what is different, fact by fact, with the old value and the reason.",
        "",
        changes.latest,
    ),
    Overview(
        "feeds",
        "feeds/",
        "Feeds",
        "Follow what changes here, in a feed reader or in your calendar.",
        "",
        feeds.view,
    ),
    Overview(
        "corrections",
        "corrections/",
        "Corrections",
        "What we had wrong, what is right, and how it came about. Nothing is quietly put right.",
        "",
        changes.corrections,
    ),
    Overview("review", "review/", "Review board", "What is due, weak or doubtful.", "", overviews.review),
    Overview(
        "data",
        "data/",
        "Data",
        "Everything published here, for programs: as JSON, tables, references and entities.",
        "",
        data.view,
    ),
    Overview("search", "search/", "Search", "Find anything by any spelling.", "", overviews.everything),
)
"""Views of the whole site, in the order in which they are made."""

NOT_FOUND_BY_SEARCH = ("index", "search", "review", "data", "changes", "corrections", "feeds")

"""Kinds of views that only list what has pages of its own."""

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("briefings", "Briefings", "briefings/"),
    ("measures", "Measures", "measures/"),
    ("actors", "People and bodies", "actors/"),
    ("timeline", "Timeline", "timeline/"),
    ("who-says-what", "Who says what", "who-says-what/"),
    ("sources", "Sources", "sources/"),
)
"""The header: key, label, address."""

FOOTER: tuple[tuple[str, str, str], ...] = (
    ("as-of", "In force on a day", AS_OF),
    ("regimes", "Laws and lists", "regimes/"),
    ("systems", "Weapon systems", "systems/"),
    ("predictions", "Predictions", "predictions/"),
    ("network", "Network", "network/"),
    ("terms", "Glossary", "terms/"),
    ("changes", "Changes", "changes/"),
    ("corrections", "Corrections", "corrections/"),
    ("feeds", "Feeds", "feeds/"),
    ("review", "Review board", "review/"),
    ("data", "Data", "data/"),
)
"""The footer, before the publication's own plain pages."""

PAGE_KINDS: dict[str, PageKind] = {
    kind.name: kind
    for kind in (
        PageKind("home", "", 0),
        PageKind("briefing", "briefings", 1),
        PageKind("plain", "", 1),
        PageKind("moved", "", 2),
        PageKind("withdrawn", "", 2),
        *(PageKind(name, kind.section, 2) for name, kind in SHEET_KINDS.items()),
        PageKind("more", "", 3),
        PageKind("history", "", 3),
        PageKind("changes-past", "", 2),
        *(
            PageKind(
                view.kind if view.kind != "index" else f"index-{view.address.strip('/')}", view.section, 1
            )
            for view in OVERVIEWS
        ),
    )
}
"""Every kind of page; each has a shell of its own."""


@dataclass(frozen=True, slots=True)
class MovedPage:
    """Where a renamed sheet stands now."""

    to: PageRef
    anchors: tuple[PageRef, ...]
    """Every fact of it that an old link may ask for."""


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """What stood at an address, and why it is gone."""

    title: str
    day: PartialDate
    reason: str
    instead: PageRef | None


NOT_FOUND = Page("404", "404", "404.html", "Page not found", "There is no such page.", "", None)


Wanted = Callable[[str], bool]
"""Whether the page at an address is asked for."""


def lay_out(
    catalogue: Catalogue,
    as_of: date,
    wanted: Wanted = lambda address: True,
    history: History = UNTOLD,
) -> list[Page]:
    """Every page of the site that is wanted, in the order of their addresses."""
    pages = [
        *_sheets(catalogue, as_of, wanted, history),
        *_prose(catalogue, as_of, wanted, history),
        *_overviews(catalogue, as_of, wanted, history),
        *_past_changes(catalogue, as_of, wanted, history),
        *_moved(catalogue, wanted),
        *_withdrawn(catalogue, wanted),
        *([NOT_FOUND] if wanted(NOT_FOUND.address) else []),
    ]
    return sorted(pages, key=lambda page: page.address)


def _sheets(catalogue: Catalogue, as_of: date, wanted: Wanted, history: History) -> Iterator[Page]:
    neighbours = _neighbours(catalogue)
    for name, kind in SHEET_KINDS.items():
        collection = COLLECTIONS[kind.collection]
        for sheet in catalogue.all(collection.model):
            address = address_of(kind.collection, sheet.id)
            told = history_of(kind.collection, sheet.id)
            if wanted(told) and changes.has_history_page(history.of(sheet.id), kind.collection):
                yield _history(sheet, kind, Draft(catalogue, as_of, sheet, history=history))
            if not (wanted(address) or wanted(address + MORE)):
                continue
            draft = Draft(catalogue, as_of, sheet, history=history)
            view = SheetPage(
                head(sheet, _kicker(sheet, kind, catalogue), draft),
                kind.view(sheet, draft),
                tail(sheet, draft, *kind.shown_apart),
            )
            if draft.cut and wanted(address + MORE):
                yield _more(sheet, kind, draft)
            if not wanted(address):
                continue
            before, after = neighbours.get(sheet.id, (None, None))
            yield Page(
                kind=name,
                id=sheet.id,
                address=address,
                title=sheet.title_text,
                description=_description(sheet, catalogue),
                section=kind.section,
                view=view,
                notes=draft.notes,
                crumbs=(PageRef("Home", ""), PageRef(collection.many, f"{kind.collection}/")),
                previous=before,
                next=after,
                path=catalogue.sheets[sheet.id].path,
                data=data_of(kind.collection, sheet.id),
                day=sheet.verified.earliest,
                spellings=spellings_of(sheet),
                facets=facets_of(sheet, catalogue, as_of),
            )


def _more(sheet: Sheet, kind: SheetKind, short: Draft) -> Page:
    """The page of the lists that a sheet's page cuts."""
    draft = Draft(short.catalogue, short.as_of, sheet, whole=True)
    view = more.view(sheet, draft, short.cut, kind.shown_apart)
    return Page(
        kind="more",
        id=f"{sheet.id}-more",
        address=f"{view.of.address}{MORE}",
        title=f"More on {sheet.short_text}",
        description=f"{sheet.title_text}: what was said about it, what rests on it and who refers to it, in full.",
        section="",
        view=view,
        notes=draft.notes,
        day=sheet.verified.earliest,
        crumbs=(
            PageRef("Home", ""),
            PageRef(COLLECTIONS[kind.collection].many, f"{kind.collection}/"),
            replace(view.of, title=sheet.short_text),
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


def _past_changes(catalogue: Catalogue, as_of: date, wanted: Wanted, history: History) -> Iterator[Page]:
    """The changes of each month, and of each day of a month with many."""
    for key in changes.past_keys(history.changes):
        address = changes_of(key)
        if not wanted(address):
            continue
        when = date_in_words(parse_date(key))
        yield Page(
            kind="changes-past",
            id=f"changes-{key}",
            address=address,
            title=f"Changes of {when}",
            description=f"What was new and what was different in {when}, fact by fact.",
            section="",
            view=changes.past(key, Draft(catalogue, as_of, history=history)),
            day=as_of,
            crumbs=(PageRef("Home", ""), PageRef("Changes", "changes/")),
        )


def _prose(catalogue: Catalogue, as_of: date, wanted: Wanted, history: History) -> Iterator[Page]:
    home = PageRef("Home", "")
    for sheet in catalogue.all(Briefing):
        if not wanted(address_of("briefings", sheet.id)):
            continue
        draft = Draft(catalogue, as_of, sheet, whole=True, history=history)
        top = replace(head(sheet, "Briefing", draft), confidence="")  # said with the answer
        of = SheetPage(top, briefing.view(sheet, draft), tail(sheet, draft))
        crumbs = (home, PageRef("Briefings", "briefings/"))
        yield _prose_page("briefing", sheet, of, draft, crumbs)
    for plain_page in catalogue.all(PlainPage):
        if not wanted(address_of("briefings", plain_page.id)):
            continue
        draft = Draft(catalogue, as_of, plain_page, whole=True, history=history)
        top = head(plain_page, "", draft)
        if plain_page.id == "index":
            of = SheetPage(top, overviews.home(plain_page, draft), tail(plain_page, draft))
            yield _prose_page("home", plain_page, of, draft, ())
        else:
            of = SheetPage(top, briefing.plain_view(plain_page, draft), tail(plain_page, draft))
            yield _prose_page("plain", plain_page, of, draft, (home,))


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
        path=draft.catalogue.sheets[sheet.id].path,
        data=data_of("briefings", sheet.id),
        day=sheet.verified.earliest,
        spellings=spellings_of(sheet),
        facets=facets_of(sheet, draft.catalogue, draft.as_of),
    )


def _overviews(catalogue: Catalogue, as_of: date, wanted: Wanted, history: History) -> Iterator[Page]:
    for overview in OVERVIEWS:
        if not wanted(overview.address):
            continue
        draft = Draft(catalogue, as_of, history=history)
        view = overview.view(draft)
        yield Page(
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
            day=as_of if overview.kind != "search" else None,
            facets=() if overview.kind in NOT_FOUND_BY_SEARCH else (("Kind", "Overview"),),
        )


def _moved(catalogue: Catalogue, wanted: Wanted) -> Iterator[Page]:
    """Where renamed sheets stood: each leads to the sheet of its present name."""
    for loaded in catalogue.sheets.values():
        for old in loaded.sheet.former_ids:
            address = address_of(loaded.collection, old)
            if wanted(address):
                to = ref_to(catalogue, loaded.id)
                anchors = tuple(
                    replace(to, anchor=anchor) for anchor in lasting_anchors(loaded.id, catalogue)
                )
                description = f"This page has moved: {to.title}."
                yield Page("moved", old, address, to.title, description, "", MovedPage(to, anchors))


def _withdrawn(catalogue: Catalogue, wanted: Wanted) -> Iterator[Page]:
    """Where sheets were withdrawn: each says what stood there, when and why it went."""
    for loaded in catalogue.withdrawn.values():
        gone = loaded.stone.withdrawn
        instead = ref_to(catalogue, gone.instead) if gone.instead else None
        view = WithdrawnPage(loaded.stone.title, gone.day, gone.reason, instead)
        for id in (loaded.id, *loaded.stone.former_ids):
            address = address_of(loaded.collection, id)
            if wanted(address):
                description = f"Withdrawn on {gone.day}: {gone.reason}"
                title = f"Withdrawn: {loaded.stone.title}"
                yield Page("withdrawn", id, address, title, description, "", view, path=loaded.path)


def lasting_addresses(catalogue: Catalogue) -> set[str]:
    """Every address of a page and of a fact that this state of the publication answers, from the root of the site."""
    found = {f"/{overview.address}" for overview in OVERVIEWS}
    for id, loaded in catalogue.sheets.items():
        for each in (id, *loaded.sheet.former_ids):
            address = f"/{address_of(loaded.collection, each)}"
            found.add(address)
            found.update(f"{address}#{anchor}" for anchor in lasting_anchors(id, catalogue))
    for id, stone in catalogue.withdrawn.items():
        for each in (id, *stone.stone.former_ids):
            found.add(f"/{address_of(stone.collection, each)}")
    return found


def _neighbours(catalogue: Catalogue) -> dict[str, tuple[PageRef | None, PageRef | None]]:
    """The sheet before and after, where there is an order: events and statements in time."""
    found: dict[str, tuple[PageRef | None, PageRef | None]] = {}
    draft = Draft(catalogue, date.min)
    rows: list[list[Sheet]] = [
        [*in_order(catalogue.all(Event))],
        [*in_order_said(catalogue.all(Statement))],
    ]
    for row in rows:
        for position, sheet in enumerate(row):
            before = draft.ref(row[position - 1].id) if position else None
            after = draft.ref(row[position + 1].id) if position + 1 < len(row) else None
            found[sheet.id] = (before, after)
    return found


def _kicker(sheet: Sheet, kind: SheetKind, catalogue: Catalogue) -> str:
    """The kind of sheet in words, e.g. "Statute", "Person"."""
    match sheet:
        case Actor():
            return catalogue.label("actor-kinds", sheet.kind).capitalize()
        case Regime():
            return catalogue.label("regime-kinds", sheet.kind).capitalize()
        case Measure():
            return "Sanctions" if sheet.is_sanction else "Measure, not a sanction"
    return kind.kicker


def _description(sheet: Sheet, catalogue: Catalogue) -> str:
    """One or two sentences for search engines."""
    match sheet:
        case Statement():
            who = ", ".join(catalogue.title_of(id) for id in sheet.speakers) or sheet.as_named or ""
            text = f"{who}, {sheet.said_on.date}: {sheet.gist}"
        case Term():
            text = plain(sheet.definition, catalogue)
        case _:
            text = plain(sheet.lede or (sheet.facts[0].text if sheet.facts else sheet.title_text), catalogue)
    return text if len(text) <= 200 else f"{text[:197].rsplit(' ', 1)[0]} …"
