"""Pieces of bytes kept under `.cache/kept/`, in files that are written once and never changed.

What they are is said by `tables`, which name the files they count on. Whatever does not hold what a table says is damage:
`DamagedError` is raised, and all is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import IO, NewType
from zlib import crc32

from factbook.on_disk import CACHE, KEPT

Piece = NewType("Piece", bytes)
"""Its file, where it starts in it, its length, and a hash of it, packed, since there are very many of them; they are in order as they lie."""
_PIECE = struct.Struct(">4sQI8s")
HASH = 8
"""How long the hash of a piece is."""
_PIECES = "pieces-"
"""How the names of files of pieces begin; what stands for the file in a piece follows."""
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


def file_of(piece: Piece) -> str:
    """The name of the file in which a piece lies."""
    return _name(piece[:4])


def files_of(pieces: Iterable[Piece | None]) -> set[str]:
    """The names of the files in which some pieces lie."""
    return set(map(_name, {piece[:4] for piece in pieces if piece}))


def hash_in(piece: Piece) -> bytes:
    """The hash of a piece's bytes."""
    return piece[-HASH:]


def length_of(piece: Piece) -> int:
    """How many bytes a piece has."""
    return int.from_bytes(piece[12:16])


def _name(sign: bytes) -> str:
    """The name of a file of pieces, by what stands for it in them."""
    return f"{_PIECES}{sign.hex()}"


def _hash_of(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=HASH).digest()


class Store:
    """The folder of kept things of one publication; in a folder of its own for one run where none can be had."""

    def __init__(self, root: Path) -> None:
        self.folder = root / CACHE / KEPT
        self._passing: tempfile.TemporaryDirectory[str] | None = None
        try:
            (root / CACHE).mkdir(
                exist_ok=True
            )  # and no folder around it: a publication that is not there has none
            self.folder.mkdir(exist_ok=True)
            ignore = root / CACHE / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
        except OSError:
            self._passing = tempfile.TemporaryDirectory(prefix="factbook-kept-")
            self.folder = Path(self._passing.name)
        self._open: dict[bytes, int] = {}
        self._reading = Lock()
        """Held while a file is read: another thread may be about to close it."""
        self._sound: dict[Piece, int] = {}
        """The checksums of pieces that were whole when they were read."""

    def writer(self) -> Writer:
        """A new file of pieces."""
        return Writer(self.folder)

    def read(self, piece: Piece) -> bytes:
        """The bytes of a piece; read again they are held against a checksum, which costs less. Raises `DamagedError`."""
        file, start, size, wanted = _PIECE.unpack(piece)
        data = self._bytes(file, start, size)
        checksum = crc32(data)
        if self._sound.get(piece) != checksum:
            if _hash_of(data) != wanted:
                raise DamagedError(file_of(piece))
            self._sound[piece] = checksum
        return data

    def read_all(self, pieces: Sequence[Piece]) -> list[bytes]:
        """The bytes of many pieces, which are likely to lie one behind the other. Raises `DamagedError`."""
        found = [b""] * len(pieces)
        for file, start, end, row in _rows(pieces):
            data = self._bytes(file, start, end - start)
            for place in row:
                _, begins, size, wanted = _PIECE.unpack(pieces[place])
                each = data[begins - start : begins - start + size]
                if _hash_of(each) != wanted:
                    raise DamagedError(file_of(pieces[place]))
                found[place] = each
        return found

    def _bytes(self, file: bytes, start: int, size: int) -> bytes:
        try:
            with self._reading:
                return os.pread(self._handle(file), size, start)
        except OSError as error:
            raise DamagedError(file.hex()) from error

    def _handle(self, file: bytes) -> int:
        """A file of pieces, opened; the one opened longest ago is closed first."""
        if (handle := self._open.get(file)) is None:
            if len(self._open) >= OPEN_FILES:
                os.close(self._open.pop(next(iter(self._open))))
            path = self.folder / _name(file)
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._open[file] = handle
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


def _rows(pieces: Sequence[Piece]) -> Iterator[tuple[bytes, int, int, list[int]]]:
    """Which pieces are read at once, as they lie: their file, from where, to where, and their places among all."""
    file, begin, end, row = b"", 0, 0, list[int]()
    for place in sorted(range(len(pieces)), key=pieces.__getitem__):
        name, start, size, _ = _PIECE.unpack(pieces[place])
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
        self._sign = b""
        """What stands for the file in its pieces."""
        self._file: IO[bytes] | None = None
        self._end = 0

    def add(self, data: bytes) -> Piece:
        """Puts a piece at the end."""
        if self._file is None:
            self._file = self._made()
        self._file.write(data)
        piece = Piece(_PIECE.pack(self._sign, self._end, len(data), _hash_of(data)))
        self._end += len(data)
        return piece

    def _made(self) -> IO[bytes]:
        while True:
            self._sign = secrets.token_bytes(4)
            with contextlib.suppress(FileExistsError):
                return (self.folder / _name(self._sign)).open("xb")

    def close(self) -> None:
        """Ends the file."""
        if self._file is not None:
            self._file.close()
