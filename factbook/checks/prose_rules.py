"""Prose: a sentence in our own voice that asserts something checkable carries its citation.

Each sentence stands for itself. Covered without one: the text of a fact that has its own `cite:`; what a source's sheet says
of that source; a briefing's short answer, which rests on `rests_on`, and what would change it, which has not happened.
Headings and block quotations are not sentences in our own voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.citations import needs_citation
from factbook.checks.examined import Examined, shortened
from factbook.model.briefing import Briefing, PlainPage, WouldChange
from factbook.model.source import Source
from factbook.model.walking import Found
from factbook.problems import Place, Problem
from factbook.prose import Sentence, asserts, sections, sentences

_CURE = "Add [@source] at its end, or say it without the figure, the date or the claim."


def uncited_sentences(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sentences that assert and do not cite. Code: uncited-sentence."""
    page = sheet.sheet
    if isinstance(page, Source):
        return
    phrases = tuple(phrase.text for phrase in catalogue.phrases.get("assertions", ()))
    for found in sheet.prose:
        if _is_covered(sheet, found):
            continue
        for sentence in _bare(found.value, phrases):
            place = replace(sheet.loaded.place(found.path), near=_beginning(sentence))
            yield Problem("uncited-sentence", place, _message(sentence, catalogue), found.anchor)
    if isinstance(page, Briefing | PlainPage):
        starts = [(section.start_line, section.slug) for section in sections(page.text)]
        for sentence in _bare(page.text, phrases):
            anchor = next((slug for start, slug in reversed(starts) if start <= sentence.line), "")
            place = Place(sheet.loaded.path, page.text_line + sentence.line, 1, near=_beginning(sentence))
            yield Problem("uncited-sentence", place, _message(sentence, catalogue), anchor)


def _bare(text: str, phrases: tuple[str, ...]) -> Iterator[Sentence]:
    for sentence in sentences(text):
        if (
            sentence.kind != "heading"
            and not sentence.quoted
            and not sentence.cited
            and not _cites_wrongly(sentence)
            and asserts(sentence, phrases)
        ):
            yield sentence


def _cites_wrongly(sentence: Sentence) -> bool:
    """Whether it holds a citation that cannot be read, of which has been said what is wrong."""
    return any(isinstance(part, str) and "[@" in part for part in sentence.parts)


def _beginning(sentence: Sentence) -> tuple[str, int] | None:
    """The words by which the sentence is found in its file."""
    first = sentence.parts[0] if sentence.parts else ""
    words = " ".join(first.split()[:5]) if isinstance(first, str) else f"[[{first.target}"
    return (words, 0) if words else None


def _message(sentence: Sentence, catalogue: Catalogue) -> str:
    said = sentence.with_titles(lambda id: catalogue.title_of(id) if id in catalogue else id)
    return f'This sentence asserts something and cites nothing: "{shortened(said)}" {_CURE}'


def _is_covered(sheet: Examined, found: Found) -> bool:
    if isinstance(found.owner, WouldChange) or (
        isinstance(found.owner, Briefing) and found.path == ("short_answer",)
    ):
        return True
    if found.fact is None:
        return False
    if found.fact.cite:
        return True
    around = next(fact for fact in sheet.facts.values() if fact.fact is found.fact)
    return needs_citation(around)  # that it has none is said of the fact itself
