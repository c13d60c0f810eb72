"""Problems for programs: annotations where the fault stands, and JSON of the shape that is documented."""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from factbook import commands
from factbook.problems import CODES, Place, Problem, as_github, as_json, counted, in_order
from tests.publications import write

COMMAND = re.compile(
    r"::(?P<kind>error|warning|notice) "
    r"file=(?P<file>[^,:\r\n]+),line=(?P<line>[1-9]\d*),col=(?P<col>[1-9]\d*),title=(?P<title>[^,:\r\n]+)"
    r"::(?P<message>[^\r\n]+)"
)
"""A workflow command: its properties hold no comma, colon or line end, its message no line end, but as %XX."""
KINDS = {"error": "error", "warning": "warning", "note": "notice"}

FAULTY = {
    "start_from": "lamps",
    "files": {
        "content/terms/one.yml": "title: Lamp: a thing\n",
        "content/terms/two.yml": "titel: Light\ndefinition: >-\n  A thing that\n  [[avonja]] has.\n",
    },
    "change": {
        "content/terms/lamp.yml": [
            {
                "replace": "definition: A thing that gives light.\n",
                "by": "definition: |\n  A thing.\n\n  It is 100% [[avonja|light]], and [@gazete] says so.\n  Some 400 were made.\n",
            },
        ],
        "content/sources/daily.yml": [{"replace": "review_by: 2027-11-01", "by": "review_by: 2026-11-20"}],
    },
    "remove": ["content/terms/two.yml"],
}


def unescaped(text: str) -> str:
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def printed(form: str, root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    config = write(FAULTY, root)
    assert commands.main(["-f", str(config), "--as-of", "2026-11-22", "check", "--format", form]) == 1
    return capsys.readouterr().out


def test_an_annotation_is_a_workflow_command_on_the_very_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {}
    for line in printed("github", tmp_path, capsys).splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        assert KINDS[CODES[match["title"]].severity] == match["kind"]
        found[unescaped(match["file"]), int(match["line"]), int(match["col"])] = match["title"]
    assert found == {
        ("content/sources/daily.yml", 9, 12): "review-overdue",
        ("content/terms/lamp.yml", 5, 14): "unknown-reference",
        ("content/terms/lamp.yml", 5, 37): "unknown-reference",
        ("content/terms/lamp.yml", 6, 3): "uncited-sentence",
        ("content/terms/one.yml", 1, 12): "bad-yaml",
    }
    text = (tmp_path / "content/terms/lamp.yml").read_text(encoding="utf-8").splitlines()
    assert text[4][13:].startswith("[[avonja")
    assert text[4][36:].startswith("@gazete")


def test_signs_of_the_grammar_are_kept_out_of_annotations() -> None:
    problem = Problem("bad-yaml", Place("a, b: 100%.yml", 3, 4), "One, two: 100%.\nThree.")
    line = as_github([problem])
    match = COMMAND.fullmatch(line)
    assert match, line
    assert unescaped(match["file"]) == "a, b: 100%.yml"
    assert unescaped(match["message"]) == "One, two: 100%.\nThree."


def test_a_problem_of_a_whole_file_is_shown_on_its_first_line() -> None:
    assert ",line=1,col=1," in as_github([Problem("too-large", Place("a.yml"), "Split it.")])


def test_json_has_the_documented_shape(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = json.loads((root / "schemas" / "problems.json").read_text(encoding="utf-8"))
    said = json.loads(printed("json", tmp_path, capsys))
    jsonschema_rs.validate(schema, said)
    assert [(row["file"], row["line"], row["code"]) for row in said["problems"]] == [
        ("content/sources/daily.yml", 9, "review-overdue"),
        ("content/terms/lamp.yml", 5, "unknown-reference"),
        ("content/terms/lamp.yml", 5, "unknown-reference"),
        ("content/terms/lamp.yml", 6, "uncited-sentence"),
        ("content/terms/one.yml", 1, "bad-yaml"),
    ]
    assert said["summary"] == "5 problems in 3 files: 3 errors, 1 warning, 1 note."


def test_json_of_nothing_has_the_same_shape(root: Path) -> None:
    schema = json.loads((root / "schemas" / "problems.json").read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, json.loads(as_json([])))


def test_problems_are_told_once_in_order_and_counted() -> None:
    late = Problem("unknown-field", Place("b.yml", 2, 1), "Two.")
    early = Problem("review-overdue", Place("a.yml", 9, 1), "One.")
    assert in_order([late, early, late]) == [early, late]
    assert counted(in_order([late, early, late])) == "2 problems in 2 files: 1 error, 1 note."
