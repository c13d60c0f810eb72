"""The joined publication, as checks and pages ask it: sheets by id and by kind, links both ways.

It asks three tables, which may open their sheets only when somebody asks for one: sheets, what each refers to, and the face
of each, which says what most others want to know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import Any, NamedTuple, TypeAlias, TypeVar

from factbook.catalogue.links import BareLink, Followed, Follows, Link
from factbook.latest import Latest
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.model.actor import Actor
from factbook.model.collections import LINKS
from factbook.model.dates import PartialDate, parse_date
from factbook.model.event import Event
from factbook.model.records import Fact
from factbook.model.sheet import Sheet
from factbook.model.statement import Statement
from factbook.model.vocabularies import Vocabulary
from factbook.model.walking import facts
from factbook.model.wordings import Phrases

S = TypeVar("S", bound=Sheet)
T = TypeVar("T")
FEW = 16
"""How often it is asked who refers to a sheet before that is worked out for all of them."""
FACTS = 300
"""Sheets whose facts stay at hand."""
Beside: TypeAlias = tuple[str | None, str | None]
"""The one before and the one after."""


class Frail(NamedTuple):
    """A fact that stands on little, and why."""

    anchor: str
    by_entry: bool
    """A source is cited for an entry as a whole."""
    uncited: bool
    doubtful: bool
    """Low confidence in it is stated."""


class Face(NamedTuple):
    """What is known of a sheet without opening it: who and where it is."""

    id: str
    collection: str
    kind: str
    """The name of its model, e.g. `Measure`."""
    path: str
    title: str
    short: str
    former_ids: tuple[str, ...]
    refers: str
    """The sheets that it refers to: for each name that links have from there a line with the name and the ids, in order, each
    between blanks. One text is read from the disk in a third of the time that the words in it take."""
    among: tuple[str, ...] = ()
    """The collections of its `targets`, as they were when it was read."""
    when: str = ""
    """Of an event or a statement its date, as it is written."""
    state_of: str = ""
    """Of a state the code of its country."""
    verified: str = ""
    """The day on which it was last checked."""
    review_by: str = ""
    """The day by which it is to be checked again."""
    changed: bool = False
    """Whether it says itself what was changed in it."""

    @property
    def by_name(self) -> Iterator[tuple[str, list[str]]]:
        """The names of its links from the other end, each with the sheets that they lead to, in order."""
        for line in self.refers.splitlines():
            name, *ids = line.split()
            yield name, ids

    @property
    def targets(self) -> tuple[str, ...]:
        """All the sheets that it refers to, once each, in order of id."""
        return tuple(sorted({id for _, ids in self.by_name for id in ids}))


def face_of(loaded: LoadedSheet, followed: Follows, collections: Mapping[str, str] | None = None) -> Face:
    """The face of a sheet. `collections` are those of all ids, where they are wanted in it."""
    sheet = loaded.sheet
    refers: dict[str, set[str]] = defaultdict(set)
    for link in followed.links:
        refers[link.inverse].add(link.target)
    targets = sorted(set().union(*refers.values()))
    when = state = ""
    match sheet:
        case Event() | Statement():
            when = sheet.when.text
        case Actor():
            state = (sheet.country or "") if sheet.kind == "state" else ""
    return Face(
        sheet.id,
        loaded.collection,
        type(sheet).__name__,
        loaded.path,
        sheet.title_text,
        sheet.short_text,
        sheet.former_ids,
        "".join(f"{inverse} {' '.join(sorted(ids))} \n" for inverse, ids in sorted(refers.items())),
        tuple(collections[target] for target in targets) if collections else (),
        when,
        state,
        intern(sheet.verified.text),  # many share a day
        intern(sheet.review_by.text),
        bool(sheet.changes),
    )


ON_FACES: Mapping[str, Callable[[Face], Any]] = {
    "title_text": lambda face: face.title,
    "short_text": lambda face: face.short,
    "former_ids": lambda face: face.former_ids,
    "verified": lambda face: parse_date(face.verified),
    "review_by": lambda face: parse_date(face.review_by),
}
"""What of a sheet its face tells as well."""


class _Faces(Mapping[str, Face]):
    """The faces of sheets that lie open."""

    def __init__(self, sheets: Mapping[str, LoadedSheet], followed: Mapping[str, Follows]) -> None:
        self.sheets = sheets
        self.followed = followed
        self.made: dict[str, Face] = {}

    def __getitem__(self, id: str) -> Face:
        if id not in self.made:
            self.made[id] = face_of(self.sheets[id], self.followed.get(id, Followed()))
        return self.made[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sheets)

    def __len__(self) -> int:
        return len(self.sheets)

    def __contains__(self, id: object) -> bool:
        return id in self.sheets


@dataclass
class Catalogue:
    """The joined publication. Read only once made."""

    sheets: Mapping[str, LoadedSheet]
    """Every sheet and page by id, by collection in their order, then by id."""
    vocabularies: Mapping[str, Vocabulary]
    phrases: Phrases
    captures: Mapping[str, str]
    followed: Mapping[str, Follows]
    """What each sheet refers to."""
    content: str = "content"
    withdrawn: Mapping[str, LoadedTombstone] = field(default_factory=dict)
    """What is left of withdrawn sheets, by id."""
    faces: Mapping[str, Face] = field(default_factory=dict)
    """In the order of the sheets. Empty: made from the sheets."""

    _asked_for: int = 0
    """How often somebody asked who refers to a sheet, as far as it was counted."""
    _in_time: dict[str, dict[str, Beside]] = field(default_factory=dict)
    _facts: Latest[tuple[str, str], dict[str, Fact]] = field(default_factory=lambda: Latest(FACTS))
    """Of the sheets that were asked for theirs of late, by the step under which they stand."""

    def __post_init__(self) -> None:
        if not self.faces:
            self.faces = _Faces(self.sheets, self.followed)

    def __contains__(self, id: str) -> bool:
        return id in self.faces

    def __getitem__(self, id: str) -> Sheet:
        return self.sheets[id].sheet

    def glance(self, id: str) -> Sheet:
        """The sheet for who asks it for little: it may be opened no further."""
        glance: Callable[[str], Sheet] | None = getattr(self.sheets, "glance", None)
        return glance(id) if glance else self[id]

    def field_of(self, id: str, name: str) -> Any:
        """One field of a sheet, or what its model works out of several; the sheet is opened no further than for that."""
        on_face = ON_FACES.get(name)
        return on_face(self.faces[id]) if on_face else getattr(self.glance(id), name)

    def get(self, id: str, kind: type[S]) -> S:
        """The sheet of that id and kind; a wrong kind is a programmer's mistake."""
        sheet = self[id]
        if not isinstance(sheet, kind):
            raise TypeError(f"{id} is not a {kind.__name__}")
        return sheet

    def find(self, id: str | None, kind: type[S]) -> S | None:
        """The sheet of that id and kind; None where a reference leads nowhere, which `join` has reported."""
        if id is None or id not in self:
            return None
        sheet = self[id]
        return sheet if isinstance(sheet, kind) else None

    def ids(self, kind: type[Sheet] | None = None) -> list[str]:
        """The ids of all sheets of a kind; of all sheets when none is named, in the order of the sheets."""
        return self._by_kind[kind.__name__] if kind else list(self.faces)

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id, face in self.faces.items():
            found[face.kind].append(id)
        for ids in found.values():
            ids.sort()
        return found

    def all(self, kind: type[S]) -> list[S]:
        """Every sheet of a kind, by id."""
        return [self.get(id, kind) for id in self.ids(kind)]

    def collection_of(self, id: str) -> str:
        return self.faces[id].collection

    def path_of(self, id: str) -> str:
        """The file of a sheet, from the project's root."""
        return self.faces[id].path

    def title_of(self, id: str) -> str:
        return self.faces[id].title

    def short_of(self, id: str) -> str:
        """The title of a sheet in a few words."""
        return self.faces[id].short

    def former_ids_of(self, id: str) -> tuple[str, ...]:
        return self.faces[id].former_ids

    def state_of(self, country: str) -> str | None:
        """The state that has a country's code: the first of its kind by id."""
        return self._states.get(country)

    @cached_property
    def _states(self) -> dict[str, str]:
        return {
            face.state_of: face.id for id in reversed(self.ids(Actor)) if (face := self.faces[id]).state_of
        }

    def beside(self, id: str, kind: type[Sheet], by: Callable[[PartialDate], Any]) -> Beside:
        """The dated sheets of a kind before and after one, ordered by their dates, then by id."""
        if kind.__name__ not in self._in_time:
            rows = sorted((by(parse_date(self.faces[each].when)), each) for each in self.ids(kind))
            self._in_time[kind.__name__] = _in_turn(each for _, each in rows)
        return self._in_time[kind.__name__][id]

    def label(self, vocabulary: str, key: str) -> str:
        """A value of a closed list as readers see it."""
        return self.vocabularies[vocabulary].label(key)

    def know_all(self) -> None:
        """Works out who refers to whom now: before copies of the process are made that would all do so."""
        self._asked_for = FEW
        _ = self._origins, self._places, self._by_kind

    @cached_property
    def _origins(self) -> Mapping[tuple[str, str], list[str]]:
        """The sheets that refer to each by each name, in the order of the sheets."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id, face in self.faces.items():
            for inverse, targets in face.by_name:
                for target in targets:
                    found[intern(target), intern(inverse)].append(id)
        return found

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {id: place for place, id in enumerate(self.faces)}

    def origin_ids(self, id: str, *inverses: str) -> list[str]:
        """The sheets that refer to one, by any name or by some, in the order of the sheets; none of them is opened."""
        return self._origins_of(id, inverses or LINKS)

    def _origins_of(self, id: str, inverses: Iterable[str]) -> list[str]:
        if (
            self._asked_for < FEW
        ):  # to go through all sheets a few times costs less than to know it of all of them
            self._asked_for += 1
            names, wanted = frozenset(inverses), f" {id} "
            return [
                origin
                for origin, face in self.faces.items()
                if wanted in face.refers
                and any(id in targets for inverse, targets in face.by_name if inverse in names)
            ]
        found = [self._origins[id, inverse] for inverse in inverses if (id, inverse) in self._origins]
        if len(found) < 2:
            return found[0] if found else []
        return sorted({origin for origins in found for origin in origins}, key=self._places.__getitem__)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order of the sheets."""
        return tuple(link for id in self.faces for link in self.followed[id].links)

    @property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """The anchors of each sheet."""
        return {id: self.followed[id].anchors for id in self.faces}

    def facts_of(self, id: str, under: str = "") -> dict[str, Fact]:
        """The facts of a sheet by their anchors, in its order: all, or those whose anchors begin with a step, which opens less of it."""
        return self._facts.get((id, under), self._found)

    def _found(self, asked: tuple[str, str]) -> dict[str, Fact]:
        id, under = asked
        return {found.anchor: found.fact for found in facts(self.glance(id), under) if found.fact}

    def frail_facts_of(self, id: str) -> tuple[Frail, ...]:
        """Those of a sheet's facts that stand on little, in its order."""
        return tuple(
            Frail(anchor, *why)
            for anchor, fact in self.facts_of(id).items()
            if any(
                why := (
                    any(citation.support == "entry" for citation in fact.cite),
                    not fact.cite,
                    fact.confidence == "low",
                )
            )
        )

    def gathered(self, what: str, ids: Iterable[str], take: Callable[[Catalogue, str], T]) -> list[T]:
        """What a view of many sheets takes of each of them, in their order.

        It may be kept, under `what`, and so is a value without sheets in it. What a sheet's face tells costs less than to keep it.
        """
        return [take(self, id) for id in ids]

    def anchors_of(self, id: str) -> frozenset[str]:
        """What can be referred to in a sheet."""
        return self.followed[id].anchors

    def fact_anchors_of(self, id: str) -> tuple[str, ...]:
        """The anchors of a sheet's facts, in order of the alphabet."""
        return self.followed[id].facts

    def targets_of(self, id: str) -> tuple[str, ...]:
        """The sheets that a sheet refers to, in order of id."""
        return self.faces[id].targets

    def links_to(self, id: str, *inverses: str) -> list[Link]:
        """The links that lead to a sheet, all or those of some names, by origin and anchor."""
        return [
            link
            for origin in self.origin_ids(id, *inverses)
            for link in self.followed[origin].links_to(id)
            if not inverses or link.inverse in inverses
        ]

    def links_from(self, id: str, *inverses: str) -> list[Link]:
        """The links that a sheet makes."""
        return [link for link in self.followed[id].links if not inverses or link.inverse in inverses]

    def bare_links_of(self, id: str, *inverses: str) -> frozenset[BareLink]:
        """The links that a sheet makes, all or those of some names, without what they say."""
        links = self.links_from(id, *inverses)
        return frozenset(BareLink(link.inverse, link.target, link.anchor) for link in links)

    def origins(self, id: str, inverse: str, kind: type[S]) -> list[S]:
        """The sheets of a kind that refer to a sheet by a link of that name, once each, in order of id."""
        return [sheet for key in sorted(self.origin_ids(id, inverse)) if isinstance(sheet := self[key], kind)]


def _in_turn(ids: Iterable[str]) -> dict[str, Beside]:
    """Of each id the one before and the one after."""
    row = [None, *ids, None]
    return {id: (row[at - 1], row[at + 1]) for at, id in enumerate(row) if id is not None}
