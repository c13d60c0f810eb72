"""Lists of pages: the index of each collection, the briefings, and everything from A to Z."""

from __future__ import annotations

from factbook.characters import unmarked
from factbook.chronology import in_order, of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.spoken import date_in_words, sentence
from factbook.model.statement import Statement
from factbook.pages.charts import in_force
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.draft import Draft
from factbook.pages.facets import FacetView, facet_views, kind_of
from factbook.pages.home import questions
from factbook.pages.labels import plain
from factbook.pages.page import PageRef, StateView
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.pages.statement import in_order_said


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
    groups: dict[str, list[IndexRow]] = {}
    sheets: list[Sheet] = draft.catalogue.all(found.model)
    if collection in ("events", "statements"):
        sheets = _by_time(sheets)
    else:
        sheets = sorted(sheets, key=lambda sheet: (unmarked(sheet.title_text), sheet.id))
    for sheet in sheets:
        group, row = _row(sheet, draft)
        groups.setdefault(group, []).append(row)
    keys = list(groups) if collection in ("events", "statements") else sorted(groups, key=_group_order)
    measures = [sheet for sheet in sheets if isinstance(sheet, Measure)]
    return IndexPage(
        "",
        tuple(IndexGroup(key, tuple(groups[key])) for key in keys),
        in_force.of_measures(measures, draft),
    )


def _group_order(title: str) -> tuple[bool, str]:
    """Sanctions come before measures that are none; all else by the alphabet."""
    return title != SANCTIONS, title


def _by_time(sheets: list[Sheet]) -> list[Sheet]:
    events = [sheet for sheet in sheets if isinstance(sheet, Event)]
    said = [sheet for sheet in sheets if isinstance(sheet, Statement)]
    return [*in_order(events), *in_order_said(said)]


def _row(sheet: Sheet, draft: Draft) -> tuple[str, IndexRow]:
    label = draft.catalogue.label
    ref = draft.ref(sheet.id)
    match sheet:
        case Measure():
            group = SANCTIONS if sheet.is_sanction else "Measures that are not sanctions"
            kind = label("measure-kinds", sheet.kind)
            return group, IndexRow(
                ref, _lede(sheet, draft), kind, draft.state(of_measure(sheet, draft.as_of))
            )
        case Regime():
            kind = label("regime-kinds", sheet.kind)
            return sentence(kind), IndexRow(
                ref, _lede(sheet, draft), kind, draft.state(of_measure(sheet, draft.as_of))
            )
        case Event():
            when = sheet.when
            return str(when.earliest.year), IndexRow(ref, "", label("event-kinds", sheet.kind), None, when)
        case Statement():
            who = ", ".join(draft.ref(each).title for each in sheet.speakers) or sheet.as_named or ""
            when = sheet.when
            return str(when.earliest.year), IndexRow(ref, who, label("speech-acts", sheet.act), None, when)
        case Actor():
            kind = label("actor-kinds", sheet.kind)
            return sentence(kind), IndexRow(ref, _lede(sheet, draft), kind)
    return "", IndexRow(ref, _lede(sheet, draft), "")


def _lede(sheet: Sheet, draft: Draft) -> str:
    return plain(sheet.lede, draft.catalogue) if sheet.lede else ""


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
    ids = [id for id in catalogue.ids() if catalogue.collection_of(id) != "sources"]
    refs = sorted(
        ((draft.ref(id), id) for id in ids), key=lambda row: (unmarked(row[0].title), row[0].address)
    )
    groups: dict[str, list[IndexRow]] = {}
    for ref, id in refs:
        letter = unmarked(ref.title)[:1].upper()
        groups.setdefault(letter if letter.isalpha() else "0–9", []).append(
            IndexRow(ref, "", kind_of(catalogue[id], catalogue))
        )
    return SearchPage(
        tuple(IndexGroup(letter, tuple(rows)) for letter, rows in groups.items()),
        facet_views(draft.catalogue, draft.as_of),
    )
