"""Views of the whole site: indexes, timeline, predictions, who says what, network, sources, glossary, review board, home."""

from __future__ import annotations

from collections import Counter
from datetime import date

from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.chronology import Answer, in_order, of_designation, of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.spoken import sentence
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages import term
from factbook.pages.actor import RelationView, relations_of
from factbook.pages.blocks import (
    Compared,
    StanceGroup,
    compared,
    predictions,
    stance_chart,
    stance_groups,
)
from factbook.pages.briefing import TextView, text_view
from factbook.pages.changes import LatelyRow, lately
from factbook.pages.charts import answers, in_force, relations
from factbook.pages.charts import timeline as timelines
from factbook.pages.charts.answers import ColumnsChart, ScoreChart
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.charts.relations import RelationsChart
from factbook.pages.charts.timeline import TimelineChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, event_rows
from factbook.pages.facets import FacetView, facet_views, kind_of
from factbook.pages.labels import place_words, plain
from factbook.pages.page import PageRef, ProseView, StateView
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.pages.statement import StatementView, in_order_said, statement_view
from factbook.pages.term import TermView
from factbook.problems import CODES


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


@frozen
class DueRow:
    """Something that an editor has to look at."""

    ref: PageRef
    text: str
    day: PartialDate | None = None


@frozen
class ReviewPage:
    """The review board."""

    rereadings: tuple[tuple[PageRef, RereadingView], ...]
    """Answers that have to be read again, the oldest first."""
    overdue: tuple[DueRow, ...]
    next_due: tuple[DueRow, ...]
    predictions: tuple[DueRow, ...]
    entry: tuple[DueRow, ...]
    """Facts whose source stands behind the entry as a whole."""
    uncited: tuple[DueRow, ...]
    waived: tuple[DueRow, ...]
    doubtful: tuple[DueRow, ...]


@frozen
class Asked:
    """A briefing as the front page shows it."""

    ref: PageRef
    """With the question for a title."""
    answer: ProseView | None
    """Of the one on top alone: the front page shows no other."""
    confidence: str
    verified: PartialDate
    review_by: PartialDate
    rereading: RereadingView | None = None


@frozen
class HomePage:
    """The front page."""

    text: TextView
    asked: tuple[Asked, ...]
    """Every briefing, the one on top first."""
    figures: tuple[tuple[str, int, PageRef], ...]
    """Words, number, where they lead."""
    as_of: date
    state: tuple[Compared, ...]
    """Every sanction, those in force or last seen in force first."""
    in_force: InForceChart | None
    """The sanctions over the years."""
    recent: tuple[EventRow, ...]
    lately: tuple[LatelyRow, ...]
    """What changed here lately, and matters."""
    changes: PageRef
    """Where all of it stands."""
    outcomes: tuple[StatementView, ...]
    """Predictions with what came of them."""
    doors: tuple[tuple[PageRef, str], ...]
    """Ways in, each with what is there."""


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
    text = plain(sheet.lede, draft.catalogue) if sheet.lede else ""
    ref = draft.ref(sheet.id)
    match sheet:
        case Measure():
            group = SANCTIONS if sheet.is_sanction else "Measures that are not sanctions"
            kind = label("measure-kinds", sheet.kind)
            return group, IndexRow(ref, text, kind, draft.state(of_measure(sheet, draft.as_of)))
        case Regime():
            kind = label("regime-kinds", sheet.kind)
            return sentence(kind), IndexRow(ref, text, kind, draft.state(of_measure(sheet, draft.as_of)))
        case Event():
            when = sheet.happened.date
            return str(when.earliest.year), IndexRow(ref, "", label("event-kinds", sheet.kind), None, when)
        case Statement():
            who = ", ".join(draft.ref(each).title for each in sheet.speakers) or sheet.as_named or ""
            when = sheet.said_on.date
            return str(when.earliest.year), IndexRow(ref, who, label("speech-acts", sheet.act), None, when)
        case Actor():
            kind = label("actor-kinds", sheet.kind)
            return sentence(kind), IndexRow(ref, text, kind)
    return "", IndexRow(ref, text, "")


def briefings(draft: Draft) -> IndexPage:
    """The list of briefings with their short answers."""
    rows = tuple(
        IndexRow(
            draft.ref(each.id),
            plain(each.short_answer, draft.catalogue),
            draft.catalogue.label("confidence", each.confidence),
            rereading=rereading_line(each, draft),
        )
        for each in draft.catalogue.all(Briefing)
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


def timeline(draft: Draft) -> TimelinePage:
    """Every event, by year."""
    years: dict[str, list[EventRow]] = {}
    found = event_rows(draft.catalogue.all(Event), draft, cited=True)
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
    catalogue, label = draft.catalogue, draft.catalogue.label
    resting = Counter(
        target
        for id in catalogue.ids()
        for target, _ in {
            (link.target, link.anchor) for link in catalogue.links_from(id, "cited_by", "read_for")
        }
    )
    rows = []
    for source in sorted(catalogue.all(Source), key=lambda each: (unmarked(each.publisher), each.id)):
        said = catalogue.origin_ids(source.id, "first_published", "read_for_statement", "shows_statement")
        rows.append(
            SourceRow(
                draft.ref(source.id),
                source.publisher,
                source.date,
                label("source-kinds", source.kind),
                label("origins", source.origin.value),
                label("readings", source.read),
                resting[source.id],
                len(said),
                source.interest or "",
            )
        )
    return tuple(rows)


def glossary(draft: Draft) -> tuple[TermView, ...]:
    """Every term with its definition."""
    terms = sorted(draft.catalogue.all(Term), key=lambda each: (unmarked(each.title), each.id))
    return tuple(term.view(each, draft) for each in terms)


def review(draft: Draft) -> ReviewPage:
    """What is due, weak or doubtful, for everyone to see."""
    catalogue = draft.catalogue
    sheets = [catalogue[id] for id in catalogue.ids()]
    by_day = sorted(sheets, key=lambda sheet: (sheet.review_by.text, sheet.id))
    due = [DueRow(draft.ref(sheet.id), "", sheet.review_by) for sheet in by_day]
    overdue = tuple(row for row in due if row.day and row.day.latest < draft.as_of)
    entry: list[DueRow] = []
    uncited: list[DueRow] = []
    doubtful: list[DueRow] = []
    waived: list[DueRow] = []
    for sheet in sorted(sheets, key=lambda sheet: sheet.id):  # all that is asked of a sheet at once
        if sheet.confidence == "low" or sheet.doubt:
            doubtful.append(DueRow(draft.ref(sheet.id), plain(sheet.doubt or "", catalogue)))
        for anchor, fact in catalogue.facts_of(sheet.id).items():
            shown_in = [
                *([entry] if any(citation.support == "entry" for citation in fact.cite) else []),
                *([] if fact.cite else [uncited]),
                *([doubtful] if fact.confidence == "low" else []),
            ]
            if shown_in:
                row = DueRow(draft.ref(sheet.id, anchor), place_words(sheet.id, anchor, catalogue))
                for rows in shown_in:
                    rows.append(row)
        for w in sheet.waivers:
            ref = draft.ref(sheet.id, "" if w.anchor == "sheet" else w.anchor)
            waived.append(DueRow(ref, f"“{CODES[w.code].reason}” {w.reason}", w.until))
    open_predictions = tuple(
        DueRow(draft.ref(each.id), each.gist, each.prediction.settles_by)
        for each in catalogue.all(Statement)
        if each.prediction
        and each.prediction.outcome is None
        and each.prediction.settles_by
        and each.prediction.settles_by.latest < draft.as_of
    )
    again = [
        (draft.ref(each.id), view)
        for each in catalogue.all(Briefing)
        if (view := rereading_line(each, draft))
    ]
    return ReviewPage(
        tuple(sorted(again, key=lambda row: row[1].since)),
        overdue,
        tuple(due[:20]),
        open_predictions,
        tuple(entry),
        tuple(uncited),
        tuple(waived),
        tuple(doubtful),
    )


def _answers(briefing: Briefing, catalogue: Catalogue) -> int:
    """How much was said to its question: of briefings of one day, the one that is most talked of comes first."""
    return len(catalogue.links_to(briefing.id, "answered_by"))


def home(sheet: PlainPage, draft: Draft) -> HomePage:
    """The front page."""
    catalogue = draft.catalogue
    measures = catalogue.all(Measure)
    states = [of_measure(each, draft.as_of).answer for each in measures if each.is_sanction]
    held = sum(answer in (Answer.IN_FORCE, Answer.LAST_SEEN) for answer in states)
    outcomes = predictions(
        Draft(catalogue, draft.as_of)
    )  # the front page shows verdicts, their evidence is one link away
    figures = [
        ("sanctions in force when last seen", held, PageRef("Measures", "measures/")),
        ("sanctions ended", states.count(Answer.ENDED), PageRef("Measures", "measures/")),
        ("people designated by name", _designated(measures, draft), PageRef("People and bodies", "actors/")),
        ("predictions followed up", len(outcomes), PageRef("Predictions", "predictions/")),
    ]
    doors = [
        (PageRef("Measures", "measures/"), f"{len(measures)} sanctions, laws and decisions, rule by rule"),
        (
            PageRef("People and bodies", "actors/"),
            f"{len(catalogue.all(Actor))}, in their own scripts and any spelling",
        ),
        (
            PageRef("Timeline", "timeline/"),
            f"{len(catalogue.all(Event))} events in order, each with its sources",
        ),
        (
            PageRef("In force on a day", "as-of/"),
            "any day: what held, on whom, and what the world did not know yet",
        ),
        (
            PageRef("Who says what", "who-says-what/"),
            f"{len(catalogue.all(Statement))} statements, each with the hands it came through",
        ),
        (PageRef("Sources", "sources/"), f"{len(catalogue.all(Source))}, each with all that rests on it"),
        (PageRef("Glossary", "terms/"), f"{len(catalogue.all(Term))} words, each with one meaning"),
    ]
    recent = in_order([each for each in catalogue.all(Event) if each.matters == "major"])[-5:]
    years = in_force.of_measures([each for each in measures if each.is_sanction], draft, what="sanctions")
    order = {Answer.IN_FORCE: 0, Answer.LAST_SEEN: 0, Answer.NOT_KNOWN: 1, Answer.NOT_YET: 2, Answer.ENDED: 3}
    first = [catalogue.get(id, Briefing) for id in sheet.questions]
    others = sorted(
        (each for each in catalogue.all(Briefing) if each not in first),
        key=lambda each: (-each.verified.earliest.toordinal(), -_answers(each, catalogue), each.id),
    )
    asked = tuple(
        Asked(
            draft.ref(each.id, "", each.question),
            None if place else draft.prose(each.short_answer),
            catalogue.label("confidence", each.confidence),
            each.verified,
            each.review_by,
            rereading_line(each, draft),
        )
        for place, each in enumerate([*first, *others])
    )
    sanctions = [compared(each, draft) for each in measures if each.is_sanction]
    return HomePage(
        text=text_view(sheet.text, draft),
        asked=asked,
        figures=tuple(figures),
        as_of=draft.as_of,
        state=tuple(sorted(sanctions, key=lambda each: (order[each.state.answer], each.ref.address))),
        in_force=years,
        recent=tuple(reversed(event_rows(recent, draft))),
        lately=lately(draft),
        changes=PageRef("All changes", "changes/"),
        outcomes=outcomes,
        doors=tuple(doors),
    )


def _designated(measures: list[Measure], draft: Draft) -> int:
    """People whose designation is in force or was when last seen."""
    held = {
        designation.actor
        for measure in measures
        for designation in measure.designations
        if of_designation(designation, measure, draft.as_of).answer in (Answer.IN_FORCE, Answer.LAST_SEEN)
    }
    return sum(draft.catalogue.get(id, Actor).kind == "person" for id in held)
