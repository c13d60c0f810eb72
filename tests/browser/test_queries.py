"""What readers type into the search of the publication itself, and what comes first; its panel by keyboard; what a query weighs."""

from pathlib import Path

import pytest
import yaml
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.test_axe import violations
from tests.browser.window import DESK, PHONE, Window
from tests.publications import CASES

pytestmark = pytest.mark.browser

QUERIES = yaml.safe_load((CASES / "search" / "queries.yml").read_text(encoding="utf-8"))
MOST = 150 * 1024
"""Bytes that a first query may download."""
PAGE = "measures/us-caatsa-231-ssb/"
PATIENCE = 30
"""Seconds in which a browser on a busy machine has surely done what it was asked."""

ASK = """
const [question, done] = arguments;
const field = document.querySelector(".fb-find__field");
const list = document.querySelector(".fb-find__hits");
field.value = question;
field.dispatchEvent(new Event("input", {bubbles: true}));
const until = Date.now() + 10000;
const look = () => {
  if (list.dataset.answers === question || Date.now() > until)
    done([...list.querySelectorAll("a")].map((a) => a.pathname.replace("/repo/", "")));
  else setTimeout(look, 20);
};
look();
"""


def press(window: Window, *keys: str) -> None:
    """Press keys one after another, wherever the focus is."""
    ActionChains(window.driver).send_keys(*keys).perform()


def opened_panel(window: Window, address: str = PAGE, *, width: int = DESK, dark: bool = False) -> None:
    """A page with the panel opened by its key."""
    window.look(address, width=width, dark=dark)
    press(window, "/")
    window.wait_for(
        """const done = arguments[0];
        const look = () => document.activeElement?.matches(".fb-find__field") ? done() : setTimeout(look, 20);
        look();"""
    )


def ask(window: Window, question: str) -> list[str]:
    """The pages that the panel offers for a question, as addresses in the site."""
    found = window.wait_for(ASK, question)
    assert isinstance(found, list)
    return found


def focused(window: Window) -> str:
    """What holds the focus: its class, and where it leads."""
    return str(
        window.ask(
            "const e = document.activeElement; return `${e.className} ${e.getAttribute('href') ?? ''}`"
        )
    )


def test_the_table_is_long_enough_and_names_each_query_once() -> None:
    asked = [query for query, _, _ in QUERIES]
    assert len(asked) >= 40
    assert len(set(asked)) == len(asked)


def test_the_page_that_a_reader_wants_is_among_the_first_three(window: Window) -> None:
    opened_panel(window)
    missed = {}
    for query, wanted, why in QUERIES:
        found = ask(window, str(query))
        if wanted not in found[:3]:
            missed[query] = f"{wanted} ({why}); first are {found[:3]}"
    assert missed == {}


@pytest.mark.parametrize("query", ["Gençoğlu", "F-35 removal", "defence cooperation Turkey Russia"])
def test_a_first_query_is_light(window: Window, query: str) -> None:
    opened_panel(window)
    window.site.forget()
    assert ask(window, query)
    fetched = window.site.of("pagefind/")
    assert sum(each.size for each in fetched) <= MOST, fetched


def test_no_query_of_three_words_can_be_heavy(searchable_folder: Path, window: Window) -> None:
    opened_panel(window)
    window.site.forget()
    ask(window, "Gençoğlu")
    always = [each for each in window.site.of("pagefind/") if each.path.count("/") == 1]
    folder = searchable_folder / "pagefind"
    chunks = sorted(path.stat().st_size for path in folder.glob("index/*"))
    texts = sorted(path.stat().st_size for path in folder.glob("fragment/*"))
    assert sum(each.size for each in always) + sum(chunks[-3:]) + sum(texts[-8:]) <= MOST


def test_nothing_of_search_is_fetched_before_the_first_key(window: Window) -> None:
    opened_panel(window)
    assert window.site.of("pagefind/") == []
    window.look("search/")
    window.ask("document.querySelector('#q').focus()")
    assert window.site.of("pagefind/") == []
    window.site.forget()
    window.look(PAGE)
    assert [each.path for each in window.site.log if "search" in each.path] == []


def test_search_asks_nobody_else_and_the_console_stays_empty(window: Window) -> None:
    opened_panel(window)
    assert ask(window, "S-400")
    own = (window.site.address, "data:", "blob:", "about:")
    assert [each.address for each in window.requests() if not each.address.startswith(own)] == []
    assert window.complaints() == []


def test_arrows_choose_and_enter_opens(window: Window) -> None:
    opened_panel(window)
    first, second = ask(window, "Kommersant")[:2]
    press(window, Keys.ARROW_DOWN)
    assert focused(window).endswith(f"/{first}")
    press(window, Keys.ARROW_DOWN)
    assert focused(window).endswith(f"/{second}")
    press(window, Keys.ARROW_UP, Keys.ARROW_UP)
    assert focused(window).startswith("fb-find__field")
    press(window, Keys.ARROW_DOWN, Keys.ENTER)
    assert window.driver.current_url == window.site.address + first


def test_enter_in_the_field_leads_to_the_search_page(window: Window) -> None:
    opened_panel(window)
    press(window, "Kommersant", Keys.ENTER)
    wanted = f"{window.site.address}search/?q=Kommersant"
    WebDriverWait(window.driver, PATIENCE).until(lambda driver: driver.current_url == wanted)


def test_escape_closes_and_gives_the_focus_back(window: Window) -> None:
    window.look(PAGE)
    window.ask("document.querySelector('[data-fb-search-open]').focus()")
    opener = focused(window)
    press(window, Keys.ENTER)
    window.wait_for(
        "const done = arguments[0]; const look = () => document.querySelector('dialog[open]') ? done() : setTimeout(look, 20); look();"
    )
    ask(window, "Kommersant")
    press(window, Keys.ARROW_DOWN, Keys.ESCAPE)
    assert window.ask("return document.querySelector('dialog[open]')") is None
    assert focused(window) == opener


def test_a_slash_in_a_field_is_a_slash(window: Window) -> None:
    window.look("search/")
    window.ask("document.querySelector('#q').focus()")
    press(window, "Jane/s")
    assert window.ask("return document.querySelector('#q').value") == "Jane/s"
    assert window.ask("return document.querySelector('dialog')") is None


def test_the_number_of_pages_is_said_aloud(window: Window) -> None:
    opened_panel(window)
    ask(window, "Genikoglu")
    said = window.ask("return document.querySelector('.fb-find [role=status]').textContent")
    assert said.endswith("pages found.")
    ask(window, "xylophone")
    said = window.ask("return document.querySelector('.fb-find [role=status]').textContent")
    assert said == "Nothing found for “xylophone”."


def test_the_panel_fits_a_phone(window: Window) -> None:
    opened_panel(window, width=PHONE)
    ask(window, "Kommersant")
    wide = window.ask(
        "return [document.documentElement.scrollWidth, document.querySelector('.fb-find').getBoundingClientRect().right]"
    )
    assert max(wide) <= PHONE


ANSWERED = """
const done = arguments[0];
const look = () => document.querySelector("[data-fb-search-results] a") ? done() : setTimeout(look, 20);
look();
"""
CHOOSE = """
const [facet, value, done] = arguments;
const box = [...document.querySelectorAll(".fb-facets input")].find((each) => each.name === facet && each.value === value);
const state = document.querySelector("[data-fb-search-state]");
const before = state.textContent;
box.click();
const until = Date.now() + 20000;
const look = () => {
  const text = state.textContent;
  if ((/^\\d/.test(text) && text !== before) || Date.now() > until) return done(text);
  setTimeout(look, 20);
};
look();
"""


def test_facets_narrow_a_search_and_stand_in_the_address(window: Window) -> None:
    window.look("search/")
    first = window.wait_for(CHOOSE, "Kind", "Person")
    listed = "return [...document.querySelectorAll('[data-fb-search-results] a')].map((a) => a.pathname)"
    shown = WebDriverWait(window.driver, PATIENCE).until(lambda _: window.ask(listed))
    assert all(path.startswith("/repo/actors/") for path in shown)
    second = window.wait_for(CHOOSE, "Country", "Russia")
    assert int(second.split()[0]) < int(first.split()[0])
    wanted = f"{window.site.address}search/?Kind=Person&Country=Russia"
    WebDriverWait(window.driver, PATIENCE).until(lambda driver: driver.current_url == wanted)
    window.look("search/?Kind=Person&Country=Russia")
    window.wait_for(ANSWERED)
    assert window.ask("return document.querySelector('[data-fb-search-state]').textContent") == second


EARLY = """
addEventListener("DOMContentLoaded", () => {
  const box = [...document.querySelectorAll(".fb-facets input")].find((each) => each.value === "Person");
  if (box) box.checked = true;
});
"""


def test_what_is_ticked_before_the_script_arrives_is_asked_for(window: Window) -> None:
    hook = window.command("Page.addScriptToEvaluateOnNewDocument", {"source": EARLY})
    try:
        window.look("search/")
        window.wait_for(ANSWERED)
    finally:
        window.command("Page.removeScriptToEvaluateOnNewDocument", hook)
    listed = window.ask(
        "return [...document.querySelectorAll('[data-fb-search-results] a')].map((a) => a.pathname)"
    )
    assert listed
    assert all(path.startswith("/repo/actors/") for path in listed)
    assert window.ask("return location.search") == "?Kind=Person"


def test_a_facet_without_words_does_not_fetch_the_whole_index(window: Window) -> None:
    window.look("search/")
    window.site.forget()
    window.wait_for(CHOOSE, "Country", "Russia")
    assert sum(each.size for each in window.site.of("pagefind/")) <= MOST


def test_every_facet_is_offered_with_its_numbers(window: Window) -> None:
    window.look("search/")
    names = window.ask(
        "return [...document.querySelectorAll('.fb-facet > summary')].map((s) => s.textContent)"
    )
    assert names == ["Kind", "Regime", "Imposed by", "Country", "Status", "Year"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_search_is_accessible_while_it_answers(window: Window, width: int, dark: bool) -> None:
    opened_panel(window, "search-that-is-not-there/", width=width, dark=dark)
    assert ask(window, "Kommersant")
    press(window, Keys.ARROW_DOWN)
    assert violations(window) == []
    window.look("search/?q=sanctions&Kind=Measure", width=width, dark=dark)
    window.wait_for(ANSWERED)
    window.ask("document.querySelectorAll('.fb-facet').forEach((each) => { each.open = true; })")
    assert violations(window) == []


def test_without_scripts_the_search_page_offers_everything_from_a_to_z(window: Window) -> None:
    window.look("search/", script=False)
    links = window.driver.find_elements("css selector", ".fb-page a[href*='actors/']")
    assert "İsmail Demir" in [link.text for link in links]
