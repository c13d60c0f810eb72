"""Joins what git shows with the reasons that people gave in `changes:`: from steps to changes that a reader can follow.

Until the ledger of addresses is committed, nothing has been published: what becomes of a sheet on the day it came belongs to its
founding. From then on each published value that changed wants a line in `changes:`; the ones without are named here, and
`factbook.checks` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.history.facts import numbered
from factbook.history.past import A_DAY, FIRST_DAY, Reasons, day_of, past_of
from factbook.history.steps import SheetStep, Step
from factbook.model.change import (
    PROSE,
    SHEET,
    Change,
    ChangeKind,
    EditKind,
    FactEdit,
    History,
    Reach,
    SheetPast,
    Unexplained,
)
from factbook.model.sheet import ChangeNote

MAJOR_WHEN_NEW = ("status", "provisions", "designations", "outcome", "prediction.outcome")
"""Parts of a sheet of which a new item matters to whoever follows it, though nobody graded it."""
MAJOR_WHEN_FOUNDED = ("measures", "regimes", "actors", "systems", "events", "statements", "briefings")
"""Collections whose new sheets are news; a source or a term comes with what cites it."""


@frozen
class _Dated:
    """One edit of a sheet with the step that made it."""

    at: int
    """The number of the step."""
    edit: FactEdit
    published: bool
    """Whether it touched what had been published."""


@dataclass
class _SheetStory:
    """All that happened to one sheet, under any of its names."""

    id: str
    steps: list[tuple[int, Step, SheetStep]]


def told(steps: Sequence[Step], catalogue: Catalogue, reach: Reach) -> History:
    """The history of a publication. Without steps it holds what `changes:` says, and no more."""
    ledger = next((number for number, step in enumerate(steps) if step.ledger), None)
    now = {old: face.id for face in catalogue.faces.values() for old in face.former_ids}
    stories: dict[str, _SheetStory] = {}
    for number, step in enumerate(steps):
        for each in step.sheets:
            id = each.sheet if each.sheet in catalogue else now.get(each.sheet, each.sheet)
            stories.setdefault(id, _SheetStory(id, [])).steps.append((number, step, each))
    changes: list[Change] = []
    unexplained: list[Unexplained] = []
    pasts: dict[str, SheetPast] = {}
    for id in sorted(stories.keys() | {id for id, face in catalogue.faces.items() if face.changed}):
        story = stories.get(id) or _SheetStory(id, [])
        notes = catalogue[id].changes if id in catalogue else ()
        left = list(_edits(story, ledger))
        why: Reasons = {}
        changes += _foundings(story, catalogue)
        changes += _explained(story, notes, left, catalogue, why)
        changes += _alone(story, left, catalogue)
        if any(each.what != "founded" for _, _, each in story.steps):
            pasts[id] = past_of(story.steps, why, catalogue.withdrawn.get(id), ledger)
        if id in catalogue and ledger is not None:
            unexplained += _unexplained(story, left)
    changes += _withdrawals(stories, catalogue)
    changes.sort(key=lambda each: (each.collection, each.sheet, each.anchor, each.key))
    changes.sort(key=lambda each: (each.day, each.seconds), reverse=True)
    return History(reach, tuple(changes), tuple(unexplained), pasts)


def _edits(story: _SheetStory, ledger: int | None) -> Iterator[_Dated]:
    """The edits of a sheet that are changes of something that was there to be read."""
    founded = None
    for number, step, each in story.steps:
        if each.what == "founded":
            founded = day_of(step)
        published = ledger is not None and number > ledger
        if published or day_of(step) != founded:
            yield from (_Dated(number, edit, published) for edit in each.edits)


def _foundings(story: _SheetStory, catalogue: Catalogue) -> Iterator[Change]:
    """The comings of a sheet, and its goings."""
    for _, step, each in story.steps:
        if each.what == "founded":
            weight = "major" if each.collection in MAJOR_WHEN_FOUNDED else "minor"
            title = "" if story.id in catalogue else _last_title(story)
            yield _change(story, step, each, SHEET, "added", weight, catalogue, title=title)
        elif each.what == "gone":
            yield _change(story, step, each, SHEET, "removed", "major", catalogue, title=each.title)


def _withdrawals(stories: Mapping[str, _SheetStory], catalogue: Catalogue) -> Iterator[Change]:
    """The sheets that were withdrawn, with the reasons that they give themselves."""
    for id, gone in catalogue.withdrawn.items():
        steps = stories[id].steps if id in stories else []
        step = next((step for _, step, each in reversed(steps) if each.what == "withdrawn"), None)
        day = gone.stone.withdrawn.day.earliest
        yield Change(
            sheet=id,
            collection=gone.collection,
            anchor=SHEET,
            kind="retracted",
            weight="major",
            day=day,
            reason=gone.stone.withdrawn.reason,
            commit=step.commit if step else "",
            seconds=step.seconds if step else _midnight(day),
            key=f"{id} {SHEET} withdrawn {day}",
            title=gone.stone.title,
        )


def _last_title(story: _SheetStory) -> str:
    return next((each.title for _, _, each in reversed(story.steps) if each.title), "")


def _explained(
    story: _SheetStory,
    notes: Sequence[ChangeNote],
    left: list[_Dated],
    catalogue: Catalogue,
    why: Reasons,
) -> Iterator[Change]:
    """One change for each line of `changes:`, with the edits that it explains; those go from `left` to `why`.

    A line explains what the commit did that brought it, and what was done before and nobody had explained. One that is not
    committed yet explains all that is left.
    """
    came = {key: number for number, _, each in story.steps for key in each.noted}
    stood = {key for _, _, each in story.steps for key in each.stood} - came.keys()
    by_number = {number: (step, each) for number, step, each in story.steps}
    last = max(by_number, default=-1) + 1
    keys = numbered((note.day.text, note.anchor) for note in notes)
    for key, note in sorted(
        zip(keys, notes, strict=True), key=lambda each: (came.get(each[0], last), each[0])
    ):
        number = came.get(key)
        explains = [] if key in stood else [d for d in left if d.at <= (last if number is None else number)]
        explains = [dated for dated in explains if _covers(note.anchor, dated.edit.anchor)]
        left[:] = [dated for dated in left if dated not in explains]
        why.update({(dated.at, dated.edit.anchor): note for dated in explains})
        edits = _merged(explains)
        if number is None and explains:
            number = explains[-1].at
        step, each = by_number.get(-1 if number is None else number, (None, None))
        yield Change(
            sheet=story.id,
            collection=catalogue.collection_of(story.id),
            anchor=note.anchor,
            kind=note.kind,
            weight=note.weight,
            day=note.day.earliest,
            reason=note.reason,
            edits=edits,
            commit=step.commit if step else "",
            seconds=step.seconds if step else _midnight(note.day.earliest),
            key=f"{each.sheet if each else story.id} {note.anchor} {note.day}{f' {key[2]}' if key[2] else ''}",
        )


def _covers(anchor: str, edited: str) -> bool:
    """Whether a line about one anchor speaks of an edit at another: the same, or something inside it."""
    return anchor in (SHEET, edited) or edited.startswith(f"{anchor}.")


def _alone(story: _SheetStory, left: Sequence[_Dated], catalogue: Catalogue) -> Iterator[Change]:
    """One change for each edit that nobody explained."""
    by_number = {number: (step, each) for number, step, each in story.steps}
    for dated in left:
        step, each = by_number[dated.at]
        edit = dated.edit
        kind: ChangeKind = "status" if edit.anchor.startswith("status.") else edit.what
        new = edit.what == "added" and edit.anchor.count(".") == 1
        major = kind == "status" or (new and edit.anchor.partition(".")[0] in MAJOR_WHEN_NEW)
        if edit.sources_only:
            kind, major = "changed", False
        change = _change(
            story, step, each, edit.anchor, kind, "major" if major else "minor", catalogue, title=""
        )
        yield replace(change, edits=(edit,))


def _unexplained(story: _SheetStory, left: Sequence[_Dated]) -> Iterator[Unexplained]:
    """Published values that are not what they were, from the first unexplained edit to the last.

    What was put back is none, nor what is only more than before, nor the wording of a page's prose: its answer is a field.
    """
    by_number = {number: step for number, step, _ in story.steps}
    anchors = sorted({dated.edit.anchor for dated in left if dated.published})
    for anchor in anchors:
        rows = [dated for dated in left if dated.edit.anchor == anchor and dated.published]
        for edit in _merged(rows):
            if edit.was and not edit.sources_only and dict(edit.was).keys() != {PROSE}:
                yield Unexplained(story.id, day_of(by_number[rows[-1].at]), edit)


def _merged(rows: Sequence[_Dated]) -> tuple[FactEdit, ...]:
    """Edits of one fact in several steps as one edit each, by anchor; nothing of what ends as it began."""
    found: dict[str, FactEdit] = {}
    for dated in rows:
        edit, before = dated.edit, found.get(dated.edit.anchor)
        if before is None:
            found[edit.anchor] = edit
            continue
        was, now = dict(before.was), dict(before.now)
        for name, text in edit.was:
            if name not in now:
                was.setdefault(name, text)
            now.pop(name, None)
        now |= dict(edit.now)
        same = {name for name in was if now.get(name) == was[name]}
        kept_was = tuple((name, text) for name, text in was.items() if name not in same)
        kept_now = tuple((name, text) for name, text in now.items() if name not in same)
        there, here = before.what != "added", edit.what != "removed"
        if not (there or here) or (there and here and not kept_was and not kept_now):
            found.pop(edit.anchor)
            continue
        what: EditKind = "changed" if there and here else "removed" if there else "added"
        sources = before.sources_only and edit.sources_only
        found[edit.anchor] = FactEdit(edit.anchor, what, kept_was, kept_now, sources)
    return tuple(found[anchor] for anchor in sorted(found))


def _change(
    story: _SheetStory,
    step: Step,
    each: SheetStep,
    anchor: str,
    kind: ChangeKind,
    weight: str,
    catalogue: Catalogue,
    *,
    title: str,
) -> Change:
    collection = catalogue.collection_of(story.id) if story.id in catalogue else each.collection
    return Change(
        sheet=story.id,
        collection=collection,
        anchor=anchor,
        kind=kind,
        weight="major" if weight == "major" else "minor",
        day=day_of(step),
        commit=step.commit,
        seconds=step.seconds,
        key=f"{each.sheet} {anchor} {step.commit}",
        title=title,
    )


def _midnight(day: date) -> int:
    return (day.toordinal() - FIRST_DAY) * A_DAY
