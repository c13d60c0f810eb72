"""What would follow if something were otherwise: told on the terminal, and nothing is changed."""

from pathlib import Path

import pytest

from factbook import commands
from tests.publications import DAY, cases, read_case, write
from tests.sites import copy_specimen, files_of
from tests.test_rereading import on_the_ground


@pytest.mark.parametrize("path", cases("what-if"))
def test_the_answer(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = read_case(path)
    config = write({"files": on_the_ground(case)}, tmp_path)
    status = commands.main(["-f", str(config), "--as-of", DAY, *case["typed"].split()])
    answer = capsys.readouterr()
    assert (answer.out, answer.err) == (case.get("said", ""), case.get("error", ""))
    assert status == int(case.get("status", "0"))


def test_nothing_is_changed_but_what_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "own")
    before = files_of(config.parent)
    line = ["what-if", "price-cap=ended", "tidewatch-2023-01-15=withdrawn"]
    assert commands.main(["-f", str(config), "--as-of", DAY, *line]) == 0
    after = {path: data for path, data in files_of(config.parent).items() if not path.startswith(".cache/")}
    assert after == before
    assert capsys.readouterr().out.endswith("Nothing was changed.\n")


def test_what_is_supposed_is_what_comes_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reasons that are foretold are those that a build gives once the sheet says so."""
    config = copy_specimen(tmp_path / "own")
    line = ["-f", str(config), "--as-of", DAY, "what-if", "price-cap#designations.lantern-oil=ended"]
    assert commands.main(line) == 0
    told = capsys.readouterr().out
    measure = config.parent / "content" / "measures" / "price-cap.yml"
    text = measure.read_text("utf-8")
    measure.write_text(text.replace("until: none-set", "until: 2026-11-23", 1), "utf-8")
    assert commands.main(["-f", str(config), "--as-of", "2026-11-23", "build", "--no-search"]) == 0
    page = (config.parent / "site/does-a-cap-make-light-cheaper/index.html").read_text("utf-8")
    assert "“Price cap: designation of Lantern Oil” has ended" in told
    assert 'designations.lantern-oil">Price cap: designation of Lantern Oil</a> has ended.' in page


def test_a_broken_publication_is_mended_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_specimen(tmp_path / "own")
    (config.parent / "content/sources/reg-2023-04.yml").write_text("title: Nothing else\n", "utf-8")
    assert commands.main(["-f", str(config), "--as-of", DAY, "what-if", "price-cap=ended"]) == 1
    assert capsys.readouterr().out.endswith("What would follow can be said once these are mended.\n")
