"""Pieces of bytes kept under `.cache/kept/`, in files that are written once and never changed.

What they are is said by `tables`, which name the files they count on. Whatever does not hold what a table says is damage:
`DamagedError` is raised, and all is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import IO, TypeAlias
from zlib import crc32

from factbook.on_disk import CACHE, KEPT

Piece: TypeAlias = tuple[str, int, int, bytes]
"""File, where it starts in it, its length, and a hash of it."""

_PIECES = "pieces-"
"""How the names of files of pieces begin."""
NEAR, AT_ONCE = 16_384, 1 << 20
"""Bytes between two pieces that are read along rather than leapt over; and how many are read at once."""
OPEN_FILES = 60
"""Files of pieces that are held open at once."""
_DIGEST = 16
"""How long a hash is."""


class DamagedError(Exception):
    """What was kept is not what was put there."""


def is_of_pieces(name: str) -> bool:
    """Whether a file is one of pieces, by its name."""
    return name.startswith(_PIECES)


def digest_of(data: bytes | memoryview) -> bytes:
    """A hash that tells one content from another."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


class Store:
    """The folder of kept things of one publication; in a folder of its own for one run where none can be had."""

    def __init__(self, root: Path) -> None:
        self.folder = root / CACHE / KEPT
        self._passing: tempfile.TemporaryDirectory[str] | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore = root / CACHE / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
        except OSError:
            self._passing = tempfile.TemporaryDirectory(prefix="factbook-kept-")
            self.folder = Path(self._passing.name)
        self._open: dict[str, int] = {}
        self._reading = Lock()
        """Held while a file is read: another thread may be about to close it."""
        self._sound: dict[str, dict[int, int]] = {}
        """The checksums of pieces that were whole when they were read, by their files and where they start."""

    def writer(self) -> Writer:
        """A new file of pieces."""
        return Writer(self.folder)

    def read(self, piece: Piece) -> bytes:
        """The bytes of a piece; read again they are held against a checksum, which costs less. Raises `DamagedError`."""
        name, start, size, digest = piece
        sound = self._sound.setdefault(name, {})
        try:
            with self._reading:
                data = os.pread(self._handle(name), size, start)
        except OSError as error:
            raise DamagedError(name) from error
        checksum = crc32(data)
        if sound.get(start) != checksum:
            if hashlib.blake2b(data, digest_size=8).digest() != digest:
                raise DamagedError(name)
            sound[start] = checksum
        return data

    def read_all(self, pieces: Sequence[Piece]) -> list[bytes]:
        """The bytes of many pieces, which are likely to lie one behind the other. Raises `DamagedError`."""
        found = [b""] * len(pieces)
        for name, start, end, row in _rows(pieces):
            try:
                with self._reading:
                    data = os.pread(self._handle(name), end - start, start)
            except OSError as error:
                raise DamagedError(name) from error
            for place in row:
                _, begins, size, digest = pieces[place]
                each = data[begins - start : begins - start + size]
                if hashlib.blake2b(each, digest_size=8).digest() != digest:
                    raise DamagedError(name)
                found[place] = each
        return found

    def _handle(self, name: str) -> int:
        """A file of pieces, opened; the one opened longest ago is closed first."""
        if (handle := self._open.get(name)) is None:
            if len(self._open) >= OPEN_FILES:
                os.close(self._open.pop(next(iter(self._open))))
            handle = os.open(self.folder / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._open[name] = handle
        return handle

    def empty(self) -> None:
        """Keeps nothing any more."""
        self.close()
        for path in self.folder.iterdir():
            with contextlib.suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Lets go of the files."""
        for handle in self._open.values():
            os.close(handle)
        self._open.clear()
        self._sound.clear()
        if self._passing:
            self._passing.cleanup()

    def __del__(self) -> None:
        """Likewise, for who keeps a catalogue longer than its build."""
        with contextlib.suppress(OSError):
            self.close()


def _rows(pieces: Sequence[Piece]) -> Iterator[tuple[str, int, int, list[int]]]:
    """Which pieces are read at once, as they lie: their file, from where, to where, and their places among all."""
    file, begin, end, row = "", 0, 0, list[int]()
    for place in sorted(range(len(pieces)), key=pieces.__getitem__):
        name, start, size, _ = pieces[place]
        if name != file or start - end > NEAR or end - begin > AT_ONCE:
            if row:
                yield file, begin, end, row
            file, begin, end, row = name, start, start, []
        end = max(end, start + size)
        row.append(place)
    if row:
        yield file, begin, end, row


class Writer:
    """A file of pieces in the making; made with its first piece."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = ""
        self._file: IO[bytes] | None = None
        self._end = 0

    def add(self, data: bytes) -> Piece:
        """Puts a piece at the end."""
        if self._file is None:
            handle, path = tempfile.mkstemp(dir=self.folder, prefix=_PIECES)
            self._file = os.fdopen(handle, "wb")
            self.name = Path(path).name
        self._file.write(data)
        piece = (self.name, self._end, len(data), hashlib.blake2b(data, digest_size=8).digest())
        self._end += len(data)
        return piece

    def close(self) -> None:
        """Ends the file."""
        if self._file is not None:
            self._file.close()
