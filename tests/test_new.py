"""A draft asks for what a sheet needs, explains every field, and is a sheet once its blanks are filled."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from factbook import commands
from factbook.editing.forms import forms_of
from factbook.editing.order import fields_of
from factbook.model.collections import ALL
from factbook.model.records import Record
from factbook.problems import Severity
from factbook.publication import read_and_check
from tests.publications import DAY, write
from tests.sites import copy_specimen

VALUES = {
    "title": "A title", "text": "Lamps", "gist": "It will be dark.", "definition": "A lid.", "what": "a lamp",
    "question": "Is it dark?", "short_answer": "It is disputed.", "description": "What is said of it.",
    "id": "first", "is_sanction": "true", "lang": "en", "language": "en", "publisher": "The Daily",
    "from": "2021-03-01", "date": "2021-03-01", "source": "gazette", "speakers": "ann-lee", "first_in": "gazette", "seen": "gazette",
    "rests_on": "lamp-ban#provisions.sales",
}  # fmt: skip
"""What an editor would write into the blanks, by field; where a list of values is printed, its first one."""
BLANK = re.compile(r"^( *)((?:- )?)(?:(\w+): ?)?$")
CHOICE = re.compile(r"One of: ([\w-]+)")


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    return write({"start_from": "lamps"}, tmp_path)


@pytest.mark.parametrize("name", ALL)
def test_a_draft_with_its_blanks_filled_passes_check(
    name: str, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = drafted(lamps, name)
    said = f"{file.relative_to(lamps.parent)}\nFill in the blanks; “build.py check” says what is missing.\n"
    assert capsys.readouterr().out == said
    file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert errors(lamps) == []
    assert commands.main(["-f", str(lamps), "check", "--as-of", DAY]) == 0


@pytest.mark.parametrize("name", ALL)
def test_an_unfilled_draft_says_what_is_missing_at_its_line(name: str, lamps: Path) -> None:
    file = drafted(lamps, name)
    lines = file.read_text(encoding="utf-8").split("\n")
    blanks = {number for number, line in enumerate(lines, 1) if BLANK.fullmatch(line) and line.endswith(" ")}
    content = read_and_check(lamps, as_of=DAY)
    problems = [problem for problem in content.problems if problem.severity is Severity.ERROR]
    assert problems
    assert {problem.place.line for problem in problems} <= blanks


@pytest.mark.parametrize("name", ALL)
def test_every_field_can_be_put_to_use_by_taking_its_sign_away(name: str, lamps: Path) -> None:
    file = drafted(lamps, name)
    text = file.read_text(encoding="utf-8")
    while text != (less := re.sub(r"^( *)#(?! \S)", r"\1", text, flags=re.MULTILINE)):
        text = less
    file.write_text(text, encoding="utf-8")
    codes = {
        problem.code
        for problem in read_and_check(lamps, as_of=DAY).problems
        if problem.place.path in str(file)
    }
    form = {"bad-yaml", "unknown-field", "duplicate-key", "wrong-type", "missing-field"}
    assert codes & form == set()
    for field in fields_of(ALL[name].model):
        assert field in ("id", "former_ids") or re.search(rf"^{field}:", text, re.MULTILINE), field


@pytest.mark.parametrize("name", ALL)
def test_every_field_is_explained(name: str, lamps: Path) -> None:
    lines = drafted(lamps, name).read_text(encoding="utf-8").split("\n")
    seen: set[str] = set()
    for before, line in pairwise(lines):
        found = re.match(r"[ #]*(?:- )?(\w+):", line) if not line.startswith("# yaml-language") else None
        if found and not re.match(r"[ #]*# \S", line) and found[1] not in seen:
            seen.add(found[1])
            assert re.match(r"[ #]*# \S", before), line
    assert names_in(ALL[name].model, 2) <= seen | {"former_ids", "id"}


def test_days_and_the_schema_are_filled_in(lamps: Path) -> None:
    text = drafted(lamps, "actors", "2024-02-29").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../.cache/schemas/actors.json\n")
    assert "\nverified: 2024-02-29\n" in text
    assert "\nreview_by: 2025-02-28\n" in text


def test_values_that_a_publication_added_are_offered(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    text = drafted(config, "measures").read_text(encoding="utf-8")
    assert "price-limit" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("measure lid", 'There is no collection "measure". Did you mean "measures"?'),
        ("person lid", 'There is no collection "person". There are: measures, regimes, actors, systems, events, statements, sources, terms, briefings.'),
        ("sorces lid", 'There is no collection "sorces". Did you mean "sources"?'),
        (
            "terms gazette",
            '"gazette" exists already: content/sources/gazette.yml ("Decree on lamps"). An id stands for one thing in the whole publication: choose another.',
        ),
        (
            "actors Işıl_Kıyıgölge",
            '"Işıl_Kıyıgölge" cannot be an id. An id is made of lower-case letters a to z, digits and single hyphens. For example "isil-kiyigolge".',
        ),
        ("actors ../lid", '"../lid" cannot be an id. An id is made of lower-case letters a to z, digits and single hyphens. For example "lid".'),
        ("briefings sources", '"sources" is the address of something else on the site. Choose another.'),
    ],
)  # fmt: skip
def test_what_is_refused(words: str, said: str, lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(lamps.parent.rglob("*.*"))
    assert commands.main(["-f", str(lamps), "new", *words.split()]) == 2
    assert capsys.readouterr().err == f"{said}\nNothing was written.\n"
    assert sorted(lamps.parent.rglob("*.*")) == before


def test_an_id_that_was_withdrawn_stays_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "specimen")
    stone = config.parent / "content/events/fog-horn-2022-11.yml"
    before = stone.read_bytes()
    assert commands.main(["-f", str(config), "new", "terms", "fog-horn-2022-11"]) == 2
    assert capsys.readouterr().err == (
        '"fog-horn-2022-11" was withdrawn on 2026-10-12, and its address says so: content/events/fog-horn-2022-11.yml. '
        "Choose another.\nNothing was written.\n"
    )
    assert stone.read_bytes() == before


@pytest.mark.parametrize("name", ALL)
def test_fmt_takes_the_explanations_out_of_a_draft_that_is_filled_and_nothing_else(
    name: str, lamps: Path
) -> None:
    file = drafted(lamps, name)
    blanks = file.read_text(encoding="utf-8")
    assert commands.main(["-f", str(lamps), "fmt", "lid"]) == 0
    after = file.read_text(encoding="utf-8")
    assert [line for line in blanks.split("\n") if line.strip() not in after] == []
    mine = filled(blanks).replace("\nverified:", "\n# Asked the gazette on Monday.\nverified:", 1)
    file.write_text(mine, encoding="utf-8")
    assert commands.main(["-f", str(lamps), "fmt", "lid"]) == 0
    after = file.read_text(encoding="utf-8")
    comments = [line for line in after.split("\n") if line.lstrip().startswith("#")]
    schema = [line for line in blanks.split("\n") if "$schema=" in line]
    assert comments == [*schema, "# Asked the gazette on Monday."]
    assert errors(lamps) == []


def drafted(config: Path, name: str, day: str = DAY) -> Path:
    assert commands.main(["-f", str(config), "new", name, "lid", "--as-of", day]) == 0
    return config.parent / ("briefings/lid.md" if name == "briefings" else f"content/{name}/lid.yml")


def filled(text: str) -> str:
    """The draft as an editor would fill it in, taking the first of the values that are offered."""
    lines: list[str] = []
    explanation = field = ""
    for line in text.split("\n"):
        if line.lstrip().startswith("#"):
            explanation += line.lstrip(" #") + " "
            lines.append(line)
            continue
        blank = BLANK.fullmatch(line)
        field = (blank and blank[3]) or field
        offered = CHOICE.findall(explanation)
        value = VALUES.get(field) or (offered[-1] if offered else "")
        lines.append(line + value if blank and line.endswith(" ") else line)
        explanation = ""
    return "\n".join(lines)


def errors(config: Path) -> list[str]:
    content = read_and_check(config, as_of=DAY)
    return [problem.as_text() for problem in content.problems if problem.severity is Severity.ERROR]


def names_in(model: type[Record], depth: int) -> set[str]:
    """The names of the fields of a model and of the blocks in it, some levels deep."""
    forms = forms_of(model)
    found = {
        name
        for name in forms
        if name not in ("text_line", *(["text"] if model.__name__ == "Briefing" else []))
    }
    if depth:
        for form in forms.values():
            found |= names_in(form.record, depth - 1) if form.record else set()
    return found
