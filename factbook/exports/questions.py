"""“May I?” for programs: every question that the measures answer, with its answers on all days.

A program that asks for another day looks for the last interval that begins by then. Evidence stands with the facts that are named.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from factbook.binding import Bearing, Interval, Standing, last_seen
from factbook.catalogue import Catalogue
from factbook.model.measure import LeftOut
from factbook.pages.may_i import MOST, anchor_of, answer_of, book_of
from factbook.rendering.edition import Edition

ADVICE = "This is not legal advice, and no verdict is a permission: burdened and not-bound tell of nothing but what is recorded here."
FIELDS = {
    Standing.BINDS: "forbids",
    Standing.BURDENS: "burdens",
    Standing.REACHES: "reaches",
    Standing.LEFT_ALONE: "does-not-forbid",
}
"""In which list of a provision stands what says so."""


def questions(catalogue: Catalogue, _edition: Edition) -> bytes:
    """The file; it holds for all days, and is the same on each. Where a page lists too many to tell them in full, so does the file."""
    book = book_of(catalogue)
    rows = []
    for (party, act), named in book.questions.items():
        for target in named:
            row: dict[str, Any] = {
                "who": party,
                "act": act,
                "whom": {target.kind: target.id},
                "page": f"{answer_of(party, act)}#{anchor_of(target)}",
            }
            if len(named) <= MOST:
                intervals = book.case(party, act, target).intervals()
                row["days"] = [
                    _interval(interval, following.first if following else None)
                    for interval, following in zip(intervals, [*intervals[1:], None], strict=True)
                ]
            rows.append(row)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"advice": {json.dumps(ADVICE)}, "questions": [\n{lines}\n]}}\n'.encode()


def _interval(interval: Interval, following: date | None) -> dict[str, Any]:
    ruling = interval.ruling
    found: dict[str, Any] = {"verdict": str(ruling.verdict)}
    if interval.first != date.min:
        found["from"] = interval.first.isoformat()
    if following:
        found["to"] = (following - timedelta(days=1)).isoformat()
    for name, standing in (
        ("bound_by", Standing.BINDS),
        ("subject_to", Standing.BURDENS),
        ("felt", Standing.REACHES),
        ("left_alone", Standing.LEFT_ALONE),
        ("not_known", Standing.NOT_KNOWN),
    ):
        if facts := [fact_of(each.bearing) for each in ruling.those(standing)]:
            found[name] = facts
    if seen := last_seen(ruling.deciding):
        found["last_seen"] = seen.isoformat()
    return found


def fact_of(bearing: Bearing) -> str:
    """The fact that says it, as sheets refer to it: `price-cap#provisions.insurance-ban.reaches.uninsured`."""
    if bearing.provision is None or isinstance(bearing.fact, LeftOut):
        return f"{bearing.measure.id}#not-covered.{bearing.fact.id}"
    field = FIELDS[bearing.holds]
    return f"{bearing.measure.id}#provisions.{bearing.provision.id}.{field}.{bearing.fact.id}"
