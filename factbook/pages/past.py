"""Changes that are past: which months and days have a page of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factbook.model.change import Change

MOST_OF_A_MONTH = 300
"""Changes of a month beyond which each of its days has a page."""


def past_keys(changes: Sequence[Change]) -> tuple[str, ...]:
    """The months and days that have a page of their own, the newest first. A month keeps its page for ever."""
    months = past_months(changes)
    days = [
        each.day.isoformat()
        for month in months
        if is_long(of := [c for c in changes if c.day.isoformat().startswith(month)])
        for each in of
    ]
    return (*months, *dict.fromkeys(days))


def past_months(changes: Iterable[Change]) -> tuple[str, ...]:
    """The months in which something changed, as `2026-11`."""
    return tuple(dict.fromkeys(each.day.isoformat()[:7] for each in changes))


def is_long(changes: Sequence[Change]) -> bool:
    """Whether a month has so many changes that its page leads to those of its days."""
    return sum(not each.founds for each in changes) > MOST_OF_A_MONTH
