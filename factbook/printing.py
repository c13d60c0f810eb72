"""A site in the making: what was printed the last time stands as far as it holds, and everything else is laid ready.

Which pages and files a site has, and what is in them, is left to `press` and `back_matter`; which of them would come out as they
stand is told here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from factbook import inside_links
from factbook import press as presses
from factbook.chronology import IN_TIME
from factbook.kept import gathering, looking
from factbook.kept.ledger import Ledger, Record
from factbook.kept.splices import Seams, recipe_of, spliced
from factbook.kept.store import Piece, digest_of
from factbook.model.change import History
from factbook.pages.kinds import slots
from factbook.writing import Put, Site, Standing, as_left

if TYPE_CHECKING:  # read late
    from factbook.catalogue import Gathered
    from factbook.desk import Desk
    from factbook.exports.files import BulkFile
    from factbook.inside_links import FileLinks
    from factbook.kept.archive import Archive
    from factbook.pages.kinds import Slot
    from factbook.press import Press, Printed, PrintedPage


@dataclass
class _Printing:
    """What is kept of one site."""

    site: Site = field(default_factory=Site)
    pages: Ledger[Printed] = field(default_factory=Ledger)
    recipes: dict[str, bytes] = field(default_factory=dict)
    """Of each file that is put together of pieces the hashes of these; of one that is made of one thing a hash of that; of one that
    comes as a whole its own."""
    links: dict[str, Piece] = field(default_factory=dict)
    """What each of the latter offers and asks for, as `FileLinks`."""

    def pieces(self) -> Iterator[Piece | None]:
        """Of the sheets as they were printed, and of all that was made of them."""
        return chain(
            (piece for _, piece in self.pages.sheets.values()),
            self.links.values(),
            (
                piece
                for record in self.pages.records.values()
                for _, piece in (*record.value.links, *record.value.fragments)
            ),
            (record.value.gathered for record in self.pages.records.values()),
        )


def printed(desk: Desk, press: Press, site_dir: Path, key: str) -> Prints:
    """Every page of a site; those that would come out as they stand are left standing. `key` names all but the content that has a part in them."""
    name = f"site_{digest_of(str(site_dir.resolve()).encode()).hex()}"
    kept = desk.archive.table(name, _Printing)
    ledger, site = kept.pages, kept.site
    key = f"{desk.archive.engine} {desk.lists.hex()} {press.as_of} {press.history.reach} {key}"
    before = dict(ledger.records)
    asides = {**desk.asides, **_told(press.history)}
    holding = ledger.holding(key, desk.laid, asides, press.catalogue, desk.catalogue_before(), IN_TIME)
    standing = press.stage.standing(site, stood=looking.stood(as_left(site, site_dir)[2]))
    wanted = {slot.name: slot for slot in slots(press.catalogue, press.history)}
    wanted |= {slot.name: slot for slot in press.site_slots()}
    records = {
        name: record
        for name, record in holding.records.items()
        if name in wanted and standing.issuperset(record.value.files)
    }
    fresh = [name for name in wanted if name not in records]

    def gathered(slot: Slot) -> Gathered:
        was = before.get(slot.name)
        if holding.otherwise is None or was is None or was.value.gathered is None:
            return {}
        return gathering.holding(desk.store.read(was.value.gathered), holding.otherwise)

    made, puts = (
        press.print([wanted[name] for name in fresh], desk.jobs, ledger.numbers, gathered)
        if fresh
        else ({}, {})
    )
    files = list(chain.from_iterable(record.value.files for record in records.values()))
    gone = [record.value for name, record in before.items() if name not in records]
    as_it_was = (
        key == ledger.key
        and not fresh
        and not gone
        and asides == ledger.asides
        and ledger.sheets == desk.laid
    )
    every = {name: made[name] if name in made else records[name] for name in wanted}
    kept.pages = Ledger(key, desk.laid, asides, ledger.numbers, every)
    return Prints(
        records=every,
        fresh=fresh,
        gone=gone,
        puts=puts,
        kept=dict(zip(files, map(site.files.__getitem__, files), strict=True)),
        press=press,
        _archive=desk.archive,
        _name=name,
        _before=kept,
        _standing=standing,
        _as_it_was=as_it_was,
    )


@dataclass(kw_only=True)
class Prints:
    """Every page of a site with what was made beside it, and every file that is wanted so far."""

    records: dict[str, Record[Printed]]
    """What came of every slot, in the order of their addresses."""
    fresh: list[str]
    """Those that were made just now."""
    gone: list[Printed]
    """What was made once and is made again now, or no more."""
    puts: dict[str, Put]
    """Files that lie ready."""
    kept: dict[str, Standing]
    """Files that stand in the site as they would be made now."""
    press: Press
    _archive: Archive
    _name: str
    _before: _Printing
    _standing: set[str]
    """Files that are as the last build left them, whether they are wanted or not."""
    _as_it_was: bool

    @cached_property
    def slots(self) -> list[Printed]:
        """What came of every slot."""
        return [record.value for record in self.records.values()]

    @cached_property
    def pages(self) -> list[PrintedPage]:
        """Every page, in the order of their addresses."""
        return sorted((page for slot in self.slots for page in slot.pages), key=attrgetter("address"))

    @property
    def site(self) -> Site | None:
        """The site as the last build left it; None when none is known."""
        return self._before.site if self._before.site.files else None

    def links_of(self, slot: Printed) -> dict[str, FileLinks]:
        """What the files of a slot offer and ask for."""
        return {file: presses.links_from(self._archive.store, piece) for file, piece in slot.links}

    def lay(self, name: str, data: bytes) -> None:
        """Wants one more file in the site."""
        digest = digest_of(data)
        if name in self._standing and self._before.recipes.get(name) == digest:
            self._leave(name)
        else:
            self.puts[name] = self.press.stage.put(name, data)
            self._before.recipes[name] = digest

    def lay_as_it_stands(self, file: BulkFile, anew: Set[str]) -> bool:
        """Wants a file that is put together of pieces as it stands, unless sheets of its collections have new ones; tells whether it does."""
        stands = (
            anew.isdisjoint(file.collections)
            and file.path in self._standing
            and file.path in self._before.recipes
        )
        if stands:
            self._leave(file.path)
        return stands

    def lay_of_pieces(self, file: BulkFile, pieces: Sequence[Piece]) -> None:
        """Wants a file that is put together of pieces: not opened while they are the same."""
        name, recipe = file.path, recipe_of(pieces)
        was = self._before.recipes.get(name) if name in self._standing else None
        if was == recipe:
            self._leave(name)
            return
        stage, read_all = self.press.stage, self._archive.store.read_all
        if was is None:
            self.puts[name] = stage.put(name, file.joined(read_all(pieces)))
        else:
            runs = spliced(was, stage.read(name, None), Seams(*file.around), pieces, read_all)
            self.puts[name] = stage.put(name, *file.parts(runs))
        self._before.recipes[name] = recipe

    def lay_made(self, name: str, made_of: bytes, make: Callable[[], bytes]) -> FileLinks:
        """Wants a file that is made of one thing, and returns what it offers and asks for: not made while that is the same."""
        recipe, known = digest_of(made_of), self._before.links.get(name)
        if known and name in self._standing and self._before.recipes.get(name) == recipe:
            self._leave(name)
            return presses.links_from(self._archive.store, known)
        data = make()
        self.lay(name, data)
        is_read = inside_links.is_read(name)
        links = (
            self.press.links_of(name, data) if is_read else inside_links.FileLinks(frozenset(), frozenset())
        )
        writer = self._archive.store.writer()
        self._before.links[name] = presses.links_kept(links, writer)
        self._before.recipes[name] = recipe
        writer.close()
        return links

    def lay_as_before(self, folder: str, made_of: bytes) -> bool:
        """Wants a folder as it stands, if it was made of the same and is whole; tells whether it is."""
        standing = self.standing_under(folder)
        same = self._before.recipes.get(folder) == _recipe(made_of, standing)
        for name in standing if same else ():
            self._leave(name)
        return same

    def lay_folder(self, folder: str, files: Mapping[str, bytes | None], made_of: bytes) -> None:
        """Wants a folder that is made of many pages; no bytes are given for files that stand as they would be made."""
        for name, data in files.items():
            if data is None:
                self._leave(name)
            else:
                self.lay(name, data)
        self._before.recipes[folder] = _recipe(made_of, files)

    def standing_under(self, folder: str) -> set[str]:
        """The files of a folder of the site that are as the last build left them."""
        return {name for name in self._standing if name.startswith(folder)}

    def _leave(self, name: str) -> None:
        self.kept[name] = self._before.site.files[name]

    def keep(self, site: Site) -> None:
        """Keeps what was made, now that the site holds it; what is as it was lies there already."""
        if self._as_it_was and site == self._before.site:
            return
        self._before.site = site
        recipes = self._before.recipes.items()
        self._before.recipes = {
            name: recipe for name, recipe in recipes if name in site.files or name.endswith("/")
        }
        self._archive.save(self._name, self._before)


def _recipe(made_of: bytes, files: Collection[str]) -> bytes:
    return digest_of(made_of + "\0".join(sorted(files)).encode())


def _told(history: History) -> dict[str, bytes]:
    """Hashes of what changed, by sheet and in all, under the look-ups of it."""
    found = {f"{id}^": digest_of(repr(changes).encode()) for id, changes in history.by_sheet.items()}
    for id, past in history.past.items():
        found[f"{id}^"] = digest_of(repr((history.of(id), past)).encode())
    return found | {"^": digest_of(repr((history.reach, sorted(found.items()))).encode())}
