"""Briefings: a short answer is short, and a contested statement never stands without what contests it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, titled
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.statement import Statement
from factbook.problems import Place, Problem
from factbook.prose import scan, sections, sentences

MOST_WORDS = 60
"""Words that a short answer may have; citations do not count."""


def long_answer(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Short answers of more than 60 words. Code: long-answer."""
    briefing = sheet.sheet
    if not isinstance(briefing, Briefing):
        return
    said = " ".join(
        sentence.with_titles(lambda id: catalogue.title_of(id) if id in catalogue else id)
        for sentence in sentences(briefing.short_answer)
    )
    number = sum(any(sign.isalnum() for sign in word) for word in said.split())
    if number > MOST_WORDS:
        yield sheet.problem(
            "long-answer",
            f"The short answer has {number} words; at most {MOST_WORDS} are allowed. Keep what a reader must know first.",
            ("short_answer",),
        )


def missing_contradiction(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sections that link a contested statement and not what contests it. Code: missing-contradiction.

    A section is what stands under one heading, its subsections included; what stands before the first heading is one too.
    """
    page = sheet.sheet
    if not isinstance(page, Briefing | PlainPage):
        return
    linked = list(_linked(page.text, catalogue))
    headings = [
        (section.start_line, section.end_line, section.title, section.slug) for section in sections(page.text)
    ]
    first = headings[0][0] if headings else page.text.count("\n") + 1
    told: set[tuple[int, str, str]] = set()
    for line, id in linked:
        start, end, title, slug = next(
            (each for each in reversed(headings) if each[0] <= line < each[1]), (0, first, "", "")
        )
        here = {other for at, other in linked if start <= at < end}
        for other in sorted(contradicting(id, catalogue) - here):
            if (start, id, other) in told:
                continue
            told.add((start, id, other))
            where = f'The section "{title}"' if title else "The text before the first heading"
            yield Problem(
                "missing-contradiction",
                Place(sheet.loaded.path, page.text_line + line, 1, near=(id, 0)),
                f"{where} links {titled(id, catalogue)} and not {titled(other, catalogue)}; the two contradict each other. "
                "Link both in the same section.",
                slug,
            )


def contradicting(id: str, catalogue: Catalogue) -> set[str]:
    """The statements that contradict a statement, whichever of the two says so."""
    statement = catalogue[id]
    if not isinstance(statement, Statement):
        return set()
    theirs = {
        link.origin
        for link in catalogue.links_to(id, "related_statement")
        if isinstance(other := catalogue[link.origin], Statement)
        and any(relation.statement == id and relation.kind == "contradicts" for relation in other.relations)
    }
    ours = {relation.statement for relation in statement.relations if relation.kind == "contradicts"}
    return {other for other in theirs | ours if other in catalogue and other != id}


def _linked(text: str, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """Line and id of each statement that a text links, in prose or by a block of statements."""
    prose = scan(text)
    found = [(link.place[0], link.target) for link in prose.links]
    for block in prose.blocks:
        ids = block.option("ids") if block.name == "statements" else None
        found += [(block.place[0], id.strip()) for id in (ids or "").split(",")]
    yield from sorted(
        (line, id) for line, id in found if id in catalogue and isinstance(catalogue[id], Statement)
    )
