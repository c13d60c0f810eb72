"""Events, and rows of events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from factbook.catalogue import Catalogue
from factbook.chronology import in_order, in_time, known_since
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.pages.addresses import ref_to
from factbook.pages.draft import Draft
from factbook.pages.labels import plain
from factbook.pages.page import FactView, PageRef


@frozen
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


@frozen
class Tie:
    """A tie to another sheet: how, and which."""

    label: str
    ref: PageRef
    fact: FactView
    own: str = ""
    """What this sheet is called, where the other says how it stands to this one; empty where this one says it."""


@frozen
class Step:
    """An event in a sequence."""

    when: PartialDate
    how: str
    """How it is tied to the event of the page, e.g. `follows this`; empty for that one."""
    ref: PageRef
    fact: FactView | None


@frozen
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
    sequence: tuple[Step, ...]


WORDS = frozenset({"statement", "report", "talks"})
"""Kinds of event in which something is said rather than done."""


def event_rows(events: Iterable[Event], catalogue: Catalogue) -> tuple[EventRow, ...]:
    """Events as lines of a timeline, the first first."""
    return tuple(_row(catalogue, event.id) for event in in_order(events))


def cited_rows(events: Iterable[Event], draft: Draft) -> tuple[EventRow, ...]:
    """Likewise, each with the notes of its date."""
    return tuple(_cited(_row(draft.catalogue, event.id), event, draft) for event in in_order(events))


def every_row(draft: Draft) -> tuple[EventRow, ...]:
    """All events, likewise."""
    catalogue, ids = draft.catalogue, draft.catalogue.ids(Event)
    rows = zip(ids, catalogue.gathered("rows", ids, _row), strict=True)
    return tuple(_cited(row, catalogue.get(id, Event), draft) for id, row in sorted(rows, key=_by_day))


def _cited(row: EventRow, event: Event, draft: Draft) -> EventRow:
    return replace(row, happened=draft.fact(event.happened, of=event))


def _by_day(row: tuple[str, EventRow]) -> tuple[object, str]:
    id, line = row
    return in_time(line.when), id


def _row(catalogue: Catalogue, id: str) -> EventRow:
    event = catalogue.get(id, Event)
    notice = next((r.event for r in event.relations if r.kind == "formal-notice-of"), None)
    return EventRow(
        ref_to(catalogue, id),
        event.when,
        plain(event.in_words, catalogue),
        event.matters == "major",
        ref_to(catalogue, notice) if notice else None,
        None,
        event.kind in WORDS,
        bool(catalogue.origin_ids(id, "announces", "changed_status_of")),
    )


def events_of(id: str, catalogue: Catalogue) -> list[Event]:
    """The events that name a sheet, announce it or changed its status."""
    named = catalogue.origins(id, "events", Event)
    announced = [
        catalogue.get(link.target, Event)
        for link in catalogue.links_from(id, "announces", "changed_status_of")
    ]
    return in_order({event.id: event for event in (*named, *announced)}.values())


_VERBS = {"formal-notice-of": "is the formal notice of", "part-of": "is part of"}
"""Ties whose label is no verb."""


def _sequence(sheet: Event, draft: Draft) -> tuple[Step, ...]:
    """The events that it is tied to, whichever of the two says so, and itself among them; nothing for one that stands alone."""
    catalogue = draft.catalogue

    def verb(kind: str) -> str:
        return _VERBS.get(kind) or catalogue.label("event-relations", kind)

    steps = {
        each.event: Step(
            catalogue.get(each.event, Event).when,
            f"this {verb(each.kind)}",
            draft.ref(each.event),
            draft.fact(each),
        )
        for each in sheet.relations
    }
    for other in catalogue.origins(sheet.id, "related_event", Event):
        for each in other.relations:
            if each.event == sheet.id and other.id not in steps:
                steps[other.id] = Step(
                    other.when,
                    f"{verb(each.kind)} this",
                    draft.ref(other.id, f"relations.{each.id}"),
                    draft.fact(each, of=other),
                )
    if not steps:
        return ()
    steps[sheet.id] = Step(sheet.when, "", draft.ref(sheet.id), None)
    own = {each.event for each in sheet.relations}
    rank = {id: 0 if id in own else 2 for id in steps} | {sheet.id: 1}
    order = [each.id for each in in_order(catalogue.get(id, Event) for id in steps)]
    order.sort(
        key=lambda id: (steps[id].when.earliest, rank[id])
    )  # on one day what it follows, it, what follows it
    return tuple(steps[id] for id in order)


def view(sheet: Event, draft: Draft) -> EventPage:
    """The page of an event."""
    citations = [citation for fact in (sheet.happened, *sheet.facts) for citation in fact.cite]
    return EventPage(
        when=sheet.when,
        basis=sheet.happened.basis or "",
        happened=draft.fact(sheet.happened),
        kind=draft.catalogue.label("event-kinds", sheet.kind),
        known_since=known_since(citations, draft.catalogue),
        actors=draft.refs(sheet.actors),
        measures=draft.refs(sheet.measures),
        regimes=draft.refs(sheet.regimes),
        systems=draft.refs(sheet.systems),
        sequence=_sequence(sheet, draft),
    )
