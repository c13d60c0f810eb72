"""Views of the whole site: timeline, predictions, who says what, network, sources, glossary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing
from factbook.model.dates import PartialDate
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages import term
from factbook.pages.actor import RelationView, relations_of
from factbook.pages.addresses import ref_to
from factbook.pages.blocks import StanceGroup, predictions, stance_chart, stance_groups
from factbook.pages.charts import answers, relations
from factbook.pages.charts import timeline as timelines
from factbook.pages.charts.answers import ColumnsChart, ScoreChart
from factbook.pages.charts.relations import RelationsChart
from factbook.pages.charts.timeline import TimelineChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, every_row
from factbook.pages.page import PageRef
from factbook.pages.statement import StatementView, in_order_said, statement_view
from factbook.pages.term import TermView


@frozen
class QuestionView:
    """A question and who answers it how."""

    question: PageRef
    groups: tuple[StanceGroup, ...]
    chart: ColumnsChart | None


@frozen
class WhoSaysWhat:
    """Every statement, by question and by speaker."""

    questions: tuple[QuestionView, ...]
    speakers: tuple[tuple[PageRef | None, str, tuple[StatementView, ...]], ...]


@frozen
class TimelinePage:
    """Every event by year."""

    years: tuple[tuple[str, tuple[EventRow, ...]], ...]
    chart: TimelineChart | None


@frozen
class PredictionsPage:
    """Every prediction and what came of it."""

    rows: tuple[StatementView, ...]
    chart: ScoreChart | None


@frozen
class NetworkPage:
    """The ties between actors, as a picture and as a list."""

    actors: tuple[tuple[PageRef, tuple[RelationView, ...]], ...]
    chart: RelationsChart | None


@frozen
class SourceRow:
    """One line of the register of sources."""

    ref: PageRef
    publisher: str
    date: PartialDate | None
    kind: str
    origin: str
    read: str
    facts: int
    """Facts and sentences that cite it."""
    statements: int
    interest: str

    @property
    def rests(self) -> str:
        """How much rests on it, in words, e.g. `11 facts, 1 statement`."""
        counts = ((self.facts, "fact"), (self.statements, "statement"))
        return ", ".join(f"{n} {noun}{'s' if n > 1 else ''}" for n, noun in counts if n) or "nothing"


def timeline(draft: Draft) -> TimelinePage:
    """Every event, by year."""
    years: dict[str, list[EventRow]] = {}
    found = every_row(draft)
    for row in found:
        years.setdefault(str(row.when.earliest.year), []).append(row)
    return TimelinePage(tuple((year, tuple(rows)) for year, rows in years.items()), timelines.timeline(found))


def scorecard(draft: Draft) -> PredictionsPage:
    """Every prediction and what came of it."""
    rows = predictions(draft)
    return PredictionsPage(rows, answers.score(rows))


def who_says_what(draft: Draft) -> WhoSaysWhat:
    """Every statement, by question and by speaker."""
    catalogue = draft.catalogue
    by_speaker: dict[tuple[str, str], list[Statement]] = {}
    for statement in in_order_said(catalogue.all(Statement)):
        for key in [(id, "") for id in statement.speakers] or [("", statement.as_named or "")]:
            by_speaker.setdefault(key, []).append(statement)
    ordered = sorted(by_speaker, key=lambda key: unmarked(catalogue.title_of(key[0]) if key[0] else key[1]))
    return WhoSaysWhat(
        tuple(
            asked for each in catalogue.all(Briefing) if (asked := _question(each, draft)).groups
        ),  # a question that nobody answers is the briefing's alone
        tuple(
            (
                draft.ref(id) if id else None,
                named,
                tuple(statement_view(each, draft) for each in by_speaker[id, named]),
            )
            for id, named in ordered
        ),
    )


def _question(briefing: Briefing, draft: Draft) -> QuestionView:
    groups = stance_groups(briefing.id, draft)
    return QuestionView(draft.ref(briefing.id), groups, stance_chart(groups))


def network(draft: Draft) -> NetworkPage:
    """The ties of every actor that has some."""
    rows = [(draft.ref(actor.id), relations_of(actor, draft)) for actor in draft.catalogue.all(Actor)]
    rows.sort(key=lambda row: unmarked(row[0].title))
    chart = relations.of_all(draft.catalogue.all(Actor), draft)
    return NetworkPage(tuple(row for row in rows if row[1]), chart)


def sources(draft: Draft) -> tuple[SourceRow, ...]:
    """The register of sources, with what rests on each."""
    catalogue = draft.catalogue
    resting = Counter(chain.from_iterable(catalogue.gathered("cited", catalogue.ids(), _cited_in)))
    ids = catalogue.ids(Source)
    rows = zip(ids, catalogue.gathered("rows", ids, _source_row), strict=True)
    ordered = sorted(rows, key=lambda row: (unmarked(row[1].publisher), row[0]))
    return tuple(replace(row, facts=resting[id]) for id, row in ordered)


def _cited_in(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    """The sources that a sheet rests on: each once for each place that cites it."""
    citing = {(link.target, link.anchor) for link in catalogue.bare_links_of(id, "cited_by", "read_for")}
    return tuple(sorted(target for target, _ in citing))


def _source_row(catalogue: Catalogue, id: str) -> SourceRow:
    """The line of a source, without the facts that cite it."""
    source, label = catalogue.get(id, Source), catalogue.label
    return SourceRow(
        ref_to(catalogue, id),
        source.publisher,
        source.date,
        label("source-kinds", source.kind),
        label("origins", source.origin.value),
        label("readings", source.read),
        0,
        len(catalogue.origin_ids(id, "first_published", "read_for_statement", "shows_statement")),
        source.interest or "",
    )


def glossary(draft: Draft) -> tuple[TermView, ...]:
    """Every term with its definition."""
    terms = sorted(draft.catalogue.all(Term), key=lambda each: (unmarked(each.title), each.id))
    return tuple(term.view(each, draft) for each in terms)
