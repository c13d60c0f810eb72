"""Following one sheet: each of its references, in fields and inside prose, with the field or the sentence that makes it.

What following has to know of the other sheets is handed in as `Known`. Joining all sheets is left to the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, NamedTuple, Protocol

from factbook.characters import LOOKALIKES, named
from factbook.frozen import frozen
from factbook.loading.faults import explained_at
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.meant import Meant, is_address
from factbook.model.actor import Relation
from factbook.model.blocks import BLOCKS
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL
from factbook.model.dates import parse_date
from factbook.model.event import EventRelation
from factbook.model.measure import Designation, MeasureRelation
from factbook.model.nouns import a, in_sentence
from factbook.model.records import Basis, Citation, DatedFact, Fact
from factbook.model.sheet import Sheet
from factbook.model.statement import Outcome
from factbook.model.system import SystemRelation
from factbook.model.values import ID, AnchorRef, Keyword, ProseMark, RefTo
from factbook.model.vocabularies import Vocabulary
from factbook.model.walking import Found, Path, walk
from factbook.problems import Place, Problem, did_you_mean
from factbook.prose import Fault, Sentence, oversized_blocks, scan, sections, sentences, word_at

_WORTH_SCANNING = re.compile(r"\[|:::|```|~~~|^[ ]*\t|^ {8}|^ *(?:(?:[-*+>]|\d{1,9}[.)]) *){3}", re.MULTILINE)
"""What prose holds that can link, cite, place a block, leave code open, or nest too deeply; most prose holds none of it."""


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


class Known(Protocol):
    """What following a sheet has to know of the others."""

    @property
    def former(self) -> Mapping[str, str]:
        """Former ids and what is called so now."""

    @property
    def unread(self) -> Container[str]:
        """Sheets that exist and could not be read."""

    @property
    def withdrawn(self) -> Mapping[str, LoadedTombstone]:
        """What is left of withdrawn sheets, by id."""

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The closed lists."""

    @property
    def content(self) -> str:
        """The folder of the sheets."""

    def collection_of(self, id: str) -> str | None:
        """The collection of a sheet; None where there is no such sheet."""

    @property
    def meant(self) -> Meant:
        """Whom an editor may have meant by what leads nowhere."""

    def title_of(self, id: str) -> str:
        """The title of a sheet that exists."""

    def anchors_of(self, id: str) -> frozenset[str] | None:
        """The anchors of a sheet that exists; None when it has not been read yet: any is taken for good then."""


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


def follow(sheet: LoadedSheet, known: Known) -> tuple[Followed, list[Problem]]:
    """Every reference of a sheet, and those that lead nowhere.

    Codes: unknown-reference, wrong-collection, unknown-anchor, unknown-value, bad-prose, unknown-block, bad-date.
    """
    met = tuple(walk(sheet.sheet))
    joiner = _Follower(known, sheet.id, frozenset(anchors_of(sheet.sheet, met)))
    joiner.follow(sheet, met)
    taken = tuple(dict.fromkeys(joiner.taken))
    facts = tuple(sorted({found.anchor for found in met if found.mark is None}))
    return Followed(tuple(joiner.links), joiner.anchors, taken, facts), joiner.problems


def stray_capture(source: str, known: Known) -> list[Problem]:
    """What is wrong with a capture of no source."""
    if known.collection_of(source) == "sources":
        return []
    joiner = _Follower(known, "", frozenset())
    place = Place(f"{known.content}/captures/{source}.txt")
    joiner.unknown(source, "sources", place, "The name of this capture")
    return joiner.problems


SAYS: dict[type[Fact], str] = {
    Relation: "kind",
    SystemRelation: "kind",
    EventRelation: "kind",
    MeasureRelation: "kind",
    Outcome: "value",
}
"""Facts that the sheets they name show by a word of a closed list, and the field that has it."""


OWN_WORDS = ("text", "title", "role", "what", "how")
"""Fields in which a fact says itself what it is."""
_MARKED = re.compile(r"[\[*\n]")
"""Signs that are not read as they are written."""


def own_words(fact: Fact) -> tuple[str, str]:
    """What a fact says itself, as it is written, after the name of the field that says it; both empty where it only is something, as a threshold."""
    for name in _worded(type(fact)):
        if (words := getattr(fact, name)) is not None:
            return name, words
    return "", ""


@cache
def _worded(model: type[Fact]) -> tuple[str, ...]:
    """The fields of a model in which its facts say what they are; to ask a record for a field that it has not takes long."""
    return tuple(name for name in OWN_WORDS if name in model.model_fields)


FIXED_ANCHORS: dict[str, tuple[str, ...]] = {
    "statements": ("statement",),
    "terms": ("definition",),
    "sources": ("source",),
}
"""Anchors that every sheet of a collection has, besides those of its facts."""


def anchors_of(sheet: Sheet, met: Iterable[Found] | None = None) -> Iterator[str]:
    """The anchors of a sheet: everything in it that can be referred to. `met` is what a walk over it met, where one was made."""
    yield from FIXED_ANCHORS.get(sheet.COLLECTION, ())
    for found in walk(sheet) if met is None else met:
        yield found.anchor
    if isinstance(sheet, Briefing | PlainPage):
        for section in sections(sheet.text):
            yield section.slug


@dataclass
class _Follower:
    known: Known
    id: str
    anchors: frozenset[str]
    """Of the sheet itself."""
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    linking: dict[int, LinkingFact] = field(default_factory=dict)
    """The facts that make links, by what they are."""

    def fact(self, fact: Fact | None) -> LinkingFact | None:
        """A fact as the targets of its links know it."""
        if fact is None:
            return None
        if id(fact) not in self.linking:
            says = getattr(fact, SAYS[type(fact)]) if type(fact) in SAYS else ""
            _, words = own_words(fact)
            told = words if not isinstance(fact, DatedFact) and not _MARKED.search(words) else ""
            self.linking[id(fact)] = LinkingFact(type(fact).__name__, says, told, fact.rests_on)
        return self.linking[id(fact)]

    def anchors_in(self, id: str, anchor: str) -> frozenset[str] | None:
        """The anchors of a sheet; None when the anchor is taken for good until the sheet is read."""
        found = self.anchors if id == self.id else self.known.anchors_of(id)
        if found is None:
            self.taken.append((id, anchor))
        return found

    def follow(self, sheet: LoadedSheet, met: Iterable[Found]) -> None:
        for found in met:
            match found.mark:
                case RefTo():
                    self.reference(sheet, found, found.mark)
                case AnchorRef():
                    self.anchor_reference(sheet, found, found.mark)
                case Keyword():
                    self.keyword(sheet, found, found.mark)
                case ProseMark():
                    self.prose(sheet, found.value, found.anchor, found.fact, sheet.place(found.path))
                case None:
                    self.parts(sheet, found)
        page = sheet.sheet
        if isinstance(page, Briefing | PlainPage):
            self.page(sheet, page)

    def reference(self, sheet: LoadedSheet, found: Found, mark: RefTo) -> None:
        id = found.value
        if mark.or_text and not ID.fullmatch(id):
            return
        place = partial(sheet.place, found.path)
        if self.resolves(id, mark.collection, place, _field(found.path)):
            citation = found.owner if isinstance(found.owner, Citation) else None
            self.links.append(
                Link(sheet.id, found.anchor, mark.inverse, id, fact=self.fact(found.fact), citation=citation)
            )

    def anchor_reference(self, sheet: LoadedSheet, found: Found, mark: AnchorRef) -> None:
        id, _, anchor = found.value.partition("#")
        place = partial(sheet.place, found.path)
        if self.resolves(id, "*", place, _field(found.path)) and self.has_anchor(id, anchor, place):
            self.links.append(Link(sheet.id, found.anchor, mark.inverse, id, anchor))

    def parts(self, sheet: LoadedSheet, found: Found) -> None:
        """The sections and provisions that a fact names by their ids alone."""
        match found.fact:
            case Basis(regime=regime, section=str(section)) if self.known.collection_of(regime):
                self.part(regime, "sections", section, sheet.place((*found.path, "section")))
            case Designation(provisions=provisions):
                for position, id in enumerate(provisions):
                    self.part(sheet.id, "provisions", id, sheet.place((*found.path, "provisions", position)))

    def part(self, id: str, field: str, part: str, place: Place) -> None:
        anchors = self.anchors_in(id, f"{field}.{part}")
        if anchors is None or f"{field}.{part}" in anchors:
            return
        known = [anchor.split(".")[1] for anchor in anchors if anchor.startswith(f"{field}.")]
        title = self.known.title_of(id)
        one = field.removesuffix("s")
        self.problems.append(
            Problem(
                "unknown-anchor",
                place,
                f'"{id}" ({title}) has no {one} "{part}".{did_you_mean(part, known)}',
            )
        )

    def keyword(self, sheet: LoadedSheet, found: Found, mark: Keyword) -> None:
        values = self.known.vocabularies[mark.vocabulary].values
        if found.value not in values and self.known.vocabularies[mark.vocabulary].whole:
            every = f" It is one of: {', '.join(values)}.{explained_at(mark.vocabulary)}"
            hint = did_you_mean(found.value, values) or every
            self.problems.append(
                Problem(
                    "unknown-value",
                    sheet.place(found.path),
                    f'{_field(found.path)} is "{found.value}", which is not in the list "{mark.vocabulary}".{hint}',
                )
            )

    def page(self, sheet: LoadedSheet, page: Briefing | PlainPage) -> None:
        for fault in oversized_blocks(page.text):
            self.problems.append(
                Problem(
                    "bad-prose",
                    _inside(sheet.path, page.text_line, *fault.place),
                    f"{fault.sentence} {fault.hint}",
                )
            )
        starts = [(section.start_line, section.slug) for section in sections(page.text)]

        def anchor_at(line: int) -> str:
            return next((slug for start, slug in reversed(starts) if start <= line), "")

        self.scanned(
            sheet,
            page.text,
            None,
            lambda line, column: _inside(sheet.path, page.text_line, line, column),
            anchor_at,
        )

    def prose(self, sheet: LoadedSheet, text: str, anchor: str, fact: Fact | None, place: Place) -> None:
        def place_at(line: int, column: int) -> Place:
            return replace(place, near=word_at(text, line, column))

        for fault in oversized_blocks(text):
            self.problems.append(
                Problem("bad-prose", place_at(*fault.place), f"{fault.sentence} {fault.hint}")
            )
        if _WORTH_SCANNING.search(text):
            self.scanned(sheet, text, fact, place_at, lambda line: anchor)

    def scanned(
        self, sheet: LoadedSheet, text: str, fact: Fact | None, place_at: Any, anchor_at: Any
    ) -> None:
        prose, linking = scan(text), self.fact(fact)
        for fault in prose.faults:
            told = self.cannot_be_an_id(fault) if fault.kind == "bad-id" else f"{fault.sentence} {fault.hint}"
            self.problems.append(Problem("bad-prose", place_at(*fault.place), told))
        for block in prose.blocks:
            self.block(sheet, block, place_at(*block.place), anchor_at(block.place[0]))
        for sentence in sentences(text):
            anchor = anchor_at(sentence.line)
            for link in sentence.links:
                place = partial(place_at, *link.place)
                if self.resolves(link.target, "*", place, "A link") and self.has_anchor(
                    link.target, link.anchor or "", place
                ):
                    self.links.append(
                        Link(
                            sheet.id,
                            anchor,
                            "mentioned_in",
                            link.target,
                            link.anchor or "",
                            linking,
                            sentence,
                        )
                    )
            for cite in sentence.citations:
                if self.resolves(cite.source, "sources", partial(place_at, *cite.place), "A citation"):
                    citation = Citation(source=cite.source, at=cite.at)
                    self.links.append(
                        Link(sheet.id, anchor, "cited_by", cite.source, "", linking, sentence, citation)
                    )

    def block(self, sheet: LoadedSheet, block: Any, place: Place, anchor: str) -> None:
        kind = BLOCKS.get(block.name)
        if kind is None:
            self.problems.append(
                Problem(
                    "unknown-block",
                    place,
                    f'There is no block "{block.name}".{did_you_mean(block.name, BLOCKS) or " There are: " + ", ".join(BLOCKS) + "."}',
                )
            )
            return
        for name, value in block.options:
            takes = kind.options.get(name)
            if takes is None:
                has = f" It has: {', '.join(kind.options) or 'none'}."
                self.problems.append(
                    Problem(
                        "unknown-block",
                        place,
                        f'The block "{block.name}" has no option "{name}".{did_you_mean(name, kind.options) or has}',
                    )
                )
            elif isinstance(takes, RefTo):
                for id in value.split(","):
                    if self.resolves(id.strip(), takes.collection, lambda: place, f'The option "{name}"'):
                        self.links.append(Link(sheet.id, anchor, takes.inverse, id.strip()))
            else:
                try:
                    parse_date(value)
                except ValueError:
                    self.problems.append(
                        Problem(
                            "bad-date",
                            place,
                            f'The option "{name}" is "{value}". Write a date as 2026-12-31, 2026-12 or 2026.',
                        )
                    )

    def resolves(self, id: str, collection: str, place: Callable[[], Place], what: str) -> bool:
        """Whether a reference leads to a sheet of a collection; its place is worked out where it does not."""
        found = self.known.collection_of(id)
        if found is not None and collection in ("*", found):
            return True
        self.unknown(id, collection, place(), what)
        return False

    def unknown(self, id: str, collection: str, place: Place, what: str) -> None:
        found = self.known.collection_of(id)
        if found is None and id in self.known.unread:
            return  # it exists, and what is wrong with it has been said
        one = ALL[collection].one if collection != "*" else "sheet"
        if found is not None:
            self.problems.append(
                Problem(
                    "wrong-collection",
                    place,
                    f'{what} is "{id}", which is {a(ALL[found].one)} ("{self.known.title_of(id)}"); {a(one)} belongs here.',
                )
            )
            return
        if is_address(id):
            self.problems.append(
                Problem(
                    "unknown-reference",
                    place,
                    f'{what} is "{id[:80]}", a web address; the id of {a(one)} belongs here.'
                    + (f" {self.at_address(id)}" if collection in ("sources", "*") else ""),
                )
            )
            return
        if stone := self.known.withdrawn.get(id):
            gone = stone.stone.withdrawn
            cure = f'Name "{gone.instead}"' if gone.instead else "Name another, or take the reference out"
            self.problems.append(
                Problem(
                    "unknown-reference",
                    place,
                    f'{what} is "{id}", which was withdrawn on {gone.day}. {cure}.',
                )
            )
            return
        if id in self.known.former:
            hint = f' It is now called "{self.known.former[id]}".'
        else:
            strangers = (
                [] if " " in id else [named(sign) for sign in dict.fromkeys(id) if ord(sign) in LOOKALIKES]
            )
            looks = f" It holds {' and '.join(strangers[:3])}." if strangers and not id.isascii() else ""
            hint = looks + (self.known.meant.hint(id.translate(LOOKALIKES), collection) if looks else "")
            hint = hint if looks else self.known.meant.hint(id, collection)
        self.problems.append(
            Problem("unknown-reference", place, f'{what} is "{id}", and there is no such {one}.{hint}')
        )

    def at_address(self, address: str) -> str:
        """What to write instead of an address of the web."""
        if id := self.known.meant.by_address(address):
            return f'That is the address of "{id}" ({self.known.title_of(id)}): write that id.'
        return 'Give the document a sheet of its own, with this address as its "url:" (“build.py new sources ID” writes a draft), and write its id here.'

    def cannot_be_an_id(self, fault: Fault) -> str:
        """What to write where a link or a citation in prose holds a name or an address."""
        word = re.split(r"[|,#]" if not is_address(fault.text.strip("[@ ")) else r"[|,]", fault.text)[
            0
        ].strip("[]@ ")
        if is_address(word):
            instead = (
                self.at_address(word)
                if fault.text.startswith("@")
                else "Write [words](address) for a link to another site."
            )
            return f'"{fault.text}" holds a web address; the id of a sheet belongs here. {instead}'
        asked = self.known.meant.hint(word, "sources" if fault.text.startswith("@") else "*")
        return f"{fault.sentence}{asked or ' ' + fault.hint}"

    def has_anchor(self, id: str, anchor: str, place: Callable[[], Place]) -> bool:
        if not anchor:
            return True
        anchors = self.anchors_in(id, anchor)
        if anchors is None or anchor in anchors:
            return True
        self.problems.append(
            Problem(
                "unknown-anchor",
                place(),
                f'"{id}" has nothing called "{anchor}".{did_you_mean(anchor, anchors)}',
            )
        )
        return False


def _field(path: Path) -> str:
    return in_sentence(str(next((step for step in reversed(path) if isinstance(step, str)), "the field")))


def _inside(path: str, first_line: int, line: int, column: int) -> Place:
    return Place(path, first_line + line, column + 1)
