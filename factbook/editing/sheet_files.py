"""The files of a publication that one layout holds for: sheets, lists of values, and pages of prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from factbook.editing.layout import LayoutError, lay_out, lay_out_page
from factbook.frozen import frozen
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, files_in, read_text
from factbook.loading.settings import Settings
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.records import Record
from factbook.model.vocabularies import VocabularyFile
from factbook.problems import Problem
from factbook.yaml_text import parse


@frozen
class SheetFile:
    """A file, and the model whose order of fields it follows."""

    path: str
    """From the project's root."""
    model: type[Record] | None
    """None for a page of prose, whose fields say which it is."""


def sheet_files(settings: Settings) -> Iterator[SheetFile]:
    """Every file, by folder and name; what cannot be a sheet is left to `check`."""
    models: dict[str, type[Record]] = {"vocabulary": VocabularyFile}
    models |= {name: collection.model for name, collection in COLLECTIONS.items()}
    for name, model in models.items():
        folder = f"{settings.content}/{name}"
        for found in files_in(settings.root / folder, ".yml", folder):
            if not isinstance(found, Problem):
                yield SheetFile(f"{folder}/{found.stem}.yml", model)
    for found in files_in(settings.root / settings.briefings, ".md", settings.briefings):
        if not isinstance(found, Problem):
            yield SheetFile(f"{settings.briefings}/{found.stem}.md", None)


def laid_out(
    file: SheetFile, root: Path, tidied: Callable[[str, str], str] = lambda path, text: text
) -> str | list[Problem]:
    """The text of a file in the one layout, or why it cannot be read. Raises LayoutError and OSError.

    `tidied` is handed the path and the text of a file that YAML can read, before it is laid out.
    """
    text = read_text(root / file.path, file.path, PAGE_SIZE if file.model is None else SHEET_SIZE)
    if isinstance(text, Problem):
        return [text]
    laid = laid_out_text(file, text)
    shorter = tidied(file.path, text)
    return laid if isinstance(laid, list) or shorter == text else laid_out_text(file, shorter)


def laid_out_text(file: SheetFile, text: str) -> str | list[Problem]:
    """The text in the one layout, or what is wrong with it as YAML. Raises LayoutError."""
    if file.model is not None:
        parsed = parse(text, file.path)
        return parsed.problems or lay_out(text, file.model)
    front, mark, _ = text.removeprefix("---\n").partition("\n---")
    if not mark or not text.startswith("---\n"):
        raise LayoutError('A page starts with its fields between two lines "---".')
    parsed = parse(front, file.path, first_line=2)
    is_briefing = isinstance(parsed.value, dict) and "question" in parsed.value
    return parsed.problems or lay_out_page(text, Briefing if is_briefing else PlainPage)
