"""What a person asked for on the command line, as every command receives it.

How it is written on the command line is left to `arguments.py`.
"""

from dataclasses import field
from pathlib import Path
from typing import Literal

from factbook.frozen import frozen

Format = Literal["text", "github", "json", "markdown"]
"""How problems are printed: for people, as notes in a pull request, or for programs; a difference also as Markdown."""


@frozen
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
    """How `check` prints problems, and `diff` a difference."""
    only_check: bool = False
    """Whether `fmt` changes nothing and lists what it would change."""
    by: str | None = None
    """The day up to which `due` looks ahead, as YYYY-MM-DD; None: only what is overdue."""
    fail: bool = False
    """Whether `due` fails where something is overdue."""
    port: int = 8000
    """Where `serve` listens on this machine; 0 takes a free port."""
    dated: str | None = None
    """The day of the list that `import` reads, as YYYY-MM-DD; the files do not tell."""
    names: tuple[str, ...] = ()
    """Names of the entries that `import` picks."""
    numbers: tuple[str, ...] = ()
    """The list's own numbers of the entries that `import` picks."""
    programmes: tuple[str, ...] = ()
    """Programmes whose entries `import` picks."""
    list_id: str | None = None
    """The regime that the list is, for `import`; None: nobody said."""
    source: str | None = None
    """The source that stands for the files of `import`; None: the one of that publisher and day, else a new one."""
    measure: str | None = None
    """The measure that new designations of `import` go to; None: a draft of their own."""
    compare: bool = False
    """Whether `import` only tells where our designations and the list differ."""
    dry_run: bool = False
    """Whether `import` writes nothing and prints what it would write."""
    to: Path | None = None
    """Where `pages` writes."""
    full: bool = False
    """Whether `test` also runs what needs Node, Java or heavy libraries."""
    line: tuple[str, ...] = field(default=(), compare=False)
    """The whole line as it was typed; empty where nobody typed one."""
    arguments: tuple[str, ...] = ()
    """Words after the command's name, e.g. the tests that `test` is to run."""
