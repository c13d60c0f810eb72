"""The page templates as they were at one moment, so that a half-changed one never meets pages that are still shown."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FunctionLoader

from factbook.rendering.edition import TEMPLATES

Sources = dict[str, tuple[str, str]]
"""By name, as `pages/measure.html.j2`: the path of the file and its text."""


def read_templates(own: Path | None) -> Sources:
    """Every template, a publication's own before the engine's."""
    found: Sources = {}
    for folder in (TEMPLATES, own) if own else (TEMPLATES,):
        for path in sorted(folder.rglob("*.j2")):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = (str(path), path.read_text("utf-8", "replace"))
    return found


def hold(environment: Environment, sources: Sources) -> None:
    """Makes an environment use these texts from now on, whatever becomes of the files."""

    def source_of(name: str) -> tuple[str, str, None] | None:
        held = sources.get(name)
        return (held[1], held[0], None) if held else None

    environment.loader = FunctionLoader(source_of)
    environment.auto_reload = False
