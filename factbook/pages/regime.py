"""Regimes: what the law says, section by section; the measures taken under it; who stands on a list."""

from __future__ import annotations

from factbook.chronology import of_measure
from factbook.frozen import frozen
from factbook.model.dates import Bound
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.pages.charts import in_force
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, event_rows, events_of
from factbook.pages.measure import (
    DesignationView,
    Linked,
    StatusView,
    basis_view,
    designation_view,
    history,
    statements_about,
)
from factbook.pages.page import FactView, PageRef, StateView
from factbook.pages.statement import StatementView


@frozen
class SectionView:
    """One section of the law."""

    at: str
    title: str
    fact: FactView


@frozen
class DateView:
    """A date that matters."""

    what: str
    date: Bound
    fact: FactView


@frozen
class RegimePage:
    """The page of one regime."""

    state: StateView
    kind: str
    is_list: bool
    also_called: tuple[str, ...]
    issued_by: tuple[Linked, ...]
    reference: tuple[FactView, ...]
    under: tuple[Linked, ...]
    dates: tuple[DateView, ...]
    history: tuple[StatusView, ...]
    sections: tuple[SectionView, ...]
    measures: tuple[PageRef, ...]
    laws: tuple[PageRef, ...]
    """Laws and lists that rest on it."""
    in_force: InForceChart | None
    """The measures under it over the years; None where there are not two."""
    listed: tuple[DesignationView, ...]
    not_covered: tuple[FactView, ...]
    ways_out: tuple[FactView, ...]
    events: tuple[EventRow, ...]
    statements: tuple[StatementView, ...]


def view(sheet: Regime, draft: Draft) -> RegimePage:
    """The page of a regime."""
    catalogue = draft.catalogue
    listing = catalogue.origins(sheet.id, "lists", Measure)
    measures = catalogue.origins(sheet.id, "basis_of", Measure)
    return RegimePage(
        state=draft.state(of_measure(sheet, draft.as_of)),
        kind=catalogue.label("regime-kinds", sheet.kind),
        is_list=sheet.kind == "list",
        also_called=sheet.also_called,
        issued_by=tuple(
            Linked(draft.ref(each.actor), each.role or "", draft.fact(each)) for each in sheet.issued_by
        ),
        reference=draft.facts(sheet.reference),
        under=tuple(basis_view(basis, draft) for basis in sheet.under),
        dates=tuple(DateView(each.what, each.date, draft.fact(each)) for each in sheet.dates),
        history=history(sheet, draft),
        sections=tuple(
            SectionView(each.at, each.title or "", draft.fact(each, each.text)) for each in sheet.sections
        ),
        measures=tuple(draft.ref(each.id) for each in measures),
        laws=tuple(draft.ref(each.id) for each in catalogue.origins(sheet.id, "basis_of", Regime)),
        in_force=in_force.of_measures(measures, draft) if len(measures) > 1 else None,
        listed=tuple(
            designation_view(designation, measure, draft)
            for measure in listing
            for designation in measure.designations
            if designation.list == sheet.id
        ),
        not_covered=draft.facts(sheet.not_covered),
        ways_out=draft.facts(sheet.ways_out),
        events=event_rows(events_of(sheet.id, catalogue), catalogue),
        statements=statements_about(sheet.id, draft),
    )
