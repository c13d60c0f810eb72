"""The workshop: a folder beside a site, in which a change of it is made ready, written down, and carried out whole.

Files lie in it on their way. A journal says where each is to go; from the moment it stands the change is carried out, by this run or by
the next one. What a site is to hold, and which folder may be one, is left to `writing`.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import filelock


@dataclass(frozen=True, slots=True)
class Holding:
    """What a folder of ours holds, e.g. a site."""

    marker: str
    """The file by which the folder is known to be ours, so that no other folder is ever emptied."""
    noun: str
    """How people are told of it, after "the"."""


SITE = Holding(".factbook-site", "site")
PAGES = Holding(".factbook-pages", "set of pages for another generator")
MARKER_TEXT = (
    b"Written by factbook. Each build replaces all of this folder but names that start with a dot.\n"
)
_JOURNAL = "journal.json"
_PATIENCE = 60.0
"""Seconds to wait while another build is being written."""


class WriteError(Exception):
    """The site cannot be written; the text is for people.

    The site is as it was, or is finished by the next command.
    """


@dataclass(frozen=True, slots=True)
class Journal:
    """What is left to do: ``moves`` are (name in the workshop, path in the site)."""

    moves: Sequence[tuple[str, str]]
    removals: Sequence[str]
    marker: str = SITE.marker


def workshop_of(site: Path) -> Path:
    """Return a folder beside the site, so that a file moves into its place in one step."""
    return site.parent / f".{site.name}.factbook"


@contextmanager
def held(site: Path) -> Iterator[Path]:
    """Hold the workshop, while nobody else writes to this site."""
    folder = workshop_of(site)
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    try:
        with filelock.FileLock(folder / "lock", timeout=_PATIENCE):
            yield folder
    except filelock.Timeout as error:
        raise WriteError(
            f"Another build has been writing to {site} for {_PATIENCE:.0f} seconds. "
            "Run this one again when it has ended."
        ) from error


def write_down(workshop: Path, journal: Journal) -> None:
    """Pass the moment from which a killed build is finished rather than forgotten."""
    draft = workshop / "journal.draft"
    held = {"moves": journal.moves, "removals": journal.removals, "marker": journal.marker}
    draft.write_text(json.dumps(held), encoding="utf-8")
    draft.replace(workshop / _JOURNAL)


def _read_journal(workshop: Path) -> Journal | None:
    try:
        held = json.loads((workshop / _JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    journal = Journal(
        [(str(staged), str(name)) for staged, name in held["moves"]],
        held["removals"],
        held.get("marker", SITE.marker),
    )
    for name in (*journal.removals, *(name for _, name in journal.moves)):
        check_name(name)
    return journal


def finish(workshop: Path, site: Path) -> bool:
    """Carry out the journal, wherever it was left; then clear the workshop.

    A folder that went since the journal was written, or in whose place something else lies now, is left alone.
    """
    journal = _read_journal(workshop)
    if journal and _is_still_there(site, journal):
        folders: set[str] = set()
        for staged, name in journal.moves:
            source = f"{workshop}/{staged}"
            if os.path.exists(source):  # noqa: PTH110  else it was moved before the interruption
                put(source, site, name, folders)
        for name in journal.removals:
            remove(site, name)
        ours = {name for _, name in journal.moves}
        if not (site / journal.marker).exists() and ours.issuperset(files_in(site)):
            (site / journal.marker).write_bytes(
                MARKER_TEXT
            )  # it went meanwhile, and all that is there is ours
    if journal:
        (workshop / _JOURNAL).unlink()
    for left in workshop.iterdir():
        if left.name not in (".gitignore", "lock"):
            left.unlink()
    return journal is not None


def _is_still_there(site: Path, journal: Journal) -> bool:
    """Whether a site is the one that the journal was written for: new, or known by its marker."""
    return any(name == journal.marker for _, name in journal.moves) or (site / journal.marker).is_file()


# --- single files ------------------------------------------------------------------------------------------


def put(source: str, site: Path, name: str, folders: set[str]) -> None:
    """Move a file to its place; ``folders`` are those of the site that are already known to be real folders."""
    folder = name.rpartition("/")[0]
    if folder not in folders:
        _make_folder(site, folder)
        folders.add(folder)
    target = f"{site}/{name}"
    try:
        os.replace(source, target)  # noqa: PTH105  hundreds of thousands of them, and a path costs more than the moving
    except OSError:
        place = Path(target)
        if place.is_symlink() or not place.is_dir():
            raise
        shutil.rmtree(place)  # a folder whose address became a page's
        Path(source).replace(place)


def _make_folder(site: Path, name: str) -> None:
    target = site / name
    for folder in (*reversed(target.parents[: len(PurePosixPath(name).parts)]), target):
        if folder != site and (folder.is_symlink() or folder.is_file()):
            folder.unlink()  # a page whose address became a folder's, or a link that would lead elsewhere
        folder.mkdir(parents=True, exist_ok=True)


def remove(site: Path, name: str) -> None:
    """Delete a file, and the folders that it leaves empty."""
    path = site / name
    if path.is_dir() and not path.is_symlink():
        return  # a page whose address has become a folder's
    with suppress(
        FileNotFoundError, NotADirectoryError
    ):  # gone already, or a folder's address is now a page's
        path.unlink()
    for parent in path.parents[: len(PurePosixPath(name).parts) - 1]:
        try:
            parent.rmdir()
        except OSError:
            break


def files_in(folder: Path, prefix: str = "") -> Iterator[str]:
    """Yield whatever lies in a folder and is not a folder itself; links are named, not followed."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield name
            elif not name.startswith("."):
                yield from files_in(Path(entry.path), f"{name}/")


def check_name(name: str) -> None:
    """Raise on a path that could leave the site: a programmer's mistake, since ids are checked before."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or "\0" in name:
        raise ValueError(f"Not a path inside the site: {name!r}")
