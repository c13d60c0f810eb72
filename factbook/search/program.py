"""Pagefind as a program: documents in, the files of an index out. What its files hold is left to `opening`."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

_OPTIONS = (
    "--force-language",
    "en",
    "--exclude-selectors",
    "figure, .fb-section__title, .fb-section:not(.fb-prose) > h2, .fb-mark, .fb-cites, .fb-cite__label, .fb-chain",
    "--quiet",
)
"""Charts say over again what stands beside them. Headings that the templates give to every page of a kind, and marks, say nothing
about one; the headings of a briefing are its own."""
_ONE_AT_A_TIME = {"RAYON_NUM_THREADS": "1"}
"""Several indexes are made beside each other, each by one thread."""
OF_THE_PROGRAM = ("pagefind.js", "wasm.en.pagefind")
"""What a reader's browser fetches besides an index; Pagefind's own interfaces are left out, for ours is `scripts/searching.js`."""
ENTRY = "pagefind-entry.json"
"""What a browser asks for first: which index there is."""
_ANY = b'<!doctype html><html lang="en"><body><article data-pagefind-body>any</article></body></html>'
_SHARED_MEMORY = "/dev/shm"  # noqa: S108  only looked for; the folder inside gets a name of its own
_ROOM = 256 << 20
"""Bytes of memory that a shard can never need."""
_NO_WORD = "directory passed to Pagefind was empty or did not contain any html files"


class SearchError(Exception):
    """Pagefind could not be run or gave up; the text is for people."""


def which() -> str:
    """The program with its version and how it is asked."""
    return f"{version('pagefind_bin')} {_OPTIONS}"


def of_the_program() -> dict[str, bytes]:
    """The files that are the same whatever is indexed, with the entry of an index that is none."""
    files = indexed({"any.html": _ANY})
    return {name: files[name] for name in (*OF_THE_PROGRAM, ENTRY)}


def indexed(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file that Pagefind makes of some documents, which have the names of pages; none where they hold no word at all.

    Raises `SearchError`.
    """
    with tempfile.TemporaryDirectory(prefix="factbook-search-", dir=_memory()) as name:
        folder, output = Path(name, "pages"), Path(name, "pagefind")
        for page, data in documents.items():
            path = folder / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = [str(binary()), "--site", str(folder), "--output-path", str(output), *_OPTIONS]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                cwd=name,
                env=os.environ | _ONE_AT_A_TIME,
            )
        except OSError as error:
            raise SearchError(
                f"The search program Pagefind cannot be run: {error.strerror or error}."
            ) from error
        if done.returncode and _NO_WORD in done.stderr:
            return {}
        if done.returncode or not (output / "pagefind.js").is_file():
            said = (done.stderr or done.stdout).strip().splitlines()[-3:]
            raise SearchError(
                f"The search program Pagefind gave up (exit {done.returncode}). {' '.join(said)}".strip()
                + " The build can go on without it: --no-search."
            )
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.name in (*OF_THE_PROGRAM, ENTRY) or path.suffix.startswith(".pf_")
        }


def _memory() -> str | None:
    """A folder that lies in memory, where the system has one with room; else the system's own for passing files."""
    with contextlib.suppress(OSError, AttributeError):  # not every system can tell
        found = os.statvfs(_SHARED_MEMORY)
        if os.access(_SHARED_MEMORY, os.W_OK) and found.f_bavail * found.f_frsize > _ROOM:
            return _SHARED_MEMORY
    return None


def binary() -> Path:
    """Where the program lies. Raises `SearchError`."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            "The search program Pagefind is not installed here. Remove the folder .venv and run again, "
            "or build without search: --no-search."
        ) from error
