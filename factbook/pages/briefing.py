"""Briefings and plain pages: prose with its notes and blocks; a briefing's answer, and what it rests on."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.briefing import Briefing, PlainPage
from factbook.pages.blocks import BlockView, block_view
from factbook.pages.draft import Draft
from factbook.pages.labels import fact_title
from factbook.pages.page import PageRef, ProseView
from factbook.pages.rereading import (
    RereadingView,
    SignatureView,
    WatchView,
    rereading_view,
    signature,
    watch_view,
)
from factbook.prose import Block, Cites, scan


@frozen
class TextView:
    """The Markdown of a page with the notes and blocks in it."""

    prose: ProseView
    blocks: tuple[BlockView, ...]
    """In the order in which they stand in the text."""


@frozen
class BriefingPage:
    """The page of one briefing."""

    question: str
    short_answer: ProseView | None
    confidence: str
    confidence_note: str
    would_change: tuple[ProseView, ...]
    """What only a person can tell."""
    waits_for: tuple[WatchView, ...]
    """What each build watches for."""
    rests_on: tuple[PageRef, ...]
    signed: SignatureView | None
    rereading: RereadingView | None
    """That the answer has to be read again; None while its signature holds."""
    text: TextView
    story: tuple[tuple[str, tuple[PageRef, ...]], ...]
    """What the briefing tells of, by kind, each in the order in which it is first named."""
    related: tuple[PageRef, ...]
    """Other briefings that speak of the same things, the nearest first."""


@frozen
class PlainPageView:
    """A page of our own prose that answers no question."""

    text: TextView


def text_view(text: str, draft: Draft) -> TextView:
    """Prose with blocks: notes are numbered in reading order, through the blocks as well."""
    numbers: dict[tuple[str, str], int] = {}
    blocks = []
    for piece in scan(text).pieces:
        if isinstance(piece, Cites):
            view = draft.prose(text[piece.span[0] : piece.span[1]])
            numbers |= dict(view.numbers) if view else {}
        elif isinstance(piece, Block):
            blocks.append(block_view(piece, draft))
    return TextView(ProseView(text, tuple(numbers.items())), tuple(blocks))


def view(sheet: Briefing, draft: Draft) -> BriefingPage:
    """The page of a briefing."""
    reread = rereading_view(sheet, draft)  # it stands above the answer
    short_answer = draft.prose(sheet.short_answer)
    would_change = tuple(view for each in sheet.would_change if (view := draft.prose(each.text)))
    waits_for = tuple(watch for each in sheet.would_change if (watch := watch_view(each, draft)))
    rests_on = []
    for rest in sheet.rests_on:
        id, _, anchor = rest.partition("#")
        rests_on.append(draft.ref(id, anchor, fact_title(id, anchor, draft.catalogue)))
    return BriefingPage(
        question=sheet.question,
        short_answer=short_answer,
        confidence=draft.catalogue.label("confidence", sheet.confidence),
        confidence_note=sheet.confidence_note or "",
        would_change=would_change,
        waits_for=waits_for,
        rests_on=tuple(rests_on),
        signed=signature(sheet, draft),
        rereading=reread,
        text=text_view(sheet.text, draft),
        story=story(sheet, draft),
        related=related_briefings(sheet, draft),
    )


STORY = (
    ("Measures and laws", ("measures", "regimes")),
    ("Weapons", ("systems",)),
    ("People and bodies", ("actors",)),
)
"""What ties a story together, and the collections it comes from."""


def story(sheet: Briefing, draft: Draft) -> tuple[tuple[str, tuple[PageRef, ...]], ...]:
    """The sheets that the text of a briefing links or shows, by kind; kinds that it has none of are left out."""
    prose = scan(sheet.text)
    named = [(link.span[0], 0, link.target) for link in prose.links]
    for block in prose.blocks:
        ids = [id.strip() for _, value in block.options for id in value.split(",")]
        named += [(block.span[0], place, id) for place, id in enumerate(ids)]
    found = [
        draft.catalogue[id] for id in dict.fromkeys(id for _, _, id in sorted(named)) if id in draft.catalogue
    ]
    groups = (
        (title, draft.refs(each.id for each in found if each.COLLECTION in collections))
        for title, collections in STORY
    )
    return tuple((title, refs) for title, refs in groups if refs)


def related_briefings(sheet: Briefing, draft: Draft) -> tuple[PageRef, ...]:
    """Briefings that link at least three of the same sheets, by how many they share."""
    catalogue = draft.catalogue

    def linked(id: str) -> set[str]:
        return {
            link.target for link in catalogue.links_from(id, "mentioned_in", "carries_answer", "shown_in")
        }

    own = linked(sheet.id)
    shared = [
        (len(own & linked(each.id)), each.id) for each in catalogue.all(Briefing) if each.id != sheet.id
    ]
    near = sorted(((count, id) for count, id in shared if count >= 3), key=lambda pair: (-pair[0], pair[1]))
    return tuple(draft.ref(id) for _, id in near[:4])


def plain_view(sheet: PlainPage, draft: Draft) -> PlainPageView:
    """A plain page."""
    return PlainPageView(text_view(sheet.text, draft))
