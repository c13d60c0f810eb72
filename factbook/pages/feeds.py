"""The page that explains how to follow the publication: its feeds and its calendar."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.measure import Measure
from factbook.pages.addresses import CALENDAR, SITE_FEED, feed_of
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef


@frozen
class FeedRow:
    """The feed of one page, in both forms."""

    of: PageRef
    atom: PageRef
    json: PageRef


@frozen
class FeedsPage:
    """What can be followed."""

    site: FeedRow
    groups: tuple[tuple[str, tuple[FeedRow, ...]], ...]
    calendar: PageRef


def view(draft: Draft) -> FeedsPage:
    """The feeds of the site, of each briefing and of each measure; those of actors are named on their pages."""
    briefings = tuple(
        _row(draft.ref(each.id), "briefings", each.id) for each in draft.catalogue.all(Briefing)
    )
    measures = [(each.short_text, each.id) for each in draft.catalogue.all(Measure)]
    rows = tuple(_row(draft.ref(id), "measures", id) for _, id in sorted(measures))
    return FeedsPage(
        _feed(PageRef("Changes", "changes/"), SITE_FEED),
        tuple(group for group in (("Briefings", briefings), ("Measures", rows)) if group[1]),
        PageRef("Calendar", CALENDAR),
    )


def _row(of: PageRef, collection: str, id: str) -> FeedRow:
    return _feed(of, feed_of(collection, id))


def _feed(of: PageRef, base: str) -> FeedRow:
    return FeedRow(of, PageRef("Atom", f"{base}.atom"), PageRef("JSON Feed", f"{base}.json"))
