"""What stands at the top of every sheet's page, and what every sheet's page shows at its end."""

from __future__ import annotations

from collections.abc import Mapping

from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.dates import PartialDate
from factbook.model.records import TextFact
from factbook.model.sheet import Sheet, Waiver
from factbook.model.spoken import date_in_words
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.pages.addresses import MORE
from factbook.pages.changes import OwnHistory, own_history
from factbook.pages.draft import Draft
from factbook.pages.falling import FallView, fall_view
from factbook.pages.former import FormerAnchor, former_anchors
from factbook.pages.labels import place_words
from factbook.pages.page import FactView, Mentions, PageRef, ProseView
from factbook.problems import CODES

TELLS = ("mentioned_in", "shown_in", "carries_answer")
"""The links by which a briefing speaks of a sheet."""


@frozen
class Head:
    """Title, lede, freshness and doubts."""

    kicker: str
    """The kind of sheet, e.g. "Measure"."""
    title: str
    lede: ProseView | None
    first: FactView | None
    """The fact that leads the page where the sheet has no lede; it does not stand among the others then."""
    verified: PartialDate
    review_by: PartialDate
    overdue: bool
    confidence: str
    doubt: ProseView | None
    note: ProseView | None
    waivers: tuple[str, ...]
    """Rules set aside, in words: what, why, until when."""
    told_in: tuple[PageRef, ...]
    """The briefings that speak of it."""


@frozen
class Tail:
    """Facts and prose without a field of their own, and the reverse links."""

    facts: tuple[FactView, ...]
    body: ProseView | None
    mentions: tuple[Mentions, ...]
    history: OwnHistory
    former: tuple[str, ...]
    cut: Mapping[str, int]
    """The lists of the page that are cut, and how many rows each has in all."""
    more: PageRef
    """Where they stand in full."""
    former_anchors: tuple[FormerAnchor, ...] = ()
    """Anchors that facts of this page had before."""
    changed: tuple[str, ...] = ()
    """The days of its changes."""
    api: PageRef | None = None
    falls: FallView | None = None
    """What would fall with the sheet."""


def head(sheet: Sheet, kicker: str, draft: Draft) -> Head:
    """The head of a sheet's page."""
    return Head(
        kicker=kicker,
        title=sheet.title_text,
        lede=draft.prose(sheet.lede),
        first=draft.fact(leading) if (leading := _leading(sheet)) else None,
        verified=sheet.verified,
        review_by=sheet.review_by,
        overdue=sheet.review_by.latest < draft.as_of,
        confidence=draft.catalogue.label("confidence", sheet.confidence) if sheet.confidence else "",
        doubt=draft.prose(sheet.doubt),
        note=draft.prose(sheet.note),
        told_in=draft.refs(
            id
            for id in sorted(draft.catalogue.origin_ids(sheet.id, *TELLS))
            if isinstance(draft.catalogue[id], Briefing)
        ),
        waivers=tuple(_waived(waiver, sheet.id, draft) for waiver in sheet.waivers),
    )


def _leading(sheet: Sheet) -> TextFact | None:
    """The first fact, where no lede says what the sheet is about; one that is no longer held leads nothing.

    A term is led by its definition, a statement by its words.
    """
    led = sheet.lede or isinstance(sheet, Term | Statement)
    first = sheet.facts[0] if sheet.facts and not led else None
    return first if first and first.rank != "deprecated" else None


def _waived(waiver: Waiver, id: str, draft: Draft) -> str:
    """A rule that is set aside: which, for what, until when and why."""
    place = "" if waiver.anchor == "sheet" else place_words(id, waiver.anchor, draft.catalogue).rstrip(".")
    until = date_in_words(waiver.until) + (f", for “{place}”" if place else "")
    return f"Rule set aside until {until}: “{CODES[waiver.code].reason}” {waiver.reason}"


def tail(sheet: Sheet, draft: Draft, *leave_out: str) -> Tail:
    """The end of a sheet's page; links named in `leave_out` are shown elsewhere on it."""
    here = draft.ref(sheet.id)
    return Tail(
        facts=draft.facts(each for each in sheet.facts if each is not _leading(sheet)),
        body=draft.prose(sheet.body),
        mentions=draft.mentions(*leave_out),
        history=own_history(draft),
        former=sheet.former_ids,
        cut=draft.cut,
        more=here._replace(address=f"{here.address}{MORE}"),
        changed=tuple(change.day.text for change in sheet.changes),
        former_anchors=former_anchors(sheet.id, draft.catalogue),
        falls=fall_view(sheet, draft),
    )
