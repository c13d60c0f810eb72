"""`build.py rename OLD NEW`: another id for a sheet, everywhere; its old address leads to the new one."""

from __future__ import annotations

import sys

from factbook.catalogue import Catalogue, join
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing, journal, renaming
from factbook.loading.settings import read_settings
from factbook.loading.sheets import Loaded, load
from factbook.problems import Problem, Severity, as_text, counted, in_order

HOME = "index"
"""The id of the home page, whose address is the site's own."""
HARMLESS = ("unknown-reference", "wrong-collection", "unknown-anchor", "unknown-value")
"""Faults of references: they stay what they are, and hide no reference from a renaming."""


def run(options: Options) -> int:
    """Renames, and says which files changed; nothing changes where it cannot be done."""
    old, new = options.arguments
    settings, problems = read_settings(options.config_file)
    if settings is None:
        return _refuse(problems)
    loaded = load(settings)
    catalogue, dangling = join(loaded)
    faults = [
        problem
        for problem in (*loaded.problems, *dangling)
        if problem.severity is Severity.ERROR and problem.code not in HARMLESS
    ]
    try:
        old = _checked(catalogue, loaded, old, new)
    except choosing.RefusedError as refusal:
        print(f"{refusal}\nNothing was changed.", file=sys.stderr)
        return WRONG_USE
    if faults:
        return _refuse(faults)
    done = renaming.rename(loaded, old, new)
    if taken := [path for _, path in done.moved if (settings.root / path).exists()]:
        print(
            f"{taken[0]} exists already. Remove it, or choose another id.\nNothing was changed.",
            file=sys.stderr,
        )
        return WRONG_USE
    made = journal.make(settings.root, f"rename {old} {new}", done.changes)
    for path, new_path in done.moved:
        print(f"{path} → {new_path}")
    for path, count in sorted(done.rewritten.items()):
        print(f"{path}: {_number(count, 'reference')}")
    for sheet, before, after in done.anchors:
        print(
            f"{sheet}#{before} is now {sheet}#{after}; links to it from elsewhere go to the top of the page."
        )
    for path in made.left:
        print(
            f"{path} was changed just now by somebody else, and is left as it is; “build.py check” says what to mend."
        )
    total = sum(done.rewritten.values())
    where = f" in {_number(len(done.rewritten), 'file')}" if total else ""
    print(f'"{old}" is now "{new}": {_number(total, "reference")} rewritten{where}.')
    print(f'The old address stays and leads to the new one ("{old}" is among its former ids).')
    return FINE


def _checked(catalogue: Catalogue, loaded: Loaded, old: str, new: str) -> str:
    """The old id as it is; raises RefusedError where the renaming cannot be done."""
    old = choosing.existing(catalogue, loaded.unread, old)
    if old == HOME:
        raise choosing.RefusedError(f'"{HOME}" is the home page; its id is its address.')
    choosing.a_free_id(catalogue, loaded.unread, new, catalogue.collection_of(old), but=old)
    return old


def _refuse(problems: list[Problem]) -> int:
    problems = in_order(problems)
    print(as_text(problems))
    print(
        f"\n{counted(problems)} Mend {'it' if len(problems) == 1 else 'them'} first: a file that cannot be read may hold references. Nothing was changed."
    )
    return PROBLEMS


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
