"""Small repositories: what the commits of a case do to a publication, one after the other, each on its day.

A case in `tests/cases/history/` starts from a publication in `tests/cases/base/`. `commits` says for each commit its `day` and
what it does (`files`, `change`, `remove`, as in other cases), `uncommitted` what lies changed in the folder after the last.
"""

import subprocess
from pathlib import Path
from typing import Any

from tests.publications import CASES, changed, read_case


def git(root: Path, *words: str, **environment: str) -> str:
    """What git answers in a folder, with nothing of the machine's own settings."""
    identity = (
        "-c",
        "user.name=An Editor",
        "-c",
        "user.email=editor@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    done = subprocess.run(
        ["git", *identity, *words],
        cwd=root,
        check=True,
        capture_output=True,
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            **environment,
        },
    )
    return done.stdout.decode().strip()


def commit_all(root: Path, day: str, message: str = "A step") -> str:
    """Commits all there is on a day, at noon (UTC); returns the id of the commit, the same in every run."""
    at = f"{day}T12:00:00Z"
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message, GIT_COMMITTER_DATE=at, GIT_AUTHOR_DATE=at)
    return git(root, "rev-parse", "HEAD")


def write_commits(case: dict[str, Any], root: Path) -> Path:
    """Makes the repository of a case; returns the configuration file of its publication."""
    files: dict[str, str] = {".gitignore": ".cache/\nschemas/\n"}
    files |= read_case(CASES / "base" / f"{case['start_from']}.yml")["files"]
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    for step in case["commits"]:
        files = put(root, files, step)
        commit_all(root, step["day"])
    put(root, files, case.get("uncommitted", {}))
    return root / "mkdocs.yml"


def put(root: Path, before: dict[str, str], step: dict[str, Any]) -> dict[str, str]:
    """Writes what the files are after a step; those that it takes away are gone."""
    after = changed(before, step)
    for path in before.keys() - after.keys():
        (root / path).unlink()
    for path, text in after.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return after
