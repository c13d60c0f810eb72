"""Events, and rows of events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factbook.catalogue import Catalogue
from factbook.chronology import in_order, known_since
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.pages.draft import Draft, plain
from factbook.pages.page import FactView, PageRef


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a timeline."""

    ref: PageRef
    when: PartialDate
    text: str
    """What happened, in a sentence; empty when the title says it."""
    major: bool
    same_as: PageRef | None
    """The event of which it is only the formal notice."""
    happened: FactView | None = None
    said: bool = False
    """True for statements, reports and talks, false for deeds."""
    of_measure: bool = False
    """True when it announced a measure or changed its state."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another sheet: how, and which."""

    label: str
    ref: PageRef
    fact: FactView


@dataclass(frozen=True, slots=True)
class EventPage:
    """The page of one event."""

    when: PartialDate
    basis: str
    happened: FactView
    kind: str
    known_since: PartialDate | None
    """From when the world could know, by the earliest cited source."""
    actors: tuple[PageRef, ...]
    measures: tuple[PageRef, ...]
    regimes: tuple[PageRef, ...]
    systems: tuple[PageRef, ...]
    ties: tuple[Tie, ...]


WORDS = frozenset({"statement", "report", "talks"})
"""Kinds of event in which something is said rather than done."""


def event_rows(events: Iterable[Event], draft: Draft, *, cited: bool = False) -> tuple[EventRow, ...]:
    """Events as lines of a timeline, the first first."""
    rows = []
    for event in in_order(events):
        notice = next((r.event for r in event.relations if r.kind == "formal-notice-of"), None)
        text = event.facts[0].text if event.facts else event.lede or ""
        rows.append(
            EventRow(
                draft.ref(event.id),
                event.happened.date,
                plain(text, draft.catalogue),
                event.matters == "major",
                draft.ref(notice) if notice else None,
                draft.fact(event.happened, of=event) if cited else None,
                event.kind in WORDS,
                bool(draft.catalogue.links_to(event.id, "announces", "changed_status_of")),
            )
        )
    return tuple(rows)


def events_of(id: str, catalogue: Catalogue) -> list[Event]:
    """The events that name a sheet, announce it or changed its status."""
    named = catalogue.origins(id, "events", Event)
    announced = [
        catalogue.get(link.target, Event)
        for link in catalogue.links_from(id, "announces", "changed_status_of")
    ]
    return in_order({event.id: event for event in (*named, *announced)}.values())


def view(sheet: Event, draft: Draft) -> EventPage:
    """The page of an event."""
    citations = [citation for fact in (sheet.happened, *sheet.facts) for citation in fact.cite]
    return EventPage(
        when=sheet.happened.date,
        basis=sheet.happened.basis or "",
        happened=draft.fact(sheet.happened),
        kind=draft.catalogue.label("event-kinds", sheet.kind),
        known_since=known_since(citations, draft.catalogue),
        actors=draft.refs(sheet.actors),
        measures=draft.refs(sheet.measures),
        regimes=draft.refs(sheet.regimes),
        systems=draft.refs(sheet.systems),
        ties=tuple(
            Tie(draft.catalogue.label("event-relations", r.kind), draft.ref(r.event), draft.fact(r))
            for r in sheet.relations
        ),
    )
