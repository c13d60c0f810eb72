"""The whole way of a publication on one page: read → join → check → lay out → render → write.

Read this first. Every stage takes what the one before it made and adds nothing to it in place; every fault of content is a
`Problem` in `Content.problems`. Starting MkDocs for shells is left to the commands; `publish` is handed what they made.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factbook.catalogue import Catalogue, join
from factbook.checks import check
from factbook.history import resolve_as_of
from factbook.loading.settings import Settings, read_settings
from factbook.loading.sheets import load
from factbook.problems import Problem


@dataclass(frozen=True)
class Content:
    """A publication as read, joined and checked."""

    settings: Settings | None
    """None when the configuration itself cannot be read."""
    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    as_of: date | None = None


def read_and_check(config_file: Path, *, as_of: str | None = None) -> Content:
    """Reads every sheet, joins them and applies the rules; all problems at once."""
    settings, problems = read_settings(config_file)
    if settings is None:
        return Content(None, None, tuple(problems))
    day = resolve_as_of(as_of, settings.root, os.environ)
    if isinstance(day, Problem):
        return Content(settings, None, (*problems, day))
    loaded = load(settings)
    catalogue, dangling = join(loaded)
    found = check(catalogue, day)
    return Content(settings, catalogue, (*problems, *loaded.problems, *dangling, *found), day)
