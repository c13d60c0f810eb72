"""What a person asked for on the command line, as every command receives it.

How it is written on the command line is left to `arguments.py`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Format = Literal["text", "github", "json"]
"""How problems are printed: for people, as notes in a pull request, or for programs."""


@dataclass(frozen=True)
class Options:
    """The choices of one run, e.g. `build.py --strict --jobs 2`; what was not asked for is as given here."""

    config_file: Path = Path("mkdocs.yml")
    """The MkDocs configuration of the publication; its content and briefings lie beside it."""
    strict: bool = False
    """Whether warnings fail the run as errors do."""
    as_of: str | None = None
    """The day that the build holds for, as YYYY-MM-DD; None leaves it to the commit or the clock."""
    jobs: int | None = None
    """How many processes may work at once; None leaves it to the machine."""
    site_dir: Path | None = None
    """Where the finished site goes; None takes the configuration's word."""
    search: bool = True
    """Whether the search index is made."""
    format: Format = "text"
    """How `check` prints problems."""
    only_check: bool = False
    """Whether `fmt` changes nothing and lists what it would change."""
    by: str | None = None
    """The day up to which `due` looks ahead, as YYYY-MM-DD; None: only what is overdue."""
    fail: bool = False
    """Whether `due` fails where something is overdue."""
    port: int = 8000
    """Where `serve` listens on this machine; 0 takes a free port."""
    full: bool = False
    """Whether `test` also runs what needs Node, Java or heavy libraries."""
    arguments: tuple[str, ...] = ()
    """Words after the command's name, e.g. the tests that `test` is to run."""
