"""How much a reader downloads, as a server that compresses sends it: the budget of handbook/decisions/page-weight.md."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.browser.serving import ROOT, Response
from tests.browser.window import Window

pytestmark = pytest.mark.browser

KB = 1000
FIRST_VISIT = 90 * KB
NEXT_PAGE = 10 * KB
REQUESTS = 8
SEARCH = ("pagefind/", "search/", "scripts/searching.js", "stylesheets/search.css")
SETTLE = "const done = arguments[0]; requestIdleCallback(() => setTimeout(done, 300));"
"""Waits for what a page fetches when it is at rest."""


def visit(window: Window, address: str, *, fresh: bool) -> list[Response]:
    """What a server answers while a page is opened; the icon too, which a browser without a frame does not ask for."""
    window.site.forget()
    window.look(address, fresh=fresh)
    window.wait_for(SETTLE)
    icon = window.ask("return document.querySelector('link[rel=icon]').href")
    if fresh and not any(ROOT + each.path == urlsplit(icon).path for each in window.site.log):
        urlopen(Request(icon)).read()  # noqa: S310  # our own server
    return list(window.site.log)


def told(answers: list[Response]) -> str:
    return "\n".join(f"{each.size:7} {each.path}" for each in answers)


def test_a_first_visit_is_light(window: Window, page_of_kind: Mapping[str, str]) -> None:
    answers = visit(window, page_of_kind["measure"], fresh=True)
    assert sum(each.size for each in answers) <= FIRST_VISIT, told(answers)
    assert len(answers) <= REQUESTS, told(answers)
    assert all(each.status == 200 for each in answers), told(answers)


def test_nothing_of_search_is_fetched_before_a_reader_searches(
    window: Window, page_of_kind: Mapping[str, str]
) -> None:
    answers = visit(window, page_of_kind["measure"], fresh=True)
    assert [each.path for each in answers if each.path.startswith(SEARCH)] == []


def test_the_next_page_is_lighter_still(window: Window, page_of_kind: Mapping[str, str]) -> None:
    visit(window, page_of_kind["measure"], fresh=True)
    links = window.ask(
        "return [...document.querySelectorAll('.fb-neighbours a')].map((link) => new URL(link.href).pathname)"
    )
    assert links, "the measures have an order"
    for link in links:
        answers = visit(window, link.removeprefix(ROOT), fresh=False)
        assert sum(each.size for each in answers) <= NEXT_PAGE, told(answers)
        assert [each.path for each in answers] == [link.removeprefix(ROOT)], "all else is kept"


def test_a_page_is_light_whichever_comes_next(searchable_folder: Path) -> None:
    sizes = {
        path.relative_to(searchable_folder).as_posix(): len(gzip.compress(path.read_bytes(), 6, mtime=0))
        for path in searchable_folder.rglob("index.html")
    }
    heavy = {name: size for name, size in sizes.items() if size > NEXT_PAGE}
    assert len(heavy) <= 0.05 * len(sizes), heavy
    assert median(sizes.values()) <= NEXT_PAGE / 2
