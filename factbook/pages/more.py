"""Further pages for a sheet that much is said of: all that was said about it, all that rests on it, all who refer to it.

The sheet's own page shows the beginning of such lists, so that the next page of a reader stays light. What a sheet itself
says, with its evidence, is never moved. Where lists begin to be cut is left to `Draft.beginning` and those who call it.
"""

from __future__ import annotations

from collections.abc import Mapping

from factbook.frozen import frozen
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.pages.addresses import more_of
from factbook.pages.draft import Draft
from factbook.pages.measure import statements_about
from factbook.pages.page import Mentions, PageRef
from factbook.pages.source import Resting, resting_on, statements_in
from factbook.pages.statement import StatementView

ROOM = 400
"""How much a page of long lists holds, in rows: some 200 KB. A source that twenty thousand facts rest on has fifty such pages."""
WEIGHTS = {"said": 4, "statements": 1, "resting": 1, "mentioned": 1}
"""The lists in the order of the page, and what one of their rows counts."""
Window = Mapping[str, tuple[int, int]]
"""Which stretch of each list a page holds."""


@frozen
class MorePage:
    """A part of the lists that the sheet's page only begins; the others stay there."""

    of: PageRef
    said: tuple[StatementView, ...]
    statements: tuple[Resting, ...]
    resting: tuple[Resting, ...]
    mentions: tuple[Mentions, ...]
    part: int
    """Which of the pages this is, from one."""
    parts: tuple[PageRef, ...]
    """All pages of these lists, by number; one where they fit on it."""
    later: Mapping[str, PageRef]
    """On the first page, the lists that begin on another one."""


def windows(cut: Mapping[str, int]) -> list[Window]:
    """How the lists that were cut, with their lengths, are dealt out to pages."""
    pages: list[dict[str, tuple[int, int]]] = [{}]
    room = ROOM
    for name, weight in WEIGHTS.items():
        at = 0
        while at < cut.get(name, 0):
            if room < weight:
                pages.append({})
                room = ROOM
            end = min(cut[name], at + room // weight)
            pages[-1][name] = at, end
            room -= (end - at) * weight
            at = end
    return list(pages)


def view(sheet: Sheet, draft: Draft, part: int, dealt: list[Window], leave_out: tuple[str, ...]) -> MorePage:
    """A part of what a sheet's page leaves out, from one; `draft` has its window, `leave_out` the links shown elsewhere."""
    here = dealt[part - 1]
    in_source = isinstance(sheet, Source)
    of = draft.ref(sheet.id)
    parts = tuple(PageRef(str(number), more_of(of.address, number)) for number in range(1, len(dealt) + 1))
    first = {name: parts[at] for at, window in reversed([*enumerate(dealt)]) for name in window}
    return MorePage(
        of=of,
        said=statements_about(sheet.id, draft) if "said" in here else (),
        statements=statements_in(sheet.id, draft) if in_source and "statements" in here else (),
        resting=resting_on(sheet.id, draft) if in_source and "resting" in here else (),
        mentions=draft.mentions(*leave_out) if "mentioned" in here else (),
        part=part,
        parts=parts,
        later={name: ref for name, ref in first.items() if part == 1 and ref != parts[0]},
    )
