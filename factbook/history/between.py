"""What differs between two commits, fact by fact: for a proposal, before it is merged. Printing it is the command's."""

from __future__ import annotations

from typing import Literal

from factbook.frozen import frozen
from factbook.history import git
from factbook.history.facts import version
from factbook.history.git import Repository, ask_text, texts
from factbook.history.steps import Layout, edited
from factbook.model.change import FactEdit
from factbook.problems import did_you_mean


class NoSuchRevisionError(Exception):
    """Something that names no commit; the text says what would be right."""


@frozen
class SheetDifference:
    """One sheet that is not the same in two commits."""

    path: str
    collection: str
    id: str
    what: Literal["added", "changed", "removed"]
    title: str
    facts: int
    """Of a sheet that came or went, how many facts it has; else 0."""
    edits: tuple[FactEdit, ...] = ()
    explained: tuple[str, ...] = ()
    """Anchors of the lines that came to `changes:`."""


@frozen
class Difference:
    """All that differs between two commits."""

    old: str
    new: str
    sheets: tuple[SheetDifference, ...]
    """By path; sheets that were only laid out anew are not among them."""
    unread: tuple[str, ...] = ()
    """Files that cannot be compared, since one of their versions cannot be read."""

    def count(self, what: str) -> int:
        """How many facts came, changed or went."""
        whole = sum(sheet.facts for sheet in self.sheets if sheet.what == what)
        return whole + sum(edit.what == what for sheet in self.sheets for edit in sheet.edits)


def commits_named(words: str, repository: Repository) -> tuple[str, str]:
    """The two commits of `A..B`; of `A...B`, B and where it left A. Raises NoSuchRevisionError."""
    first, dots, second = words.partition("...") if "..." in words else words.partition("..")
    if not dots:
        raise NoSuchRevisionError(f'Two revisions are compared: write "{words or "main"}..HEAD".')
    old, new = (_commit(name or "HEAD", repository) for name in (first, second))
    if dots == "...":
        base = ask_text(repository.root, "merge-base", old, new)
        if not base:
            raise NoSuchRevisionError(
                f'"{first}" and "{second}" have no commit in common{_short_clone(repository)}.'
            )
        old = base
    return old, new


def _commit(name: str, repository: Repository) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = ask_text(repository.root, *asked)
    if found:
        return found
    known = ask_text(repository.root, "for-each-ref", "--format=%(refname:short)") or ""
    near = "" if repository.shallow else did_you_mean(name, known.split())
    raise NoSuchRevisionError(f'There is no revision "{name}" here{_short_clone(repository)}.{near}')


def _short_clone(repository: Repository) -> str:
    if not repository.shallow:
        return ""
    return (
        "; this clone holds only a part of the history. Run “git fetch --unshallow”, "
        "or give actions/checkout “fetch-depth: 0”"
    )


def difference(repository: Repository, old: str, new: str, layout: Layout) -> Difference | None:
    """What differs between two commits; None where git cannot tell."""
    touched = git.between(repository, old, new, layout.paths)
    if touched is None:
        return None
    files = [(each, at) for each in touched if (at := layout.sheet(each.path))]
    names = [name for each, _ in files for name in (each.before, each.after) if name]
    found = texts(repository, names)
    sheets: list[SheetDifference] = []
    unread: list[str] = []
    gone = {at[1]: each for each, at in files if not each.after}
    for each, (collection, id) in files:
        before, after = (
            version(collection, found[name]) if name in found else None for name in (each.before, each.after)
        )
        if not each.before and after:
            earlier = next((name for name in after.former_ids if name in gone), None)
            if earlier:
                before = version(collection, found.get(gone.pop(earlier).before, b""))
        if (each.after and after is None) or (each.before and before is None):
            unread.append(each.path)
        elif before is None and after is not None:
            row = SheetDifference(each.path, collection, id, "added", after.title or id, len(after.facts))
            sheets.append(row)
        elif after is None and before is not None:
            row = SheetDifference(each.path, collection, id, "removed", before.title or id, len(before.facts))
            sheets.append(row)
        elif after is not None:
            for step in edited(collection, id, before, after):
                why = tuple(anchor for _, anchor, _ in step.noted)
                title = after.title or id
                sheets.append(
                    SheetDifference(each.path, collection, id, "changed", title, 0, step.edits, why)
                )
    renamed = {at[1] for each, at in files if not each.after} - gone.keys()
    kept = [s for s in sheets if s.id not in renamed]
    return Difference(old, new, tuple(sorted(kept, key=lambda s: s.path)), tuple(unread))
