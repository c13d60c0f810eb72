"""Joining sheets that lie open: ids once each, every sheet followed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from factbook.catalogue.catalogue import Catalogue
from factbook.catalogue.following import anchors_of, follow, stray_capture
from factbook.catalogue.links import Followed
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.loading.sheets import Loaded
from factbook.loading.survey import PROSE
from factbook.meant import Meant
from factbook.model.collections import COLLECTIONS, RESERVED
from factbook.model.vocabularies import Vocabulary
from factbook.problems import Place, Problem, did_you_mean
from factbook.yaml_text import Path


@dataclass
class AllKnown:
    """What is known when all sheets have been read."""

    sheets: Mapping[str, LoadedSheet]
    former: Mapping[str, str]
    unread: Container[str]
    withdrawn: Mapping[str, LoadedTombstone]
    vocabularies: Mapping[str, Vocabulary]
    content: str
    anchors: Mapping[str, frozenset[str]]

    def collection_of(self, id: str) -> str | None:
        return self.sheets[id].collection if id in self.sheets else None

    @cached_property
    def meant(self) -> Meant:
        """Whom an editor may have meant; made for the first reference that leads nowhere."""
        return Meant(self.sheets)

    def title_of(self, id: str) -> str:
        return self.sheets[id].sheet.title_text

    def anchors_of(self, id: str) -> frozenset[str] | None:
        return self.anchors[id]


@dataclass
class Named:
    """The ids of a publication."""

    paths: dict[str, str] = field(default_factory=dict)
    """Each id and its file, in the order of the sheets."""
    former: dict[str, str] = field(default_factory=dict)
    """Former ids and what is called so now."""
    withdrawn: dict[str, LoadedTombstone] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, id: str, collection: str, path: str) -> bool:
        """Takes in a sheet, unless its id is taken. Codes: duplicate-id, reserved-address."""
        if id in self.paths:
            message = (
                f'"{id}" is already the id of {self.paths[id]}. '
                "An id stands for one thing in the whole publication: rename one."
            )
            self.problems.append(Problem("duplicate-id", Place(path), message))
            return False
        if collection == PROSE and id in (*COLLECTIONS, *RESERVED):
            message = f'The address "{id}/" belongs to another page of the site. Give this one another name.'
            self.problems.append(Problem("reserved-address", Place(path), message))
        self.paths[id] = path
        return True

    def take_former(self, id: str, former_ids: Iterable[str], place: Callable[[Path], Place]) -> None:
        """Takes in the former ids of a sheet, when all sheets have been taken in. Code: duplicate-id."""
        for position, old in enumerate(former_ids):
            if old in self.paths or old in self.former:
                other = self.paths[old] if old in self.paths else self.paths[self.former[old]]
                message = f'The former id "{old}" belongs to {other} already. Remove it here or there.'
                self.problems.append(Problem("duplicate-id", place(("former_ids", position)), message))
            self.former[old] = id

    def take_withdrawn(self, gone: LoadedTombstone, unread: Container[str]) -> None:
        """Takes in what is left of a withdrawn sheet, when all others have been taken in; its ids stay its own.

        What it names instead exists. Codes: duplicate-id, unknown-reference.
        """
        stone = gone.stone
        for id in (stone.id, *stone.former_ids):
            if id in self.paths or id in self.former or id in self.withdrawn:
                message = (
                    f'"{id}" belongs to another sheet too. '
                    "An id that was published stays with what it stood for: rename the other one."
                )
                self.problems.append(Problem("duplicate-id", Place(gone.path), message))
        self.withdrawn[stone.id] = gone
        instead = stone.withdrawn.instead
        if instead and instead not in self.paths and instead not in unread:
            spot = gone.spots[("withdrawn", "instead")]
            message = (
                f'instead is "{instead}", and there is no such sheet.{did_you_mean(instead, self.paths)}'
            )
            self.problems.append(
                Problem("unknown-reference", Place(gone.path, spot.line, spot.column), message)
            )


def join(loaded: Loaded) -> tuple[Catalogue, list[Problem]]:
    """The catalogue, and every reference that leads nowhere. Codes: those of `Named` and of `follow`."""
    named = Named()
    sheets: dict[str, LoadedSheet] = {}
    for sheet in (*loaded.sheets, *loaded.pages):
        if named.take(sheet.id, sheet.collection, sheet.path):
            sheets[sheet.id] = sheet
    for id, sheet in sheets.items():
        named.take_former(id, sheet.sheet.former_ids, sheet.place)
    for gone in loaded.withdrawn:
        named.take_withdrawn(gone, loaded.unread)
    known = AllKnown(
        sheets,
        named.former,
        loaded.unread,
        named.withdrawn,
        loaded.vocabularies,
        loaded.settings.content,
        {id: frozenset(anchors_of(sheet.sheet)) for id, sheet in sheets.items()},
    )
    problems = list(named.problems)
    followed: dict[str, Followed] = {}
    for id, sheet in sheets.items():
        followed[id], found = follow(sheet, known)
        problems += found
    for source in loaded.captures:
        problems += stray_capture(source, known)
    return (
        Catalogue(
            sheets,
            loaded.vocabularies,
            loaded.phrases,
            loaded.captures,
            followed,
            loaded.settings.content,
            named.withdrawn,
        ),
        problems,
    )
