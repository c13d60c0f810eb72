"""What changed, fact by fact: what the history of small repositories tells, and what wants a reason."""

from pathlib import Path

import pytest

from factbook import history
from factbook.model.change import Change, Words
from factbook.problems import in_order
from factbook.publication import Content, read_and_check
from tests.publications import DAY, as_read, cases, read_case
from tests.repositories import commit_all, git, write_commits

LAMPS = {"start_from": "lamps", "commits": [{"day": "2026-10-01"}]}


def in_short(change: Change) -> str:
    """A change on one line, with what it was and is."""
    head = f"{change.day} {change.collection}/{change.sheet} {change.anchor}: {change.kind}, {change.weight}"
    edits = [f"{said(e.was)} → {said(e.now)}" for e in change.edits]
    more = [f"{e.anchor}: " if len(edits) > 1 or e.anchor != change.anchor else "" for e in change.edits]
    told = [f"{where}{what}" for where, what in zip(more, edits, strict=True)]
    return "; ".join([head, *told, *([change.reason] if change.reason else [])])


def said(words: Words) -> str:
    return ", ".join(f"{name} “{text}”" for name, text in words) or "–"


def read(config: Path) -> Content:
    return read_and_check(config, as_of=DAY)


@pytest.mark.parametrize("path", cases("history"))
def test_the_history_of_a_publication(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    content = read(write_commits(case, tmp_path))
    told = [in_short(change) for change in content.history.changes if not change.founds]
    assert told == case.get("changes", [])
    assert sum(change.founds for change in content.history.changes) == int(case.get("founded", "17"))
    assert [as_read(problem, tmp_path) for problem in in_order(content.problems)] == case.get("problems", [])


def test_a_founding_is_one_change_and_says_which_commit_brought_it(tmp_path: Path) -> None:
    content = read(write_commits(LAMPS, tmp_path))
    founding = content.history.of("lamp-ban")
    assert [in_short(change) for change in founding] == ["2026-10-01 measures/lamp-ban sheet: added, major"]
    assert founding[0].commit == git(tmp_path, "rev-parse", "HEAD")


def test_the_newest_change_stands_first(tmp_path: Path) -> None:
    case = read_case(Path(__file__).parent / "cases/history/a-value-that-changed-without-a-word.yml")
    days = [change.day for change in read(write_commits(case, tmp_path)).history.changes]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1


def test_what_was_kept_tells_the_same_as_reading_anew(tmp_path: Path) -> None:
    for path in cases("history"):
        case = read_case(path.values[0])
        folder = tmp_path / str(path.id)
        warm: list[Change] = []
        for number in range(1, len(case["commits"]) + 1):
            once = write_commits(
                {**case, "commits": case["commits"][:number], "uncommitted": {}}, folder / str(number)
            )
            cold = read(once).history
            cache = folder / str(number) / ".cache/history.pickle"
            assert cache.is_file()
            following = folder / str(number + 1) / ".cache"
            following.mkdir(parents=True)
            (following / "history.pickle").write_bytes(cache.read_bytes())  # the next one reads on from here
            again = read(once).history
            assert again == cold
            warm = list(cold.changes)
        (folder / str(len(case["commits"])) / ".cache/history.pickle").unlink()
        assert list(read(once).history.changes) == warm


def test_a_rewritten_history_is_read_anew(tmp_path: Path) -> None:
    config = write_commits(LAMPS, tmp_path)
    read(config)
    git(tmp_path, "commit", "-q", "--amend", "-m", "Lamps", GIT_COMMITTER_DATE="2026-10-02T12:00:00Z")
    assert {change.day.isoformat() for change in read(config).history.changes} == {"2026-10-02"}


def test_without_git_the_sheets_tell_what_they_know(tmp_path: Path) -> None:
    case = read_case(Path(__file__).parent / "cases/history/a-correction-with-its-reason.yml")
    config = write_commits(case, tmp_path)
    with_git = read(config)
    (tmp_path / ".git").rename(tmp_path.parent / f"{tmp_path.name}-away")
    without = read(config)
    assert without.history.reach == "none"
    assert [in_short(change) for change in without.history.changes] == [
        "2026-10-20 measures/lamp-ban provisions.sales.threshold: corrected, major; The decree says 500, not 50."
    ]
    assert without.problems == with_git.problems == ()


def test_a_clone_that_is_cut_short_is_said_and_tells_no_more_than_an_archive(tmp_path: Path) -> None:
    case = read_case(Path(__file__).parent / "cases/history/a-correction-with-its-reason.yml")
    write_commits(case, tmp_path / "whole")
    histories = []
    for depth in (1, 2):
        folder = tmp_path / str(depth)
        git(tmp_path, "clone", "-q", f"--depth={depth}", f"file://{tmp_path}/whole", str(folder))
        content = read(folder / "mkdocs.yml")
        histories.append(content.history.changes)
        assert [as_read(problem, folder) for problem in content.problems] == [
            ".git/shallow  note  shallow-clone\n"
            "  This clone holds only a part of the history, so none of it is used: pages and feeds tell what\n"
            '  changed by the lines of "changes:" alone, without old values, and leave out when a sheet came. Run\n'
            '  "git fetch --unshallow"; in a workflow, give actions/checkout "fetch-depth: 0".'
        ]
        git(folder, "fetch", "-q", "--unshallow")
        assert read(folder / "mkdocs.yml").problems == ()
    assert histories[0] == histories[1]


def test_two_clones_tell_the_same(tmp_path: Path) -> None:
    case = read_case(Path(__file__).parent / "cases/history/a-correction-with-its-reason.yml")
    config = write_commits(case, tmp_path / "one")
    git(tmp_path, "clone", "-q", str(tmp_path / "one"), str(tmp_path / "two"))
    assert read(config).history == read(tmp_path / "two" / "mkdocs.yml").history


def test_a_publication_in_a_folder_of_its_repository_has_its_own_history(tmp_path: Path) -> None:
    write_commits(LAMPS, tmp_path / "lamps")
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    (tmp_path / "lamps" / ".git").rename(tmp_path / "away")
    (tmp_path / "lamps").rename(top / "docs")
    (top / "content").mkdir()
    (top / "content" / "noise.yml").write_text("title: noise\n", encoding="utf-8")
    commit_all(top, "2026-10-03")
    found = read(top / "docs" / "mkdocs.yml").history.changes
    assert len(found) == 17
    assert {change.day.isoformat() for change in found} == {"2026-10-03"}


def test_a_merge_is_one_step(tmp_path: Path) -> None:
    config = write_commits(LAMPS, tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "branch")
    term = tmp_path / "content/terms/lamp.yml"
    for day, words in (("2026-10-05", "gives off"), ("2026-10-06", "sheds")):
        term.write_text(term.read_text().replace("gives", words, 1), encoding="utf-8")
        commit_all(tmp_path, day)
    git(tmp_path, "checkout", "-q", "main")
    git(
        tmp_path,
        *("merge", "-q", "--no-ff", "-m", "Words", "branch"),
        GIT_COMMITTER_DATE="2026-10-09T12:00:00Z",
        GIT_AUTHOR_DATE="2026-10-09T12:00:00Z",
    )
    told = [in_short(change) for change in read(config).history.of("lamp")]
    assert told == [
        "2026-10-09 terms/lamp definition: changed, minor; "
        "definition “A thing that gives light.” → definition “A thing that sheds off light.”",
        "2026-10-01 terms/lamp sheet: added, minor",
    ]


def test_a_machine_without_git_reads_the_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = write_commits(LAMPS, tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert read(config).history.reach == "none"
    assert history.git.repository(tmp_path) is None
