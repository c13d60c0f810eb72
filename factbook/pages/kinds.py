"""The pages of a site, as tables: kinds of sheet pages, views of the whole site, sections; and which pages there are to be.

The modules named here are read when a page of theirs is wanted (`late`). How pages come of the rows is `laying_out`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.change import UNTOLD, History
from factbook.model.collections import COLLECTIONS
from factbook.pages import (
    actor,
    as_of,
    changes,
    data,
    draft,
    event,
    feeds,
    indexes,
    may_i,
    measure,
    overviews,
    regime,
    review,
    source,
    statement,
    system,
    term,
)
from factbook.pages.addresses import AS_OF, MAY_I, NOT_FOUND, address_of, changes_of
from factbook.pages.past import past_keys


class PageModule(Protocol):
    """A module that lays out one kind of page, e.g. `pages.measure`."""

    def view(self, sheet: Any, draft: draft.Draft, /) -> Any:
        """What a sheet's page shows besides its head and its tail."""


@frozen
class PageKind:
    """One kind of page. Its name is that of its template, `templates/pages/NAME.html.j2`."""

    name: str
    section: str
    """Key of the section under which it stands; "" for none."""
    depth: int
    """How many folders its address has."""


@frozen
class SheetKind:
    """A kind of page made from one sheet."""

    collection: str
    section: str
    module: PageModule
    """What lays it out."""
    shown_apart: tuple[str, ...] = ()
    """Reverse links that the page shows in places of their own."""


SHEET_KINDS: dict[str, SheetKind] = {
    "measure": SheetKind("measures", "measures", measure, ("events", "subject_of")),
    "regime": SheetKind("regimes", "measures", regime, ("events", "subject_of", "lists", "basis_of")),
    "actor": SheetKind(
        "actors",
        "actors",
        actor,
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
    "system": SheetKind("systems", "", system, ("events", "subject_of", "related_system")),
    "event": SheetKind("events", "timeline", event, ("related_event",)),
    "statement": SheetKind("statements", "who-says-what", statement, ("related_statement",)),
    "source": SheetKind(
        "sources",
        "sources",
        source,
        ("cited_by", "read_for", "first_published", "read_for_statement", "shows_statement", "passed_on_by"),
    ),
    "term": SheetKind("terms", "", term),
}
"""Kinds of pages made from sheets."""


@frozen
class Overview:
    """A view of the whole site."""

    kind: str
    address: str
    title: str
    description: str
    section: str
    view: Callable[[draft.Draft], Any]
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
        lambda of: indexes.index(collection, of),
        collection,
    )


OVERVIEWS: tuple[Overview, ...] = (
    Overview(
        "briefings",
        "briefings/",
        "Briefings",
        "Questions people ask, answered from sourced facts.",
        "briefings",
        lambda of: indexes.briefings(of),
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
        lambda of: overviews.timeline(of),
        "events",
    ),
    Overview(
        "as-of",
        AS_OF,
        "In force on a day",
        "Choose a day: what was in force, who was designated, and what was not yet known.",
        "measures",
        lambda of: as_of.view(of),
        "measures",
    ),
    Overview(
        "may-i",
        MAY_I,
        "May I?",
        "Choose who you are and what you want to do: what binds you, with whom, since when, and what is not decided here.",
        "may-i",
        lambda of: may_i.overview(of),
        "measures",
    ),
    Overview(
        "predictions",
        "predictions/",
        "Predictions",
        "Who foresaw what, and what came of it.",
        "who-says-what",
        lambda of: overviews.scorecard(of),
        "statements",
    ),
    Overview(
        "who-says-what",
        "who-says-what/",
        "Who says what",
        "Statements by question and by speaker, each with the hands it came through.",
        "who-says-what",
        lambda of: overviews.who_says_what(of),
        "statements",
    ),
    Overview(
        "network",
        "network/",
        "Network",
        "How the people and bodies are tied to each other.",
        "actors",
        lambda of: overviews.network(of),
        "actors",
    ),
    Overview(
        "sources",
        "sources/",
        "Sources",
        "Every source with its origin, and how much rests on it.",
        "sources",
        lambda of: overviews.sources(of),
        "sources",
    ),
    Overview(
        "glossary",
        "terms/",
        "Glossary",
        "The words of the field, each with one meaning.",
        "",
        lambda of: overviews.glossary(of),
        "terms",
    ),
    Overview(
        "changes",
        "changes/",
        "Changes",
        "What is new and what is different, fact by fact, with the old value and the reason.",
        "",
        lambda of: changes.latest(of),
    ),
    Overview(
        "feeds",
        "feeds/",
        "Feeds",
        "Follow what changes here, in a feed reader or in your calendar.",
        "",
        lambda of: feeds.view(of),
    ),
    Overview(
        "corrections",
        "corrections/",
        "Corrections",
        "What we had wrong, what is right, and how it came about. Nothing is quietly put right.",
        "",
        lambda of: changes.corrections(of),
    ),
    Overview(
        "review",
        "review/",
        "Review board",
        "What is due, weak or doubtful.",
        "",
        lambda of: review.review(of),
    ),
    Overview(
        "data",
        "data/",
        "Data",
        "Everything published here, for programs: as JSON, tables, references and entities.",
        "",
        lambda of: data.view(of),
    ),
    Overview(
        "search",
        "search/",
        "Search",
        "Find anything by any spelling.",
        "",
        lambda of: indexes.everything(of),
    ),
)
"""Views of the whole site, in the order in which they are made."""

NOT_FOUND_BY_SEARCH = ("index", "search", "review", "data", "changes", "corrections", "feeds")
"""Kinds of views that only list what has pages of its own."""

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("briefings", "Briefings", "briefings/"),
    ("measures", "Measures", "measures/"),
    ("may-i", "May I?", MAY_I),
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
        PageKind("may-i-answer", "may-i", 3),
        *(
            PageKind(
                view.kind if view.kind != "index" else f"index-{view.address.strip('/')}", view.section, 1
            )
            for view in OVERVIEWS
        ),
    )
}
"""Every kind of page; each has a shell of its own."""


@frozen
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
    found = [Slot(NOT_FOUND, "not-found")]
    for id in catalogue.ids():
        collection = catalogue.collection_of(id)
        make = "prose" if collection == "briefings" else "sheet"
        found.append(Slot(address_of(collection, id), make, id))
        found += [Slot(address_of(collection, old), "moved", id) for old in catalogue.former_ids_of(id)]
    for id, gone in catalogue.withdrawn.items():
        ids = (id, *gone.stone.former_ids)
        found += [Slot(address_of(gone.collection, each), "withdrawn", id) for each in ids]
    found += [Slot(overview.address, "overview") for overview in OVERVIEWS]
    found.append(Slot(MAY_I, "answers"))
    found += [Slot(changes_of(key), "past", key) for key in past_keys(history.changes)]
    return sorted(found, key=lambda slot: slot.address)


def lasting_addresses(catalogue: Catalogue, anchors_of: Callable[[str], Iterable[str]]) -> set[str]:
    """Every address of a page and of a fact that this state of the publication answers, from the root of the site.

    `anchors_of` tells the anchors of a sheet that others may have linked to.
    """
    found = {f"/{overview.address}" for overview in OVERVIEWS}
    found.update(f"/{address}" for address in may_i.addresses(catalogue))
    for id in catalogue.ids():
        anchors = anchors_of(id)
        for each in (id, *catalogue.former_ids_of(id)):
            address = f"/{address_of(catalogue.collection_of(id), each)}"
            found.add(address)
            found.update(f"{address}#{anchor}" for anchor in anchors)
    for id, stone in catalogue.withdrawn.items():
        for each in (id, *stone.stone.former_ids):
            found.add(f"/{address_of(stone.collection, each)}")
    return found
