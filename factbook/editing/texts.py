"""Files as editors have them: read with their line ends noted, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from factbook.frozen import frozen

MARK = "\ufeff"
"""The byte order mark that some editors put before a text."""


@frozen
class FileText:
    """A file's text with plain line ends, as every reader of ours counts lines and columns."""

    text: str
    windows: bool = False
    """Whether its lines end as Windows ends them."""
    marked: bool = False
    """Whether it starts with a byte order mark."""

    def encoded(self, text: str) -> bytes:
        """A new text for the same file, with the line ends that it had."""
        text = text.replace("\n", "\r\n") if self.windows else text
        return ((MARK if self.marked else "") + text).encode()


def read_file(path: Path) -> FileText:
    """The text of a UTF-8 file. Raises OSError and UnicodeDecodeError; whoever calls has loaded the file before."""
    text = path.read_bytes().decode("utf-8")
    bare = text.removeprefix(MARK)
    plain = bare.replace("\r\n", "\n").replace("\r", "\n")
    return FileText(plain, "\r\n" in bare, text != bare)


def write_whole(path: Path, data: bytes) -> None:
    """Puts a file in place in one step: whoever looks finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def remove_halves(path: Path) -> None:
    """Takes away what runs that were killed while they wrote this file left beside it."""
    for half in path.parent.glob(f".{path.name}.*.new"):
        half.unlink(missing_ok=True)
