"""What the stages have to know of a publication as a whole: its names and addresses, its licence, its templates, the shells of its pages.

All of it follows from the settings. Reading them is left to `loading.settings`, making shells to `site`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from factbook.cache import FOLDER
from factbook.exports import page_head
from factbook.history import commit_id
from factbook.kept.engine import files_key
from factbook.kept.store import digest_of
from factbook.loading.files import PAGE_SIZE, read_text
from factbook.loading.settings import LICENCE, Settings
from factbook.on_disk import KEPT
from factbook.pages.kinds import FOOTER, PAGE_KINDS, SECTIONS
from factbook.rendering import html
from factbook.rendering.edition import TEMPLATES, Edition, Site
from factbook.rendering.shell import Section, ShellPlan, ShellRequest, Shells

if TYPE_CHECKING:  # read late
    from factbook.rendering.html import Renderer


def site_of(settings: Settings) -> Site:
    """What rendering has to know of a publication as a whole."""
    templates = settings.root / settings.templates if settings.templates else None
    return Site(
        settings.site_name,
        settings.site_description,
        settings.site_url,
        settings.edit_url,
        settings.issues_url,
        templates,
        _licence(settings.root / LICENCE),
    )


def edition_of(settings: Settings, as_of: date) -> Edition:
    """What files for machines have to know of a build."""
    return Edition(site_of(settings), as_of, commit_id(settings.root))


def renderer_of(settings: Settings) -> Renderer:
    """What renders the pages, with what their heads say to programs."""
    site = site_of(settings)
    compiled = settings.root / FOLDER / KEPT
    return html.Renderer(site, lambda page, catalogue: page_head.page_head(page, catalogue, site), compiled)


def print_key(settings: Settings, shells: Shells) -> str:
    """A name for all besides sheets that decides what pages say: settings, shells, templates."""
    site = site_of(settings)
    folders = [site.templates] if site.templates else []
    templates = [files_key(folder, ".j2").hex() for folder in (*folders, TEMPLATES)]
    return digest_of(repr((site, sorted(shells.shells.items()), templates)).encode()).hex()


def shell_plan(settings: Settings) -> ShellPlan:
    """The shells that the pages of a publication need, and the links that each of them shows."""
    requests = [
        ShellRequest(kind.name, "_/" * (kind.depth - 1) + f"{kind.name}/" if kind.depth else "", kind.section)
        for kind in PAGE_KINDS.values()
    ]
    footer = [Section(*row) for row in FOOTER]
    for id, label in (("method", "How we work"), ("about", "About")):
        if (settings.root / settings.briefings / f"{id}.md").is_file():
            footer.append(Section(id, label, f"{id}/"))
    return ShellPlan(requests, [Section(*row) for row in SECTIONS], footer)


def _licence(file: Path) -> str:
    """The words of a publication's licence for its content; empty where it has none, or one that cannot be read."""
    text = read_text(file, LICENCE, PAGE_SIZE) if file.is_file() and not file.is_symlink() else ""
    return text if isinstance(text, str) else ""
