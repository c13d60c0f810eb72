"""All sheets of a build, joined: every reference resolved, every link walkable both ways.

`join` follows each reference of each sheet, in fields and inside prose, and keeps it with the field or the sentence that makes
it. A reference that leads nowhere is a problem; it never becomes nothing. What the links mean for a reader is for the pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from factbook.loading.faults import explained_at
from factbook.loading.sheets import Loaded, LoadedSheet, LoadedTombstone
from factbook.meant import Meant, is_address
from factbook.model.blocks import BLOCKS
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL, COLLECTIONS, RESERVED
from factbook.model.dates import parse_date
from factbook.model.measure import Designation
from factbook.model.nouns import a, in_sentence
from factbook.model.records import Basis, Citation, Fact
from factbook.model.sheet import Sheet
from factbook.model.values import ID, AnchorRef, Keyword, ProseMark, RefTo
from factbook.model.vocabularies import Vocabulary
from factbook.model.walking import Found, Path, facts, walk
from factbook.problems import Place, Problem, did_you_mean
from factbook.prose import Fault, Sentence, oversized_blocks, scan, sections, sentences, word_at

S = TypeVar("S", bound=Sheet)

_WORTH_SCANNING = re.compile(r"\[|:::|```|~~~|^[ ]*\t|^ {8}|^ *(?:(?:[-*+>]|\d{1,9}[.)]) *){3}", re.MULTILINE)
"""What prose holds that can link, cite, place a block, leave code open, or nest too deeply; most prose holds none of it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One reference from a sheet to another, with what makes it."""

    origin: str
    """Id of the sheet that refers."""
    anchor: str
    """The fact or field of the origin that refers."""
    inverse: str
    """What the link is called from the target, a key of `LINKS`."""
    target: str
    target_anchor: str = ""
    fact: Fact | None = None
    """The fact that the field belongs to."""
    sentence: Sentence | None = None
    """The sentence that refers, for links in prose."""
    citation: Citation | None = None
    """The citation, for links to sources."""


@dataclass
class Catalogue:
    """The joined publication. Read only once made."""

    sheets: Mapping[str, LoadedSheet]
    """Every sheet and page by id."""
    vocabularies: Mapping[str, Vocabulary]
    phrases: Mapping[str, tuple[str, ...]]
    captures: Mapping[str, str]
    links: tuple[Link, ...]
    """Every link, in the order of the sheets."""
    anchors: Mapping[str, frozenset[str]]
    """The anchors of each sheet."""
    content: str = "content"
    withdrawn: Mapping[str, LoadedTombstone] = field(default_factory=dict)
    """What is left of withdrawn sheets, by id."""
    _by_collection: dict[str, list[Any]] = field(default_factory=dict)
    _facts: dict[str, dict[str, Fact]] = field(default_factory=dict)

    def __contains__(self, id: str) -> bool:
        return id in self.sheets

    def __getitem__(self, id: str) -> Sheet:
        return self.sheets[id].sheet

    def get(self, id: str, kind: type[S]) -> S:
        """The sheet of that id and kind; a wrong kind is a programmer's mistake."""
        sheet = self.sheets[id].sheet
        if not isinstance(sheet, kind):
            raise TypeError(f"{id} is not a {kind.__name__}")
        return sheet

    def find(self, id: str | None, kind: type[S]) -> S | None:
        """The sheet of that id and kind; None where a reference leads nowhere, which `join` has reported."""
        found = self.sheets.get(id) if id is not None else None
        return found.sheet if found and isinstance(found.sheet, kind) else None

    def all(self, kind: type[S]) -> list[S]:
        """Every sheet of a kind, by id."""
        if kind.__name__ not in self._by_collection:
            found = [loaded.sheet for loaded in self.sheets.values() if isinstance(loaded.sheet, kind)]
            self._by_collection[kind.__name__] = sorted(found, key=lambda sheet: sheet.id)
        return self._by_collection[kind.__name__]

    def collection_of(self, id: str) -> str:
        return self.sheets[id].collection

    def title_of(self, id: str) -> str:
        return self.sheets[id].sheet.title_text

    def label(self, vocabulary: str, key: str) -> str:
        """A value of a closed list as readers see it."""
        return self.vocabularies[vocabulary].label(key)

    def facts_of(self, id: str) -> dict[str, Fact]:
        """The facts of a sheet by their anchors, in its order."""
        if id not in self._facts:
            self._facts[id] = {found.anchor: found.fact for found in facts(self[id]) if found.fact}
        return self._facts[id]

    @cached_property
    def _to(self) -> dict[str, list[Link]]:
        found = defaultdict(list)
        for link in self.links:
            found[link.target].append(link)
        return found

    @cached_property
    def _from(self) -> dict[str, list[Link]]:
        found = defaultdict(list)
        for link in self.links:
            found[link.origin].append(link)
        return found

    def links_to(self, id: str, *inverses: str) -> list[Link]:
        """The links that lead to a sheet, all or those of some names, by origin and anchor."""
        return [link for link in self._to.get(id, ()) if not inverses or link.inverse in inverses]

    def links_from(self, id: str, *inverses: str) -> list[Link]:
        """The links that a sheet makes."""
        return [link for link in self._from.get(id, ()) if not inverses or link.inverse in inverses]

    def origins(self, id: str, inverse: str, kind: type[S]) -> list[S]:
        """The sheets of a kind that refer to a sheet by a link of that name, once each, in order of id."""
        ids = {link.origin for link in self.links_to(id, inverse)}
        return [sheet for key in sorted(ids) if isinstance(sheet := self.sheets[key].sheet, kind)]


def join(loaded: Loaded) -> tuple[Catalogue, list[Problem]]:
    """The catalogue, and every reference that leads nowhere.

    Codes: duplicate-id, unknown-reference, wrong-collection, unknown-anchor, unknown-value, bad-prose, unknown-block, bad-date.
    """
    problems: list[Problem] = []
    sheets: dict[str, LoadedSheet] = {}
    former: dict[str, str] = {}
    for sheet in (*loaded.sheets, *loaded.pages):
        if sheet.id in sheets:
            problems.append(
                Problem(
                    "duplicate-id",
                    Place(sheet.path),
                    f'"{sheet.id}" is already the id of {sheets[sheet.id].path}. An id stands for one thing in the whole publication: rename one.',
                )
            )
            continue
        if sheet.collection == "briefings" and sheet.id in (*COLLECTIONS, *RESERVED):
            problems.append(
                Problem(
                    "reserved-address",
                    Place(sheet.path),
                    f'The address "{sheet.id}/" belongs to another page of the site. Give this one another name.',
                )
            )
        sheets[sheet.id] = sheet
    for sheet in sheets.values():
        for position, old in enumerate(sheet.sheet.former_ids):
            if old in sheets or old in former:
                other = sheets[old].path if old in sheets else sheets[former[old]].path
                problems.append(
                    Problem(
                        "duplicate-id",
                        sheet.place(("former_ids", position)),
                        f'The former id "{old}" belongs to {other} already. Remove it here or there.',
                    )
                )
            former[old] = sheet.id
    withdrawn = _withdrawn(loaded, sheets, former, problems)
    joiner = _Joiner(sheets, former, loaded)
    joiner.anchors = {id: frozenset(_anchors(sheet.sheet)) for id, sheet in sheets.items()}
    for sheet in sheets.values():
        joiner.follow(sheet)
    for source in loaded.captures:
        if source not in sheets or sheets[source].collection != "sources":
            joiner.unknown(
                source,
                "sources",
                Place(f"{loaded.settings.content}/captures/{source}.txt"),
                "The name of this capture",
            )
    return (
        Catalogue(
            sheets,
            loaded.vocabularies,
            loaded.phrases,
            loaded.captures,
            tuple(joiner.links),
            joiner.anchors,
            loaded.settings.content,
            withdrawn,
        ),
        problems + joiner.problems,
    )


def _withdrawn(
    loaded: Loaded, sheets: Mapping[str, LoadedSheet], former: dict[str, str], problems: list[Problem]
) -> dict[str, LoadedTombstone]:
    """The tombstones by id; what they name instead exists, and their ids stay theirs. Codes: duplicate-id, unknown-reference."""
    found: dict[str, LoadedTombstone] = {}
    for loaded_stone in loaded.withdrawn:
        stone, spots = loaded_stone.stone, loaded_stone.spots
        for id in (stone.id, *stone.former_ids):
            if id in sheets or id in former or id in found:
                problems.append(
                    Problem(
                        "duplicate-id",
                        Place(loaded_stone.path),
                        f'"{id}" belongs to another sheet too. An id that was published stays with what it stood for: rename the other one.',
                    )
                )
        found[stone.id] = loaded_stone
        instead = stone.withdrawn.instead
        if instead and instead not in sheets and instead not in loaded.unread:
            spot = spots[("withdrawn", "instead")]
            problems.append(
                Problem(
                    "unknown-reference",
                    Place(loaded_stone.path, spot.line, spot.column),
                    f'instead is "{instead}", and there is no such sheet.{did_you_mean(instead, sheets)}',
                )
            )
    return found


FIXED_ANCHORS: dict[str, tuple[str, ...]] = {
    "statements": ("statement",),
    "terms": ("definition",),
    "sources": ("source",),
}
"""Anchors that every sheet of a collection has, besides those of its facts."""


def _anchors(sheet: Sheet) -> Iterator[str]:
    yield from FIXED_ANCHORS.get(sheet.COLLECTION, ())
    for found in walk(sheet):
        yield found.anchor
    if isinstance(sheet, Briefing | PlainPage):
        for section in sections(sheet.text):
            yield section.slug


@dataclass
class _Joiner:
    sheets: dict[str, LoadedSheet]
    former: dict[str, str]
    loaded: Loaded
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def meant(self) -> Meant:
        """Whom an editor may have meant; made for the first reference that leads nowhere."""
        return Meant(self.sheets)

    def follow(self, sheet: LoadedSheet) -> None:
        for found in walk(sheet.sheet):
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
        if self.resolves(id, mark.collection, sheet.place(found.path), _field(found.path)):
            citation = found.owner if isinstance(found.owner, Citation) else None
            self.links.append(
                Link(sheet.id, found.anchor, mark.inverse, id, fact=found.fact, citation=citation)
            )

    def anchor_reference(self, sheet: LoadedSheet, found: Found, mark: AnchorRef) -> None:
        id, _, anchor = found.value.partition("#")
        place = sheet.place(found.path)
        if self.resolves(id, "*", place, _field(found.path)) and self.has_anchor(id, anchor, place):
            self.links.append(Link(sheet.id, found.anchor, mark.inverse, id, anchor))

    def parts(self, sheet: LoadedSheet, found: Found) -> None:
        """The sections and provisions that a fact names by their ids alone."""
        match found.fact:
            case Basis(regime=regime, section=str(section)) if regime in self.sheets:
                self.part(regime, "sections", section, sheet.place((*found.path, "section")))
            case Designation(provisions=provisions):
                for position, id in enumerate(provisions):
                    self.part(sheet.id, "provisions", id, sheet.place((*found.path, "provisions", position)))

    def part(self, id: str, field: str, part: str, place: Place) -> None:
        if f"{field}.{part}" in self.anchors[id]:
            return
        known = [anchor.split(".")[1] for anchor in self.anchors[id] if anchor.startswith(f"{field}.")]
        title = self.sheets[id].sheet.title_text
        one = field.removesuffix("s")
        self.problems.append(
            Problem(
                "unknown-anchor",
                place,
                f'"{id}" ({title}) has no {one} "{part}".{did_you_mean(part, known)}',
            )
        )

    def keyword(self, sheet: LoadedSheet, found: Found, mark: Keyword) -> None:
        values = self.loaded.vocabularies[mark.vocabulary].values
        if found.value not in values:
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
        prose = scan(text)
        for fault in prose.faults:
            told = self.cannot_be_an_id(fault) if fault.kind == "bad-id" else f"{fault.sentence} {fault.hint}"
            self.problems.append(Problem("bad-prose", place_at(*fault.place), told))
        for block in prose.blocks:
            self.block(sheet, block, place_at(*block.place), anchor_at(block.place[0]))
        for sentence in sentences(text):
            anchor = anchor_at(sentence.line)
            for link in sentence.links:
                place = place_at(*link.place)
                if self.resolves(link.target, "*", place, "A link") and self.has_anchor(
                    link.target, link.anchor or "", place
                ):
                    self.links.append(
                        Link(sheet.id, anchor, "mentioned_in", link.target, link.anchor or "", fact, sentence)
                    )
            for cite in sentence.citations:
                if self.resolves(cite.source, "sources", place_at(*cite.place), "A citation"):
                    citation = Citation(source=cite.source, at=cite.at)
                    self.links.append(
                        Link(sheet.id, anchor, "cited_by", cite.source, "", fact, sentence, citation)
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
                self.problems.append(
                    Problem(
                        "unknown-block",
                        place,
                        f'The block "{block.name}" has no option "{name}". It has: {", ".join(kind.options) or "none"}.',
                    )
                )
            elif isinstance(takes, RefTo):
                for id in value.split(","):
                    if self.resolves(id.strip(), takes.collection, place, f'The option "{name}"'):
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

    def resolves(self, id: str, collection: str, place: Place, what: str) -> bool:
        if id in self.sheets and collection in ("*", self.sheets[id].collection):
            return True
        self.unknown(id, collection, place, what)
        return False

    def unknown(self, id: str, collection: str, place: Place, what: str) -> None:
        if id not in self.sheets and id in self.loaded.unread:
            return  # it exists, and what is wrong with it has been said
        one = ALL[collection].one if collection != "*" else "sheet"
        if id in self.sheets:
            other = self.sheets[id]
            self.problems.append(
                Problem(
                    "wrong-collection",
                    place,
                    f'{what} is "{id}", which is {a(ALL[other.collection].one)} ("{other.sheet.title_text}"); {a(one)} belongs here.',
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
        stone = next((each.stone for each in self.loaded.withdrawn if each.id == id), None)
        if stone:
            instead = stone.withdrawn.instead
            cure = f'Name "{instead}"' if instead else "Name another, or take the reference out"
            self.problems.append(
                Problem(
                    "unknown-reference",
                    place,
                    f'{what} is "{id}", which was withdrawn on {stone.withdrawn.day}. {cure}.',
                )
            )
            return
        if id in self.former:
            hint = f' It is now called "{self.former[id]}".'
        else:
            hint = self.meant.hint(id, collection)
        self.problems.append(
            Problem("unknown-reference", place, f'{what} is "{id}", and there is no such {one}.{hint}')
        )

    def at_address(self, address: str) -> str:
        """What to write instead of an address of the web."""
        if id := self.meant.by_address(address):
            return f'That is the address of "{id}" ({self.sheets[id].sheet.title_text}): write that id.'
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
        asked = self.meant.hint(word, "sources" if fault.text.startswith("@") else "*")
        return f"{fault.sentence}{asked or ' ' + fault.hint}"

    def has_anchor(self, id: str, anchor: str, place: Place) -> bool:
        if not anchor or anchor in self.anchors[id]:
            return True
        self.problems.append(
            Problem(
                "unknown-anchor",
                place,
                f'"{id}" has nothing called "{anchor}".{did_you_mean(anchor, self.anchors[id])}',
            )
        )
        return False


def _field(path: Path) -> str:
    return in_sentence(str(next((step for step in reversed(path) if isinstance(step, str)), "the field")))


def _inside(path: str, first_line: int, line: int, column: int) -> Place:
    return Place(path, first_line + line, column + 1)
