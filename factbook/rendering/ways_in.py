"""The ways in from a page: to the file it is made of, to a form in which an error is reported, to its data.

The first two need the address of the publication's repository, a setting; without it they are left out.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from markupsafe import escape

from factbook.pages.page import Page

FORM = "correction.yml"
"""The issue form, in the repository's `.github/ISSUE_TEMPLATE/`; its fields carry the names used in `report_url`."""
NOT_REPORTED = ("moved", "404")
"""Kinds of pages that say nothing that could be wrong."""


def ways_in(page: Page, *, root: str, site_url: str, edit_url: str, issues_url: str) -> str:
    """The links below a page; empty where there is nowhere to go."""
    links = []
    if page.path and edit_url:
        words = "Edit this sheet" if page.path.endswith(".yml") else "Edit this page"
        links.append(f'<a href="{escape(edit_url + quote(page.path))}">{words}</a>')
    if issues_url and page.kind not in NOT_REPORTED:
        form = report_url(page, site_url, issues_url)
        links.append(f'<a href="{escape(form)}">Report an error</a>')
    if page.data:
        links.append(f'<a href="{escape(root + page.data)}">Data of this page</a>')
    return f'<p class="fb-edit">{" · ".join(links)}</p>' if links else ""


def report_url(page: Page, site_url: str, issues_url: str) -> str:
    """The form with the page, its file and a title filled in."""
    filled = {
        "template": FORM,
        "title": f"Error on “{page.title}”",
        "page": (site_url or "/") + page.address,
        "sheet": page.path,
    }
    given = {name: value for name, value in filled.items() if value}
    return f"{issues_url}?{urlencode(given, safe='/:')}"  # a query may hold both as they are
