"""What the last run of a line said, to be said again at once when nothing moved since.

After a run that ended well a note lies among the kept things: the line as it was typed, a hash over the stamps of everything that
the run looked at, what git answered it, the site as it was left, and what was said. The same line, typed again in the same folder, is
answered from the note if all of that is found as it was. In every doubt there is no answer, and the usual way is taken; where a site
was left, a copy of this process looks at it meanwhile.

What a run looks at is told by `looks`, the words in which it ends by `commands.said`. Standard library alone, and little of it.
"""

from __future__ import annotations

import marshal
import os
import stat
import struct
import sys
import time
from hashlib import blake2b

from factbook.on_disk import CACHE, KEPT, LATE, NOTHING, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from factbook.on_disk import Stamp

BEGAN = time.time_ns()
"""When this process began."""
SETTLED = BEGAN - LATE
"""What changed after this may be other than what the run has read."""
NAME = "unmoved-"
"""How the names of notes begin, in the folder of kept things."""
MOST = 8
"""Notes of one publication, each of another line; the oldest goes."""
MOST_LATE = 200
"""Sheets that were changed just before the run and are known by their content; with more of them nothing is kept."""
_IMPOSSIBLE = os.name == "nt"
"""On Windows nothing is kept: it has no lock to look at and not take."""
_MAGIC = b"factbook unmoved 2\n"
_TOLD_BY_ENVIRONMENT = ("SOURCE_DATE_EPOCH",)
"""What a run asks of the environment, beside what git asks and what the configuration names."""
_IN_WORKSHOP = frozenset((".gitignore", "lock"))
"""What lies beside a site to which nobody writes."""


class Looks:
    """Everything that one run looked at, as it was when it was looked at."""

    def __init__(self, root: str, configuration: str) -> None:
        """`configuration` is the text of the file that the run began with; `root` the folder in which it lies."""
        self.root = root
        self.configuration = configuration
        self.paths: list[str] = []
        """Single files and folders, there or not."""
        self.trees: list[str] = []
        """Folders with everything below them."""
        self.own_paths: list[str] = []
        """The same, where the run itself writes."""
        self.own_trees: list[str] = []
        self.names: dict[str, list[str]] = {}
        """Folders of which only the names in them count."""
        self.folders: dict[str, list[tuple[str, Stamp]]] = {}
        """Folders of sheets, with the files in them."""
        self.late: dict[str, bytes] = {}
        """A hash of what was read in each of these that changed shortly before."""
        self.questions: Mapping[tuple[str, ...], bytes | None] | None = {}
        """What git was asked, and what it answered; None where it answered the same question in two ways."""
        self.surroundings: Mapping[str, str] = {}
        """What git is given beside the environment."""
        self.site = ""
        """The folder of the site; empty where none was made."""
        self.workshop = ""
        self.site_files: list[str] = []
        self.site_folders: list[str] = []
        self.site_stamps = b""
        """Of the files and then of the folders, as they were left."""


def keep(line: Sequence[str], looks: Looks, said: dict[str, Any]) -> None:
    """Keeps what was said after a look at all of this; keeps nothing where something moved while the run lasted."""
    files = [(f"{folder}/{name}", stamp) for folder, found in looks.folders.items() for name, stamp in found]
    late = [path for path, stamp in files if stamp[1] >= SETTLED]
    moved = [stamp for path in looks.paths if (stamp := _stamp(path))[1] >= SETTLED]
    moved += [stamp for tree in looks.trees for _, stamp in _below(tree) if stamp[1] >= SETTLED]
    known = len(late) <= MOST_LATE and all(looks.late.get(path) for path in late)
    if _IMPOSSIBLE or moved or not known or looks.questions is None:
        return
    note = {
        "asked": _asked(line),
        "day": _day(BEGAN),
        "configuration": looks.configuration if "!ENV" in looks.configuration else "",
        "environment": _environment(looks.configuration),
        "questions": [(command, _digest(answer)) for command, answer in looks.questions.items()],
        "surroundings": dict(looks.surroundings),
        "paths": [*looks.paths, *looks.own_paths],
        "trees": [*looks.trees, *looks.own_trees],
        "names": list(looks.names),
        "folders": list(looks.folders),
        "late": [(path, looks.late[path]) for path in late],
        "site": (looks.site, looks.workshop),
        "site_files": "\0".join(looks.site_files),
        "site_folders": "\0".join(looks.site_folders),
        "site_stamps": _digest(looks.site_stamps),
        "said": said,
    }
    note["seen"] = list(_seen(note, looks.names.values(), looks.folders.values()))
    _write(looks.root, line, marshal.dumps(note))


def said_of(line: Sequence[str]) -> dict[str, Any] | None:
    """What was said when the line was last typed here, if nothing moved since."""
    if _IMPOSSIBLE:
        return None
    try:
        note = _read(line)
        said: dict[str, Any] | None = note["said"] if note and _holds(note, line) else None
    except (OSError, ValueError, KeyError, TypeError, EOFError, struct.error):
        return None
    return said


def _holds(note: dict[str, Any], line: Sequence[str]) -> bool:
    asked, day, environment = _asked(line), _day(time.time_ns()), _environment(note["configuration"])
    if (note["asked"], note["day"], note["environment"]) != (asked, day, environment):
        return False
    questions = [(_ask(command, note["surroundings"]), answer) for command, answer in note["questions"]]
    has_site = bool(note["site"][0])
    try:
        seen = _seen(note, map(_names, note["names"]), map(_files, note["folders"]))
        holds = _are(note["seen"], seen) and all(
            _digest(_bytes(path)) == digest for path, digest in note["late"]
        )
        if has_site and not holds:
            _look_meanwhile(note)
        holds = holds and (not has_site or _stands(note))
    finally:  # whatever else is found, nobody is left behind
        answers = [(_answer(question), answer) for question, answer in questions]
    return holds and all(_digest(now) == then for now, then in answers)


# --- looking at files ------------------------------------------------------------------------------------------


def _seen(
    note: dict[str, Any],
    names: Iterable[Sequence[str]],
    folders: Iterable[Sequence[tuple[str, Stamp]]],
) -> Iterator[bytes]:
    """Hashes of everything but the site and what git says, one after the other: where most changes are made, comes first.

    `names` and `folders` are what is found in those of the note.
    """
    for path, files in zip(note["folders"], folders, strict=True):
        yield _digest(repr((os.path.isdir(path), sorted(files))).encode())
    yield _digest(repr([sorted(each) for each in names]).encode())
    yield _digest(repr([_stamp(path) for path in note["paths"]]).encode())
    for tree in note["trees"]:
        yield _digest(repr(_below(tree)).encode())


def _are(then: Sequence[bytes], now: Iterator[bytes]) -> bool:
    """Whether all hashes are as they were; looks no further than to the first that is not."""
    return all(each == next(now, None) for each in then) and next(now, None) is None


def _stamp(path: str) -> Stamp:
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return NOTHING


def _below(folder: str, prefix: str = "") -> list[tuple[str, Stamp]]:
    """Every file below a folder with its stamp; what Python compiled, and notes like ours, are left out."""
    found: list[tuple[str, Stamp]] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return found
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                found += _below(entry.path, f"{prefix}{entry.name}/")
        elif not entry.name.startswith(NAME):
            found.append((f"{prefix}{entry.name}", stamp_of(entry.stat(follow_symlinks=False))))
    return found


def _names(folder: str) -> list[str]:
    """The names in a folder, hidden ones left out."""
    return [name for name in os.listdir(folder) if not name.startswith(".")]


def _files(folder: str) -> list[tuple[str, Stamp]]:
    """The files in a folder with their stamps, hidden ones left out."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return []
    stats = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries if entry.name[0] != "."]
    return [(name, stamp_of(found) if stat.S_ISREG(found.st_mode) else NOTHING) for name, found in stats]


def _stands(note: dict[str, Any]) -> bool:
    """Whether the site is as it was left, while nobody writes to it."""
    import fcntl

    site, workshop = note["site"]
    lock = os.open(f"{workshop}/lock", os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.path.realpath(site) != site or not _IN_WORKSHOP.issuperset(os.listdir(workshop)):
            return False  # a build was interrupted
        most = 2**64 - 1
        numbers: list[int] = []  # as `writing` packs them
        for name in note["site_files"].split("\0"):
            found = os.lstat(f"{site}/{name}")
            if not stat.S_ISREG(found.st_mode):
                return False
            numbers += (found.st_size, found.st_mtime_ns & most, found.st_ino & most)
        numbers += (os.lstat(f"{site}/{name}").st_mtime_ns for name in note["site_folders"].split("\0"))
        same: bool = _digest(struct.pack(f"={len(numbers)}Q", *numbers)) == note["site_stamps"]
        return same
    finally:
        os.close(lock)


_meanwhile: tuple[int, int, bytes] | None = None
"""The process that looks at the site meanwhile, where it says what it saw, and a hash of the stamps with which the site was left."""


def _look_meanwhile(note: dict[str, Any]) -> None:
    """Has a copy of this process look whether the site stands: as long as little was read, a copy costs little."""
    global _meanwhile
    stood(b"")  # one that nobody asked for
    out, into = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.write(into, b"%d" % _stands(note))
        finally:  # whatever else is found, the copy goes no further
            os._exit(0)
    os.close(into)
    _meanwhile = process, out, note["site_stamps"]


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
    return said == b"1" and left == _digest(stamps)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _digest(data: bytes | None) -> bytes:
    return b"" if data is None else blake2b(data, digest_size=16).digest()


# --- what was asked, by whom, when ------------------------------------------------------------------------------


def _asked(line: Sequence[str]) -> tuple[Any, ...]:
    """The line, the folder that its paths start from, and who carries it out."""
    return (tuple(line), os.getcwd(), sys.version, sys.prefix, os.path.abspath(__file__))


def _day(at: int) -> str:
    """The machine's day."""
    return time.strftime("%Y-%m-%d", time.localtime(at // 1_000_000_000))


def _environment(configuration: str) -> list[tuple[str, str]]:
    """What the environment tells a run."""
    named = configuration if "!ENV" in configuration else ""
    return sorted(
        (name, value)
        for name, value in os.environ.items()
        if name in _TOLD_BY_ENVIRONMENT or name.startswith("GIT_") or name in named
    )


def _ask(command: Sequence[str], surroundings: dict[str, str]) -> tuple[int, int] | None:
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


def _answer(question: tuple[int, int] | None) -> bytes | None:
    """What git answered; None where it could not be asked, or refused."""
    if question is None:
        return None
    process, out = question
    with open(out, "rb") as file:
        said = file.read()
    return said if os.waitpid(process, 0)[1] == 0 else None


# --- the note ---------------------------------------------------------------------------------------------------


def _file(root: str, line: Sequence[str]) -> str:
    named = _digest(repr((tuple(line), os.getcwd(), os.path.abspath(__file__))).encode()).hex()
    return f"{root}/{CACHE}/{KEPT}/{NAME}{named}"


def _read(line: Sequence[str]) -> dict[str, Any] | None:
    """The note of a line, if it is whole. Where the publication lies is guessed: elsewhere, nothing is found."""
    root = os.getcwd()
    for at, word in enumerate(line[:-1]):
        if word in ("-f", "--config-file"):
            root = os.path.dirname(os.path.abspath(line[at + 1]))
    data = _bytes(_file(root, line))
    end = len(_MAGIC) + 16
    if not data.startswith(_MAGIC) or _digest(data[end:]) != data[len(_MAGIC) : end]:
        return None
    note: dict[str, Any] = marshal.loads(data[end:])  # noqa: S302  our own file, whole as it was written
    return note


def _write(root: str, line: Sequence[str], data: bytes) -> None:
    """Puts a note in its place in one step. A disk that refuses costs the next run its time and nothing else."""
    path = _file(root, line)
    draft = f"{path}.{os.getpid()}"
    try:
        with open(draft, "wb") as file:
            file.write(_MAGIC + _digest(data) + data)
        os.replace(draft, path)
        folder = os.path.dirname(path)
        notes = [f"{folder}/{name}" for name in os.listdir(folder) if name.startswith(NAME)]
        for old in sorted(notes, key=lambda each: os.lstat(each).st_mtime_ns)[:-MOST]:
            os.unlink(old)
    except OSError:
        return
