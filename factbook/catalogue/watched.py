"""The catalogue as one page or one check asks it, with everything it was asked written down.

Whoever keeps what was made of the answers knows from these look-ups when to make it again: not when a sheet changed that was
asked for its title, but when its title did. Nothing has to be declared: other sheets come as `_Shown`, which notes each field
that is read. What forms a look-up has is left to `lookups`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from factbook.catalogue.catalogue import Beside, Catalogue, Frail
from factbook.catalogue.links import BareLink, Link
from factbook.catalogue.lookups import Gathered, Taken, taken_of
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.model.briefing import PlainPage
from factbook.model.change import Change, History, SheetPast
from factbook.model.collections import ALL
from factbook.model.dates import PartialDate
from factbook.model.records import Fact
from factbook.model.sheet import Sheet

S = TypeVar("S", bound=Sheet)
T = TypeVar("T")

KINDS: dict[str, type[Sheet]] = {
    **{collection.model.__name__: collection.model for collection in ALL.values()},
    PlainPage.__name__: PlainPage,
}
"""Every model of a sheet by its name."""


class _Shown:
    """Another sheet as a page sees it: an instance of its model by all looks, which notes what is read of it."""

    def __init__(self, whole: Catalogue, id: str, kind: type[Sheet], lookups: set[str]) -> None:
        self.__dict__.update(id=id, _whole=whole, _kind=kind, _lookups=lookups)

    @property  # type: ignore[misc]
    def __class__(self) -> type[Sheet]:  # type: ignore[override]
        kind: type[Sheet] = self.__dict__["_kind"]
        return kind

    def __getattr__(self, name: str) -> Any:
        """Reached once for each field: what was read stays."""
        own = self.__dict__
        if name.startswith("__") or name.isupper():
            return getattr(own["_kind"], name)
        own["_lookups"].add(f"{own['id']}.{name}")
        value = own[name] = own["_whole"].field_of(own["id"], name)
        return value


class _WatchedCaptures(Mapping[str, str]):
    def __init__(self, captures: Mapping[str, str], lookups: set[str]) -> None:
        self.captures = captures
        self.lookups = lookups

    def __getitem__(self, id: str) -> str:
        self.lookups.add(f"{id}@")
        return self.captures[id]

    def __contains__(self, id: object) -> bool:
        self.lookups.add(f"{id}@")
        return id in self.captures

    def __iter__(self) -> Iterator[str]:
        raise TypeError("Captures are looked up one by one here")

    def __len__(self) -> int:
        raise TypeError("Captures are looked up one by one here")


class WatchedHistory(History):
    """A history for one use, whose look-ups are written down with those of the catalogue."""

    def __init__(self, whole: History, lookups: set[str]) -> None:
        object.__setattr__(self, "whole", whole)
        object.__setattr__(self, "lookups", lookups)
        object.__setattr__(self, "reach", whole.reach)

    whole: History
    lookups: set[str]

    @property
    def changes(self) -> tuple[Change, ...]:
        """As in the whole history."""
        self.lookups.add("^")
        return self.whole.changes

    def of(self, id: str) -> tuple[Change, ...]:
        """As in the whole history."""
        self.lookups.add(f"{id}^")
        return self.whole.of(id)

    def past_of(self, id: str) -> SheetPast:
        """As in the whole history."""
        self.lookups.add(f"{id}^")
        return self.whole.past_of(id)


class Watched(Catalogue):
    """A catalogue for one use, with its look-ups."""

    def __init__(self, whole: Catalogue, own: str | None = None, before: Gathered | None = None) -> None:
        """`own` is the sheet that everything may be asked of, `before` what was gathered for this use before and holds."""
        self.whole = whole
        self.before = before or {}
        self.gathering: dict[str, dict[str, Taken]] = {}
        """What was gathered for this use."""
        self.own: LoadedSheet | None = whole.sheets[own] if own else None
        self.own_id = own
        self.lookups: set[str] = {own} if own else set()
        self.vocabularies = whole.vocabularies
        self.phrases = whole.phrases
        self.captures = _WatchedCaptures(whole.captures, self.lookups)
        self.content = whole.content
        self._shown: dict[str, Any] = {}

    @property
    def sheets(self) -> Mapping[str, LoadedSheet]:  # type: ignore[override]
        """Refused: a sheet with its file is more than can be noted."""
        raise TypeError("Ask for a sheet by its id, or for what is wanted of it")

    @property
    def withdrawn(self) -> Mapping[str, LoadedTombstone]:  # type: ignore[override]
        """As in the whole catalogue."""
        self.lookups.add("%")
        return self.whole.withdrawn

    def __contains__(self, id: str) -> bool:
        self.lookups.add(f"{id}?")
        return id in self.whole

    def __getitem__(self, id: str) -> Sheet:
        if id == self.own_id and self.own:
            return self.own.sheet
        if id not in self._shown:
            self.lookups.add(f"{id}?")
            self._show(id)
        shown: Sheet = self._shown[id]
        return shown

    def _show(self, id: str) -> Any:
        shown = self._shown[id] = _Shown(self.whole, id, KINDS[self.whole.faces[id].kind], self.lookups)
        return shown

    def ids(self, kind: type[Sheet] | None = None) -> list[str]:
        """As in the whole catalogue."""
        self.lookups.add(f"*{kind.__name__}" if kind else "*")
        return self.whole.ids(kind)

    def all(self, kind: type[S]) -> list[S]:
        """As in the whole catalogue: where and of which kind each is, is told by which there are."""
        found: list[Any] = [self._shown.get(id) or self._show(id) for id in self.ids(kind)]
        return found

    def collection_of(self, id: str) -> str:
        self.lookups.add(f"{id}?")
        return self.whole.collection_of(id)

    def path_of(self, id: str) -> str:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}?")
        return self.whole.path_of(id)

    def title_of(self, id: str) -> str:
        self.lookups.add(f"{id}.title_text")
        return self.whole.title_of(id)

    def short_of(self, id: str) -> str:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}.short_text")
        return self.whole.short_of(id)

    def former_ids_of(self, id: str) -> tuple[str, ...]:
        self.lookups.add(f"{id}.former_ids")
        return self.whole.former_ids_of(id)

    def state_of(self, country: str) -> str | None:
        """As in the whole catalogue."""
        self.lookups.add(f"={country}")
        return self.whole.state_of(country)

    def beside(self, id: str, kind: type[Sheet], by: Callable[[PartialDate], Any]) -> Beside:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}~")
        return self.whole.beside(id, kind, by)

    def facts_of(self, id: str, under: str = "") -> dict[str, Fact]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}!")
        return self.whole.facts_of(id, under)

    def anchors_of(self, id: str) -> frozenset[str]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}#")
        return self.whole.anchors_of(id)

    def fact_anchors_of(self, id: str) -> tuple[str, ...]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}#")
        return self.whole.fact_anchors_of(id)

    def frail_facts_of(self, id: str) -> tuple[Frail, ...]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}$")
        return self.whole.frail_facts_of(id)

    def targets_of(self, id: str) -> tuple[str, ...]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}}}")
        return self.whole.targets_of(id)

    def bare_links_of(self, id: str, *inverses: str) -> frozenset[BareLink]:
        """As in the whole catalogue."""
        self.lookups.update([f"{id}}}{inverse}" for inverse in inverses] or [f"{id}}}"])
        return self.whole.bare_links_of(id, *inverses)

    def field_of(self, id: str, name: str) -> Any:
        """As in the whole catalogue."""
        return getattr(self[id], name)

    def glance(self, id: str) -> Sheet:
        """As the sheet itself, of which each field that is read is noted anyway."""
        return self[id]

    def origin_ids(self, id: str, *inverses: str) -> list[str]:
        """As in the whole catalogue."""
        self.lookups.update([f"{id}{{{inverse}" for inverse in inverses] or [f"{id}{{"])
        return self.whole.origin_ids(id, *inverses)

    def links_to(self, id: str, *inverses: str) -> list[Link]:
        """As in the whole catalogue."""
        self.lookups.update([f"{id}<{inverse}" for inverse in inverses] or [f"{id}<"])
        return self.whole.links_to(id, *inverses)

    def links_from(self, id: str, *inverses: str) -> list[Link]:
        """As in the whole catalogue."""
        self.lookups.add(f"{id}>")
        return self.whole.links_from(id, *inverses)

    def gathered(self, what: str, ids: Iterable[str], take: Callable[[Catalogue, str], T]) -> list[T]:
        """As of the whole catalogue, and taken only of sheets of which it was not taken before."""
        before, now = self.before.get(what, {}), self.gathering.setdefault(what, {})
        found: list[T] = []
        for id in ids:
            taken = before.get(id)
            if taken is None:
                one = Watched(self.whole)
                value = take(one, id)
                taken = taken_of(id, one.lookups, value)
            now[id] = taken
            self.lookups.update(taken.lookups(id))
            found.append(taken.value)
        return found
