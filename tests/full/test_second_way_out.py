"""Zensical builds what `build.py pages` writes, and readers meet the same pages: titles, anchors, links, words, heads.

Its settings are those that handbook/decisions/second-way-out.md tells people to use.
"""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from factbook.commands import pages
from factbook.commands.options import Options
from factbook.loading.settings import read_settings
from tests.full.environments import python_with
from tests.sites import DAY, BuiltSite, Element, HtmlPage, files_of

pytestmark = pytest.mark.full

RECORD = "handbook/decisions/second-way-out.md"
_FENCED = re.compile(r"^```(toml|jinja)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Moved:
    """A site of ours, and the same one as Zensical makes it."""

    ours: BuiltSite
    theirs: BuiltSite
    name: str
    """What both are called."""
    seconds: float

    def both(self) -> list[tuple[HtmlPage, HtmlPage]]:
        """Each page of ours with theirs; that for unknown addresses stands elsewhere and says nothing of its own."""
        return [
            (page, self.theirs.pages[address])
            for address, page in self.ours.pages.items()
            if address != "404.html"
        ]


def settings_of(record: str, name: str, url: str) -> dict[str, str]:
    """The files that the record gives, for a site of a name and an address."""
    found = dict(_FENCED.findall(record))
    toml = re.sub(r'^site_name = ".*"$', f'site_name = "{name}"', found["toml"], flags=re.MULTILINE)
    toml = re.sub(r'^site_url = ".*"\n', f'site_url = "{url}"\n' if url else "", toml, flags=re.MULTILINE)
    return {"zensical.toml": toml, "overrides/main.html": found["jinja"]}


@pytest.fixture(scope="module", params=["specimen_site", "real_site"])
def moved(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    ours: BuiltSite = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("zensical")
    assert pages.run(Options(config_file=ours.config_file, to=folder / "pages", as_of=DAY)) == 0
    settings, _ = read_settings(ours.config_file)
    assert settings
    record = (root / RECORD).read_text(encoding="utf-8")
    for name, text in settings_of(record, settings.site_name, settings.site_url).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    program = python_with(root, "zensical").parent / "zensical"
    started = time.monotonic()
    done = subprocess.run([program, "build"], cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return Moved(
        ours,
        BuiltSite(folder / "site", ours.config_file, prefix=ours.prefix),
        settings.site_name,
        seconds,
    )


def body(page: HtmlPage) -> Element:
    """What we wrote of a page: the article."""
    return page.ids["top"]


def leads(site: BuiltSite, page: HtmlPage) -> list[str]:
    """Where what we wrote of a page leads, in order: in the site by file and anchor, else the address."""
    return [
        site.target(page, address) or address
        for element in body(page)
        for name in ("href", "src", "data")
        if (address := element.attributes.get(name))
    ]


def said(page: HtmlPage, name: str) -> list[str]:
    """The values of a head's element `<meta name=…>`."""
    return [
        each.attributes.get("content", "")
        for each in page.head.all("meta")
        if name in (each.attributes.get("name"), each.attributes.get("property"))
    ]


def programs_read(page: HtmlPage) -> list[str]:
    """What a head says to programs: previews, reference managers, feeds, JSON-LD."""
    return [
        *(
            f"{each.attributes.get('name', each.attributes.get('property'))}: {each.attributes.get('content')}"
            for each in page.head.all("meta")
            if re.match(
                r"og:(?!description)|citation_|DC\.|twitter:|robots",
                each.attributes.get("name", each.attributes.get("property", "")),
            )
        ),
        *(
            f"{each.attributes['type']}: {each.attributes['href']}"
            for each in page.head.all("link")
            if each.attributes.get("rel") == "alternate"
        ),
        *(
            "".join(map(str, each.inside))
            for each in page.head.all("script")
            if each.attributes.get("type") == "application/ld+json"
        ),
    ]


def test_every_page_is_there(moved: Moved) -> None:
    ours = set(moved.ours.pages) - {"404.html"}
    assert ours <= set(moved.theirs.pages)
    assert set(moved.theirs.pages) - ours <= {"404.html", "404/"}


def test_titles_are_the_same(moved: Moved) -> None:
    for ours, theirs in moved.both():
        title = ours.head.first("title").text
        wanted = f"{title.removesuffix(f' – {moved.name}')} - {moved.name}"
        if not ours.address:
            wanted = f"{moved.ours.catalogue.title_of('index')} - {moved.name}"
        assert theirs.head.first("title").text == wanted, ours.file
        headings = [each.text for each in theirs.top.all("h1")]
        assert headings == [each.text for each in ours.top.all("h1")], ours.file
        assert said(theirs, "description") == said(ours, "description"), ours.file


def test_anchors_are_the_same(moved: Moved) -> None:
    count = 0
    for ours, theirs in moved.both():
        wanted = [each.id for each in body(ours) if each.id]
        assert [each.id for each in body(theirs) if each.id] == wanted, ours.file
        every = [each.id for each in theirs.top if each.id]
        assert all(every.count(id) == 1 for id in wanted), f"{ours.file}: the shell has an id of ours"
        count += len(wanted)
    assert count > 500


def test_links_are_the_same_and_lead_somewhere(
    moved: Moved, record_property: Callable[[str, object], None]
) -> None:
    count = 0
    there = set(files_of(moved.theirs.folder))
    for ours, theirs in moved.both():
        found = leads(moved.theirs, theirs)
        assert found == leads(moved.ours, ours), ours.file
        for lead in found:
            file, _, anchor = lead.partition("#")
            if ":" in file:
                continue
            assert file in there, f"{ours.file} leads to {lead}"
            if anchor and file.endswith(".html"):
                assert anchor in moved.theirs.pages[file.removesuffix("index.html")].ids, lead
        count += len(found)
    record_property(
        "figure",
        f"Zensical, site under {moved.ours.prefix}: {len(moved.both())} pages in {moved.seconds:.1f} s, {count} links the same",
    )


def test_words_are_the_same(moved: Moved) -> None:
    for ours, theirs in moved.both():
        assert body(theirs).text == body(ours).text, ours.file


def test_programs_read_the_same(moved: Moved) -> None:
    for ours, theirs in moved.both():
        assert programs_read(theirs) == programs_read(ours), ours.file


def test_the_files_beside_pages_are_the_same(moved: Moved) -> None:
    """Data, feeds, pictures and the style sheet; what each generator makes of its own is left out."""
    ours = {
        name: data
        for name, data in files_of(moved.ours.folder).items()
        if not name.endswith(".html") and not name.startswith((".", "pagefind/", "sitemap.xml"))
    }
    theirs = files_of(moved.theirs.folder)
    assert {name for name, data in ours.items() if theirs.get(name) != data} == set()
