"""Texts made to keep their reader busy: what is done grows with their length alone, counted and, with `--full`, timed."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from factbook.characters import hidden, mixed_words
from factbook.prose import oversized_blocks, scan, sections, sentences
from factbook.rendering.markdown import UnsafeProseError, render_sheet_prose
from factbook.yaml_text import parse
from tests.test_markdown import SLOW, Plainly

BUSY = (
    *SLOW,
    *("*a _b ", "***a ", "a**b_c ", "~~a ~", "__a *b* "),  # emphasis
    *("[a][", "[a]: <", "[a]:\n", "[^a]", "[^a]: b\n", "![[", "]](", "[[a|", "[[a]](", "[@a; ", "[@a, ", "[[a#b|c]]"),
    *("|a|b\n|-|-\n", "| |", "|a\\|", "a|\n-|\n"),
    *("<!--", "<![CDATA[", "<?", "</a", "<a b='", "<http://a", "http://a.", "www.a", "a@b.", "&amp;", "&#x41;"),
    *("> ", "> a\n", "- a\n", "1. a\n", "9) ", "- > ", "-\t", "* * *\n", "\n- a\n\n  b\n"),
    *("::: a\n", "::: a b=c ", "```\n", "``", "~~~", "  \n", "\\\n", "\n\n\n", "Mr. ", "1.", "a. B", "U.S. ", "“a”", "…"),
    *("аa ", "é", "e\u0301", "\u0627\u200d", "\ufe0f", "👩\u200d", "İı"),
    *("a: ", "a:\n", "- ", "-a\n", "? ", "'a''", '"\\', "{a, ", "#", " #a\n", "|\n a\n", ">\n", "&a ", "*a ", "!a ", "%", "---\n", "@", ": "),
)  # fmt: skip


def html(text: str) -> None:
    with suppress(UnsafeProseError):
        render_sheet_prose(text, Plainly())


READERS: dict[str, Callable[[str], Any]] = {
    "blocks": oversized_blocks,
    "pieces": scan.__wrapped__,
    "sections": lambda text: list(sections(text)),
    "sentences": lambda text: list(getattr(sentences, "__wrapped__", sentences)(text)),
    "HTML": html,
    "hidden characters": hidden,
    "mixed words": lambda text: list(mixed_words(text)),
    "YAML": lambda text: parse(text, "candle.yml"),
}


def calls(read: Callable[[str], Any], text: str) -> int:
    """How many functions are called while a text is read, those of libraries included."""
    count = 0

    def heard(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(heard)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


def seconds(read: Callable[[str], Any], text: str) -> float:
    def once() -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    return min(once(), once())


def filled(text: str, length: int) -> str:
    return text * (length // len(text))


@pytest.mark.parametrize("reader", READERS)
def test_twice_the_length_is_twice_the_work(reader: str) -> None:
    read = READERS[reader]
    read(filled("a [[b]] c. ", 6000))  # what is made once is made
    found = {}
    for text in BUSY:
        short, long = (calls(read, filled(text, length)) for length in (3000, 6000))
        if long > 2.3 * short + 100:
            found[text] = (short, long)
    assert found == {}


@pytest.mark.full
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_length_is_about_four_times_the_time(reader: str) -> None:
    """In the square it would be sixteen times as long; a tenth of a second is left to the machine."""
    read = READERS[reader]
    found = {}
    for text in BUSY:
        short, long = (seconds(read, filled(text, length)) for length in (25_000, 100_000))
        if long > 8 * short + 0.1:
            found[text] = (round(short, 3), round(long, 3))
    assert found == {}
