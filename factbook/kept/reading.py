"""Every file of a publication as it was read once, and read again when it may have changed.

A file is known by its size, its time of change and its number; where one of them differs, or the time is so late that a change
could have kept it, its content decides. What a file says was made of it alone: that its references lead somewhere is held
against the other sheets each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from factbook.catalogue import Face, face_of, follow
from factbook.kept.crew import share
from factbook.kept.opened import bytes_of
from factbook.kept.store import Piece, Store, Writer, digest_of
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, Found, read_data
from factbook.loading.lists import Listed
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.loading.sheets import capture_of, read_sheet
from factbook.loading.survey import PROSE, Survey
from factbook.meant import Meant
from factbook.model.vocabularies import Vocabulary
from factbook.on_disk import NOTHING, Stamp, is_as_seen
from factbook.problems import Problem


class Kept(NamedTuple):
    """What one file gave when it was read."""

    stamp: Stamp
    digest: bytes
    problems: tuple[Problem, ...] = ()
    face: Face | None = None
    """None where there is no sheet in it."""
    taken: tuple[tuple[str, str], ...] = ()
    """Anchors of other sheets that it counts on."""
    withdrawn: LoadedTombstone | None = None
    """What is left of a sheet that was taken back."""
    doubtful: bool = False
    """Whether something in it led nowhere when it was read."""
    clear: tuple[str, ...] = ()
    """Rules that it is known to keep, whatever the other sheets say."""
    piece: Piece | None = None


Laid: TypeAlias = tuple[bytes, Piece | None]
"""A sheet as it is at some time, in short: the hash of its file, and where it lies, with its face."""


def laid(kept: Kept) -> Laid:
    """A sheet in short."""
    return kept.digest, kept.piece


@dataclass
class Reading:
    """Every file of a publication, as it was read by the time of one look."""

    looked: int = 0
    """When the folders were last looked at, in nanoseconds."""
    lists: bytes = b""
    """What was known of the closed lists."""
    files: dict[str, Kept] = field(default_factory=dict)
    """By path, in the order of the sheets."""
    captures: dict[str, tuple[Stamp, bytes]] = field(default_factory=dict)
    renewed: bool = False
    """Whether any file had to be opened."""
    opened: frozenset[str] = frozenset()
    """Which sheets were, by path."""
    ids: bytes = b""
    """A hash of all ids and their collections, with which `astray` was found."""
    astray: frozenset[str] = frozenset()
    """Sheets that refer to what is not there any more, or is in another collection than when they were read."""


@dataclass
class _Surveyed:
    """What is known of the other sheets before they are read: their names."""

    collections: Mapping[str, str]
    vocabularies: Mapping[str, Vocabulary]
    content: str
    former: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, LoadedTombstone] = field(default_factory=dict)

    def collection_of(self, id: str) -> str | None:
        return self.collections.get(id)

    @property
    def meant(self) -> Meant:
        return Meant({})

    def title_of(self, id: str) -> str:
        return ""

    def anchors_of(self, id: str) -> frozenset[str] | None:
        return None


def read(
    survey: Survey,
    listed: Listed,
    clear_of: Callable[[LoadedSheet], tuple[str, ...]],
    before: Reading,
    store: Store,
    jobs: int,
) -> Reading:
    """Every file as it is now; only what differs from before is opened. `clear_of` tells the rules that a sheet is known to keep."""
    looked = time.time_ns()
    vocabularies = listed.vocabularies
    lists = digest_of(repr((sorted(vocabularies.items()), sorted(listed.phrases.items()))).encode())
    now = Reading(looked, lists, ids=before.ids, astray=before.astray)
    same_lists = before.lists == lists
    waiting: list[tuple[str, Found, Kept | None]] = []
    for collection, found in survey.sheets:
        kept = before.files.get(found.path) if same_lists else None
        if kept and is_as_seen(kept.stamp, found.stamp, before.looked) and not kept.doubtful:
            now.files[found.path] = kept
        else:
            waiting.append((collection, found, kept))
            now.files[found.path] = _NOT_YET  # keeps the order
    known = _Surveyed(
        {found.stem: collection for collection, found in survey.sheets}, vocabularies, survey.settings.content
    )

    def work(number: int, runs: Iterator[Sequence[tuple[str, Found, Kept | None]]]) -> Iterator[list[Kept]]:
        writer = store.writer()
        for some in runs:
            yield [
                _read_one(collection, found, kept, known, clear_of, writer)
                for collection, found, kept in some
            ]
        writer.close()

    now.opened = frozenset(found.path for _, found, _ in waiting)
    now.renewed = bool(waiting) or len(now.files) != len(before.files)
    places = (found.path for _, found, _ in waiting)
    for made in share(work, waiting, jobs) if waiting else ():
        for kept in made:
            now.files[next(places)] = kept
    for found in survey.captures:
        seen = before.captures.get(found.path)
        if seen and is_as_seen(seen[0], found.stamp, before.looked):
            now.captures[found.path] = seen
        else:
            now.renewed = True
            data = read_data(Path(found.file), found.path, PAGE_SIZE)
            bad = isinstance(data, Problem) or isinstance(capture_of(data, found.path), Problem)
            now.captures[found.path] = (
                found.stamp,
                b"" if bad or isinstance(data, Problem) else digest_of(data),
            )
    return now


_NOT_YET = Kept(NOTHING, b"")


def _read_one(
    collection: str,
    found: Found,
    kept: Kept | None,
    known: _Surveyed,
    clear_of: Callable[[LoadedSheet], tuple[str, ...]],
    writer: Writer,
) -> Kept:
    data = read_data(Path(found.file), found.path, PAGE_SIZE if collection == PROSE else SHEET_SIZE)
    if isinstance(data, Problem):
        return Kept(found.stamp, b"", (data,))
    digest = digest_of(data)
    if kept and kept.digest == digest and not kept.doubtful:
        return kept._replace(stamp=found.stamp)
    reading = read_sheet(collection, found, data)
    if reading.sheet is None:
        return Kept(found.stamp, digest, reading.problems, withdrawn=reading.withdrawn)
    followed, problems = follow(reading.sheet, known)
    face = face_of(reading.sheet, followed, known.collections)
    return Kept(
        found.stamp,
        digest,
        reading.problems,
        face,
        followed.taken,
        None,
        bool(problems or reading.problems),
        clear_of(reading.sheet),
        writer.add(bytes_of(reading.sheet, followed, face, writer.add(reading.sheet.written.encode()))),
    )
