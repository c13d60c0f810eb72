"""The search of the specimen in a real Chromium: any spelling leads to the sheet, under any path, and nobody else is asked."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.browser.browser import Chromium, opened
from tests.browser.serving import served
from tests.browser.window import Window
from tests.sites import BuiltSite

pytestmark = pytest.mark.browser

FOUND = """
const done = arguments[arguments.length - 1];
const until = Date.now() + 10000;
const look = () => {
  const links = [...document.querySelectorAll("[data-fb-search-results] a")].map((a) => new URL(a.href).pathname);
  const state = document.querySelector("[data-fb-search-state]").textContent;
  if (links.length || state.startsWith("Nothing found") || Date.now() > until) done([links, state]);
  else setTimeout(look, 50);
};
look();
"""


@pytest.fixture(scope="module")
def specimen_window(
    specimen_site: BuiltSite, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """A window on the specimen, served under a path as a project's Pages are."""
    with served(specimen_site.folder) as site, opened(chromium, tmp_path_factory.mktemp("profile")) as driver:
        yield Window(driver, site)


@pytest.mark.parametrize(
    ("asked", "sheet"),
    [
        ("Ishel Kayakolga", "actors/isil-kiyigolge"),
        ("Kiyigolge", "actors/isil-kiyigolge"),
        ("Kıyıgölge", "actors/isil-kiyigolge"),
        ("Haron Wave", "actors/harun-dalga"),
        ("price cap", "measures/price-cap"),
    ],
)
def test_a_sheet_is_found_by_any_spelling(specimen_window: Window, asked: str, sheet: str) -> None:
    specimen_window.look(f"search/?q={quote(asked)}")
    found, state = specimen_window.wait_for(FOUND)
    assert f"/repo/{sheet}/" in found[:3], state


def test_what_stands_nowhere_is_not_found(specimen_window: Window) -> None:
    specimen_window.look("search/?q=xylophone")
    found, state = specimen_window.wait_for(FOUND)
    assert found == []
    assert "xylophone" in state


def test_a_search_asks_nobody_else_and_breaks_nothing(specimen_window: Window) -> None:
    specimen_window.look("search/?q=lamp")
    found, _ = specimen_window.wait_for(FOUND)
    assert found
    asked = [each.address for each in specimen_window.requests()]
    assert asked
    own = (specimen_window.site.address, "data:", "blob:", "about:")
    assert [address for address in asked if not address.startswith(own)] == []
    assert specimen_window.complaints() == []


def test_nothing_of_the_index_is_fetched_before_a_reader_asks(specimen_window: Window) -> None:
    for address in ("", "measures/price-cap/", "search/"):
        specimen_window.site.forget()
        specimen_window.look(address)
        assert specimen_window.site.of("pagefind/") == [], address
