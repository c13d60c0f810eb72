"""Hostile texts in every field, in a real browser: nothing runs, nothing is asked for, nothing is there that the harmless twin has not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.browser import Chromium, opened
from tests.browser.serving import Served, served
from tests.browser.window import Window
from tests.hostile.attack import attack
from tests.hostile.pages import COUNTED
from tests.sites import build_site

pytestmark = pytest.mark.browser

TURN = 33
LOOK = """
const counted = new Set(arguments[0]);
const rows = {}, shapes = new Set(), bad = [];
for (const element of document.querySelectorAll("*")) {
  const names = element.getAttributeNames().sort();
  const shape = [element.localName, ...names].join(" ");
  shapes.add(shape);
  if (counted.has(element.localName.toLowerCase())) rows[shape] = (rows[shape] ?? 0) + 1;
  for (const name of names) {
    if (name.startsWith("on") || name === "style" || name === "srcdoc") bad.push(shape);
  }
  for (const address of [element.href, element.src, element.action, element.formAction]) {
    const text = address?.baseVal ?? address;
    if (typeof text === "string" && text && !/^https?:$/.test(new URL(text, document.baseURI).protocol)) bad.push(`${shape}: ${text}`);
  }
}
return {rows, shapes: [...shapes].sort(), bad, intruded: Boolean(window.intruded), title: document.title};
"""
CLICK = "for (const each of document.querySelectorAll('article summary, article button')) each.click(); return Boolean(window.intruded)"
MARKDOWN = ("em", "strong", "code", "pre", "hr", "br", "ul", "ol", "ol start", "li", "blockquote", "table", "thead", "tbody", "tr",
            "th", "td", "a href", "h1", "h2", "h3", "h4", "h5", "h6")  # fmt: skip


@dataclass
class Sites:
    """The folders of both sites."""

    hostile: Path
    twin: Path


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    root = tmp_path_factory.mktemp("attack")
    made = attack(root, TURN)
    for publication in (made.hostile, made.twin):
        status, said = build_site(
            publication.config_file, root / f"site-{publication.root.name}", search=True
        )
        assert status == 0, said
    return Sites(root / "site-hostile", root / "site-twin")


@pytest.fixture(scope="module")
def windows(
    sites: Sites, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Window, Window]]:
    with (
        served(sites.hostile) as hostile,
        served(sites.twin) as twin,
        opened(chromium, tmp_path_factory.mktemp("profile")) as driver,
    ):
        yield Window(driver, hostile), Window(driver, twin)


def seen(window: Window, address: str) -> Mapping[str, object]:
    window.look(address, fresh=False)
    found: Mapping[str, object] = window.ask(LOOK, list(COUNTED))
    return found


def outside(window: Window, site: Served) -> list[str]:
    return [
        each.address for each in window.requests() if not each.address.startswith((site.address, "data:", "about:"))
    ]  # fmt: skip


def test_nothing_runs_and_nothing_is_asked_for(sites: Sites, windows: tuple[Window, Window]) -> None:
    hostile, twin = windows
    addresses = [
        file.relative_to(sites.twin).as_posix().removesuffix("index.html")
        for file in sorted(sites.twin.rglob("*.html"))
        if "pagefind" not in file.parts
    ]
    assert len(addresses) > 70
    known = set(MARKDOWN)
    rows = {}
    for address in addresses:
        look = seen(twin, address)
        known |= set(look["shapes"])  # type: ignore[call-overload]
        rows[address] = look["rows"]
    for address in addresses:
        look = seen(hostile, address)
        assert look["bad"] == [], address
        assert look["intruded"] is False, address
        assert look["rows"] == rows[address], address
        assert sorted(set(look["shapes"]) - known) == [], address  # type: ignore[call-overload]
        assert hostile.ask(CLICK) is False, address
        assert outside(hostile, hostile.site) == [], address
        complaints = [line for line in hostile.complaints() if "favicon" not in line]
        assert complaints == [], address


SEARCH = """
const [word, done] = arguments;
import(document.baseURI + "pagefind/pagefind.js").then(async (engine) => {
  const found = await engine.search(word);
  const first = found.results.length ? await found.results[0].data() : null;
  done({count: found.results.length, title: first?.meta?.title ?? "", excerpt: first?.excerpt ?? ""});
}).catch((error) => done({count: -1, title: String(error), excerpt: ""}));
"""


def test_what_search_knows_is_text(windows: tuple[Window, Window]) -> None:
    hostile, _ = windows
    hostile.look("", fresh=False)
    found = hostile.wait_for(SEARCH, "intruded")
    assert found["count"] > 0, found["title"]
    assert {part.split(">")[0] for part in found["excerpt"].split("<")[1:]} <= {"mark", "/mark"}
    assert hostile.ask("return Boolean(window.intruded)") is False
