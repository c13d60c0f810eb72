"""Bytes kept under `.cache/kept/`, and the one table that says what they are.

Pieces lie in files that are written once and never changed; the table is replaced in one step and names the files it counts on.
So a run that is killed, or two at once, leave a table that is whole, and at worst files that nobody names, which a later run
clears away. Whatever does not hold what the table says is damage: `DamagedError` is raised, and all is made anew.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import tempfile
import time
from pathlib import Path
from typing import IO, Any, TypeAlias
from zlib import crc32

from factbook.on_disk import CACHE, KEPT

Piece: TypeAlias = tuple[str, int, int, bytes]
"""File, where it starts in it, its length, and a hash of it."""

_MAGIC = b"factbook 1\n"
_DIGEST = 16
"""How long the hash of a table is."""
_ORPHANED = 3600.0
"""Seconds after which a file that no table names is cleared away: its run has long ended."""


class DamagedError(Exception):
    """What was kept is not what was put there."""


def digest_of(data: bytes | memoryview) -> bytes:
    """A hash that tells one content from another."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


class _Hashed:
    """A file in the writing, with the hash of what was written: a table is never held as bytes as a whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.blake2b(digest_size=_DIGEST)

    def write(self, data: bytes | memoryview) -> int:
        self._hash.update(data)
        return self._file.write(data)

    def digest(self) -> bytes:
        """As `digest_of` makes it of all that was written."""
        return self._hash.digest()


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
        self._sound: dict[str, dict[int, int]] = {}
        """The checksums of pieces that were whole when they were read, by their files and where they start."""
        self._process = os.getpid()

    def writer(self) -> Writer:
        """A new file of pieces."""
        return Writer(self.folder)

    def read(self, piece: Piece) -> bytes:
        """The bytes of a piece; read again they are held against a checksum, which costs less. Raises `DamagedError`."""
        name, start, size, digest = piece
        sound = self._sound.setdefault(name, {})
        try:
            if name not in self._open:
                self._open[name] = os.open(self.folder / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            data = os.pread(self._open[name], size, start)
        except OSError as error:
            raise DamagedError(name) from error
        checksum = crc32(data)
        if sound.get(start) != checksum:
            if hashlib.blake2b(data, digest_size=8).digest() != digest:
                raise DamagedError(name)
            sound[start] = checksum
        return data

    def load(self, name: str, key: str) -> Any | None:
        """A table, if it was kept under the same key and is whole; else None."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        whole = memoryview(data)
        head, digest, kept_key, body = whole[:11], whole[11:27], whole[27:59], whole[59:]
        if head != _MAGIC or kept_key != _key(key) or digest_of(whole[27:]) != digest:
            return None
        collecting = gc.isenabled()
        gc.disable()  # hundreds of thousands of small things, none of them rubbish
        try:
            return pickle.loads(body)  # noqa: S301  our own file, beside the sources, whole as it was written
        except Exception:  # whatever a table of other code can raise
            return None
        finally:
            if collecting:
                gc.enable()

    def save(self, name: str, key: str, table: Any, files: set[str]) -> None:
        """Keeps a table in one step; `files` are those that any table counts on. A full disk costs the memory and nothing else."""
        try:
            handle, draft = tempfile.mkstemp(dir=self.folder, prefix=f"{name}-")
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + bytes(_DIGEST))
                body = _Hashed(file)
                body.write(_key(key))
                pickle.dump(table, body, protocol=pickle.HIGHEST_PROTOCOL)
                file.seek(len(_MAGIC))
                file.write(body.digest())
            Path(draft).replace(self.folder / name)
        except OSError:
            with contextlib.suppress(OSError):  # half of it would only make a full disk fuller
                Path(draft).unlink()
            return
        self._clear(files)

    def _clear(self, named: set[str]) -> None:
        """Removes files that no table names, unless a run that is under way may have just written them."""
        old = time.time() - _ORPHANED
        for path in self.folder.iterdir():
            if path.name in named or "-" not in path.name:
                continue
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < old:
                    path.unlink()

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
            handle, path = tempfile.mkstemp(dir=self.folder, prefix="pieces-")
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


def _key(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=32).digest()
