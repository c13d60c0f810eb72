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
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NewType

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


Standing = NewType("Standing", bytes)
"""A file of a site as it was left there: its size, time of change and number, packed, since there are very many of them. While these
stay, so does what the file holds."""
_STAMP = struct.Struct("=QQQ")


@dataclass(frozen=True, slots=True)
class Put:
    """A file that a build wants in the site."""

    standing: Standing
    staged: str = ""
    """Its name in the workshop; empty where the site has it already."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site as a build left it."""

    files: Mapping[str, Standing] = field(default_factory=dict)
    folders: Mapping[str, int] = field(default_factory=dict)
    """When each was last added to or taken from."""


def as_left(site: Site, folder: Path) -> tuple[list[str], list[str], bytes]:
    """The files of a site, its marker among them, and its folders; then size, time and number of every file and the time of every folder.

    Of the last, eight bytes each. ``folder`` is where the site stands.
    """
    try:
        marker: bytes = _stamp(os.lstat(folder / SITE.marker))
    except OSError:
        marker = b""  # fits nothing
    times = struct.pack(f"={len(site.folders)}Q", *site.folders.values())
    stamps = b"".join(site.files.values())
    return [*site.files, SITE.marker], list(site.folders), stamps + marker + times


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a build, and the site as it was left."""

    applied: Applied
    site: Site


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is left to do: ``moves`` are (name in the workshop, path in the site)."""

    moves: Sequence[tuple[str, str]]
    removals: Sequence[str]
    marker: str = SITE.marker


def apply(files: Mapping[str, bytes], site_dir: Path, *, keep_out: Iterable[Path] = ()) -> Applied:
    """Make ``site_dir`` hold exactly ``files``, whose keys are paths in the site ("measures/index.html").

    ``keep_out`` are folders that the site may neither lie in nor hold, such as the content. Names that start
    with a dot at the top of the site (``.git``) are left alone. Raises `WriteError`.
    """
    for name in files:
        _check_name(name)
    with staging(site_dir, keep_out=keep_out) as stage:
        return stage.apply({name: stage.put(name, data) for name, data in files.items()}).applied


class Stage:
    """A build on its way to the site: files lie beside it until all of them are there.

    `put` may be called in copies of this process; the others only in the process that made the stage.
    """

    def __init__(self, site: Path, workshop: Path, marker: str = SITE.marker) -> None:
        self.site = site
        self._marker = marker
        self._workshop = workshop
        self._number = 0
        self._folder = str(site)
        self._stood = False

    def put(self, name: str, data: bytes) -> Put:
        """Lay a file ready, unless the site has it with just these bytes."""
        _check_name(name)
        path = f"{self._folder}/{name}"
        try:
            found = os.lstat(path)
            if stat.S_ISREG(found.st_mode) and found.st_size == len(data) and _read(path) == data:
                return Put(_stamp(found))
        except OSError:
            pass  # not there
        self._number += 1
        staged = f"{os.getpid()}-{self._number}"
        handle = os.open(self._workshop / staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            _write_all(handle, data)
            return Put(_stamp(os.fstat(handle)), staged)
        finally:
            os.close(handle)

    def read(self, name: str, put: Put | None) -> bytes:
        """What a file will hold: one laid ready, or one that stands in the site."""
        return _read(f"{self._workshop / put.staged}" if put and put.staged else f"{self._folder}/{name}")

    def standing(self, seen: Site, *, stood: bool = False) -> set[str]:
        """The files of the site that are as they were after the build that left it so.

        ``stood`` tells that somebody has just seen all of it like that, folders and marker too: nobody looks again.
        """
        self._stood = stood
        if stood:
            return set(seen.files)
        folder = self._folder
        found = set()
        for name, was in seen.files.items():
            try:
                now = os.lstat(f"{folder}/{name}")
            except OSError:
                continue
            if was == _stamp(now) and stat.S_ISREG(now.st_mode):
                found.add(name)
        return found

    def apply(
        self, files: Mapping[str, Put], kept: Mapping[str, Standing] | None = None, seen: Site | None = None
    ) -> Written:
        """Make the site hold exactly the files laid ready and those ``kept``, which stand in it as `standing` says.

        ``seen`` is the site as the last build left it; without it all of the folder is looked through.
        """
        kept = dict(kept or {})
        present, as_seen = self._present(seen)
        wanted = {**files, self._marker: self.put(self._marker, _MARKER_TEXT)}
        changed = sorted(name for name, put in wanted.items() if put.staged)
        removals = sorted(
            name for name in present if name not in wanted and name not in kept and not name.startswith(".")
        )
        if changed or removals:
            changed.sort(key=lambda name: (name != self._marker, name in present))
            moves = [(wanted[name].staged, name) for name in changed]
            _write_journal(self._workshop, _Journal(moves, removals, self._marker))
            _finish(self._workshop, self.site)
            if not (self.site / self._marker).is_file():
                raise _taken_away(self.site)
        written = sum(name != self._marker for name in changed)
        stands = {**kept, **{name: put.standing for name, put in files.items()}}
        if seen:  # in the order in which they were, as tables are read again
            stands = {name: stands[name] for name in seen.files if name in stands} | stands
        applied = Applied(written, len(stands) - written, len(removals))
        return Written(applied, Site(stands, self._folders(stands, as_seen, changed, removals)))

    def _present(self, seen: Site | None) -> tuple[set[str], dict[str, int]]:
        """Whatever lies in the site, and its folders if they are as they were seen: then none of them is opened."""
        if seen is None or not seen.folders:
            return set(_files_in(self.site)), {}
        found = {*seen.files, self._marker}
        for folder, was in () if self._stood else seen.folders.items():
            try:
                now = os.lstat(f"{self._folder}/{folder}").st_mtime_ns
            except OSError:
                continue
            if now != was:
                return set(_files_in(self.site)), {}
        return found, dict(seen.folders)

    def _folders(
        self, files: Iterable[str], as_seen: dict[str, int], changed: Iterable[str], removed: Sequence[str]
    ) -> dict[str, int]:
        """When each folder of the site was last added to or taken from; only those that we touched are looked at again."""
        try:
            if as_seen and not removed:
                return as_seen | self._times(_folders_of(changed))
            return self._times(_folders_of(files))
        except FileNotFoundError as error:
            raise _taken_away(self.site) from error

    def _times(self, folders: Set[str]) -> dict[str, int]:
        return {name: os.lstat(f"{self._folder}/{name}").st_mtime_ns for name in sorted(folders)}


def _folders_of(files: Iterable[str]) -> set[str]:
    """The folders in which files lie, and those around them."""
    names = {""}
    for name in files:
        folder = name.rpartition("/")[0]
        while folder not in names:
            names.add(folder)
            folder = folder.rpartition("/")[0]
    return names


@contextmanager
def staging(site_dir: Path, *, keep_out: Iterable[Path] = (), holding: Holding = SITE) -> Iterator[Stage]:
    """A stage for a site, or for another thing that a folder holds, while nobody else writes to it. Raises `WriteError`."""
    site = site_dir.resolve()
    with _machine_failures(site), _workshop(site) as workshop:
        _check_folder(site, keep_out, holding)
        _finish(workshop, site)
        yield Stage(site, workshop, holding.marker)


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
        with filelock.FileLock(folder / "lock", timeout=_PATIENCE):
            yield folder
    except filelock.Timeout as error:
        raise WriteError(
            f"Another build has been writing to {site} for {_PATIENCE:.0f} seconds. "
            "Run this one again when it has ended."
        ) from error


def _write_journal(workshop: Path, journal: _Journal) -> None:
    """Pass the moment from which a killed build is finished rather than forgotten."""
    draft = workshop / "journal.draft"
    held = {"moves": journal.moves, "removals": journal.removals, "marker": journal.marker}
    draft.write_text(json.dumps(held), encoding="utf-8")
    draft.replace(workshop / _JOURNAL)


def _read_journal(workshop: Path) -> _Journal | None:
    try:
        held = json.loads((workshop / _JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    journal = _Journal(
        [(str(staged), str(name)) for staged, name in held["moves"]],
        held["removals"],
        held.get("marker", SITE.marker),
    )
    for name in (*journal.removals, *(name for _, name in journal.moves)):
        _check_name(name)
    return journal


def _finish(workshop: Path, site: Path) -> bool:
    """Carry out the journal, wherever it was left; then clear the workshop.

    A folder that went since the journal was written, or in whose place something else lies now, is left alone.
    """
    journal = _read_journal(workshop)
    if journal and _is_still_there(site, journal):
        folders: set[str] = set()
        for staged, name in journal.moves:
            source = f"{workshop}/{staged}"
            if os.path.exists(source):  # noqa: PTH110  else it was moved before the interruption
                _put(source, site, name, folders)
        for name in journal.removals:
            _remove(site, name)
        ours = {name for _, name in journal.moves}
        if not (site / journal.marker).exists() and ours.issuperset(_files_in(site)):
            (site / journal.marker).write_bytes(
                _MARKER_TEXT
            )  # it went meanwhile, and all that is there is ours
    if journal:
        (workshop / _JOURNAL).unlink()
    for left in workshop.iterdir():
        if left.name not in (".gitignore", "lock"):
            left.unlink()
    return journal is not None


def _is_still_there(site: Path, journal: _Journal) -> bool:
    """Whether a site is the one that the journal was written for: new, or known by its marker."""
    return any(name == journal.marker for _, name in journal.moves) or (site / journal.marker).is_file()


def _taken_away(site: Path) -> WriteError:
    return WriteError(
        f"{site} went, or became another folder, while it was being built. What is there now is left alone; run the command again."
    )


# --- single files ------------------------------------------------------------------------------------------


def _put(source: str, site: Path, name: str, folders: set[str]) -> None:
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


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  thousands of them, and a path costs more than the reading
        return file.read()


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _stamp(found: os.stat_result) -> Standing:
    """Numbers of another system may be longer; their lower half tells as much."""
    most = 2**64 - 1
    return Standing(_STAMP.pack(found.st_size, found.st_mtime_ns & most, found.st_ino & most))


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


def _check_folder(site: Path, keep_out: Iterable[Path], holding: Holding) -> None:
    """Raise unless the folder is new, empty, or holds such a thing of ours, and is clear of what must be kept."""
    noun = holding.noun
    for kept in (folder.resolve() for folder in keep_out):
        if site == kept or site in kept.parents or kept in site.parents:
            raise ForeignFolderError(
                f"The {noun} cannot be written to {site}: {kept} must be kept apart from it."
            )
    if not site.exists():
        return
    if not site.is_dir():
        raise ForeignFolderError(f"The {noun} cannot be written to {site}: that is a file.")
    with os.scandir(site) as entries:
        names = {entry.name for entry in entries}
    if names and holding.marker not in names:
        raise ForeignFolderError(
            f"{site} holds files that are not a {noun} of ours, and a build would delete them. "
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
