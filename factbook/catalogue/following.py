"""Following one sheet: each of its references, in fields and inside prose, with the field or the sentence that makes it.

What it has to know of the other sheets is handed in as `Known`. What is said of a reference that leads nowhere is left to `astray`, joining all
sheets to the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from factbook.catalogue.astray import Known, no_id, no_such
from factbook.catalogue.links import Followed, Link, LinkingFact
from factbook.loading.loaded import LoadedSheet
from factbook.loading.naming import explained_at
from factbook.model.actor import Relation
from factbook.model.blocks import BLOCKS
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.dates import parse_date
from factbook.model.event import EventRelation
from factbook.model.measure import Designation, MeasureRelation
from factbook.model.nouns import in_sentence
from factbook.model.records import Basis, Citation, DatedFact, Fact
from factbook.model.sheet import Sheet
from factbook.model.statement import Outcome
from factbook.model.system import SystemRelation
from factbook.model.values import ID, AnchorRef, Keyword, ProseMark, RefTo
from factbook.model.walking import Found, Path, walk
from factbook.problems import Place, Problem, did_you_mean
from factbook.prose import oversized_blocks, scan, sections, sentences, word_at

_WORTH_SCANNING = re.compile(r"\[|:::|```|~~~|^[ ]*\t|^ {8}|^ *(?:(?:[-*+>]|\d{1,9}[.)]) *){3}", re.MULTILINE)
"""What prose holds that can link, cite, place a block, leave code open, or nest too deeply; most prose holds none of it."""


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
    place = Place(f"{known.content}/captures/{source}.txt")
    problem = no_such(known, source, "sources", place, "The name of this capture")
    return [problem] if problem else []


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
            told = no_id(self.known, fault) if fault.kind == "bad-id" else f"{fault.sentence} {fault.hint}"
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
        if problem := no_such(self.known, id, collection, place(), what):
            self.problems.append(problem)
        return False

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
