"""The sitemap: every page that search engines should know, by its full address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import escape

from factbook.pages import laying_out

if TYPE_CHECKING:  # read late
    from factbook.pages.page import Page

LEFT_OUT = ("404", "moved", "withdrawn", "search")
"""Kinds of pages that no search engine needs."""


def sitemap(pages: Iterable[tuple[str, str, str]], site_url: str) -> bytes:
    """`sitemap.xml` by the sitemaps.org protocol, of kind, address and last change of each page; `site_url` ends in a slash."""
    rows = [
        f"<url><loc>{escape(site_url + address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for kind, address, changed in pages
        if kind not in LEFT_OUT
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(rows) + "\n</urlset>\n").encode()


def last_change(page: Page) -> str:
    """The day of the last change that its sheet tells of, or of the last check if that is later; of no other page is it known."""
    if not isinstance(page.view, laying_out.SheetPage):
        return ""
    return max(page.view.head.verified.text, *page.view.tail.changed, "")
