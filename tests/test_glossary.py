"""The glossary holds the words that the code, the sheets and the site use."""

import re
import tomllib
from pathlib import Path

import pytest

from factbook.chronology import Answer
from factbook.model.collections import ALL
from factbook.problems import Severity

DRAFT_NOUNS = (
    "draft",
    "view",
    "note",
    "kicker",
    "overview",
    "shell",
    "mark",
    "state",
    "answer",
    "anchor path",
)


def explained(root: Path) -> set[str]:
    """Every word that the glossary explains: its first columns, and what stands there in code marks."""
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    plain = [re.sub(r"\s*\([^)]*\)|`[^`]*`", "", cell) for cell in cells]
    words = {word.strip() for cell in plain for word in cell.split(",")}
    return words | {code for cell in cells for code in re.findall(r"`([^`]*)`", cell)}


def layers(root: Path) -> list[str]:
    """The layers of the import contract, those included that are still to come."""
    tables = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = tables["tool"]["importlinter"]["contracts"]
    return [name for line in contract["layers"] for name in re.findall(r"\w+", line)]


def test_every_layer_is_explained(root: Path) -> None:
    assert sorted(set(layers(root)) - explained(root)) == []


def test_every_module_at_the_top_of_the_engine_is_a_layer(root: Path) -> None:
    found = {path.stem for path in (root / "factbook").iterdir() if not path.name.startswith(("_", "."))}
    assert sorted(found - set(layers(root))) == []


@pytest.mark.parametrize("name", ALL)
def test_what_a_collection_holds_is_explained(name: str, root: Path) -> None:
    assert ALL[name].one in explained(root)


def test_the_five_answers_are_explained(root: Path) -> None:
    assert len(Answer) == 5
    assert {answer.value for answer in Answer} <= explained(root)


@pytest.mark.parametrize("word", DRAFT_NOUNS)
def test_the_words_that_pages_are_made_of_are_explained(word: str, root: Path) -> None:
    assert word in explained(root)


def test_no_word_is_explained_twice(root: Path) -> None:
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    words = [cell for cell in cells if cell != "word"]
    assert len(words) == len(set(words))


def test_severities_are_named_where_problems_are_explained(root: Path) -> None:
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8").lower()
    (row,) = [line for line in text.splitlines() if line.startswith("| `problems`")]
    assert all(severity.value in row for severity in Severity)
