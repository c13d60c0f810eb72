"""Why a signed answer has to be read again: what came true, what changed and what lost its support since it was signed.

What happened on the day of signing is held to have been read. A change counts when whoever made it graded it `major`, or when
nobody graded it and it is more than a new part or another source; a change graded `minor` does not count, a retraction always
does. What git cannot tell is not guessed: of a publication without history only the lines of `changes:` are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.living.conditions import Cause, causes, out_of_reach
from factbook.living.falling import Gone, beneath
from factbook.model.briefing import Briefing, WouldChange
from factbook.model.change import SHEET, Change, FactEdit, History
from factbook.model.statement import Statement
from factbook.prose import sentences

WORDING = ("title", "short", "lede", "body", "note", "description")
"""Fields of a sheet that only tell of its facts: a sheet that is named as a whole is no other for them."""
ANSWER = ("short-answer", "confidence")
"""Fields of a briefing that are signed."""


@frozen
class Reason:
    """One reason to read an answer again."""

    what: Literal["condition", "changed", "support", "answer", "own"]
    """A condition came true; a fact beneath changed; one lost its only support; an answer beneath is under re-reading; the
    answer itself was changed and not signed again."""
    day: date
    """Since when there is this reason."""
    id: str
    """The sheet of the fact."""
    anchor: str
    watched: WouldChange | None = None
    """The condition, with what would follow."""
    change: Change | None = None
    """What changed, the newest that counts."""


@frozen
class Settled:
    """A condition that no longer waits for anything: it came true before the answer was signed, or never can."""

    position: int
    """Its place in `would_change`."""
    cause: Cause
    true: bool
    """True where it had come true."""


def rereading(briefing: Briefing, catalogue: Catalogue, history: History, on: date) -> tuple[Reason, ...]:
    """The reasons to read an answer again, by day; none while the signature holds, and for an answer that is not signed."""
    return tuple(_sorted(_reasons(briefing, catalogue, history, on, (briefing.id,))))


def since(reasons: tuple[Reason, ...]) -> date:
    """The day since which an answer is under re-reading."""
    return min(reason.day for reason in reasons)


def settled(briefing: Briefing, catalogue: Catalogue, history: History, on: date) -> Iterator[Settled]:
    """The conditions of a signed answer that had come true when it was signed, or never can."""
    if briefing.signed is None:
        return
    signed = briefing.signed.day.earliest
    for position, each in enumerate(briefing.would_change):
        if each.when is None:
            continue
        found = causes(each.when, catalogue, on)
        if found and not any(_came(cause, signed, on, history) for cause in found):
            yield Settled(position, found[0], true=True)
        elif not found and (cause := out_of_reach(each.when, catalogue, on)):
            yield Settled(position, cause, true=False)


def _reasons(
    briefing: Briefing, catalogue: Catalogue, history: History, on: date, above: tuple[str, ...]
) -> Iterator[Reason]:
    signed = briefing.signed.day.earliest if briefing.signed else None
    if signed is None or on < signed:
        return
    tripped = list(_tripped(briefing, catalogue, history, signed, on))
    yield from tripped
    yield from _own(briefing, history, signed, on)
    gone = Gone(catalogue, on)
    for rest in briefing.rests_on:
        id, _, anchor = rest.partition("#")
        if id not in catalogue:
            continue
        if change := _changed(id, anchor, history, signed, on):
            first, newest = change
            if not any(each.id == id and _edits_of(newest, each.anchor) for each in tripped):
                yield Reason("changed", first.day, id, anchor, change=newest)
        yield from _lost(id, anchor, catalogue, gone, signed)
        other = catalogue.find(id, Briefing)
        if other and id not in above and anchor in ("", "short-answer"):
            reasons = tuple(_reasons(other, catalogue, history, on, (*above, id)))
            if reasons and since(reasons) > signed:
                yield Reason("answer", since(reasons), id, anchor)
    for sentence in sentences(briefing.short_answer):
        day = gone.all_gone(cite.source for cite in sentence.citations)
        if day and day > signed:
            source = next(cite.source for cite in sentence.citations if gone.since(cite.source) == day)
            yield Reason("support", day, source, "source")


def _tripped(
    briefing: Briefing, catalogue: Catalogue, history: History, signed: date, on: date
) -> Iterator[Reason]:
    for each in briefing.would_change:
        if each.when is None:
            continue
        days = [
            (day, cause)
            for cause in causes(each.when, catalogue, on)
            if (day := _came(cause, signed, on, history))
        ]
        if days:
            day, cause = min(days, key=lambda row: row[0])
            yield Reason("condition", day, cause.id, cause.anchor, watched=each)


def _came(cause: Cause, signed: date, on: date, history: History) -> date | None:
    """The day after the signing on which something came true, or on which we said so; None where both were before."""
    if cause.since and cause.since > signed:
        return cause.since
    told = [
        change.day
        for change in history.of(cause.id)
        if signed < change.day <= on and (change.founds or _edits_of(change, cause.anchor))
    ]
    return min(told, default=None)


def _changed(id: str, anchor: str, history: History, signed: date, on: date) -> tuple[Change, Change] | None:
    """The first and the newest change since the signing that counts for a fact beneath an answer."""
    found = [change for change in history.of(id) if signed < change.day <= on and _counts(change, anchor)]
    return (found[-1], found[0]) if found else None


def _own(briefing: Briefing, history: History, signed: date, on: date) -> Iterator[Reason]:
    for anchor in ANSWER:
        if found := _changed(briefing.id, anchor, history, signed, on):
            yield Reason("own", found[0].day, briefing.id, anchor, change=found[1])
            return


def _lost(id: str, anchor: str, catalogue: Catalogue, gone: Gone, signed: date) -> Iterator[Reason]:
    """What was beneath an answer and has lost its only support."""
    for own, fact in catalogue.facts_of(id).items():
        if beneath(anchor, own) and (day := gone.support_of(fact.rests_on, id)) and day > signed:
            yield Reason("support", day, id, own)
    statement = catalogue.find(id, Statement)
    if statement and beneath(anchor, "statement") and (day := gone.reading_of(statement)) and day > signed:
        yield Reason("support", day, id, "statement")


def _counts(change: Change, anchor: str) -> bool:
    """Whether a change matters to an answer that rests on a fact, or on a sheet as a whole."""
    if change.founds:
        return False
    edits = _edits_of(change, anchor)
    if not edits:
        return False
    if change.kind == "retracted" or change.weight == "major":
        return True
    if change.reason:
        return False  # whoever made it says that it is minor
    return any(edit.what != "added" and not edit.sources_only for edit in edits)


def _edits_of(change: Change, anchor: str) -> tuple[FactEdit, ...]:
    """What a change did to a fact or to a part of it; where only a line tells of it, that stands for an edit."""
    edits = change.edits or (FactEdit(change.anchor, "changed"),)
    return tuple(edit for edit in edits if _touches(edit, anchor, known=bool(change.edits)))


def _touches(edit: FactEdit, anchor: str, *, known: bool) -> bool:
    if not anchor:
        return edit.anchor not in WORDING
    if edit.anchor == SHEET or edit.anchor == anchor or edit.anchor.startswith(f"{anchor}."):
        return True
    return anchor.startswith(f"{edit.anchor}.") and (not known or edit.what != "changed")


def _sorted(reasons: Iterator[Reason]) -> list[Reason]:
    return sorted(dict.fromkeys(reasons), key=lambda reason: (reason.day, reason.what != "condition"))
