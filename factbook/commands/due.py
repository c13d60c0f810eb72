"""`build.py due`: what is overdue for review, for an outcome, as a waiver or as an answer to read again, or falls due by a day."""

from __future__ import annotations

import sys
from datetime import date, timedelta

from factbook import publication
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS
from factbook.editing.due import REREADING, Due, due_by
from factbook.problems import as_text, counted, in_order


def run(options: Options) -> int:
    """Prints what is due, the oldest first; 1 with `--fail` where something is overdue, or where nothing can be read."""
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    if content.catalogue is None or content.as_of is None:
        problems = in_order(content.problems)
        print(f"{as_text(problems)}\n\n{counted(problems)}")
        return PROBLEMS
    as_of = content.as_of
    by = date.fromisoformat(options.by) if options.by else as_of - timedelta(1)
    found = due_by(content.catalogue, content.history, as_of, by)
    for due in found:
        title = content.catalogue.title_of(due.id)
        print(f"{due.place}  {due.what}, {_when(due, as_of)}\n  {title}")
    if found:
        print()
    late = sum(due.is_overdue(as_of) for due in found)
    print(_summary(late, len(found) - late, as_of, options.by))
    if content.unread:
        unread = ", ".join(sorted(content.unread))
        print(
            f"Not looked into, because they cannot be read: {unread}. “build.py check” says why.",
            file=sys.stderr,
        )
    return PROBLEMS if options.fail and late else FINE


def _when(due: Due, as_of: date) -> str:
    if due.what == REREADING:
        return f"since {due.day + timedelta(1)}"
    days = (as_of - due.day).days
    if days > 0:
        return f"was due on {due.day}, {days} day{'s' if days > 1 else ''} ago"
    return f"due on {due.day}"


def _summary(late: int, more: int, as_of: date, by: str | None) -> str:
    overdue = f"{late} overdue" if late else "Nothing is overdue"
    if by is None:
        return f"{overdue} on {as_of}."
    return (
        f"{overdue} on {as_of}, {more or 'nothing'} more due by {by}."
        if late
        else (f"{overdue} on {as_of}; {more or 'nothing'} due by {by}.")
    )
