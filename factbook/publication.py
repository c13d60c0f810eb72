"""The whole way of a publication on one page: read → join → check → lay out → render → write.

Read this first. Every stage takes what the one before it made and adds nothing to it in place; every fault of content is a
`Problem`. Starting MkDocs for shells is left to `site` and the commands; `publish` is handed what they made.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from factbook import history, inside_links, permalinks, search, writing
from factbook.cache import FOLDER, Cache
from factbook.catalogue import Catalogue, join
from factbook.checks import check
from factbook.checks.changes import unexplained
from factbook.checks.time import verified_ahead
from factbook.exports import completion
from factbook.exports.api import withdrawn_as_json
from factbook.exports.feeds import feed_files
from factbook.exports.files import files_for_machines
from factbook.exports.page_head import page_head
from factbook.exports.site_files import Edition
from factbook.exports.social import cards, icons
from factbook.history import commit_id, latest_day, resolve_as_of
from factbook.inside_links import FileLinks, is_read, links_of
from factbook.loading.files import PAGE_SIZE, read_text
from factbook.loading.nearer import nearer
from factbook.loading.settings import Settings, read_settings
from factbook.loading.sheets import Loaded, Parser, load
from factbook.model.change import UNTOLD, History
from factbook.pages.addresses import address_of, data_of
from factbook.pages.kinds import FOOTER, PAGE_KINDS, SECTIONS, lasting_addresses, lay_out
from factbook.pages.page import Page
from factbook.problems import Problem, in_order, unacceptable
from factbook.rendering.html import Renderer, Site
from factbook.rendering.shell import Section, ShellPlan, ShellRequest, Shells
from factbook.rendering.sitemap import sitemap
from factbook.yaml_text import parse as parse_yaml

LICENCE = "LICENSE-CONTENT"
"""The file beside `mkdocs.yml` that says how the content may be used; a publication may have none."""


@dataclass(frozen=True)
class Content:
    """A publication as read, joined and checked."""

    settings: Settings | None
    """None when the configuration itself cannot be read."""
    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    as_of: date | None = None
    """The day that every state of play holds for."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Sheets that exist and could not be read: id and collection."""
    history: History = UNTOLD
    """What changed, as far as git and the sheets can tell."""


@dataclass(frozen=True)
class Outcome:
    """What came of a build."""

    problems: tuple[Problem, ...]
    """In order of place."""
    pages: int = 0
    applied: writing.Applied | None = None
    """None when nothing was built and the site stays as it was."""
    links: int = 0
    """How many links inside the site were followed: different ones, counted for each page."""

    @property
    def written(self) -> bool:
        return self.applied is not None


def renew_schemas(content: Content) -> None:
    """Brings up to date what editors' programs complete from."""
    if content.settings and content.catalogue:
        completion.renew(content.settings.root, content.catalogue, content.unread)


def publish(
    settings: Settings, shells: Shells, *, site_dir: Path, search: bool, as_of: str | None, strict: bool
) -> Outcome:
    """Builds the site into a folder, or leaves it untouched and says why. Raises `WriteError` and `SearchError`."""
    content = read_and_check(settings.config_file, as_of=as_of)
    renew_schemas(content)
    problems = tuple(in_order(content.problems))
    if content.catalogue is None or content.as_of is None or unacceptable(problems, strict=strict):
        return Outcome(problems)
    pages = lay_out(content.catalogue, content.as_of, history=content.history)
    files = render(pages, content.catalogue, settings, shells)
    files |= files_for_machines(content.catalogue, edition_of(settings, content.as_of))
    files |= former_data(content.catalogue, files)
    files |= feed_files(content.catalogue, content.history, site_of(settings))
    links = links_in(files, settings)
    if leading_nowhere := dangling(links, files, pages, settings):
        return Outcome(tuple(in_order((*problems, *leading_nowhere))))
    if search:
        files |= index(files, settings)
    keep_out = [settings.root / settings.content, settings.root / settings.briefings]
    applied = writing.apply(files, site_dir, keep_out=keep_out)
    permalinks.remember(settings.root, answered(content.catalogue))
    return Outcome(problems, len(pages), applied, sum(len(found.leads) for found in links.values()))


def read_and_check(config_file: Path, *, as_of: str | None = None, parse: Parser = parse_yaml) -> Content:
    """Reads every sheet, joins them and applies the rules; all problems at once."""
    settings, problems = read_settings(config_file)
    if settings is None:
        return Content(None, None, tuple(problems))
    day = resolve_as_of(as_of, settings.root, os.environ)
    if isinstance(day, Problem):
        return Content(settings, None, (*problems, day))
    loaded = load(settings, parse)
    catalogue, dangling = join(loaded)
    found = check(catalogue, day)
    if any(sheet.sheet.verified.earliest > day for sheet in catalogue.sheets.values()):
        found += verified_ahead(catalogue, latest_day(day, settings.root))
    past = history.read(settings, catalogue)
    found += [*history.cut_short(past), *unexplained(catalogue, past)]
    found += permalinks.lost(settings.root, answered(catalogue), _as_a_whole(loaded))
    every = nearer((*problems, *loaded.problems, *dangling, *found), settings.root)
    return Content(settings, catalogue, tuple(every), day, loaded.unread, past)


def answered(catalogue: Catalogue) -> set[str]:
    """Every lasting address that this state of the publication answers: pages, facts, and the data of sheets."""
    found = lasting_addresses(catalogue)
    for id, loaded in catalogue.sheets.items():
        found.update(f"/{data_of(loaded.collection, each)}" for each in (id, *loaded.sheet.former_ids))
    for id, gone in catalogue.withdrawn.items():
        found.update(f"/{data_of(gone.collection, each)}" for each in (id, *gone.stone.former_ids))
    return found


def former_data(catalogue: Catalogue, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Data at addresses that sheets had: of a renamed one what it is now, of a withdrawn one when and why it went."""
    found: dict[str, bytes] = {}
    for id, loaded in catalogue.sheets.items():
        for old in loaded.sheet.former_ids:
            found[data_of(loaded.collection, old)] = files[data_of(loaded.collection, id)]
    for id, gone in catalogue.withdrawn.items():
        for each in (id, *gone.stone.former_ids):
            found[data_of(gone.collection, each)] = withdrawn_as_json(gone)
    return found


def _as_a_whole(loaded: Loaded) -> list[str]:
    """Addresses of sheets of which no fact is known: withdrawn ones, and those that exist and could not be read."""
    withdrawn = [
        (id, stone.collection) for stone in loaded.withdrawn for id in (stone.id, *stone.stone.former_ids)
    ]
    return [
        f"/{address}"
        for id, collection in (*loaded.unread.items(), *withdrawn)
        for address in (address_of(collection, id), data_of(collection, id))
    ]


def render(
    pages: Sequence[Page], catalogue: Catalogue, settings: Settings, shells: Shells
) -> dict[str, bytes]:
    """Every file of the site by its path: pages in their shells, the theme's assets, the sitemap."""
    renderer = renderer_of(settings, catalogue)
    files: dict[str, bytes] = dict(shells.assets)
    for page in pages:
        shell = shells.shells[page.kind]
        files[page.file] = shell.fill(renderer.render(page).values).encode()
    if settings.site_url:
        files["sitemap.xml"] = sitemap(pages, settings.site_url)
        files |= cards(pages, site_of(settings), Cache(settings.root))
    files |= icons(renderer.site, Cache(settings.root))
    return files


def links_in(files: Mapping[str, bytes], settings: Settings) -> dict[str, FileLinks]:
    """What every file of the site that can hold links offers and asks for, by its path."""
    elsewhere = tuple(filter(None, (settings.edit_url, settings.issues_url)))
    return {
        file: links_of(file, data.decode(), settings.site_url, elsewhere)
        for file, data in files.items()
        if is_read(file)
    }


def dangling(
    links: Mapping[str, FileLinks], files: Mapping[str, bytes], pages: Iterable[Page], settings: Settings
) -> list[Problem]:
    """The links of the site that lead nowhere, each at the sheet of its page."""
    sources = {page.file: page.path for page in pages}
    found = inside_links.dangling(links, files, lambda file: sources.get(file, ""))
    return list(nearer(found, settings.root))


def index(files: Mapping[str, bytes], settings: Settings) -> dict[str, bytes]:
    """The files of the search index over the finished pages."""
    return search.index(files, settings.root / FOLDER)


def renderer_of(settings: Settings, catalogue: Catalogue) -> Renderer:
    """What renders the pages, with what their heads say to programs."""
    site = site_of(settings)
    return Renderer(site, catalogue, lambda page: page_head(page, catalogue, site))


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


def _licence(file: Path) -> str:
    """The words of a publication's licence for its content; empty where it has none, or one that cannot be read."""
    text = read_text(file, LICENCE, PAGE_SIZE) if file.is_file() and not file.is_symlink() else ""
    return text if isinstance(text, str) else ""


def edition_of(settings: Settings, as_of: date) -> Edition:
    """What files for machines have to know of a build."""
    return Edition(site_of(settings), as_of, commit_id(settings.root))


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
