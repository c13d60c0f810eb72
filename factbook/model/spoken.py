"""Dates in words, in English: in full for prose, short for charts. Putting them into HTML is left to templates."""

from __future__ import annotations

from datetime import date

from factbook.model.dates import Bound, PartialDate, Point

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """E.g. `14 December 2020`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """E.g. `14 Dec 2020`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


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


def short_date(when: PartialDate) -> str:
    """A single date for a chart, as exactly as it is known: `14 Dec 2020`, `Aug 2017`, `about 2017`."""
    if when.is_stretch or when.start is None:
        return date_in_words(when)
    point = when.start
    words = {
        "day": short_day(point.earliest),
        "month": f"{MONTHS[point.earliest.month - 1][:3]} {point.earliest.year}",
        "year": str(point.earliest.year),
    }[point.precision]
    return f"about {words}" if point.about else words


def bound_in_words(bound: Bound) -> str:
    """A start or an end: a date, `not known`, `none set`."""
    if bound.date:
        return date_in_words(bound.date)
    return "no end set" if bound.is_none_set else "not known"


def stretch_in_words(starts: Bound | None, until: Bound | None) -> str:
    """From when to when: `July 2018 to June 2023`, `from 2006`, `until 2015`, `dates not known`."""
    first = date_in_words(starts.date) if starts and starts.date else ""
    last = date_in_words(until.date) if until and until.date else ""
    if first and last:
        return f"{first} to {last}"
    if first:
        return f"from {first}, end not known" if until and until.is_unknown else f"from {first}"
    if last:
        return f"until {last}"
    return "dates not known" if starts and until else "start not known" if starts else ""


def over(period: str | None) -> str:
    """What an amount is counted over, behind the amount: ` in any 12 months`, ` a barrel`; nothing where it is over nothing."""
    if not period:
        return ""
    return f" {period}" if period.startswith(("a ", "an ", "per ")) else f" in {period}"


def number_in_words(number: int) -> str:
    """A count in a sentence: `two`, `twelve`, `13`."""
    words = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return words[number] if number < len(words) else str(number)


def _point(point: Point) -> str:
    day = point.earliest
    if point.precision == "day":
        words = day_in_words(day)
    elif point.precision == "month":
        words = f"{MONTHS[day.month - 1]} {day.year}"
    else:
        words = str(day.year)
    return f"about {words}" if point.about else words


def sentence(text: str) -> str:
    """Words as they begin a sentence; the letters of names inside stay as they are."""
    return text[:1].upper() + text[1:]
