"""What a preview shows: the last good state of the publication, its pages drawn when they are asked for, and what is wrong since.

`renew` is called after each change and never raises for what an editor can do. Search is made beside, after: `make_search`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment

from factbook import imprint, publication, search
from factbook.cache import FOLDER
from factbook.catalogue import Catalogue
from factbook.commands.build import HostRefusedError, shells_for
from factbook.commands.options import Options
from factbook.commands.preview import faults, templates
from factbook.commands.preview.faults import Faults
from factbook.desk import Desk
from factbook.exports import social
from factbook.exports.fact_cards import card_files
from factbook.exports.feeds import feed_files
from factbook.exports.files import find
from factbook.frozen import frozen
from factbook.kept.tables import Tables
from factbook.loading.settings import Settings, read_settings, refused_by_host
from factbook.model.briefing import Briefing
from factbook.model.change import UNTOLD, History
from factbook.pages.addresses import CARDS, MAY_I, address_of, first_part
from factbook.pages.laying_out import lay_out, one_of_each_kind
from factbook.problems import Severity, in_order, unacceptable
from factbook.rendering.edition import TEMPLATES, Edition
from factbook.rendering.html import Renderer
from factbook.rendering.shell import Shells
from factbook.rendering.sitemap import last_change, sitemap
from factbook.search import SearchError

_ONE_AT_A_TIME = threading.Lock()
"""Held while a page is drawn: the reader of Markdown is one for all."""


class _SupersededError(Exception):
    """What was being made is no longer wanted."""


@frozen
class Good:
    """A publication without errors, and how its pages are drawn."""

    settings: Settings
    catalogue: Catalogue
    as_of: date
    shells: Shells
    renderer: Renderer
    sources: templates.Sources
    history: History = UNTOLD
    drawn: dict[str, bytes] = field(default_factory=dict)
    """Pages by address, as far as they have been asked for."""

    @property
    def prefix(self) -> str:
        """The path under which the site will stand, as `repo/`; its page for unknown addresses links there."""
        return urlsplit(self.settings.site_url).path.lstrip("/")

    @property
    def edition(self) -> Edition:
        """What files for machines say of it: of no commit, since it is being written."""
        return Edition(self.renderer.site, self.as_of, history=self.history)

    def page(self, address: str) -> bytes | None:
        """The page at an address; None where there is none. Raises what a template raises."""
        if address not in self.drawn:
            asked = {address, first_part(address)}  # with a part of long lists comes the first of them
            if address.startswith(MAY_I):
                asked.add(MAY_I)
            for page in lay_out(self.catalogue, self.as_of, lambda known: known in asked, self.history):
                self.draw(page)
        return self.drawn.get(address)

    def cards(self, path: str) -> bytes | None:
        """A file of the cards of a sheet; None where there is none. Raises what a template raises."""
        id = path.removeprefix(CARDS).rpartition(".")[0]
        faces = self.catalogue.faces
        now = id if id in faces else next((own for own, face in faces.items() if id in face.former_ids), "")
        if not now and id not in self.catalogue.withdrawn:
            return None
        collection = self.catalogue.withdrawn[id].collection if not now else faces[now].collection
        wanted = address_of(collection, now or id)
        for page in lay_out(self.catalogue, self.as_of, lambda known: known == wanted, self.history):
            if page.cards is not None:
                with _ONE_AT_A_TIME:
                    return card_files(page.cards, self.renderer, id).get(path)
        return None

    def draw(self, page: Any) -> None:
        """Renders a page into its shell and keeps it."""
        with _ONE_AT_A_TIME:
            values = self.renderer.render(page, self.catalogue).values
        self.drawn[page.address] = self.shells.shells[page.kind].fill(values).encode()


class Preview:
    """The preview of one publication, for one run of `serve`."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.config_file = options.config_file.absolute()
        self.good: Good | None = None
        self.faults: Faults | None = None
        self.index: dict[str, bytes] = {}
        """The files of search, of the state for which they were made last."""
        self.said = threading.Condition()
        """Told of each new version."""
        self.closed = False
        self._started = time.time_ns()
        self._count = 0
        self._settings, _ = read_settings(self.config_file)
        """The last ones that could be read: they say what is watched."""
        self._day = options.as_of
        """Settled when the sheets are first read: asking git costs more than reading them again."""
        self._tables: Tables | None = None
        """What is kept, as it was last read."""
        self._last: dict[str, bytes] = {}
        """Each page as it was last served, for when it can no longer be drawn."""

    @property
    def version(self) -> str:
        """A name for what is shown now; another run never gives the same."""
        return f"{self._started:x}-{self._count}"

    def watched(self) -> list[Path]:
        """The files and folders whose changes are shown."""
        found = [self.config_file, TEMPLATES]
        if (settings := self._settings) is not None:
            found += [settings.root / settings.content, settings.root / settings.briefings]
            found += [settings.root / settings.templates] if settings.templates else []
        return found

    def renew(self) -> None:
        """Takes in what was saved: a new good state, or what is wrong beside the last one."""
        try:
            found = self._renewed()
        except OSError as error:
            found = faults.of_machine(error)
        self._say(found)

    def _say(self, found: Faults | None) -> None:
        with self.said:
            self.faults = found
            self._count += 1
            self.said.notify_all()

    def close(self) -> None:
        """Lets every browser that waits go."""
        with self.said:
            self.closed = True
            self.said.notify_all()

    def wait(self, seen: str, seconds: float) -> str:
        """The version after the one seen, or the same when nothing came in time."""
        with self.said:
            self.said.wait_for(lambda: self.closed or self.version != seen, seconds)
            return self.version

    def _renewed(self) -> Faults | None:
        settings, problems = read_settings(self.config_file)
        if settings is None:
            return faults.of_content(problems)
        self._settings = settings
        try:
            shells = shells_for(settings)
        except HostRefusedError as refused:
            return faults.of_content(refused_by_host(settings.config_file, str(refused)))
        except Exception as error:  # a theme template that MkDocs cannot render
            return faults.of_template(error, settings.root)
        desk = Desk(self.config_file.parent, tables=self._tables)
        self._tables = desk.archive.tables
        content = publication.read_and_check(self.config_file, as_of=self._day, desk=desk)
        self._day = content.as_of.isoformat() if content.as_of else self._day
        publication.renew_schemas(content)
        stopping = [
            problem
            for problem in in_order(content.problems)
            if problem.severity is Severity.ERROR
            or (self.options.strict and problem.severity is Severity.WARNING)
        ]
        if content.catalogue is None or content.as_of is None or unacceptable(stopping, strict=True):
            return faults.of_content(stopping)
        return self._take(settings, content.catalogue, content.as_of, shells, content.history)

    def _take(
        self, settings: Settings, catalogue: Catalogue, as_of: date, shells: Shells, history: History
    ) -> Faults | None:
        """Makes the good state, unless its templates fail on trial."""
        site = imprint.site_of(settings)
        renderer = imprint.renderer_of(settings)
        sources = templates.read_templates(site.templates)
        before = self.good
        if before and before.sources == sources:
            renderer.environment = before.renderer.environment  # its templates are compiled
            self.good = Good(settings, catalogue, as_of, shells, renderer, sources, history)
            return None
        templates.hold(renderer.environment, sources)
        good = Good(settings, catalogue, as_of, shells, renderer, sources, history)
        try:
            self._try(good, renderer.environment)
        except Exception as error:
            return faults.of_template(error, settings.root)
        self.good = good
        return None

    def _try(self, good: Good, environment: Environment) -> None:
        """Compiles every template and draws one page of each kind. Raises what a template raises."""
        for name in good.sources:
            environment.get_template(name)
        for page in one_of_each_kind(good.catalogue, good.as_of, good.history):
            good.draw(page)

    # --- what is asked for ---------------------------------------------------------------------------------

    def page(self, address: str) -> tuple[bytes | None, Faults | None]:
        """The page at an address, and what is wrong; no page where there is none, or none yet."""
        good = self.good
        if good is None:
            return None, self.faults
        try:
            page = good.page(address)
        except Exception as error:  # whatever a template can raise
            return self._last.get(address), self.faults or faults.of_template(error, good.settings.root)
        if page is not None:
            self._last[address] = page
        return page, self.faults

    def file(self, path: str) -> bytes | None:
        """Any other file of the site: of the theme, of search, the sitemap."""
        good = self.good
        if good is None:
            return None
        if path == "sitemap.xml" and good.settings.site_url:
            return sitemap(
                (
                    (page.kind, page.address, last_change(page))
                    for page in lay_out(good.catalogue, good.as_of, history=good.history)
                ),
                good.settings.site_url,
            )
        found = _picture(path, good) if path.endswith(".png") else None  # our icon stands in for the theme's
        if found is None:
            found = good.shells.assets.get(path)
        if found is None:
            found = self.index.get(path)
        if found is None and path.endswith(("/changes.atom", "/changes.json")):
            site = imprint.site_of(good.settings)
            return feed_files(good.catalogue, good.history, site, good.as_of).get(path)
        if found is None and path.startswith(CARDS):
            return good.cards(path)
        return find(path, good.catalogue, good.edition) if found is None else found

    def make_search(self, pause: Callable[[], None]) -> bool:
        """Draws all pages and indexes them, as long as nothing new is saved; tells whether it was finished."""
        good = self.good
        if good is None:
            return False

        def wanted(_address: str) -> bool:
            if self.good is not good or self.closed:
                raise _SupersededError
            pause()
            return True

        try:
            for page in lay_out(good.catalogue, good.as_of, wanted, good.history):
                if wanted(page.address) and page.address not in good.drawn:
                    good.draw(page)
            files = {
                f"{address}index.html" if not address.endswith(".html") else address: data
                for address, data in good.drawn.items()
            }
            self.index = search.index(files, good.settings.root / FOLDER)
        except (_SupersededError, SearchError):
            return False
        except Exception as error:  # a template that fails on a page that nobody has opened yet
            self._say(faults.of_template(error, good.settings.root))
            return False
        return True


def _picture(path: str, good: Good) -> bytes | None:
    titles = {id: good.catalogue.title_of(id) for id in good.catalogue.ids(Briefing)}
    return social.picture(path, titles, good.edition.site)
