"""How much a reader downloads, as a server that compresses sends it: the budget of handbook/decisions/page-weight.md."""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.browser.kinds import kinds_of
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


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def told(answers: list[Response]) -> str:
    return "\n".join(f"{each.size:7} {each.path}" for each in answers)


def test_a_first_visit_is_light(
    window: Window, page_of_kind: Mapping[str, str], record_property: Callable[[str, object], None]
) -> None:
    answers = visit(window, page_of_kind["measure"], fresh=True)
    size = sum(each.size for each in answers) / KB
    record_property(
        "figure", f"First visit of the heaviest measure: {size:.1f} KB in {len(answers)} requests"
    )
    assert sum(each.size for each in answers) <= FIRST_VISIT, told(answers)
    assert len(answers) <= REQUESTS, told(answers)
    assert all(each.status == 200 for each in answers), told(answers)


def test_nothing_of_search_is_fetched_before_a_reader_searches(
    window: Window, page_of_kind: Mapping[str, str]
) -> None:
    answers = visit(window, page_of_kind["measure"], fresh=True)
    assert [each.path for each in answers if each.path.startswith(SEARCH)] == []


LINKED = """
return [...new Set([...document.querySelectorAll("article a[href]")].map((link) => new URL(link.getAttribute("href"), document.baseURI).href.split("#")[0]))]
"""


HEAVIER = 15 * KB
"""What no sheet weighs that a reader comes to next, however much there is to say of it; other measures are first visits too."""
BUDGETS = {
    "home": 13, "plain": 10, "index": 12, "briefings": 10, "term": 10, "statement": 10, "event": 10,
    "regime": 12, "system": 13, "source": 14, "actor": 15, "measure": 22, "more": 18,
    "as-of": 13, "network": 13, "predictions": 14, "glossary": 14, "review": 15, "search": 18, "sources": 18,
    "who-says-what": 27, "timeline": 32, "briefing": 47, "changes-past": 30,
}  # fmt: skip
"""Kilobytes that the heaviest page of a kind may weigh, compressed: what it weighs now and a little room. It is to be noticed when one grows."""


OTHERS = 16
"""The same for kinds that are not named above."""


def test_the_next_page_is_lighter_still(
    window: Window,
    page_of_kind: Mapping[str, str],
    searchable_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    first = page_of_kind["measure"]
    visit(window, first, fresh=True)
    pages = {link.removeprefix(window.site.address) for link in window.ask(LINKED)} - {first}
    sheets = sorted(page for page in pages if page.count("/") == 2)
    answers = visit(window, sheets[-1], fresh=False)
    assert [each.path for each in answers] == [sheets[-1]], "all but the page itself is kept"
    sizes = {page: compressed(searchable_folder / page / "index.html") for page in sheets}
    heavy = {page: size for page, size in sizes.items() if size > NEXT_PAGE}
    record_property(
        "figure",
        f"Next page, of {len(sheets)} sheets that it links: median {median(sizes.values()) / KB:.1f} KB, "
        f"{len(sheets) - len(heavy)} within 10 KB, longest {max(sizes.values()) / KB:.1f} KB, each in one request",
    )
    assert len(heavy) <= 0.12 * len(sheets), heavy
    assert max(sizes.values()) <= HEAVIER, heavy


def test_no_page_outgrows_the_budget_of_its_kind(
    searchable_folder: Path, record_property: Callable[[str, object], None]
) -> None:
    sizes: dict[str, int] = {}
    for path in searchable_folder.rglob("index.html"):
        for kind in kinds_of(path.read_text(encoding="utf-8")):
            sizes[kind] = max(sizes.get(kind, 0), compressed(path))
    assert BUDGETS.keys() <= sizes.keys()
    words = ", ".join(f"{kind} {size / KB:.1f}" for kind, size in sizes.items())
    record_property("figure", f"Heaviest of each kind, in KB: {words}")
    assert {kind: size for kind, size in sizes.items() if size > BUDGETS.get(kind, OTHERS) * KB} == {}


def test_a_page_is_light_whichever_comes_next(searchable_folder: Path) -> None:
    sizes = {
        path.relative_to(searchable_folder).as_posix(): compressed(path)
        for path in searchable_folder.rglob("index.html")
    }
    heavy = {name: size for name, size in sizes.items() if size > NEXT_PAGE}
    assert len(heavy) <= 0.06 * len(sizes), heavy
    assert median(sizes.values()) <= NEXT_PAGE / 2
