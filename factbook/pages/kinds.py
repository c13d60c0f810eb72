"""The pages of a site, as tables: kinds of sheet pages, views of the whole site, sections; and `lay_out`, which makes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from factbook.catalogue import Catalogue
from factbook.chronology import in_time
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.change import UNTOLD, History
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate, parse_date
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.spoken import date_in_words, sentence
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages import (
    actor,
    briefing,
    changes,
    data,
    event,
    feeds,
    may_i,
    may_i_answer,
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
    HISTORY,
    MORE,
    address_of,
    changes_of,
    collection_data_of,
    data_of,
    history_of,
    more_of,
    ref_to,
)
from factbook.pages.as_of import ADDRESS as AS_OF
from factbook.pages.as_of import view as in_force_on_a_day
from factbook.pages.draft import Draft
from factbook.pages.facets import facets_of
from factbook.pages.fact_cards import sheet_cards, withdrawn_cards
from factbook.pages.former import lasting_anchors
from factbook.pages.head import Head, Tail, head, tail
from factbook.pages.labels import plain
from factbook.pages.page import Page, PageRef
from factbook.pages.spellings import spellings_of
from factbook.pages.statement import time_said


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
            "other_side_in",
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
        "may-i",
        may_i.ADDRESS,
        "May I?",
        "Choose who you are and what you want to do: what binds you, with whom, since when, and what the sheets do not decide. "
        "This is not legal advice.",
        "may-i",
        may_i.overview,
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

IN_TIME: dict[type[Sheet], Callable[[PartialDate], Any]] = {Event: in_time, Statement: time_said}
"""Sheets that lead to the one before and after them, and by what they are ordered."""

NOT_FOUND_BY_SEARCH = ("index", "search", "review", "data", "changes", "corrections", "feeds")
"""Kinds of views that only list what has pages of its own."""

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("briefings", "Briefings", "briefings/"),
    ("measures", "Measures", "measures/"),
    ("may-i", "May I?", may_i.ADDRESS),
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
        PageKind(may_i_answer.KIND, "may-i", 3),
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


@dataclass(frozen=True, slots=True)
class Slot:
    """A page that is to be laid out: where it will stand, and what of."""

    address: str
    make: str
    """How: `sheet`, `prose`, `overview`, `past` (changes of a time), `answers` (all of "May I?"), `moved`, `withdrawn` or
    `not-found`."""
    id: str = ""
    """The sheet that it is the page of, or was; of past changes their time; else empty."""

    @property
    def name(self) -> str:
        """Tells it from every other, also from another page at the same address."""
        return f"{self.address} {self.make} {self.id}"


def slots(catalogue: Catalogue, history: History = UNTOLD) -> list[Slot]:
    """Every page there is to be, in the order of their addresses."""
    found = [Slot(NOT_FOUND.address, "not-found")]
    for id in catalogue.ids():
        collection = catalogue.collection_of(id)
        make = "prose" if collection == "briefings" else "sheet"
        found.append(Slot(address_of(collection, id), make, id))
        found += [Slot(address_of(collection, old), "moved", id) for old in catalogue.former_ids_of(id)]
    for id, gone in catalogue.withdrawn.items():
        ids = (id, *gone.stone.former_ids)
        found += [Slot(address_of(gone.collection, each), "withdrawn", id) for each in ids]
    found += [Slot(overview.address, "overview") for overview in OVERVIEWS]
    found.append(Slot(may_i.ADDRESS, "answers"))
    found += [Slot(changes_of(key), "past", key) for key in changes.past_keys(history.changes)]
    return sorted(found, key=lambda slot: slot.address)


Wanted = Callable[[str], bool]
"""Whether the page at an address is asked for."""


def lay_out(
    catalogue: Catalogue,
    as_of: date,
    wanted: Wanted = lambda address: True,
    history: History = UNTOLD,
) -> list[Page]:
    """Every page of the site that is wanted, in the order of their addresses."""
    return sorted(
        (
            page
            for slot in slots(catalogue, history)
            if slot.make == "answers"
            or wanted(slot.address)
            or wanted(slot.address + MORE)
            or wanted(slot.address + HISTORY)
            for page in lay_out_slot(slot, catalogue, as_of, history, wanted)
            if wanted(page.address)
        ),
        key=lambda page: page.address,
    )


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
    return [NOT_FOUND]


def _sheet(sheet: Sheet, draft: Draft) -> list[Page]:
    name, kind = _KIND_OF[sheet.COLLECTION]
    collection = COLLECTIONS[kind.collection]
    catalogue = draft.catalogue
    view = SheetPage(
        head(sheet, _kicker(sheet, kind, catalogue), draft),
        kind.view(sheet, draft),
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
        draft = Draft(short.catalogue, short.as_of, sheet, whole=True, window=window, history=short.history)
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
        of = SheetPage(top, overviews.home(plain_page, draft), tail(plain_page, draft))
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


def lasting_addresses(catalogue: Catalogue) -> set[str]:
    """Every address of a page and of a fact that this state of the publication answers, from the root of the site."""
    found = {f"/{overview.address}" for overview in OVERVIEWS}
    found.update(f"/{address}" for address in may_i.addresses(catalogue))
    for id in catalogue.ids():
        anchors = lasting_anchors(id, catalogue)
        for each in (id, *catalogue.former_ids_of(id)):
            address = f"/{address_of(catalogue.collection_of(id), each)}"
            found.add(address)
            found.update(f"{address}#{anchor}" for anchor in anchors)
    for id, stone in catalogue.withdrawn.items():
        for each in (id, *stone.stone.former_ids):
            found.add(f"/{address_of(stone.collection, each)}")
    return found


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
