"""Asks git, and only here: what it answers as text or bytes, or None where it cannot be asked.

Nothing changes the repository, takes a lock, runs a hook or asks another machine; what a person has configured for themselves
does not change an answer. What the answers mean is for the modules beside this one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from factbook.frozen import frozen

_ALWAYS = (
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.follow=false"),
    *("-c", "diff.ignoreSubmodules=all"),
)


SURROUNDINGS = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""What git is given beside the environment."""


def ask(root: Path, *words: str, given: bytes | None = None, seconds: int = 60) -> bytes | None:
    """What git answers in a folder, or None where it cannot be asked or refuses."""
    line = command(root, words)
    environment = {**os.environ, **SURROUNDINGS}
    try:
        done = subprocess.run(
            line, capture_output=True, check=False, timeout=seconds, input=given, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def ask_text(root: Path, *words: str) -> str | None:
    """The same as text, without blanks around it."""
    return _as_text(ask(root, *words))


def _as_text(answer: bytes | None) -> str | None:
    return None if answer is None else answer.decode("utf-8", "replace").strip()


def command(root: Path, words: Iterable[str]) -> tuple[str, ...]:
    """The whole command of a question in a folder."""
    return ("git", *_ALWAYS, "-C", str(root), *words)


_STATE: dict[tuple[str, ...], list[bytes | None]] = {}
"""What this process asked about what is checked out, with the different answers."""


def ask_of_state(root: Path, *words: str) -> bytes | None:
    """What git answers to a question about what is checked out, on which all its other answers depend; it is remembered."""
    answer = ask(root, *words)
    told = _STATE.setdefault(command(root, words), [])
    if answer not in told:
        told.append(answer)
    return answer


def state_as_text(root: Path, *words: str) -> str | None:
    """The same as text, without blanks around it."""
    return _as_text(ask_of_state(root, *words))


def state(root: Path) -> dict[tuple[str, ...], bytes | None] | None:
    """The questions of `ask_of_state` as whole commands, with the answers; None where one was answered in two ways."""
    here = command(root, ())
    told = {line: answers for line, answers in _STATE.items() if line[: len(here)] == here}
    if any(len(answers) > 1 for answers in told.values()):
        return None
    return {line: answers[0] for line, answers in told.items()}


@frozen
class Repository:
    """The repository that a publication lies in."""

    root: Path
    """The folder of the publication."""
    head: str
    """The commit that is checked out."""
    prefix: str
    """The way from the top of the repository to the publication, as `docs/`; empty at the top."""
    shallow: bool
    """Whether the clone is cut short."""


def repository(root: Path) -> Repository | None:
    """The repository of a folder; None where there is none, or nothing was ever committed."""
    answer = ask_of_state(root, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD^{commit}")
    if answer is None:
        return None
    shallow, prefix, head = answer.decode("utf-8", "replace").split("\n")[:3]
    return Repository(root, head, prefix, shallow == "true")


@frozen
class Touched:
    """One file that a commit added, changed or removed."""

    path: str
    """From the folder of the publication."""
    before: str
    """The name of its text before; empty where it is new."""
    after: str
    """The name of its text after; empty where it is gone."""


@frozen
class Commit:
    """One step of what was published, against the one before."""

    id: str
    seconds: int
    """When it was committed, in seconds since 1970."""
    touched: tuple[Touched, ...]
    """By path."""


_TEXTS = ("100644", "100755")
_NOTHING = "0" * 40
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")


def commits(repository: Repository, paths: Iterable[str], *, after: str = "") -> list[Commit] | None:
    """Every commit that touched the paths, the first first; only those later than `after`, where that is given.

    Of a merge, what it brought as a whole: readers saw the branch only when it was merged.
    """
    answer = ask(
        repository.root,
        *("log", "--reverse", "--first-parent", "--diff-merges=first-parent", "--format=%x01%H %ct"),
        *_RAW,
        f"{after}..{repository.head}" if after else repository.head,
        "--",
        *(f"{path}" for path in paths),
        seconds=600,
    )
    if answer is None:
        return None
    found = []
    for part in answer.split(b"\x01")[1:]:
        head, _, rest = part.partition(b"\0")
        id, _, seconds = head.decode().strip().partition(" ")
        found.append(Commit(id, int(seconds), _touched(rest, repository.prefix)))
    return found


def between(repository: Repository, old: str, new: str, paths: Iterable[str]) -> tuple[Touched, ...] | None:
    """What differs between two commits."""
    words = ("diff-tree", "-r", *_RAW, old, new, "--", *paths)
    answer = ask(repository.root, *words, seconds=600)
    return None if answer is None else _touched(answer, repository.prefix)


def unsaved(root: Path, paths: Iterable[str]) -> list[str]:
    """The files below some paths that the last commit holds otherwise, from the folder."""
    words = ("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "HEAD", "--", *paths)
    answer = ask(root, *words)
    return sorted(filter(None, (answer or b"").decode("utf-8", "replace").split("\0")))


def _touched(raw: bytes, prefix: str) -> tuple[Touched, ...]:
    found = []
    fields = raw.lstrip(b"\n").split(b"\0")
    for what, name in zip(fields[::2], fields[1::2], strict=False):
        parts = what.decode().lstrip("\n:").split(" ")
        if len(parts) != 5:
            continue
        old_mode, new_mode, before, after, _ = parts
        path = name.decode("utf-8", "replace")
        if path.startswith(prefix):
            found.append(
                Touched(
                    path.removeprefix(prefix),
                    before if old_mode in _TEXTS and before.strip("0") else "",
                    after if new_mode in _TEXTS and after.strip("0") else "",
                )
            )
    return tuple(sorted(found, key=lambda each: each.path))


def texts(repository: Repository, names: Iterable[str]) -> dict[str, bytes]:
    """The texts of some names, from one process; those that this clone lacks are not among them."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    given = "\n".join(wanted).encode() + b"\n"
    answer = ask(repository.root, "cat-file", "--batch", given=given, seconds=600)
    found: dict[str, bytes] = {}
    at = 0
    while answer is not None and at < len(answer):
        end = answer.index(b"\n", at)
        parts = answer[at:end].decode().split(" ")
        at = end + 1
        if len(parts) != 3:  # "NAME missing"
            continue
        size = int(parts[2])
        if parts[1] == "blob":
            found[parts[0]] = answer[at : at + size]
        at += size + 1
    return found


def is_on_the_way(repository: Repository, commit: str) -> bool:
    """Whether a commit is one of the steps that led to the present one."""
    answer = ask(repository.root, "rev-list", "--first-parent", repository.head)
    return answer is not None and commit.encode() in answer.split()
