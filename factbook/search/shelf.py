"""Shards kept from one build to the next, each in a file under a hash of what it was made of, with a hash of itself."""

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

from factbook.kept.store import digest_of

_SUFFIX = ".shard"
_DIGEST = 16


class Shelf:
    """A folder of kept shards; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def read(self, key: str) -> bytes | None:
        """What was kept under a key; None where there is nothing, or something damaged."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / f"{key}{_SUFFIX}").read_bytes()
        except OSError:
            return None
        digest, body = data[:_DIGEST], data[_DIGEST:]
        return body if digest_of(body) == digest else None

    def keep(self, key: str, data: bytes) -> None:
        """Keeps something, put in place in one step. A full disk costs the memory and nothing else."""
        if self._folder is None:
            return
        draft = self._folder / f"{key}.{os.getpid()}.draft"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(digest_of(data) + data)
            draft.replace(self._folder / f"{key}{_SUFFIX}")

    def clear(self, wanted: Collection[str]) -> None:
        """Keeps these and no others, nor what a run that was killed left half."""
        if self._folder is None or not self._folder.is_dir():
            return
        names = {f"{key}{_SUFFIX}" for key in wanted}
        for path in self._folder.iterdir():
            if path.name not in names:
                with contextlib.suppress(OSError):
                    path.unlink()
