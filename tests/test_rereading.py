"""Signed answers: what came true, changed or lost its support since, on a day and with a history, and what is said of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factbook.model.briefing import Briefing
from factbook.model.change import Change, FactEdit, History
from factbook.pages.draft import Draft
from factbook.pages.rereading import rereading_view
from tests.publications import CASES, DAY, changed, joined, read_case

TABLES = CASES / "rereading"


def rows() -> list[Any]:
    """One case for each row of each table."""
    return [
        pytest.param(row, id=f"{table.stem}-{row['says'].rstrip('.')}".replace(" ", "-"))
        for table in sorted(TABLES.glob("*.yml"))
        if table.stem != "ground"
        for row in read_case(table)
    ]


def on_the_ground(row: dict[str, Any]) -> dict[str, str]:
    """The files of a row: the lamps with a signed answer, and what the row does to them."""
    ground = read_case(TABLES / "ground.yml")
    lamps = read_case(CASES / "base" / f"{ground['start_from']}.yml")["files"]
    return changed(changed(lamps, ground), row)


def history_of(row: dict[str, Any]) -> History:
    """What a row says of the past; a change has edits where `edits` names the anchors that it touched."""
    found = [
        Change(
            sheet=each["sheet"],
            collection="",
            anchor=each["anchor"],
            kind=each["kind"],
            weight=each.get("weight", "minor"),
            day=date.fromisoformat(each["day"]),
            reason=each.get("reason", ""),
            edits=tuple(
                FactEdit(anchor, what, sources_only=what == "changed" and each.get("sources") == "true")
                for anchor, what in each.get("edits", {}).items()
            ),
        )
        for each in row.get("history", ())
    ]
    return History("whole", tuple(sorted(found, key=lambda each: each.day, reverse=True)))


@pytest.mark.parametrize("row", rows())
def test_why_an_answer_is_read_again(row: dict[str, Any], tmp_path: Path) -> None:
    catalogue = joined({"files": on_the_ground(row)}, tmp_path)
    day = date.fromisoformat(row.get("as_of", DAY))
    draft = Draft(catalogue, day, history=history_of(row))
    view = rereading_view(catalogue.get("lamps", Briefing), draft)
    assert (view.text if view else "") == row["notice"]
