"""How a command line is read, and what is said where it cannot be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from factbook import commands
from factbook.commands import arguments
from factbook.commands.options import Options

FACTBOOK = [sys.executable, "-m", "factbook", "-f", str(Path(__file__).parent / "specimen/mkdocs.yml")]


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


@pytest.mark.parametrize("line", ["check", "check --format json", "due", "where price-cap", "show price-cap"])
def test_a_reader_who_has_gone_ends_a_command_without_a_word(line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*FACTBOOK, *line.split()], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr.decode()) == (commands.MACHINE_FAILED, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_an_output_that_is_full_is_a_sentence_and_status_3() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*FACTBOOK, "where", "price-cap"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.decode()) == (3, "The machine failed: No space left on device.\n")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close an output")
def test_an_output_that_was_closed_before_the_start_stops_nothing() -> None:
    closed = ["sh", "-c", '"$@" >&-', "sh"]
    done = subprocess.run([*closed, *FACTBOOK, "where", "price-cap"], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_where_no_publication_is_nothing_is_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("check", "build", "due"):
        assert commands.main(["-f", str(tmp_path / "nowhere/mkdocs.yml"), command]) == 1
        assert "There is no such file." in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
