"""Which files a publication has, before any of them is opened; whatever else lies among them is told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from factbook.characters import visible
from factbook.loading.files import Found, files_in
from factbook.loading.settings import Settings
from factbook.model.collections import COLLECTIONS
from factbook.model.values import id_meant
from factbook.problems import Place, Problem, did_you_mean

PROSE = "briefings"
"""The collection of briefings and plain pages."""


@dataclass
class Survey:
    """Which files a publication has, before any of them is opened."""

    settings: Settings
    sheets: list[tuple[str, Found]] = field(default_factory=list)
    """Collection and file: by collection in their order, then by name; pages of prose last."""
    vocabularies: list[Found] = field(default_factory=list)
    captures: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """What lies where sheets lie and is none: name and collection."""
    kinds: list[str] = field(default_factory=list)
    """The names in the folder of content, hidden ones left out."""
    folders: dict[str, list[Found]] = field(default_factory=dict)
    """Every folder in which sheets, lists or captures were looked for, with what was found."""

    def files_in(self, folder: Path, suffix: str, shown: str) -> Iterator[Found | Problem]:
        """The same as `files_in`; which folder it was is remembered."""
        files = self.folders.setdefault(str(folder), [])
        for each in files_in(folder, suffix, shown):
            if isinstance(each, Found):
                files.append(each)
            yield each


def survey(settings: Settings) -> Survey:
    """The files of a publication, and a problem for whatever else lies among them."""
    found = Survey(settings)
    content = settings.root / settings.content
    if not content.is_dir():
        found.problems.append(
            Problem(
                "no-content",
                Place(settings.content),
                "There is no such folder. Sheets lie there, one folder a collection; another is named in mkdocs.yml "
                'with "content:", an option of factbook.',
            )
        )
        return found
    _folders(content, settings.content, found)
    for name in COLLECTIONS:
        for each in found.files_in(content / name, ".yml", f"{settings.content}/{name}"):
            _sheet_file(name, each, found)
    for each in found.files_in(settings.root / settings.briefings, ".md", settings.briefings):
        _sheet_file(PROSE, each, found)
    for folder, suffix, files in (
        ("vocabulary", ".yml", found.vocabularies),
        ("captures", ".txt", found.captures),
    ):
        for each in found.files_in(content / folder, suffix, f"{settings.content}/{folder}"):
            if isinstance(each, Problem):
                found.problems.append(each)
            else:
                files.append(each)
    return found


def _sheet_file(collection: str, each: Found | Problem, found: Survey) -> None:
    if isinstance(each, Problem):
        found.problems.append(each)
        found.unread.update(dict.fromkeys(_ids_meant(each, found.settings.root), collection))
    else:
        found.sheets.append((collection, each))


def _ids_meant(misplaced: Problem, root: Path) -> list[str]:
    """The ids of the sheets that were to stand here: of `cap.yml.txt` and `Cap.yaml` the one, of a folder those of its files."""
    path = Path(misplaced.place.path)
    names = [path.name]
    if not (root / path).is_symlink():
        with contextlib.suppress(OSError):  # a file, or a folder that nobody may open
            names = sorted(each.name for each in (root / path).iterdir())
    return [id_meant(name.partition(".")[0]) or name for name in names]


def _folders(content: Path, shown: str, found: Survey) -> None:
    known = [*COLLECTIONS, "vocabulary", "captures"]
    for entry in sorted(content.iterdir()):
        if entry.name.startswith("."):
            continue
        found.kinds.append(entry.name)
        if entry.name in known:
            continue
        found.problems.append(
            Problem(
                "misplaced-file",
                Place(f"{shown}/{visible(entry.name)}"),
                f"Nothing is read from here; sheets lie in {', '.join(known)}.{did_you_mean(visible(entry.name), known)}",
            )
        )
