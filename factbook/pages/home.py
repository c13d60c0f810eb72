"""The front page: the question on top, the figures, what holds, what happened and what changed lately, and the ways in."""

from __future__ import annotations

from datetime import date

from factbook.catalogue import Catalogue
from factbook.chronology import Answer, in_order, of_designation, of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages.blocks import Compared, compared, predictions
from factbook.pages.briefing import TextView, text_view
from factbook.pages.changes import LatelyRow, lately
from factbook.pages.charts import in_force
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, event_rows
from factbook.pages.page import PageRef, ProseView
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.pages.statement import StatementView


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
