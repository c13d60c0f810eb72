"""Time read a second and plainer way: from the YAML of a publication as text, each answer worked out by itself.

What the engine answers and what pages show is compared with this. Nothing here comes from the engine.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]


def sheets_in(collection: str) -> dict[str, dict[str, Any]]:
    """Every sheet of a collection by its id, all scalars as text."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        for path in sorted((ROOT / "content" / collection).glob("*.yml"))
    }


def span(text: str) -> tuple[date, date] | None:
    """First and last day that a date can mean; None for the words that stand for none."""
    if text in ("unknown", "none-set"):
        return None
    about, parts = text.endswith("~"), [int(part) for part in text.rstrip("~").split("-")]
    if len(parts) == 3:
        day, one = date(*parts), timedelta(days=about)
        return day - one, day + one
    if len(parts) == 2:
        months = parts[0] * 12 + parts[1] - 1
        (y1, m1), (y2, m2) = divmod(months - about, 12), divmod(months + about, 12)
        return date(y1, m1 + 1, 1), date(y2, m2 + 1, calendar.monthrange(y2, m2 + 1)[1])
    return date(parts[0] - about, 1, 1), date(parts[0] + about, 12, 31)


def seen_days(owner: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(o["day"]) for o in owner.get("observed", ()) if "rank" not in o]


def held(starts: str, ends: str, seen: list[date], day: date) -> str:
    """The answer for something that holds from one bound to another."""
    start, end = span(starts), span(ends)
    if end and (day > end[1] or day == end[0] == end[1]):
        return "ended"
    if start and day < start[0]:
        return "not-yet"
    if (start and start[0] != start[1] and day <= start[1]) or (end and day >= end[0]):
        return "not-known"
    if start and end:
        return "in-force"
    days = sorted(d for d in seen if not start or d >= start[0])
    if start and start[0] == start[1]:
        days = [start[0], *days]
    if not days or (not start and day < days[0]):
        return "not-known"
    if day <= days[-1]:
        return "in-force"
    return "not-known" if ends == "unknown" else f"last seen {days[-1]}"


def state_of_play(sheet: dict[str, Any], day: date) -> str:
    """The answer of a measure's statuses: each holds until the next begins."""
    statuses = [status for status in sheet["status"] if "rank" not in status]
    for number, status in reversed(list(enumerate(statuses))):
        start = span(status["from"])
        if start and day < start[0]:
            continue
        if start and start[0] != start[1] and day <= start[1]:
            return "not-known"
        if status["value"] != "in-force":
            return {"ended": "ended", "unknown": "not-known"}[status["value"]]
        following = statuses[number + 1]["from"] if number + 1 < len(statuses) else "none-set"
        return held(status["from"], following, measure_seen(sheet), day)
    return "not-yet"


def measure_seen(sheet: dict[str, Any]) -> list[date]:
    return [day for status in sheet["status"] if status["value"] == "in-force" for day in seen_days(status)]


def dates_in(value: Any, key: str = "") -> Iterator[str]:
    """Every date in a measure that says when something holds."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from dates_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from dates_in(inner, key)
    elif key in ("from", "until", "starts", "ends", "day") and value[:1].isdigit():
        yield value


def days_of(sheets: dict[str, Any]) -> list[date]:
    edges = {day for text in dates_in(list(sheets.values())) for day in span(text) or ()}
    return sorted({edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)})


# --- what the world could read -----------------------------------------------------------------------------------


def out_by(cites: list[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> tuple[date, date] | None:
    """The first day on which a cited source may have been out, and the day by which one surely was."""
    dates = [span(sources[cite["source"]]["date"]) for cite in cites if "date" in sources[cite["source"]]]
    if not dates:
        return None
    return min(first for first, _ in dates), min(last for _, last in dates)


def read_of(out: tuple[date, date] | None, day: date) -> str:
    """Whether the world could read of it on a day."""
    if out is None:
        return "not-known"
    return "not-yet" if day < out[0] else "published" if day >= out[1] else "perhaps"


def cites_of_status(
    sheet: dict[str, Any], day: date, events: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The citations of the status that holds on a day, and of the event that brought it about."""
    begun = [
        status
        for status in sheet["status"]
        if "rank" not in status and ((start := span(status["from"])) is None or day >= start[0])
    ]
    event = begun[-1].get("by", {}).get("event")
    return [*begun[-1].get("cite", ()), *(events[event]["happened"].get("cite", ()) if event else ())]
