"""What a reference from one sheet to another is known by, and what following a sheet gives."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from factbook.frozen import frozen
from factbook.model.records import Citation
from factbook.prose import Sentence


class LinkingFact(NamedTuple):
    """What the target of a link has to know of the fact that makes it; whatever else changes in the fact is no matter of the target's."""

    model: str
    """The name of its model, e.g. `Threshold`."""
    says: str
    """The kind of a tie between two sheets, or what came of a prediction: the key of a closed list. Empty for other facts."""
    words: str
    """What it says in its own words, where they are plain and all that is told of it; else empty."""
    rests_on: tuple[tuple[str, str | None], ...]
    """As the fact has it."""


class Link(NamedTuple):
    """One reference from a sheet to another, with what makes it."""

    origin: str
    """Id of the sheet that refers."""
    anchor: str
    """The fact or field of the origin that refers."""
    inverse: str
    """What the link is called from the target, a key of `LINKS`."""
    target: str
    target_anchor: str = ""
    fact: LinkingFact | None = None
    """The fact that the field belongs to."""
    sentence: Sentence | None = None
    """The sentence that refers, for links in prose."""
    citation: Citation | None = None
    """The citation, for links to sources."""


class BareLink(NamedTuple):
    """A link without what it says: that a place of a sheet refers to another."""

    inverse: str
    target: str
    anchor: str


@frozen
class Followed:
    """What a sheet refers to, and what can be referred to in it."""

    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    taken: tuple[tuple[str, str], ...] = ()
    """Anchors that were taken for good: id and anchor."""
    facts: tuple[str, ...] = ()
    """The anchors of its facts, in order of the alphabet."""

    def links_to(self, target: str) -> tuple[Link, ...]:
        """The links to one sheet, in their order."""
        return tuple(link for link in self.links if link.target == target)


class Follows(Protocol):
    """The same, perhaps opened no further than somebody asks."""

    @property
    def links(self) -> tuple[Link, ...]:
        """As in `Followed`."""

    @property
    def anchors(self) -> frozenset[str]:
        """As in `Followed`."""

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """As in `Followed`."""

    @property
    def facts(self) -> tuple[str, ...]:
        """As in `Followed`."""

    def links_to(self, target: str) -> tuple[Link, ...]:
        """As in `Followed`."""
