"""What a build and a check say in the end: by the run that found it out, and by the next one if nothing moved since.

What makes that known is left to `kept.unmoved`. Imports little, since then nothing else is read.
"""

from __future__ import annotations

from factbook.commands.status import FINE
from factbook.kept import unmoved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypedDict

    from factbook.kept.unmoved import Looks

    class Built(TypedDict):
        """What came of a build, but for the numbers that are nothing where nothing moves."""

        shown: str
        counted: str
        pages: int
        site: str
        unchanged: int
        links: int
        reach: str

    class Checked(TypedDict):
        """What came of a check."""

        text: str
        status: int


def built(
    *,
    shown: str,
    counted: str,
    pages: int,
    site: str,
    unchanged: int,
    links: int,
    reach: str,
    written: int = 0,
    removed: int = 0,
) -> int:
    """Says what came of a build: problems that have to be heard, all of them counted, and the site."""
    if shown:
        print(f"{shown}\n")
    if counted:
        print(f"{counted} “build.py check” shows all.")
    print(
        f"{pages} pages in {site}: {written} files written, {unchanged} unchanged, {removed} removed. "
        f"{links} links inside it lead somewhere."
    )
    if reach == "none":
        print("There is no git here. Cards name no commit, and what facts said before is left out.")
    return FINE


def checked(*, text: str, status: int) -> int:
    """Says what a check found."""
    if text:
        print(text)
    return status


def not_looked_into(unread: Mapping[str, str]) -> str:
    """Says which sheets nobody could look into, by id and collection; problems in them may show later."""
    ids = sorted(unread)
    names = ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
    return f"Not looked into yet, because of what is said above: {names}. More may show once that is mended."


SAYING = {"built": built, "checked": checked}


def keep(line: Sequence[str], looks: Looks | None, kind: str, said: Mapping[str, Any]) -> None:
    """Keeps what a function of `SAYING` is to say if nothing moves; nothing where nobody typed a line."""
    if line and looks:
        unmoved.keep(line, looks, {"kind": kind, **said})


def again(line: Sequence[str]) -> int | None:
    """Says the same again and returns the same status, if nothing moved since the line was last carried out; else None."""
    said = unmoved.said_of(line)
    if said is None:
        return None
    saying: Any = SAYING[said.pop("kind")]
    status: int = saying(**said)
    return status
