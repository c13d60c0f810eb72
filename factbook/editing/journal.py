"""Changes to several files as one: all are made, or the next command makes the rest.

The journal holds every new text and is written before the first file is touched. A run that is stopped leaves it behind;
`finish` takes up from there. A file that somebody changed in between is left as it is and named. What changes is for whoever
asks; a single file needs no journal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from factbook.cache import FOLDER
from factbook.editing.texts import remove_halves, write_whole
from factbook.frozen import frozen

NAME = "changes.json"


@frozen
class Change:
    """What becomes of one file."""

    path: str
    """From the project's root."""
    before: bytes | None
    """What it holds; None where there is none yet."""
    after: bytes | None
    """What it will hold; None where it goes."""


@frozen
class Finished:
    """What came of taking up an interrupted change."""

    what: str
    """What was being done, e.g. `rename price-cap oil-price-cap`."""
    left: tuple[str, ...]
    """Files that somebody changed in between; they are as that person left them."""


def make(root: Path, what: str, changes: Sequence[Change]) -> Finished:
    """Makes all changes, new texts first and removals last. Raises OSError; what was begun is then finished by `finish`."""
    steps = [
        {
            "path": change.path,
            "before": None if change.before is None else _hash(change.before),
            "after": None if change.after is None else change.after.decode("utf-8"),
        }
        for change in sorted(changes, key=lambda change: (change.after is None, change.path))
    ]
    write_whole(_journal(root), json.dumps({"what": what, "steps": steps}, ensure_ascii=False).encode())
    return finish(root) or Finished(what, ())


def is_open(root: Path) -> bool:
    """Whether a change was interrupted here."""
    return _journal(root).is_file()


def finish(root: Path) -> Finished | None:
    """Makes what is left of an interrupted change; None where there is none, or a journal that is not one of ours."""
    journal = _journal(root)
    try:
        kept = json.loads(journal.read_bytes())
        what = str(kept["what"])
        steps = [(str(step["path"]), step["before"], step["after"]) for step in kept["steps"]]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        steps = []
    if not steps or not all(_is_content(path) for path, _, _ in steps):
        journal.unlink(missing_ok=True)
        return None
    left = [path for path, before, after in steps if not _step(root / path, before, after)]
    for file in (journal, *(root / path for path, _, _ in steps)):
        remove_halves(file)
    journal.unlink(missing_ok=True)
    return Finished(what, tuple(left))


def _is_content(path: str) -> bool:
    """Whether a journal may name this file: a text of a publication, inside its folder. Strangers may have written the journal."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and parts.suffix in (".yml", ".md", ".txt")


def _step(file: Path, before: str | None, after: str | None) -> bool:
    """Makes one change unless it is made; False where the file is neither as it was nor as it should be."""
    now = file.read_bytes() if file.is_file() else None
    wanted = None if after is None else after.encode()
    if now == wanted:
        return True
    if (None if now is None else _hash(now)) != before:
        return False
    if wanted is None:
        file.unlink()
    else:
        write_whole(file, wanted)
    return True


def _journal(root: Path) -> Path:
    return root / FOLDER / NAME


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
