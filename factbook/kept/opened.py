"""A kept sheet, opened only as far as somebody looks: field by field, and its links target by target.

Most of what pages ask of other sheets is one field, or the few links that lead to themselves. So each field lies by itself among
the bytes, and so do the links to each target. How things become bytes is left to `packing`.
"""

from __future__ import annotations

from typing import Any

from factbook.catalogue import Followed, Link
from factbook.kept.packing import given_in, names_of, packed, record_of, unpacked, values_of
from factbook.kept.store import Piece
from factbook.loading.sheets import LoadedSheet
from factbook.model.sheet import Sheet

_PLAIN = (str, bool, int, type(None))
"""Kinds of values that lie there as they are."""


def bytes_of(loaded: LoadedSheet, followed: Followed, text: Piece) -> bytes:
    """A sheet and what it refers to, to be opened by `Opened`; `text` is where its text lies, which is seldom wanted."""
    sheet = loaded.sheet
    by_target: dict[str, list[Link]] = {}
    for link in followed.links:
        by_target.setdefault(link.target, []).append(link)
    return packed(
        (
            type(sheet),
            tuple([_part(value) for value in values_of(sheet)]),
            given_in(sheet),
            (loaded.collection, loaded.path, loaded.first_line, text),
            {target: packed(tuple(links)) for target, links in by_target.items()},
            tuple(link.target for link in followed.links),
            (followed.anchors, followed.taken, followed.facts),
        )
    )


def _part(value: Any) -> Any:
    return value if isinstance(value, _PLAIN) or (isinstance(value, tuple) and not value) else packed(value)


class Opened:
    """One kept sheet."""

    __slots__ = (
        "_followed",
        "_given",
        "_kind",
        "_links",
        "_order",
        "_parts",
        "_rest",
        "_values",
    )

    def __init__(self, data: bytes) -> None:
        self._kind: type[Sheet]
        self._parts: tuple[Any, ...]
        self._kind, self._parts, self._given, self._rest, self._links, self._order, self._followed = unpacked(
            data
        )
        self._values: dict[str, Any] = {}

    @property
    def kind(self) -> type[Sheet]:
        """Its model."""
        return self._kind

    def field(self, name: str) -> Any:
        """One field. KeyError where the model has no such field."""
        if name not in self._values:
            part = self._parts[names_of(self._kind)[name]]
            self._values[name] = unpacked(part) if type(part) is bytes else part
        return self._values[name]

    def whole(self) -> Sheet:
        """The whole sheet, opened anew each time."""
        values = tuple([unpacked(part) if type(part) is bytes else part for part in self._parts])
        opened: Any = record_of(self._kind, values, self._given)
        sheet: Sheet = opened
        return sheet

    @property
    def file(self) -> tuple[str, str, int, Piece]:
        """Its collection, its path, the line on which its fields start, and where its text lies."""
        file: tuple[str, str, int, Piece] = self._rest
        return file

    def links_to(self, target: str) -> tuple[Link, ...]:
        """Its links to one sheet, in their order."""
        part = self._links.get(target, ())
        if type(part) is bytes:
            part = self._links[target] = unpacked(part)
        found: tuple[Link, ...] = part
        return found

    @property
    def links(self) -> tuple[Link, ...]:
        """All its links, in their order."""
        lying = {target: iter(self.links_to(target)) for target in self._links}
        return tuple(next(lying[target]) for target in self._order)

    @property
    def anchors(self) -> frozenset[str]:
        """What can be referred to in it."""
        anchors: frozenset[str] = self._followed[0]
        return anchors

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """As in `Followed`."""
        taken: tuple[tuple[str, str], ...] = self._followed[1]
        return taken

    @property
    def facts(self) -> tuple[str, ...]:
        """As in `Followed`."""
        facts: tuple[str, ...] = self._followed[2]
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
