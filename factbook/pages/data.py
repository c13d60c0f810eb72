"""The page that explains the data: which files there are, with what of this publication stands in them as examples."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.collections import ALL
from factbook.pages.addresses import ANSWERS, collection_data_of, data_of
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef


@frozen
class CollectionData:
    """The files of one collection."""

    name: str
    many: str
    count: int
    whole: PageRef
    """All of its sheets in one file."""
    schema: PageRef
    table: PageRef
    example: PageRef | None
    """One sheet of it; None where there is none."""


@frozen
class DataPage:
    """What the page shows."""

    collections: tuple[CollectionData, ...]
    first: CollectionData
    """One that has sheets, for the examples."""
    files: dict[str, PageRef]
    """The other files, by the name under which the page speaks of them."""


FILES = {
    "all": "api/v1/all.json",
    "questions": "api/v1/may-i.json",
    "version": "api/v1/version.json",
    "answers": ANSWERS,
    "openapi": "api/v1/openapi.json",
    "licence": "api/v1/licence.txt",
    "shared": "api/v1/schemas/values.json",
    "csl": "data/sources.csl.json",
    "bibtex": "data/sources.bib",
    "entities": "data/entities.ftm.json",
    "manifest": "data/entities.manifest.json",
}


def view(draft: Draft) -> DataPage:
    """The files of this publication."""
    rows: list[CollectionData] = []
    catalogue = draft.catalogue
    for name, collection in ALL.items():
        ids = sorted(id for id in catalogue.ids() if catalogue.collection_of(id) == name)
        rows.append(
            CollectionData(
                name,
                collection.many,
                len(ids),
                _file(collection_data_of(name)),
                _file(f"api/v1/schemas/{name}.json"),
                _file(f"data/{name}.csv"),
                _file(data_of(name, ids[0])) if ids else None,
            )
        )
    first = next((row for row in rows if row.count), rows[0])
    return DataPage(tuple(rows), first, {name: _file(path) for name, path in FILES.items()})


def _file(path: str) -> PageRef:
    return PageRef(path, path)
