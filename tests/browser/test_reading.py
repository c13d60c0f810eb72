"""Reading, as readers do it: without a script, with the keyboard alone, on a small screen, in peace, and without being watched."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.kinds import KINDS_AND_404
from tests.browser.serving import file_at
from tests.browser.window import DESK, PHONE, Window
from tests.sites import BuiltSite, read_html

pytestmark = pytest.mark.browser

each_kind = pytest.mark.parametrize("kind", KINDS_AND_404)

# --- in peace ----------------------------------------------------------------------------------------------------

SHIFTS = """
window.__shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.__shifts.push([entry.value, entry.sources.map((s) => s.node && (s.node.className || s.node.nodeName))]);
  }
}).observe({type: "layout-shift", buffered: true});
"""
DOWN_THE_PAGE = """
const done = arguments[0];
const to = Math.min(document.documentElement.scrollHeight, 12000);
let at = 0;
const step = () => {
  at += 700;
  window.scrollTo({top: at, behavior: "instant"});
  if (at < to) setTimeout(step, 20); else setTimeout(() => done(window.__shifts), 120);
};
setTimeout(step, 100);
"""
MOST_SHIFT = 0.05


@each_kind
def test_a_page_asks_nobody_else_says_nothing_in_the_console_and_does_not_jump(
    window: Window,
    page_of_kind: Mapping[str, str],
    kind: str,
    record_property: Callable[[str, object], None],
) -> None:
    for width in (PHONE, DESK):
        added = window.command("Page.addScriptToEvaluateOnNewDocument", {"source": SHIFTS})
        try:
            window.look(page_of_kind[kind], width=width)
            shifts = window.wait_for(DOWN_THE_PAGE)
        finally:
            window.command("Page.removeScriptToEvaluateOnNewDocument", added)
        shift = sum(value for value, _ in shifts)
        record_property("highest", (f"Layout shift at {width} px", round(shift, 4)))
        assert shift < MOST_SHIFT, shifts
        elsewhere = [
            each.address
            for each in window.requests()
            if not each.address.startswith((window.site.address, "data:", "about:"))
        ]
        record_property("highest", ("Requests to other origins", len(elsewhere)))
        assert elsewhere == []
        # The page for unknown addresses is served as what it is.
        complaints = [line for line in window.complaints() if "favicon" not in line]
        record_property("highest", ("Lines in the console", len(complaints)))
        assert complaints == []


STILL = """
return [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const moves = (text) => text.split(",").some((part) => parseFloat(part) > 0.01);
  return style.scrollBehavior === "smooth" || moves(style.animationDuration) || moves(style.transitionDuration);
}).map((each) => each.tagName + "." + each.className).slice(0, 5);
"""


@each_kind
def test_nothing_moves_for_a_reader_who_asks_for_stillness(
    window: Window, page_of_kind: Mapping[str, str], kind: str
) -> None:
    window.look(page_of_kind[kind], still=True)
    assert window.ask(STILL) == []


# --- on a small screen -------------------------------------------------------------------------------------------

TOO_WIDE = """
const width = document.documentElement.clientWidth;
const found = [];
if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > width) found.push(`page: ${document.documentElement.scrollWidth} of ${width}`);
for (const each of document.querySelectorAll("body *")) {
  const box = each.getBoundingClientRect();
  if (box.width && box.right > width + 1 && each.checkVisibility() && getComputedStyle(each).position !== "fixed") {
    let inside = each.parentElement;
    while (inside && !/auto|scroll|hidden/.test(getComputedStyle(inside).overflowX)) inside = inside.parentElement;
    if (!inside || inside === document.documentElement || inside === document.body) found.push(`${each.tagName}.${each.getAttribute("class")}: ${Math.round(box.right)}`);
  }
}
return found.slice(0, 6);
"""
SMALL = """
const found = new Map();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode.textContent.trim();
  const at = walk.currentNode.parentElement;
  if (!text || !at.checkVisibility({visibilityProperty: true}) || at.closest("script, style, title, desc")) continue;
  const svg = at.closest("svg");
  const scale = svg && svg.viewBox.baseVal.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  const size = parseFloat(getComputedStyle(at).fontSize) * scale;
  if (size < 11.95) found.set(`${at.tagName}.${at.getAttribute("class")}: ${size.toFixed(1)}px`, text.slice(0, 30));
}
return [...found].map((each) => each.join(" ")).slice(0, 8);
"""


@each_kind
def test_no_page_scrolls_sideways(window: Window, page_of_kind: Mapping[str, str], kind: str) -> None:
    for widths in ((320, PHONE), (DESK, 768)):
        window.look(page_of_kind[kind], width=widths[0])
        for width in widths:
            window.resize(width)
            assert window.ask(TOO_WIDE) == [], f"at {width} px"


@pytest.mark.parametrize("width", [960, DESK])
def test_no_word_of_a_register_is_cut(window: Window, page_of_kind: Mapping[str, str], width: int) -> None:
    window.look(page_of_kind["sources"], width=width)
    cut = """
    return [...document.querySelectorAll(".fb-register td:nth-child(n + 3)")].filter((cell) => {
      cell.style.overflowWrap = "normal"; cell.style.hyphens = "none";
      return cell.scrollWidth > cell.clientWidth;
    }).map((cell) => cell.textContent)
    """
    assert window.ask(cut) == []


def test_pages_with_and_without_contents_begin_at_the_same_edge(
    window: Window, page_of_kind: Mapping[str, str]
) -> None:
    edges = {}
    for kind in ("glossary", "predictions", "timeline", "measure", "briefing"):
        window.look(page_of_kind[kind], width=DESK)
        edges[kind] = window.ask("return document.querySelector('h1').getBoundingClientRect().left")
    assert len(set(edges.values())) == 1, edges


@each_kind
def test_no_text_is_smaller_than_12_pixels(
    window: Window, page_of_kind: Mapping[str, str], kind: str
) -> None:
    for widths in ((320, PHONE), (DESK,)):
        window.look(page_of_kind[kind], width=widths[0])
        for width in widths:
            window.resize(width)
            assert window.ask(SMALL) == [], f"at {width} px"


STRAY_MARKS = """
const found = [];
const words = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
for (let node = words.nextNode(); node; node = words.nextNode()) {
  const before = node.previousSibling;
  if (!/^[,:;.)]/.test(node.data) || !before || before.nodeType !== 1) continue;
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, 1);
  const [mark, last] = [range.getClientRects()[0], [...before.getClientRects()].pop()];
  if (mark && last && mark.top > last.bottom - 2) found.push(before.textContent.slice(0, 40) + node.data.slice(0, 20));
}
return found.slice(0, 8);
"""


@each_kind
def test_no_comma_and_no_colon_begins_a_line(
    window: Window, page_of_kind: Mapping[str, str], kind: str
) -> None:
    window.look(page_of_kind[kind], width=320)
    for width in (320, PHONE, DESK):
        window.resize(width)
        assert window.ask(STRAY_MARKS) == [], f"at {width} px"


FIRST_WORDS_OF_ROWS = """
const top = cell => {
  const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
  range.selectNode(words.nextNode());
  return range.getClientRects()[0].top;
};
return [...document.querySelectorAll(".fb-register tbody > tr")].map(row => [...row.cells].filter(cell => cell.textContent).map(top));
"""


def test_a_source_and_what_is_said_of_it_stand_on_one_line(window: Window) -> None:
    window.look("sources/", width=DESK)
    rows = window.ask(FIRST_WORDS_OF_ROWS)
    assert len(rows) > 5
    assert [
        row for row in rows if max(row) - min(row) > 2
    ] == []  # letters of another font stand a pixel apart


# --- without a script --------------------------------------------------------------------------------------------

SHOWN = """
const seen = [];
const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const at = walk.currentNode.parentElement;
  const folded = at.closest("details:not([open])");
  if (at.checkVisibility({visibilityProperty: true}) || (folded && !at.closest("[hidden]"))) seen.push(walk.currentNode.textContent);
}
return seen.join("").replace(/\\s+/g, " ").trim();
"""
SCRIPTED = ("fb-search", "fb-as-of__form", "fb-as-of__days", "fb-as-of__now")
"""Classes of what is of no use without a script, and hidden there."""
OF_THE_DAY = "data-when"
"""Marks what is shown on some days and not on others; what holds when is printed for all days on the same page."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@each_kind
def test_without_a_script_a_page_says_the_same(
    window: Window,
    page_of_kind: Mapping[str, str],
    searchable_folder: Path,
    specimen_site: BuiltSite,
    kind: str,
) -> None:
    address = page_of_kind[kind]
    window.look(address, script=False)
    shown = squeezed(window.ask(SHOWN))
    file = file_at(searchable_folder, address, specimen_site.folder)
    article = read_html(file.read_text(encoding="utf-8")).first("article")
    left_out = {
        inner
        for each in article
        if OF_THE_DAY in each.attributes or set(SCRIPTED) & set(each.classes)
        for inner in (each, *each)
    }
    for item in article:
        if item.tag in ("p", "li", "dd", "td", "th", "figcaption", "h1", "h2", "h3") and not item.all("ul"):
            if item in left_out:
                continue
            assert squeezed(item.text) in shown, item.text[:200]


@each_kind
def test_every_number_of_a_source_leads_to_it(
    window: Window, page_of_kind: Mapping[str, str], kind: str
) -> None:
    window.look(page_of_kind[kind], script=False)
    lost = window.ask(
        "return [...document.querySelectorAll('.fb-cites > a')].filter((link) => {"
        " const note = document.getElementById(link.hash.slice(1));"
        " return !note || !note.checkVisibility() || !note.textContent.trim(); }).map((link) => link.hash)"
    )
    assert lost == []


# --- with the keyboard alone -------------------------------------------------------------------------------------

UNTIL = """
const done = arguments[0];
const look = () => ((%s) ? done(true) : setTimeout(look, 30));
look();
"""
FOCUSED = """
const at = document.activeElement;
if (!at || at === document.body) return null;
const box = at.getBoundingClientRect();
const style = getComputedStyle(at);
const index = [...document.querySelectorAll("*")].indexOf(at);
const hit = document.elementFromPoint(Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 1), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
return {
  index, what: (at.getAttribute("aria-label") || at.textContent).replace(/\\s+/g, " ").trim().slice(0, 60), tag: at.tagName,
  ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  covered: !!hit && !at.contains(hit) && !hit.contains(at) && !!hit.closest(".md-header"),
};
"""
REACHABLE = """
return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.disabled && each.tabIndex >= 0 && !each.closest("details:not([open]) > :not(summary)"))
  .map((each) => [[...document.querySelectorAll("*")].indexOf(each), (each.getAttribute("aria-label") || each.textContent).trim().slice(0, 60)]);
"""


def press(window: Window, *keys: str) -> None:
    """Press keys wherever the focus is."""
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(window.driver, duration=0).send_keys(*keys).perform()


def focused(window: Window) -> dict[str, Any] | None:
    found: dict[str, Any] | None = window.ask(FOCUSED)
    return found


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_tab_key_reaches_everything_and_the_reader_sees_where(
    window: Window, page_of_kind: Mapping[str, str], width: int
) -> None:
    window.look(page_of_kind["measure"], width=width, still=True)
    wanted = dict(window.ask(REACHABLE))
    met: list[int] = []
    for _ in range(len(wanted) + 40):
        press(window, Keys.TAB)
        at = focused(window)
        if at and met and at["index"] == met[-1]:
            continue  # a field for a day has parts of its own
        if at is None or at["index"] in met:
            break
        met.append(at["index"])
        assert at["ring"], f"the focus is not to be seen on {at}"
        assert at["inside"], f"the focus is outside the window on {at}"
        assert not at["covered"], f"the header covers {at}"
    assert [what for index, what in wanted.items() if index not in met] == []
    assert met == sorted(met), "the order of the focus is the order of the page"


def test_the_first_key_leads_past_the_header(window: Window, page_of_kind: Mapping[str, str]) -> None:
    window.look(page_of_kind["measure"])
    press(window, Keys.TAB)
    at = focused(window)
    assert at and at["what"] == "Skip to content"
    assert at["inside"]
    press(window, Keys.ENTER)
    window.wait_for(UNTIL % "location.hash === '#top'")
    press(window, Keys.TAB)
    assert window.ask("return !!document.activeElement.closest('article')")


def test_the_menu_opens_and_closes_with_keys(window: Window, page_of_kind: Mapping[str, str]) -> None:
    window.look(page_of_kind["measure"], width=PHONE)
    press(window, Keys.TAB, Keys.TAB)
    at = focused(window)
    assert at and (at["tag"], at["what"]) == ("SUMMARY", "Menu")
    press(window, Keys.ENTER, Keys.TAB)
    at = focused(window)
    assert at and at["what"] == "Home"
    press(window, Keys.ESCAPE)
    at = focused(window)
    assert at and at["what"] == "Menu"
    assert not window.ask("return document.querySelector('.fb-menu').open")


def test_the_menu_opens_without_a_script(window: Window, page_of_kind: Mapping[str, str]) -> None:
    window.look(page_of_kind["measure"], width=PHONE, script=False)
    window.driver.find_element(By.CSS_SELECTOR, ".fb-menu summary").click()
    assert window.driver.find_element(By.LINK_TEXT, "Review board").is_displayed()


PAPER = "return getComputedStyle(document.body).backgroundColor"


def test_light_and_dark_are_chosen_with_keys_and_kept(
    window: Window, page_of_kind: Mapping[str, str]
) -> None:
    window.look(page_of_kind["measure"], dark=True)
    dark = window.ask(PAPER)
    window.look(page_of_kind["measure"])
    light = window.ask(PAPER)
    assert light != dark
    button = window.driver.find_element(By.CSS_SELECTOR, ".fb-scheme")
    names = []
    papers = []
    window.ask("arguments[0].focus()", button)
    for _ in range(3):
        press(window, Keys.ENTER)
        names.append(button.get_attribute("aria-label"))
        papers.append(window.ask(PAPER))
        if len(names) == 2:
            window.driver.refresh()
            assert window.ask(PAPER) == dark, "the choice is kept"
            button = window.driver.find_element(By.CSS_SELECTOR, ".fb-scheme")
            window.ask("arguments[0].focus()", button)
    assert papers == [light, dark, light]
    assert names == [
        "Colours: light. Change to dark",
        "Colours: dark. Change to as your system",
        "Colours: as your system. Change to light",
    ]


def test_search_opens_with_a_key_and_from_the_header(window: Window, page_of_kind: Mapping[str, str]) -> None:
    window.look(page_of_kind["measure"])
    opener = window.driver.find_element(By.CSS_SELECTOR, ".md-header [data-fb-search-open]")
    assert urlsplit(opener.get_attribute("href") or "").path.endswith("/search/"), (
        "it leads there without a script"
    )
    window.ask("arguments[0].focus()", opener)
    press(window, Keys.ENTER)
    window.wait_for(UNTIL % "document.activeElement.matches('input')")
    assert focused(window)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_source_opens_in_place_with_keys(
    window: Window, page_of_kind: Mapping[str, str], *, dark: bool
) -> None:
    window.look(page_of_kind["measure"], dark=dark)
    mark = window.driver.find_element(By.CSS_SELECTOR, ".fb-cites > a")
    window.ask("arguments[0].focus()", mark)
    press(window, Keys.ENTER)
    card = window.driver.find_element(By.CSS_SELECTOR, ".fb-card")
    assert card.is_displayed()
    assert card.text.strip()
    press(window, Keys.ESCAPE)
    assert not card.is_displayed()
    assert window.ask("return document.activeElement.matches('.fb-cites > a')")
