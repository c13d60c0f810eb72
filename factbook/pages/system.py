"""Systems: what they are, who makes them, and what happened with them."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.system import System
from factbook.model.values import ID
from factbook.model.walking import anchor_of
from factbook.pages.actor import NameView, name_views, state_of
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, Tie, event_rows, events_of
from factbook.pages.measure import statements_about
from factbook.pages.page import FactView, PageRef
from factbook.pages.statement import StatementView


@frozen
class MakerView:
    """Who makes it."""

    ref: PageRef | None
    text: str
    fact: FactView


@frozen
class SystemPage:
    """The page of one system."""

    what: str
    kind: str
    country: str
    state_actor: PageRef | None
    names: tuple[NameView, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    """The register, the number in it, and the anchor."""
    makers: tuple[MakerView, ...]
    ties: tuple[Tie, ...]
    events: tuple[EventRow, ...]
    statements: tuple[StatementView, ...]


def view(sheet: System, draft: Draft) -> SystemPage:
    """The page of a system."""
    label = draft.catalogue.label
    own = [
        Tie(label("system-relations", each.kind), draft.ref(each.system), draft.fact(each))
        for each in sheet.relations
    ]
    others = [
        Tie(
            label("system-relations", each.kind),
            draft.ref(other.id),
            draft.fact(each, of=other),
            sheet.short_text,
        )
        for other in draft.catalogue.origins(sheet.id, "related_system", System)
        for each in other.relations
        if each.system == sheet.id
    ]
    return SystemPage(
        what=sheet.what,
        kind=label("system-kinds", sheet.kind),
        country=sheet.country or "",
        state_actor=state_of(sheet.country, draft) if sheet.country else None,
        names=name_views(sheet.names, draft),
        identifiers=tuple(
            (label("identifier-schemes", each.scheme), each.value, anchor_of("", "identifiers", each))
            for each in sheet.identifiers
        ),
        makers=tuple(
            MakerView(
                draft.ref(each.actor) if ID.fullmatch(each.actor) else None,
                "" if ID.fullmatch(each.actor) else each.actor,
                draft.fact(each),
            )
            for each in sheet.makers
        ),
        ties=(*own, *others),
        events=event_rows(events_of(sheet.id, draft.catalogue), draft.catalogue),
        statements=statements_about(sheet.id, draft),
    )
