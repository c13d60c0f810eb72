"""Citations: every fact has its own, from sources that can carry it, and says where they are weak.

A fact inside another needs its own citation: a provision's source does not vouch for each thing that the provision forbids.
Two do not: the section under which a provision is taken (`COVERED`), and a verdict "open", which says that nothing happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, capital, in_short, listed, resolved
from factbook.model.briefing import Briefing
from factbook.model.measure import Provision
from factbook.model.records import Basis, Fact, Record
from factbook.model.source import Source
from factbook.model.statement import Outcome
from factbook.model.walking import Found
from factbook.problems import Problem
from factbook.provenance import independence, is_primary

COVERED: tuple[tuple[type[Fact], type[Record]], ...] = ((Basis, Provision),)
"""Facts that the citation of what is around them covers: the section that a provision names is part of its text."""


def needs_citation(found: Found) -> bool:
    """Whether a fact must carry a citation of its own."""
    if isinstance(found.fact, Outcome):
        return found.fact.value != "open"
    return not any(
        isinstance(found.fact, inner) and isinstance(found.owner, outer) for inner, outer in COVERED
    )


def uncited(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Facts without a citation. Code: uncited-fact."""
    for found in sheet.facts.values():
        if found.fact and not found.fact.cite and needs_citation(found):
            said = in_short(found.fact)
            yield sheet.problem(
                "uncited-fact",
                f"{capital(sheet.name(found))} has no citation{f': {said}' if said else ''}{'' if said.endswith(('.', '…')) else '.'} "
                'Add "cite:" with the id of a source.',
                found.path,
                found.anchor,
                key=True,
            )


def aggregator_alone(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Facts for which we read nothing but aggregators. Code: aggregator-alone."""
    for found in sheet.facts.values():
        if found.fact is None or not found.fact.cite:
            continue
        read = {citation.through or citation.source for citation in found.fact.cite}
        if all((source := catalogue.find(id, Source)) and source.kind == "aggregator" for id in read):
            names = " and ".join(f'"{id}" ({catalogue.title_of(id)})' for id in sorted(read))
            verb = (
                "republishes others’ text and reports"
                if len(read) == 1
                else "republish others’ text and report"
            )
            yield sheet.problem(
                "aggregator-alone",
                f"{capital(sheet.name(found))} rests on {names} alone, which {verb} nothing. "
                "Cite the source that the text comes from, make it a statement of whoever said it, or leave it out.",
                (*found.path, "cite"),
                found.anchor,
                key=True,
            )


def for_the_entry(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """How many facts of the sheet rest only on sources cited for the entry as a whole. Code: support-entry, once a sheet."""
    weak = [
        found.anchor
        for found in sheet.facts.values()
        if found.fact and found.fact.cite and all(citation.support == "entry" for citation in found.fact.cite)
    ]
    if weak:
        yield sheet.problem(
            "support-entry",
            f"{_of(len(weak), sheet)} cited for the entry as a whole, not for the fact itself: {listed(weak)}. "
            'Where a source is found to say it, remove "support: entry".',
        )


def place_of_nothing(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Places in a source that are a number and do not say of what. Code: bare-place."""
    for found in sheet.facts.values():
        for position, citation in enumerate(found.fact.cite if found.fact else ()):
            if citation.at and _BARE.fullmatch(citation.at):
                yield sheet.problem(
                    "bare-place",
                    f'The place in "{citation.source}" is "{citation.at}". Say what is counted: page {citation.at}, article {citation.at}, '
                    f"paragraph {citation.at}.",
                    (*found.path, "cite", position, "at"),
                    found.anchor,
                )


_BARE = re.compile(r"[0-9]+(?: ?[-–,] ?[0-9]+)*")
"""A number or several, and no word."""


def weakly_supported(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """How many facts rest on neither a primary source nor two independent ones. Code: weak-support, once a sheet."""
    weak = [
        found.anchor
        for found in sheet.facts.values()
        if found.fact and found.fact.cite and is_weak(found.fact, catalogue)
    ]
    if weak:
        verb = "rests" if len(weak) == 1 else "rest"
        yield sheet.problem(
            "weak-support",
            f"{_count(len(weak), sheet)} {verb} on neither a primary source nor two independent ones: {listed(weak)}. "
            "The page says so beside each; a further source would mend it.",
        )


def is_weak(fact: Fact, catalogue: Catalogue) -> bool:
    """Whether a cited fact rests on neither a primary source that was read nor two sources known to be independent."""
    cited = resolved(fact.cite, catalogue)
    if len(cited) < len(fact.cite):
        return False  # a reference that leads nowhere is said first
    return (
        not any(is_primary(citation, catalogue) for citation in cited)
        and independence(cited, catalogue).count < 2
    )


def without_doubt(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """What is of low confidence and does not say why. Code: low-confidence."""
    whole = sheet.sheet
    explained = whole.doubt or whole.note or (isinstance(whole, Briefing) and whole.confidence_note)
    if whole.confidence == "low" and not explained:
        field = "confidence_note" if isinstance(whole, Briefing) else "doubt"
        yield sheet.problem(
            "low-confidence",
            f'The sheet is of low confidence and does not say what is doubtful. Say it in "{field}:".',
            ("confidence",),
        )
    for found in sheet.facts.values():
        if found.fact and found.fact.confidence == "low" and not found.fact.note:
            yield sheet.problem(
                "low-confidence",
                f"{capital(sheet.name(found))} is of low confidence and does not say what is doubtful. "
                'Say it in "note:" beside it, or leave the fact out.',
                (*found.path, "confidence"),
                found.anchor,
            )
    if isinstance(whole, Source):
        for position, derivation in enumerate(whole.derived_from):
            if derivation.confidence == "low" and not derivation.basis:
                yield sheet.problem(
                    "low-confidence",
                    f'That this source comes from "{derivation.source}" is of low confidence and does not say why it is held. Say it in "basis:".',
                    ("derived_from", position, "confidence"),
                    f"derived-from.{derivation.source}",
                )


def _count(number: int, sheet: Examined) -> str:
    return f"{number} of {len(sheet.facts)} facts" if len(sheet.facts) > 1 else "The one fact of this sheet"


def _of(number: int, sheet: Examined) -> str:
    return f"{_count(number, sheet)} {'is' if number == 1 else 'are'}"
