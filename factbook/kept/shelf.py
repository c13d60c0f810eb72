"""The sheets of a publication, each read once and opened again when somebody asks for it; and all of them, joined.

What each file gave is left to `reading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from factbook.catalogue import (
    AllKnown,
    Catalogue,
    Face,
    Followed,
    Follows,
    Named,
    follow,
    stray_capture,
)
from factbook.kept.opened import Glance, Opened
from factbook.kept.reading import Kept, Laid, Reading
from factbook.kept.store import Store, digest_of
from factbook.latest import Latest
from factbook.loading.files import Found
from factbook.loading.loaded import LoadedSheet, LoadedTombstone, Spots
from factbook.loading.sheets import read_capture
from factbook.loading.survey import Survey
from factbook.model.sheet import Sheet
from factbook.model.values import id_meant
from factbook.model.vocabularies import Vocabulary
from factbook.model.wordings import Phrases
from factbook.on_disk import NOTHING
from factbook.problems import Problem

OPEN = 300
"""Sheets that lie open at once, with what somebody has looked at; the one opened longest ago is closed first."""
WHOLE = 50
"""Sheets that are whole at once."""


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
