"""Nothing moves under a reader's eyes while a page comes in over a slow line: the page is measured as browsers measure it."""

from collections.abc import Iterator

import pytest

from tests.browser.window import DESK, PHONE, Window

pytestmark = pytest.mark.browser

MOST = 0.01
"""The sum of all shifts of a page; browsers call 0.1 good."""
SHIFTS = """
const done = arguments[0];
let sum = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.hadRecentInput ? 0 : each.value; }))
  .observe({type: 'layout-shift', buffered: true});
const end = () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
document.readyState === 'complete' ? end() : addEventListener('load', end);
"""
"""Adds up what moved from the first paint until the page is whole."""


@pytest.fixture
def slow(window: Window) -> Iterator[Window]:
    """The window, on a slow line."""
    window.site.slow = True
    yield window
    window.site.slow = False


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_register_of_sources_stands_still_while_it_comes_in(slow: Window, width: int) -> None:
    slow.look("sources/", width=width)
    assert slow.wait_for(SHIFTS) < MOST
