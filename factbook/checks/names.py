"""Names and the letters of words: a garbled form is never shown as the name, and no word mixes alphabets unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.characters import mixed_words, named, strangers
from factbook.checks.examined import Examined
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.sheet import NamedSheet, display_name
from factbook.model.term import Term
from factbook.problems import Place, Problem


def garbled(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sheets that would show a garbled form as the name. Code: garbled-display-name."""
    named = sheet.sheet
    if not isinstance(named, NamedSheet):
        return
    shown = display_name(named.names, "en")
    if shown.kind == "garbled":
        yield sheet.problem(
            "garbled-display-name",
            f'The page would be headed "{shown.text}", a garbled form. Add the name as it is, with "kind: official" or "kind: native".',
            ("names", named.names.index(shown), "kind"),
        )


def mixed(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Words in which letters of two alphabets stand side by side, as one Cyrillic letter in a Latin name.

    Forms that are garbled may mix them, since that is how they were seen. Codes: mixed-script-name, mixed-scripts.
    """
    loaded = sheet.loaded
    texts = [(loaded.written, loaded.first_line)]
    if isinstance(sheet.sheet, Briefing | PlainPage):
        texts.append((sheet.sheet.text, sheet.sheet.text_line))
    names = sheet.sheet.names if isinstance(sheet.sheet, NamedSheet | Term) else ()
    for text, first_line in texts:
        for at, word in mixed_words(text):
            kinds = {name.kind for name in names if word in name.text}
            if "garbled" in kinds:
                continue
            code = "mixed-script-name" if kinds else "mixed-scripts"
            line = text.count("\n", 0, at) + first_line
            place = Place(loaded.path, line, at - text.rfind("\n", 0, at))
            letters = " and ".join(map(named, strangers(word)[:3]))
            what = "The name" if kinds else "The word"
            message = f'{what} "{word}" mixes two alphabets: {letters}. Type it again in one.'
            yield Problem(code, place, message)
