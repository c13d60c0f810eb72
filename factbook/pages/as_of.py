"""In force on a day: every measure with its rules and designations, and when which answer holds.

The page is laid out for the day of the build. It carries the answers for all days as steps, from which the script
`as-of.js` shows any other day: it looks up and counts, and works out nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from factbook.catalogue import Catalogue
from factbook.chronology import (
    Answer,
    Publicity,
    Published,
    State,
    Step,
    of_designation,
    of_measure,
    of_provision,
    publicity,
    published,
    sources_of,
    steps_of_designation,
    steps_of_measure,
    steps_of_provision,
)
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.pages.addresses import AS_OF
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef, StateView, StepView

HELD = (Answer.IN_FORCE, Answer.LAST_SEEN)
"""The answers of what was in force, as far as one can tell."""
ORDER = (Answer.IN_FORCE, Answer.LAST_SEEN, Answer.NOT_KNOWN, Answer.NOT_YET, Answer.ENDED)
"""In which order measures are shown."""
MOST_DAYS = 18
"""How many days that matter are offered."""


@frozen
class Thing:
    """A measure, a rule of it, or a designation: something that is or is not in force on a day."""

    kind: str
    """`measure`, `rule` or `designation`."""
    measure: str
    """The id of its measure."""
    anchor: str
    """Its row among the intervals."""
    ref: PageRef
    """The fact on the measure's own page, where its evidence stands."""
    state: StateView
    publicity: Publicity | None
    published: Published | None
    """When the earliest source that we cite for it came out."""
    actor: PageRef | None = None
    """Who is designated."""
    entry: str = ""
    """The list and the programme of a designation, which tell two of one actor apart."""


@frozen
class MeasureThings:
    """A measure with all its parts."""

    measure: Thing
    short: str
    kicker: str
    rules: tuple[Thing, ...]
    designations: tuple[Thing, ...]


@frozen
class DayThatMatters:
    """A day on which the status of a measure changed."""

    day: date
    words: str


@frozen
class EventDays:
    """By when an event had surely happened, and by when a source that we cite for it was surely out."""

    happened: date
    published: date | None


@frozen
class AsOfPage:
    """What was in force, who was designated and what the world knew, on the day of the build."""

    on: date
    measures: tuple[MeasureThings, ...]
    """As they are shown for the day: what was in force first."""
    days: tuple[DayThatMatters, ...]
    events: tuple[EventDays, ...]
    timeline: PageRef

    @property
    def titles(self) -> dict[str, str]:
        """Measures by their short names."""
        return {each.measure.measure: each.short for each in self.measures}

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that has an answer, by measure."""
        return tuple(
            thing for each in self.measures for thing in (each.measure, *each.rules, *each.designations)
        )

    def count(self, kind: str, what: str, measure: str = "") -> int:
        """How many things of a kind (`any` for all) are `held`, have an answer, or are `out:` so far to the world."""
        return sum(
            _is(thing, what)
            for thing in self.things
            if kind in ("any", thing.kind) and measure in ("", thing.measure)
        )

    def shows(self, thing: Thing, what: str) -> bool:
        """Whether a thing stands in the list of what is so."""
        return _is(thing, what)

    @property
    def happened(self) -> int:
        """Events that had happened by the day."""
        return sum(each.happened <= self.on for each in self.events)

    @property
    def read_of(self) -> int:
        """Of these, the events that stood in a source by the day."""
        return sum(
            each.happened <= self.on and each.published is not None and each.published <= self.on
            for each in self.events
        )


def _is(thing: Thing, what: str) -> bool:
    if what == "held":
        return thing.state.answer in HELD
    if what.startswith("out:"):
        return thing.publicity is not None and what == f"out:{thing.publicity}"
    return what == thing.state.answer


def view(draft: Draft) -> AsOfPage:
    """The view of all measures."""
    catalogue = draft.catalogue
    measures = sorted(catalogue.all(Measure), key=lambda each: (not each.is_sanction, each.id))
    things = catalogue.gathered(
        "things",
        (each.id for each in measures),
        lambda of, id: _things(of.get(id, Measure), Draft(of, draft.as_of)),
    )
    events = catalogue.gathered("events", catalogue.ids(Event), _event_days)
    return AsOfPage(
        draft.as_of,
        tuple(sorted(things, key=lambda each: ORDER.index(each.measure.state.answer))),
        _days(measures, draft),
        tuple(sorted(events, key=lambda each: (each.happened, each.published or date.max))),
        PageRef("timeline", "timeline/"),
    )


def _event_days(catalogue: Catalogue, id: str) -> EventDays:
    event = catalogue.get(id, Event)
    found = published(event.dated_by, catalogue)
    return EventDays(event.when.latest, found.surely if found else None)


def step_views(steps: Iterable[Step], catalogue: Catalogue) -> tuple[StepView, ...]:
    """Steps as pages carry them: those of what is in force are cut where the world could read of it."""
    steps = tuple(steps)
    found: list[StepView] = []
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        view = StepView(
            step.first if step.first != date.min else None, step.state.answer, day=_day(step.state)
        )
        if step.state.answer not in HELD:
            found.append(view)
            continue
        out = published(sources_of(step.state, catalogue), catalogue)
        cuts = {step.first} | ({out.earliest, out.surely} if out else set())
        for first in sorted(cuts):
            if step.first <= first and (following is None or first < following.first):
                shown = None if first == date.min else first
                found.append(replace(view, first=shown, publicity=publicity(out, first)))
    return tuple(found)


def stepped(view: StateView, steps: Iterable[Step], catalogue: Catalogue) -> StateView:
    """A state of play that can be read as of any day."""
    return replace(view, steps=step_views(steps, catalogue))


def intervals_of(id: str) -> PageRef:
    """The place where the intervals of a measure are printed."""
    return PageRef("All days, measure by measure", AS_OF, _anchor(id))


def _anchor(id: str, *path: str) -> str:
    return ".".join(("days", id, *filter(None, path)))


def _things(measure: Measure, draft: Draft) -> MeasureThings:
    catalogue, on = draft.catalogue, draft.as_of

    def thing(kind: str, path: str, words: str, state: State, steps: tuple[Step, ...]) -> Thing:
        """Without its notes: the evidence stands on the page of the measure, where each row leads."""
        held = next((step.state for step in steps if step.state.answer in HELD), None)
        ended = state.since.date if state.answer is Answer.ENDED and state.since else None
        shown = stepped(StateView(state.answer, state.day, (), ended), steps, catalogue)
        return Thing(
            kind=kind,
            measure=measure.id,
            anchor=_anchor(measure.id, path),
            ref=draft.ref(measure.id, path, words),
            state=shown,
            publicity=[each for each in shown.steps if each.first is None or each.first <= on][-1].publicity,
            published=published(sources_of(held, catalogue), catalogue) if held else None,
        )

    return MeasureThings(
        measure=thing("measure", "", "", of_measure(measure, on), steps_of_measure(measure)),
        short=measure.short_text,
        kicker="Sanctions" if measure.is_sanction else "Measure, not a sanction",
        rules=tuple(
            thing(
                "rule",
                f"provisions.{each.id}",
                each.title,
                of_provision(each, measure, on),
                steps_of_provision(each, measure),
            )
            for each in measure.provisions
        ),
        designations=tuple(
            replace(
                thing(
                    "designation",
                    f"designations.{each.id}",
                    catalogue.short_of(each.actor),
                    of_designation(each, measure, on),
                    steps_of_designation(each, measure),
                ),
                actor=draft.ref(each.actor),
                entry=", ".join(
                    filter(None, (catalogue.short_of(each.list) if each.list else "", each.programme))
                ),
            )
            for each in measure.designations
        ),
    )


def _day(state: State) -> PartialDate | date | None:
    """The day that an answer carries, where it is not the day asked about."""
    if state.answer is Answer.LAST_SEEN:
        return state.seen_on
    return state.since.date if state.answer is Answer.ENDED and state.since else None


def _days(measures: Iterable[Measure], draft: Draft) -> tuple[DayThatMatters, ...]:
    """The last days on which a status changed, as far as the day is known; the newest first."""
    changes: dict[date, list[str]] = {}
    for measure in measures:
        for status in measure.status:
            if status.rank != "deprecated" and status.from_.date and status.from_.date.is_day:
                label = draft.catalogue.label("statuses", status.value)
                changes.setdefault(status.from_.date.earliest, []).append(f"{measure.short_text}: {label}")
    return tuple(
        DayThatMatters(day, "; ".join(changes[day])) for day in sorted(changes, reverse=True)[:MOST_DAYS]
    )
