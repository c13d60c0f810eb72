"""Our readers of what strangers write, each with what must hold of whatever it is given; for generated and for found inputs.

A reader here takes bytes and raises on what must not be: a crash, a value of another kind, a place outside the file, markup that
prose must not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import yaml

from factbook.characters import hidden, mixed_words
from factbook.loading.files import Found, text_of
from factbook.loading.sheets import Reading, capture_of, read_sheet
from factbook.loading.survey import PROSE
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import parse_date
from factbook.permalinks import recorded
from factbook.problems import Problem
from factbook.prose import oversized_blocks, scan, sections, sentences
from factbook.rendering.markdown import (
    UnsafeProseError,
    render_briefing,
    render_inline,
    render_sheet_prose,
)
from factbook.yaml_text import Value, parse
from tests.test_markdown import Plainly

NAME = "candle"
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_FORBIDDEN = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "img",
    "svg",
    "math",
    "base",
    "meta",
    "link",
)


def yaml_text(data: bytes) -> None:
    """YAML: texts, lists and blocks, just what the library's plainest loader makes of it; or problems at places of the text."""
    text = text_of(data, NAME)
    if isinstance(text, Problem):
        return
    parsed = parse(text, NAME)
    lines = text.split("\n")
    for problem in parsed.problems:
        within(problem, len(lines))
    made_of_texts(parsed.value)
    if not parsed.problems:
        assert parsed.value == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        assert {path[:1] for path in parsed.spots} == tops(parsed.value)


def tops(value: Value | None) -> set[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return {(name,) for name in value}
    return {(number,) for number in range(len(value))} if isinstance(value, list) else set()


def made_of_texts(value: object) -> None:
    if isinstance(value, dict):
        assert all(isinstance(name, str) for name in value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            made_of_texts(inner)
    else:
        assert value is None or isinstance(value, str)


def within(problem: Problem, lines: int) -> None:
    """A problem is said in sentences, at a place that the file has."""
    assert 0 <= problem.place.line <= lines + 1, problem
    assert problem.place.column >= 0, problem
    assert problem.as_text().encode()
    assert problem.message.strip()


def sheet(data: bytes) -> None:
    """A sheet of the collection that the first byte says: a sheet, a tombstone, or problems that say why not."""
    names = list(COLLECTIONS)
    collection = names[data[0] % len(names)] if data else names[0]
    told(read_sheet(collection, found(f"{NAME}.yml"), data[1:]), data)


def page(data: bytes) -> None:
    """A page of prose; what can be read is rendered."""
    reading = read_sheet(PROSE, found(f"{NAME}.md"), data)
    told(reading, data)
    if reading.sheet:
        prose(reading.sheet.sheet.text.encode())  # type: ignore[attr-defined]  # pages have it


def found(name: str) -> Found:
    return Found(NAME, name, name, (0, 0, 0))


def told(reading: Reading, data: bytes) -> None:
    assert reading.sheet or reading.withdrawn or reading.problems
    for problem in reading.problems:
        within(problem, data.count(b"\n") + data.count(b"\r") + 1)


def prose(data: bytes) -> None:
    """Prose as sheets and as pages have it: all of it is read, and what is rendered holds nothing that runs or loads."""
    text = data.decode("utf-8", "replace")
    hidden(text)
    list(mixed_words(text))
    scanned = scan(text)
    assert scan(text) is scanned or scan(text) == scanned
    for piece in (*scanned.links, *scanned.citations, *scanned.blocks):
        line, column = piece.place
        assert 0 <= line <= text.count("\n") and column >= 0
    list(sections(text))
    list(sentences(text))
    oversized_blocks(text)
    with suppress(UnsafeProseError):
        harmless(render_sheet_prose(text, Plainly()))
    with suppress(UnsafeProseError):
        harmless(render_inline(text, Plainly()))
    if len(text) <= 4000:
        with suppress(UnsafeProseError):
            harmless(render_briefing(text, Plainly()).html)


def harmless(html: str) -> None:
    for tag, attributes in _TAG.findall(html):
        assert tag.lower() not in _FORBIDDEN, html
        assert not re.search(
            r"\s(on[a-z]+|style|srcdoc)\s*=", re.sub(r"\"[^\"]*\"|'[^']*'", '""', attributes)
        ), html
        for address in re.findall(r"(?:href|src)\s*=\s*[\"']?\s*([^\"'\s>]*)", attributes):
            assert not re.match(r"(?:javascript|data|vbscript):", address, re.IGNORECASE), html


def rest(data: bytes) -> None:
    """Captures, the ledger of addresses, dates: small readers that take any text."""
    capture = capture_of(data, f"{NAME}.txt")
    if isinstance(capture, Problem):
        within(capture, data.count(b"\n") + data.count(b"\r") + 1)
    text = data.decode("utf-8", "replace")
    recorded(text)
    with suppress(ValueError):
        day = parse_date(text)
        assert day.earliest <= day.latest


READERS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml_text,
    "sheet": sheet,
    "page": page,
    "prose": prose,
    "rest": rest,
}
