"""Whether every link of a site in the making leads somewhere: asked of what is new in it, and of what led to what is gone.

What one file offers and asks for, and how a link that leads nowhere is told, is left to `inside_links`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from sys import intern
from typing import TYPE_CHECKING

from factbook import inside_links
from factbook.loading.nearer import nearer
from factbook.loading.settings import Settings
from factbook.problems import Problem

if TYPE_CHECKING:  # read late
    from factbook.inside_links import FileLinks
    from factbook.press import Printed
    from factbook.printing import Prints


def links_in(settings: Settings, file: str, data: bytes) -> FileLinks:
    """What a file of the site offers and asks for."""
    elsewhere = tuple(filter(None, (settings.edit_url, settings.issues_url)))
    return inside_links.links_of(file, data.decode(), settings.site_url, elsewhere)


def dangling(
    prints: Prints, others: Mapping[str, FileLinks], settings: Settings, *, is_site: bool
) -> list[Problem]:
    """The links that lead nowhere, each at the sheet of its page; `others` are what files beside the pages offer and ask for.

    Pages that are no site yet lead to where they will stand.
    """
    files = prints.puts.keys() | prints.kept.keys()
    if not is_site:
        files |= {page.file for page in prints.pages}
    elif all_lead_somewhere(prints, others, files, prints.links_of):
        return []
    every = {**others}
    for printed in prints.slots:
        every |= prints.links_of(printed)
    sources = {page.file: page.path for page in prints.pages}
    found = inside_links.dangling(every, dict.fromkeys(files, b""), lambda file: sources.get(file, ""))
    return list(nearer(found, settings.root))


def all_lead_somewhere(
    prints: Prints,
    others: Mapping[str, FileLinks],
    files: Set[str],
    links_of: Callable[[Printed], dict[str, FileLinks]],
) -> bool:
    """Whether every link inside the site leads to something; asked only of what was made just now, and of what leads to what is gone."""
    offered: dict[str, tuple[str, ...]] = {}
    wanted: dict[str, set[str]] = {}

    def take(file: str, links: FileLinks) -> None:
        offered[file] = tuple(map(intern, links.anchors))  # most pages offer the same ones
        for lead in links.leads:
            to, _, anchor = lead.partition("#")
            if to != file or anchor not in links.anchors:
                wanted.setdefault(to, set()).add(intern(anchor))

    for file, links in others.items():
        take(file, links)
    for name in prints.fresh:
        for file, links in links_of(prints.records[name].value).items():
            take(file, links)
    lost: set[str] = set()
    for page in prints.gone:
        lost |= {file for file in page.files if file not in files}
        for file, links in links_of(page).items():
            lost |= {f"{file}#{anchor}" for anchor in links.anchors.difference(offered.get(file, ()))}
    if lost:
        fresh = set(prints.fresh)
        for name, record in prints.records.items():
            if name not in fresh and any(
                not lost.isdisjoint(links.leads) for links in links_of(record.value).values()
            ):
                return False
    if not files >= wanted.keys():
        return False
    anchored = {file: anchors - {""} for file, anchors in wanted.items() if file.endswith(".html")}
    asked = {file for file, anchors in anchored.items() if anchors} - offered.keys()
    for page in prints.slots if asked else ():
        if not asked.isdisjoint(page.files):
            offered |= {file: tuple(links.anchors) for file, links in links_of(page).items()}
    return all(anchors.issubset(offered.get(file, ())) for file, anchors in anchored.items())
