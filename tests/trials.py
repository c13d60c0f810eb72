"""A publication whose builds go wrong: with its site before and after an edit, and a reader who looks at every file all the while."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from factbook.workshop import SITE
from tests.sites import DAY, copy_specimen, files_of


@dataclass(frozen=True)
class Trial:
    """A publication with its site and what its builds kept, before and after an edit."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]

    @property
    def site(self) -> Path:
        return self.folder / "site"


def command(folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "factbook", "build", "-f", str(folder / "specimen" / "mkdocs.yml")),
        *("--site-dir", str(folder / "site"), "--as-of", DAY, "--no-search"),
    ]


def build(folder: Path) -> str:
    done = subprocess.run(command(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def edit(folder: Path) -> None:
    """A name that every page shows, a title that some show, and a sheet that comes."""
    settings = folder / "specimen" / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("site_name: ", "site_name: New ", 1), encoding="utf-8")
    content = folder / "specimen" / "content"
    path = sorted((content / "terms").glob("*.yml"))[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: Renewed ", 1), encoding="utf-8")
    shutil.copy(path, content / "terms" / "newly-come.yml")


def make_trial(folder: Path) -> None:
    """The specimen, built, with its cache; beside it what a clean build makes of it after the edit."""
    copy_specimen(folder / "trial" / "specimen")
    clean = folder / "clean"
    shutil.copytree(folder / "trial" / "specimen", clean / "specimen")
    build(folder / "trial")
    edit(clean)
    build(clean)


def trial_in(folder: Path) -> Trial:
    """The trial that `make_trial` left in a folder, not to be changed itself."""
    before, after = files_of(folder / "trial" / "site"), files_of(folder / "clean" / "site")
    assert before.keys() < after.keys()
    assert sum(before[name] != after[name] for name in before) > 50
    return Trial(folder / "trial", before, after)


class watched:  # noqa: N801  used as a function
    """Reads the site again and again, and notes each file that is neither as before nor as after."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.torn: list[str] = []
        self.over = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)

    def read(self) -> None:
        both = sorted(self.trial.before.keys() & self.trial.after.keys() - {SITE.marker})
        while not self.over.is_set():
            for name in both:
                try:
                    seen = (self.trial.site / name).read_bytes()
                except FileNotFoundError:
                    seen = None
                if seen not in (self.trial.before[name], self.trial.after[name]):
                    self.torn.append(name)

    def __enter__(self) -> Callable[[], list[str]]:
        self.reader.start()
        return lambda: self.torn

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.reader.join()
