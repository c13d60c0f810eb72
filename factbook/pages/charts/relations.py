"""Relations of an actor or a measure as boxes and lines: who imposes what on whom, who belongs to whom, who held which post.

Only ties that sheets state are drawn, each as its sheet states it. The lists on the page hold all of them with their evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from factbook.catalogue import Catalogue
from factbook.chronology import designations_of
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.dates import Bound
from factbook.model.measure import Measure
from factbook.model.sheet import NamedSheet, Sheet
from factbook.model.spoken import number_in_words, short_date
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef

Kind: TypeAlias = Literal["self", "actor", "measure", "regime"]

MOST = 14
"""Boxes beside the one in the middle; what is further down the lists is left to them."""
MOST_AT_ONCE = 120
"""Boxes where everyone is drawn at once; nobody finds anybody among more, and the time to place them grows with their square."""
LONG_NAME, SHORT_NAME = 24, 12
"""A name with more letters gives way to its acronym, where it has one; the second where everyone is drawn at once."""


IN_POST = "in post"


@frozen
class Box:
    """A sheet in a chart of relations."""

    ref: PageRef
    kind: Kind
    words: tuple[str, ...]
    """The ties that lead to it, e.g. `bought from`, `in post 2014–2023`; read before its name when it is a target, else after."""


@frozen
class RelationsChart:
    """Boxes, the one in the middle first, and lines from box to box by position."""

    finding: str
    note: str
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[str, ...]
    """Every line in words, e.g. `Lantern Oil → Ministry of Tides: bought from`."""
    label: str


@dataclass
class _Making:
    """A chart while it is put together."""

    draft: Draft
    middle: Sheet
    kinds: dict[str, Kind] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    """Source, target, words."""
    left_out: int = 0

    def tie(self, source: str, words: str, target: str, other: str, kind: Kind) -> None:
        """A tie between two sheets that brings in the other of them, unless there is no more room."""
        if other not in self.kinds:
            if len(self.kinds) >= MOST:
                self.left_out += 1
                return
            self.kinds[other] = kind
        said = self.words.setdefault(other, [])
        if words not in said:
            said.append(words)
        if (source, target, words) not in self.lines:
            self.lines.append((source, target, words))

    def chart(self, finding: str, label: str) -> RelationsChart | None:
        """The finished chart; None when there is nothing beside the middle."""
        if not self.kinds:
            return None
        ids = [self.middle.id, *self.kinds]
        boxes = [Box(_ref(self.middle, self.draft), "self", ())]
        for id, kind in self.kinds.items():
            boxes.append(Box(_ref(self.draft.catalogue[id], self.draft), kind, tuple(self.words[id])))
        lines = dict.fromkeys((ids.index(a), ids.index(b)) for a, b, _ in self.lines)
        sentences = tuple(_sentence(*line, self.draft) for line in self.lines)
        note = "More ties are in the lists." if self.left_out else ""
        return RelationsChart(finding, note, tuple(boxes), tuple(lines), sentences, label)


def of_actor(actor: Actor, draft: Draft) -> RelationsChart | None:
    """The measures on an actor and by it, its ties to others, posts held by it or in it."""
    catalogue, me = draft.catalogue, actor.id
    making = _Making(draft, actor)
    designated = designations_of(me, catalogue)
    for measure, designation in designated:
        words = f"designates, {_from(designation.from_)}" if designation.from_.date else "designates"
        making.tie(measure.id, words, me, measure.id, "measure")
    for other, source, words, target in _ties(actor, catalogue):
        making.tie(source, words, target, other, "actor")
    imposed = catalogue.origins(me, "imposes", Measure)
    for measure in imposed:
        making.tie(me, "imposed", measure.id, measure.id, "measure")
    for measure, _ in designated:
        for imposer in measure.imposed_by:
            if imposer.actor != me and measure.id in making.kinds:
                making.tie(imposer.actor, "imposed it", measure.id, imposer.actor, "actor")
    tied = [other for other, *_ in _ties(actor, catalogue)]
    finding = _finding(len({measure.id for measure, _ in designated}), len(imposed), tied, draft)
    return making.chart(finding, f"Relations of {actor.title_text}; the lists on this page say the same")


def of_measure(measure: Measure, draft: Draft) -> RelationsChart | None:
    """Who imposed a measure, under what, and on whom."""
    making = _Making(draft, measure)
    me = measure.id
    imposers = list(dict.fromkeys(each.actor for each in measure.imposed_by))
    regimes = list(dict.fromkeys(each.regime for each in measure.under))
    for id in imposers:
        making.tie(id, "imposed it", me, id, "actor")
    for id in regimes:
        making.tie(id, "is its basis", me, id, "regime")
    for designation in measure.designations:
        words = f"designated {_from(designation.from_)}" if designation.from_.date else "designated"
        making.tie(me, words, designation.actor, designation.actor, "actor")
    for affected in measure.affects:
        making.tie(me, "affected", affected.actor, affected.actor, "actor")
    on = [*(each.actor for each in measure.designations), *(each.actor for each in measure.affects)]
    parts = [
        f"imposed by {_named(imposers, draft)}" if imposers else "",
        f"under {_named(regimes, draft)}" if regimes else "",
        f"on {_named(on, draft)}" if on else "",
    ]
    finding = ", ".join(part for part in parts if part)
    label = f"Who imposed “{measure.title_text}”, under what, and on whom; “At a glance” says the same"
    return making.chart(finding[:1].upper() + finding[1:], label)


def of_all(actors: Iterable[Actor], draft: Draft) -> RelationsChart | None:
    """Every state, body and company that is tied to another; no one stands in the middle. People are left to the lists."""
    catalogue = draft.catalogue
    ties = sorted(
        {
            (source, target, words)
            for actor in actors
            for _, source, words, target in _ties(actor, catalogue)
            if not (_is_person(source, catalogue) or _is_person(target, catalogue))
        }
    )
    shown, many = _most_tied(ties)
    ties = [tie for tie in ties if tie[0] in shown and tie[1] in shown]
    lines = list(dict.fromkeys((source, target) for source, target, _ in ties))
    places = {id: place for place, id in enumerate(dict.fromkeys(id for line in lines for id in line))}
    if not places:
        return None
    boxes = tuple(Box(_ref(catalogue[id], draft, SHORT_NAME), "actor", ()) for id in places)
    drawn = number_in_words(len(places)).capitalize()
    apart = f" Of {number_in_words(many)} it shows those with the most ties." if len(places) < many else ""
    return RelationsChart(
        f"{drawn} states, bodies and companies, and how they are tied",
        "An arrow is a tie, such as part of, owned by or sold to; the words below say which. "
        f"People stand only in the lists.{apart}",
        boxes,
        tuple((places[a], places[b]) for a, b in lines),
        tuple(_sentence(*tie, draft) for tie in ties),
        "Who is tied to whom; the list below says how",
    )


def _most_tied(ties: Iterable[tuple[str, str, str]]) -> tuple[set[str], int]:
    """Those with the most others at the end of their ties, as many as one picture holds; and how many have ties at all."""
    others: dict[str, set[str]] = {}
    for source, target, _ in ties:
        others.setdefault(source, set()).add(target)
        others.setdefault(target, set()).add(source)
    ordered = sorted(others, key=lambda id: (-len(others[id]), id))
    return set(ordered[:MOST_AT_ONCE]), len(ordered)


def _ties(actor: Actor, catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """The other, then source, words and target of each tie that sheets state between actors: relations, then posts."""
    label, me = catalogue.label, actor.id
    found = [
        (each.actor, me, _with(label("relation-kinds", each.kind), each.from_, each.until), each.actor)
        for each in actor.relations
    ]
    for other in catalogue.origins(me, "related_actor", Actor):
        found += [
            (other.id, other.id, _with(label("relation-kinds", each.kind), each.from_, each.until), me)
            for each in other.relations
            if each.actor == me
        ]
    found += [(body, me, words, body) for body, words in _posts(actor) if body in catalogue]
    for holder in catalogue.origins(me, "posts_held_in", Actor):
        found += [(holder.id, holder.id, words, me) for body, words in _posts(holder) if body == me]
    return found


def _posts(actor: Actor) -> list[tuple[str, str]]:
    """The bodies in which an actor held posts, each with the years; posts that follow on each other are one."""
    found: list[tuple[str, Bound, Bound | None]] = []
    for post in sorted(actor.posts, key=lambda each: (each.from_.text, each.id)):
        body = post.of or ""
        if found and found[-1][0] == body and found[-1][2] and found[-1][2].text == post.from_.text:
            found[-1] = (body, found[-1][1], post.until)
        else:
            found.append((body, post.from_, post.until))
    return [(body, _with(IN_POST, first, last)) for body, first, last in found]


def _with(words: str, starts: Bound | None, until: Bound | None) -> str:
    """A tie with its years, e.g. `in post 2014–2023`, `in post from 2023`."""
    first = str(starts.date.earliest.year) if starts and starts.date else ""
    last = str(until.date.earliest.year) if until and until.date else ""
    if first and last:
        years = first if first == last else f"{first}–{last}"
    else:
        years = f"from {first}" if first else f"until {last}" if last else ""
    return f"{words} {years}" if years and words == IN_POST else f"{words}, {years}" if years else words


def _from(bound: Bound) -> str:
    return short_date(bound.date) if bound.date else ""


def _ref(sheet: Sheet, draft: Draft, most: int = LONG_NAME) -> PageRef:
    """A link with a name short enough for a box."""
    words = sheet.short_text
    if isinstance(sheet, NamedSheet) and len(words) > most:
        words = next(
            (name.text for name in sheet.names if name.kind == "acronym" and name.lang[:2] == "en"), words
        )
    return draft.ref(sheet.id, "", words)


def _named(ids: Sequence[str], draft: Draft) -> str:
    """One to three names, else how many."""
    distinct = list(dict.fromkeys(ids))
    if len(distinct) > 3:
        return f"{number_in_words(len(distinct))} {_noun(distinct, draft)}"
    names = [_ref(draft.catalogue[id], draft).title for id in distinct]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _is_person(id: str, catalogue: Catalogue) -> bool:
    sheet = catalogue[id]
    return isinstance(sheet, Actor) and sheet.kind == "person"


def _noun(ids: Sequence[str], draft: Draft) -> str:
    sheets = [draft.catalogue[id] for id in ids]
    if not all(isinstance(sheet, Actor) for sheet in sheets):
        return "regimes"
    persons = sum(isinstance(sheet, Actor) and sheet.kind == "person" for sheet in sheets)
    return "people" if persons == len(sheets) else "people and bodies" if persons else "bodies"


def _sentence(source: str, target: str, words: str, draft: Draft) -> str:
    names = [_ref(draft.catalogue[id], draft).title for id in (source, target)]
    return f"{names[0]} → {names[1]}: {words}"


def _finding(designated: int, imposed: int, tied: Sequence[str], draft: Draft) -> str:
    """E.g. `Designated by one measure; tied to four people and bodies`."""
    parts = []
    if designated:
        parts.append(f"designated by {number_in_words(designated)} measure{'s' if designated > 1 else ''}")
    if imposed:
        parts.append(f"imposed {number_in_words(imposed)} measure{'s' if imposed > 1 else ''}")
    if tied:
        parts.append(f"tied to {_named(tied, draft)}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]
