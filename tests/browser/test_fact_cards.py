"""Cards of facts as readers meet them: as a picture on somebody else's page, and on the page where they stand."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.browser.browser import Chromium, opened
from tests.browser.serving import served
from tests.browser.test_axe import violations
from tests.browser.window import DESK, PHONE, Window
from tests.publications import read_case
from tests.repositories import write_commits
from tests.test_fact_cards import built

pytestmark = pytest.mark.browser

CASE = Path(__file__).parents[1] / "cases/fact-cards/superseded-and-corrected.yml"
NOW, THEN = "042b948599e0", "0d8e37df8036"
QUOTES = {
    "ru": "Несмотря на все санкции и на то, что некоторые государства пытаются помешать нашему сотрудничеству, поставки будут продолжены.",
    "ar": "وقال الوزير إن شحنات المصابيح سوف تستمر كما هو متفق عليه بين الطرفين، على الرغم من كل العقوبات التي فرضتها الدولة.",
    "tr": "Yaptırımlara rağmen iş birliğimiz sürecek; uyruklulaştırılamayabilenlerdenmişsinizcesineyseydinizmuvaffakiyetsizleştirici.",
}
SHOWN = "return [...document.querySelectorAll(arguments[0])].filter((each) => getComputedStyle(each).display !== 'none').map((each) => each.id)"
DRAWN = """
return [...document.images].map((image) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return [image.complete, image.naturalWidth, canvas.toDataURL()];
});
"""


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a corrected fact, with statements in three scripts, and with a bare page that shows cards."""
    root = tmp_path_factory.mktemp("lamps")
    write_commits({"start_from": "lamps", **read_case(CASE)}, root)
    said = (root / "content/statements/ann-lee-2021-03-02-lamps.yml").read_text("utf-8")
    for lang, words in QUOTES.items():
        quoted = f"words:\n  - text: {words!r}\n    lang: {lang}\n    of: speaker\nfirst_in:"
        path = root / f"content/statements/ann-lee-2021-03-02-{lang}.yml"
        path.write_text(said.replace("first_in:", quoted, 1), "utf-8")
    site = built(root)
    page = (site / "c/lamp-ban.html").read_text("utf-8")
    embeds = [unescape(each) for each in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    shown = "".join(f"<p>{each}</p>" for version in (NOW, THEN) for each in embeds if version in each)
    bare = shown.replace("https://example.org/lamps/", "")
    head = '<!doctype html><html lang="en"><title>Bare</title><link rel="icon" href="data:,">'
    (site / "bare.html").write_text(f"{head}<h1>Bare</h1>{bare}", "utf-8")
    return site


@pytest.fixture(scope="module")
def beside(lamps: Path, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window on that site."""
    with served(lamps) as site, opened(chromium, tmp_path_factory.mktemp("profile")) as driver:
        yield Window(driver, site)


def test_an_embedded_card_asks_for_its_picture_alone_and_sets_nothing(beside: Window) -> None:
    beside.look("bare.html")
    pictures = beside.ask(DRAWN)
    asked = [each.address.removeprefix(beside.site.address) for each in beside.requests()]
    assert [each for each in asked if not each.startswith("data:")] == ["bare.html", "c/lamp-ban.svg"]
    assert beside.ask("return [document.cookie, localStorage.length, document.scripts.length]") == ["", 0, 0]
    assert beside.complaints() == []
    assert [complete for complete, _, _ in pictures] == [True, True]
    assert len({data for _, _, data in pictures}) == 2, "each version has a picture of its own"


def test_the_end_of_the_address_chooses_the_card_in_a_picture(beside: Window) -> None:
    beside.look(f"c/lamp-ban.svg#{THEN}")
    assert beside.ask(SHOWN, "g") == [THEN]
    words = beside.ask("return document.getElementById(arguments[0]).textContent", THEN)
    assert f"Corrected on 20 October 2026 by version {NOW}, because: It says 700, not 500." in words
    beside.look("c/lamp-ban.svg")
    assert len(beside.ask(SHOWN, "g")) == 1


@pytest.mark.parametrize("id", [*(f"ann-lee-2021-03-02-{lang}" for lang in QUOTES), "lamp-ban"])
def test_no_line_of_a_picture_sticks_out(beside: Window, id: str) -> None:
    beside.look(f"c/{id}.svg")
    boxes: list[Any] = beside.ask(
        "return [...document.querySelectorAll('g')].flatMap((g) => { g.style.display = 'inline';"
        "return [...g.querySelectorAll('text')].map((t) => { const b = t.getBBox(); return [b.x, b.x + b.width]; }); })"
    )
    assert boxes
    for left, right in boxes:
        assert left >= -24, "words begin inside the picture"
        assert right <= 576, "words end inside it"


def test_arabic_runs_from_the_right(beside: Window) -> None:
    beside.look("c/ann-lee-2021-03-02-ar.svg")
    right = beside.ask("const b = document.querySelector('[direction=rtl]').getBBox(); return b.x + b.width")
    assert 540 <= right <= 576
    beside.look("c/ann-lee-2021-03-02-ar.html", width=PHONE)
    assert beside.ask("return document.querySelector('article [lang=ar]').dir") == "rtl"


def test_a_page_of_cards_shows_the_fact_of_its_address_else_all(beside: Window) -> None:
    beside.look(f"c/lamp-ban.html#{THEN}", script=False)
    beside.look(f"c/lamp-ban.html#{THEN}")
    assert beside.ask(SHOWN, "section") == ["provisions.sales.threshold"]
    beside.look("c/lamp-ban.html")
    assert len(beside.ask(SHOWN, "section")) == 7
    line = beside.ask("const p = document.querySelector('h2 + p'); return getComputedStyle(p).userSelect")
    assert line == "all", "a click takes the whole line"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("id", ["lamp-ban", "ann-lee-2021-03-02-ar"])
def test_axe_finds_nothing_on_a_page_of_cards(beside: Window, id: str, dark: bool, width: int) -> None:
    beside.look(f"c/{id}.html", width=width, dark=dark, still=True)
    assert violations(beside) == []
    assert beside.ask("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_on_a_page_whose_facts_lead_to_cards(beside: Window, width: int) -> None:
    beside.look("measures/lamp-ban/", width=width, still=True)
    assert beside.ask("return document.querySelectorAll('.fb-quote').length") >= 6
    assert violations(beside) == []
