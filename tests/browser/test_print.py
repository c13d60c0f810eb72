"""On paper: a briefing keeps its sources with their addresses, and nothing that belongs together is torn apart."""

import base64
from collections.abc import Iterator, Mapping

import pytest

from tests.browser.paper import Paper, squeezed
from tests.browser.window import Window

pytestmark = pytest.mark.browser

SIZES = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}
"""Inches, as Chromium counts."""


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], Paper]:
    """What has been printed already."""
    return {}


def put_on_paper(window: Window, address: str, size: str, kept: dict[tuple[str, str], Paper]) -> Paper:
    if (address, size) not in kept:
        window.look(address)
        width, height = SIZES[size]
        words = {
            "paperWidth": width,
            "paperHeight": height,
            "printBackground": True,
            "generateTaggedPDF": True,
        }
        kept[address, size] = Paper(base64.b64decode(window.command("Page.printToPDF", words)["data"]))
    return kept[address, size]


@pytest.fixture(params=SIZES)
def briefing(
    request: pytest.FixtureRequest,
    window: Window,
    page_of_kind: Mapping[str, str],
    printed: dict[tuple[str, str], Paper],
) -> Iterator[Paper]:
    """The heaviest briefing on paper of each size."""
    yield put_on_paper(window, page_of_kind["briefing"], request.param, printed)


@pytest.fixture(params=SIZES)
def measure(
    request: pytest.FixtureRequest,
    window: Window,
    page_of_kind: Mapping[str, str],
    printed: dict[tuple[str, str], Paper],
) -> Iterator[Paper]:
    """The heaviest measure likewise."""
    yield put_on_paper(window, page_of_kind["measure"], request.param, printed)


SOURCES = """
return [...document.querySelectorAll('.fb-sources > li')].map((item) => [item.value, (item.querySelector('cite, a') || item).textContent,
  [...item.querySelectorAll('a')].map((link) => link.getAttribute('href')).filter((href) => /^https?:/.test(href))]);
"""


def test_a_briefing_holds_all_its_sources_with_their_addresses(
    window: Window, page_of_kind: Mapping[str, str], briefing: Paper
) -> None:
    window.look(page_of_kind["briefing"])
    sources = window.ask(SOURCES)
    assert sources
    text = briefing.text
    for number, words, addresses in sources:
        assert squeezed(words)[:40] in text, f"source {number}: {words[:60]}"
        for address in addresses:
            assert squeezed(address) in text, f"source {number}: {address}"


def test_no_heading_of_a_briefing_stands_last_on_a_sheet(briefing: Paper) -> None:
    assert briefing.headings_last_on_a_sheet() == []


def test_no_source_and_no_table_row_of_a_briefing_is_split(briefing: Paper) -> None:
    assert briefing.split("/TR") == []
    assert briefing.split("/LI") == []


def test_a_measure_is_printed_as_well(measure: Paper) -> None:
    assert measure.headings_last_on_a_sheet() == []
    assert measure.split("/TR") == []
    assert measure.split("/LI") == []


def test_what_only_a_screen_needs_is_left_out(briefing: Paper) -> None:
    assert "Skiptocontent" not in briefing.text
    assert "ReviewboardGlossary" not in briefing.text
