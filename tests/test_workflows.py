"""The workflows: they are sound, they can do no more than they must, and every command in them is run here.

The commands run word for word in a folder that looks like a checkout: our engine, the specimen's content, a history of one commit.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sites import copy_specimen

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TOOLS = Path(sys.executable).parent
DAY_OF_COMMIT = "2026-11-22T12:00:00+00:00"

GIVEN = {
    "github.event.pull_request.base.sha": "HEAD~1",
    "steps.pages.outputs.base_url": "https://example.org/repo",
    "github.server_url": "https://example.org",
    "github.repository": "somebody/repo",
    "github.event.repository.default_branch": "main",
    "github.token": "not-a-token",
}
"""What stands here for the values that a run is given."""

ELSEWHERE = {
    "Test": "it runs this very test",
    "Which outside links are dead": "in tests/test_outside_links.py, with a server of our own",
    "Prepare the look at packages": "in the test below, since it downloads",
    "Which packages have a known hole": "in the test below",
}
"""Steps that are not run in the first test of commands, and why."""


@dataclass(frozen=True)
class Step:
    """One command of a workflow."""

    workflow: str
    name: str
    script: str
    environment: dict[str, str]
    condition: str


def steps() -> Iterator[Step]:
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    given = {name: filled(str(value)) for name, value in step.get("env", {}).items()}
                    yield Step(path.name, step["name"], step["run"], given, step.get("if", ""))


def filled(text: str) -> str:
    return re.sub(r"\$\{\{\s*([^}]+?)\s*\}\}", lambda found: GIVEN[found[1]], text)


STEPS = {(step.workflow, step.name): step for step in steps()}


# --- what the workflows may do -------------------------------------------------------------------------------


def test_zizmor_finds_nothing_at_its_strictest() -> None:
    words = ["--offline", "--strict-collection", "--persona=pedantic", "--no-progress", ".github/workflows"]
    done = subprocess.run([TOOLS / "zizmor", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [str(path) for path in WORKFLOWS]),
        (
            "vendor.github-issue-forms",
            [str(p) for p in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) if p.stem != "config"],
        ),
    ],
)
def test_the_files_have_the_form_that_the_host_reads(schema: str, files: list[str]) -> None:
    assert files
    command = [TOOLS / "check-jsonschema", "--builtin-schema", schema, *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_more_rights_than_it_needs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow: dict[Any, Any] = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in text
    assert not re.search(r"\$\{\{[^}]*\bsecrets\b", text)
    rights = {
        f"{job}: {what}"
        for job, of in workflow["jobs"].items()
        for what, how in of["permissions"].items()
        if how != "read"
    }
    assert rights <= {"publish: pages", "publish: id-token", "tell: issues", "remember: contents"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_the_hosts_own_and_pinned(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action, remark in used:
        assert re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", remark), action


def test_one_deployment_at_a_time_and_none_from_a_proposal() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["publish"]["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    for name, job in jobs.items():
        if name != "build":
            assert "github.event_name != 'pull_request'" in job["if"], name
            assert "github.ref == 'refs/heads/main'" in job["if"], name


# --- every command runs --------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder as the workflows find it, with the specimen as its publication."""
    folder = copy_specimen(tmp_path / "checkout").parent
    for name in ("build.py", ".ci", "factbook", *(path.name for path in ROOT.glob("requirements*.txt"))):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".gitignore").write_text("/.cache/\n/site/\n/.site.factbook/\n/reports/\n", encoding="utf-8")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for setting in ("site_url", "edit_base", "issues_base"):
        text = re.sub(rf"(?m)^( *{setting}): .*$", rf'\1: !ENV [{setting.upper()}, ""]', text)
    config.write_text(text, encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for message in ("Before", "After"):
        (folder / "README.md").write_text(message, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", message)
    return folder


def git(folder: Path, *words: str) -> str:
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", DAY_OF_COMMIT))
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=os.environ | identity, capture_output=True, text=True, check=True
    )
    return done.stdout


def run(step: Step, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a step as the host does: bash that stops at the first failure."""
    summary = folder.parent / "summary.md"
    environment = os.environ | step.environment | {"GITHUB_STEP_SUMMARY": str(summary)} | more
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.script]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("which", [pytest.param(key, id=f"{key[0]}: {key[1]}") for key in STEPS])
def test_a_command_of_a_workflow_runs(which: tuple[str, str], checkout: Path, tmp_path: Path) -> None:
    step = STEPS[which]
    if step.name in ELSEWHERE:
        pytest.skip(ELSEWHERE[step.name])
    for needed in re.findall(r"hashFiles\('([^']*)'\)", step.condition):
        if not (ROOT / needed).exists():
            pytest.skip(f"{needed} is not there, so the step is passed over")
    (checkout / "reports").mkdir(exist_ok=step.name != "Begin the reports")
    if step.name == "Begin the reports":
        (checkout / "reports").rmdir()
    (checkout / "ledger").mkdir()
    shutil.copy(checkout / "permalinks.txt", checkout / "ledger")
    done = run(step, checkout, PATH=f"{fake_gh(tmp_path)}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_site_is_built_for_the_address_that_pages_gave(checkout: Path) -> None:
    done = run(STEPS["pages.yml", "Build the site"], checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (checkout / "site/measures/price-cap/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://example.org/repo/measures/price-cap/"' in page
    assert "https://example.org/somebody/repo/edit/main/content/measures/price-cap.yml" in page
    assert "https://example.org/somebody/repo/issues/new" in page


def test_what_is_overdue_is_kept_with_its_status(checkout: Path) -> None:
    (checkout / "reports").mkdir()
    step = STEPS["weekly.yml", "What is overdue"]
    late = Step(step.workflow, step.name, step.script.replace("$(date --utc +%F)", "2030-01-01"), {}, "")
    assert run(late, checkout).returncode == 0
    assert "overdue on 2030-01-01" in (checkout / "reports/due.txt").read_text(encoding="utf-8")
    assert (checkout / "reports/due.status").read_text(encoding="utf-8") == "1\n"


@pytest.mark.full
def test_the_look_at_packages_reads_every_list(checkout: Path) -> None:
    (checkout / "reports").mkdir()
    done = run(STEPS["weekly.yml", "Prepare the look at packages"], checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    real = checkout / ".cache/audit/bin/pip-audit"
    shutil.move(real, real.with_name("real"))  # it asks a service on the network: here it only collects
    real.write_text(f'#!/bin/sh\nexec {real.with_name("real")} --dry-run "$@"\n', encoding="utf-8")
    real.chmod(0o755)
    done = run(STEPS["weekly.yml", "Which packages have a known hole"], checkout)
    said = (checkout / "reports/packages.txt").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert not (checkout / "reports/packages.status").exists(), said
    counted = re.search(r"would have audited (\d+) packages", said)
    assert counted, said
    assert int(counted[1]) > 50


# --- the weekly issue ----------------------------------------------------------------------------------------


def fake_gh(folder: Path, listed: str = "[]") -> Path:
    """A folder with a program `gh` that writes down what it is asked and answers lists with the one given."""
    place = folder / "fake"
    place.mkdir(exist_ok=True)
    (place / "listed.json").write_text(listed, encoding="utf-8")
    program = place / "gh"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "body = sys.stdin.read() if '--body-file' in sys.argv or '--input' in sys.argv else ''\n"
        "with (here / 'asked.jsonl').open('a') as log:\n"
        "    log.write(json.dumps([sys.argv[1:], body]) + '\\n')\n"
        "print((here / 'listed.json').read_text() if 'list' in sys.argv else '')\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return place


def asked(place: Path) -> list[tuple[list[str], str]]:
    log = place / "asked.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [(words, body) for words, body in map(json.loads, lines)]


def write_issue(
    folder: Path, listed: str, **reports: tuple[str, int]
) -> tuple[str, list[tuple[list[str], str]]]:
    """What the script said and asked for, given reports by name as (text, status)."""
    kept = folder / "reports"
    kept.mkdir()
    for name, (text, status) in reports.items():
        (kept / f"{name}.txt").write_text(text, encoding="utf-8")
        if status:
            (kept / f"{name}.status").write_text(f"{status}\n", encoding="utf-8")
    gh = fake_gh(folder, listed)
    done = subprocess.run(
        [sys.executable, ROOT / ".ci/weekly_issue.py", kept],
        env=os.environ | {"PATH": f"{gh}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), asked(gh)


FINE = ("", 0)


def test_the_first_report_opens_an_issue(tmp_path: Path) -> None:
    said, did = write_issue(tmp_path, "[]", due=("x.yml:1:1  review\n", 1), links=FINE, packages=FINE)
    assert said == "A new issue is open."
    assert [words[:2] for words, _ in did] == [["issue", "list"], ["label", "create"], ["issue", "create"]]
    assert did[-1][1] == (
        "This issue is written anew each week, and closed when nothing is left to do.\n\n"
        "## Overdue for review\n\n```text\nx.yml:1:1  review\n```\n\n"
        "## Outside links that are dead or changed\n\nEvery outside link that could be asked is alive.\n\n"
        "## Packages with a known hole\n\nNo known hole.\n"
    )


def test_the_next_report_writes_the_same_issue_anew(tmp_path: Path) -> None:
    said, did = write_issue(tmp_path, '[{"number": 7}]', due=("late", 1), links=FINE, packages=FINE)
    assert said == "Issue 7 is written anew."
    assert did[-1][0] == ["issue", "edit", "7", "--body-file", "-"]


def test_the_issue_is_closed_when_all_is_well(tmp_path: Path) -> None:
    said, did = write_issue(tmp_path, '[{"number": 7}]', due=FINE, links=FINE, packages=FINE)
    assert said == "Issue 7 is closed: nothing is left to do."
    assert did[-1][0][:3] == ["issue", "close", "7"]


def test_nothing_is_opened_when_all_is_well(tmp_path: Path) -> None:
    said, did = write_issue(tmp_path, "[]", due=FINE, links=FINE, packages=FINE)
    assert said == "Nothing to tell."
    assert len(did) == 1


def test_a_look_that_failed_is_told(tmp_path: Path) -> None:
    _, did = write_issue(tmp_path, "[]", due=FINE, links=("The machine failed.", 3))
    assert "The look itself failed (status 3).\n\n```text\nThe machine failed." in did[-1][1]
    assert "The look itself failed (status 3).\n\n```text\nThe step did not run." in did[-1][1]


def test_what_is_reported_cannot_leave_its_fences_or_fill_the_issue(tmp_path: Path) -> None:
    text = "``` @everyone\n````\n" + "a line\n" * 9000
    _, did = write_issue(tmp_path, "[]", due=(text, 1), links=(text, 1), packages=(text, 1))
    body = did[-1][1]
    assert len(body) < 65536
    assert body.count("\n`````text\n") == 3
    assert body.count("\n`````\n") == 3
    assert "and more" in body


# --- the ledger ----------------------------------------------------------------------------------------------


def record(checkout: Path, text: str) -> tuple[subprocess.CompletedProcess[str], list[tuple[list[str], str]]]:
    """What the step that records addresses said and asked for, when the build left this ledger."""
    (checkout / "ledger").mkdir()
    (checkout / "ledger/permalinks.txt").write_text(text, encoding="utf-8")
    gh = fake_gh(checkout.parent)
    step = STEPS["pages.yml", "Record new addresses"]
    return run(step, checkout, PATH=f"{gh}:{os.environ['PATH']}"), asked(gh)


def test_new_addresses_are_committed_in_place_of_the_ledger_that_was_built_from(checkout: Path) -> None:
    text = (checkout / "permalinks.txt").read_text(encoding="utf-8") + "/terms/roof/\n"
    done, did = record(checkout, text)
    assert done.stdout == "Recorded: 1 new.\n"
    ((words, body),) = did
    assert words == ["api", "--method", "PUT", "repos/{owner}/{repo}/contents/permalinks.txt", "--input", "-"]
    sent = json.loads(body)
    assert sent["branch"] == "main"
    assert sent["message"] == "Record 1 published address"
    assert sent["sha"] == git(checkout, "rev-parse", "HEAD:permalinks.txt").strip()
    assert base64.b64decode(sent["content"]).decode() == text


def test_nothing_is_committed_when_nothing_is_new(checkout: Path) -> None:
    done, did = record(checkout, (checkout / "permalinks.txt").read_text(encoding="utf-8"))
    assert done.stdout == "The ledger holds every address already.\n"
    assert did == []


def test_a_ledger_that_lost_lines_is_never_committed(checkout: Path) -> None:
    done, did = record(checkout, "/terms/roof/\n")
    assert done.returncode == 1
    assert "lost lines" in done.stderr
    assert did == []
