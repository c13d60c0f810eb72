"""What is published is in words of our own: no long run of a source's words stands outside a marked quotation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
RUN = 12
"""So many words of a capture in a row are somebody else's sentence."""
QUOTED = re.compile("“[^”]*”")
CITED = re.compile(r"\[@[^\]]*\]")
LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
MARKED = {"words", "title", "hedge", "names"}
"""Fields that hold the words of others and show them as such, or what things are called."""


def words(text: str) -> list[str]:
    """The words of a text as a reader meets them, without links, citations and quotations."""
    own = QUOTED.sub(" § ", CITED.sub(" ", LINK.sub(r"\1", " ".join(text.split()))))
    return re.findall(r"[\w’'§-]+", own.lower())


def captured() -> dict[tuple[str, ...], str]:
    """Every run of that length in a capture, with the name of the capture."""
    runs: dict[tuple[str, ...], str] = {}
    for path in sorted((ROOT / "content" / "captures").glob("*.txt")):
        said = re.findall(r"[\w’'-]+", path.read_text("utf-8").lower())
        runs |= {tuple(said[at : at + RUN]): path.stem for at in range(len(said) - RUN + 1)}
    return runs


def own_texts(value: Any) -> Iterator[str]:
    """The texts of a sheet that are ours."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key not in MARKED:
                yield from own_texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from own_texts(inside)
    elif isinstance(value, str):
        yield value


def copied(texts: Iterator[str], runs: dict[tuple[str, ...], str]) -> list[str]:
    """The runs that stand in some texts, each with its capture."""
    return [
        f"{runs[run]}: {' '.join(run)}"
        for text in texts
        for own in [words(text)]
        for at in range(len(own) - RUN + 1)
        if (run := tuple(own[at : at + RUN])) in runs
    ]


@pytest.fixture(scope="module")
def runs() -> dict[tuple[str, ...], str]:
    found = captured()
    assert len(found) > 1000
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "briefings").glob("*.md")), ids=lambda path: path.stem)
def test_no_briefing_copies_a_run_of_a_source(path: Path, runs: dict[tuple[str, ...], str]) -> None:
    assert copied(iter(path.read_text("utf-8").split("\n\n")), runs) == []


def test_no_sheet_copies_a_run_of_a_source(runs: dict[tuple[str, ...], str]) -> None:
    sheets = sorted((ROOT / "content").glob("*/*.yml"))
    assert len(sheets) > 300
    found = {
        path.name: copy
        for path in sheets
        if (copy := copied(own_texts(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)), runs))
    }
    assert found == {}


def test_a_run_that_is_copied_is_found(runs: dict[tuple[str, ...], str]) -> None:
    """The net has no hole: the same words are let through as a quotation, and caught without its marks."""
    run = next(iter(sorted(run for run, name in runs.items() if name == "seed-page")))
    said = " ".join(run)
    assert copied(iter([f"Somebody wrote {said} and went on."]), runs)
    assert copied(iter([f"Somebody wrote “{said}” and went on."]), runs) == []
