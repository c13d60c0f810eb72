"""Time: nothing ends before it starts or is seen outside its time, and every sheet is reviewed by its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, capital, titled
from factbook.model.actor import Post, Relation
from factbook.model.dates import Bound, parse_date
from factbook.model.event import Event
from factbook.model.measure import Designation, Provision
from factbook.model.records import Observed, Status
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.walking import Found, Path
from factbook.problems import Problem


def out_of_order(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Ends before starts, observations outside what they show, statuses in the wrong order. Code: dates-out-of-order.

    A vague date counts as out of order only where no day that it can mean would be in order.
    """
    if sheet.sheet.review_by.earliest < sheet.sheet.verified.earliest:
        yield sheet.problem(
            "dates-out-of-order",
            f"Review is due on {sheet.sheet.review_by}, before the sheet was verified ({sheet.sheet.verified}). Correct one of the two.",
            ("review_by",),
        )
    statuses: list[Found] = []
    for path, found in sheet.facts.items():
        match found.fact:
            case Provision() as fact:
                yield from _span(sheet, found, fact.starts, fact.ends, "ends", fact.observed)
            case Designation() as fact:
                yield from _span(sheet, found, fact.from_, fact.until, "until", fact.observed)
            case Post() | Relation() as fact:
                yield from _span(sheet, found, fact.from_, fact.until, "until", fact.observed)
            case Status():
                if path[0] == "status":
                    statuses.append(found)
    yield from _statuses(sheet, [found for found in statuses if found.fact and found.fact.rank is None])


def _span(
    sheet: Examined,
    found: Found,
    starts: Bound | None,
    ends: Bound | None,
    end_field: str,
    observed: Sequence[Observed],
) -> Iterator[Problem]:
    name = capital(sheet.name(found))
    if starts and starts.date and ends and ends.date and ends.date.latest < starts.date.earliest:
        yield sheet.problem(
            "dates-out-of-order",
            f"{name} ends ({ends}) before it starts ({starts}). Correct one of the two.",
            (*found.path, end_field),
            found.anchor,
        )
        return
    yield from _observations(sheet, found.path, found.anchor, name, starts, ends, observed)


def _statuses(sheet: Examined, statuses: Sequence[Found]) -> Iterator[Problem]:
    for before, after in pairwise(statuses):
        first, second = before.fact, after.fact
        if not isinstance(first, Status) or not isinstance(second, Status):
            continue
        if first.from_.date and second.from_.date and second.from_.date.latest < first.from_.date.earliest:
            yield sheet.problem(
                "dates-out-of-order",
                f"{capital(sheet.name(after))} stands after {sheet.name(before)}. Put the newest last, or correct the date.",
                (*after.path, "from"),
                after.anchor,
            )
    for position, found in enumerate(statuses):
        if isinstance(status := found.fact, Status):
            following = statuses[position + 1].fact if position + 1 < len(statuses) else None
            until = following.from_ if isinstance(following, Status) else None
            if until and until.date and status.from_.date and until.date.latest < status.from_.date.earliest:
                until = None  # their order is wrong, which is said above
            name = capital(sheet.name(found))
            yield from _observations(
                sheet, found.path, found.anchor, name, status.from_, until, status.observed
            )


def _observations(
    sheet: Examined,
    path: Path,
    anchor: str,
    name: str,
    starts: Bound | None,
    ends: Bound | None,
    observed: Sequence[Observed],
) -> Iterator[Problem]:
    for position, seen in enumerate(observed):
        at = (*path, "observed", position, "day")
        if starts and starts.date and seen.day.latest < starts.date.earliest:
            yield sheet.problem(
                "dates-out-of-order",
                f"{name} was observed on {seen.day}, before it started ({starts}). Correct one of the two.",
                at,
                anchor,
            )
        elif ends and ends.date and seen.day.earliest > ends.date.latest:
            yield sheet.problem(
                "dates-out-of-order",
                f"{name} was observed on {seen.day}, after it had ended ({ends}). Correct one of the two.",
                at,
                anchor,
            )


def event_out_of_order(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Events that happened before what they come after, or that come after themselves. Code: events-out-of-order."""
    event = sheet.sheet
    if not isinstance(event, Event):
        return
    for position, relation in enumerate(event.relations):
        other = catalogue.find(relation.event, Event) if relation.kind in _LATER else None
        if other is None:
            continue
        if relation.event == event.id:
            told = "The event is said to come after itself. Name the other event."
        elif event.when.latest < other.when.earliest:
            told = (
                f"The event happened on {event.when}, before what it {_LATER[relation.kind]}, {titled(other.id, catalogue)}, "
                f"of {other.when}. Correct one of the two, or the tie."
            )
        else:
            continue
        yield sheet.problem(
            "events-out-of-order", told, ("relations", position, "event"), f"relations.{relation.id}"
        )


_LATER = {"follows": "follows", "formal-notice-of": "gives notice of", "corrects": "corrects"}
"""The ties of an event to an earlier one, and what it does to it."""


def statement_out_of_order(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Statements published before they were made, predictions settled before that. Code: dates-out-of-order."""
    statement = sheet.sheet
    if not isinstance(statement, Statement):
        return
    said = statement.when
    first = catalogue.find(statement.first_in, Source)
    if first and first.date and first.date.latest < said.earliest:
        yield sheet.problem(
            "dates-out-of-order",
            f"The statement is dated {said}, later than its first publication, {titled(first.id, catalogue)}, of {first.date}. Correct one of the two.",
            ("said_on", "date"),
        )
    prediction = statement.prediction
    if prediction is None:
        return
    for what, day, path in (
        ("could be judged by", prediction.settles_by, ("prediction", "settles_by")),
        ("was judged on", prediction.outcome and prediction.outcome.day, ("prediction", "outcome", "day")),
    ):
        if day and day.latest < said.earliest:
            yield sheet.problem(
                "dates-out-of-order",
                f"The prediction {what} {day}, before it was made ({said}). Correct one of the two.",
                path,
                "prediction",
            )


def verified_ahead(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Sheets checked on a day that has not come. Code: verified-ahead.

    `today` is the day of the commit or the machine's, never an earlier one that a build was asked to hold for.
    """
    for id, face in catalogue.faces.items():
        if (verified := parse_date(face.verified).earliest) > today:
            loaded = catalogue.sheets[id]
            yield Problem(
                "verified-ahead",
                loaded.place(("verified",)),
                f"The sheet is said to have been verified on {verified}, a day that has not come. Write the day on which you checked it.",
            )


def review_overdue(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sheets whose day of review has passed. Code: review-overdue."""
    due = sheet.sheet.review_by.latest
    if due < as_of:
        days = (as_of - due).days
        yield sheet.problem(
            "review-overdue",
            f"Review was due on {due}, {days} day{'s' if days > 1 else ''} before the day of this build ({as_of}).",
            ("review_by",),
        )
