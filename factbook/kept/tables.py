"""The tables that say what is kept: each as a base that is written once, and a head with what differs from it by now.

A build after a small change writes a small head; where the differences have grown to a part of the base that counts, the table is
written whole again, as a new base. Small tables have no base. The head is put in place in one step. It names its base with a hash of
it, and the files of pieces that the table counts on, and has a hash of itself; so a run that is killed, or two at once, leave a
table that is whole, and at worst files that nobody names, which a later run clears away. A base that was once held against its hash
is known by its stamp from then on, as sheets are.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from factbook.kept.differences import Parts, applied, difference, parts_of, size_of, told_by
from factbook.kept.store import digest_of
from factbook.on_disk import NOTHING, Stamp, is_as_seen, stamp_of

SMALL = 200
"""Entries below which a table has no base."""
FOLD = 8
"""The part of a base, one in so many, beyond which what differs is folded into a new one."""

_MAGIC = b"factbook 3\n"
_DIGEST, _KEY = 16, 32
"""How long the hash of a file is, and what stands for a key."""
_BODY = len(_MAGIC) + _DIGEST + _KEY
"""Where the body of a file starts: magic, hash of all that follows, key."""
_ORPHANED = 3600.0
"""Seconds after which a file that no table names is cleared away: its run has long ended."""


class _Base(NamedTuple):
    """The file of a base, as it was when it was whole."""

    file: str
    digest: bytes
    stamp: Stamp
    seen: int
    """When that was, in nanoseconds."""


class _Named(NamedTuple):
    """What a head counts on."""

    base: _Base | None
    """None where the head has the whole table."""
    files: frozenset[str]
    """Files of pieces."""


@dataclass
class _Read:
    """A base as it was read."""

    base: _Base
    key: str
    parts: Parts


class Tables:
    """The tables in one folder. Others may write to it at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bases: dict[str, _Read] = {}
        self._at_hand: dict[str, tuple[Stamp, str, Any]] = {}
        """Tables as they were read or written last: the stamps of their heads then, and their keys."""

    def load(self, name: str, key: str) -> Any | None:
        """A table, if it was kept under the same key and all of it is whole; else None.

        It is the very one that was read or written last, as long as nobody else has written it since.
        """
        stamp = self._stamp(name)
        if (at_hand := self._at_hand.get(name)) and at_hand[:2] == (stamp, key):
            return at_hand[2]
        table = self._read(name, key)
        self._at_hand[name] = stamp, key, table
        return table

    def _stamp(self, name: str) -> Stamp:
        try:
            return stamp_of((self.folder / name).lstat())
        except OSError:
            return NOTHING

    def _read(self, name: str, key: str) -> Any | None:
        self._bases.pop(name, None)
        with _not_collecting(), contextlib.suppress(Exception):  # whatever a table of other code can raise
            head = io.BytesIO(_whole(self.folder / name, key))
            named: _Named = pickle.load(head)  # noqa: S301  our own, beside the sheets, whole as it was written
            told = pickle.load(head)  # noqa: S301  likewise
            if not named.base:
                return told
            base, stamp, now = named.base, self._stamp(named.base.file), time.time_ns()
            known = is_as_seen(base.stamp, stamp, base.seen)
            table = pickle.loads(_whole(self.folder / base.file, key, base.digest, known=known))  # noqa: S301  likewise
            seen = base if known else base._replace(stamp=stamp, seen=now)
            self._bases[name] = _Read(seen, key, parts_of(table))
            return applied(table, told) if told else table
        return None

    def save(self, name: str, key: str, table: Any, files: set[str]) -> None:
        """Keeps a table in one step; `files` are those of pieces that it counts on. A full disk costs the memory and nothing else."""
        named, told = _Named(None, frozenset(files)), table
        read = self._bases.get(name)
        drafts: list[Path] = []
        try:
            if (
                read
                and read.key == key
                and (self.folder / read.base.file).exists()  # others may have cleared it away
                and told_by(found := difference(read.parts, table)) * FOLD <= size_of(read.parts)
            ):
                named, told = named._replace(base=read.base), found
            elif size_of(parts_of(table)) >= SMALL:
                draft, digest = self._written(name, key, table)
                drafts.append(draft)
                base = _Base(draft.name, digest, self._stamp(draft.name), time.time_ns())
                named, told = named._replace(base=base), {}
                self._bases[name] = _Read(base, key, parts_of(table))
            draft, _ = self._written(name, key, named, told)
            drafts.append(draft)
            draft.replace(self.folder / name)
            self._at_hand[name] = self._stamp(name), key, table
        except OSError:
            self._bases.pop(name, None)
            for draft in drafts:  # a base without its head, which would make a full disk fuller
                with contextlib.suppress(OSError):
                    draft.unlink()
            return
        self._clear(key)

    def _written(self, name: str, key: str, *things: Any) -> tuple[Path, bytes]:
        """A new file, and its hash. What could not be written whole is not left lying: it would make a full disk fuller."""
        handle, path = tempfile.mkstemp(dir=self.folder, prefix=f"{name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + bytes(_DIGEST))
                body = _Hashed(file)
                body.write(_key(key))
                for thing in things:
                    pickle.dump(thing, body, protocol=pickle.HIGHEST_PROTOCOL)
                file.seek(len(_MAGIC))
                file.write(body.digest())
        except OSError:
            with contextlib.suppress(OSError):
                Path(path).unlink()
            raise
        return Path(path), body.digest()

    def files(self, key: str) -> set[str]:
        """The files that tables count on, whatever publication or site they are of; those of another key count on nothing."""
        found: set[str] = set()
        for path in self.folder.iterdir():
            if "-" not in path.name:
                with contextlib.suppress(Exception), path.open("rb") as file:
                    start = file.read(_BODY)
                    if start.startswith(_MAGIC) and start.endswith(_key(key)):
                        named: _Named = pickle.load(file)  # noqa: S301  our own
                        found |= {path.name, *named.files} | ({named.base.file} if named.base else set())
        return found

    def _clear(self, key: str) -> None:
        """Removes files that no table names, unless a run that is under way may have just written them."""
        named = self.files(key)
        old = time.time() - _ORPHANED
        for path in self.folder.iterdir():
            if path.name in named or "-" not in path.name:
                continue
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < old:
                    path.unlink()


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


class _NotWholeError(Exception):
    """A file is not what was written, or of another key."""


def _whole(path: Path, key: str, wanted: bytes | None = None, *, known: bool = False) -> memoryview:
    """The body of a file that is whole, of this key, and the one that is wanted. Raises `_NotWholeError` and what the disk says.

    One that is ``known`` to be what its hash tells is not held against it.
    """
    data = memoryview(path.read_bytes())
    digest = bytes(data[len(_MAGIC) : len(_MAGIC) + _DIGEST])
    kept_key = data[_BODY - _KEY : _BODY]
    if data[: len(_MAGIC)] != _MAGIC or kept_key != _key(key) or wanted not in (None, digest):
        raise _NotWholeError(path.name)
    if not known and digest_of(data[_BODY - _KEY :]) != digest:
        raise _NotWholeError(path.name)
    return data[_BODY:]


def _key(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=_KEY).digest()


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Reading makes hundreds of thousands of small things, none of them rubbish: they go among the old ones without being looked through."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # to the oldest
        if collecting:
            gc.enable()
