"""The whole way of a publication on one page: read → join → check → lay out → render → write.

Read this first. Every stage takes what the one before it made and adds nothing to it in place; every fault of content is a
`Problem`. Starting MkDocs for shells is left to `site` and the commands; `publish` is handed what they made.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factbook import back_matter, history, imprint, link_check, permalinks, press, printing, writing
from factbook.catalogue import Catalogue
from factbook.checks.changes import unexplained
from factbook.checks.conditions import dead
from factbook.checks.time import verified_ahead
from factbook.desk import Desk
from factbook.exports import completion
from factbook.frozen import frozen
from factbook.history import latest_day, resolve_as_of
from factbook.kept.store import DamagedError
from factbook.kept.unmoved import Looks
from factbook.loading.nearer import nearer
from factbook.loading.settings import LICENCE, Settings, read_settings
from factbook.looks import looks_at_content, looks_at_site
from factbook.model.change import UNTOLD, History, Reach
from factbook.model.dates import parse_date
from factbook.on_disk import NOTHING
from factbook.problems import Problem, in_order, unacceptable
from factbook.rendering.shell import Shells

if TYPE_CHECKING:  # read late
    from collections.abc import Mapping

    from factbook.press import Form


@frozen
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
    answers: frozenset[str] | None = None
    """Every lasting address that it answers; None where nobody had to know: all are remembered, or none ever was."""
    looks: Looks | None = None
    """Everything that was looked at on the way; None where something could not be."""


@frozen
class Outcome:
    """What came of a build."""

    problems: tuple[Problem, ...]
    """In order of place."""
    pages: int = 0
    applied: writing.Applied | None = None
    """None when nothing was built and the site stays as it was."""
    links: int = 0
    """How many links inside the site were followed: different ones, counted for each page."""
    reach: Reach = "whole"
    """How far git could tell the history."""
    looks: Looks | None = None
    """Everything that was looked at on the way, of a site that was made."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Sheets that exist and could not be read: id and collection."""

    @property
    def written(self) -> bool:
        return self.applied is not None


def renew_schemas(content: Content) -> None:
    """Brings up to date what editors' programs complete from."""
    if content.settings and content.catalogue:
        completion.renew(content.settings.root, content.catalogue, content.unread)


def publish(
    settings: Settings,
    shells: Shells,
    *,
    site_dir: Path,
    search: bool,
    as_of: str | None,
    strict: bool,
    jobs: int | None = None,
    form: Form | None = None,
) -> Outcome:
    """Builds the site into a folder, or leaves it untouched and says why. Raises `WriteError` and `SearchError`.

    In another form than HTML the pages are no site yet: their addresses are not promised, and they have no search.
    """
    form = form or press.HTML
    with Desk(settings.root, jobs) as desk:
        try:
            return _publish(settings, shells, desk, site_dir, search, as_of, strict, form)
        except DamagedError:
            desk.forget()  # and all is made anew
            return _publish(settings, shells, desk, site_dir, search, as_of, strict, form)


def _publish(
    settings: Settings,
    shells: Shells,
    desk: Desk,
    site_dir: Path,
    search: bool,
    as_of: str | None,
    strict: bool,
    form: Form,
) -> Outcome:
    content = _read_and_check(settings.config_file, desk, as_of)
    renew_schemas(content)
    problems = tuple(in_order(content.problems))
    catalogue, day = content.catalogue, content.as_of
    if catalogue is None or day is None or unacceptable(problems, strict=strict):
        return Outcome(problems, unread=content.unread)
    is_site = form is press.HTML
    keep_out = [settings.root / settings.content, settings.root / settings.briefings]
    if not is_site:
        keep_out.append(settings.root / settings.site_dir)
    with writing.staging(site_dir, keep_out=keep_out, holding=form.holding) as stage, ExitStack() as ending:
        printer = press.Press(
            catalogue,
            day,
            content.history,
            partial(imprint.renderer_of, settings),
            shells,
            imprint.edition_of(settings, day),
            partial(link_check.links_in, settings),
            stage,
            desk.store,
            form,
        )
        key = f"{form.name} {imprint.print_key(settings, shells)}"
        prints = printing.printed(desk, printer, site_dir, key)
        indexing = back_matter.begin_search(prints, settings, desk.jobs) if search and is_site else None
        if indexing:
            ending.callback(indexing.close)
        links = back_matter.lay_all(prints, settings, shells, desk.jobs)
        if leading_nowhere := link_check.dangling(prints, links, settings, is_site=is_site):
            return Outcome(tuple(in_order((*problems, *leading_nowhere))))
        if indexing:
            back_matter.lay_search(prints, indexing)
        written = stage.apply(prints.puts, prints.kept, prints.site)
        prints.keep(written.site)
    ledger_written = is_site and not desk.is_recorded(permalinks.stamp(settings.root))
    if ledger_written:
        answers = content.answers or permalinks.answered(catalogue, desk.anchors_of)
        permalinks.remember(settings.root, answers)
        desk.recorded(permalinks.stamp(settings.root))
    led = sum(page.leads for page in prints.slots) + sum(len(found.leads) for found in links.values())
    looks = content.looks
    if looks:
        looks = looks_at_site(looks, settings, site_dir, written.site, ledger_written=ledger_written)
    return Outcome(problems, len(prints.pages), written.applied, led, content.history.reach, looks)


def read_and_check(
    config_file: Path, *, as_of: str | None = None, jobs: int | None = None, desk: Desk | None = None
) -> Content:
    """Reads every sheet, joins them and applies the rules; all problems at once. A desk is given by who reads again and again."""
    desk = desk or Desk(config_file.absolute().parent, jobs)
    try:
        return _read_and_check(config_file, desk, as_of)
    except DamagedError:
        desk.forget()
        return _read_and_check(config_file, desk, as_of)


def _read_and_check(config_file: Path, desk: Desk, as_of: str | None) -> Content:
    settings, problems = read_settings(config_file)
    if settings is None:
        return Content(None, None, tuple(problems))
    day = resolve_as_of(as_of, settings.root, os.environ)
    if isinstance(day, Problem):
        return Content(settings, None, (*problems, day))
    as_read = desk.read(settings)
    catalogue = as_read.catalogue
    found = desk.check(as_read, day)
    if any(parse_date(text).earliest > day for text in {face.verified for face in catalogue.faces.values()}):
        found += verified_ahead(catalogue, latest_day(day, settings.root))
    past = history.read(settings, catalogue)
    found += [*history.cut_short(past), *unexplained(catalogue, past), *dead(catalogue, past, day)]
    answers: frozenset[str] | None = None
    remembered = permalinks.stamp(settings.root)
    nothing_to_read = any(problem.code == "no-content" for problem in as_read.problems)
    if remembered != NOTHING and not nothing_to_read and not desk.is_recorded(remembered):
        answers = frozenset(permalinks.answered(catalogue, desk.anchors_of))
        lost = permalinks.lost(settings.root, answers, permalinks.as_a_whole(as_read.unread, catalogue))
        found += lost
        if not lost and permalinks.is_up_to_date(settings.root, answers):
            desk.recorded(remembered)
    every = nearer((*problems, *as_read.problems, *found), settings.root)
    looks = (
        looks_at_content(settings, desk.survey, desk.reading, [settings.root / LICENCE])
        if desk.survey
        else None
    )
    return Content(settings, catalogue, tuple(every), day, as_read.unread, past, answers, looks)
