"""What the last run of a line said, to be said again at once when nothing moved since.

After a run that ended well a note lies among the kept things: the line as it was typed, a hash over the stamps of everything that
the run looked at, what git answered it, the site as it was left, and what was said. The same line, typed again in the same folder, is
answered from the note if all of that is found as it was. In every doubt there is no answer, and the usual way is taken; where a site
was left, a copy of this process looks at it meanwhile.

What a run looks at is told by `looks`, how it is found now by `looking`, the words in which it ends by `commands.said`. Standard library alone, and little of it.
"""

from __future__ import annotations

import marshal
import os
import struct
import sys
import time

from factbook.kept import looking
from factbook.on_disk import CACHE, KEPT, LATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from factbook.on_disk import Stamp

BEGAN = time.time_ns()
"""When this process began."""
SETTLED = BEGAN - LATE
"""What changed after this may be other than what the run has read."""
MOST = 8
"""Notes of one publication, each of another line; the oldest goes."""
MOST_LATE = 200
"""Sheets that were changed just before the run and are known by their content; with more of them nothing is kept."""
_IMPOSSIBLE = os.name == "nt"
"""On Windows nothing is kept: it has no lock to look at and not take."""
_MAGIC = b"factbook unmoved 3\n"
_TOLD_BY_ENVIRONMENT = ("SOURCE_DATE_EPOCH",)
"""What a run asks of the environment, beside what git asks and what the configuration names."""


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
    moved = [stamp for path in looks.paths if (stamp := looking.stamp_at(path))[1] >= SETTLED]
    moved += [stamp for tree in looks.trees for _, stamp in looking.below(tree) if stamp[1] >= SETTLED]
    known = len(late) <= MOST_LATE and all(looks.late.get(path) for path in late)
    if _IMPOSSIBLE or moved or not known or looks.questions is None:
        return
    note = {
        "asked": _asked(line),
        "day": _day(BEGAN),
        "configuration": looks.configuration if "!ENV" in looks.configuration else "",
        "environment": _environment(looks.configuration),
        "questions": [(command, looking.hash_of(answer)) for command, answer in looks.questions.items()],
        "surroundings": dict(looks.surroundings),
        "paths": [*looks.paths, *looks.own_paths],
        "trees": [*looks.trees, *looks.own_trees],
        "names": list(looks.names),
        "folders": list(looks.folders),
        "late": [(path, looks.late[path]) for path in late],
        "left": (
            looks.site,
            looks.workshop,
            "\0".join(looks.site_files),
            "\0".join(looks.site_folders),
            looking.hash_of(looks.site_stamps),
        ),
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
    questions = [
        (looking.ask(command, note["surroundings"]), answer) for command, answer in note["questions"]
    ]
    left = looking.Left(*note["left"])
    try:
        seen = _seen(note, map(looking.names_in, note["names"]), map(looking.files_in, note["folders"]))
        found = _are(note["seen"], seen) and all(
            looking.hash_of(looking.bytes_of(path)) == digest for path, digest in note["late"]
        )
        if left.site and not found:
            looking.look_meanwhile(left)
        holds = found and (not left.site or left.stands())
    finally:  # whatever else is found, nobody is left behind
        answers = [(looking.answer_of(question), answer) for question, answer in questions]
    return holds and all(looking.hash_of(now) == then for now, then in answers)


def _seen(
    note: dict[str, Any],
    names: Iterable[Sequence[str]],
    folders: Iterable[Sequence[tuple[str, Stamp]]],
) -> Iterator[bytes]:
    """Hashes of everything but the site and what git says, one after the other: where most changes are made, comes first.

    `names` and `folders` are what is found in those of the note.
    """
    for path, files in zip(note["folders"], folders, strict=True):
        yield looking.hash_of(repr((os.path.isdir(path), sorted(files))).encode())
    yield looking.hash_of(repr([sorted(each) for each in names]).encode())
    yield looking.hash_of(repr([looking.stamp_at(path) for path in note["paths"]]).encode())
    for tree in note["trees"]:
        yield looking.hash_of(repr(looking.below(tree)).encode())


def _are(then: Sequence[bytes], now: Iterator[bytes]) -> bool:
    """Whether all hashes are as they were; looks no further than to the first that is not."""
    return all(each == next(now, None) for each in then) and next(now, None) is None


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


# --- the note ---------------------------------------------------------------------------------------------------


def _file(root: str, line: Sequence[str]) -> str:
    named = looking.hash_of(repr((tuple(line), os.getcwd(), os.path.abspath(__file__))).encode()).hex()
    return f"{root}/{CACHE}/{KEPT}/{looking.NOTE}{named}"


def _read(line: Sequence[str]) -> dict[str, Any] | None:
    """The note of a line, if it is whole. Where the publication lies is guessed: elsewhere, nothing is found."""
    root = os.getcwd()
    for at, word in enumerate(line[:-1]):
        if word in ("-f", "--config-file"):
            root = os.path.dirname(os.path.abspath(line[at + 1]))
    data = looking.bytes_of(_file(root, line))
    end = len(_MAGIC) + 16
    if not data.startswith(_MAGIC) or looking.hash_of(data[end:]) != data[len(_MAGIC) : end]:
        return None
    note: dict[str, Any] = marshal.loads(data[end:])  # noqa: S302  our own file, whole as it was written
    return note


def _write(root: str, line: Sequence[str], data: bytes) -> None:
    """Puts a note in its place in one step. A disk that refuses costs the next run its time and nothing else."""
    path = _file(root, line)
    draft = f"{path}.{os.getpid()}"
    try:
        with open(draft, "wb") as file:
            file.write(_MAGIC + looking.hash_of(data) + data)
        os.replace(draft, path)
        folder = os.path.dirname(path)
        notes = [f"{folder}/{name}" for name in os.listdir(folder) if name.startswith(looking.NOTE)]
        for old in sorted(notes, key=lambda each: os.lstat(each).st_mtime_ns)[:-MOST]:
            os.unlink(old)
    except OSError:
        return
