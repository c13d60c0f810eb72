"""Chains: every statement can be followed to where it was first published, and no source comes from itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, titled
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.problems import Problem
from factbook.provenance import Chain, ChainFault, ancestry_of, statement_chain


def of_source(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sources that come, in the end, from themselves, or are derived from nothing. Code: broken-chain."""
    source = sheet.sheet
    if not isinstance(source, Source):
        return
    if source.origin.value == "derived" and not source.derived_from:
        yield sheet.problem(
            "broken-chain",
            'The origin is "derived" and nothing says from what. Name its parent in "derived_from:", or write "unknown" as the origin.',
            ("origin", "value"),
        )
    ancestors = ancestry_of(source.id, catalogue)
    ring = {id for id in ancestors if id != source.id and source.id in ancestry_of(id, catalogue)}
    itself = any(derivation.source == source.id for derivation in source.derived_from)
    if itself or (ring and source.id < min(ring)):
        others = " and ".join(titled(id, catalogue) for id in sorted(ring)) or "itself"
        yield sheet.problem(
            "broken-chain",
            f'This source comes, in the end, from itself, by way of {others}. Remove the "derived_from" that is wrong.'
            if ring
            else 'This source is said to come from itself. Remove that "derived_from".',
            ("derived_from",),
            key=True,
        )


def translators(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Translations that do not say by whom, and translators of what was not translated. Code: translator-unclear."""
    source = sheet.sheet
    if not isinstance(source, Source):
        return
    for position, derivation in enumerate(source.derived_from):
        parent = titled(derivation.source, catalogue)
        if derivation.kind == "translates" and derivation.by is None:
            yield sheet.problem(
                "translator-unclear",
                f'This source translates {parent} and does not say who translated. Add "by: human", "by: machine" or "by: unknown".',
                ("derived_from", position, "kind"),
            )
        elif derivation.kind != "translates" and derivation.by is not None:
            yield sheet.problem(
                "translator-unclear",
                f'"by" says who translated, and this source {derivation.kind} {parent}. Remove "by", or write "kind: translates".',
                ("derived_from", position, "by"),
            )


def of_statement(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Statements without one way from the first publication to the document read. Code: broken-chain."""
    statement = sheet.sheet
    if not isinstance(statement, Statement) or not _is_joined(statement, catalogue):
        return
    chain = statement_chain(statement, catalogue)
    if isinstance(chain, Chain):
        return
    first, read = (titled(id, catalogue) for id in (statement.first_in, statement.read_in.source))
    message = {
        ChainFault.GAP: f"Nothing leads from {read}, where it was read, back to {first}, where it was first published. "
        'Add "derived_from" to the sources between them, or correct "first_in".',
        ChainFault.FORK: f"Two ways lead from {first}, where it was first published, to {read}, where it was read. "
        'Keep the one that it took: limit the other "derived_from" with "for:", or remove it.',
        ChainFault.CYCLE: f"The way from {read}, where it was read, goes round in a circle before it reaches {first}. "
        'Remove the "derived_from" that is wrong.',
    }[chain]
    yield sheet.problem("broken-chain", message, ("first_in",))


def followed(statement: Statement, catalogue: Catalogue) -> Chain | None:
    """The chain of a statement; None where it is broken, which is said elsewhere."""
    chain = statement_chain(statement, catalogue) if _is_joined(statement, catalogue) else None
    return chain if isinstance(chain, Chain) else None


def _is_joined(statement: Statement, catalogue: Catalogue) -> bool:
    """Whether every source on the way exists; where one does not, the catalogue has said so."""
    ends = (statement.first_in, statement.read_in.source)
    if not all(catalogue.find(id, Source) for id in ends):
        return False
    return all(
        catalogue.find(parent.source, Source)
        for id in ancestry_of(statement.read_in.source, catalogue, statement.id)
        if (source := catalogue.find(id, Source))
        for parent in source.derived_from
        if not parent.for_ or statement.id in parent.for_
    )
