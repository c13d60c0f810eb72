"""Which of the things made before still hold, by what each of them had looked up.

A record says what was made under a name and which look-ups it took (`factbook.catalogue.lookups` has their forms). When sheets
have changed, the sheets as they were are held against the sheets as they are, only where somebody had looked; what took none of
the look-ups that differ is as it would be made now.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar

from factbook.catalogue import Catalogue, Followed, Follows, Link
from factbook.catalogue.lookups import parted
from factbook.catalogue.watched import KINDS
from factbook.kept.reading import Laid
from factbook.model.dates import PartialDate

V = TypeVar("V")

InTime = Mapping[type, Callable[[PartialDate], Any]]
"""By what the sheets of a kind are ordered in time."""


class Record(NamedTuple, Generic[V]):
    """What was made under a name, and the numbers of its look-ups."""

    lookups: bytes
    """Of each four bytes, as an `array` has them."""
    value: V


class Holding(NamedTuple, Generic[V]):
    """What still holds of what was made before."""

    records: dict[str, Record[V]]
    otherwise: Set[str] | None
    """The look-ups that have another answer now; None where nothing holds."""


SPAN = 4096
"""More than there are forms of look-ups about one sheet, or about none."""
FEW = 4
"""Look-ups that are sought among the bytes of records one by one; to unpack all records costs as much as to seek for more."""


@dataclass
class Numbers:
    """Numbers for look-ups, each made of the place of the sheet that it is about and the place of what is asked of it."""

    ids: dict[str, int] = field(default_factory=dict)
    """The place of each sheet that was ever asked about."""
    forms: dict[str, int] = field(default_factory=dict)
    """The place of each thing that was ever asked of one."""
    asked: list[int] = field(default_factory=list)
    """What was asked of each, in the order of `ids`: a bit for each form, the lowest for the first."""

    def number(self, lookup: str) -> int:
        """The number of a look-up; a new one where it has none."""
        id, form = parted(lookup)
        place = self.ids.setdefault(id, len(self.ids))
        if place == len(self.asked):
            self.asked.append(0)
        which = self.forms.setdefault(form, len(self.forms))
        if which >= SPAN:
            raise OverflowError(f"More than {SPAN} forms of look-ups")
        self.asked[place] |= 1 << which
        return place * SPAN + which

    def known(self, lookup: str) -> int | None:
        """The number of a look-up; None where it was never made."""
        id, form = parted(lookup)
        if id not in self.ids or form not in self.forms:
            return None
        return self.ids[id] * SPAN + self.forms[form]

    def asked_of(self, id: str) -> Iterator[str]:
        """The forms of all look-ups ever made about a sheet; about none where the id is empty."""
        if id in self.ids:
            bits = self.asked[self.ids[id]]
            yield from (form for form, which in self.forms.items() if bits >> which & 1)


def numbered(lookups: set[str], known: dict[str, int]) -> array[int]:
    """The numbers of some look-ups among those that are known by theirs; new ones get the next."""
    known.update(zip(lookups.difference(known), count(len(known))))  # looks at the few, not at the many
    return array("I", map(known.__getitem__, lookups))


@dataclass
class Ledger(Generic[V]):
    """Records of one kind, all made of the same sheets under the same key."""

    key: str = ""
    sheets: dict[str, Laid] = field(default_factory=dict)
    asides: dict[str, bytes] = field(default_factory=dict)
    """Hashes of what is looked up beside the sheets, by the look-up: captures, history."""
    numbers: Numbers = field(default_factory=Numbers)
    records: dict[str, Record[V]] = field(default_factory=dict)

    def holding(
        self,
        key: str,
        sheets: Mapping[str, Laid],
        asides: Mapping[str, bytes],
        now: Catalogue,
        before: Callable[[Mapping[str, Laid], Set[str]], Catalogue],
        in_time: InTime,
    ) -> Holding[V]:
        """What holds for the sheets as they are now. `before` makes a catalogue of them as they were, being told which are others now."""
        if key != self.key:
            self.records.clear()
            self.numbers = Numbers()
            return Holding({}, None)
        were = self.sheets.get
        touched = {id for id, each in sheets.items() if were(id) != each}
        touched |= self.sheets.keys() - sheets.keys()
        differing = {
            lookup
            for lookup in self.asides.keys() | asides.keys()
            if self.asides.get(lookup) != asides.get(lookup)
        }
        if touched:
            old = before(self.sheets, touched)
            differing |= _differing(
                _changed(touched, self.sheets, sheets, old, now), old, now, self.numbers, in_time
            )
        if not differing:
            return Holding(dict(self.records), differing)
        gone = {number for lookup in differing if (number := self.numbers.known(lookup)) is not None}
        took = _that_took(gone, self.records)
        records = {name: record for name, record in self.records.items() if name not in took}
        return Holding(records, differing)


def _that_took(gone: Set[int], records: Mapping[str, Record[Any]]) -> set[str]:
    """The names of records with one of some look-ups; few numbers are sought among the bytes first."""
    if len(gone) > FEW:
        return {name for name, record in records.items() if not gone.isdisjoint(array("I", record.lookups))}
    written = [array("I", [number]).tobytes() for number in gone]
    may = {name for each in written for name, record in records.items() if each in record.lookups}
    return {name for name in may if not gone.isdisjoint(array("I", records[name].lookups))}


def _changed(
    touched: Set[str], were: Mapping[str, Laid], are: Mapping[str, Laid], old: Catalogue, now: Catalogue
) -> set[str]:
    """Those of the sheets that were read again which say something else, or stand elsewhere."""
    return {
        id
        for id in touched
        if id not in were or id not in are or (were[id][0], old.faces[id]) != (are[id][0], now.faces[id])
    }


def _differing(
    touched: set[str],
    before: Catalogue,
    now: Catalogue,
    asked: Numbers,
    in_time: InTime,
) -> set[str]:
    """The look-ups among those ever made that have another answer now."""
    found: set[str] = set()
    kinds: set[str] = set()
    redated: set[str] = set()
    for id in touched:
        old, new = before.faces.get(id), now.faces.get(id)
        if (
            old is None
            or new is None
            or (old.collection, old.kind, old.path) != (new.collection, new.kind, new.path)
        ):
            found.update(f"{id}{rest}" for rest in asked.asked_of(id))
            kinds.update(f"*{face.kind}" for face in (old, new) if face)
            redated.update(face.kind for face in (old, new) if face)
        else:
            found.update(f"{id}{rest}" for rest in asked.asked_of(id) if _differs(id, rest, before, now))
            if old.when != new.when:
                redated.add(old.kind)
        found |= _relinked(id, before, now)
    if kinds:
        found |= {*kinds, "*"}
    for kind, by in in_time.items():
        if kind.__name__ in redated:
            found |= _replaced(kind, by, before, now)
    for rest in asked.asked_of(""):
        if rest[0] == "=" and before.state_of(rest[1:]) != now.state_of(rest[1:]):
            found.add(rest)
    return found


def _differs(id: str, rest: str, before: Catalogue, now: Catalogue) -> bool:
    """Whether what was asked of a sheet has another answer; links to it and its neighbours are looked at apart."""
    if not rest:
        return True
    if rest[0] == ".":
        return bool(before.field_of(id, rest[1:]) != now.field_of(id, rest[1:]))
    if rest[0] == ">":
        return before.followed[id].links != now.followed[id].links
    if rest[0] == "}":
        names = rest[1:].split()
        return before.bare_links_of(id, *names) != now.bare_links_of(id, *names)
    if rest[0] == "!":
        return before.facts_of(id) != now.facts_of(id)
    if rest[0] == "$":
        return before.frail_facts_of(id) != now.frail_facts_of(id)
    if rest[0] == "#":
        old, new = before.followed[id], now.followed[id]
        return (old.anchors, old.facts) != (new.anchors, new.facts)
    return False


def _relinked(id: str, before: Catalogue, now: Catalogue) -> set[str]:
    """The look-ups of links that a sheet has made, lost or changed."""
    old = _by_target(before.followed[id] if id in before else Followed())
    new = _by_target(now.followed[id] if id in now else Followed())
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    begun_or_ended = old.keys() ^ new.keys()
    return {f"{target}<{name}" for target, inverse in changed for name in (inverse, "")} | {
        f"{target}{{{name}" for target, inverse in begun_or_ended for name in (inverse, "")
    }


def _by_target(followed: Follows) -> dict[tuple[str, str], list[Link]]:
    found: dict[tuple[str, str], list[Link]] = {}
    for link in followed.links:
        found.setdefault((link.target, link.inverse), []).append(link)
    return found


def _replaced(kind: type, by: Callable[[PartialDate], Any], before: Catalogue, now: Catalogue) -> set[str]:
    """The look-ups of neighbours that have others now."""
    return {
        f"{id}~"
        for id in now.ids(KINDS[kind.__name__])
        if id not in before or before.beside(id, kind, by) != now.beside(id, kind, by)
    }
