"""What changed in a publication, fact by fact: the words in which history tells it to pages, checks and feeds.

Nothing here is read from a sheet. `factbook.history` makes these values out of what git keeps and out of `changes:`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from factbook.frozen import frozen
from factbook.model.said import Said

ChangeKind: TypeAlias = Literal["added", "changed", "corrected", "retracted", "status", "removed"]
"""`corrected` and `retracted` are said by a person alone; `removed` is what went without a word."""

KINDS: dict[ChangeKind, str] = {
    "added": "Added",
    "changed": "Changed",
    "corrected": "Corrected",
    "retracted": "Retracted",
    "status": "Change of status",
    "removed": "Removed",
}
"""Every kind as readers see it, in the order in which a page offers them."""

EditKind: TypeAlias = Literal["added", "changed", "removed"]

SHEET = "sheet"
"""The anchor that stands for a sheet as a whole."""

PROSE = "prose"
"""The field that stands for a section of a page of prose."""

Words: TypeAlias = tuple[tuple[str, str], ...]
"""What a fact says, field by field, e.g. (("amount", "60"), ("currency", "USD"))."""


@frozen
class FactEdit:
    """One fact that is not what it was, between two versions of its sheet."""

    anchor: str
    what: EditKind
    was: Words = ()
    """Of a changed fact, the fields that differ; of one that is gone, all; empty for a new one."""
    now: Words = ()
    sources_only: bool = False
    """True where the fact says what it said, and only its citations differ."""


@frozen
class Change:
    """One thing that happened to a sheet on a day: founded, or a fact of it changed."""

    sheet: str
    """Its id now; the last it had, where it is gone."""
    collection: str
    anchor: str
    """The fact; `sheet` for the sheet as a whole."""
    kind: ChangeKind
    weight: Literal["major", "minor"]
    day: date
    reason: str = ""
    """Why, in the words of `changes:`; empty where nobody said."""
    edits: tuple[FactEdit, ...] = ()
    """What git shows of it, in the order of anchors; empty for a founding, and where git knows nothing."""
    commit: str = ""
    """The commit that published it; empty where git knows none."""
    seconds: int = 0
    """The time of that commit, in seconds since 1970; without one, midnight (UTC) of the day."""
    key: str = ""
    """What tells it from all other changes, for ever: feeds make the name of an entry of it."""
    title: str = ""
    """The title of a sheet that is gone."""

    @property
    def founds(self) -> bool:
        """Whether a sheet came with it."""
        return self.kind == "added" and self.anchor == SHEET


@frozen
class Unexplained:
    """A published value that is not what it was, and no line of `changes:` says why."""

    sheet: str
    day: date
    """The day of the last commit that changed it."""
    edit: FactEdit
    """From what was published to what stands there now."""


@frozen
class Replaced:
    """What a fact said in a version that stands no more."""

    anchor: str
    said: Said
    commit: str
    """The commit that brought it."""
    day: date
    """The day of that commit."""
    until: date
    """The day on which it went: of the line in `changes:` that says why, else of the commit."""
    kind: ChangeKind
    """What was done to it."""
    reason: str = ""
    """Why, in the words of `changes:`; empty where nobody said."""


@frozen
class SheetPast:
    """What the facts of one sheet said before, and which commits made them what they are."""

    commit: str = ""
    """The commit that the sheet came with; empty where git knows none."""
    day: date | None = None
    """Its day."""
    touched: tuple[tuple[str, str, date], ...] = ()
    """Facts that came or changed later: anchor, commit and day, by anchor."""
    replaced: tuple[Replaced, ...] = ()
    """The first first."""
    unsaved: tuple[str, ...] = ()
    """Facts that say now what no commit holds, by anchor."""


Reach: TypeAlias = Literal["whole", "shallow", "none"]
"""How far git can tell: all of it; not all, since the clone is cut short; nothing, since there is no repository."""


@dataclass(frozen=True)
class History:
    """What happened to a publication, as far as it can be told."""

    reach: Reach = "none"
    changes: tuple[Change, ...] = ()
    """The newest first; those of one moment by collection, sheet and anchor."""
    unexplained: tuple[Unexplained, ...] = ()
    """By sheet and anchor."""
    past: Mapping[str, SheetPast] = field(default_factory=dict)
    """What was done to the facts of single sheets after they came; of no others."""

    @cached_property
    def by_sheet(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each sheet, the newest first."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.sheet, []).append(change)
        return {id: tuple(changes) for id, changes in found.items()}

    def of(self, id: str) -> tuple[Change, ...]:
        """The changes of one sheet, the newest first."""
        return self.by_sheet.get(id, ())

    def past_of(self, id: str) -> SheetPast:
        """What the facts of one sheet said before, as far as git tells."""
        if (found := self.past.get(id)) is not None:
            return found
        founding = next((change for change in self.of(id) if change.founds), None)
        return SheetPast(founding.commit, founding.day) if founding else SheetPast()


UNTOLD = History()
"""The history of a publication of which nothing is known."""
