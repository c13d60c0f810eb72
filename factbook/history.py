"""What git knows of a publication: so far the commit it is built from, and its day.

Nothing here changes the repository. Where there is no git, or the folder is in none, the answer is None.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from factbook.problems import Place, Problem


def commit_id(root: Path) -> str:
    """The id of HEAD's commit when nothing differs from it; else empty."""
    return (_git(root, "rev-parse", "HEAD") or "") if _is_clean(root) else ""


def commit_day(root: Path) -> date | None:
    """The day (UTC) of HEAD's commit when nothing differs from it; else None."""
    if not _is_clean(root):
        return None
    seconds = _git(root, "log", "-1", "--format=%ct")
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


def _is_clean(root: Path) -> bool:
    return _git(root, "status", "--porcelain", "--untracked-files=normal") == ""


def _git(root: Path, *words: str) -> str | None:
    """What git answers, or None where it cannot be asked. It takes no locks and runs no hooks."""
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
