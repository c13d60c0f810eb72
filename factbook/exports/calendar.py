"""One calendar of dates to come (RFC 5545): sheets to review, rules and designations that run out, predictions to judge.

Reviews of one day are one event. A date known to a month or a year stands on its last day and says so. What is due is told by
`factbook.editing.due` as well, for editors; here it is for whoever follows along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from factbook.catalogue import Catalogue
from factbook.exports.lasting import lasting_name
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.measure import Measure
from factbook.model.spoken import date_in_words
from factbook.model.statement import Statement
from factbook.pages.addresses import address_of
from factbook.rendering.edition import Site

NAMED = 40
"""Sheets of one day that an event names."""
LONGEST = 75
"""Octets of a line, its break not counted."""


@frozen
class Coming:
    """One date to come."""

    day: date
    what: str
    """`review`, `expiry` or `prediction`."""
    title: str
    text: str
    address: str
    key: str
    """What tells it from all other dates, for ever."""
    written: date
    """The day on which it was entered: when its sheet was last verified."""


def dates_to_come(catalogue: Catalogue, as_of: date) -> list[Coming]:
    """Every date from the day of the build on, the first first."""
    ids = (*catalogue.ids(Measure), *catalogue.ids(Statement))
    found = [*_reviews(catalogue), *chain.from_iterable(catalogue.gathered("coming", ids, _of))]
    return sorted(
        (each for each in found if each.day >= as_of), key=lambda each: (each.day, each.what, each.key)
    )


def calendar(catalogue: Catalogue, site: Site, as_of: date) -> bytes:
    """The calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//factbook//dates to come//EN",
        f"NAME:{_text(site.name)}",
        f"X-WR-CALNAME:{_text(site.name)}",
    ]
    for each in dates_to_come(catalogue, as_of):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{lasting_name(site.name, each.key)}",
            f"DTSTAMP:{each.written:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(1):%Y%m%d}",
            f"SUMMARY:{_text(each.title)}",
            *([f"DESCRIPTION:{_text(each.text)}"] if each.text else []),
            f"CATEGORIES:{each.what}",
            *([f"URL:{site.url}{each.address}"] if site.url else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """A line with its break, folded so that no part is longer than 75 octets and no letter is torn."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def _text(text: str) -> str:
    """A text as the value of a property; control characters other than a tab become blanks (RFC 5545, 3.3.11)."""
    text = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = "".join(
        letter if (letter >= " " and letter != "\x7f") or letter in "\n\t" else " " for letter in text
    )
    return text.replace("\n", "\\n")


def _reviews(catalogue: Catalogue) -> Iterator[Coming]:
    """The reviews of a day as one date."""
    days: dict[date, list[str]] = defaultdict(list)
    for id in catalogue.ids():
        days[catalogue[id].review_by.latest].append(id)
    for day, ids in days.items():
        ids.sort()
        title = (
            f"Review due: {catalogue.title_of(ids[0])}" if len(ids) == 1 else f"Review due: {len(ids)} sheets"
        )
        more = [f"and {len(ids) - NAMED} more"] if len(ids) > NAMED else []
        text = "\n".join([*(catalogue.title_of(id) for id in ids[:NAMED]), *more]) if len(ids) > 1 else ""
        written = max(catalogue[id].verified.latest for id in ids)
        yield Coming(day, "review", title, text, "review/", f"review {day}", written)


def _of(catalogue: Catalogue, id: str) -> tuple[Coming, ...]:
    """The dates to come of a sheet but that of its review."""
    return tuple(_coming(catalogue[id], address_of(catalogue.collection_of(id), id)))


def _coming(sheet: object, address: str) -> Iterator[Coming]:
    if isinstance(sheet, Measure):
        written = sheet.verified.latest
        for provision in sheet.provisions:
            title = f"Runs out: {provision.title} ({sheet.short_text})"
            yield from _expiry(
                getattr(provision.ends, "date", None),
                title,
                address,
                f"{sheet.id} provisions.{provision.id}",
                written,
            )
        for designation in sheet.designations:
            title = f"Runs out: designation {designation.id} ({sheet.short_text})"
            until = designation.until.date
            yield from _expiry(until, title, address, f"{sheet.id} designations.{designation.id}", written)
    if isinstance(sheet, Statement) and sheet.prediction and sheet.prediction.settles_by:
        outcome = sheet.prediction.outcome
        if outcome is None or outcome.value == "open":
            by = sheet.prediction.settles_by
            yield Coming(
                by.latest,
                "prediction",
                f"Prediction to be judged: {sheet.gist}",
                _vague(by),
                address,
                f"{sheet.id} prediction",
                sheet.verified.latest,
            )


def _expiry(
    when: PartialDate | None, title: str, address: str, anchor: str, written: date
) -> Iterable[Coming]:
    if when is not None and when.end is not None:
        key = anchor.replace(" ", " expiry ", 1)
        text = " ".join(filter(None, ("The first day on which it no longer holds.", _vague(when))))
        yield Coming(when.latest, "expiry", title, text, address, key, written)


def _vague(when: PartialDate) -> str:
    return "" if when.is_day else f"Known as: {date_in_words(when)}."
