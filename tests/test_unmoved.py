"""A build or a check in which nothing moved since the last one says the same again at once, and writes nothing; whatever moved is seen."""

import fcntl
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from factbook import commands, looks
from factbook.history import git
from factbook.kept import looking, unmoved
from factbook.on_disk import stamp_of
from factbook.workshop import workshop_of
from factbook.writing import Site, Stage
from tests.repositories import commit_all
from tests.repositories import git as ask
from tests.sites import DAY, SPECIMEN, files_of

APART = shutil.ignore_patterns(".cache", "site", ".site.factbook")


@dataclass
class Place:
    """A specimen of one's own in a repository, what is typed there, and an engine that may be touched."""

    root: Path
    engine: Path
    command: str = "build"

    @property
    def line(self) -> list[str]:
        words = [self.command, "-f", str(self.root / "mkdocs.yml"), "--as-of", DAY]
        return [*words, "--no-search"] if self.command == "build" else words

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def notes(self) -> list[Path]:
        return sorted((self.root / ".cache" / "kept").glob(f"{looking.NOTE}*"))

    @property
    def unmoved(self) -> bool:
        """Whether the line would be answered at once."""
        return unmoved.said_of(self.line) is not None

    def file(self, path: str) -> Path:
        """A file of the publication, or below `engine/` one of the engine."""
        return self.engine.parent / path if path.startswith("engine/") else self.root / path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place in which everything that a run looks at is there once."""
    folder = tmp_path_factory.mktemp("unmoved")
    root, engine = folder / "own", folder / "engine"
    shutil.copytree(SPECIMEN, root, ignore=APART)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("      content: content\n", "      content: content\n      templates: mine\n")
    settings += "hooks: [hook.py]\n"
    for path, text in {
        root / "mkdocs.yml": settings,
        root / "hook.py": "def on_config(config):\n    config.copyright = 'One'\n",
        root / "LICENSE-CONTENT": "Take it.\n",
        root / ".gitignore": ".cache/\nsite/\n.site.factbook/\n",
        root / "mine" / "note.html.j2": "A note.\n",
        root / "mine" / "theme" / "more.css": "p {}\n",
        engine / "publication.py": "ONE = 1\n",
        engine / "templates" / "page.html.j2": "A page.\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ask(root, "init", "-q", "-b", "main")
    commit_all(root, "2026-11-20")
    return Place(root, engine)


@pytest.fixture
def place(prepared: Place) -> Iterator[Place]:
    """The place as it was committed; its site and what is kept are left from the test before."""
    base = ask(prepared.root, "rev-parse", "HEAD")
    yield prepared
    ask(prepared.root, "reset", "-q", "--hard", base)
    ask(prepared.root, "clean", "-fdq")


def carried_out(place: Place, monkeypatch: pytest.MonkeyPatch) -> int:
    """The status of a process that begins now, long after everything was last changed."""
    now = time.time_ns()
    monkeypatch.setattr(unmoved, "BEGAN", now)
    monkeypatch.setattr(unmoved, "SETTLED", now)
    monkeypatch.setattr(git, "_STATE", {})
    monkeypatch.setattr(looks, "ENGINE", place.engine)
    monkeypatch.setattr(looks, "TEMPLATES", place.engine / "templates")
    return commands.start(place.line)


# --- what moves ---------------------------------------------------------------------------------------------


def edited(path: str, old: str, new: str) -> Callable[[Place], None]:
    """Puts other words of the same length in a file, and sets its time back."""
    assert len(old) == len(new)

    def change(place: Place) -> None:
        file = place.file(path)
        was = file.stat()
        while time.time() < was.st_ctime + 1:  # git counts in seconds, and would not see it either
            time.sleep(0.05)
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))

    return change


def added(path: str, text: str = "Added.\n") -> Callable[[Place], None]:
    def change(place: Place) -> None:
        place.file(path).parent.mkdir(parents=True, exist_ok=True)
        place.file(path).write_text(text, "utf-8")

    return change


def removed(path: str) -> Callable[[Place], None]:
    return lambda place: place.file(path).unlink()


def moved(path: str, other: str) -> Callable[[Place], None]:
    return lambda place: place.file(path).rename(place.file(other)) and None


def touched(path: str) -> Callable[[Place], None]:
    return lambda place: os.utime(place.file(path))


def folder(path: str) -> Callable[[Place], None]:
    return lambda place: place.file(path).mkdir()


def committed(place: Place) -> None:
    ask(place.root, "commit", "-q", "--allow-empty", "-m", "A step")


def linked(place: Place) -> None:
    """A sheet that becomes a link to what it was."""
    sheet = place.file("content/terms/quota.yml")
    sheet.rename(place.root / "aside.yml")
    sheet.symlink_to("../../aside.yml")


def gone_and_back(place: Place) -> None:
    """A site that was made anew by somebody else, with the same bytes."""
    shutil.copytree(place.site, place.root / "other")
    shutil.rmtree(place.site)
    (place.root / "other").rename(place.site)


TERM = "title: Added\ndefinition: What was added.\nverified: 2026-11-01\nreview_by: 2027-05-01\n"
PAGE = "---\ntitle: More\ndescription: More.\nverified: 2026-11-01\nreview_by: 2027-05-01\n---\n\nMore.\n"
MOVED: dict[str, Callable[[Place], None]] = {
    "a sheet, its size and time kept": edited("content/terms/quota.yml", "title: Quota", "title: Quite"),
    "a sheet that is new": added("content/terms/added.yml", TERM),
    "a sheet less": removed("content/terms/quota.yml"),
    "a sheet under another name": moved("content/terms/quota.yml", "content/terms/share.yml"),
    "a sheet that is a link now": linked,
    "an empty folder among the collections": folder("content/things"),
    "an empty folder among the sheets": folder("content/terms/things"),
    "a file of another kind": added("content/terms/notes.txt"),
    "a page of prose that is new": added("briefings/more.md", PAGE),
    "a capture": touched("content/captures/reg-2022-17.txt"),
    "a closed list": touched("content/vocabulary/groups.yml"),
    "a template of one's own": edited("mine/note.html.j2", "A note", "A nose"),
    "a template that is new": added("mine/pages/more.html.j2"),
    "a file of one's own theme": edited("mine/theme/more.css", "p {}", "q {}"),
    "a hook": edited("hook.py", "One", "Two"),
    "the settings": edited("mkdocs.yml", "site_name: Specimen", "site_name: Specimin"),
    "the licence": edited("LICENSE-CONTENT", "Take", "Give"),
    "no licence any more": removed("LICENSE-CONTENT"),
    "the ledger of addresses": removed("permalinks.txt"),
    "the engine": edited("engine/publication.py", "1", "2"),
    "the engine, by a file": added("engine/checks/more.py"),
    "the engine's templates": edited("engine/templates/page.html.j2", "A page", "A cage"),
    "a commit": committed,
    "a file beside the publication's, which makes the commit another": added("beside.txt"),
    "a page that is spoilt": added("site/terms/quota/index.html", "spoilt"),
    "a page less": removed("site/terms/quota/index.html"),
    "a page elsewhere": moved("site/terms/quota/index.html", "site/terms/quota/other.html"),
    "a stranger's file in the site": added("site/terms/stray.html"),
    "a site put in place of another": gone_and_back,
    "what editors' programs complete from": removed(".cache/schemas/terms.json"),
    "what is kept, damaged": added(".cache/kept/content", "damaged"),
    "nothing kept": lambda place: shutil.rmtree(place.root / ".cache"),
}


ALIKE = {
    "a sheet under another name",
    "an empty folder among the sheets",
    "a file of another kind",
    "a template that is new",
    "a file of one's own theme",
    "no licence any more",
    "the engine, by a file",
    "the engine's templates",
    "a page less",
    "a page elsewhere",
    "what editors' programs complete from",
}
"""Things that move like another of the table."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.full) if name in ALIKE else name for name in MOVED]
)
def test_what_moved_is_seen_and_the_site_is_that_of_a_clean_build(
    name: str,
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    carried_out(place, monkeypatch)
    assert place.unmoved
    capsys.readouterr()
    MOVED[name](place)
    assert not place.unmoved
    status, words = carried_out(place, monkeypatch), but_for_numbers(capsys.readouterr().out)
    aside = replace(place, root=tmp_path / "own")
    shutil.copytree(place.root, aside.root, ignore=APART, symlinks=True)
    (aside.root / ".cache").mkdir()
    shutil.copy(
        place.root / ".cache" / "shells.pickle", aside.root / ".cache"
    )  # known by what they were made of
    assert carried_out(aside, monkeypatch) == status
    clean = capsys.readouterr().out.replace(str(aside.root), str(place.root))
    assert but_for_numbers(clean) == words
    if status == 0:
        assert files_of(place.site) == files_of(aside.site)


def but_for_numbers(words: str) -> str:
    """What a build said, whatever it had to write."""
    return re.sub(r"\d+ files written, \d+ unchanged, \d+ removed", "", words)


# --- what is in doubt ---------------------------------------------------------------------------------------


def note_with(change: Callable[[bytes], bytes]) -> Callable[[Place, pytest.MonkeyPatch], None]:
    def spoil(place: Place, _patch: pytest.MonkeyPatch) -> None:
        for note in place.notes:
            note.write_bytes(change(note.read_bytes()))

    return spoil


DOUBTS: dict[str, Callable[[Place, pytest.MonkeyPatch], object]] = {
    "no note": lambda place, _: [note.unlink() for note in place.notes],
    "a note cut short": note_with(lambda data: data[: len(data) // 2]),
    "an empty note": note_with(lambda _: b""),
    "a note with one bit turned": note_with(lambda data: data[:-9] + bytes([data[-9] ^ 4]) + data[-8:]),
    "a note of another form": note_with(lambda data: data.replace(unmoved._MAGIC, b"factbook unmoved 0\n")),
    "another day on the clock": lambda _, patch: patch.setattr(unmoved, "_day", lambda _at: "2031-01-01"),
    "another Python": lambda _, patch: patch.setattr(sys, "version", "4.0"),
    "another environment": lambda _, patch: patch.setattr(sys, "prefix", "/elsewhere"),
    "another folder to stand in": lambda place, patch: patch.chdir(place.root),
    "a day in the environment": lambda _, patch: patch.setenv("SOURCE_DATE_EPOCH", "1795348800"),
    "another index for git": lambda place, patch: patch.setenv("GIT_INDEX_FILE", str(place.root / "none")),
    "no git any more": lambda place, patch: patch.setenv("PATH", str(place.root)),
    "a build that was interrupted": lambda place, _: (workshop_of(place.site) / "journal.json").touch(),
    "a renaming that was interrupted": lambda place, _: (place.root / ".cache/changes.json").touch(),
    "no workshop": lambda place, _: shutil.rmtree(workshop_of(place.site)),
    "no marker in the site": lambda place, _: (place.site / ".factbook-site").unlink(),
    "another marker": lambda place, _: (place.site / ".factbook-site").write_text("Mine.\n"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_in_doubt_there_is_no_answer(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        carried_out(place, before)
    assert place.unmoved
    try:
        with monkeypatch.context() as patch:
            DOUBTS[name](place, patch)
            assert not place.unmoved
    finally:
        shutil.rmtree(workshop_of(place.site), ignore_errors=True)
        shutil.rmtree(place.site)
        (place.root / ".cache" / "changes.json").unlink(missing_ok=True)


def test_another_line_has_no_answer(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    carried_out(place, monkeypatch)
    for more in ("--strict", "--jobs=1", "--site-dir=elsewhere"):
        assert unmoved.said_of([*place.line, more]) is None
    assert unmoved.said_of([word.replace(DAY, "2026-11-23") for word in place.line]) is None


def test_a_build_under_way_is_not_disturbed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    carried_out(place, monkeypatch)
    with (workshop_of(place.site) / "lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not place.unmoved
    assert place.unmoved


@pytest.mark.parametrize(
    "late", ["mkdocs.yml", "mine/note.html.j2", "engine/publication.py", "content/vocabulary/groups.yml"]
)
def test_what_changed_just_before_the_run_is_not_relied_on(
    late: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be changed again and keep its time."""
    os.utime(place.file(late))
    began = time.time_ns()
    monkeypatch.setattr(unmoved, "SETTLED", began - unmoved.LATE)
    for module, name, value in (
        (unmoved, "BEGAN", began),
        (git, "_STATE", {}),
        (looks, "ENGINE", place.engine),
        (looks, "TEMPLATES", place.engine / "templates"),
    ):
        monkeypatch.setattr(module, name, value)
    commands.main(place.line)
    assert not place.unmoved


# --- nothing moved ------------------------------------------------------------------------------------------


def everything(root: Path) -> dict[str, tuple[int, int, int]]:
    """Size, time of change and number of all there is, folders too."""
    return {str(path): stamp_of(path.lstat()) for path in sorted(root.rglob("*"))}


def process(place: Place) -> tuple[int, str, str]:
    command = [sys.executable, "-I", "-X", "utf8", "-m", "factbook", *place.line]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("kept", ["in a repository", "in none", "broken"])
def test_where_nothing_moved_the_same_is_said_and_nothing_written(
    command: str, kept: str, prepared: Place, tmp_path: Path
) -> None:
    place = Place(tmp_path / "own", prepared.engine, command)
    leave = (
        APART
        if kept == "in a repository"
        else shutil.ignore_patterns(".cache", "site", ".site.factbook", ".git")
    )
    shutil.copytree(prepared.root, place.root, ignore=leave)
    if kept == "broken":
        edited("content/terms/quota.yml", "term: ceiling", "term: ceilinG")(place)
    settled = time.time_ns() + unmoved.LATE
    while time.time_ns() < settled:
        time.sleep(0.1)
    first = process(place)
    before = everything(place.root)
    second = process(place)
    assert second[0] == first[0] == (1 if kept == "broken" else 0)
    assert second[2] == first[2] == ""
    if command == "check" or kept == "broken":
        assert second[1] == first[1]
    else:
        assert "0 files written" in second[1]
        assert second[1] == process(place)[1]
    if command == "check" or kept != "broken":  # a build that was refused is tried again
        assert everything(place.root) == before


def test_a_sheet_saved_just_before_the_build_is_known_by_its_content(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried_out(place, monkeypatch)
    edited("content/terms/quota.yml", "title: Quota", "title: Quite")(place)
    as_settled = time.time_ns()
    with monkeypatch.context() as patch:
        patch.setattr(unmoved, "MOST_LATE", 1_000)
        patch.setattr(unmoved, "SETTLED", place.file("content/terms/quota.yml").stat().st_ctime_ns)
        patch.setattr(unmoved, "BEGAN", as_settled)
        patch.setattr(git, "_STATE", {})
        patch.setattr(looks, "ENGINE", place.engine)
        patch.setattr(looks, "TEMPLATES", place.engine / "templates")
        commands.start(place.line)
    assert place.unmoved
    edited("content/terms/quota.yml", "title: Quite", "title: Quota")(place)
    assert not place.unmoved


# --- the look at the site meanwhile -------------------------------------------------------------------------


def test_the_site_is_looked_at_while_a_changed_sheet_is_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a build after a change has not to look at each file of it, and neither has the next."""
    looked: list[bool] = []
    standing = Stage.standing

    def noted(stage: Stage, seen: Site, *, stood: bool = False) -> set[str]:
        looked.append(stood)
        return standing(stage, seen, stood=stood)

    carried_out(place, monkeypatch)
    monkeypatch.setattr(Stage, "standing", noted)
    for old, new in (("title: Quota", "title: Quite"), ("title: Quite", "title: Quota")):
        edited("content/terms/quota.yml", old, new)(place)
        assert carried_out(place, monkeypatch) == 0
    assert looked == [True, True]


SPOILT = ("a page that is spoilt", "a page less", "a page elsewhere", "a stranger's file in the site")


@pytest.mark.parametrize("name", SPOILT)
def test_what_moved_in_the_site_is_seen_beside_a_changed_sheet(
    name: str, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried_out(place, monkeypatch)
    edited("content/terms/quota.yml", "title: Quota", "title: Quite")(place)
    MOVED[name](place)
    assert carried_out(place, monkeypatch) == 0
    aside = replace(place, root=tmp_path / "own")
    shutil.copytree(place.root, aside.root, ignore=APART, symlinks=True)
    assert carried_out(aside, monkeypatch) == 0
    assert files_of(place.site) == files_of(aside.site)


def stamps_in(place: Place) -> bytes:
    """Size, time and number of every file of the site, and the time of every folder, as the note names them."""
    note: Any = unmoved._read(place.line)
    left = looking.Left(*note["left"])
    files = [(place.site / name).lstat() for name in left.files.split("\0")]
    folders = [(place.site / name).lstat() for name in left.folders.split("\0")]
    numbers = [number for each in files for number in (each.st_size, each.st_mtime_ns, each.st_ino)]
    numbers += [each.st_mtime_ns for each in folders]
    return struct.pack(f"={len(numbers)}Q", *numbers)


def test_a_look_is_believed_of_the_site_that_was_looked_at_and_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build may have left it otherwise since."""
    carried_out(place, monkeypatch)
    left = stamps_in(place)
    edited("content/terms/quota.yml", "title: Quota", "title: Quite")(place)
    assert not place.unmoved
    assert not looking.stood(b"other stamps")
    assert not looking.stood(left)
    assert not place.unmoved
    assert looking.stood(left)
    assert not looking.stood(left)
