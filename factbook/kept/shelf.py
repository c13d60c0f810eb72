"""The sheets of a publication, each read once and opened again when somebody asks for it.

A file is known by its size, its time of change and its number; where one of them differs, or the time is so late that a change
could have kept it, its content decides. What a file says was made of it alone: that its references lead somewhere is held
against the other sheets each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from factbook.catalogue import (
    AllKnown,
    Catalogue,
    Face,
    Followed,
    Follows,
    Named,
    face_of,
    follow,
    stray_capture,
)
from factbook.kept.crew import share
from factbook.kept.opened import Glance, Opened, bytes_of
from factbook.kept.store import Piece, Store, Writer, digest_of
from factbook.latest import Latest
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, Found, read_data
from factbook.loading.lists import Listed
from factbook.loading.loaded import LoadedSheet, LoadedTombstone, Spots
from factbook.loading.sheets import capture_of, read_capture, read_sheet
from factbook.loading.survey import PROSE, Survey
from factbook.meant import Meant
from factbook.model.sheet import Sheet
from factbook.model.values import id_meant
from factbook.model.vocabularies import Vocabulary
from factbook.model.wordings import Phrases
from factbook.on_disk import LATE, NOTHING, Stamp
from factbook.problems import Problem

OPEN = 300
"""Sheets that lie open at once, with what somebody has looked at; the one opened longest ago is closed first."""
WHOLE = 50
"""Sheets that are whole at once."""


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
    late = before.looked - LATE
    waiting: list[tuple[str, Found, Kept | None]] = []
    for collection, found in survey.sheets:
        kept = before.files.get(found.path) if same_lists else None
        if kept and kept.stamp == found.stamp and found.stamp[1] < late and not kept.doubtful:
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
        if seen and seen[0] == found.stamp and found.stamp[1] < late:
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


class Shelf:
    """The sheets of a reading, by id; few lie open at a time."""

    def __init__(self, store: Store, kept: Mapping[str, Kept]) -> None:
        """`kept` has those that have a sheet, by id."""
        self.store = store
        self.kept = kept
        self._open: Latest[str, Opened] = Latest(OPEN)
        self._whole: Latest[str, LoadedSheet] = Latest(WHOLE)
        self.mended: dict[str, Followed] = {}
        """What sheets refer to that had named some that are not there."""

    def open(self, id: str) -> Opened:
        """A sheet. Raises `DamagedError`, and KeyError where there is no such sheet."""
        return self._open.get(id, self._opened)

    def _opened(self, id: str) -> Opened:
        piece = self.kept[id].piece
        assert piece is not None  # noqa: S101  all of these have a sheet
        return Opened(self.store.read(piece))

    def whole(self, id: str) -> LoadedSheet:
        """A sheet with its file. Raises as `open` does."""
        return self._whole.get(id, self._made_whole)

    def _made_whole(self, id: str) -> LoadedSheet:
        opened = self.open(id)
        collection, path, first_line, text = opened.file
        spots = Spots(lambda: self.store.read(text).decode(), path, first_line)
        return LoadedSheet(opened.whole(), collection, path, spots)


def as_they_were(
    store: Store, were: Mapping[str, Laid], kept: Mapping[str, Kept], touched: Set[str]
) -> dict[str, Kept]:
    """The sheets as they were, of which those that nobody touched are those that are there now. Raises `DamagedError`."""
    found: dict[str, Kept] = {}
    for id, (digest, piece) in were.items():
        if id in touched and piece:
            found[id] = Kept(NOTHING, digest, face=Opened(store.read(piece)).face, piece=piece)
        else:
            found[id] = kept[id]
    return found


class Sheets(Mapping[str, LoadedSheet]):
    """The sheets of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __getitem__(self, id: str) -> LoadedSheet:
        return self.shelf.whole(id)

    def glance(self, id: str) -> Sheet:
        """A sheet for who asks it for little."""
        return Glance(self.shelf.open(id))  # type: ignore[return-value]  # by all looks

    def __contains__(self, id: object) -> bool:
        return id in self.shelf.kept

    def __iter__(self) -> Iterator[str]:
        return iter(self.shelf.kept)

    def __len__(self) -> int:
        return len(self.shelf.kept)


class _FollowedOf(Mapping[str, Follows]):
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __getitem__(self, id: str) -> Follows:
        return self.shelf.mended.get(id) or self.shelf.open(id)

    def __iter__(self) -> Iterator[str]:
        return iter(self.shelf.kept)

    def __len__(self) -> int:
        return len(self.shelf.kept)


class _Anchors(Mapping[str, frozenset[str]]):
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __getitem__(self, id: str) -> frozenset[str]:
        return self.shelf.open(id).anchors

    def __iter__(self) -> Iterator[str]:
        return iter(self.shelf.kept)

    def __len__(self) -> int:
        return len(self.shelf.kept)


class Captures(Mapping[str, str]):
    """The captures of a publication by the id of their source, each opened when it is asked for."""

    def __init__(self, files: Mapping[str, Found]) -> None:
        self.files = files
        self._open: Latest[str, str] = Latest(WHOLE)

    def __getitem__(self, id: str) -> str:
        return self._open.get(id, self._opened)

    def _opened(self, id: str) -> str:
        text = read_capture(self.files[id])
        return "" if isinstance(text, Problem) else text

    def __contains__(self, id: object) -> bool:
        return id in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


@dataclass
class Joined:
    """All sheets of a reading, joined."""

    catalogue: Catalogue
    known: AllKnown
    problems: list[Problem]
    """Of files and ids; what is wrong with references is found sheet by sheet."""
    unread: dict[str, str]
    kept: dict[str, Kept]
    """Those that have a sheet, by id."""
    doubtful: set[str]
    """Sheets in which something leads nowhere, or did when they were read."""
    ids: bytes
    """As in `Reading`."""
    astray: frozenset[str]
    """Likewise."""


def catalogue_of(
    store: Store,
    kept: dict[str, Kept],
    vocabularies: Mapping[str, Vocabulary],
    phrases: Phrases,
    captures: Mapping[str, str],
    content: str,
) -> tuple[Catalogue, Shelf]:
    """A catalogue that opens its sheets when they are asked for."""
    shelf = Shelf(store, kept)
    faces = {id: each.face for id, each in kept.items() if each.face}
    sheets = Sheets(shelf)
    return Catalogue(sheets, vocabularies, phrases, captures, _FollowedOf(shelf), content, faces=faces), shelf


def joined(
    survey: Survey,
    reading: Reading,
    vocabularies: Mapping[str, Vocabulary],
    phrases: Phrases,
    store: Store,
) -> Joined:
    """The catalogue of a reading. Codes: those of single files, of ids, and of captures without a source."""
    unread = dict(survey.unread)
    named = Named()
    stones: list[LoadedTombstone] = []
    kept: dict[str, Kept] = {}
    problems: list[Problem] = []
    for collection, found in survey.sheets:
        each = reading.files[found.path]
        problems += each.problems
        if each.withdrawn:
            stones.append(each.withdrawn)
        elif each.face is None:
            unread[id_meant(found.stem) or found.stem] = collection
        elif named.take(each.face.id, collection, each.face.path):
            kept[each.face.id] = each
    captures: dict[str, Found] = {}
    for found in survey.captures:
        if reading.captures[found.path][1]:
            captures[found.stem] = found
        else:
            text = read_capture(found)
            problems += [text] if isinstance(text, Problem) else []
            captures |= {} if isinstance(text, Problem) else {found.stem: found}
    content = survey.settings.content
    catalogue, shelf = catalogue_of(store, kept, vocabularies, phrases, Captures(captures), content)
    for id, each in kept.items():
        if each.face and each.face.former_ids:
            named.take_former(id, each.face.former_ids, lambda path, id=id: catalogue.sheets[id].place(path))  # type: ignore[misc]
    for stone in stones:
        named.take_withdrawn(stone, unread)
    catalogue.withdrawn = named.withdrawn
    known = AllKnown(
        catalogue.sheets, named.former, unread, named.withdrawn, vocabularies, content, _Anchors(shelf)
    )
    collections = {id: face.collection for id, face in catalogue.faces.items()}
    ids = digest_of(repr(collections).encode())
    astray = _astray(reading, catalogue.faces, collections, as_before=ids == reading.ids)
    doubtful = {id for id, each in kept.items() if each.doubtful} | astray
    for id in doubtful:
        shelf.mended[id], _ = follow(catalogue.sheets[id], known)
    for source in captures:
        problems += stray_capture(source, known)
    return Joined(catalogue, known, named.problems + problems, unread, kept, doubtful, ids, astray)


def _astray(
    reading: Reading, faces: Mapping[str, Face], collections: Mapping[str, str], *, as_before: bool
) -> frozenset[str]:
    """Which sheets are; while all ids are as before only those are looked at that were, or have just been read."""
    found = list(faces.values())
    if as_before:
        found = [face for id, face in faces.items() if face.path in reading.opened or id in reading.astray]
    return frozenset(face.id for face in found if tuple(map(collections.get, face.targets)) != face.among)
