"""What stands behind the pages of a site: files of the theme, pictures for previews, files for machines, the sitemap, the index of the search.

Which files for machines there are is left to `exports.files`; what stands from the last build, to `printing`.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from factbook import inside_links
from factbook import search as search_index
from factbook.cache import FOLDER, Cache
from factbook.catalogue import Catalogue
from factbook.exports import files as files_for_machines
from factbook.exports import social
from factbook.imprint import site_of
from factbook.kept.crew import Begun
from factbook.kept.ledger import Record
from factbook.kept.store import Piece
from factbook.loading.settings import Settings
from factbook.rendering.shell import Shells
from factbook.rendering.sitemap import sitemap

if TYPE_CHECKING:  # read late
    from factbook.exports.files import BulkFile
    from factbook.inside_links import FileLinks
    from factbook.press import Printed, PrintedPage
    from factbook.printing import Prints

SITEMAP = "sitemap.xml"


def lay_all(prints: Prints, settings: Settings, shells: Shells, jobs: int) -> dict[str, FileLinks]:
    """Wants every file that is no page, the index of the search left out; returns what they offer and ask for."""
    files = _whole_files(prints.pages, settings, shells, jobs)
    for name, data in files.items():
        prints.lay(name, data)
    _lay_bulk_files(prints)
    links_of = prints.press.links_of
    links = {name: links_of(name, data) for name, data in files.items() if inside_links.is_read(name)}
    if settings.site_url:
        links[SITEMAP] = _lay_sitemap(prints, settings.site_url)
    return links


# --- files that are made of no sheet ----------------------------------------------------------------------------


def _whole_files(
    pages: Sequence[PrintedPage], settings: Settings, shells: Shells, jobs: int
) -> dict[str, bytes]:
    """The theme's, and pictures for previews."""
    files = dict(shells.assets)
    draw = partial(_drawn, jobs=jobs)
    if settings.site_url:
        files |= social.cards(pages, site_of(settings), Cache(settings.root), draw)
    return files | social.icons(site_of(settings), Cache(settings.root), draw)


def _drawn(drawings: Sequence[str], jobs: int) -> list[bytes]:
    """Drawings as pictures, made by as many processes."""

    def work(number: int, runs: Iterator[Sequence[str]]) -> Iterator[bytes]:
        for (drawing,) in runs:
            yield social.png(drawing)

    return Begun(work, drawings, jobs).results()


# --- files that are put together of what was made with the pages ------------------------------------------------


def _lay_bulk_files(prints: Prints) -> None:
    """Wants each file of all sheets of some collections; where none of these has a new fragment, as it stands."""
    catalogue = prints.press.catalogue
    anew = _collections_anew(prints, catalogue)
    rows = [row for row in files_for_machines.BULK_FILES if not prints.lay_as_it_stands(row, anew)]
    for row, pieces in _parts_of_files(rows, prints.records, catalogue):
        prints.lay_of_pieces(row, pieces)


def _collections_anew(prints: Prints, catalogue: Catalogue) -> set[str]:
    """The collections of which a sheet has fragments that were made just now; all of them where one is gone."""
    if any(printed.name not in prints.records for printed in prints.gone):
        return {name for row in files_for_machines.BULK_FILES for name in row.collections}
    made = (prints.records[name].value for name in prints.fresh)
    return {catalogue.collection_of(printed.id) for printed in made if printed.fragments}


def _parts_of_files(
    rows: Sequence[BulkFile], records: Mapping[str, Record[Printed]], catalogue: Catalogue
) -> Iterator[tuple[BulkFile, list[Piece]]]:
    """Each of some files with its fragments in the order of ids."""
    wanted = {name for row in rows for name in row.collections}
    lying: dict[tuple[str, str], list[tuple[str, Piece]]] = {}
    for record in records.values() if rows else ():
        id, fragments = record.value.id, record.value.fragments
        if fragments and (collection := catalogue.collection_of(id)) in wanted:
            for name, piece in fragments:
                lying.setdefault((name, collection), []).append((id, piece))
    for row in rows:
        found = [each for name in row.collections for each in lying.get((row.fragment.name, name), ())]
        yield row, [piece for _, piece in sorted(found)]


def _lay_sitemap(prints: Prints, site_url: str) -> FileLinks:
    """Wants the sitemap, plain and packed, and returns what it asks for."""
    rows = [(page.kind, page.address, page.changed) for page in prints.pages]
    made_of = repr((site_url, rows)).encode()
    make = cache(partial(sitemap, tuple(rows), site_url))
    prints.lay_made(f"{SITEMAP}.gz", made_of, lambda: gzip.compress(make(), mtime=0))
    return prints.lay_made(SITEMAP, made_of, make)


# --- the search -------------------------------------------------------------------------------------------------


def begin_search(prints: Prints, settings: Settings, jobs: int) -> search_index.Indexing | None:
    """The search index in the making, beside what follows; None where the site has it as it would be made."""
    stage = prints.press.stage

    def read(file: str) -> bytes:
        return stage.read(file, prints.puts.get(file))

    articles = {page.file: page.article for page in prints.pages if page.article}
    if prints.lay_as_before(search_index.FOLDER, search_index.made_of(articles)):
        return None
    return search_index.Indexing(articles, read, settings.root / FOLDER, jobs)


def lay_search(prints: Prints, indexing: search_index.Indexing) -> None:
    """Wants the search index, which is waited for."""
    files = indexing.files(prints.standing_under(search_index.FOLDER))
    prints.lay_folder(search_index.FOLDER, files, indexing.made_of)
