"""What was learnt, kept under the hash of what it was learnt from.

One folder, `.cache/`, beside the configuration. A kept thing is whole or not there; one that cannot be read is as good as none.
What is worth keeping is left to those who learn it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any

from factbook.on_disk import CACHE

FOLDER = CACHE


class Cache:
    """The kept things of one publication."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def get(self, name: str, key: str) -> Any | None:
        """What was kept under a name, if it was learnt from the same; else None."""
        try:
            with (self.folder / f"{name}.pickle").open("rb") as file:
                kept_key, value = pickle.load(file)  # noqa: S301  our own file, beside the sources
        except (
            OSError,
            EOFError,
            ValueError,
            TypeError,
            AttributeError,
            ImportError,
            IndexError,
            pickle.UnpicklingError,
        ):
            return None
        return value if kept_key == key else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keeps a thing in one step; a disk that is full costs the memory of it and nothing else."""
        self._put(f"{name}.pickle", pickle.dumps((key, value), protocol=pickle.HIGHEST_PROTOCOL))

    def keep(self, name: str, data: bytes) -> bool:
        """Keeps a file that other programs read, and leaves alone one that holds the same; False where the disk refuses."""
        try:
            if (self.folder / name).read_bytes() == data:
                return True
        except OSError:
            pass
        return self._put(name, data)

    def _put(self, name: str, data: bytes) -> bool:
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=f"{path.stem}-")
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except OSError:
            with contextlib.suppress(OSError):  # half of it would only make a full disk fuller
                Path(temporary).unlink()
            return False
        return True
