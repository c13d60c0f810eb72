"""Every file for machines, in one table: which there are, where each stands, and what of each sheet goes into it.

Three shapes. A `SheetFile` is made of one sheet; a `BulkFile` is put together of one fragment a sheet, in the order of ids; a
`SiteFile` says something of the publication as a whole. A fragment is a pure function of its sheet and of what it looks up in
the catalogue, so whoever keeps fragments makes only those again that changed. What a fragment says is left to the other modules here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias

from factbook.catalogue import Catalogue
from factbook.exports import (
    answers,
    api,
    calendar,
    feeds,
    follow_the_money,
    questions,
    references,
    site_files,
    tables,
)
from factbook.frozen import frozen
from factbook.loading.loaded import LoadedSheet
from factbook.model.collections import ALL
from factbook.pages.addresses import ANSWERS, CALENDAR, QUESTIONS, SITE_FEED, collection_data_of, data_of
from factbook.rendering.edition import Edition


@frozen
class Fragment:
    """What one sheet becomes in a file, e.g. its JSON."""

    name: str
    """Its own name, under which what was made can be kept."""
    make: Callable[[LoadedSheet, Catalogue], bytes]
    """Empty where the sheet has no part in the file."""


@frozen
class SheetFile:
    """A file of each sheet of some collections, e.g. `api/v1/measures/price-cap.json`."""

    collections: tuple[str, ...]
    path: Callable[[str, str], str]
    """Where it stands in the site, by collection and id."""
    fragment: Fragment


@frozen
class BulkFile:
    """A file of all sheets of some collections, e.g. `api/v1/measures.json`: head, fragments with a joiner between, foot."""

    collections: tuple[str, ...]
    path: str
    fragment: Fragment
    head: bytes | Callable[[], bytes] = b""
    """What makes it, where it has to be worked out."""
    joiner: bytes = b"\n"
    foot: bytes = b"\n"

    def joined(self, fragments: Iterable[bytes | memoryview]) -> bytes:
        """The file, of the fragments of its sheets in the order of ids, or runs of them joined; empty ones are passed over."""
        return b"".join(self.parts(fragments))

    def parts(self, fragments: Iterable[bytes | memoryview]) -> Iterator[bytes | memoryview]:
        """The same, one part after the other."""
        yield self._start()
        between = b""
        for fragment in fragments:
            if fragment:
                yield between
                yield fragment
                between = self.joiner
        yield self.foot

    @property
    def around(self) -> tuple[int, int, int]:
        """How many bytes its head, its joiner and its foot have."""
        return len(self._start()), len(self.joiner), len(self.foot)

    def _start(self) -> bytes:
        return self.head if isinstance(self.head, bytes) else self.head()


@frozen
class SiteFile:
    """A file about the publication as a whole, e.g. `api/v1/version.json`."""

    path: str
    make: Callable[[Catalogue, Edition], bytes]
    """Empty where this edition has no such file."""


File: TypeAlias = SheetFile | BulkFile | SiteFile


def _schema(name: str, catalogue: Catalogue, _edition: Edition) -> bytes:
    return site_files.schema(name, catalogue)


def _feed(end: str, catalogue: Catalogue, edition: Edition) -> bytes:
    return feeds.site_feed(catalogue, edition.history, edition.site, edition.as_of)[f"{SITE_FEED}{end}"]


def _columns(name: str) -> bytes:
    return tables.head(name)


SHEET_AS_JSON = Fragment("api", lambda sheet, catalogue: api.sheet_as_json(sheet, catalogue))
ROW = Fragment("csv", lambda sheet, catalogue: tables.row(sheet, catalogue))
CSL = Fragment("csl", lambda sheet, catalogue: references.csl_item(sheet, catalogue))
BIBTEX = Fragment("bibtex", lambda sheet, catalogue: references.bibtex_entry(sheet, catalogue))
ENTITIES = Fragment("ftm", lambda sheet, catalogue: follow_the_money.entities(sheet, catalogue))

FILES: tuple[File, ...] = (
    SheetFile((*ALL,), data_of, SHEET_AS_JSON),
    *(
        BulkFile((name,), collection_data_of(name), SHEET_AS_JSON, b'{"sheets":[\n', b",\n", b"\n]}\n")
        for name in ALL
    ),
    BulkFile((*ALL,), "api/v1/all.json", SHEET_AS_JSON, b'{"sheets":[\n', b",\n", b"\n]}\n"),
    *(SiteFile(f"api/v1/schemas/{name}.json", partial(_schema, name)) for name in (*ALL, "values")),
    SiteFile(QUESTIONS, lambda catalogue, edition: questions.questions(catalogue, edition)),
    SiteFile(ANSWERS, lambda catalogue, edition: answers.answers_file(catalogue, edition)),
    SiteFile("api/v1/openapi.json", lambda catalogue, edition: site_files.description(catalogue, edition)),
    SiteFile("api/v1/version.json", lambda catalogue, edition: site_files.version(catalogue, edition)),
    SiteFile("api/v1/licence.txt", lambda catalogue, edition: site_files.licence(catalogue, edition)),
    *(BulkFile((name,), f"data/{name}.csv", ROW, partial(_columns, name), b"", b"") for name in ALL),
    BulkFile(("sources",), "data/sources.csl.json", CSL, b"[\n", b",\n", b"\n]\n"),
    BulkFile(("sources",), "data/sources.bib", BIBTEX, joiner=b"\n\n"),
    BulkFile(("actors", "measures", "events"), "data/entities.ftm.json", ENTITIES),
    SiteFile(
        "data/entities.manifest.json",
        lambda catalogue, edition: site_files.ftm_manifest(catalogue, edition),
    ),
    *(SiteFile(f"{SITE_FEED}{end}", partial(_feed, end)) for end in (".atom", ".json")),
    SiteFile(CALENDAR, lambda catalogue, edition: calendar.calendar(catalogue, edition.site, edition.as_of)),
    SiteFile("robots.txt", lambda catalogue, edition: site_files.robots(catalogue, edition)),
    SiteFile("site.webmanifest", lambda catalogue, edition: site_files.web_manifest(catalogue, edition)),
)
"""All of them. A path stands in one row alone."""

BULK_FILES = tuple(file for file in FILES if isinstance(file, BulkFile))
"""Those that are put together of fragments."""


def files_for_machines(
    catalogue: Catalogue, edition: Edition, files: Iterable[File] = FILES
) -> dict[str, bytes]:
    """All files of some rows, by their path in the site."""
    fragments: dict[tuple[str, str], bytes] = {}

    def fragment(made: Fragment, sheet: LoadedSheet) -> bytes:
        key = (made.name, sheet.id)
        if key not in fragments:
            fragments[key] = made.make(sheet, catalogue)
        return fragments[key]

    found: dict[str, bytes] = {}
    for file in files:
        match file:
            case SheetFile():
                for sheet in sheets_of(file, catalogue):
                    if data := fragment(file.fragment, sheet):
                        found[file.path(sheet.collection, sheet.id)] = data
            case BulkFile():
                found[file.path] = file.joined(
                    fragment(file.fragment, sheet) for sheet in sheets_of(file, catalogue)
                )
            case SiteFile():
                if data := file.make(catalogue, edition):
                    found[file.path] = data
    return found


def sheets_of(file: SheetFile | BulkFile, catalogue: Catalogue) -> Iterator[LoadedSheet]:
    """The sheets that a file is made of, in the order of ids."""
    return (
        catalogue.sheets[id]
        for id in sorted(catalogue.ids())
        if catalogue.collection_of(id) in file.collections
    )


def find(path: str, catalogue: Catalogue, edition: Edition) -> bytes | None:
    """One file alone, by its path in the site; None where there is none."""
    for file in FILES:
        if isinstance(file, SheetFile):
            sheets = (sheet for sheet in sheets_of(file, catalogue))
            if sheet := next((one for one in sheets if file.path(one.collection, one.id) == path), None):
                return file.fragment.make(sheet, catalogue) or None
        elif file.path == path:
            return files_for_machines(catalogue, edition, [file]).get(path)
    return None
