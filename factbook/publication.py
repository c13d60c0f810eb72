"""The whole way of a publication on one page: read → join → check → lay out → render → write.

Read this first. Every stage takes what the one before it made and adds nothing to it in place; every fault of content is a
`Problem`. Starting MkDocs for shells is left to `site` and the commands; `publish` is handed what they made.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from factbook import history, inside_links, permalinks, press, writing
from factbook import search as search_index
from factbook.cache import FOLDER, Cache
from factbook.catalogue import Catalogue
from factbook.checks.changes import unexplained
from factbook.checks.conditions import dead
from factbook.checks.time import verified_ahead
from factbook.desk import Desk, Prints, all_lead_somewhere
from factbook.exports import completion, page_head, social
from factbook.exports import files as files_for_machines
from factbook.frozen import frozen
from factbook.history import commit_id, latest_day, resolve_as_of
from factbook.kept.crew import Begun
from factbook.kept.engine import files_key
from factbook.kept.ledger import Record
from factbook.kept.store import DamagedError, Piece, digest_of
from factbook.kept.unmoved import Looks
from factbook.loading.files import PAGE_SIZE, read_text
from factbook.loading.nearer import nearer
from factbook.loading.settings import Settings, read_settings
from factbook.looks import looks_at_content, looks_at_site
from factbook.model.change import UNTOLD, History, Reach
from factbook.model.dates import parse_date
from factbook.on_disk import NOTHING
from factbook.pages.addresses import MAY_I, address_of, data_of
from factbook.pages.kinds import FOOTER, PAGE_KINDS, SECTIONS, lasting_addresses
from factbook.problems import Problem, in_order, unacceptable
from factbook.rendering import html
from factbook.rendering.edition import TEMPLATES, Edition, Site
from factbook.rendering.shell import Section, ShellPlan, ShellRequest, Shells
from factbook.rendering.sitemap import sitemap

if TYPE_CHECKING:  # read late
    from factbook.exports.files import BulkFile
    from factbook.inside_links import FileLinks
    from factbook.press import Form, Printed, PrintedPage
    from factbook.rendering.html import Renderer

LICENCE = "LICENSE-CONTENT"
"""The file beside `mkdocs.yml` that says how the content may be used; a publication may have none."""


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
        return Outcome(problems)
    keep_out = [settings.root / settings.content, settings.root / settings.briefings]
    if form is not press.HTML:
        keep_out.append(settings.root / settings.site_dir)
    with writing.staging(site_dir, keep_out=keep_out, holding=form.holding) as stage, ExitStack() as ending:
        edition = edition_of(settings, day)
        printer = press.Press(
            catalogue,
            day,
            content.history,
            partial(renderer_of, settings),
            shells,
            edition,
            partial(links_in, settings),
            stage,
            desk.store,
            form,
        )
        prints = desk.print(printer, site_dir, f"{form.name} {print_key(settings, shells)}")
        indexing = begin_search(prints, stage, settings, desk) if search and form is press.HTML else None
        if indexing:
            ending.callback(indexing.close)
        files = whole_files(prints.pages, settings, shells, desk.jobs)
        for name, data in files.items():
            desk.lay(prints, printer, name, data)
        anew = collections_anew(prints, catalogue)
        wanted = [
            row for row in files_for_machines.BULK_FILES if not desk.lay_as_it_stands(prints, row, anew)
        ]
        for row, pieces in parts_of_files(wanted, prints.records, catalogue):
            desk.lay_of_pieces(prints, printer, row, pieces)
        links = {
            name: links_in(settings, name, data) for name, data in files.items() if inside_links.is_read(name)
        }
        if settings.site_url:
            links["sitemap.xml"] = lay_sitemap(prints, printer, desk, settings.site_url)
        if leading_nowhere := dangling(prints, links, desk, settings, form):
            return Outcome(tuple(in_order((*problems, *leading_nowhere))))
        if indexing:
            files_of_search = indexing.files(desk.standing_under(search_index.FOLDER))
            desk.lay_folder(prints, printer, search_index.FOLDER, files_of_search, indexing.made_of)
        written = stage.apply(prints.puts, prints.kept, desk.site)
        desk.keep(written.site)
    ledger_written = form is press.HTML and not desk.is_recorded(permalinks.stamp(settings.root))
    if ledger_written:
        permalinks.remember(settings.root, content.answers or answered(catalogue))
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
    if remembered != NOTHING and not desk.is_recorded(remembered):
        answers = frozenset(answered(catalogue))
        lost = permalinks.lost(settings.root, answers, _as_a_whole(as_read.unread, catalogue))
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


def answered(catalogue: Catalogue) -> set[str]:
    """Every lasting address that this state of the publication answers: pages, facts, and the data of sheets."""
    found = lasting_addresses(catalogue)
    for id in catalogue.ids():
        collection = catalogue.collection_of(id)
        found.update(f"/{data_of(collection, each)}" for each in (id, *catalogue.former_ids_of(id)))
    for id, gone in catalogue.withdrawn.items():
        found.update(f"/{data_of(gone.collection, each)}" for each in (id, *gone.stone.former_ids))
    return found


def _as_a_whole(unread: Mapping[str, str], catalogue: Catalogue) -> list[str]:
    """Addresses of sheets of which no fact is known: withdrawn ones, and those that exist and could not be read."""
    withdrawn = [
        (each, gone.collection)
        for id, gone in catalogue.withdrawn.items()
        for each in (id, *gone.stone.former_ids)
    ]
    questions = [f"/{MAY_I}"] if "measures" in unread.values() else []  # nobody knows what it says of them
    return questions + [
        f"/{address}"
        for id, collection in (*unread.items(), *withdrawn)
        for address in (address_of(collection, id), data_of(collection, id))
    ]


def print_key(settings: Settings, shells: Shells) -> str:
    """A name for all besides sheets that decides what pages say: settings, shells, templates."""
    site = site_of(settings)
    folders = [site.templates] if site.templates else []
    templates = [files_key(folder, ".j2").hex() for folder in (*folders, TEMPLATES)]
    return digest_of(repr((site, sorted(shells.shells.items()), templates)).encode()).hex()


def whole_files(
    pages: Sequence[PrintedPage], settings: Settings, shells: Shells, jobs: int
) -> dict[str, bytes]:
    """The files that are made of no sheet: the theme's, pictures for previews."""
    files = dict(shells.assets)
    draw = partial(_drawn, jobs=jobs)
    if settings.site_url:
        files |= social.cards(pages, site_of(settings), Cache(settings.root), draw)
    return files | social.icons(site_of(settings), Cache(settings.root), draw)


def _drawn(drawings: Sequence[str], jobs: int) -> list[bytes]:
    """Drawings as pictures, made by as many processes."""

    def work(number: int, runs: Iterator[Sequence[str]]) -> Iterator[bytes]:
        for (drawing,) in runs:
            yield social.png(drawing)

    return Begun(work, drawings, jobs).results()


def lay_sitemap(prints: Prints, printer: press.Press, desk: Desk, site_url: str) -> FileLinks:
    """Wants the sitemap, plain and packed, and returns what it asks for."""
    rows = [(page.kind, page.address, page.changed) for page in prints.pages]
    made_of = repr((site_url, rows)).encode()
    make = cache(partial(sitemap, tuple(rows), site_url))
    desk.lay_made(prints, printer, "sitemap.xml.gz", made_of, lambda: gzip.compress(make(), mtime=0))
    return desk.lay_made(prints, printer, "sitemap.xml", made_of, make)


def collections_anew(prints: Prints, catalogue: Catalogue) -> set[str]:
    """The collections of which a sheet has fragments that were made just now; all of them where one is gone."""
    if any(printed.name not in prints.records for printed in prints.gone):
        return {name for row in files_for_machines.BULK_FILES for name in row.collections}
    made = (prints.records[name].value for name in prints.fresh)
    return {catalogue.collection_of(printed.id) for printed in made if printed.fragments}


def parts_of_files(
    rows: Sequence[BulkFile], records: Mapping[str, Record[Printed]], catalogue: Catalogue
) -> Iterator[tuple[BulkFile, list[Piece]]]:
    """Each of some files that are put together of fragments, with these in the order of ids."""
    wanted = {name for row in rows for name in row.collections}
    lying: dict[tuple[str, str], list[tuple[str, Piece]]] = {}
    for record in records.values() if rows else ():
        id, fragments = record.value.id, record.value.fragments
        if fragments and (collection := catalogue.collection_of(id)) in wanted:
            for name, piece in fragments:
                lying.setdefault((name, collection), []).append((id, piece))
    for row in rows:
        found = [each for name in row.collections for each in lying.get((row.fragment.name, name), ())]
        yield row, [piece for _, piece in sorted(found)]


def links_in(settings: Settings, file: str, data: bytes) -> FileLinks:
    """What a file of the site offers and asks for."""
    elsewhere = tuple(filter(None, (settings.edit_url, settings.issues_url)))
    return inside_links.links_of(file, data.decode(), settings.site_url, elsewhere)


def dangling(
    prints: Prints, links: Mapping[str, FileLinks], desk: Desk, settings: Settings, form: Form
) -> list[Problem]:
    """The links of the site that lead nowhere, each at the sheet of its page."""
    files = prints.puts.keys() | prints.kept.keys()
    if form is not press.HTML:  # links lead to where the pages will stand
        files |= {page.file for page in prints.pages}
    elif all_lead_somewhere(prints, links, files, desk.links_of):
        return []
    every = {**links}
    for printed in prints.slots:
        every |= desk.links_of(printed)
    sources = {page.file: page.path for page in prints.pages}
    found = inside_links.dangling(every, dict.fromkeys(files, b""), lambda file: sources.get(file, ""))
    return list(nearer(found, settings.root))


def begin_search(
    prints: Prints, stage: writing.Stage, settings: Settings, desk: Desk
) -> search_index.Indexing | None:
    """The search index in the making, beside what follows; None where the site has it as it would be made."""

    def read(file: str) -> bytes:
        return stage.read(file, prints.puts.get(file))

    articles = {page.file: page.article for page in prints.pages if page.article}
    if desk.lay_as_before(prints, search_index.FOLDER, search_index.made_of(articles)):
        return None
    return search_index.Indexing(articles, read, settings.root / FOLDER, desk.jobs)


def renderer_of(settings: Settings) -> Renderer:
    """What renders the pages, with what their heads say to programs."""
    site = site_of(settings)
    compiled = settings.root / FOLDER / "kept"
    return html.Renderer(site, lambda page, catalogue: page_head.page_head(page, catalogue, site), compiled)


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
