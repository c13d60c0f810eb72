"""Terms: what a word means, and what it is mistaken for."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.term import Term
from factbook.model.walking import anchor_of
from factbook.pages.actor import NameView, name_views
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef, ProseView


@frozen
class ConfusableView:
    """A neighbour and the difference."""

    anchor: str
    ref: PageRef
    difference: str


@frozen
class TermView:
    """One entry of the glossary."""

    ref: PageRef
    names: tuple[NameView, ...]
    definition: ProseView | None
    confused_with: tuple[ConfusableView, ...]
    see: tuple[PageRef, ...]


def view(sheet: Term, draft: Draft) -> TermView:
    """The page of a term."""
    return TermView(
        draft.ref(sheet.id),
        name_views(sheet.names, draft) if sheet.names else (),
        draft.prose(sheet.definition),
        tuple(
            ConfusableView(anchor_of("", "confused_with", each), draft.ref(each.term), each.difference)
            for each in sheet.confused_with
        ),
        draft.refs(sheet.see),
    )
