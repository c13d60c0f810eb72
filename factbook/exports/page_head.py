"""What the head of a page says to programs: previews of a link, reference managers, the address of the page's data, JSON-LD.

It enters the page at the mark `machines` of its shell. Addresses in full are written only where the site's own is set: what
cannot do without one is left out elsewhere.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from markupsafe import escape

from factbook.catalogue import Catalogue
from factbook.exports.linked_data import linked_data
from factbook.exports.social import card_of
from factbook.pages.addresses import SITE_FEED, feed_of
from factbook.pages.laying_out import SheetPage
from factbook.pages.page import Page
from factbook.rendering.edition import Site

SAYS_NOTHING = ("404", "moved", "withdrawn")
"""Kinds of pages that are not to be shared, kept or cited."""

FEED_OF_SITE = ("home", "changes", "changes-past", "corrections", "feeds")
"""Kinds of pages at which programs find the feed of the site."""
FEED_OF_OWN = {"briefing": "briefings", "plain": "briefings", "measure": "measures", "actor": "actors"}
"""Kinds of pages that have a feed of their own, and the collection of their sheets."""


class _Said(NamedTuple):
    """One thing that a program is told, e.g. the title for previews."""

    attribute: str
    """By which its name is given: `property` for previews, `name` for reference managers."""
    key: str
    value: str


def page_head(page: Page, catalogue: Catalogue, site: Site) -> str:
    """The elements for programs."""
    if page.kind in SAYS_NOTHING:
        return ""
    parts = _metas([*_preview(page, site), *_reference(page, site)])
    to_root = "../" * page.address.count("/")
    if page.data:
        parts.append(f'<link rel="alternate" type="application/json" href="{escape(to_root + page.data)}">')
    own = to_root + page.address
    for base in _feeds_of(page):
        for ending, form, name in (("atom", "atom+xml", "Atom"), ("json", "feed+json", "JSON Feed")):
            href = f"{to_root}{base}.{ending}".removeprefix(own)
            parts.append(
                f'<link rel="alternate" type="application/{form}" title="Changes ({name})" href="{escape(href)}">'
            )
    if data := linked_data(page, catalogue, site):
        parts.append(  # safe_json leaves nothing that ends the element
            f'<script type="application/ld+json">{data}</script>'
        )
    return "".join(parts)


def _feeds_of(page: Page) -> list[str]:
    """The feeds that programs find at a page, without their endings: its own, or on views of change that of the site."""
    if page.kind in FEED_OF_SITE:
        return [SITE_FEED]
    collection = FEED_OF_OWN.get(page.kind)
    return [feed_of(collection, page.id)] if collection else []


def _preview(page: Page, site: Site) -> list[_Said]:
    """Title, kind and picture of a link to the page; its description stands in the shell. Sources: ogp.me; X, "Cards markup"."""
    is_article = isinstance(page.view, SheetPage) and page.kind not in ("home", "plain")
    found = [
        _Said("property", "og:title", site.name if page.kind == "home" else page.title),
        _Said("property", "og:type", "article" if is_article else "website"),
        _Said("property", "og:site_name", site.name),
    ]
    if site.url:
        found += [
            _Said("property", "og:url", site.url + page.address),
            _Said("property", "og:image", site.url + card_of(page)),
            _Said("name", "twitter:card", "summary_large_image"),
        ]
    return found


def _reference(page: Page, site: Site) -> list[_Said]:
    """What a reference manager keeps of a page: that of Highwire Press, which Google Scholar documents."""
    if page.day is None:
        return []
    found = [
        _Said("name", "citation_title", site.name if page.kind == "home" else page.title),
        _Said("name", "citation_publisher", site.name),
        _Said("name", "citation_publication_date", page.day.isoformat().replace("-", "/")),
    ]
    if site.url:
        found.append(_Said("name", "citation_public_url", site.url + page.address))
    return found


def _metas(said: list[_Said]) -> list[str]:
    """The elements of what is said. What previews and reference managers are told alike stands once, under both its names."""
    found: dict[str, list[_Said]] = {}
    for each in said:
        found.setdefault(each.value, []).append(each)
    elements = []
    for value, names in found.items():
        for by_attribute in zip_longest(
            *([each for each in names if each.attribute == attribute] for attribute in ("property", "name"))
        ):
            keys = " ".join(f'{each.attribute}="{each.key}"' for each in by_attribute if each)
            elements.append(f'<meta {keys} content="{escape(value)}">')
    return elements
