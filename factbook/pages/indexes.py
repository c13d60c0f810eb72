"""Lists of pages: the index of each collection, the briefings, and everything from A to Z."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.chronology import IN_TIME, of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.spoken import date_in_words, sentence
from factbook.model.statement import Statement
from factbook.pages.addresses import ref_to
from factbook.pages.charts import in_force
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.draft import Draft
from factbook.pages.facets import FacetView, facet_views, kind_of
from factbook.pages.home import questions
from factbook.pages.labels import plain
from factbook.pages.page import PageRef, StateView
from factbook.pages.rereading import RereadingView, rereading_line


@frozen
class IndexRow:
    """One sheet of an index."""

    ref: PageRef
    text: str
    kind: str
    state: StateView | None = None
    when: PartialDate | None = None
    rereading: RereadingView | None = None
    """Of a briefing whose answer has to be read again."""


@frozen
class IndexGroup:
    """Sheets of one kind, or of one year."""

    title: str
    rows: tuple[IndexRow, ...]


@frozen
class IndexPage:
    """The index of a collection."""

    intro: str
    groups: tuple[IndexGroup, ...]
    in_force: InForceChart | None = None
    """Of measures: when each was in force."""


@frozen
class SearchPage:
    """The search page: everything from A to Z, and by what a search is narrowed."""

    groups: tuple[IndexGroup, ...]
    facets: tuple[FacetView, ...]


SANCTIONS = "Sanctions"


def index(collection: str, draft: Draft) -> IndexPage:
    """The index of a collection, grouped as its readers look for things."""
    found = COLLECTIONS[collection]
    catalogue, ids = draft.catalogue, draft.catalogue.ids(found.model)
    by_day = IN_TIME.get(found.model)

    def order(row: tuple[str, str, IndexRow]) -> tuple[Any, str]:
        id, _, line = row
        return by_day(line.when) if by_day and line.when else unmarked(line.ref.title), id

    rows = catalogue.gathered("rows", ids, _row)
    rows.sort(key=order)
    has_state = issubclass(found.model, Measure | Regime)
    groups: dict[str, list[IndexRow]] = {}
    for id, group, line in rows:  # in the order of reading, since that is how notes are numbered
        groups.setdefault(group, []).append(replace(line, state=_state(id, draft)) if has_state else line)
    keys = list(groups) if by_day else sorted(groups, key=_group_order)
    measures = [catalogue.get(id, Measure) for id, *_ in rows] if found.model is Measure else []
    return IndexPage(
        "",
        tuple(IndexGroup(key, tuple(groups[key])) for key in keys),
        in_force.of_measures(measures, draft),
    )


def _state(id: str, draft: Draft) -> StateView | None:
    sheet = draft.catalogue[id]
    return draft.state(of_measure(sheet, draft.as_of)) if isinstance(sheet, Measure | Regime) else None


def _group_order(title: str) -> tuple[bool, str]:
    """Sanctions come before measures that are none; all else by the alphabet."""
    return title != SANCTIONS, title


def _row(catalogue: Catalogue, id: str) -> tuple[str, str, IndexRow]:
    """A sheet with its group and its line, which as yet says nothing of its state."""
    sheet, ref, label = catalogue[id], ref_to(catalogue, id), catalogue.label
    group = kind = text = ""
    when: PartialDate | None = None
    match sheet:
        case Measure():
            group = SANCTIONS if sheet.is_sanction else "Measures that are not sanctions"
            kind = label("measure-kinds", sheet.kind)
        case Regime():
            kind = label("regime-kinds", sheet.kind)
        case Actor():
            kind = label("actor-kinds", sheet.kind)
        case Event():
            kind, when = label("event-kinds", sheet.kind), sheet.when
        case Statement():
            kind, when = label("speech-acts", sheet.act), sheet.when
            text = ", ".join(catalogue.title_of(each) for each in sheet.speakers) or sheet.as_named or ""
    if when:
        group = str(when.earliest.year)
    else:
        group = group or sentence(kind)
        text = plain(sheet.lede, catalogue) if sheet.lede else ""
    return id, group, IndexRow(ref, text, kind, None, when)


def briefings(draft: Draft) -> IndexPage:
    """The list of briefings with their short answers, in the order of the front page."""
    front = draft.catalogue.find("index", PlainPage)
    rows = tuple(
        IndexRow(
            draft.ref(each.id),
            plain(each.short_answer, draft.catalogue),
            f"{draft.catalogue.label('confidence', each.confidence)}, verified {date_in_words(each.verified)}",
            rereading=rereading_line(each, draft),
        )
        for each in questions(front, draft.catalogue)
    )
    return IndexPage("", (IndexGroup("", rows),))


def everything(draft: Draft) -> SearchPage:
    """Every page by its title, from A to Z, which the search page offers when there is no script; and the facets."""
    catalogue = draft.catalogue
    rows = [row for row in catalogue.gathered("rows", catalogue.ids(), _by_title) if row]
    rows.sort(key=lambda row: (unmarked(row.ref.title), row.ref.address))
    groups: dict[str, list[IndexRow]] = {}
    for row in rows:
        letter = unmarked(row.ref.title)[:1].upper()
        groups.setdefault(letter if letter.isalpha() else "0–9", []).append(row)
    return SearchPage(
        tuple(IndexGroup(letter, tuple(rows)) for letter, rows in groups.items()),
        facet_views(draft.catalogue, draft.as_of),
    )


def _by_title(catalogue: Catalogue, id: str) -> IndexRow | None:
    """The line of a sheet in the list of all; None for a source, of which there are too many to look for one here."""
    if catalogue.collection_of(id) == "sources":
        return None
    return IndexRow(ref_to(catalogue, id), "", kind_of(catalogue[id], catalogue))
