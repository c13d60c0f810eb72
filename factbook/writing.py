"""One way of writing: a site changes from one complete build to the next, or not at all.

A build hands over everything it publishes at once. Only what differs is written: first beside the site, then,
under a journal, each file is put in its place in one step, new files before changed ones and deletions last.
A process killed before the journal stands has touched nothing; one killed later is finished by the next
command. (This guards against a killed process. After a power cut the next build compares every byte and mends
the rest.)

What is published, and what to do when two builds differ, is left to publication.
"""

import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

MARKER = ".factbook-site"
"""The file by which a folder is known to hold a site of ours, so that no other folder is ever emptied."""

_MARKER_TEXT = (
    b"Written by factbook. Each build replaces all of this folder but names that start with a dot.\n"
)
_JOURNAL = "journal.json"
_PATIENCE = 60.0
"""Seconds to wait while another build is being written."""


class WriteError(Exception):
    """The site cannot be written; the text is for people.

    The site is as it was, or is finished by the next command.
    """


class ForeignFolderError(WriteError):
    """The folder named for the site holds something else; nothing was touched."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many files a build wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is left to do: ``moves`` are (name in the workshop, path in the site)."""

    moves: Sequence[tuple[str, str]]
    removals: Sequence[str]


def apply(files: Mapping[str, bytes], site_dir: Path, *, keep_out: Iterable[Path] = ()) -> Applied:
    """Make ``site_dir`` hold exactly ``files``, whose keys are paths in the site ("measures/index.html").

    ``keep_out`` are folders that the site may neither lie in nor hold, such as the content. Names that start
    with a dot at the top of the site (``.git``) are left alone. Raises `WriteError`.
    """
    for name in files:
        _check_name(name)
    site = site_dir.resolve()
    with _machine_failures(site), _workshop(site) as workshop:
        _check_folder(site, keep_out)
        _finish(workshop, site)
        wanted = {MARKER: _MARKER_TEXT, **files}
        present = set(_files_in(site))
        changed = [name for name in sorted(wanted) if not _holds(site, name, wanted[name], name in present)]
        removals = sorted(name for name in present - wanted.keys() if not name.startswith("."))
        if changed or removals:
            changed.sort(key=lambda name: (name != MARKER, name in present))
            moves = [(str(number), name) for number, name in enumerate(changed)]
            for staged, name in moves:
                (workshop / staged).write_bytes(wanted[name])
            _write_journal(workshop, _Journal(moves, removals))
            _finish(workshop, site)
        written = sum(name != MARKER for name in changed)
        return Applied(written, len(files) - written, len(removals))


def finish_interrupted(site_dir: Path) -> bool:
    """Finish what a killed build had begun to write, and tell whether there was something to finish."""
    site = site_dir.resolve()
    if not workshop_of(site).exists():
        return False
    with _machine_failures(site), _workshop(site) as workshop:
        return _finish(workshop, site)


# --- the workshop: a folder beside the site, for the lock, the journal and files on their way --------------


def workshop_of(site: Path) -> Path:
    """Return a folder beside the site, so that a file moves into its place in one step."""
    return site.parent / f".{site.name}.factbook"


@contextmanager
def _workshop(site: Path) -> Iterator[Path]:
    """Hold the workshop, while nobody else writes to this site."""
    folder = workshop_of(site)
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    try:
        with FileLock(folder / "lock", timeout=_PATIENCE):
            yield folder
    except Timeout as error:
        raise WriteError(
            f"Another build has been writing to {site} for {_PATIENCE:.0f} seconds. "
            "Run this one again when it has ended."
        ) from error


def _write_journal(workshop: Path, journal: _Journal) -> None:
    """Pass the moment from which a killed build is finished rather than forgotten."""
    draft = workshop / "journal.draft"
    draft.write_text(json.dumps({"moves": journal.moves, "removals": journal.removals}), encoding="utf-8")
    draft.replace(workshop / _JOURNAL)


def _read_journal(workshop: Path) -> _Journal | None:
    try:
        held = json.loads((workshop / _JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    journal = _Journal([(str(staged), str(name)) for staged, name in held["moves"]], held["removals"])
    for name in (*journal.removals, *(name for _, name in journal.moves)):
        _check_name(name)
    return journal


def _finish(workshop: Path, site: Path) -> bool:
    """Carry out the journal, wherever it was left; then clear the workshop."""
    journal = _read_journal(workshop)
    if journal:
        folders: set[Path] = set()
        for staged, name in journal.moves:
            source = workshop / staged
            if source.exists():  # else it was moved before the interruption
                _put(source, site, name, folders)
        for name in journal.removals:
            _remove(site, name)
        (workshop / _JOURNAL).unlink()
    for left in workshop.iterdir():
        if left.name not in (".gitignore", "lock"):
            left.unlink()
    return journal is not None


# --- single files ------------------------------------------------------------------------------------------


def _put(source: Path, site: Path, name: str, folders: set[Path]) -> None:
    """Move a file to its place; ``folders`` are those already known to be real folders."""
    target = site / name
    for parent in (*reversed(target.parents[: len(PurePosixPath(name).parts) - 1]), target.parent):
        if parent in folders:
            continue
        if parent != site and (parent.is_symlink() or parent.is_file()):
            parent.unlink()  # a page whose address became a folder's, or a link that would lead elsewhere
        parent.mkdir(parents=True, exist_ok=True)
        folders.add(parent)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)  # a folder whose address became a page's
    source.replace(target)


def _remove(site: Path, name: str) -> None:
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


def _holds(site: Path, name: str, data: bytes, present: bool) -> bool:
    """Tell whether the site has a plain file of that name with just these bytes."""
    if not present:
        return False
    path = site / name
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data


def _files_in(folder: Path, prefix: str = "") -> Iterator[str]:
    """Yield whatever lies in a folder and is not a folder itself; links are named, not followed."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield name
            elif not name.startswith("."):
                yield from _files_in(Path(entry.path), f"{name}/")


# --- what is refused ---------------------------------------------------------------------------------------


def _check_name(name: str) -> None:
    """Raise on a path that could leave the site: a programmer's mistake, since ids are checked before."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or "\0" in name:
        raise ValueError(f"Not a path inside the site: {name!r}")


def _check_folder(site: Path, keep_out: Iterable[Path]) -> None:
    """Raise unless the folder is new, empty, or holds a site of ours, and is clear of what must be kept."""
    for kept in (folder.resolve() for folder in keep_out):
        if site == kept or site in kept.parents or kept in site.parents:
            raise ForeignFolderError(
                f"The site cannot be written to {site}: {kept} must be kept apart from it."
            )
    if not site.exists():
        return
    if not site.is_dir():
        raise ForeignFolderError(f"The site cannot be written to {site}: that is a file.")
    with os.scandir(site) as entries:
        names = {entry.name for entry in entries}
    if names and MARKER not in names:
        raise ForeignFolderError(
            f"{site} holds files that are not a site of ours, and a build would delete them. "
            "Empty the folder, or name another one."
        )


@contextmanager
def _machine_failures(site: Path) -> Iterator[None]:
    """Turn what the disk says into one sentence."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"Writing to {site} failed: {error.strerror or error} ({error.filename or site})."
        ) from error
