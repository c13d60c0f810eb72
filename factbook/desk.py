"""Where a build works: what was kept from the last one is laid out, used as far as it holds, and put away with what is new.

`publication` tells what is done; here is how no part of it is done twice. With nothing kept everything is made, by the same code.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from factbook import binding, inside_links
from factbook import press as presses
from factbook.catalogue import Catalogue, Watched, follow
from factbook.checks import check_sheet, clear_of
from factbook.kept import unmoved
from factbook.kept.crew import hands, share
from factbook.kept.engine import engine_key
from factbook.kept.ledger import Ledger, Record, numbered
from factbook.kept.shelf import Joined, Laid, Reading, as_they_were, catalogue_of, joined, laid, read
from factbook.kept.splices import Seams, recipe_of, spliced
from factbook.kept.store import Piece, Store, digest_of, files_of, is_of_pieces
from factbook.kept.tables import Tables
from factbook.loading.settings import Settings
from factbook.loading.sheets import Survey, read_vocabularies, survey
from factbook.model.change import History
from factbook.model.measure import Measure
from factbook.on_disk import Stamp
from factbook.pages.former import lasting_anchors
from factbook.pages.kinds import IN_TIME, slots
from factbook.problems import Problem
from factbook.writing import Put, Site, Standing, as_left

if TYPE_CHECKING:  # read late
    from factbook.exports.files import BulkFile
    from factbook.inside_links import FileLinks
    from factbook.press import Press, Printed, PrintedPage

T = TypeVar("T")

MOST_FILES = 1000
"""Files of pieces beyond which all is made anew: each build leaves two."""


class Checked(NamedTuple):
    """What came of the check of one sheet."""

    problems: tuple[Problem, ...]
    lasting: bytes
    """A hash of the addresses in it that others may have linked to."""


@dataclass
class _Content:
    """What is kept of the content, whatever is made of it."""

    reading: Reading = field(default_factory=Reading)
    checks: Ledger[Checked] = field(default_factory=Ledger)


@dataclass
class _Recorded:
    """What is kept of the ledger of addresses: which lasting addresses stood in it, and the stamp of it then."""

    answers: bytes = b""
    stamp: Stamp = (0, 0, 0)


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


@dataclass
class Prints:
    """Every page of a site with what was made beside it."""

    records: dict[str, Record[Printed]]
    """All of them, in the order of their addresses."""
    fresh: list[str]
    """Those that were made just now."""
    gone: list[Printed]
    """What was made once and is made again now, or no more."""
    puts: dict[str, Put]
    kept: dict[str, Standing]
    """Files that stand in the site as they would be made now."""

    @cached_property
    def slots(self) -> list[Printed]:
        """What came of every slot."""
        return [record.value for record in self.records.values()]

    @cached_property
    def pages(self) -> list[PrintedPage]:
        """Every page, in the order of their addresses."""
        return sorted((page for slot in self.slots for page in slot.pages), key=attrgetter("address"))


class Desk:
    """The kept things of one publication, for one build.

    Who reads again and again hands on the tables of the desk before, so that they need not be read as well.
    """

    def __init__(self, root: Path, jobs: int | None = None, tables: Tables | None = None) -> None:
        self.store = Store(root)
        same = tables is not None and tables.folder == self.store.folder
        self.tables = tables if tables and same else Tables(self.store.folder)
        self.jobs = hands(jobs)
        self._engine = engine_key()
        self._content = self._table("content", _Content)
        self._recorded = self._table("recorded", _Recorded)
        self._lists = b""
        self._as_read: Joined | None = None
        self._laid: dict[str, Laid] = {}
        """Where each sheet lies."""
        self.survey: Survey | None = None
        self._asides: dict[str, bytes] = {}
        self._answers = b""
        self._as_it_was = False
        self._standing: set[str] = set()
        self._printing = _Printing()
        self._printing_name = ""
        self._many = False
        """Whether what is kept lies in very many files."""

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._many:
            self.forget()  # most of what lies in them is nobody's any more
        self.store.close()

    # --- content -------------------------------------------------------------------------------------------

    def read(self, settings: Settings) -> Joined:
        """Every sheet of a publication, joined; files that are as they were are not opened."""
        self.survey = found = survey(settings)
        listed = read_vocabularies(found)
        before = self._content.reading
        clear = partial(clear_of, phrases=listed.phrases)
        reading = read(found, listed, clear, before, self.store, self.jobs)
        as_read = joined(found, reading, listed.vocabularies, listed.phrases, self.store)
        as_read.problems[:0] = [*found.problems, *listed.problems]
        reading.ids, reading.astray = as_read.ids, as_read.astray
        self._content.reading = reading
        self._as_read = as_read
        self._laid = {id: laid(kept) for id, kept in as_read.kept.items()}
        self._lists = digest_of(repr((reading.lists, settings.content)).encode())
        self._asides = {
            **{f"{Path(path).stem}@": digest for path, (_, digest) in reading.captures.items()},
            "%": digest_of(
                repr(sorted((id, gone.stone) for id, gone in as_read.catalogue.withdrawn.items())).encode()
            ),
        }
        return as_read

    @property
    def reading(self) -> Reading:
        """Every file as it was read."""
        return self._content.reading

    def check(self, as_read: Joined, as_of: date) -> list[Problem]:
        """What is wrong with each sheet: references that lead nowhere, and what breaks a rule."""
        ledger = self._content.checks
        key = f"{self._engine} {self._lists.hex()} {as_of}"
        holding = ledger.holding(
            key, self._laid, self._asides, as_read.catalogue, self._catalogue_before(as_read), IN_TIME
        )
        records = {
            id: record for id, record in holding.items() if id in as_read.kept and id not in as_read.doubtful
        }
        waiting = [id for id in as_read.kept if id not in records]

        def work(
            number: int, runs: Iterator[Sequence[str]]
        ) -> Iterator[tuple[list[str], list[tuple[Checked, array[int]]]]]:
            for some in runs:
                own: dict[str, int] = {}
                found = []
                for id in some:
                    catalogue = Watched(as_read.catalogue, id)
                    checked = _check_one(id, as_read, catalogue, as_of)
                    found.append((checked, numbered(catalogue.lookups, own)))
                yield list(own), found

        at = iter(waiting)
        for lookups, found in share(work, waiting, self.jobs) if waiting else ():
            numbers = [ledger.numbers.number(lookup) for lookup in lookups]
            for checked, asked in found:
                records[next(at)] = Record(array("I", [numbers[each] for each in asked]).tobytes(), checked)
        # What was found where something leads nowhere holds only as long as that is so, which no look-up tells.
        lasting = {id: record for id, record in records.items() if id not in as_read.doubtful}
        changed = bool(waiting) or len(lasting) != len(ledger.records) or self._content.reading.renewed
        self._content.checks = Ledger(key, self._laid, self._asides, ledger.numbers, lasting)
        self._answers = digest_of(
            repr(
                [
                    (
                        id,
                        kept.face and (kept.face.collection, kept.face.former_ids),
                        records[id].value.lasting,
                    )
                    for id, kept in as_read.kept.items()
                ]
            ).encode()
            + self._asides["%"]
            + self._lists
        )
        if changed:
            self._save("content", self._content)
        return [problem for id in as_read.kept for problem in records[id].value.problems]

    def is_recorded(self, stamp: Stamp) -> bool:
        """Whether all lasting addresses stood in the ledger of addresses, which is as it was then."""
        return self._recorded == _Recorded(self._answers, stamp)

    def recorded(self, stamp: Stamp) -> None:
        """Keeps that they do now."""
        self._recorded = _Recorded(self._answers, stamp)
        self._save("recorded", self._recorded)

    # --- pages ---------------------------------------------------------------------------------------------

    def print(self, press: Press, site_dir: Path, key: str) -> Prints:
        """Every page of the site; those that would come out as they stand are left standing."""
        assert self._as_read is not None  # noqa: S101  read before
        self._printing_name = f"site_{digest_of(str(site_dir.resolve()).encode()).hex()}"
        self._printing = self._table(self._printing_name, _Printing)
        ledger, site = self._printing.pages, self._printing.site
        key = f"{self._engine} {self._lists.hex()} {press.as_of} {press.history.reach} {key}"
        before = dict(ledger.records)
        asides = {**self._asides, **_told(press.history)}
        holding = ledger.holding(
            key,
            self._laid,
            asides,
            press.catalogue,
            self._catalogue_before(self._as_read),
            IN_TIME,
        )
        standing = press.stage.standing(site, stood=unmoved.stood(as_left(site, site_dir)[2]))
        wanted = {slot.name: slot for slot in slots(press.catalogue, press.history)}
        wanted |= {slot.name: slot for slot in press.site_slots()}
        records = {
            name: record
            for name, record in holding.items()
            if name in wanted and standing.issuperset(record.value.files)
        }
        fresh = [name for name in wanted if name not in records]
        made, puts = (
            press.print([wanted[name] for name in fresh], self.jobs, ledger.numbers) if fresh else ({}, {})
        )
        files = list(chain.from_iterable(record.value.files for record in records.values()))
        kept = dict(zip(files, map(site.files.__getitem__, files), strict=True))
        gone = [record.value for name, record in before.items() if name not in records]
        self._as_it_was = (
            key == ledger.key
            and not fresh
            and not gone
            and asides == ledger.asides
            and ledger.sheets == self._laid
        )
        every = {name: made[name] if name in made else records[name] for name in wanted}
        self._printing.pages = Ledger(key, self._laid, asides, ledger.numbers, every)
        self._standing = standing
        return Prints(every, fresh, gone, puts, kept)

    def lay(self, prints: Prints, press: Press, name: str, data: bytes) -> None:
        """Wants one more file in the site."""
        digest = digest_of(data)
        if name in self._standing and self._printing.recipes.get(name) == digest:
            prints.kept[name] = self._printing.site.files[name]
        else:
            prints.puts[name] = press.stage.put(name, data)
            self._printing.recipes[name] = digest

    def lay_as_it_stands(self, prints: Prints, file: BulkFile, anew: Set[str]) -> bool:
        """Wants a file that is put together of pieces as it stands, unless sheets of its collections have new ones; tells whether it does."""
        stands = (
            anew.isdisjoint(file.collections)
            and file.path in self._standing
            and file.path in self._printing.recipes
        )
        if stands:
            prints.kept[file.path] = self._printing.site.files[file.path]
        return stands

    def lay_of_pieces(self, prints: Prints, press: Press, file: BulkFile, pieces: Sequence[Piece]) -> None:
        """Wants a file that is put together of pieces: not opened while they are the same."""
        name, recipe = file.path, recipe_of(pieces)
        was = self._printing.recipes.get(name) if name in self._standing else None
        if was == recipe:
            prints.kept[name] = self._printing.site.files[name]
            return
        read_all = self.store.read_all
        fragments: Sequence[bytes | memoryview]
        if was is None:
            fragments = read_all(pieces)
        else:
            fragments = spliced(was, press.stage.read(name, None), Seams(*file.around), pieces, read_all)
        prints.puts[name] = press.stage.put(name, file.joined(fragments))
        self._printing.recipes[name] = recipe

    def lay_made(
        self,
        prints: Prints,
        press: Press,
        name: str,
        made_of: bytes,
        make: Callable[[], bytes],
    ) -> FileLinks:
        """Wants a file that is made of one thing, and returns what it offers and asks for: not made while that is the same."""
        recipe, known = digest_of(made_of), self._printing.links.get(name)
        if known and name in self._standing and self._printing.recipes.get(name) == recipe:
            prints.kept[name] = self._printing.site.files[name]
            return presses.links_from(self.store, known)
        data = make()
        self.lay(prints, press, name, data)
        is_read = inside_links.is_read(name)
        links = press.links_of(name, data) if is_read else inside_links.FileLinks(frozenset(), frozenset())
        writer = self.store.writer()
        self._printing.links[name] = presses.links_kept(links, writer)
        self._printing.recipes[name] = recipe
        writer.close()
        return links

    def standing_under(self, folder: str) -> set[str]:
        """The files of a folder of the site that are as the last build left them."""
        return {name for name in self._standing if name.startswith(folder)}

    def lay_as_before(self, prints: Prints, folder: str, recipe: bytes) -> bool:
        """Wants a folder as it stands, if it was made of the same and is whole; tells whether it is."""
        standing = self.standing_under(folder)
        same = self._printing.recipes.get(folder) == _recipe(recipe, standing)
        if same:
            prints.kept.update((name, self._printing.site.files[name]) for name in standing)
        return same

    def lay_folder(
        self, prints: Prints, press: Press, folder: str, files: Mapping[str, bytes | None], recipe: bytes
    ) -> None:
        """Wants a folder that is made of many pages; no bytes are given for files that stand as they would be made."""
        for name, data in files.items():
            if data is None:
                prints.kept[name] = self._printing.site.files[name]
            else:
                self.lay(prints, press, name, data)
        self._printing.recipes[folder] = _recipe(recipe, files)

    @property
    def site(self) -> Site | None:
        """The site as the last build left it; None when none is known."""
        return self._printing.site if self._printing.site.files else None

    def keep(self, site: Site) -> None:
        """Keeps what was made, now that the site holds it; what is as it was lies there already."""
        if self._as_it_was and site == self._printing.site:
            return
        self._printing.site = site
        recipes = self._printing.recipes.items()
        self._printing.recipes = {
            name: recipe for name, recipe in recipes if name in site.files or name.endswith("/")
        }
        self._save(self._printing_name, self._printing)

    def links_of(self, printed: Printed) -> dict[str, FileLinks]:
        """What the files of a slot offer and ask for."""
        return {file: presses.links_from(self.store, piece) for file, piece in printed.links}

    def forget(self) -> None:
        """Puts everything kept aside."""
        self.store.empty()
        self._content, self._recorded = _Content(), _Recorded()

    # --- keeping -------------------------------------------------------------------------------------------

    def _catalogue_before(self, as_read: Joined) -> Callable[[Mapping[str, Laid], Set[str]], Catalogue]:
        def before(were: Mapping[str, Laid], touched: Set[str]) -> Catalogue:
            now, kept = as_read.catalogue, as_they_were(self.store, were, as_read.kept, touched)
            return catalogue_of(self.store, kept, now.vocabularies, now.phrases, now.captures, now.content)[0]

        return before

    def _table(self, name: str, kind: type[T]) -> T:
        found = self.tables.load(name, self._engine)
        return found if isinstance(found, kind) else kind()

    def _save(self, name: str, table: object) -> None:
        self.tables.save(name, self._engine, table, _files(table))
        self._many = sum(map(is_of_pieces, self.tables.files(self._engine))) > MOST_FILES


def _files(table: object) -> set[str]:
    """The files of pieces that a table counts on."""
    pieces: Iterable[Piece | None] = ()
    if isinstance(table, _Content):
        pieces = chain(
            (kept.piece for kept in table.reading.files.values()),
            (piece for _, piece in table.checks.sheets.values()),
        )
    elif isinstance(table, _Printing):
        pieces = chain(
            (piece for _, piece in table.pages.sheets.values()),
            table.links.values(),
            (
                piece
                for record in table.pages.records.values()
                for _, piece in (*record.value.links, *record.value.fragments)
            ),
        )
    return files_of(pieces)


def _recipe(made_of: bytes, files: Collection[str]) -> bytes:
    return digest_of(made_of + "\0".join(sorted(files)).encode())


def _told(history: History) -> dict[str, bytes]:
    """Hashes of what changed, by sheet and in all, under the look-ups of it."""
    found = {f"{id}^": digest_of(repr(changes).encode()) for id, changes in history.by_sheet.items()}
    for id, past in history.past.items():
        found[f"{id}^"] = digest_of(repr((history.of(id), past)).encode())
    return found | {"^": digest_of(repr((history.reach, sorted(found.items()))).encode())}


def _check_one(id: str, as_read: Joined, catalogue: Watched, as_of: date) -> Checked:
    loaded = catalogue.own
    assert loaded is not None  # noqa: S101  its own sheet
    taken = as_read.kept[id].taken
    problems: list[Problem] = []
    if id in as_read.doubtful or any(anchor not in catalogue.anchors_of(other) for other, anchor in taken):
        problems = follow(loaded, as_read.known)[1]
    sheet = loaded.sheet
    asked = binding.asked_by(sheet) if isinstance(sheet, Measure) else []
    answers = () if id in as_read.doubtful else (lasting_anchors(id, catalogue), asked)
    lasting = digest_of(repr(answers).encode()) if answers else b""
    found = check_sheet(loaded, catalogue, as_of, as_read.kept[id].clear)
    return Checked((*problems, *found), lasting)


def all_lead_somewhere(
    prints: Prints,
    others: Mapping[str, FileLinks],
    files: Set[str],
    links_of: Callable[[Printed], dict[str, FileLinks]],
) -> bool:
    """Whether every link inside the site leads to something; asked only of what was made just now, and of what leads to what is gone."""
    offered: dict[str, tuple[str, ...]] = {}
    wanted: dict[str, set[str]] = {}

    def take(file: str, links: FileLinks) -> None:
        offered[file] = tuple(map(intern, links.anchors))  # most pages offer the same ones
        for lead in links.leads:
            to, _, anchor = lead.partition("#")
            if to != file or anchor not in links.anchors:
                wanted.setdefault(to, set()).add(intern(anchor))

    for file, links in others.items():
        take(file, links)
    for name in prints.fresh:
        for file, links in links_of(prints.records[name].value).items():
            take(file, links)
    lost: set[str] = set()
    for page in prints.gone:
        lost |= {file for file in page.files if file not in files}
        for file, links in links_of(page).items():
            lost |= {f"{file}#{anchor}" for anchor in links.anchors.difference(offered.get(file, ()))}
    if lost:
        fresh = set(prints.fresh)
        for name, record in prints.records.items():
            if name not in fresh and any(
                not lost.isdisjoint(links.leads) for links in links_of(record.value).values()
            ):
                return False
    if not files >= wanted.keys():
        return False
    anchored = {file: anchors - {""} for file, anchors in wanted.items() if file.endswith(".html")}
    asked = {file for file, anchors in anchored.items() if anchors} - offered.keys()
    for page in prints.slots if asked else ():
        if not asked.isdisjoint(page.files):
            offered |= {file: tuple(links.anchors) for file, links in links_of(page).items()}
    return all(anchors.issubset(offered.get(file, ())) for file, anchors in anchored.items())
