"""Dates, money, numbers and languages in words, as templates print them."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.numbers import get_currency_name

from factbook.chronology import Answer
from factbook.model.dates import Bound, PartialDate, Point

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ANSWERS = {
    Answer.NOT_YET: "Not yet in force on",
    Answer.IN_FORCE: "In force on",
    Answer.ENDED: "Ended; not in force on",
    Answer.LAST_SEEN: "Last seen in force on",
    Answer.NOT_KNOWN: "Not known for",
}
_LOCALE = Locale("en")


def day_in_words(day: date) -> str:
    """E.g. `14 December 2020`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(when: PartialDate) -> str:
    """A date as exactly as it is known: `14 December 2020`, `about August 2017`, `12 to 25 July 2019`, `from 2020`."""
    start, end = when.start, when.end
    if not when.is_stretch and start:
        return _point(start)
    if start is None and end is not None:
        return f"until {_point(end)}"
    if end is None and start is not None:
        return f"from {_point(start)}"
    if start is None or end is None:
        return when.text
    first, last = _point(start), _point(end)
    if start.precision == end.precision == "day" and not start.about and not end.about:
        if (start.earliest.year, start.earliest.month) == (end.earliest.year, end.earliest.month):
            return f"{start.earliest.day} to {last}"
        if start.earliest.year == end.earliest.year:
            return f"{start.earliest.day} {MONTHS[start.earliest.month - 1]} to {last}"
    return f"{first} to {last}"


def _point(point: Point) -> str:
    day = point.earliest
    if point.precision == "day":
        words = day_in_words(day)
    elif point.precision == "month":
        words = f"{MONTHS[day.month - 1]} {day.year}"
    else:
        words = str(day.year)
    return f"about {words}" if point.about else words


def bound_in_words(bound: Bound) -> str:
    """A start or an end: a date, `not known`, `none set`."""
    if bound.date:
        return date_in_words(bound.date)
    return "no end set" if bound.is_none_set else "not known"


def answer_in_words(answer: Answer) -> str:
    """The answer without its day, e.g. `Last seen in force on`."""
    return ANSWERS[answer]


def money_in_words(amount: int, currency: str) -> str:
    """E.g. `10 million US dollars`, `60 US dollars`."""
    name = get_currency_name(currency, count=amount, locale=_LOCALE)
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if amount >= size and amount % (size // 10) == 0:
            whole = amount / size
            return f"{whole:g} {word} {name}"
    return f"{amount:,} {name}"


def language_in_words(tag: str) -> str:
    """E.g. `Arabic`; `Russian in Latin letters`."""
    language, *rest = tag.split("-")
    name = str(_LOCALE.languages.get(language, tag))
    script = next((part for part in rest if len(part) == 4), None)
    return f"{name} in {_LOCALE.scripts.get(script, script)} letters" if script else name


def country_in_words(code: str) -> str:
    """E.g. `Turkey` for TR, as the publication writes it."""
    return {"TR": "Turkey"}.get(code, str(_LOCALE.territories.get(code, code)))


def script_direction(tag: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if tag.split("-")[0] in ("ar", "fa", "he", "ur") and "Latn" not in tag else "ltr"
