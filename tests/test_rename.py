"""A sheet gets another id: everything that names it follows, nothing else changes, and nothing is left half-done."""

import json
import subprocess
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from factbook import commands
from factbook.editing import journal
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.publication import Content, read_and_check
from tests.publications import DAY, cases, read_case, write
from tests.sites import SPECIMEN, copy_specimen

DAYS = ["--as-of", DAY]
IDS = sorted(
    path.stem
    for path in SPECIMEN.glob("content/*/*.yml")
    if path.parent.name != "vocabulary" and "withdrawn:" not in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", cases("rename"))
def test_what_changes(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = read_case(path)
    config = write(case, tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.*")}
    assert commands.main(["-f", str(config), "rename", *case["rename"]]) == 0
    assert capsys.readouterr().out == case["said"]
    for name, text in case.get("files_after", {}).items():
        file = tmp_path / name
        assert (file.read_text(encoding="utf-8") if file.exists() else "null") == text
    for name, parts in case.get("parts_after", {}).items():
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert [part for part in parts if part not in text] == []
    said = {line.split(": ")[0].split(" → ")[-1] for line in case["said"].split("\n")}
    others = [file for file, data in before.items() if file.exists() and file.read_bytes() != data]
    assert {str(file.relative_to(tmp_path)) for file in others} <= said
    assert list(tmp_path.rglob("*.new")) == []
    again = read_and_check(config, as_of=DAY)
    assert [problem.as_text() for problem in again.problems if problem.severity.value == "error"] == []


@pytest.mark.parametrize("id", [*IDS, "does-a-cap-make-light-cheaper", "about"])
def test_afterwards_nothing_new_is_wrong_and_every_link_leads_where_it_led(
    id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = copy_specimen(tmp_path / "specimen")
    before = as_published()
    assert commands.main(["-f", str(config), "rename", id, "another-id"]) == 0
    after = read_and_check(config, as_of=DAY)
    assert before.catalogue is not None
    assert after.catalogue is not None
    assert Counter(problem.code for problem in before.problems) == Counter(p.code for p in after.problems)

    def named(each: str) -> str:
        return "another-id" if each == id else each

    assert Counter(
        (named(link.origin), link.inverse, named(link.target)) for link in before.catalogue.links
    ) == (Counter((link.origin, link.inverse, link.target) for link in after.catalogue.links))
    assert after.catalogue["another-id"].former_ids[-1] == id


@cache
def as_published() -> Content:
    """The specimen as it is."""
    return read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "price-kap another",
            'There is no sheet "price-kap". Did you mean "price-cap" (Price cap on lamp oil)?',
        ),
        (
            "price-cap quota",
            '"quota" exists already: content/terms/quota.yml ("Quota"). An id stands for one thing in the whole publication: choose another.',
        ),
        (
            "price-cap Fiyat-Tavanı",
            '"Fiyat-Tavanı" cannot be an id. An id is made of lower-case letters a to z, digits and single hyphens. For example "fiyat-tavani".',
        ),
        ("about terms", '"terms" is the address of something else on the site. Choose another.'),
        ("index home", '"index" is the home page; its id is its address.'),
        (
            "quota old-ceiling",
            '"old-ceiling" is a former id of content/terms/ceiling.yml, and its old address leads there. Choose another.',
        ),
        ("old-ceiling lid", '"old-ceiling" is now called "ceiling".'),
    ],
)
def test_what_is_refused(words: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "specimen")
    term = config.parent / "content/terms/ceiling.yml"
    term.write_text("former_ids:\n  - old-ceiling\n" + term.read_text(encoding="utf-8"), encoding="utf-8")
    before = texts(config.parent)
    assert commands.main(["-f", str(config), "rename", *words.split()]) == 2
    assert capsys.readouterr().err == f"{said}\nNothing was changed.\n"
    assert texts(config.parent) == before


def test_a_publication_with_files_that_cannot_be_read_is_mended_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = copy_specimen(tmp_path / "specimen")
    (config.parent / "content/terms/quota.yml").write_text("title: [x\n", encoding="utf-8")
    before = texts(config.parent)
    assert commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("content/terms/quota.yml:1:8  error  bad-yaml\n")
    assert said.endswith(
        "1 problem in 1 file: 1 error. Mend it first: a file that cannot be read may hold references. Nothing was changed.\n"
    )
    assert texts(config.parent) == before


@pytest.mark.parametrize("stopped_at", range(1, 14, 3))
def test_what_was_interrupted_is_finished_by_the_next_command(
    stopped_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = copy_specimen(tmp_path / "whole")
    assert commands.main(["-f", str(whole), "rename", "price-cap", "oil-price-cap"]) == 0
    config = copy_specimen(tmp_path / "stopped")
    written: list[Path] = []
    write_whole = journal.write_whole

    def stopping(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) > stopped_at:
            raise KeyboardInterrupt
        write_whole(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "write_whole", stopping)
        assert commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"]) == 130
    capsys.readouterr()
    assert commands.main(["-f", str(config), "check", *DAYS]) == 0
    assert (
        capsys.readouterr().err == "“rename price-cap oil-price-cap” was interrupted; it is finished now.\n"
    )
    assert texts(config.parent) == texts(whole.parent)
    assert not journal.is_open(config.parent)


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.003, 0.006, 0.01, 0.02, 0.04])
def test_a_renaming_that_was_killed_while_it_wrote_is_finished_by_the_next_command(
    wait: float, tmp_path: Path
) -> None:
    whole = copy_specimen(tmp_path / "whole")
    assert commands.main(["-f", str(whole), "rename", "price-cap", "oil-price-cap"]) == 0
    config = copy_specimen(tmp_path / "killed")
    line = [sys.executable, "-m", "factbook", "-f", str(config), "rename", "price-cap", "oil-price-cap"]
    running = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not journal.is_open(config.parent):
        time.sleep(0.0005)
    time.sleep(wait)  # somewhere in the writing, or after it: what follows holds wherever it was
    running.kill()
    running.wait()
    assert commands.main(["-f", str(config), "check", *DAYS]) == 0
    assert texts(config.parent) == texts(whole.parent)
    assert not journal.is_open(config.parent)
    assert [path for path in config.parent.rglob(".*.new") if path.parent.name != ".cache"] == []


def test_interrupted_before_anything_was_written_it_never_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = copy_specimen(tmp_path / "stopped")
    before = texts(config.parent)

    def stopping(path: Path, data: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal, "write_whole", stopping)
        assert commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"]) == 130
    assert commands.main(["-f", str(config), "check", *DAYS]) == 0
    assert texts(config.parent) == before


def test_a_file_that_was_changed_in_between_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = copy_specimen(tmp_path / "stopped")
    with monkeypatch.context() as patched:
        patched.setattr(journal, "finish", lambda root: None)
        commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"])
    term = config.parent / "content/terms/ceiling.yml"
    mine = term.read_text(encoding="utf-8") + "note: Changed since.\n"
    term.write_text(mine, encoding="utf-8")
    capsys.readouterr()
    assert commands.main(["-f", str(config), "check", *DAYS]) == 1
    said = capsys.readouterr()
    assert said.err == (
        "“rename price-cap oil-price-cap” was interrupted; it is finished now.\n"
        "content/terms/ceiling.yml was changed in between and is left as it is; “build.py check” says what to mend.\n"
    )
    assert 'It is now called "oil-price-cap".' in said.out
    assert term.read_text(encoding="utf-8") == mine


def test_a_journal_that_strangers_wrote_touches_nothing_else(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    before = texts(tmp_path)
    (config.parent / ".cache").mkdir(exist_ok=True)
    for path in ("../stray.yml", "/stray.yml", "content/stray.py", "build.py"):
        steps = [{"path": path, "before": None, "after": "x"}]
        (config.parent / ".cache" / journal.NAME).write_text(
            json.dumps({"what": "x", "steps": steps}), encoding="utf-8"
        )
        assert journal.finish(config.parent) is None
        assert not journal.is_open(config.parent)
    assert texts(tmp_path) == before


def test_a_capture_that_lies_where_the_new_one_goes_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = copy_specimen(tmp_path / "specimen")
    (config.parent / "content/captures/new-id.txt").write_text("Somebody's.", encoding="utf-8")
    before = texts(config.parent)
    assert commands.main(["-f", str(config), "rename", "reg-2022-17", "new-id"]) == 2
    assert capsys.readouterr().err.startswith("content/captures/new-id.txt exists already.")
    assert texts(config.parent) == before


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    term = config.parent / "content/terms/ceiling.yml"
    data = b"\xef\xbb\xbf" + term.read_bytes().replace(b"\n", b"\r\n")
    term.write_bytes(data)
    assert commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"]) == 0
    assert term.read_bytes() == data.replace(b"- price-cap", b"- oil-price-cap")


def test_the_old_address_leads_to_the_new_one(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    assert commands.main(["-f", str(config), "rename", "price-cap", "oil-price-cap"]) == 0
    settings, _ = read_settings(config)
    assert settings is not None
    sheet = next(sheet for sheet in load(settings).sheets if sheet.id == "oil-price-cap")
    assert sheet.sheet.former_ids == ("price-cap",)


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a publication."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".cache" not in file.parts
    }
