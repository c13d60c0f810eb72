"""What each commit did to the facts of each sheet. A commit never changes, so neither does what is worked out here.

Only versions of sheets that were changed later are read: a sheet that was founded and left alone costs nothing. Why something
was done is not here: see `told`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from factbook.frozen import frozen
from factbook.history.facts import FactThen, Note, Version, version
from factbook.history.git import Commit, Repository, Touched, texts
from factbook.model.change import FactEdit, Words
from factbook.model.collections import COLLECTIONS
from factbook.model.said import Said


@frozen
class SheetStep:
    """What one commit did to one sheet."""

    collection: str
    sheet: str
    """Its id in this commit."""
    what: str
    """`founded`, `edited`, `withdrawn` or `gone`."""
    edits: tuple[FactEdit, ...] = ()
    """By anchor."""
    noted: tuple[Note, ...] = ()
    """The lines that came to `changes:`."""
    stood: tuple[Note, ...] = ()
    """Of an edited sheet, the lines that `changes:` had before."""
    title: str = ""
    """Of a sheet that is gone."""
    was: tuple[tuple[str, Said], ...] = ()
    """By anchor, what facts said before that say something else now, or are gone."""
    came: tuple[str, ...] = ()
    """The anchors of facts that are new, or say something else than before."""


@frozen
class Step:
    """What one commit did."""

    commit: str
    seconds: int
    sheets: tuple[SheetStep, ...]
    ledger: bool
    """Whether it brought the ledger of addresses."""


@frozen
class Layout:
    """Where a publication keeps what has a history, from its folder."""

    content: str
    briefings: str
    ledger: str = "permalinks.txt"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.content, self.briefings, self.ledger)

    def sheet(self, path: str) -> tuple[str, str] | None:
        """Collection and id of the sheet that a file is; None for other files."""
        folder, _, name = path.rpartition("/")
        if name.endswith(".yml") and folder.startswith(f"{self.content}/"):
            collection = folder.removeprefix(f"{self.content}/")
            return (collection, name.removesuffix(".yml")) if collection in COLLECTIONS else None
        if name.endswith(".md") and folder == self.briefings:
            return "briefings", name.removesuffix(".md")
        return None


def steps(
    repository: Repository, commits: Sequence[Commit], layout: Layout, held: dict[str, str]
) -> tuple[list[Step], bool]:
    """What each of the commits did, in their order; and whether this clone has every text that was asked for.

    `held` names, by path, the last version that could be read of sheets whose present one cannot: the next is compared with it.
    """
    wanted: dict[str, str] = {}
    for commit in commits:
        moved = _leaves(commit, layout)
        for each in commit.touched:
            at = layout.sheet(each.path)
            if at and (each.before or moved):
                names = (each.before, each.after, held.get(each.path, ""))
                wanted |= {name: at[0] for name in names if name}
    found = texts(repository, sorted(wanted))
    read = {name: version(wanted[name], text) for name, text in found.items()}
    made = []
    for commit in commits:
        compared = [_with_readable(each, read, held) for each in commit.touched]
        ledger = any(each.path == layout.ledger and each.after and not each.before for each in compared)
        made.append(Step(commit.id, commit.seconds, _sheets(compared, layout, read), ledger))
    return [step for step in made if step.sheets or step.ledger], len(found) == len(wanted)


def _with_readable(touched: Touched, read: Mapping[str, Version | None], held: dict[str, str]) -> Touched:
    """The file with the last version before that could be read, where the one before cannot."""
    if not touched.before:
        return touched
    before = held.pop(touched.path, touched.before)
    if touched.after in read and read[touched.after] is None and read.get(before) is not None:
        held[touched.path] = before
    return Touched(touched.path, before, touched.after)


def _leaves(commit: Commit, layout: Layout) -> bool:
    """Whether some sheet went in this commit; a new one may then be the same under another name."""
    return any(not each.after and layout.sheet(each.path) for each in commit.touched)


def _sheets(
    touched: Iterable[Touched], layout: Layout, read: Mapping[str, Version | None]
) -> tuple[SheetStep, ...]:
    gone: dict[str, Touched] = {}
    new: list[tuple[str, str, Touched]] = []
    found: list[SheetStep] = []
    for each in touched:
        at = layout.sheet(each.path)
        if at is None:
            continue
        if each.before and each.after:
            found += edited(*at, read.get(each.before), read.get(each.after))
        elif each.after:
            new.append((*at, each))
        else:
            gone[at[1]] = each
    for collection, id, each in new:
        after = read.get(each.after)
        earlier = next((old for old in after.former_ids if old in gone), None) if after else None
        if earlier is None:
            found.append(SheetStep(collection, id, "founded"))
        else:
            found += edited(collection, id, read.get(gone.pop(earlier).before), after)
    for id, each in gone.items():
        at, before = layout.sheet(each.path), read.get(each.before)
        if at:
            found.append(SheetStep(at[0], id, "gone", title=before.title if before else ""))
    return tuple(sorted(found, key=lambda each: (each.collection, each.sheet)))


def edited(collection: str, id: str, before: Version | None, after: Version | None) -> list[SheetStep]:
    """What became of a sheet between two versions; nothing where it says the same, or one cannot be read."""
    if before is None or after is None:
        return []
    if after.withdrawn:
        if before.withdrawn:
            return []
        return [SheetStep(collection, id, "withdrawn", title=before.title, was=tuple(before.said.items()))]
    edits = differences(before.facts, after.facts)
    noted = tuple(sorted(after.notes - before.notes))
    if not edits and not noted:
        return []
    was = tuple((anchor, said) for anchor, said in before.said.items() if after.said.get(anchor) != said)
    came = tuple(anchor for anchor, said in after.said.items() if before.said.get(anchor) != said)
    stood = tuple(sorted(before.notes))
    return [SheetStep(collection, id, "edited", edits, noted, stood, was=was, came=came)]


def differences(before: Mapping[str, FactThen], after: Mapping[str, FactThen]) -> tuple[FactEdit, ...]:
    """The facts that are not the same in two versions, by anchor; of a new one or one that is gone, not its parts."""
    found = []
    for anchor in sorted(before.keys() | after.keys()):
        if any((around in before) != (around in after) for around in _around(anchor)):
            continue
        old, new = before.get(anchor), after.get(anchor)
        if old is None and new is not None:
            found.append(FactEdit(anchor, "added", (), new.says))
        elif new is None and old is not None:
            found.append(FactEdit(anchor, "removed", old.says, ()))
        elif old is not None and new is not None:
            was, now = _differing(old.says, new.says)
            if was or now:
                found.append(FactEdit(anchor, "changed", was, now))
            elif old.cites != new.cites:
                was = tuple(("cite", each) for each in old.cites if each not in new.cites)
                now = tuple(("cite", each) for each in new.cites if each not in old.cites)
                found.append(FactEdit(anchor, "changed", was, now, sources_only=True))
    return tuple(found)


def _around(anchor: str) -> Iterator[str]:
    """The anchors of what a fact is a part of."""
    while "." in anchor:
        anchor = anchor.rpartition(".")[0]
        yield anchor


def _differing(old: Words, new: Words) -> tuple[Words, Words]:
    """Of two facts, the fields that are not the same."""
    before, after = dict(old), dict(new)
    return (
        tuple((name, text) for name, text in old if after.get(name) != text),
        tuple((name, text) for name, text in new if before.get(name) != text),
    )
