"""What git knows of a publication: the day of its commit, and what changed, fact by fact.

`read` is the whole way: the commits (git), what each did to facts (steps, kept in the cache under commit ids), and the reasons
that people gave (told). Edits that are not committed are no history. Showing it is left to pages, feeds and checks.
"""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import replace
from pathlib import Path

from factbook.cache import Cache
from factbook.catalogue import Catalogue
from factbook.history import git
from factbook.history.day import commit_day, commit_id, committed_text, latest_day, resolve_as_of, state
from factbook.history.facts import keys_known
from factbook.history.past import unsaved_facts
from factbook.history.steps import Layout, Step, steps
from factbook.history.told import told
from factbook.loading.settings import Settings
from factbook.model.change import History, Reach
from factbook.problems import Place, Problem

__all__ = [
    "commit_day",
    "commit_id",
    "committed_text",
    "cut_short",
    "latest_day",
    "layout_of",
    "read",
    "resolve_as_of",
    "state",
]

FORM = 5
"""Counts the forms in which steps have been kept; another one makes them be worked out again."""


def read(settings: Settings, catalogue: Catalogue) -> History:
    """The history of a publication; without git, what its sheets say of it themselves."""
    layout = layout_of(settings)
    found, reach = _steps(settings.root, layout)
    history = told(found, catalogue, reach)
    if reach != "whole":
        return history
    unsaved = unsaved_facts(settings.root, layout, catalogue)
    past = {id: replace(history.past_of(id), unsaved=anchors) for id, anchors in unsaved.items()}
    return replace(history, past={**history.past, **past}) if past else history


def layout_of(settings: Settings) -> Layout:
    """Where a publication keeps what has a history."""
    return Layout(posixpath.normpath(settings.content), posixpath.normpath(settings.briefings))


def cut_short(history: History) -> list[Problem]:
    """Says it where the clone holds only a part of the history, of which nothing is used then. Code: shallow-clone."""
    if history.reach != "shallow":
        return []
    return [
        Problem(
            "shallow-clone",
            Place(".git/shallow"),
            "This clone holds only a part of the history, so none of it is used: pages and feeds tell what changed by the lines "
            'of "changes:" alone, without old values, and leave out when a sheet came. Run "git fetch --unshallow"; in a '
            'workflow, give actions/checkout "fetch-depth: 0".',
        )
    ]


def _steps(root: Path, layout: Layout) -> tuple[list[Step], Reach]:
    repository = git.repository(root)
    if repository is None:
        return [], "none"
    if repository.shallow:
        return [], "shallow"
    cache = Cache(root)
    key = hashlib.sha256(repr((FORM, layout, repository.prefix, keys_known())).encode()).hexdigest()
    head, before, held = cache.get("history", key) or ("", [], {})
    if head == repository.head:
        return before, "whole"
    if not head or not git.is_on_the_way(repository, head):
        head, before, held = "", [], {}
    commits = git.commits(repository, layout.paths, after=head)
    if commits is None:
        return [], "none"
    held = dict(held)
    more, complete = steps(repository, commits, layout, held)
    if not complete:
        return [], "shallow"
    found = [*before, *more]
    cache.put("history", key, (repository.head, found, held))
    return found, "whole"
