"""Sources: what each is, where it comes from, and every fact and statement that rests on it."""

from __future__ import annotations

from factbook.catalogue import Link
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.records import Archived, Citation
from factbook.model.source import Source
from factbook.model.walking import anchor_of
from factbook.pages.draft import Draft
from factbook.pages.labels import link_words
from factbook.pages.page import FactView, PageRef
from factbook.provenance import Chain, citation_chain

ROWS = 16
"""What rests on a source and stands on its page, where more does."""


@frozen
class ParentView:
    """A source that this one takes from."""

    ref: PageRef
    anchor: str
    """Its address on the page of the source that takes; empty elsewhere."""
    how: str
    by: str
    limited_to: tuple[PageRef, ...]
    basis: str


@frozen
class Resting:
    """A fact or sentence that cites this source."""

    ref: PageRef
    words: str
    at: str
    quoted: str
    """The words it quotes."""
    support_entry: bool


@frozen
class SourcePage:
    """The page of one source."""

    source: Source
    kind: str
    publisher: tuple[PageRef, ...]
    authors: tuple[PageRef, ...]
    date: PartialDate | None
    archived: Archived | None
    language: str
    read: str
    origin: str
    origin_basis: str
    withdrawal: FactView | None
    """That its publisher took it back."""
    chain: Chain
    parents: tuple[ParentView, ...]
    children: tuple[ParentView, ...]
    resting: tuple[Resting, ...]
    statements: tuple[Resting, ...]
    passages: tuple[str, ...]
    """The passages kept from it."""


def resting_on(id: str, draft: Draft) -> tuple[Resting, ...]:
    """The facts and sentences that cite a source, by sheet and anchor."""
    catalogue = draft.catalogue

    def made() -> list[tuple[Citation | None, Link]]:
        links = catalogue.links_to(id, "cited_by", "read_for")
        rows = {(link.origin, link.anchor, link.citation): link for link in links}
        return [(citation, link) for (_, _, citation), link in rows.items()]

    return tuple(
        Resting(
            draft.ref(link.origin, link.anchor),
            link_words(link, catalogue),
            citation.at or "" if citation else "",
            citation.words or "" if citation else "",
            citation is not None and citation.support == "entry",
        )
        for citation, link in draft.beginning("resting", draft.once("resting", made), ROWS)
    )


def statements_in(id: str, draft: Draft) -> tuple[Resting, ...]:
    """The statements that were first published, read or seen in a source."""

    def made() -> list[tuple[str, Link]]:
        links = draft.catalogue.links_to(id, "first_published", "read_for_statement", "shows_statement")
        return sorted({link.origin: link for link in links}.items())

    return tuple(
        Resting(draft.ref(id, "statement"), link_words(link, draft.catalogue), "", "", False)
        for id, link in draft.beginning("statements", draft.once("statements", made), ROWS)
    )


def view(sheet: Source, draft: Draft) -> SourcePage:
    """The page of a source."""
    catalogue, label = draft.catalogue, draft.catalogue.label
    return SourcePage(
        source=sheet,
        kind=label("source-kinds", sheet.kind),
        publisher=draft.refs(sheet.published_by),
        authors=draft.refs(sheet.authors),
        date=sheet.date,
        archived=sheet.archived,
        language=sheet.language,
        read=label("readings", sheet.read),
        origin=label("origins", sheet.origin.value),
        origin_basis=sheet.origin.basis or "",
        withdrawal=draft.fact(sheet.withdrawal, sheet.withdrawal.text) if sheet.withdrawal else None,
        chain=citation_chain(Citation(source=sheet.id), catalogue),
        parents=tuple(
            ParentView(
                draft.ref(each.source),
                anchor_of("", "derived_from", each),
                label("derivations", each.kind),
                label("translators", each.by) if each.by else "",
                draft.refs(each.for_),
                each.basis or "",
            )
            for each in sheet.derived_from
        ),
        children=tuple(
            ParentView(
                draft.ref(other.id),
                "",
                label("derivations", each.kind),
                label("translators", each.by) if each.by else "",
                draft.refs(each.for_),
                each.basis or "",
            )
            for other in catalogue.origins(sheet.id, "passed_on_by", Source)
            for each in other.derived_from
            if each.source == sheet.id
        ),
        resting=resting_on(sheet.id, draft),
        statements=statements_in(sheet.id, draft),
        passages=tuple(line for line in catalogue.captures.get(sheet.id, "").split("\n") if line.strip()),
    )
