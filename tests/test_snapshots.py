"""What a page of each kind looks like in HTML, in short: one small page of the specimen, its long lists cut.

A difference that is meant is written with `.venv/bin/pytest tests/test_snapshots.py --update-snapshots`, and looked at in the diff.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import VOID, BuiltSite, Element

SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGES = {
    "404": "404.html",
    "actor": "actors/saltmarsh/",
    "as-of": "as-of/",
    "briefing": "does-a-cap-make-light-cheaper/",
    "briefings": "briefings/",
    "data": "data/",
    "changes": "changes/",
    "changes-past": "changes/2026-11/",
    "corrections": "corrections/",
    "event": "events/cap-lowered/",
    "feeds": "feeds/",
    "glossary": "terms/",
    "history": "regimes/tide-register/history/",
    "home": "",
    "index": "systems/",
    "may-i": "may-i/",
    "may-i-answer": "may-i/carriers/transfer/",
    "measure": "measures/harbour-dues/",
    "moved": "actors/board-of-tides/",
    "withdrawn": "events/fog-horn-2022-11/",
    "network": "network/",
    "plain": "about/",
    "predictions": "predictions/",
    "regime": "regimes/tide-act/",
    "review": "review/",
    "search": "search/",
    "source": "sources/reg-2023-04/",
    "sources": "sources/",
    "statement": "statements/tidewatch-2023-01-15-fewer-ships/",
    "system": "systems/lighthouse-programme/",
    "term": "terms/ceiling/",
    "timeline": "timeline/",
    "who-says-what": "who-says-what/",
}
"""Kind of page → the page that stands for it."""

INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "img", "input", "label", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "time", "use"]
)  # fmt: skip
LISTS = frozenset(["ol", "ul", "dl", "tbody"])
SHOWN = 2
"""How many items of a list are shown."""
EVERYWHERE = frozenset(["fb-contents", "fb-citethis", "fb-sources", "fb-spellings"])
"""What many kinds of page have alike; shown in full on the page of a measure alone."""
OF_GROUPS = ("network", "search", "timeline", "who-says-what")
"""Kinds of page whose sections are the items of a list."""


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_each_kind_is_as_it_was(
    kind: str, specimen_site: BuiltSite, request: pytest.FixtureRequest
) -> None:
    page = specimen_site.pages[PAGES[kind]]
    assert f"fb-page--{kind}" in page.article.classes
    now = (
        f"<!-- {page.address or 'the front page'} -->\n"
        + "\n".join(outline(shortened(page.article, kind)))
        + "\n"
    )
    path = SNAPSHOTS / f"{kind}.html"
    if request.config.getoption("--update-snapshots"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if now != before:
        difference = difflib.unified_diff(
            before.splitlines(), now.splitlines(), f"snapshots/{kind}.html", "as built now", lineterm="", n=2
        )
        pytest.fail("\n".join(difference), pytrace=False)


def shortened(element: Element, kind: str) -> Element:
    """An element without what all pages have alike and what is for the search alone, and of each list the first items."""
    if kind != "measure" and EVERYWHERE & set(element.classes):
        return Element(element.tag, {"class": element.attributes["class"]}, [" … "])
    inside = [
        shortened(child, kind) if isinstance(child, Element) else child
        for child in element.inside
        if isinstance(child, str) or "hidden" not in child.attributes
    ]
    items = [child for child in inside if isinstance(child, Element) and is_item(child, element, kind)]
    for item in items[SHOWN:]:
        inside.remove(item)
    if items[SHOWN:]:
        inside.insert(inside.index(items[SHOWN - 1]) + 1, f" … {len(items) - SHOWN} more ")
    attributes = {
        name: value for name, value in element.attributes.items() if not name.startswith("data-pagefind")
    }
    return Element(element.tag, attributes, inside)


def is_item(element: Element, parent: Element, kind: str) -> bool:
    """Whether an element is one of many alike."""
    return parent.tag in LISTS or (kind in OF_GROUPS and element.tag == "section")


def outline(element: Element, depth: int = 0) -> Iterator[str]:
    """An element with one block a line; of a drawing its name."""
    margin = "  " * depth
    if is_flow(element):
        yield margin + flow(element)
        return
    yield f"{margin}{start_of(element)}"
    for child in element.inside:
        if isinstance(child, Element):
            yield from outline(child, depth + 1)
        elif child.strip():
            yield f"{margin}  {' '.join(child.split())}"
    yield f"{margin}</{element.tag}>"


def is_flow(element: Element) -> bool:
    """Whether an element holds nothing but text and what stands in lines of text."""
    return element.tag == "svg" or element.tag in VOID or all(each.tag in INLINE for each in element)


def flow(element: Element) -> str:
    """An element on one line, its blanks as single ones."""
    if element.tag == "svg":
        return f"<svg> {element.attributes.get('aria-label', '')} </svg>"
    if element.tag in VOID:
        return start_of(element)
    inside = "".join(flow(child) if isinstance(child, Element) else child for child in element.inside)
    return f"{start_of(element)}{' '.join(inside.split())}</{element.tag}>"


def start_of(element: Element) -> str:
    attributes = "".join(
        f' {name}="{value}"' if value else f" {name}" for name, value in element.attributes.items()
    )
    return f"<{element.tag}{attributes}>"
