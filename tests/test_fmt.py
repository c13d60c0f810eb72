"""One layout for every sheet: comments kept, values never changed, and laid out twice is laid out once."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factbook import commands
from factbook.editing.commented import comments_of
from factbook.editing.layout import lay_out
from factbook.editing.sheet_files import SheetFile, laid_out_text, sheet_files
from factbook.loading.settings import read_settings
from factbook.model.collections import COLLECTIONS
from factbook.model.measure import Measure
from factbook.yaml_text import parse
from tests.publications import cases, read_case
from tests.sites import copy_specimen


@pytest.mark.parametrize("path", cases("layout"))
def test_the_layout(path: Path) -> None:
    case = read_case(path)
    name = case["collection"]
    file = SheetFile("a.yml", COLLECTIONS[name].model if name in COLLECTIONS else None)
    assert laid_out_text(file, case["text"]) == case["laid_out"]
    assert laid_out_text(file, case["laid_out"]) == case["laid_out"]


@pytest.mark.parametrize("config", ["mkdocs.yml", "tests/specimen/mkdocs.yml"])
def test_no_value_of_any_sheet_changes_and_the_layout_of_a_layout_is_itself(config: str, root: Path) -> None:
    settings, _ = read_settings(root / config)
    assert settings is not None
    for file in sheet_files(settings):
        text = (settings.root / file.path).read_text(encoding="utf-8")
        laid = laid_out_text(file, text)
        assert isinstance(laid, str), file.path
        assert values(laid) == values(text), file.path
        assert comments(laid) == comments(text), file.path
        assert laid_out_text(file, laid) == laid, file.path


def test_the_specimen_is_laid_out_so(root: Path) -> None:
    assert commands.main(["-f", str(root / "tests/specimen/mkdocs.yml"), "fmt", "--check"]) == 0


def test_the_sheets_that_the_handbook_shows_are_laid_out_so(root: Path) -> None:
    text = (root / "handbook/writing-a-fact-sheet.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(# (?:part of )?content/(\w+)/.*?)```", text, re.DOTALL)
    assert shown
    for sheet, name in shown:
        if name in COLLECTIONS:
            assert lay_out(sheet, COLLECTIONS[name].model) == sheet


KEYS = st.sampled_from(["title", "cite", "source", "status", "from", "x", "a b", "'q", "#k", "- l", "1", "ı"])
TEXTS = st.one_of(
    st.sampled_from(
        ["", "NO", "null", "0010", "~", "- a", "a: b", "a #b", "[x", "''", "2026-11-22", "…", ":", "a:"]
    ),
    st.text(st.sampled_from([*"ab:#-'\"[]{},&*!|>%@`?\\ \n", "ı", "é", "💡"]), max_size=30),
    st.lists(st.sampled_from(["word", " ", "  ", ", ", "\n", "\n\n", "# ", ": "]), max_size=80).map("".join),
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
BLOCKS = st.dictionaries(KEYS, TREES, min_size=1, max_size=5)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(
    tree=BLOCKS,
    style=STYLES,
    flow=st.booleans(),
    width=st.sampled_from([20, 80, 1000]),
    indent=st.integers(2, 6),
)
def test_no_value_changes_however_it_was_written(
    tree: dict[str, Any], style: str | None, flow: bool, width: int, indent: int
) -> None:
    text = (
        yaml.dump(
            tree, default_style=style, default_flow_style=flow, width=width, indent=indent, allow_unicode=True
        )
        .replace("!!str ", "")
        .replace("!!int ", "")
        .replace("!!null ", "")
    )
    before = parse(text, "a.yml")
    if before.problems:
        return  # a character that sheets may not hold
    laid = lay_out(text, Measure)
    assert parse(laid, "a.yml").value == before.value
    assert lay_out(laid, Measure) == laid
    assert not [line for line in laid.split("\n") if line.endswith(" ") and not line.strip()]


ROWS = st.sampled_from(
    [
        "title: Lamp", "kind: a  # beside", "status:", "  - value: x", "    from: y # beside", "    cite:",
        "      - source: s", "cite:", "  - source: s", "  at: p", "# left", "  # inner", "    # deeper", "", "note: >-",
        "  folded text", "  # and text", "verified: [a, b] # flow", "x: {y: z}", "names:", "- text: n", "  lang: en",
    ]
)  # fmt: skip


@given(rows=st.lists(ROWS, min_size=1, max_size=14))
def test_no_comment_is_lost_and_none_wanders_when_laid_out_again(rows: list[str]) -> None:
    text = "\n".join(rows) + "\n"
    before = parse(text, "a.yml")
    if before.problems or not isinstance(before.value, dict):
        return
    laid = lay_out(text, Measure)
    assert comments(laid) == comments(text)
    assert lay_out(laid, Measure) == laid


def test_what_would_change_is_listed_and_fails_a_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = copy_specimen(tmp_path / "specimen")
    run = ["-f", str(config), "fmt"]
    assert commands.main(run) == 0
    capsys.readouterr()
    term = config.parent / "content/terms/quota.yml"
    good = term.read_text(encoding="utf-8")
    term.write_text(f'"title": Quota\n{good.partition(chr(10))[2]}', encoding="utf-8")
    odd = term.read_text(encoding="utf-8")
    assert commands.main([*run, "--check"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("content/terms/quota.yml\n1 file would be laid out anew, ")
    assert said.endswith(" are as they should be.\n“build.py fmt” does it.\n")
    assert term.read_text(encoding="utf-8") == odd
    assert commands.main([*run, "quota"]) == 0
    assert (
        capsys.readouterr().out == "content/terms/quota.yml\n1 file laid out anew, 0 are as they should be.\n"
    )
    assert term.read_text(encoding="utf-8") == good
    assert commands.main([*run, "--check"]) == 0


def test_a_file_that_is_no_yaml_is_said_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "specimen")
    term = config.parent / "content/terms/quota.yml"
    term.write_text("title: 'Quota\n", encoding="utf-8")
    assert commands.main(["-f", str(config), "fmt", "content/terms/quota.yml"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("content/terms/quota.yml:1:8  error  bad-yaml\n")
    assert "What YAML cannot read is not laid out." in said
    assert term.read_text(encoding="utf-8") == "title: 'Quota\n"


def test_a_mistyped_file_suggests_the_right_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "specimen")
    assert commands.main(["-f", str(config), "fmt", "qouta"]) == 2
    assert (
        capsys.readouterr().err == 'There is no sheet "qouta". Did you mean "quota"?\nNothing was changed.\n'
    )


def values(text: str) -> object:
    """What a file says, a page of prose with its text."""
    if text.startswith("---\n"):
        front, _, body = text[4:].partition("\n---")
        return parse(front, "").value, body
    return parse(text, "").value


def comments(text: str) -> list[str]:
    """The comments of a YAML text, in the order of the alphabet: they may stand elsewhere."""
    if text.startswith("---\n"):
        text = text[4:].partition("\n---")[0]
    return sorted(comments_of(text))
