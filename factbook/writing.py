"""One way of writing: a site changes from one complete build to the next, or not at all.

A build hands over everything it publishes at once. Only what differs is written: first beside the site, then,
under a journal, each file is put in its place in one step, new files before changed ones and deletions last.
A process killed before the journal stands has touched nothing; one killed later is finished by the next
command. (This guards against a killed process. After a power cut the next build compares every byte and mends
the rest.)

What is published, and what to do when two builds differ, is left to publication; the journal, and how it is carried out, to `workshop`.
"""

import os
import stat
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NewType

from factbook import workshop
from factbook.workshop import MARKER_TEXT, SITE, Holding, WriteError, check_name, files_in


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


def apply(files: Mapping[str, bytes], site_dir: Path, *, keep_out: Iterable[Path] = ()) -> Applied:
    """Make ``site_dir`` hold exactly ``files``, whose keys are paths in the site ("measures/index.html").

    ``keep_out`` are folders that the site may neither lie in nor hold, such as the content. Names that start
    with a dot at the top of the site (``.git``) are left alone. Raises `WriteError`.
    """
    for name in files:
        check_name(name)
    with staging(site_dir, keep_out=keep_out) as stage:
        return stage.apply({name: stage.put(name, data) for name, data in files.items()}).applied


class Stage:
    """A build on its way to the site: files lie beside it until all of them are there.

    `put` may be called in copies of this process; the others only in the process that made the stage.
    """

    def __init__(self, site: Path, folder: Path, marker: str = SITE.marker) -> None:
        """`folder` is the workshop of the site."""
        self.site = site
        self._marker = marker
        self._workshop = folder
        self._number = 0
        self._folder = str(site)
        self._stood = False

    def put(self, name: str, *parts: bytes | memoryview) -> Put:
        """Lay a file ready that has these parts one after the other, unless the site has it with just these bytes."""
        check_name(name)
        path = f"{self._folder}/{name}"
        try:
            found = os.lstat(path)
            if stat.S_ISREG(found.st_mode) and found.st_size == sum(map(len, parts)) and _holds(path, parts):
                return Put(_stamp(found))
        except OSError:
            pass  # not there
        self._number += 1
        staged = f"{os.getpid()}-{self._number}"
        handle = os.open(self._workshop / staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            for part in parts:
                _write_all(handle, part)
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
        wanted = {**files, self._marker: self.put(self._marker, MARKER_TEXT)}
        changed = sorted(name for name, put in wanted.items() if put.staged)
        removals = sorted(
            name for name in present if name not in wanted and name not in kept and not name.startswith(".")
        )
        if changed or removals:
            changed.sort(key=lambda name: (name != self._marker, name in present))
            moves = [(wanted[name].staged, name) for name in changed]
            workshop.write_down(self._workshop, workshop.Journal(moves, removals, self._marker))
            workshop.finish(self._workshop, self.site)
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
            return set(files_in(self.site)), {}
        found = {*seen.files, self._marker}
        for folder, was in () if self._stood else seen.folders.items():
            try:
                now = os.lstat(f"{self._folder}/{folder}").st_mtime_ns
            except OSError:
                continue
            if now != was:
                return set(files_in(self.site)), {}
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
    with _machine_failures(site), workshop.held(site) as folder:
        _check_folder(site, keep_out, holding)
        workshop.finish(folder, site)
        yield Stage(site, folder, holding.marker)


def finish_interrupted(site_dir: Path) -> bool:
    """Finish what a killed build had begun to write, and tell whether there was something to finish."""
    site = site_dir.resolve()
    if not workshop.workshop_of(site).exists():
        return False
    with _machine_failures(site), workshop.held(site) as folder:
        return workshop.finish(folder, site)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  thousands of them, and a path costs more than the reading
        return file.read()


def _holds(path: str, parts: Sequence[bytes | memoryview]) -> bool:
    """Whether a file holds just these parts."""
    return _read(path) == (parts[0] if len(parts) == 1 else b"".join(parts))


def _write_all(handle: int, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _stamp(found: os.stat_result) -> Standing:
    """Numbers of another system may be longer; their lower half tells as much."""
    most = 2**64 - 1
    return Standing(_STAMP.pack(found.st_size, found.st_mtime_ns & most, found.st_ino & most))


# --- what is refused ---------------------------------------------------------------------------------------


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


def _taken_away(site: Path) -> WriteError:
    return WriteError(
        f"{site} went, or became another folder, while it was being built. What is there now is left alone; run the command again."
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
