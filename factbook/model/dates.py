"""Dates as exactly as they are known: EDTF level 0 and 1 in the forms that sheets use.

`2020-12-14`, `2020-12`, `2020`, each with `~` for "about"; `2019-07-12/2019-07-25` for a stretch, `..` for an open end. A date
is a range of days: everything else about time is worked out in `factbook.chronology`. Source: Library of Congress, EDTF
specification (ISO 8601-2:2019).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    GetCoreSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError, core_schema

from factbook.frozen import frozen

Precision = Literal["day", "month", "year"]

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_HOW = "Write year-month-day, as 2026-12-31; a month (2026-12) or a year (2026) will do when the day is not known."
_FULL_DAY = "A full day belongs here, as 2026-12-31."


@frozen
class Point:
    """One calendar date as known: a day, a month or a year, perhaps about."""

    earliest: date
    """First day it can be, `~` not counted."""
    latest: date
    """Last day it can be, `~` not counted."""
    precision: Precision
    about: bool

    @property
    def earliest_possible(self) -> date:
        """First day it can be; `~` widens by one unit of its own precision."""
        return _shifted(self.earliest, self.precision, -1) if self.about else self.earliest

    @property
    def latest_possible(self) -> date:
        """Last day it can be; `~` widens by one unit of its own precision."""
        return (
            _shifted(self.latest + timedelta(days=1), self.precision, 1) - timedelta(days=1)
            if self.about
            else self.latest
        )


_FORM = r"\d{4}(-\d{2}(-\d{2})?)?~?"
"""A point as schemas have it."""


class _Written:
    """A value that a sheet has as one text, and that is written as that text again."""

    __slots__ = ()
    PATTERN: ClassVar[str]
    """The form of the text, for schemas."""
    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def _validated(cls, value: Any) -> Any:
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validated,
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": cls.PATTERN}


@frozen
class PartialDate(_Written):
    """A date or a stretch of dates as written in a sheet, e.g. `2017-08~` or `2019-07-12/2019-07-25`."""

    PATTERN = rf"^({_FORM}|({_FORM}|\.\.)/({_FORM}|\.\.))$"
    text: str
    start: Point | None
    """None for a stretch whose start is open (`../2020`)."""
    end: Point | None
    """Equal to start for a single date; None for a stretch whose end is open (`2020/..`)."""

    @property
    def is_stretch(self) -> bool:
        return "/" in self.text

    @property
    def is_day(self) -> bool:
        """True when one calendar day is meant and known."""
        return (
            not self.is_stretch
            and self.start is not None
            and self.start.precision == "day"
            and not self.start.about
        )

    @property
    def earliest(self) -> date:
        """First day it can be."""
        return self.start.earliest_possible if self.start else date.min

    @property
    def latest(self) -> date:
        """Last day it can be."""
        return self.end.latest_possible if self.end else date.max

    @classmethod
    def _validated(cls, value: Any) -> PartialDate:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("bad-date", "{cure}", {"cure": _HOW})
        return parse_date(value)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """Reads a date as sheets write it; raises PydanticCustomError `bad-date` with the cure."""
    if "/" in text and not re.fullmatch(r"[0-9]+/[0-9]+/[0-9]+", text):
        first, _, second = text.partition("/")
        start = None if first == ".." else _point(first)
        end = None if second == ".." else _point(second)
        if start is None and end is None:
            raise PydanticCustomError(
                "bad-date", "{cure}", {"cure": "A stretch of dates needs at least one known end."}
            )
        if start and end and end.latest < start.earliest:
            raise PydanticCustomError(
                "dates-out-of-order", "{cure}", {"cure": "The end of the stretch lies before its start."}
            )
        return PartialDate(text, start, end)
    point = _point(text)
    return PartialDate(text, point, point)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise PydanticCustomError("bad-date", "{cure}", {"cure": _HOW + _meant(text)})
    year, month, day, about = match.groups()
    try:
        if day:
            exact = date(int(year), int(month), int(day))
            return Point(exact, exact, "day", bool(about))
        if month:
            first = date(int(year), int(month), 1)
            return Point(
                first,
                first.replace(day=calendar.monthrange(first.year, first.month)[1]),
                "month",
                bool(about),
            )
        return Point(date(int(year), 1, 1), date(int(year), 12, 31), "year", bool(about))
    except ValueError:
        swapped = (
            f" Are day and month swapped: {year}-{day}-{month}?"
            if day and int(month) > 12 and int(day) <= 12
            else ""
        )
        raise PydanticCustomError(
            "bad-date", "{cure}", {"cure": f"There is no such {'day' if day else 'month'}.{swapped} {_HOW}"}
        ) from None


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SIGNS = str.maketrans("‐‑‒–—−“”„‘’«»\u00a0", "------" + "'" * 7 + " ")
"""Signs that a word processor or a web page puts in place of those that a date is written with."""
_LONGEST = 60
"""Characters; what is longer is no date in another form."""
_BETWEEN = re.compile(r" (?:to|until|till|-) ")
_ABOUT = re.compile(r"(?:ca?\.?|circa|about|around|approx\.?|~) ?(.+)", re.IGNORECASE)
_VAGUE = re.compile(r" Did you mean (?![0-9]{4}-[0-9]{2}-[0-9]{2}(?: or [0-9-]+)?\?)[^?]*\?")
"""A guess that is no full day."""
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NUMBERS = re.compile(r"([0-9]{1,4})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{1,4})")
_WORDS = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th|\.)? )?([A-Za-z]+)\.?(?: ([0-9]{1,2})(?:st|nd|rd|th)?,)? ([0-9]{4})"
)


def _meant(text: str) -> str:
    """` Did you mean …?` for a date in another form; both readings where it has two; empty where it cannot be told."""
    found: list[str] = []
    if len(text) > _LONGEST:
        return ""
    text = text.translate(_SIGNS).strip("\"' ")
    if len(ends := _BETWEEN.split(text)) == 2:
        first, last = map(_simple, ends)
        return f" Did you mean {first}/{last}?" if first and last else ""
    if (about := _ABOUT.fullmatch(text)) and (day := _simple(about[1])):
        return f" Did you mean {day}~?"
    if re.fullmatch(_DAY, text):
        return f" Did you mean {text}?" if _written(*text.split("-")) else ""
    if match := re.fullmatch(r"([0-9]{4})[-./ ]([0-9])", text.strip()):
        return f" Did you mean {match[1]}-0{match[2]}?"
    if match := _NUMBERS.fullmatch(text.strip()):
        first, second, third = match.groups()
        if len(first) == 4:
            found = [_written(first, second, third)]
        elif len(third) == 4:
            found = [_written(third, second, first), _written(third, first, second)]
    elif match := _WORDS.fullmatch(text.strip()):
        day, name, other, year = match.groups()
        number = next(
            (n for month, n in _MONTHS.items() if month.startswith(name.lower()) and len(name) > 2), 0
        )
        if number:
            found = [_written(year, str(number), day or other)] if day or other else [f"{year}-{number:02}"]
    found = sorted({one for one in found if one})
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _simple(text: str) -> str:
    """One date as it is written here, of one that is written so or in another form; empty where it cannot be told."""
    if _POINT.fullmatch(text):
        return text
    meant = re.fullmatch(r" Did you mean ([0-9-]+)\?", _meant(text))
    return meant[1] if meant else ""


def _written(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _shifted(day: date, precision: Precision, units: int) -> date:
    """The day moved by days, months or years, kept within the calendar."""
    if precision == "day":
        return day + timedelta(days=units)
    months = day.year * 12 + day.month - 1 + units * (12 if precision == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@frozen
class Bound(_Written):
    """A start or an end: a date, or the plain word that stands for why there is none."""

    PATTERN = rf"^(unknown|none-set|{_FORM})$"
    text: str
    date: PartialDate | None
    """None when the text is `unknown` or `none-set`; the two are different answers."""

    @property
    def is_unknown(self) -> bool:
        return self.text == "unknown"

    @property
    def is_none_set(self) -> bool:
        return self.text == "none-set"

    @classmethod
    def _validated(cls, value: Any) -> Bound:
        if isinstance(value, cls):
            return value
        if value in ("unknown", "none-set"):
            return cls(value, None)
        try:
            found = PartialDate._validated(value)
        except PydanticCustomError as error:
            if any(sign.isdigit() for sign in str(value)):
                raise
            raise _with_words(error) from None
        if found.is_stretch:
            raise PydanticCustomError(
                "bad-date", "{cure}", {"cure": "One date belongs here, not a stretch of dates."}
            )
        return cls(found.text, found)


def _with_words(error: PydanticCustomError) -> PydanticCustomError:
    """The same fault, with the words that may stand for a bound where no date is known."""
    cure = str((error.context or {}).get("cure", ""))
    words = 'Where it is not known, write "unknown"; an end that nobody fixed is "none-set".'
    return PydanticCustomError(error.type, "{cure}", {"cure": f"{cure} {words}"})


def _start(bound: Bound) -> Bound:
    if bound.is_none_set:
        raise PydanticCustomError(
            "bad-date", "{cure}", {"cure": 'A start is a date or "unknown"; "none-set" is said of ends.'}
        )
    return bound


Start = Annotated[Bound, AfterValidator(_start)]
"""First day it holds: a date or `unknown`."""
End = Bound
"""First day it no longer holds: a date, `none-set` (no end was fixed) or `unknown` (there may be one)."""


def _day(value: Any, read: ValidatorFunctionWrapHandler) -> PartialDate:
    try:
        found: PartialDate = read(value)
    except ValidationError as error:
        fault = error.errors()[0]
        cure = _VAGUE.sub("", str(fault["ctx"]["cure"]).replace(_HOW, _FULL_DAY))
        raise PydanticCustomError(fault["type"], "{cure}", {"cure": cure}) from None
    if not found.is_day:
        raise PydanticCustomError("bad-date", "{cure}", {"cure": _FULL_DAY})
    return found


def _point_date(found: PartialDate) -> PartialDate:
    if found.is_stretch:
        raise PydanticCustomError(
            "bad-date", "{cure}", {"cure": "One date belongs here, not a stretch of dates."}
        )
    return found


Day = Annotated[PartialDate, WrapValidator(_day)]
"""One calendar day, known exactly."""
Date = Annotated[PartialDate, AfterValidator(_point_date)]
"""One date, as exactly as it is known."""
