"""Everything that is made of one sheet or shown at one address: laid out, rendered, put into its shell, weighed and laid ready.

`publication` says which slots are to be printed and what becomes of the whole. A slot is printed from the catalogue alone, with
every look-up written down, so that it can be told later whether it would come out the same. Slots are printed in as many
processes as are asked for.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from factbook import inside_links, late, search
from factbook.catalogue import Catalogue, Gathered, Watched, WatchedHistory
from factbook.catalogue.together import together
from factbook.exports import api, fact_cards, feeds, markdown_pages
from factbook.exports.files import FILES, BulkFile, Fragment, SheetFile, SiteFile
from factbook.kept import gathering
from factbook.kept.crew import LEAST, share
from factbook.kept.ledger import Numbers, Record, numbered
from factbook.kept.store import Piece, Store, Writer
from factbook.model.change import History
from factbook.pages import laying_out
from factbook.pages.addresses import cards_of, data_of
from factbook.pages.kinds import Slot
from factbook.rendering.edition import Edition
from factbook.rendering.shell import Shells
from factbook.rendering.sitemap import last_change
from factbook.workshop import PAGES, SITE, Holding
from factbook.writing import Put, Stage

if TYPE_CHECKING:  # read late
    from factbook.inside_links import FileLinks
    from factbook.pages.fact_cards import SheetCards
    from factbook.pages.page import Page
    from factbook.rendering.html import Rendered, Renderer

OF_A_SHEET = ("sheet", "prose", "moved")
"""How slots are made that may ask everything of their sheet."""
SOON_DONE = ("sheet", "moved", "withdrawn", "not-found")
"""How slots are made that show little of other sheets, whatever their number."""
SITE_FILE = "file"
"""How slots of files are made that say something of the publication as a whole."""
LARGE = 2000
"""Sheets from which on a view of all of them takes longer than to copy the process."""
_SITE_FILES = {row.path: row for row in FILES if isinstance(row, SiteFile)}


@dataclass(frozen=True, slots=True)
class Form:
    """In which form pages go out, e.g. as HTML: the whole page in its shell."""

    name: str
    holding: Holding
    """What the folder is that they go to."""
    file: Callable[[str], str]
    """The name of a page's file, from the one that it has in the site."""
    make: Callable[[Rendered, str], str]
    """What stands in it, from the values of a page and the page as the site has it."""


HTML = Form("html", SITE, lambda file: file, lambda rendered, html: html)
MARKDOWN = Form(
    "markdown",
    PAGES,
    lambda file: markdown_pages.file_of(file),
    lambda rendered, html: markdown_pages.as_markdown(rendered),
)


class PrintedPage(NamedTuple):
    """What is known of a page when it has been printed."""

    kind: str
    id: str
    address: str
    title: str
    path: str
    """The file that it is made from; empty for pages without one."""
    file: str
    """Where it stands in the site."""
    changed: str
    """The day of its last change, as the sitemap tells it."""
    article: bytes = b""
    """A hash of what search may show of it; empty where it is not to be found."""


class Printed(NamedTuple):
    """What came of one slot."""

    name: str
    """Of the slot."""
    id: str
    """The sheet that it is the page of."""
    pages: tuple[PrintedPage, ...]
    files: tuple[str, ...]
    """All that it put into the site."""
    links: tuple[tuple[str, Piece], ...]
    """What each file offers and asks for, as `FileLinks`."""
    leads: int
    fragments: tuple[tuple[str, Piece], ...]
    """Its parts of bulk files by the names of their fragments."""
    gathered: Piece | None
    """What it took of each sheet, where it is a view of many."""


@dataclass(frozen=True)
class Press:
    """What slots are printed with."""

    catalogue: Catalogue
    as_of: date
    history: History
    renderer: Callable[[], Renderer]
    """Makes what renders pages, when the first is rendered."""
    shells: Shells
    edition: Edition
    links_of: Callable[[str, bytes], FileLinks]
    stage: Stage
    store: Store
    form: Form = HTML

    def print(
        self, slots: Sequence[Slot], jobs: int, numbers: Numbers, gathered: Callable[[Slot], Gathered]
    ) -> tuple[dict[str, Record[Printed]], dict[str, Put]]:
        """The records of some slots by their names, and what was laid ready; `gathered` tells what holds of what a slot took before."""
        ordered = self._in_order(slots)
        records: dict[str, Record[Printed]] = {}
        puts: dict[str, Put] = {}
        long = self._long(ordered)
        if len(slots) >= LEAST or long > 1:  # what several processes need is made once
            self.catalogue.know_all()
            _ = self._renderer
        if len(slots) >= LEAST:
            late.read_all()
        for found in share(partial(self._part, gathered), ordered, jobs, long):
            own = [numbers.number(lookup) for lookup in found.lookups]
            for printed, lookups in found.printed:
                records[printed.name] = Record(
                    array("I", [own[number] for number in lookups]).tobytes(), printed
                )
            puts |= found.puts
        return records, puts

    def _in_order(self, slots: Sequence[Slot]) -> list[Slot]:
        """Views of the whole site first, since they take long; then sheets that refer to each other one after the other."""
        places: dict[str, int] = {}
        if len(slots) >= LEAST:
            near = together({id: face.targets for id, face in self.catalogue.faces.items()})
            places = {id: place for place, id in enumerate(near)}
        return sorted(slots, key=lambda slot: (slot.make in SOON_DONE, places.get(slot.id, 0)))

    def _long(self, ordered: Sequence[Slot]) -> int:
        """How many of the slots, which stand first, each take long: views of a large site."""
        if len(self.catalogue.faces) < LARGE:
            return 0
        return sum(slot.make not in SOON_DONE for slot in ordered)

    @cached_property
    def _renderer(self) -> Renderer:
        return self.renderer()

    def site_slots(self) -> list[Slot]:
        """The files that say something of the publication as a whole; each build of another commit makes them anew."""
        return [Slot(path, SITE_FILE, self.edition.commit) for path in _SITE_FILES]

    def _part(
        self, gathered: Callable[[Slot], Gathered], number: int, runs: Iterator[Sequence[Slot]]
    ) -> Iterator[_Part]:
        writer = self.store.writer()
        for some in runs:
            known: dict[str, int] = {}
            part = _Part([], [], {})
            for slot in some:
                own = slot.make in OF_A_SHEET
                catalogue = Watched(self.catalogue, slot.id if own else None, gathered(slot))
                printed = self._one(slot, catalogue, part.puts, writer)
                part.printed.append((printed, numbered(catalogue.lookups, known)))
            part.lookups.extend(known)
            yield part
        writer.close()

    def _one(self, slot: Slot, catalogue: Watched, puts: dict[str, Put], writer: Writer) -> Printed:
        files: dict[str, bytes] = {}
        pages: list[PrintedPage] = []
        links: list[tuple[str, Piece]] = []
        leads = 0
        if slot.make == SITE_FILE:
            if data := _SITE_FILES[slot.address].make(
                catalogue, replace(self.edition, history=WatchedHistory(self.history, catalogue.lookups))
            ):
                files[slot.address] = data
                if inside_links.is_read(slot.address):
                    found = self.links_of(slot.address, data)
                    leads = len(found.leads)
                    links.append((slot.address, links_kept(found, writer)))
        else:
            history = WatchedHistory(self.history, catalogue.lookups)
            for page in laying_out.lay_out_slot(slot, catalogue, self.as_of, history):
                rendered = self._renderer.render(page, catalogue)
                html = self.shells.shells[page.kind].fill(rendered.values)
                found = self.links_of(page.file, html.encode())
                leads += len(found.leads)
                links.append((page.file, links_kept(found, writer)))
                pages.append(_printed_page(page, html.encode()))
                files[self.form.file(page.file)] = self.form.make(rendered, html).encode()
                if page.cards is not None:
                    former = catalogue.former_ids_of(page.id) if slot.make == "sheet" else ()
                    for id in (page.id, *former):
                        leads += self._cards(page.cards, id, files, links, writer)
        fragments: dict[str, bytes] = {}
        if slot.make in ("sheet", "prose"):
            fragments = self._fragments(catalogue, files)
            history = WatchedHistory(self.history, catalogue.lookups)
            for file, data in feeds.sheet_feed(
                slot.id, catalogue, history, self.edition.site, self.as_of
            ).items():
                files[file] = data
                if inside_links.is_read(file):
                    found = self.links_of(file, data)
                    leads += len(found.leads)
                    links.append((file, links_kept(found, writer)))
        if slot.make == "withdrawn":
            gone = catalogue.withdrawn[slot.id]
            files[data_of(gone.collection, pages[0].id)] = api.withdrawn_as_json(gone)
        for file, data in files.items():
            puts[file] = self.stage.put(file, data)
        parts = tuple((name, writer.add(data)) for name, data in fragments.items())
        gathered = writer.add(gathering.bytes_of(catalogue.gathering)) if catalogue.gathering else None
        return Printed(slot.name, slot.id, tuple(pages), tuple(files), tuple(links), leads, parts, gathered)

    def _cards(
        self,
        cards: SheetCards,
        id: str,
        files: dict[str, bytes],
        links: list[tuple[str, Piece]],
        writer: Writer,
    ) -> int:
        """Takes in the cards of a page's facts, also at the sheet's former addresses; returns how many links are in them."""
        made = fact_cards.card_files(cards, self._renderer, id)
        files |= made
        page = cards_of(id)
        found = self.links_of(page, made[page])
        links.append((page, links_kept(found, writer)))
        return len(found.leads)

    def _fragments(self, catalogue: Watched, files: dict[str, bytes]) -> dict[str, bytes]:
        """Takes in the files for machines of the page's own sheet, and gives its parts of bulk files."""
        sheet = catalogue.own
        if sheet is None:
            return {}
        made: dict[str, bytes] = {}

        def fragment(row: Fragment) -> bytes:
            if row.name not in made:
                made[row.name] = row.make(sheet, catalogue)
            return made[row.name]

        parts: dict[str, bytes] = {}
        for row in FILES:
            if isinstance(row, SheetFile | BulkFile) and sheet.collection in row.collections:
                data = fragment(row.fragment)
                if isinstance(row, BulkFile):
                    parts[row.fragment.name] = data
                elif data:
                    for id in (sheet.id, *sheet.sheet.former_ids):
                        files[row.path(sheet.collection, id)] = data
        return parts


def _printed_page(page: Page, html: bytes) -> PrintedPage:
    return PrintedPage(
        page.kind,
        page.id,
        page.address,
        page.title,
        page.path,
        page.file,
        last_change(page),
        search.key_of(html),
    )


def links_kept(found: FileLinks, writer: Writer) -> Piece:
    """What a file offers and asks for, put down for `links_from`."""
    return writer.add(pickle.dumps((tuple(found.anchors), tuple(found.leads))))


@dataclass
class _Part:
    printed: list[tuple[Printed, array[int]]]
    lookups: list[str]
    puts: dict[str, Put]


def links_from(store: Store, piece: Piece) -> FileLinks:
    """What a file offers and asks for, as it was kept."""
    anchors, leads = pickle.loads(store.read(piece))  # noqa: S301  our own, and whole
    return inside_links.FileLinks(frozenset(anchors), frozenset(leads))
