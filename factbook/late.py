"""Modules that are read when something is first asked of them, so that a command starts with what it needs and no more.

They are imported like all others, on top of a module, but as modules: `from factbook.pages import measure`, then `measure.view`.
Taking a name out of one (`from factbook.pages.measure import view`) reads it at once; modules that are late themselves may do so.
Which they are stands in `LATE` and nowhere else. What each command may not read is in `tests/test_start.py`.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LATE = frozenset(
    {
        "factbook.back_matter",
        "factbook.binding",
        "factbook.imprint",
        "factbook.link_check",
        "factbook.press",
        "factbook.printing",
        "factbook.inside_links",
        "factbook.search",
        "factbook.search.joining",
        "factbook.search.shard",
        "factbook.search.shelf",
        "filelock",
        "factbook.drawing.answers",
        "factbook.drawing.in_force",
        "factbook.drawing.relations",
        "factbook.drawing.timeline",
        "factbook.exports.answers",
        "factbook.exports.api",
        "factbook.exports.calendar",
        "factbook.exports.fact_cards",
        "factbook.exports.feeds",
        "factbook.exports.files",
        "factbook.exports.follow_the_money",
        "factbook.exports.linked_data",
        "factbook.exports.markdown_pages",
        "factbook.exports.page_head",
        "factbook.exports.questions",
        "factbook.exports.references",
        "factbook.exports.schemas",
        "factbook.exports.site_files",
        "factbook.exports.social",
        "factbook.exports.tables",
        "factbook.likeness",
        "factbook.loading.refusals",
        "factbook.model.codes",
        "factbook.pages.actor",
        "factbook.pages.as_of",
        "factbook.pages.briefing",
        "factbook.pages.changes",
        "factbook.pages.data",
        "factbook.pages.draft",
        "factbook.pages.event",
        "factbook.pages.feeds",
        "factbook.pages.home",
        "factbook.pages.indexes",
        "factbook.pages.laying_out",
        "factbook.pages.may_i",
        "factbook.pages.may_i_answer",
        "factbook.pages.measure",
        "factbook.pages.more",
        "factbook.pages.overviews",
        "factbook.pages.review",
        "factbook.pages.page",
        "factbook.pages.regime",
        "factbook.pages.source",
        "factbook.pages.statement",
        "factbook.pages.system",
        "factbook.pages.term",
        "factbook.rendering.faults",
        "factbook.rendering.html",
        "factbook.rendering.python_markdown",
    }
)
"""What a check, or a build after a small change, can do without."""


class _Finder:
    """Finds the modules of the table, and has them read late."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What a module of the table is loaded by; None for every other."""
        if name not in LATE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            from importlib.util import LazyLoader

            spec.loader = LazyLoader(spec.loader)
        return spec


def install() -> None:
    """Has the modules of the table read late from now on."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


def read_all() -> None:
    """Reads those that were imported and not yet read: once, before processes or threads would do it each for themselves."""
    while waiting := [sys.modules[name] for name in sorted(LATE & sys.modules.keys()) if _waits(name)]:
        for module in waiting:
            _ = module.__doc__


def is_read(name: str) -> bool:
    """Whether a module has been imported and read."""
    return name in sys.modules and not _waits(name)


def _waits(name: str) -> bool:
    return type(sys.modules[name]) is not ModuleType
