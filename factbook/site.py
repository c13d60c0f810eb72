"""The host: shells made by MkDocs and Material, and the plugin behind ``mkdocs build`` and ``mkdocs serve``.

The only module that imports mkdocs. MkDocs renders one page for each shell that is wanted, into a folder of
its own; from there shells and assets are harvested. It never sees a sheet and never writes to the site: what
pages say, filling the shells and writing the site are left to `factbook.publication`, with and without
MkDocs, so that both ways give the same bytes.
"""

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

# Material prints a notice about MkDocs's future when it is imported; editors need not see it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

from markupsafe import Markup, escape
from mkdocs.commands.build import build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from factbook import imprint, publication
from factbook.loading.settings import Settings, read_settings
from factbook.rendering.shell import (
    NOT_FOUND,
    Section,
    Shell,
    ShellPlan,
    ShellRequest,
    Shells,
    check_plan,
)
from factbook.rendering.shell_key import THEME_FOLDER
from factbook.workshop import workshop_of

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.factbook")

NOT_OURS = (
    "sitemap.xml",
    "sitemap.xml.gz",
    "search/",
    "assets/javascripts/lunr/",
    "assets/javascripts/workers/",
)
"""What the host writes and we do not publish: we write a sitemap of our own, and search is Pagefind's."""


JOINED: Mapping[str, tuple[str, ...]] = {
    "stylesheets/site.css": (
        "assets/stylesheets/main.*.min.css",  # Material's own
        "stylesheets/factbook.css",
        "stylesheets/charts.css",
        "stylesheets/as-of.css",
        "stylesheets/changes.css",
        "stylesheets/may-i.css",
    ),
    "scripts/site.js": (
        "scripts/shell.js",
        "scripts/search.js",
        "scripts/cards.js",
        "scripts/cite.js",
        "scripts/moved.js",
        "scripts/as-of.js",
    ),
}
"""Files that every page asks for, joined in this order into one, so that a first visit takes few requests."""

NOT_ASKED_FOR = ("assets/stylesheets/", "assets/javascripts/")
"""What the theme brings and no page of ours asks for (handbook/decisions/page-weight.md)."""

_BLANK_LINES = re.compile(r"[ \t]*\n\s*\n")
"""The theme's templates leave some 150 of them; a page repeats its shell, so they are taken out once."""


class SettingsError(Exception):
    """MkDocs does not accept the configuration; the text is its own, one complaint a line."""


def make_shells(
    config_file: Path,
    requests: Sequence[ShellRequest],
    sections: Sequence[Section],
    footer: Sequence[Section] = (),
) -> Shells:
    """Run MkDocs once and return the shells and assets that it gives.

    Raises `SettingsError` when MkDocs does not take the configuration.
    """
    check_plan(requests, (*sections, *footer))
    plan = ShellPlan(requests, sections, footer)
    with (
        tempfile.TemporaryDirectory(prefix="factbook-shells-") as folder,
        _no_day(),
        _complaints() as complaints,
    ):
        try:
            config = load_config(str(config_file), site_dir=folder)
            with _planned(_plugin_of(config), plan):
                config.plugins.on_startup(command="build", dirty=False)
                try:
                    build(config)
                finally:
                    config.plugins.on_shutdown()
        except (Abort, ConfigurationError) as error:
            raise SettingsError("\n".join(complaints) or str(error)) from error
        if complaints:  # shells are kept, so a warning would be seen once and never again
            raise SettingsError("\n".join(complaints))
        return harvest(Path(folder), plan)


def harvest(folder: Path, plan: ShellPlan) -> Shells:
    """Read what MkDocs left in a folder: the pages as shells, all other files as assets."""
    pages = {f"{request.address}index.html": request.key for request in plan.requests}
    pages["404.html"] = NOT_FOUND
    shells: dict[str, Shell] = {}
    assets: dict[str, bytes] = {}
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        name = path.relative_to(folder).as_posix()
        if key := pages.get(name):
            shells[key] = Shell.from_text(_BLANK_LINES.sub("\n", path.read_text(encoding="utf-8").lstrip()))
        elif not name.startswith(NOT_OURS) and not name.endswith(".map"):
            assets[name] = path.read_bytes()
    return Shells(shells, _joined(assets))


def _joined(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The assets with those of `JOINED` in one file each, and without what no page asks for."""
    made: dict[str, bytes] = {}
    parts: set[str] = set()
    for whole, patterns in JOINED.items():
        names = [name for pattern in patterns for name in sorted(assets) if fnmatchcase(name, pattern)]
        parts.update(names)
        made[whole] = b"\n".join(assets[name].strip() for name in names) + b"\n"
    kept = {
        name: data
        for name, data in assets.items()
        if name not in parts and not name.startswith(NOT_ASKED_FOR)
    }
    return dict(sorted({**kept, **made}.items()))


class ShellPage(Page):
    """A page without Markdown: the theme alone makes its shell."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: there is no file."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing; the theme's main.html holds the mark."""
        self.content = ""
        self.toc = TableOfContents([])


class FactbookConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """The plugin's own options in ``mkdocs.yml``."""

    content = option.Type(str, default="content")
    """Folder of the fact sheets, beside the configuration."""
    templates = option.Optional(option.Type(str))
    """Folder of templates used instead of the engine's; its ``theme`` goes before the engine's."""
    edit_base = option.Type(str, default="")
    """Address of the repository's folder, to which a sheet's path is added; empty leaves edit links out."""
    issues_base = option.Type(str, default="")
    """Address of the form for a new issue; empty leaves the links to report an error out."""
    search = option.Type(bool, default=True)


class FactbookPlugin(BasePlugin[FactbookConfig]):  # type: ignore[no-untyped-call]  # likewise
    """What MkDocs runs: its hooks, in the order in which a build calls them."""

    plan: ShellPlan | None = None
    """Set by `make_shells`, which then harvests by itself."""
    serving = False
    _site_dir: Path | None = None
    _stage: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Turn MkDocs to a folder of its own, so that emptying it never touches the site."""
        if config.theme.name != "material":
            raise PluginError('The theme is not "material". Write "theme: {name: material}" in mkdocs.yml.')
        if not config.use_directory_urls:
            raise PluginError("Addresses end in a slash. Take use_directory_urls out of mkdocs.yml.")
        _prepare_theme(config, self.config.templates)
        self._wanted = self.plan or _plan(config)
        self._site_dir = Path(config.site_dir)
        if self.plan is None:
            self._stage = Path(tempfile.mkdtemp(prefix="factbook-shells-"))
            config.site_dir = str(self._stage)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages that become shells in place of the files of docs_dir."""
        kept = [file for file in files if file.src_dir is not None and file.src_dir != config.docs_dir]
        return Files([*kept, *(_shell_file(request, config) for request in self._wanted.requests)])

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Tell the theme which links this shell shows."""
        current = {request.address: request.section for request in self._wanted.requests}[page.url]
        return self._with_links(context, current)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Tell the page for unknown addresses the same."""
        return self._with_links(context, "")

    def _with_links(self, context: Any, current: str) -> Any:
        base_url = context["base_url"].rstrip("/")

        def link(section: Section) -> Mapping[str, object]:
            return {
                "label": section.label,
                "href": f"{base_url}/{section.address}",
                "current": bool(current) and section.key == current,
            }

        context["root"] = f"{base_url}/"
        context["sections"] = [link(section) for section in self._wanted.sections]
        context["footer_links"] = [link(section) for section in self._wanted.footer]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Harvest and publish, unless `make_shells` does the harvesting."""
        if self._stage is None:
            return
        shells = harvest(self._stage, self._wanted)
        self._leave_stage()
        config.site_dir = str(self._site_dir)
        _publish(config, shells, search=self.config.search)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind."""
        self._leave_stage()

    def on_shutdown(self) -> None:
        """Leave nothing beside the folder that a preview had for its site."""
        if self.serving and self._site_dir:
            shutil.rmtree(workshop_of(self._site_dir), ignore_errors=True)

    def _leave_stage(self) -> None:
        if self._stage:
            shutil.rmtree(self._stage, ignore_errors=True)
        self._stage = None

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Any
    ) -> "LiveReloadServer":
        """Watch the sheets and the templates as well."""
        folder = Path(config.config_file_path).parent
        for watched in (
            folder / self.config.content,
            folder / (self.config.templates or ""),
            THEME_FOLDER.parent,
        ):
            if watched.is_dir() and watched != folder:
                server.watch(str(watched))
        return server


# --- the seam with publication: the only functions here that know it ------------------------------------------


def _settings(config: MkDocsConfig) -> Settings:
    """Read the settings as every other command does; a preview's address is MkDocs's own."""
    settings, problems = read_settings(Path(config.config_file_path))
    if settings is None:
        raise PluginError("\n".join(problem.as_text() for problem in problems))
    return replace(settings, site_url=config.site_url or "")


def _plan(config: MkDocsConfig) -> ShellPlan:
    """Ask which shells the pages of this publication need."""
    return imprint.shell_plan(_settings(config))


def _publish(config: MkDocsConfig, shells: Shells, *, search: bool) -> None:
    """Let publication write the site; say its problems as MkDocs does, so that ``--strict`` counts them."""
    outcome = publication.publish(
        _settings(config),
        shells,
        site_dir=Path(config.site_dir),
        search=search,
        as_of=None,
        strict=config.strict,
    )
    for problem in outcome.problems:
        level = {"error": logging.ERROR, "warning": logging.WARNING}.get(str(problem.severity), logging.INFO)
        log.log(level, "%s", problem.as_text())
    if not outcome.written:
        raise PluginError("Nothing was built; the site stays as it was.")


# --- MkDocs's side ------------------------------------------------------------------------------------------


def _plugin_of(config: MkDocsConfig) -> FactbookPlugin:
    """Find our plugin in a loaded configuration."""
    for plugin in config.plugins.values():
        if isinstance(plugin, FactbookPlugin):
            return plugin
    raise ConfigurationError('mkdocs.yml does not name the plugin. Add "plugins: [factbook]".')


@contextmanager
def _planned(plugin: FactbookPlugin, plan: ShellPlan) -> Iterator[None]:
    """Hand the plugin a plan for this build alone: MkDocs keeps plugins from one configuration to the next."""
    plugin.plan = plan
    try:
        yield
    finally:
        plugin.plan = None


def _prepare_theme(config: MkDocsConfig, templates: str | None) -> None:
    """Put our overrides after the publication's own, and turn off whatever would ask another site."""
    own = [Path(config.config_file_path).parent / templates / "theme"] if templates else []
    custom = [config.theme.custom_dir] if config.theme.custom_dir else []
    folders = [*custom, *(str(folder) for folder in own if folder.is_dir()), str(THEME_FOLDER)]
    seen = [folder for number, folder in enumerate(folders) if folder not in folders[:number]]
    config.theme.dirs[:] = [*seen, *(folder for folder in config.theme.dirs if folder not in seen)]
    for name in ("site_name", "site_description", "site_author", "copyright"):
        config[name] = _without_marks(config[name])
    config.theme["font"] = False
    config.extra["generator"] = False
    config.repo_url = None
    config.extra.pop("analytics", None)


def _without_marks(setting: str | None) -> Markup | None:
    """A text of the settings, ready for HTML, in which no mark of a shell is seen whatever it says."""
    return Markup(str(escape(setting)).replace("@@", "&#64;&#64;")) if setting else None  # noqa: S704  escaped here


def _shell_file(request: ShellRequest, config: MkDocsConfig) -> File:
    """Make the virtual file whose page becomes a shell."""
    file = File.generated(
        config, f"{request.address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
    )
    ShellPage(request.key, file, config)
    return file


@contextmanager
def _no_day() -> Iterator[None]:
    """Keep the day of the build from MkDocs: shells hold none, and publication says what is wrong with one."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if given is not None:
            os.environ["SOURCE_DATE_EPOCH"] = given


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what MkDocs logs as warnings and errors, instead of letting it print."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collect(logging.WARNING)
    propagates = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates
