"""The sitemap: every page that search engines should know, by its full address."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from factbook.pages.kinds import SheetPage
from factbook.pages.page import Page

LEFT_OUT = ("404", "moved", "withdrawn", "search")
"""Kinds of pages that no search engine needs."""


def sitemap(pages: Iterable[Page], site_url: str) -> bytes:
    """`sitemap.xml` by the sitemaps.org protocol; `site_url` ends in a slash."""
    rows = [
        f"<url><loc>{escape(site_url + page.address)}</loc>{_lastmod(page)}</url>"
        for page in pages
        if page.kind not in LEFT_OUT
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(rows) + "\n</urlset>\n").encode()


def _lastmod(page: Page) -> str:
    """The day of the last change that its sheet tells of, or of the last check if that is later; of no other page is it known."""
    if not isinstance(page.view, SheetPage):
        return ""
    return f"<lastmod>{max(page.view.head.verified.text, *page.view.tail.changed, '')}</lastmod>"
