"""Dates (from `model.spoken`), money, numbers and languages in words, as templates print them."""

from __future__ import annotations

from itertools import takewhile

from babel import Locale
from babel.numbers import get_currency_name

from factbook.chronology import Answer
from factbook.model.dates import PartialDate
from factbook.model.spoken import bound_in_words as bound_in_words
from factbook.model.spoken import date_in_words as date_in_words
from factbook.model.spoken import day_in_words as day_in_words
from factbook.model.spoken import over
from factbook.model.spoken import sentence as sentence
from factbook.model.spoken import stretch_in_words as stretch_in_words

ANSWERS = {
    Answer.NOT_YET: "Not yet in force on",
    Answer.IN_FORCE: "In force on",
    Answer.ENDED: "Ended before",
    Answer.LAST_SEEN: "Last seen in force",
    Answer.NOT_KNOWN: "Not known for",
}
_LOCALE = Locale("en")


def answer_in_words(answer: Answer) -> str:
    """The answer without its day, e.g. `Last seen in force on`."""
    return ANSWERS[answer]


def date_for_machines(when: PartialDate) -> str:
    """What HTML takes as the `datetime` of a `<time>`: a day, month or year, e.g. `2019-07` for `2019-07-12/2019-07-25`.

    HTML knows no stretches and no "about": of a stretch it gets what both ends share, else the end that is known first.
    """
    ends = [each.rstrip("~").split("-") for each in when.text.split("/") if each != ".."]
    shared = [
        first for first, _ in takewhile(lambda pair: pair[0] == pair[1], zip(ends[0], ends[-1], strict=False))
    ]
    return "-".join(shared or ends[0])


def money_in_words(amount: int, currency: str, period: str | None = None) -> str:
    """E.g. `10 million US dollars in any 12 months`, `60 US dollars a barrel`."""
    name = get_currency_name(currency, count=amount, locale=_LOCALE)
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if amount >= size and amount % (size // 10) == 0:
            whole = amount / size
            return f"{whole:g} {word} {name}{over(period)}"
    return f"{amount:,} {name}{over(period)}"


def language_in_words(tag: str) -> str:
    """E.g. `Arabic`; `Russian in Latin letters`."""
    language, *rest = tag.split("-")
    name = str(_LOCALE.languages.get(language, tag))
    script = next((part for part in rest if len(part) == 4), None)
    return f"{name} in {_LOCALE.scripts.get(script, script)} letters" if script else name


def country_in_words(code: str) -> str:
    """E.g. `Norway` for NO, where the publication has no sheet of the state, whose name goes before."""
    return str(_LOCALE.territories.get(code, code))


def script_direction(tag: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if tag.split("-")[0] in ("ar", "fa", "he", "ur") and "Latn" not in tag else "ltr"
