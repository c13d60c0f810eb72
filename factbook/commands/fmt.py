"""`build.py fmt`: one layout for all sheets, comments kept and no value changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing.filled import REMARK, is_draft, without_explanations, without_remarks
from factbook.editing.layout import LayoutError
from factbook.editing.sheet_files import SheetFile, laid_out, sheet_files
from factbook.editing.texts import write_whole
from factbook.loading.settings import Settings
from factbook.loading.sheets import load
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.vocabularies import Vocabulary
from factbook.problems import Problem, as_text, counted, did_you_mean, in_order


def run(options: Options) -> int:
    """Lays out what is not in the one layout, and names it; with `--check` it only names it, and that is status 1."""
    settings = settings_of(options)
    if settings is None:
        return PROBLEMS
    files = list(sheet_files(settings))
    try:
        files = _chosen(files, options.arguments, settings)
    except _NoSuchFileError as mistake:
        print(mistake, file=sys.stderr)
        return WRONG_USE
    filled = _Filled(settings, named=bool(options.arguments))
    changed: list[str] = []
    faults: list[Problem] = []
    left: list[str] = []
    for file in files:
        try:
            text = laid_out(file, settings.root, filled)
        except LayoutError as reason:
            left.append(f"{file.path} stays as it is. {reason}")
            continue
        if isinstance(text, list):
            faults += text
        elif (settings.root / file.path).read_bytes() != text.encode():
            changed.append(file.path)
            if not options.only_check:
                write_whole(settings.root / file.path, text.encode())
    for path in changed:
        print(path)
    _say(len(files), len(changed), left, faults, only_check=options.only_check)
    return PROBLEMS if faults or (options.only_check and changed) else FINE


class _Filled:
    """Takes the explanations out of drafts that have been filled in; the closed lists are read for the first one.

    The remarks of an import go where the sheet is named: whoever names it has read them.
    """

    def __init__(self, settings: Settings, *, named: bool) -> None:
        self.settings = settings
        self.named = named

    def __call__(self, path: str, text: str) -> str:
        folder = Path(path).parent.name
        collection = ALL[folder if folder in COLLECTIONS else "briefings"]
        if self.named and REMARK in text:
            text = without_remarks(text, collection)
        return without_explanations(text, collection, self.vocabularies) if is_draft(text) else text

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        return load(self.settings).vocabularies


def _say(files: int, changed: int, left: list[str], faults: list[Problem], *, only_check: bool) -> None:
    for line in left:
        print(line)
    if faults:
        print(f"{as_text(in_order(faults))}\n\n{counted(faults)} What YAML cannot read is not laid out.")
    fine = files - changed - len(left) - len({problem.place.path for problem in faults})
    did = "would be laid out anew" if only_check else "laid out anew"
    print(f"{_files(changed)} {did}, {fine} {'is' if fine == 1 else 'are'} as they should be.")
    if only_check and changed:
        print("“build.py fmt” does it.")


class _NoSuchFileError(Exception):
    """A word that names no file of ours; its text says so."""


def _chosen(files: list[SheetFile], words: Sequence[str], settings: Settings) -> list[SheetFile]:
    """The files that are named, by path or by id; all where none is."""
    if not words:
        return files
    by_name = {Path(file.path).stem: file for file in files} | {file.path: file for file in files}
    chosen = []
    for word in words:
        found = by_name.get(word)
        path = Path(word).absolute()
        if found is None and path.is_relative_to(settings.root):
            found = by_name.get(str(path.relative_to(settings.root)))
        if found is None:
            raise _NoSuchFileError(
                f'There is no sheet "{word}".{did_you_mean(word, by_name)}\nNothing was changed.'
            )
        chosen.append(found)
    return chosen


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
