"""Through whose hands something came: chains, their labels, and how many sources are independent.

A statement's chain runs from its first publication along `derived_from` to the document in which we read it. A citation's
chain runs from the origin of the cited source to the document we read. Rules: design, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Literal

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model import codes
from factbook.model.records import Citation
from factbook.model.source import Derivation, Source
from factbook.model.statement import Statement

HANDS = ("first-hand", "second-hand", "third-hand", "fourth-hand", "fifth-hand", "sixth-hand", "seventh-hand")
"""By the number of publications other than the speaker's own."""

TRANSLATED_BY = {"human": "by a person", "machine": "by machine", "unknown": "by whom not known"}

Weakness = Literal["none", "human", "machine", "unknown"]
"""The weakest translation of a chain, from strong to weak."""
_WEAKER: tuple[Weakness, ...] = ("none", "human", "machine", "unknown")


class ChainFault(Enum):
    """Why a chain cannot be followed."""

    FORK = "fork"
    """There are two ways from the first publication to the document that was read."""
    CYCLE = "cycle"
    """A source comes, in the end, from itself."""
    GAP = "gap"
    """No way leads from the document that was read to the first publication."""


@frozen
class Hop:
    """One publication on the way."""

    source: Source
    how: Derivation | None
    """What was done to the publication before it; None for the first."""
    own: bool = False
    """True when the speaker published it."""
    read: bool = False
    """True when the passage was read in it."""


@frozen
class Translation:
    """One step from a language into another."""

    into: str
    """BCP 47."""
    by: str
    """A key of `TRANSLATED_BY`."""


@frozen
class Chain:
    """The publications through which something came, the first one first."""

    hops: tuple[Hop, ...]
    hands: int | None
    """Publications other than the speaker's own; None when the origin is not established."""
    original_seen: bool
    further_parents: tuple[Source, ...] = ()
    """Other sources that the last one also takes from, where the way forks (citations only)."""

    @property
    def translations(self) -> tuple[Translation, ...]:
        return tuple(
            Translation(hop.source.language, hop.how.by or "unknown")
            for hop in self.hops
            if hop.how and hop.how.kind == "translates"
        )

    @property
    def weakest(self) -> Weakness:
        """The weakest of the translations; gives colour and facet."""
        return max(
            (_weakness(translation.by) for translation in self.translations),
            key=_WEAKER.index,
            default="none",
        )

    @property
    def twice_translated(self) -> bool:
        return len(self.translations) > 1

    @property
    def interests(self) -> tuple[str, ...]:
        """The stakes of the publications on the way, e.g. `Tanker Times: state outlet`; named where there is more than one hop."""
        alone = len(self.hops) == 1
        told: dict[str, str] = {}
        for hop in self.hops:
            if interest := (hop.source.interest or "").rstrip("."):
                told.setdefault(interest, interest if alone else f"{hop.source.publisher}: {interest}")
        return tuple(told.values())

    @property
    def aggregator(self) -> Source | None:
        """The aggregator in which it was read, if it was one."""
        return last if (last := self.hops[-1].source).kind == "aggregator" else None

    @property
    def label(self) -> str:
        """The chain in words, e.g. `Fourth-hand, by way of a translation into Arabic (by whom not known) …`."""
        parts = [
            HANDS[min(self.hands, len(HANDS) - 1)].capitalize()
            if self.hands is not None
            else "Origin not established"
        ]
        if self.translations:
            steps = [
                f"{'a translation' if position == 0 else 'one'} into {language_name(step.into)} ({TRANSLATED_BY[step.by]})"
                for position, step in enumerate(self.translations)
            ]
            parts[0] += f", by way of {_joined(steps)}"
        if not self.original_seen:
            parts[0] += "; original not seen"
        if self.aggregator:
            parts.append("Read on a site that republishes others’ text")
        return ". ".join(parts) + "."


def statement_chain(statement: Statement, catalogue: Catalogue) -> Chain | ChainFault:
    """The one way from a statement's first publication to the document in which it was read, or what is wrong with it."""
    ways = list(_ways(statement.read_in.source, statement.first_in, statement.id, catalogue, ()))
    if any(way is None for way in ways):
        return ChainFault.CYCLE
    found = [way for way in ways if way]
    if not found:
        return ChainFault.GAP
    if len(found) > 1:
        return ChainFault.FORK
    own = {*statement.speakers, *statement.spoke_for}
    hops = tuple(
        Hop(source, how, own=not own.isdisjoint(source.published_by), read=source.id in statement.seen)
        for source, how in found[0]
    )
    return Chain(hops, sum(not hop.own for hop in hops), original_seen=statement.first_in in statement.seen)


def _ways(
    here: str, goal: str, statement: str, catalogue: Catalogue, below: tuple[str, ...]
) -> Iterable[tuple[tuple[Source, Derivation | None], ...] | None]:
    """Every way from the goal down to here; None stands for a cycle."""
    if here in below:
        yield None
        return
    source = catalogue.find(here, Source)
    if source is None:
        return
    if here == goal:
        yield ((source, None),)
        return
    for derivation in source.derived_from:
        if derivation.for_ and statement not in derivation.for_:
            continue
        for way in _ways(derivation.source, goal, statement, catalogue, (*below, here)):
            yield (*way, (source, derivation)) if way else None


def citation_chain(citation: Citation, catalogue: Catalogue) -> Chain:
    """The way from the origin of a cited source to the document in which it was read.

    Derivations limited to some statements are not followed: they say nothing about the source as a whole.
    """
    source = catalogue.get(citation.source, Source)
    hops: list[Hop] = []
    further: tuple[Source, ...] = ()
    here: Source | None = source
    seen: set[str] = set()
    while here and here.id not in seen:
        seen.add(here.id)
        parents = [derivation for derivation in here.derived_from if not derivation.for_]
        how = parents[0] if len(parents) == 1 else None
        hops.insert(0, Hop(here, how, read=here.read in ("whole", "excerpt")))
        if len(parents) > 1 and here is source:
            further = tuple(catalogue.get(parent.source, Source) for parent in parents)
        here = catalogue.get(how.source, Source) if how else None
    if citation.through and citation.through not in seen:
        through = catalogue.get(citation.through, Source)
        how = next(
            (d for d in through.derived_from if d.source == source.id),
            Derivation(source=source.id, kind="quotes"),
        )
        hops.append(Hop(through, how, read=True))
    root = hops[0].source
    known = root.origin.value in ("primary", "own-reporting")
    seen_itself = root.read in ("whole", "excerpt") and not (citation.through and len(hops) == 2)
    return Chain(
        tuple(hops), len(hops) - 1 if known else None, original_seen=seen_itself, further_parents=further
    )


@frozen
class Independence:
    """How many of some sources are known to be independent of each other."""

    groups: tuple[tuple[str, ...], ...]
    """Ids of sources that share an origin or a publisher, one group each."""
    not_established: tuple[str, ...]
    """Sources whose origin is not recorded; they never raise the count."""

    @property
    def count(self) -> int:
        return len(self.groups)

    @property
    def label(self) -> str:
        """E.g. `1 independent source; origin of 7 others not established`."""
        number = len(self.not_established)
        if not self.groups:
            return "no independent source established"
        label = f"{self.count} independent source{'s' if self.count > 1 else ''}"
        if number:
            label += f"; origin of {number} other{'s' if number > 1 else ''} not established"
        return label


def independence(
    citations: Sequence[Citation], catalogue: Catalogue, statement: str | None = None
) -> Independence:
    """Groups the sources of some citations by what is known of their independence.

    Two are independent when the origin of both is recorded, their ancestries do not meet, and their publishers differ.
    `statement` admits derivations that are limited to it.
    """
    recorded: dict[str, tuple[set[str], set[str]]] = {}
    unknown: list[str] = []
    for citation in citations:
        source = catalogue.get(citation.source, Source)
        if not _origin_recorded(source, statement):
            if source.id not in unknown:
                unknown.append(source.id)
            continue
        ancestry, publishers = recorded.setdefault(source.id, (set(), set()))
        for id in (citation.source, citation.through):
            if id:
                ancestry |= ancestry_of(id, catalogue, statement)
                publishers |= _publishers(catalogue.get(id, Source))
    groups: list[tuple[list[str], set[str], set[str]]] = []
    for id, (ancestry, publishers) in recorded.items():
        members, all_ancestry, all_publishers = [id], set(ancestry), set(publishers)
        apart = []
        for group in groups:
            if all_ancestry.isdisjoint(group[1]) and all_publishers.isdisjoint(group[2]):
                apart.append(group)
            else:
                members, all_ancestry, all_publishers = (
                    group[0] + members,
                    all_ancestry | group[1],
                    all_publishers | group[2],
                )
        groups = [*apart, (members, all_ancestry, all_publishers)]
    return Independence(tuple(sorted(tuple(sorted(group[0])) for group in groups)), tuple(sorted(unknown)))


def sources_of(statement: Statement, chain: Chain | None) -> tuple[Citation, ...]:
    """Every source that stands behind a statement, once each: its chain, where it was seen, what else reports it."""
    ids = [
        statement.first_in,
        *(hop.source.id for hop in (chain.hops if chain else ())),
        statement.read_in.source,
        *statement.seen,
        *(citation.source for citation in statement.cite),
    ]
    return tuple(Citation(source=id) for id in dict.fromkeys(ids))


def ancestry_of(id: str, catalogue: Catalogue, statement: str | None = None) -> set[str]:
    """A source and everything it comes from; cycles end where they close."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        source = catalogue.find(here, Source)
        parents = source.derived_from if source else ()
        waiting += [d.source for d in parents if not d.for_ or statement in d.for_]
    return found


def is_primary(citation: Citation, catalogue: Catalogue) -> bool:
    """Whether the citation rests on the instrument or record itself, read and not through another."""
    source = catalogue.get(citation.source, Source)
    return (
        source.origin.value == "primary" and source.read in ("whole", "excerpt") and citation.through is None
    )


def language_name(tag: str) -> str:
    """English name of a language, e.g. `Arabic`."""
    return str(codes.ENGLISH.languages.get(tag.split("-")[0], tag))


def _origin_recorded(source: Source, statement: str | None) -> bool:
    if source.origin.value == "derived":
        return any(not d.for_ or statement in d.for_ for d in source.derived_from)
    return source.origin.value != "unknown"


def _publishers(source: Source) -> set[str]:
    return {source.publisher.casefold(), *source.published_by}


def _weakness(by: str) -> Weakness:
    return next((weakness for weakness in _WEAKER if weakness == by), "unknown")


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
