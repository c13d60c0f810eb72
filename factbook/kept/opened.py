"""A kept sheet, opened only as far as somebody looks: field by field, and its links target by target.

Most of what pages ask of other sheets is one field, or the few links that lead to themselves. So each field lies by itself among
the bytes, and so do the links to each target: the bytes begin with where each part of them ends, and opening a sheet costs
nothing until a part is asked for. How things become bytes is left to `packing`.
"""

from __future__ import annotations

from array import array
from sys import byteorder
from typing import Any

from factbook.catalogue import Face, Followed, Link
from factbook.kept.packing import given_in, names_of, packed, record_of, unpacked, values_of
from factbook.kept.store import Piece
from factbook.loading.loaded import LoadedSheet
from factbook.model.sheet import Sheet

_KIND, _GIVEN, _FILE, _FACE, _TARGETS, _ORDER, _ANCHORS, _TAKEN, _FACTS, _FIELDS = range(10)
"""The parts in their order; the fields of the model follow, and then the links to each target."""
_SEAM = "\n"
"""Around each target, so that none is found within another."""


def bytes_of(loaded: LoadedSheet, followed: Followed, face: Face, text: Piece) -> bytes:
    """A sheet, what it refers to, and its face, to be opened by `Opened`; `text` is where its text lies, which is seldom wanted."""
    sheet = loaded.sheet
    by_target: dict[str, list[Link]] = {}
    for link in followed.links:
        by_target.setdefault(link.target, []).append(link)
    places = {target: place for place, target in enumerate(by_target)}
    parts = [
        packed(type(sheet)),
        packed(given_in(sheet)),
        packed((loaded.collection, loaded.path, loaded.first_line, text)),
        packed(face),
        _SEAM.join(("", *by_target, "")).encode(),
        packed([places[link.target] for link in followed.links]),
        packed(followed.anchors),
        packed(followed.taken),
        packed(followed.facts),
        *[packed(value) for value in values_of(sheet)],
        *[packed(tuple(links)) for links in by_target.values()],
    ]
    starts = array("I", [4 * (len(parts) + 1)])
    for part in parts:
        starts.append(starts[-1] + len(part))
    return b"".join((starts.tobytes(), *parts))


class Opened:
    """One kept sheet."""

    __slots__ = ("_bytes", "_kind", "_starts", "_values")

    def __init__(self, data: bytes) -> None:
        self._bytes = data
        self._starts = array("I")
        self._starts.frombytes(data[: int.from_bytes(data[:4], byteorder)])
        self._kind: type[Sheet] = self._part(_KIND)
        self._values: dict[int, Any] = {}

    def _part(self, place: int) -> Any:
        return unpacked(self._bytes[self._starts[place] : self._starts[place + 1]])

    def _value(self, place: int) -> Any:
        if place not in self._values:
            self._values[place] = self._part(place)
        return self._values[place]

    @property
    def kind(self) -> type[Sheet]:
        """Its model."""
        return self._kind

    def field(self, name: str) -> Any:
        """One field. KeyError where the model has no such field."""
        return self._value(_FIELDS + names_of(self._kind)[name])

    def whole(self) -> Sheet:
        """The whole sheet, opened anew each time."""
        values = tuple([self._part(_FIELDS + place) for place in range(len(names_of(self._kind)))])
        opened: Any = record_of(self._kind, values, self._part(_GIVEN))
        sheet: Sheet = opened
        return sheet

    @property
    def file(self) -> tuple[str, str, int, Piece]:
        """Its collection, its path, the line on which its fields start, and where its text lies."""
        file: tuple[str, str, int, Piece] = self._part(_FILE)
        return file

    @property
    def face(self) -> Face:
        """Its face, as it was when it was read."""
        face: Face = self._part(_FACE)
        return face

    def links_to(self, target: str) -> tuple[Link, ...]:
        """Its links to one sheet, in their order."""
        start, end = self._starts[_TARGETS], self._starts[_TARGETS + 1]
        found = self._bytes.find(f"{_SEAM}{target}{_SEAM}".encode(), start, end)
        return () if found < 0 else self._links(self._bytes.count(_SEAM.encode(), start, found))

    def _links(self, place: int) -> tuple[Link, ...]:
        links: tuple[Link, ...] = self._value(_FIELDS + len(names_of(self._kind)) + place)
        return links

    @property
    def links(self) -> tuple[Link, ...]:
        """All its links, in their order."""
        order: list[int] = self._part(_ORDER)
        lying = {place: iter(self._links(place)) for place in order}
        return tuple([next(lying[place]) for place in order])

    @property
    def anchors(self) -> frozenset[str]:
        """What can be referred to in it."""
        anchors: frozenset[str] = self._value(_ANCHORS)
        return anchors

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """As in `Followed`."""
        taken: tuple[tuple[str, str], ...] = self._value(_TAKEN)
        return taken

    @property
    def facts(self) -> tuple[str, ...]:
        """As in `Followed`."""
        facts: tuple[str, ...] = self._value(_FACTS)
        return facts


class Glance:
    """A sheet by all looks, of which only what is asked for is opened."""

    def __init__(self, opened: Opened) -> None:
        self.__dict__["_opened"] = opened

    @property  # type: ignore[misc]
    def __class__(self) -> type[Sheet]:  # type: ignore[override]
        return self.__dict__["_opened"].kind  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        """A field, or what the model works out of fields."""
        opened: Opened = self.__dict__["_opened"]
        if name in names_of(opened.kind):
            return opened.field(name)
        worked_out = getattr(opened.kind, name)
        if isinstance(worked_out, property) and worked_out.fget:
            return worked_out.fget(self)
        return getattr(opened.whole(), name)
