"""What the Content-Security-Policy of every page stops, should anything ever get past escaping and cleaning."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.window import Window

pytestmark = pytest.mark.browser

INTRUDERS = {
    "a script": "<script>window.intruded = true</script>",
    "an event": "<img src='missing.png' onerror='window.intruded = true'>",
    "an address": "<a id='intruder' href='javascript:window.intruded = true'>here</a>",
    "a frame": "<iframe srcdoc='<script>parent.intruded = true</script>'></iframe>",
    "a vector image": "<svg><animate onbegin='window.intruded = true' attributeName='x' dur='1s'></svg>",
}
FOREIGN = {
    "an image": "<img src='https://foreign.example/pixel.png'>",
    "a style sheet": "<link rel='stylesheet' href='https://foreign.example/style.css'>",
    "a frame": "<iframe src='https://foreign.example/'></iframe>",
    "a script": "<script src='https://foreign.example/script.js'></script>",
}
INSERT = """
const [html, done] = arguments;
const made = document.createRange().createContextualFragment(html);
document.querySelector("article").prepend(made);
document.getElementById("intruder")?.click();
setTimeout(() => done(Boolean(window.intruded)), 300);
"""


def test_every_page_says_the_policy_before_anything_that_it_rules(searchable_folder: Path) -> None:
    pages = sorted(searchable_folder.rglob("*.html"))
    assert len(pages) > 500
    for page in pages:
        text = page.read_text(encoding="utf-8")
        at = text.find('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
        assert 0 < at < text.find("<link"), page
        script = text.find("<script")
        assert script < 0 or at < script, page  # a page of cards has none


@pytest.mark.parametrize("intruder", INTRUDERS)
def test_nothing_written_into_a_page_runs(
    window: Window, page_of_kind: Mapping[str, str], intruder: str
) -> None:
    window.look(page_of_kind["measure"])
    assert window.wait_for(INSERT, INTRUDERS[intruder]) is False


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nothing_is_loaded_from_elsewhere(
    window: Window, page_of_kind: Mapping[str, str], foreign: str
) -> None:
    window.look(page_of_kind["measure"])
    window.complaints()
    window.wait_for(INSERT, FOREIGN[foreign])
    blocked = [line for line in window.complaints() if "Content Security Policy" in line]
    assert blocked, f"{foreign} from elsewhere was not refused"
