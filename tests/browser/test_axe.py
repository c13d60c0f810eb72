"""Accessibility, as axe-core sees it: no violation of any severity, on any kind of page, light or dark, narrow or wide."""

import importlib.util
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.browser.kinds import KINDS_AND_404
from tests.browser.window import DESK, PHONE, Window

pytestmark = pytest.mark.browser

OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2; axe leaves it out unless asked
}
OF_COLOURS = {**OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""For a page at hand in which nothing but its colours has changed."""
RUN = """
const [options, done] = arguments;
axe.run(document, options).then(
  (found) => done(found.violations.map((rule) => ({
    rule: rule.id, impact: rule.impact, help: rule.help,
    where: rule.nodes.map((node) => `${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((c) => c.message).join("; ")}`),
  }))),
  (error) => done([{rule: "axe", impact: "failed", help: String(error), where: []}]),
);
"""


@cache
def axe() -> str:
    """The text of axe-core, from the package that ships it; the package itself is never imported."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.submodule_search_locations
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def violations(window: Window, options: Mapping[str, object] = OPTIONS) -> list[Any]:
    """What axe finds wrong in the page at hand, each as a line."""
    if window.ask("return !window.axe"):
        window.ask(axe())
    found: list[Any] = window.wait_for(RUN, options)
    return [
        f"{each['rule']} ({each['impact']}), {len(each['where'])} times: {each['help']}\n    "
        + "\n    ".join(each["where"][:5])
        for each in found
    ]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("kind", KINDS_AND_404)
def test_axe_finds_nothing(
    window: Window,
    page_of_kind: Mapping[str, str],
    kind: str,
    width: int,
    record_property: Callable[[str, object], None],
) -> None:
    window.look(page_of_kind[kind], width=width, still=True)
    light = violations(window)
    window.wish(dark=True, still=True)
    dark = violations(window, OF_COLOURS)
    found = {scheme: wrong for scheme, wrong in (("light", light), ("dark", dark)) if wrong}
    record_property("highest", (f"Violations that axe-core finds at {width} px, light and dark", len(found)))
    assert not found, f"{page_of_kind[kind]}\n" + "\n".join(
        f"{scheme}:\n  " + "\n  ".join(wrong) for scheme, wrong in found.items()
    )


def test_axe_finds_what_is_wrong(window: Window, page_of_kind: Mapping[str, str]) -> None:
    window.look(page_of_kind["about" if "about" in page_of_kind else "plain"])
    window.ask("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"x\">')")
    assert [line.split(" ")[0] for line in violations(window)] == ["image-alt"], json.dumps(
        violations(window)
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_what_cannot_be_read_in_one_scheme(
    window: Window, page_of_kind: Mapping[str, str], *, dark: bool
) -> None:
    window.look(page_of_kind["measure"], still=True)
    window.ask("document.querySelector('h1').style.color = arguments[0]", "#222" if dark else "#ddd")
    found = {}
    for scheme in (False, True):
        window.wish(dark=scheme, still=True)
        found[scheme] = [line.split(" ")[0] for line in violations(window, OF_COLOURS)]
    assert found == {dark: ["color-contrast"], not dark: []}
