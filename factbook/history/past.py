"""What the facts of a sheet said before, when and why each went, and which commit made each what it is.

The reasons are those that `told` found for edits. How an old version is shown is left to `factbook.pages.fact_cards`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from factbook.catalogue import Catalogue
from factbook.history.facts import version
from factbook.history.git import ask, unsaved
from factbook.history.steps import Layout, SheetStep, Step
from factbook.loading.loaded import LoadedTombstone
from factbook.model.change import ChangeKind, Replaced, SheetPast
from factbook.model.collections import COLLECTIONS
from factbook.model.said import OF_STATEMENT, STATEMENT, Said, said_in
from factbook.model.sheet import ChangeNote

Reasons: TypeAlias = dict[tuple[int, str], ChangeNote]
"""The line of `changes:` that explains an edit, by the number of its step and its anchor."""

FIRST_DAY, A_DAY = date(1970, 1, 1).toordinal(), 86_400


def day_of(step: Step) -> date:
    """The day of a step in UTC."""
    return date.fromordinal(FIRST_DAY + step.seconds // A_DAY)


def past_of(
    steps: Sequence[tuple[int, Step, SheetStep]],
    why: Mapping[tuple[int, str], ChangeNote],
    withdrawn: LoadedTombstone | None,
    ledger: int | None,
) -> SheetPast:
    """The past of one sheet. What stood only before anything was published, on the day the sheet came, is none of it."""
    commit, founded = "", None
    touched: dict[str, tuple[str, date]] = {}
    replaced: list[Replaced] = []
    for number, step, each in steps:
        day = day_of(step)
        if each.what == "founded":
            commit, founded, touched = step.commit, day, {}
        published = (ledger is not None and number > ledger) or day != founded
        for anchor, said in each.was if published and founded else ():
            brought = touched.get(anchor, (commit, founded))
            went, kind, reason = day, _kind(anchor, each), ""
            if each.what == "withdrawn" and withdrawn is not None:
                gone = withdrawn.stone.withdrawn
                went, kind, reason = gone.day.earliest, "retracted", gone.reason
            elif note := _note(anchor, number, why):
                went, kind, reason = min(day, note.day.earliest), note.kind, note.reason
            replaced.append(Replaced(anchor, said, brought[0], brought[1] or day, went, kind, reason))
        touched.update(dict.fromkeys(each.came, (step.commit, day)))
    rows = tuple((anchor, *touched[anchor]) for anchor in sorted(touched))
    return SheetPast(commit, founded, rows, tuple(replaced))


def _kind(anchor: str, step: SheetStep) -> ChangeKind:
    if anchor not in step.came:
        return "removed"
    return "status" if anchor.startswith("status.") else "changed"


def _note(anchor: str, number: int, why: Mapping[tuple[int, str], ChangeNote]) -> ChangeNote | None:
    """The line that explains what a step did to a fact: to itself, to what it is a part of, or to a part of it."""
    edited = [each for at, each in why if at == number]
    if anchor == STATEMENT:
        fields = {name.replace("_", "-") for name in OF_STATEMENT}
        found = [each for each in edited if each.partition(".")[0] in fields]
    else:
        found = [each for each in edited if f"{anchor}.".startswith(f"{each}.")]
        found = found or [each for each in edited if each.startswith(f"{anchor}.")]
    return why[number, max(found, key=len)] if found else None


def unsaved_facts(root: Path, layout: Layout, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The facts of sheets that say now what the last commit does not hold, by their sheets."""
    found: dict[str, tuple[str, ...]] = {}
    for path in unsaved(root, layout.paths[:2]):
        collection, id = layout.sheet(path) or ("", "")
        if collection not in COLLECTIONS or id not in catalogue:
            continue
        text = ask(root, "show", f"HEAD:./{path}")
        before = version(collection, text) if text is not None else None
        said: Mapping[str, Said] = before.said if before else {}
        now = said_in(catalogue[id])
        found[id] = tuple(sorted(anchor for anchor in now if now[anchor] != said.get(anchor)))
    return {id: anchors for id, anchors in found.items() if anchors}
