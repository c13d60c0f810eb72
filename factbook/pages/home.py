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
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages.blocks import Compared, compared, foretelling
from factbook.pages.briefing import TextView, text_view
from factbook.pages.changes import LatelyRow, lately
from factbook.pages.charts import in_force
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, event_rows
from factbook.pages.page import PageRef, ProseView
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.pages.statement import StatementView, statement_view


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
    """The first predictions with what came of them."""
    doors: tuple[tuple[PageRef, str], ...]
    """Ways in, each with what is there."""


HELD = (Answer.IN_FORCE, Answer.LAST_SEEN)
STATES = {Answer.IN_FORCE: 0, Answer.LAST_SEEN: 0, Answer.NOT_KNOWN: 1, Answer.NOT_YET: 2, Answer.ENDED: 3}
"""The order of sanctions: those that hold, or were last seen to, first."""
MEASURES = PageRef("Measures", "measures/")
PEOPLE = PageRef("People and bodies", "actors/")
RECENT = 5
"""Events on the front page."""
OUTCOMES = 6
"""Predictions on the front page."""


def home(sheet: PlainPage, draft: Draft) -> HomePage:
    """The front page."""
    catalogue = draft.catalogue
    measures = catalogue.all(Measure)
    sanctions = [each for each in measures if each.is_sanction]
    foretold = foretelling(catalogue)
    # The front page shows verdicts; their evidence is one link away.
    apart = Draft(catalogue, draft.as_of)
    major = in_order([each for each in catalogue.all(Event) if each.matters == "major"])
    sanctions.sort(key=lambda each: (STATES[of_measure(each, draft.as_of).answer], each.id))
    # In the order in which a reader meets them, since that is how notes are numbered.
    asked = _asked(sheet, draft)
    text = text_view(sheet.text, draft)
    return HomePage(
        asked=asked,
        text=text,
        figures=_figures(measures, len(foretold), draft),
        as_of=draft.as_of,
        state=tuple(compared(each, draft) for each in sanctions),
        in_force=in_force.of_measures(sanctions, draft, what="sanctions"),
        recent=tuple(reversed(event_rows(major[-RECENT:], draft.catalogue))),
        lately=lately(draft),
        changes=PageRef("All changes", "changes/"),
        outcomes=tuple(statement_view(each, apart) for each in foretold[:OUTCOMES]),
        doors=_doors(catalogue),
    )


def questions(sheet: PlainPage | None, catalogue: Catalogue) -> list[Briefing]:
    """Every briefing: those that the page names, then the newest; of one day the one that is most talked of comes first."""
    first = [catalogue.get(id, Briefing) for id in (sheet.questions if sheet else ())]
    others = sorted(
        (each for each in catalogue.all(Briefing) if each not in first),
        key=lambda each: (
            -each.verified.earliest.toordinal(),
            -len(catalogue.origin_ids(each.id, "answered_by")),
            each.id,
        ),
    )
    return [*first, *others]


def _asked(sheet: PlainPage, draft: Draft) -> tuple[Asked, ...]:
    """Every question, the first with its answer."""
    return tuple(
        Asked(
            draft.ref(each.id, "", each.question),
            None if place else draft.prose(each.short_answer),
            draft.catalogue.label("confidence", each.confidence),
            each.verified,
            each.review_by,
            rereading_line(each, draft),
        )
        for place, each in enumerate(questions(sheet, draft.catalogue))
    )


def _figures(measures: list[Measure], outcomes: int, draft: Draft) -> tuple[tuple[str, int, PageRef], ...]:
    states = [of_measure(each, draft.as_of).answer for each in measures if each.is_sanction]
    return (
        ("sanctions in force when last seen", sum(answer in HELD for answer in states), MEASURES),
        ("sanctions ended", states.count(Answer.ENDED), MEASURES),
        ("people designated by name", _designated(measures, draft), PEOPLE),
        ("predictions followed up", outcomes, PageRef("Predictions", "predictions/")),
    )


def _designated(measures: list[Measure], draft: Draft) -> int:
    """People whose designation is in force or was when last seen."""
    held = {
        designation.actor
        for measure in measures
        for designation in measure.designations
        if of_designation(designation, measure, draft.as_of).answer in HELD
    }
    return sum(draft.catalogue.get(id, Actor).kind == "person" for id in held)


def _doors(catalogue: Catalogue) -> tuple[tuple[PageRef, str], ...]:
    def many(model: type[Sheet]) -> int:
        return len(catalogue.ids(model))

    return (
        (MEASURES, f"{many(Measure)} sanctions, laws and decisions, rule by rule"),
        (PEOPLE, f"{many(Actor)}, in their own scripts and any spelling"),
        (PageRef("Timeline", "timeline/"), f"{many(Event)} events in order, each with its sources"),
        (
            PageRef("In force on a day", "as-of/"),
            "any day: what held, on whom, and what the world did not know yet",
        ),
        (
            PageRef("Who says what", "who-says-what/"),
            f"{many(Statement)} statements, each with the hands it came through",
        ),
        (PageRef("Sources", "sources/"), f"{many(Source)}, each with all that rests on it"),
        (PageRef("Glossary", "terms/"), f"{many(Term)} words, each with one meaning"),
    )
