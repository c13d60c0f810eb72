"""Addresses: one place knows where everything stands. They are permanent."""

from __future__ import annotations

from factbook.catalogue import Catalogue
from factbook.pages.page import PageRef


def address_of(collection: str, id: str) -> str:
    """Where a sheet stands: `measures/price-cap/`; pages of prose stand at the root, `index` is home."""
    if collection == "briefings":
        return "" if id == "index" else f"{id}/"
    return f"{collection}/{id}/"


def history_of(collection: str, id: str) -> str:
    """The address kept for the history of a sheet."""
    return f"{address_of(collection, id)}history/"


def ref_to(catalogue: Catalogue, id: str, anchor: str = "", words: str = "") -> PageRef:
    """A link to a sheet or one fact of it, with its title unless words are given."""
    loaded = catalogue.sheets[id]
    return PageRef(
        words or loaded.sheet.title_text, address_of(loaded.collection, id), anchor, loaded.collection
    )
