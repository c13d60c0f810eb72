"""The day that a build holds for."""

from datetime import date
from pathlib import Path

import pytest

from factbook.history import commit_day, resolve_as_of
from factbook.problems import Problem
from tests.repositories import git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "lamp.yml").write_text("title: Lamp\n", encoding="utf-8")
    git(tmp_path, "add", "lamp.yml")
    day = "2026-03-05T23:30:00-02:00"
    git(
        tmp_path,
        "commit",
        "-q",
        "-m",
        "A lamp",
        GIT_COMMITTER_DATE=day,
        GIT_AUTHOR_DATE="2020-01-01T00:00:00Z",
    )
    return tmp_path


def test_a_clean_tree_has_the_day_of_its_commit_in_utc(repository: Path) -> None:
    assert commit_day(repository) == date(2026, 3, 6)


def test_a_changed_tree_has_no_day(repository: Path) -> None:
    (repository / "lamp.yml").write_text("title: Candle\n", encoding="utf-8")
    assert commit_day(repository) is None


def test_a_tree_with_a_new_sheet_has_no_day(repository: Path) -> None:
    (repository / "candle.yml").write_text("title: Candle\n", encoding="utf-8")
    assert commit_day(repository) is None


def test_a_folder_without_commits_has_no_day(tmp_path: Path) -> None:
    assert commit_day(tmp_path) is None
    git(tmp_path, "init", "-q")
    assert commit_day(tmp_path) is None


def test_a_machine_without_git_has_no_day(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    assert commit_day(repository) is None


def test_the_day_asked_for_comes_first(repository: Path) -> None:
    assert resolve_as_of("2020-12-13", repository, {"SOURCE_DATE_EPOCH": "0"}) == date(2020, 12, 13)


def test_then_the_day_of_the_environment(repository: Path) -> None:
    assert resolve_as_of(None, repository, {"SOURCE_DATE_EPOCH": "1795305599"}) == date(2026, 11, 21)
    assert resolve_as_of(None, repository, {"SOURCE_DATE_EPOCH": "1795305600"}) == date(2026, 11, 22)


def test_then_the_day_of_the_commit(repository: Path) -> None:
    assert resolve_as_of(None, repository, {}) == date(2026, 3, 6)


def test_then_the_day_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factbook.history.day.commit_day", lambda root: None)
    found = resolve_as_of(None, tmp_path, {})
    assert isinstance(found, date)
    assert found >= date(2026, 1, 1)


@pytest.mark.parametrize("text", ["soon", "-1", "1e9", "٣", "999999999999"])
def test_a_day_of_the_environment_that_is_none_is_said(text: str, tmp_path: Path) -> None:
    found = resolve_as_of(None, tmp_path, {"SOURCE_DATE_EPOCH": text})
    assert isinstance(found, Problem)
    assert found.code == "bad-settings"
    assert found.message == (
        f'The environment says SOURCE_DATE_EPOCH is "{text}". It is the number of seconds since 1970, '
        "in digits only, as 1795305600; unset it, or name the day with --as-of."
    )
