"""A name for everything besides content that decides what comes of it: this engine's source, Python, and the libraries it leans on."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
LIBRARIES = (
    *("anyascii", "babel", "cmarkgfm", "graphlay", "jinja2", "markupsafe", "nh3"),
    *("pydantic", "pydantic_core", "pyyaml", "rapidfuzz"),
)
"""Libraries that have a part in what pages say."""


def engine_key() -> str:
    """Another one whenever the same content could give something else."""
    digest = hashlib.blake2b(f"{sys.version} {sys.implementation.cache_tag}".encode(), digest_size=16)
    for name in LIBRARIES:
        digest.update(f"\0{name} {version_of(name)}".encode())
    digest.update(files_key(ENGINE, ".py"))
    return digest.hexdigest()


def version_of(library: str) -> str:
    """The version of a library that is installed; "-" where it is not."""
    return _installed().get(library, "-")


@cache
def _installed() -> dict[str, str]:
    """The versions of what is installed by its names, from those of the folders that say so: nothing is opened."""
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        for entry in os.listdir(folder) if os.path.isdir(folder) else ():  # noqa: PTH112, PTH208  half of it is no path
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                found[name.lower().replace("-", "_").replace(".", "_")] = version
    return found


def files_key(folder: Path, *ends: str) -> bytes:
    """A hash of the files below a folder whose names end so, and of their names."""
    digest = hashlib.blake2b(digest_size=16)
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ends):
                path = Path(parent, name)
                data = path.read_bytes()
                digest.update(f"\0{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
                digest.update(data)
    return digest.digest()
