"""Everything that a run looks at, put together from those who know: for a note by which the next run can tell that nothing moved.

What becomes of it is left to `kept.unmoved`.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from factbook import history, permalinks
from factbook.cache import FOLDER
from factbook.editing import journal
from factbook.exports import completion
from factbook.history import git
from factbook.kept import unmoved
from factbook.kept.engine import ENGINE
from factbook.kept.reading import Reading
from factbook.kept.unmoved import Looks
from factbook.loading.settings import Settings
from factbook.loading.survey import Survey
from factbook.on_disk import KEPT
from factbook.rendering.edition import TEMPLATES
from factbook.workshop import workshop_of
from factbook.writing import Site, as_left


def looks_at_content(settings: Settings, survey: Survey, reading: Reading, others: Iterable[Path]) -> Looks:
    """What a run looked at that read and checked a publication; `others` are single files that had a part in it."""
    root = str(settings.root)
    try:
        configuration = settings.config_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        configuration = ""
    looks = Looks(root, configuration)
    looks.paths = [str(settings.config_file), f"{root}/{permalinks.NAME}", *map(str, others)]
    looks.paths += sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    looks.trees = [str(ENGINE)]
    cache = settings.root / FOLDER
    looks.own_paths = [
        str(cache / name) for name in (journal.NAME, "history.pickle", f"{KEPT}/content", f"{KEPT}/recorded")
    ]
    looks.own_paths.append(str(cache / f"{completion.FOLDER}.pickle"))
    looks.own_trees = [str(cache / completion.FOLDER)]
    looks.names = {str(settings.root / settings.content): survey.kinds}
    for folder, files in survey.folders.items():
        looks.folders[folder] = [
            (found.file.removeprefix(f"{folder}{os.sep}"), found.stamp) for found in files
        ]
    captures = {path: digest for path, (_, digest) in reading.captures.items()}
    for found in (
        found for files in survey.folders.values() for found in files if found.stamp[1] >= unmoved.SETTLED
    ):
        kept = reading.files.get(found.path)
        looks.late[found.file] = kept.digest if kept else captures.get(found.path, b"")
    looks.questions, looks.surroundings = history.state(settings.root), git.SURROUNDINGS
    return looks


def looks_at_site(
    looks: Looks, settings: Settings, folder: Path, site: Site, *, ledger_written: bool
) -> Looks:
    """The same with the site that was made, and with all that had a part in its pages."""
    ledger = f"{settings.root}/{permalinks.NAME}"
    looks.paths.remove(ledger)
    looks.own_paths = [ledger]
    looks.own_trees = [str(settings.root / FOLDER)]
    looks.trees.append(str(TEMPLATES))
    if settings.templates:
        looks.trees.append(str(settings.root / settings.templates))
    for part in (settings.root / each for each in settings.by_host):
        looks.trees.append(str(part))
        looks.paths.append(str(part))
    looks.questions = history.state(settings.root, ledger_written=ledger_written)
    looks.site, looks.workshop = str(folder.resolve()), str(workshop_of(folder.resolve()))
    looks.site_files, looks.site_folders, looks.site_stamps = as_left(site, folder)
    return looks
