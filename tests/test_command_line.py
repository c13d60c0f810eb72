"""How a command line is read, and what is said where it cannot be."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from factbook import bootstrap, commands
from factbook.commands import arguments
from factbook.commands.options import Options


def test_without_a_command_the_site_is_built() -> None:
    command, options = arguments.read([])
    assert (command.name, options) == ("build", Options())


def test_common_options_may_stand_before_or_after_the_command() -> None:
    before = arguments.read(["--strict", "-f", "other/mkdocs.yml", "--jobs", "2", "--no-search", "check"])
    after = arguments.read(["check", "--strict", "-f", "other/mkdocs.yml", "--jobs", "2", "--no-search"])
    assert before == after
    assert before[1] == Options(Path("other/mkdocs.yml"), strict=True, jobs=2, search=False)


def test_the_word_after_an_option_is_its_value_and_no_command() -> None:
    command, options = arguments.read(["-f", "test", "--site-dir", "check", "--as-of", "2026-11-22"])
    assert (command.name, options.config_file, options.site_dir) == ("build", Path("test"), Path("check"))
    assert options.as_of == "2026-11-22"


def test_a_command_has_options_and_words_of_its_own() -> None:
    assert arguments.read(["check", "--format", "json"])[1].format == "json"
    assert arguments.read(["test", "--full", "tests/a.py", "tests/b.py"])[1] == Options(
        full=True, arguments=("tests/a.py", "tests/b.py")
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("chek", 'There is no command "chek". Did you mean "check"?'),
        ("--strict chek", 'There is no command "chek". Did you mean "check"?'),
        ("publish", 'There is no command "publish".'),
        ("--stric", '"build" does not take the option "--stric". Did you mean "--strict"?'),
        ("check --fromat=json", '"check" does not take the option "--fromat=json". Did you mean "--format"?'),
        ("build extra", '"build" does not take the word "extra".'),
        (
            "--as-of 2026-13-01",
            '--as-of: "2026-13-01" is not a day. Write year-month-day, as 2026-11-22.',
        ),
        ("--as-of 20261122", '--as-of: "20261122" is not a day. Write year-month-day, as 2026-11-22.'),
        ("--jobs none", '--jobs: "none" is not a number of processes. Write 1, 2, 3 or more.'),
        ("check --format xml", '--format: "xml" is not one of text, github, json.'),
        ("-f", '"-f" needs a value after it: FILE.'),
        ("check --format", '"--format" needs a value after it: FORM.'),
        (
            "new actors",
            '"new" takes 2 words: COLLECTION ID.\nFor example: build.py new actors ministry-of-tides',
        ),
        ("show a b", '"show" takes one word: ID.\nFor example: build.py show price-cap'),
        ("renam a b", 'There is no command "renam". Did you mean "rename"?'),
        ("due --by soon", '--by: "soon" is not a day. Write year-month-day, as 2026-11-22.'),
    ],
)
def test_wrong_use_is_said_and_ends_with_status_2(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = commands.main(line.split())
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err == f"{sentence}\nAll commands and options: build.py --help\n"


@pytest.mark.parametrize("line", ["--help", "check --help"])
def test_help_is_no_mistake(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(line.split()) == 0
    assert "--strict" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [each for each in arguments.COMMANDS if each.example], ids=lambda each: each.name
)
def test_a_command_explains_itself_with_an_example_that_can_be_typed(
    command: arguments.Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")  # however narrow the window
    assert commands.main([command.name, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"Example: build.py {command.example}" in said
    assert arguments.read(str(command.example).split())[0] == command


def test_every_command_in_the_table_can_be_run() -> None:
    folder = Path(commands.__file__).parent
    assert [
        command.name for command in arguments.COMMANDS if not (folder / f"{command.module}.py").is_file()
    ] == []


def test_a_failing_disk_is_a_sentence_and_status_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_name: str, _options: Options) -> int:
        raise OSError(28, "No space left on device", "site/index.html")

    monkeypatch.setattr(commands, "_run", run)
    assert commands.main(["build"]) == 3
    said = "The machine failed: No space left on device (site/index.html).\n"
    assert capsys.readouterr().err == said


def test_an_environment_that_lacks_a_package_is_made_anew_by_the_next_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    forgotten = []

    def load(_name: str) -> ModuleType:
        raise ModuleNotFoundError("No module named 'yaml'", name="yaml")

    monkeypatch.setattr(commands.importlib, "import_module", load)
    monkeypatch.setattr(bootstrap, "forget_stamp", lambda: forgotten.append("the stamp"))
    assert commands.main(["check"]) == 3
    said = ".venv is incomplete: yaml is missing from it.\nRun the command again; it makes .venv anew.\n"
    assert (capsys.readouterr().err, forgotten) == (said, ["the stamp"])


def test_starting_the_test_command_does_not_load_mkdocs() -> None:
    script = (
        "import sys; import factbook.commands, factbook.commands.test; "
        "sys.exit(any(name.split('.')[0] in ('mkdocs', 'pydantic', 'jinja2') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
