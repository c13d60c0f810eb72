"""The answers of a publication for programs: who signed each and when, what it waits for, and why it is read again, where it is.

`api/v1/answers.json`. It holds what a build found out; what a briefing's file says stands in its own JSON.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from factbook.catalogue import Catalogue
from factbook.living.conditions import causes
from factbook.model.briefing import Briefing, WouldChange
from factbook.model.change import History
from factbook.pages.draft import Draft
from factbook.pages.labels import plain
from factbook.pages.rereading import RereadingView, rereading_view
from factbook.rendering.edition import Edition


def under_rereading(catalogue: Catalogue, history: History, as_of: date) -> dict[str, RereadingView]:
    """The answers that have to be read again, by the id of their briefing."""
    draft = Draft(catalogue, as_of, history=history)
    found = {each.id: rereading_view(each, draft) for each in catalogue.all(Briefing) if each.signed}
    return {id: view for id, view in found.items() if view}


def answers_file(catalogue: Catalogue, edition: Edition) -> bytes:
    """The file."""
    as_of = edition.as_of
    rereadings = under_rereading(catalogue, edition.history, as_of)
    rows = [_row(each, catalogue, rereadings.get(each.id), as_of) for each in catalogue.all(Briefing)]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"answers":[\n{lines}\n]}}\n'.encode()


def _row(
    briefing: Briefing, catalogue: Catalogue, reread: RereadingView | None, as_of: date
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": briefing.id, "page": f"{briefing.id}/", "question": briefing.question}
    if briefing.signed:
        row["signed"] = {"day": briefing.signed.day.text, "by": briefing.signed.by}
    if waits := [_condition(each, catalogue, as_of) for each in briefing.would_change if each.when]:
        row["waits_for"] = waits
    if reread:
        row["under_rereading"] = {
            "since": reread.since.isoformat(),
            "because": [
                {
                    "day": each.day.isoformat(),
                    "text": each.text,
                    "page": each.ref.address + (f"#{each.ref.anchor}" if each.ref.anchor else ""),
                    **({"then": each.then_text} if each.then_text else {}),
                }
                for each in reread.reasons
            ],
        }
    return row


def _condition(each: WouldChange, catalogue: Catalogue, as_of: date) -> dict[str, Any]:
    when = each.when
    assert when is not None  # noqa: S101  only such ones are asked for
    return {
        when.kind: "#".join(filter(None, when.target)),
        "is": when.is_,
        "then": plain(each.then or "", catalogue),
        "true": bool(causes(when, catalogue, as_of)),
    }
