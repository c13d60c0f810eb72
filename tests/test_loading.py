"""Reading a publication: every fault of file, YAML and form is said in full, at its place, in an editor's words."""

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from factbook.loading.settings import HOST, read_settings, refused_by_host
from factbook.loading.sheets import load
from factbook.model.dates import parse_date
from tests.publications import cases, problems_of, read_case, write


@pytest.mark.parametrize("path", cases("loading"))
def test_a_fault_of_form(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert problems_of(case, tmp_path) == case["problems"]


def test_values_stay_as_they_are_written(tmp_path: Path) -> None:
    change = {"content/actors/avonia.yml": [{"replace": "kind: state\n", "by": "kind: state\ncountry: NO\n"}]}
    settings, _ = read_settings(write({"start_from": "lamps", "change": change}, tmp_path))
    assert settings is not None
    sheets = {loaded.id: loaded.sheet for loaded in load(settings).sheets}
    assert sheets["avonia"].country == "NO"
    assert sheets["lamp-act"].status[0].from_.text == "2019-05"


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    read = []
    for name in ("plain", "windows"):
        config_file = write({"start_from": "lamps"}, tmp_path / name)
        if name == "windows":
            for file in (tmp_path / name).rglob("*.*"):
                file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        settings, _ = read_settings(config_file)
        assert settings is not None
        loaded = load(settings)
        assert loaded.problems == []
        read.append([sheet.sheet for sheet in (*loaded.sheets, *loaded.pages)])
    assert read[0] == read[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Config value 'nav': Expected nav to be a list, got a int: 7",
            "mkdocs.yml:2:1  error  bad-settings\n"
            '  MkDocs does not take "nav": Expected nav to be a list, got a number: 7.',
        ),
        (
            "Config value 'repo_url': Expected a string, got <class 'int'>",
            "mkdocs.yml:3:1  error  bad-settings\n"
            '  MkDocs does not take "repo_url": Expected a string, got a number.',
        ),
        (
            "A reference to 'x.md' is included in the 'nav' configuration, which is not found in the documentation files.",
            "mkdocs.yml:2:1  error  bad-settings\n"
            "  MkDocs says: A reference to 'x.md' is included in the 'nav' configuration, which is not found in\n"
            "  the documentation files.",
        ),
        (
            "Config value 'nav': Failed to load extension 'x'.\nModuleNotFoundError: No module named 'x'",
            "mkdocs.yml:2:1  error  bad-settings\n"
            "  MkDocs does not take \"nav\": Failed to load extension 'x'.",
        ),
        (
            "Config value 'nav': Expected one of ['warn', 'info'], got 'maybe'",
            "mkdocs.yml:2:1  error  bad-settings\n"
            "  MkDocs does not take \"nav\": Expected one of warn, info, got 'maybe'.",
        ),
        (
            "The theme lacks a file.",
            "mkdocs.yml:1:1  error  bad-settings\n  MkDocs says: The theme lacks a file.",
        ),
    ],
)
def test_what_the_host_refuses_is_told_at_its_setting(said: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: Lamps\nnav: 7\nrepo_url: 5\n", encoding="utf-8")
    assert [problem.as_text() for problem in refused_by_host(path, said)] == [told]


def test_the_settings_of_the_host_are_those_that_it_has() -> None:
    from mkdocs.config.defaults import MkDocsConfig  # late: the only test here that needs it

    not_written = {"config_file_path", "pages", "google_analytics", "mdx_configs"}
    assert set(HOST) == {name for name, _ in MkDocsConfig._schema} - not_written


def test_a_configuration_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("[" * 30_000, encoding="utf-8")
    (problem,) = read_settings(path)[1]
    assert (problem.code, problem.place.column) == ("bad-yaml", 33)


def test_words_without_end_are_no_date_and_nothing_is_guessed() -> None:
    for words in ("ca. " * 5000 + "2021", "1 to " * 5000 + "2"):
        with pytest.raises(PydanticCustomError) as refused:
            parse_date(words)
        assert refused.value.type == "bad-date"
        assert "Did you mean" not in refused.value.message()
