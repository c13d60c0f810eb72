"""The views of the blocks that prose can hold: timeline, stance matrix, scorecard, relations, comparison, people, statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from factbook.catalogue import Catalogue
from factbook.chronology import of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing
from factbook.model.dates import parse_date
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.statement import Statement
from factbook.pages.actor import RelationView, relations_of
from factbook.pages.charts import answers, in_force, relations, timeline
from factbook.pages.charts.answers import ColumnsChart
from factbook.pages.charts.relations import RelationsChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, cited_rows, events_of
from factbook.pages.labels import plain
from factbook.pages.page import PageRef, StateView
from factbook.pages.statement import StatementView, in_order_said, statement_view
from factbook.prose import Block


@frozen
class BlockView:
    """A block with what it shows; `name` chooses the template part."""

    name: str
    view: Any
    chart: Any = None
    """The picture that goes with it; None where there is none."""


@frozen
class StanceRow:
    """One answer to a question."""

    stance: str
    label: str
    qualifier: str
    statement: StatementView


@frozen
class StanceGroup:
    """Those who give the same answer."""

    stance: str
    label: str
    rows: tuple[StanceRow, ...]


@frozen
class RelationsOf:
    """The ties of one actor."""

    actor: PageRef
    relations: tuple[RelationView, ...]
    chart: RelationsChart | None


@frozen
class Compared:
    """One measure of a comparison."""

    ref: PageRef
    kind: str
    is_sanction: bool
    state: StateView
    on: tuple[PageRef, ...]
    under: tuple[str, ...]
    provisions: tuple[PageRef, ...]


@frozen
class Person:
    """One actor of a list."""

    ref: PageRef
    what: str
    """The lede as plain text, or the latest post."""
    interest: str


STANCES = ("agrees", "partly", "disagrees", "no-view")
"""The order in which a stance matrix shows answers."""


def stance_groups(question: str, draft: Draft) -> tuple[StanceGroup, ...]:
    """Who answers a question how, grouped by answer; a repeated utterance counts once, through the first."""
    catalogue = draft.catalogue
    answering = in_order_said(catalogue.origins(question, "answered_by", Statement))
    rows: dict[str, list[StanceRow]] = {}
    for statement in answering:
        for answer in statement.answers:
            if answer.question == question:
                label = catalogue.label("stances", answer.stance)
                row = StanceRow(
                    answer.stance, label, answer.qualifier or "", statement_view(statement, draft)
                )
                rows.setdefault(answer.stance, []).append(row)
    return tuple(
        StanceGroup(stance, catalogue.label("stances", stance), tuple(rows[stance]))
        for stance in STANCES
        if stance in rows
    )


def stance_chart(groups: tuple[StanceGroup, ...]) -> ColumnsChart | None:
    """The picture of a stance matrix."""
    return answers.columns(
        (group.stance, group.label, row.statement) for group in groups for row in group.rows
    )


def foretelling(catalogue: Catalogue) -> list[Statement]:
    """Statements with a prediction, the first said first."""
    return in_order_said([each for each in catalogue.all(Statement) if each.prediction])


def predictions(draft: Draft, *, speakers: frozenset[str] = frozenset()) -> tuple[StatementView, ...]:
    """Statements with a prediction, of all or of some speakers, the first said first."""
    found = foretelling(draft.catalogue)
    if speakers:
        found = [each for each in found if speakers & set(each.speakers)]
    return tuple(statement_view(each, draft) for each in found)


def compared(measure: Measure, draft: Draft) -> Compared:
    """A measure as a comparison shows it."""
    return Compared(
        draft.ref(measure.id),
        draft.catalogue.label("measure-kinds", measure.kind),
        measure.is_sanction,
        draft.state(of_measure(measure, draft.as_of)),
        draft.refs(
            [*(each.actor for each in measure.designations), *(each.actor for each in measure.affects)]
        ),
        tuple(dict.fromkeys(draft.catalogue.short_of(each.regime) for each in measure.under)),
        tuple(draft.ref(measure.id, f"provisions.{each.id}", each.title) for each in measure.provisions),
    )


def person(actor: Actor, draft: Draft) -> Person:
    """An actor with a sentence on what it is."""
    words = plain(actor.lede, draft.catalogue) if actor.lede else ""
    if not words and actor.posts:
        words = actor.posts[-1].role
    return Person(
        draft.ref(actor.id), words, plain(actor.interest, draft.catalogue) if actor.interest else ""
    )


def _ids(block: Block, option: str) -> list[str]:
    value = block.option(option) or ""
    return [id.strip() for id in value.split(",") if id.strip()]


def _timeline(block: Block, draft: Draft) -> tuple[EventRow, ...]:
    catalogue = draft.catalogue
    about = _ids(block, "about")
    chosen: dict[str, Event] = {id: catalogue.get(id, Event) for id in _ids(block, "events")}
    for id in about:
        chosen |= {event.id: event for event in events_of(id, catalogue)}
    if not chosen and not about:
        chosen = {event.id: event for event in catalogue.all(Event) if event.matters == "major"}
    first = parse_date(block.option("from") or "0001").earliest
    last = parse_date(block.option("until") or "9998").latest
    events = [event for event in chosen.values() if first <= event.when.earliest <= last]
    return cited_rows(events, draft)


def _question(block: Block, draft: Draft) -> str:
    chosen = _ids(block, "question")
    if chosen:
        return chosen[0]
    return draft.sheet.id if isinstance(draft.sheet, Briefing) else ""


def _scorecard(block: Block, draft: Draft) -> tuple[StatementView, ...]:
    return predictions(draft, speakers=frozenset(_ids(block, "of")))


def _statements(block: Block, draft: Draft) -> tuple[StatementView, ...]:
    """Statements side by side; a briefing shows their answers to its own question alone."""
    views = [statement_view(draft.catalogue.get(id, Statement), draft) for id in _ids(block, "ids")]
    if not isinstance(draft.sheet, Briefing):
        return tuple(views)
    own = draft.ref(draft.sheet.id)
    return tuple(
        replace(view, stances=tuple(each for each in view.stances if each.question == own)) for view in views
    )


def _relations(block: Block, draft: Draft) -> tuple[RelationsOf, ...]:
    actors = [draft.catalogue.get(id, Actor) for id in _ids(block, "of")]
    return tuple(
        RelationsOf(draft.ref(actor.id), relations_of(actor, draft), relations.of_actor(actor, draft))
        for actor in actors
    )


VIEWS: dict[str, Callable[[Block, Draft], Any]] = {
    "timeline": _timeline,
    "stance-matrix": lambda block, draft: stance_groups(_question(block, draft), draft),
    "scorecard": _scorecard,
    "relations": _relations,
    "comparison": lambda block, draft: tuple(
        compared(draft.catalogue.get(id, Measure), draft) for id in _ids(block, "measures")
    ),
    "people": lambda block, draft: tuple(
        person(draft.catalogue.get(id, Actor), draft) for id in _ids(block, "actors")
    ),
    "statements": _statements,
}
"""How each block of `model.blocks.BLOCKS` gets its view."""


CHARTS: dict[str, Callable[[Block, Any, Draft], Any]] = {
    "timeline": lambda block, view, draft: timeline.timeline(view),
    "stance-matrix": lambda block, view, draft: stance_chart(view),
    "scorecard": lambda block, view, draft: answers.score(view),
    "comparison": lambda block, view, draft: in_force.of_measures(
        [draft.catalogue.get(id, Measure) for id in _ids(block, "measures")], draft
    ),
}
"""The pictures that go with some blocks, from the view of the block."""


def block_view(block: Block, draft: Draft) -> BlockView:
    """What a block shows on the page being made."""
    view = VIEWS[block.name](block, draft)
    chart = CHARTS[block.name](block, view, draft) if block.name in CHARTS else None
    return BlockView(block.name, view, chart)
