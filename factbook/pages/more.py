"""A second page for a sheet that much is said of: all that was said about it, all that rests on it, all who refer to it.

The sheet's own page shows the beginning of such lists, so that the next page of a reader stays light. What a sheet itself
says, with its evidence, is never moved. Where lists begin to be cut is left to `Draft.beginning` and those who call it.
"""

from __future__ import annotations

from dataclasses import dataclass

from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.pages.draft import Draft
from factbook.pages.measure import statements_about
from factbook.pages.page import Mentions, PageRef
from factbook.pages.source import Resting, resting_on, statements_in
from factbook.pages.statement import StatementView


@dataclass(frozen=True, slots=True)
class MorePage:
    """The lists that the sheet's page only begins, in full; the others stay there."""

    of: PageRef
    said: tuple[StatementView, ...]
    statements: tuple[Resting, ...]
    resting: tuple[Resting, ...]
    mentions: tuple[Mentions, ...]


def view(sheet: Sheet, draft: Draft, cut: dict[str, int], leave_out: tuple[str, ...]) -> MorePage:
    """The rest of a sheet's page. `cut` names the lists that were cut there, `leave_out` the links it shows elsewhere."""
    in_source = isinstance(sheet, Source)
    return MorePage(
        of=draft.ref(sheet.id),
        said=statements_about(sheet.id, draft) if "said" in cut else (),
        statements=statements_in(sheet.id, draft) if in_source and "statements" in cut else (),
        resting=resting_on(sheet.id, draft) if in_source and "resting" in cut else (),
        mentions=draft.mentions(*leave_out) if "mentioned" in cut else (),
    )
