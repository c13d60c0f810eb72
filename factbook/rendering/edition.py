"""One publication, and one build of it, as pages and files for machines have to know them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from factbook.frozen import frozen
from factbook.model.change import UNTOLD, History

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
"""The engine's templates; a publication's own come before them."""


@frozen
class Site:
    """What rendering has to know of the publication as a whole."""

    name: str
    description: str = ""
    """In a sentence, as the publication's settings have it."""
    url: str = ""
    edit_url: str = ""
    """Address before the path of a file, to edit it; empty: no such link."""
    issues_url: str = ""
    """Address of the form to report an error; empty: no such link."""
    templates: Path | None = None
    licence: str = ""
    """Under which licence its content may be used, in its own words; empty: it says nothing."""


@frozen
class Edition:
    """One build of a publication: what it is called, where it stands, the day it holds for, the commit it is made of."""

    site: Site
    as_of: date
    commit: str = ""
    """Empty where git knows none, or the files differ from it."""
    history: History = UNTOLD
    """What changed before it."""
