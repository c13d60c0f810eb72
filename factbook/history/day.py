"""The commit that a publication is built from, its day, and the day that a build holds for.

Where there is no git, or the folder is in none, the answer is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from factbook.history import git
from factbook.history.git import ask_text
from factbook.problems import Place, Problem


def commit_id(root: Path) -> str:
    """The id of HEAD's commit when nothing differs from it; else empty."""
    return (git.state_as_text(root, "rev-parse", "HEAD") or "") if _is_clean(root) else ""


def commit_day(root: Path) -> date | None:
    """The day (UTC) of HEAD's commit when nothing differs from it; else None."""
    if not _is_clean(root):
        return None
    seconds = git.state_as_text(root, "log", "-1", "--format=%ct")
    return _day(seconds) if seconds else None


def resolve_as_of(option: str | None, root: Path, environment: Mapping[str, str]) -> date | Problem:
    """The day that a build holds for: as asked, else `SOURCE_DATE_EPOCH`, else of the commit, else the machine's.

    A `SOURCE_DATE_EPOCH` that is no number of seconds is a problem (code bad-settings).
    """
    if option:
        return date.fromisoformat(option)
    if seconds := environment.get("SOURCE_DATE_EPOCH"):
        return _day(seconds) or Problem(
            "bad-settings",
            Place("SOURCE_DATE_EPOCH"),
            f'The environment says SOURCE_DATE_EPOCH is "{seconds[:40]}". It is the number of seconds since 1970, '
            "in digits only, as 1795305600; unset it, or name the day with --as-of.",
        )
    return commit_day(root) or datetime.now(tz=UTC).astimezone().date()


def latest_day(as_of: date, root: Path) -> date:
    """The latest day that content can have been written on: that of the build, or the present one if it holds for an earlier day."""
    return max(as_of, commit_day(root) or datetime.now(tz=UTC).astimezone().date())


def _day(seconds: str) -> date | None:
    """The day, in UTC, of a number of seconds since 1970; None when it is not one."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), tz=UTC).date()


def committed_text(root: Path, name: str) -> str | None:
    """What HEAD's commit holds under a name beside the publication's configuration; None where it has no such file."""
    return ask_text(root, "show", f"HEAD:./{name}")


_STATUS = ("status", "--porcelain", "--untracked-files=normal")


def _is_clean(root: Path) -> bool:
    """Whether nothing differs from the commit but the ledger of addresses, which a build writes itself and no page shows."""
    said = git.ask_of_state(root, *_STATUS)
    return said is not None and not _without_ledger(said)


def _without_ledger(said: bytes) -> list[bytes]:
    return [line for line in said.splitlines() if not line.endswith(b"permalinks.txt")]


def state(root: Path, *, ledger_written: bool = False) -> Mapping[tuple[str, ...], bytes | None] | None:
    """What git was asked about what is checked out, as whole commands with its answers; None where something moved meanwhile.

    A build that wrote the ledger of addresses has changed what git says of that file itself.
    """
    told = git.state(root)
    status = git.command(root, _STATUS)
    before = told.get(status) if told else None
    if told is None or before is None or not ledger_written:
        return told
    now = git.ask(root, *_STATUS)
    if now is None or _without_ledger(now) != _without_ledger(before):
        return None
    return {**told, status: now}
