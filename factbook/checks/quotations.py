"""Quotations: words given as a source's own are found in the capture of that source, where there is one.

White space, the shape of quotation marks and dashes, and an ellipsis where something was left out do not count as differences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from factbook import likeness
from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, capital, shortened, titled
from factbook.model.statement import Statement
from factbook.model.walking import Path
from factbook.problems import Problem

_MARKS = {
    ord(sign): plain
    for signs, plain in (("“”„‟«»‹›″", '"'), ("‘’‚‛′`´", "'"), ("‐‑‒–—―−", "-"))
    for sign in signs
}
_LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")


def not_found(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Words that the capture of their source does not hold. Code: words-not-found."""
    for found in sheet.facts.values():
        for position, citation in enumerate(found.fact.cite if found.fact else ()):
            if citation.words:
                captured = [
                    id for id in (citation.source, citation.through) if id and id in catalogue.captures
                ]
                yield from _fault(
                    sheet,
                    catalogue,
                    citation.words,
                    captured,
                    (*found.path, "cite", position, "words"),
                    found.anchor,
                    f"{capital(sheet.name(found))} quotes",
                )
    statement = sheet.sheet
    if isinstance(statement, Statement):
        for position, words in enumerate(statement.words):
            source = words.source or statement.read_in.source
            captured = [source] if source in catalogue.captures else []
            path: Path = ("words", position, "text")
            anchor = f"words.{words.lang}-{words.of}"
            yield from _fault(sheet, catalogue, words.text, captured, path, anchor, "The statement quotes")
        for position, citation in enumerate(statement.cite):
            if citation.words:
                captured = [
                    id for id in (citation.source, citation.through) if id and id in catalogue.captures
                ]
                path = ("cite", position, "words")
                yield from _fault(
                    sheet, catalogue, citation.words, captured, path, "statement", "The statement quotes"
                )


def holds(capture: str, words: str) -> bool:
    """Whether a capture holds the words; where they leave something out, each part in order."""
    text, at = plain(capture), 0
    for part in _parts(words):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The text with single blanks and one shape of quotation marks and dashes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


def _parts(words: str) -> list[str]:
    return [part for part in _LEFT_OUT.split(plain(words)) if part]


def _fault(
    sheet: Examined,
    catalogue: Catalogue,
    words: str,
    captured: list[str],
    path: Path,
    anchor: str,
    who: str,
) -> Iterator[Problem]:
    if not captured or any(holds(catalogue.captures[id], words) for id in captured):
        return
    id = captured[0]
    yield sheet.problem(
        "words-not-found",
        f'{who} words that are not in the capture of {titled(id, catalogue)}: "{shortened(words)}". '
        f'The nearest passage there is: "{_nearest(catalogue.captures[id], words)}". '
        f"Quote it as it stands, or add the passage to {catalogue.content}/captures/{id}.txt.",
        path,
        anchor,
    )


def _nearest(capture: str, words: str) -> str:
    """The passage of a capture most like some words, cut at whole words."""
    text = plain(capture)
    near = likeness.passage(plain(words), text)
    if near is None or not text:
        return ""
    start = text.rfind(" ", 0, near[0] + 1) + 1
    end = text.find(" ", max(near[1] - 1, 0))
    return shortened(text[start : end if end >= 0 else len(text)].strip("\"' .,;:"), 160)
