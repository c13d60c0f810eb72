"""`build.py diff A..B`: what a proposal does to facts, in full."""

from pathlib import Path

import pytest

from factbook.commands import main
from factbook.commands.diff import in_words
from tests.publications import CASES, read_case
from tests.repositories import commit_all, git, write_commits


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    """A repository in which a term was changed with a reason, a threshold without one, a sheet came and a sheet went."""
    config = write_commits({"start_from": "lamps", "commits": [{"day": "2026-10-01"}]}, tmp_path)
    git(tmp_path, "tag", "first")
    git(tmp_path, "checkout", "-q", "-b", "proposal")
    measure, term = tmp_path / "content/measures/lamp-ban.yml", tmp_path / "content/terms/lamp.yml"
    measure.write_text(measure.read_text().replace("amount: 500", "amount: 700"), encoding="utf-8")
    note = "changes:\n  - {day: 2026-10-05, anchor: definition, kind: changed, weight: minor, reason: Clearer.}\n"
    term.write_text(term.read_text().replace("gives light", "glows") + note, encoding="utf-8")
    wick = (
        "title: Wick\ndefinition: What *burns* in a [[lamp]].\nverified: 2026-10-05\nreview_by: 2027-10-05\n"
    )
    (tmp_path / "content/terms/wick.yml").write_text(wick, encoding="utf-8")
    (tmp_path / "content/sources/mirror.yml").unlink()
    commit_all(tmp_path, "2026-10-05")
    return config


def run(config: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["diff", "-f", str(config), "--as-of", "2026-11-22", *words])
    said = capsys.readouterr()
    return status, (said.out + said.err).strip()


def test_what_a_proposal_does(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lamps.parent
    old, new = (git(root, "rev-parse", name)[:12] for name in ("first", "HEAD"))
    assert run(lamps, capsys, "first..HEAD") == (
        0,
        f"""\
~ content/measures/lamp-ban.yml  Ban on lamps for Borland
    ~ provision sales: threshold: [-500-] {{+700+}} (no reason in changes)

- content/sources/mirror.yml  Lamps in the news, 8 facts

~ content/terms/lamp.yml  Lamp
    ~ definition: A thing that [-gives light.-] {{+glows.+}} (with its reason)

+ content/terms/wick.yml  Wick, 2 facts

Facts: 2 added, 2 changed, 8 removed, in 4 sheets, from {old} to {new}.
Pages: measures/lamp-ban/, sources/mirror/, terms/lamp/, terms/wick/; \
3 refer to them: statements/ann-lee-2021-03-02-lamps/, statements/bob-ray-2021-03-03-lamps/, lamps/""",
    )


def test_the_same_for_a_proposal_shows_a_sheet_s_words_as_words(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    term = lamps.parent / "content/terms/wick.yml"
    term.write_text(
        term.read_text().replace("[[lamp]]", "[x](https://example.org) <b>lamp</b>"), encoding="utf-8"
    )
    commit_all(lamps.parent, "2026-10-06")
    status, said = run(lamps, capsys, "HEAD~1..HEAD", "--format", "markdown")
    assert status == 0
    assert said.startswith("### Facts\n\nFacts: 0 added, 1 changed, 0 removed, in 1 sheet, from ")
    assert r"~~\[\[lamp\]\].~~ **\[x\]\(https://example.org\) \<b\>lamp\</b\>.**" in said


def test_three_dots_compare_with_where_a_branch_began(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lamps.parent
    git(root, "checkout", "-q", "main")
    regime = root / "content/regimes/lamp-act.yml"
    regime.write_text(regime.read_text().replace("title: Lamp Act", "title: Act on Lamps"), encoding="utf-8")
    commit_all(root, "2026-10-07")
    assert "Act on Lamps" in run(lamps, capsys, "main..proposal")[1]
    assert "Act on Lamps" not in run(lamps, capsys, "main...proposal")[1]


def test_a_layout_is_no_difference(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    term = lamps.parent / "content/terms/wick.yml"
    term.write_text(term.read_text().replace("title: Wick", "# a comment\ntitle: 'Wick'"), encoding="utf-8")
    new = commit_all(lamps.parent, "2026-10-06")[:12]
    old = git(lamps.parent, "rev-parse", "HEAD~1")[:12]
    assert run(lamps, capsys, "HEAD~1..") == (0, f"No fact differs between {old} and {new}.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("frist..HEAD", 'There is no revision "frist" here. Did you mean "first"?'),
        ("first..HAED", 'There is no revision "HAED" here.'),
        ("first", 'Two revisions are compared: write "first..HEAD".'),
        ("first..--output=x", 'There is no revision "--output=x" here.'),
    ],
)
def test_a_mistyped_revision_is_said(
    words: str, said: str, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lamps, capsys, words) == (2, said)


def test_a_clone_that_is_cut_short_is_told_how_to_get_the_rest(
    lamps: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("clones") / "shallow"
    git(lamps.parent, "clone", "-q", "--depth=1", f"file://{lamps.parent}", str(folder))
    assert run(folder / "mkdocs.yml", capsys, "HEAD~1..HEAD") == (
        2,
        'There is no revision "HEAD~1" here; this clone holds only a part of the history. '
        "Run “git fetch --unshallow”, or give actions/checkout “fetch-depth: 0”.",
    )


def test_a_folder_without_git_is_said(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lamps.parent / ".git").rename(lamps.parent.parent / "away")
    assert run(lamps, capsys, "first..HEAD") == (
        2,
        "There is no git repository here, or nothing was committed yet: “diff” compares two commits.",
    )


def test_a_version_that_cannot_be_read_is_named(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lamps.parent / "content/terms/wick.yml").write_text("title: [Wick\n", encoding="utf-8")
    commit_all(lamps.parent, "2026-10-06")
    assert (
        "Not compared, because a version cannot be read: content/terms/wick.yml."
        in run(lamps, capsys, "HEAD~1..HEAD")[1]
    )


def test_a_renamed_sheet_is_compared_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = read_case(CASES / "history" / "a-sheet-of-another-name.yml")
    status, said = run(write_commits(case, tmp_path), capsys, "HEAD~1..HEAD")
    assert status == 0
    assert "~ definition: A thing that gives {+much+} light. (no reason in changes)" in said
    assert "content/terms/lamp.yml" not in said


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("provisions.sales.threshold", "provision sales: threshold"),
        ("short-answer", "short answer"),
        ("status.in-force-2021-03-01.by", "status in-force-2021-03-01: by"),
        ("", ""),
    ],
)
def test_an_anchor_in_words(anchor: str, words: str) -> None:
    assert in_words(anchor) == words
