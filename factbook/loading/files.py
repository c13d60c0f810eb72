"""Files as text, or the reason why not: size, kind and encoding are checked before anything reads them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from factbook.characters import visible
from factbook.frozen import frozen
from factbook.on_disk import Stamp, stamp_of
from factbook.problems import Place, Problem

SHEET_SIZE = 256 * 1024
"""Bytes; a sheet beyond it is refused unread (design, safety)."""
PAGE_SIZE = 64 * 1024
"""Bytes; a briefing or a capture beyond it is refused unread."""


@frozen
class Found:
    """A plain file that is to be read."""

    stem: str
    path: str
    """The file as the editor knows it, from the project's root."""
    file: str
    """Where it lies."""
    stamp: Stamp


def files_in(folder: Path, suffix: str, shown: str) -> Iterator[Found | Problem]:
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
        name = visible(entry.name)
        seen = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(seen.st_mode) and name.endswith(suffix):
            yield Found(name.removesuffix(suffix), f"{shown}/{name}", entry.path, stamp_of(seen))
        else:
            yield _misplaced(entry, Place(f"{shown}/{name}"), suffix)


def _misplaced(entry: os.DirEntry[str], place: Place, suffix: str) -> Problem:
    """What is wrong with a thing that is no such file. Codes: not-a-plain-file, misplaced-file."""
    if entry.is_symlink():
        return Problem("not-a-plain-file", place, "This is a link to another file. Put the file itself here.")
    if entry.is_dir():
        return Problem(
            "misplaced-file",
            place,
            "This is a folder; sheets lie directly in the folder of their collection.",
        )
    if not entry.is_file():
        return Problem("not-a-plain-file", place, "This is not a plain file. Remove it.")
    name, _, ends = place.path.rpartition("/")[2].rpartition(".")
    if name.endswith(suffix):
        hint = f'Rename it to "{name}", or remove it if it is a copy.'
    elif ends in ("yaml", "YML", "YAML", "markdown", "text", "MD"):
        hint = f'Rename it to end in "{suffix}".'
    else:
        hint = "Move it elsewhere or remove it."
    return Problem("misplaced-file", place, f'Files here end in "{suffix}". {hint}')


def read_text(path: Path, shown: str, limit: int) -> str | Problem:
    """The text of a file with line ends made plain, or why it cannot be read."""
    data = read_data(path, shown, limit)
    return data if isinstance(data, Problem) else text_of(data, shown)


def read_data(path: Path, shown: str, limit: int) -> bytes | Problem:
    """The bytes of a plain file, or why they cannot be read; of a large one nothing is read.

    Whatever has taken the place of a file since it was found (a pipe, a device) is neither waited for nor read.
    """
    try:
        with open(path, "rb", buffering=0, opener=_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return Problem("not-a-plain-file", Place(shown), "This is not a plain file. Remove it.")
            data = file.read(limit + 1) if found.st_size <= limit else b""
    except OSError:
        return Problem("unreadable-file", Place(shown), "The file cannot be opened. Check its permissions.")
    if (size := max(found.st_size, len(data))) > limit:
        return Problem(
            "too-large",
            Place(shown),
            f"The file has {-(-size // 1024)} KB; at most {limit // 1024} KB are read. Split it.",
        )
    return data


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def text_of(data: bytes, shown: str) -> str | Problem:
    """Bytes as text with line ends made plain, or why they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(
            "not-utf-8", Place(shown, line, 1), "This line is not UTF-8 text. Save the file again as UTF-8."
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
