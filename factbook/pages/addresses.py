"""Addresses: one place knows where everything stands. They are permanent."""

from __future__ import annotations

import re

from factbook.catalogue import Catalogue
from factbook.model.spoken import date_in_words
from factbook.model.statement import Statement
from factbook.pages import page

AS_OF = "as-of/"
"""What was in force on a day."""
MAY_I = "may-i/"
"""Every question of who may do what; the answers stand below it."""
NOT_FOUND = "404.html"
"""What is shown where there is nothing."""
MORE = "more/"
"""Under the address of a sheet: its long lists in full."""


def more_of(address: str, part: int = 1) -> str:
    """Where a part of the long lists of a sheet stands, under the address of its page: `…/more/`, `…/more-2/`."""
    return f"{address}{MORE if part == 1 else f'more-{part}/'}"


def first_part(address: str) -> str:
    """The address of the first part of long lists, for that of any part; others as they are."""
    return re.sub(r"(?<=/)more-[0-9]+/$", MORE, address)


def address_of(collection: str, id: str) -> str:
    """Where a sheet stands: `measures/price-cap/`; pages of prose stand at the root, `index` is home."""
    if collection == "briefings":
        return "" if id == "index" else f"{id}/"
    return f"{collection}/{id}/"


HISTORY = "history/"
"""What is added to the address of a sheet's page for that of its history."""


def history_of(collection: str, id: str) -> str:
    """Where the history of a sheet stands, when its own page does not hold it."""
    return f"{address_of(collection, id)}{HISTORY}"


def changes_of(key: str) -> str:
    """Where the changes of a month (`2026-11`) or a day stand."""
    return f"changes/{key}/"


CARDS = "c/"
"""Under which the cards of facts stand: short, since they are quoted."""


def cards_of(id: str, form: str = "html") -> str:
    """Where the cards of a sheet's facts stand: `c/price-cap.html`, as pictures `.svg`, as data `.json`."""
    return f"{CARDS}{id}.{form}"


SITE_FEED = "feeds/changes"
"""The feed of the whole site, without the ending of its form."""
ANSWERS = "api/v1/answers.json"
"""Who signed each answer, what it waits for, and why it is read again."""
QUESTIONS = "api/v1/may-i.json"
"""Every question of who may do what, with its answers on all days, for programs."""
CALENDAR = "feeds/dates.ics"
"""The calendar of dates to come."""


def feed_of(collection: str, id: str) -> str:
    """The feed of a sheet, without the ending of its form (`.atom`, `.json`)."""
    return f"{address_of(collection, id)}changes"


def data_of(collection: str, id: str) -> str:
    """Where the data of a sheet stand: `api/v1/measures/price-cap.json`."""
    return f"api/v1/{collection}/{id}.json"


def collection_data_of(collection: str) -> str:
    """Where the data of a whole collection stand: `api/v1/measures.json`."""
    return f"api/v1/{collection}.json"


def ref_to(catalogue: Catalogue, id: str, anchor: str = "", words: str = "") -> page.PageRef:
    """A link to a sheet or one fact of it, with its title unless words are given."""
    collection = catalogue.collection_of(id)
    said = said_by(catalogue.get(id, Statement), catalogue) if collection == "statements" else ""
    return page.PageRef(words or catalogue.title_of(id), address_of(collection, id), anchor, collection, said)


def said_by(statement: Statement, catalogue: Catalogue) -> str:
    """Who said it and when, in words: `Harun Dalga, 7 December 2022`."""
    names = [catalogue.title_of(id) for id in statement.speakers]
    named = [statement.as_named] if statement.as_named else []
    return ", ".join((*names, *named, date_in_words(statement.when)))
