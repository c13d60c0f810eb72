"""A page whose answer has to be read again, as a reader sees it: narrow or wide, light or dark, without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.browser import Chromium, opened
from tests.browser.serving import served
from tests.browser.test_axe import violations
from tests.browser.window import DESK, PHONE, Window
from tests.sites import SPECIMEN
from tests.test_kept import build

pytestmark = pytest.mark.browser

PAGES = ("does-a-cap-make-light-cheaper/", "", "briefings/", "review/", "sources/tidewatch-2023-01-15/")


@pytest.fixture(scope="module")
def window(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window on the specimen with a designation that ended after its answer was signed."""
    own = tmp_path_factory.mktemp("rereading") / "own"
    shutil.copytree(SPECIMEN, own, ignore=shutil.ignore_patterns(".cache", "site"))
    measure: Path = own / "content" / "measures" / "price-cap.yml"
    measure.write_text(measure.read_text("utf-8").replace("until: none-set", "until: 2026-11-12", 1), "utf-8")
    assert build(own).applied
    with (
        served(own / "site") as site,
        opened(chromium, tmp_path_factory.mktemp("profile")) as driver,
    ):
        yield Window(driver, site)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(window: Window, page: str, width: int) -> None:
    for dark in (False, True):
        window.look(page, width=width, dark=dark, still=True)
        assert violations(window) == [], "dark" if dark else "light"
        assert window.ask("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("page", PAGES[:4])
def test_the_notice_is_read_without_scripts(window: Window, page: str) -> None:
    window.look(page, script=False)
    notice = window.ask(
        "const found = document.querySelector('.fb-rereading, .fb-rereading-line');"
        "return [found.innerText, found.querySelector('a').getAttribute('href'), found.checkVisibility()]"
    )
    assert "Answer under re-reading since 12 November 2026, because" in notice[0]
    assert notice[1].endswith("measures/price-cap/#designations.lantern-oil")
    assert notice[2]


def test_what_would_fall_unfolds_without_scripts(window: Window) -> None:
    window.look(PAGES[-1], script=False)
    window.ask("document.querySelector('#falling').scrollIntoView({block: 'center', behavior: 'instant'})")
    window.driver.find_element("css selector", "#falling > summary").click()
    assert window.ask("return document.querySelector('#falling').open")
    assert "which rests on" in window.ask("return document.querySelector('#falling').innerText")
