"""A name for everything that the shells depend on, so that they can be kept and MkDocs need not be started.

The name changes when the configuration, a theme file, the version of a package that renders shells, this
engine's own part in it, or what is asked for changes. Nothing of MkDocs is imported here. Where the shells
are kept under that name is left to the caller.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from factbook.kept.engine import version_of
from factbook.rendering.shell import Section, ShellRequest

THEME_FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "theme"
"""The theme overrides that come with the engine; a publication may put its own before them."""

_PACKAGES = ("mkdocs", "mkdocs_material", "jinja2", "markdown")
_SOURCES = ("site.py", "rendering/shell.py", "rendering/shell_key.py")


def shells_key(
    config_file: Path,
    requests: Sequence[ShellRequest],
    sections: Sequence[Section],
    footer: Sequence[Section] = (),
    *,
    parts: Sequence[Path] = (),
    settings: Sequence[str] = (),
) -> str:
    """Return a hash of all that goes into the shells.

    ``parts`` are a publication's own folders of overrides and its hooks; the engine's overrides are always counted.
    ``settings`` are values that the configuration takes from elsewhere, such as the site's address.
    """
    digest = hashlib.sha256()

    def add(*words: str | bytes) -> None:
        for word in words:
            data = word.encode() if isinstance(word, str) else word
            digest.update(b"%d:" % len(data))
            digest.update(data)

    add(config_file.read_bytes(), *settings)
    engine = Path(__file__).resolve().parent.parent
    for name in _SOURCES:
        add(name, (engine / name).read_bytes())
    for part in (*parts, THEME_FOLDER):
        add("theme")
        for path in _files_of(part):
            add(path.relative_to(part).as_posix(), path.read_bytes())
    for package in _PACKAGES:
        add(package, version_of(package))
    add(*(repr(item) for item in (*requests, "sections", *sections, "footer", *footer)))
    return digest.hexdigest()


def _files_of(part: Path) -> list[Path]:
    """Return every file below a folder, by path; the file itself of one; none if nothing is there."""
    if part.is_file():
        return [part]
    found = [Path(parent, name) for parent, _, names in os.walk(part) for name in names]
    return sorted(found, key=lambda path: path.relative_to(part).as_posix())
