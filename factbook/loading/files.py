"""Files as text, or the reason why not: size, kind and encoding are checked before anything reads them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from factbook.problems import Place, Problem

SHEET_SIZE = 256 * 1024
"""Bytes; a sheet beyond it is refused unread (design, safety)."""
PAGE_SIZE = 64 * 1024
"""Bytes; a briefing or a capture beyond it is refused unread."""


def files_in(folder: Path, suffix: str, shown: str) -> Iterator[tuple[str, Path] | Problem]:
    """The plain files of a folder with the suffix, by name; a problem for whatever else lies there.

    `shown` is the folder as the editor knows it. Hidden files are left alone.
    """
    if folder.is_symlink():
        yield Problem(
            "not-a-plain-file", Place(shown), "This is a link to another folder. Put the folder itself here."
        )
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield Problem("unreadable-file", Place(shown), "This folder cannot be opened. Check its permissions.")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        place = Place(f"{shown}/{entry.name}")
        if entry.is_symlink():
            yield Problem(
                "not-a-plain-file", place, "This is a link to another file. Put the file itself here."
            )
        elif entry.is_dir():
            yield Problem(
                "misplaced-file",
                place,
                "This is a folder; sheets lie directly in the folder of their collection.",
            )
        elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            yield Problem("not-a-plain-file", place, "This is not a plain file. Remove it.")
        elif not entry.name.endswith(suffix):
            ends = entry.name.rsplit(".", 1)[-1]
            hint = (
                f' Rename it to end in "{suffix}".'
                if ends in ("yaml", "YML", "YAML", "markdown", "text", "MD")
                else ""
            )
            yield Problem(
                "misplaced-file",
                place,
                f'Files here end in "{suffix}".{hint or " Move it elsewhere or remove it."}',
            )
        else:
            yield entry.name.removesuffix(suffix), Path(entry.path)


def read_text(path: Path, shown: str, limit: int) -> str | Problem:
    """The text of a file with line ends made plain, or why it cannot be read."""
    place = Place(shown)
    try:
        size = path.stat().st_size
        if size > limit:
            return Problem(
                "too-large",
                place,
                f"The file has {-(-size // 1024)} KB; at most {limit // 1024} KB are read. Split it.",
            )
        data = path.read_bytes()
    except OSError:
        return Problem("unreadable-file", place, "The file cannot be opened. Check its permissions.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(
            "not-utf-8", Place(shown, line, 1), "This line is not UTF-8 text. Save the file again as UTF-8."
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
