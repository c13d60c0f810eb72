"""How things are found now: files and folders by their stamps, the site as it was left, what git says.

What a run looks at, and what follows where something is found otherwise, is left to `unmoved`. Standard library alone, and little of it.
"""

from __future__ import annotations

import os
import stat
import struct
from hashlib import blake2b

from factbook.on_disk import NOTHING, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from factbook.on_disk import Stamp

NOTE = "unmoved-"
"""How the names of notes of `unmoved` begin, which no run looks at."""
_AT_REST = frozenset((".gitignore", "lock"))
"""What lies beside a site to which nobody writes."""


def stamp_at(path: str) -> Stamp:
    """The stamp of what lies there, which may be nothing."""
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return NOTHING


def below(folder: str, prefix: str = "") -> list[tuple[str, Stamp]]:
    """Every file below a folder with its stamp; what Python compiled, and notes, are left out."""
    found: list[tuple[str, Stamp]] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return found
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                found += below(entry.path, f"{prefix}{entry.name}/")
        elif not entry.name.startswith(NOTE):
            found.append((f"{prefix}{entry.name}", stamp_of(entry.stat(follow_symlinks=False))))
    return found


def names_in(folder: str) -> list[str]:
    """The names in a folder, hidden ones left out."""
    return [name for name in os.listdir(folder) if not name.startswith(".")]


def files_in(folder: str) -> list[tuple[str, Stamp]]:
    """The files in a folder with their stamps, hidden ones left out."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return []
    stats = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries if entry.name[0] != "."]
    return [(name, stamp_of(found) if stat.S_ISREG(found.st_mode) else NOTHING) for name, found in stats]


class Left:
    """A site as a build left it."""

    def __init__(self, site: str, workshop: str, files: str, folders: str, stamps: bytes) -> None:
        """`site` is its folder, empty where none was made; `workshop` is what lies beside it."""
        self.site = site
        self.workshop = workshop
        self.files = files
        """The names of all files, with a NUL between."""
        self.folders = folders
        """Likewise."""
        self.stamps = stamps
        """A hash of size, time and number of each file and the time of each folder, as `writing` packs them."""

    def stands(self) -> bool:
        """Whether the site is found like that, while nobody writes to it."""
        import fcntl

        lock = os.open(f"{self.workshop}/lock", os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if os.path.realpath(self.site) != self.site or not _AT_REST.issuperset(os.listdir(self.workshop)):
                return False  # a build was interrupted
            most = 2**64 - 1
            numbers: list[int] = []
            for name in self.files.split("\0"):
                found = os.lstat(f"{self.site}/{name}")
                if not stat.S_ISREG(found.st_mode):
                    return False
                numbers += (found.st_size, found.st_mtime_ns & most, found.st_ino & most)
            numbers += (os.lstat(f"{self.site}/{name}").st_mtime_ns for name in self.folders.split("\0"))
            return hash_of(struct.pack(f"={len(numbers)}Q", *numbers)) == self.stamps
        finally:
            os.close(lock)


_meanwhile: tuple[int, int, bytes] | None = None
"""The process that looks at the site meanwhile, where it says what it saw, and a hash of the stamps with which the site was left."""


def look_meanwhile(left: Left) -> None:
    """Has a copy of this process look whether a site stands: as long as little was read, a copy costs little."""
    global _meanwhile
    stood(b"")  # one that nobody asked for
    out, into = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.write(into, b"%d" % left.stands())
        finally:  # whatever else is found, the copy goes no further
            os._exit(0)
    os.close(into)
    _meanwhile = process, out, left.stamps


def stood(stamps: bytes) -> bool:
    """Whether a site that was left with these stamps stood like that since this process began, as far as somebody looked.

    Who asks keeps others from writing to it by now: one who wrote before has left other stamps.
    """
    global _meanwhile
    if _meanwhile is None:
        return False
    (process, out, left), _meanwhile = _meanwhile, None
    with open(out, "rb") as file:
        said = file.read()
    os.waitpid(process, 0)
    return said == b"1" and left == hash_of(stamps)


def bytes_of(path: str) -> bytes:
    """What a file holds."""
    with open(path, "rb") as file:
        return file.read()


def hash_of(data: bytes | None) -> bytes:
    """A hash that tells one content from another; of nothing, nothing."""
    return b"" if data is None else blake2b(data, digest_size=16).digest()


# --- git ----------------------------------------------------------------------------------------------------------


def ask(command: Sequence[str], surroundings: dict[str, str]) -> tuple[int, int] | None:
    """Puts a question to git, which works beside us: its process, and where its answer comes out."""
    out, into = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, into, 1), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    try:
        process = os.posix_spawnp(command[0], list(command), os.environ | surroundings, file_actions=actions)
    except OSError:
        os.close(out)
        return None
    finally:
        os.close(into)
    return process, out


def answer_of(question: tuple[int, int] | None) -> bytes | None:
    """What git answered; None where it could not be asked, or refused."""
    if question is None:
        return None
    process, out = question
    with open(out, "rb") as file:
        said = file.read()
    return said if os.waitpid(process, 0)[1] == 0 else None
