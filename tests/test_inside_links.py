"""Links inside the site: what a finished file offers and asks for, and what is said where a link leads nowhere."""

from pathlib import Path

import pytest

from factbook.inside_links import FileLinks, dangling, links_of
from tests.sites import BuiltSite, build_site, copy_specimen, files_of

SITE = "https://example.org/repo/"
ELSEWHERE = (f"{SITE}edit/", f"{SITE}issues/")
HERE = "measures/price-cap/index.html"


@pytest.mark.parametrize(
    ("address", "lead"),
    [
        ("../../terms/ceiling/", "terms/ceiling/index.html"),
        ("../harbour-dues/#lede", "measures/harbour-dues/index.html#lede"),
        ("#provisions.price-cap", "measures/price-cap/index.html#provisions.price-cap"),
        ("../../", "index.html"),
        ("../..", "index.html"),
        ("./", "measures/price-cap/index.html"),
        ("../../stylesheets/site.css?v=2", "stylesheets/site.css"),
        ("/repo/timeline/", "timeline/index.html"),
        ("https://example.org/repo/timeline/", "timeline/index.html"),
        ("https://example.org/repo/", "index.html"),
        ("../../a%20b.png", "a b.png"),
        ("../../actors/?a=1&amp;b=2#x", "actors/index.html#x"),
        ("/elsewhere/", "elsewhere/"),
    ],
)
def test_an_address_is_followed_as_a_browser_follows_it(address: str, lead: str) -> None:
    assert links_of(HERE, f'<a href="{address}">', SITE).leads == {lead}


@pytest.mark.parametrize(
    "address", ["https://example.com/", "//example.com/x", "mailto:a@example.org", "data:,x", "#", "", "?q=1"]
)
def test_what_leaves_the_site_or_stays_in_place_is_no_link_inside(address: str) -> None:
    assert links_of(HERE, f'<a href="{address}">', SITE).leads == frozenset()


def test_words_that_look_like_attributes_are_words() -> None:
    text = """<p title="> id='no' <" id=yes>write id="never" and href="../nowhere/"</p>"""
    assert links_of("a/index.html", text) == FileLinks(frozenset({"yes"}), frozenset())


def test_pictures_of_several_sizes_redirects_and_style_sheets_are_followed() -> None:
    text = '<img srcset="a.png 1x, b.png 2x"><meta http-equiv="refresh" content="0; url=../new/">'
    assert links_of("old/index.html", text).leads == {"old/a.png", "old/b.png", "new/index.html"}
    assert links_of("css/a.css", "x{background:url('../p.svg')} @import url(b.css);").leads == {
        "p.svg",
        "css/b.css",
    }


def test_addresses_of_ours_in_feeds_and_data_are_followed() -> None:
    feed = f'<link href="{SITE}changes/"/><id>{SITE}a/#b</id><link href="https://example.com/"/>'
    assert links_of("feed.xml", feed, SITE).leads == {"changes/index.html", "a/index.html#b"}
    data = f'{{"url": "{SITE}feeds/x.json", "form": "{SITE}{{id}}/"}}'
    assert links_of("feed.json", data, SITE).leads == {"feeds/x.json"}
    assert links_of("feed.xml", feed, "").leads == frozenset()


def test_a_link_of_every_page_is_told_once() -> None:
    files = {f"{n}/index.html": b"" for n in range(9)}
    links = {file: links_of(file, '<a href="../gone/">') for file in files}
    (problem,) = dangling(links, files, lambda file: "")
    assert problem.as_text() == (
        "0/index.html  error  dangling-link\n"
        '  The page "0/" links to "gone/", which is not in the site. So do 8 other pages. Mend the template\n'
        "  that makes it, or the menu in mkdocs.yml."
    )


def test_a_publication_without_a_front_page_is_told_to_write_one() -> None:
    links = {"404.html": links_of("404.html", '<a href="./">')}
    (problem,) = dangling(links, {"404.html": b""}, lambda file: "")
    assert problem.as_text() == (
        "404.html  error  dangling-link\n"
        '  The page "404.html" links to "/", which is not in the site. It is the front page: write index.md,\n'
        "  beside the other pages of prose."
    )


def test_the_problem_stands_at_the_words_of_the_briefing(tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    about = config_file.parent / "briefings" / "about.md"
    text = about.read_text(encoding="utf-8")
    about.write_text(
        f"{text}\nSee [this]({SITE}terms/celing/) and\n[that]({SITE}terms/ceiling/#x).\n", encoding="utf-8"
    )
    status, said = build_site(config_file, tmp_path / "site")
    assert status == 1
    assert said.startswith(
        "briefings/about.md:12:43  error  dangling-link\n"
        '  The page "about/" links to "terms/celing/", which is not in the site. Mend the address, or write\n'
        "  [[its id]], which is found wherever the sheet stands.\n\n"
        "briefings/about.md:13:47  error  dangling-link\n"
        '  The page "about/" links to an anchor "x" that "terms/ceiling/" does not have. Mend the address, or\n'
        "  write [[its id]], which is found wherever the sheet stands.\n\n"
    )
    assert said.endswith("Nothing was built.\n")
    assert not (tmp_path / "site").exists()


def test_the_links_that_the_build_followed_are_those_a_reader_meets(specimen_site: BuiltSite) -> None:
    files = files_of(specimen_site.folder)
    for page in specimen_site.pages.values():
        met = {
            target
            for element in page.top
            if element.tag in ("a", "link", "script", "img")
            if (href := element.attributes.get("href", element.attributes.get("src"))) not in (None, "#")
            and not (href or "").startswith(ELSEWHERE)
            if (target := specimen_site.target(page, href or ""))
        }
        found = links_of(page.file, files[page.file].decode(), SITE, ELSEWHERE)
        assert met - {page.file} <= found.leads | {page.file}, page.file
        assert found.anchors == page.ids.keys(), page.file
