"""What reading the history costs: a publication of any size in a repository of any number of commits.

    .venv/bin/python -m bench.history --sheets 10000 --commits 1000 /dev/shm/history

Each commit after the first changes five events: a title, a fact's words or a day of review. Measured are a cold history (no cache),
the same with one commit more, and from the cache; and with `--build` a cold build without search, which the history is held
against: it is to cost at most half of it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import sheets
from factbook import history
from factbook.catalogue import join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load

EACH = 5
"""Sheets that a commit changes."""


def stream(folder: Path, commits: int) -> Iterator[bytes]:
    """The repository in the words of `git fast-import`: founding, ledger, then one change after the other."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("content", "briefings")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }
    files["permalinks.txt"] = b""
    yield from _commit(0, files)
    events = sorted(path for path in files if path.startswith("content/events/"))
    for number in range(1, commits):
        changed = {}
        for turn in range(EACH):
            path = events[(number * EACH * 7 + turn * 13) % len(events)]
            files[path] = changed[path] = _changed(files[path], number)
        yield from _commit(number, changed)


def _changed(text: bytes, number: int) -> bytes:
    """A sheet in which something is not what it was."""
    lines = text.split(b"\n")
    for at, line in enumerate(lines):
        if line.startswith(b"title: "):
            lines[at] = (
                b"title: " + f"Turn {number} of ".encode() + line[7:].rpartition(b" of ")[2].strip(b"\"'")
            )
            break
    return b"\n".join(lines)


def _commit(number: int, files: dict[str, bytes]) -> Iterator[bytes]:
    yield f"commit refs/heads/main\ncommitter A <a@example.org> {1790000000 + number * 3600} +0000\ndata 1\n.\n".encode()
    for path, data in files.items():
        yield f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def import_into(folder: Path, commits: int) -> None:
    """Makes the folder a repository with that many commits, its files as the last of them left them."""
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE) as importing:
        assert importing.stdin is not None  # noqa: S101  (it was asked for)
        for part in stream(folder, commits):
            importing.stdin.write(part)
    subprocess.run(["git", "reset", "-q", "--hard", "main"], cwd=folder, check=True)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sheets", type=int, default=10000)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--build", action="store_true", help="also a cold build without search")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    shutil.rmtree(asked.folder, ignore_errors=True)
    sheets.write(asked.sheets, asked.folder)
    import_into(asked.folder, asked.commits)
    settings, _ = read_settings(asked.folder / "mkdocs.yml")
    if settings is None:
        return 1
    catalogue, _ = join(load(settings))
    for case in ("cold", "from the cache"):
        start, cpu = time.perf_counter(), time.process_time()
        found = history.read(settings, catalogue)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(
            f"history, {case}: {wall:.2f} s ({cpu:.2f} s of CPU, git's not counted), {len(found.changes)} changes, {found.reach}"
        )
    if asked.build:
        shutil.rmtree(asked.folder / ".cache", ignore_errors=True)
        start = time.perf_counter()
        subprocess.run(
            [
                sys.executable,
                "build.py",
                "-f",
                str(asked.folder / "mkdocs.yml"),
                "--no-search",
                "--site-dir",
                str(asked.folder / "site"),
            ],
            check=True,
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.DEVNULL,
        )
        print(f"build, cold, history included: {time.perf_counter() - start:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
