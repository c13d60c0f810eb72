"""The whole site of the specimen, looked at as a reader does.

Links lead somewhere, facts show their evidence, statements their speakers, pages their days; and the site is the same however
and wherever it is built.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from factbook.model.collections import COLLECTIONS
from factbook.model.sheet import NamedSheet
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.term import Term
from factbook.model.walking import facts
from factbook.pages.addresses import address_of
from factbook.pages.kinds import PAGE_KINDS, SHEET_KINDS
from tests.sites import (
    DAY,
    NOON,
    BuiltSite,
    Element,
    HtmlPage,
    build_site,
    copy_specimen,
    files_of,
    read_html,
)

ASKING = {
    "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "form": "action", "use": "href",
}  # fmt: skip
"""What a browser fetches by itself, or sends to."""
QUIET_LINKS = {"canonical", "alternate", "prev", "next"}
"""Kinds of `link` that fetch nothing."""


# --- links and the frame of a page ---------------------------------------------------------------------------


def test_every_link_leads_somewhere(specimen_site: BuiltSite) -> None:
    assert dangling_links(specimen_site) == []


def dangling_links(site: BuiltSite) -> list[str]:
    """The links, and the addresses of what pages are made of, that lead to nothing in the site."""
    files = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*")}
    by_file = {page.file: page for page in (*site.pages.values(), *site.card_pages.values())}
    dangling = []
    for page in by_file.values():
        for element in page.top:
            href = element.attributes.get("href", element.attributes.get("src"))
            if href is None or element.attributes.get("rel") == "canonical" or is_outside_link(element, href):
                continue
            file, _, anchor = (site.target(page, href) or "").partition("#")
            if file not in files or (anchor and anchor not in by_file[file].ids):
                dangling.append(f"{page.file}: {href}")
    return dangling


def is_outside_link(element: Element, href: str) -> bool:
    """Whether a link leads out of the site on purpose: to a source, or to the place for edits."""
    return element.tag == "a" and href.startswith(("https://", "http://"))


def test_what_a_page_shows_in_places_of_its_own_is_shown_there(specimen_site: BuiltSite) -> None:
    """Such links are left out of "Mentioned in"."""
    assert links_not_shown(specimen_site) == []


def links_not_shown(site: BuiltSite) -> list[str]:
    """The references that the page of their target shows neither in a place of its own nor in one that goes on with it."""
    catalogue, lost = site.catalogue, []
    for kind in SHEET_KINDS.values():
        for sheet in catalogue.all(COLLECTIONS[kind.collection].model):
            origins = {link.origin for link in catalogue.links_to(sheet.id, *kind.shown_apart)} - {sheet.id}
            for origin in sorted(origins):
                address = address_of(catalogue.collection_of(origin), origin)
                if not any(address in page for page in leads_of(site, sheet.id)):
                    lost.append(f"{sheet.id}: {origin}")
    return lost


def leads_of(site: BuiltSite, id: str) -> Iterator[set[str]]:
    """The addresses to which the pages of a sheet lead: its own, and those on which a long list goes on."""
    own = site.page_of(id).address
    for page in site.pages.values():
        if page.address.startswith(own):
            found = (site.target(page, a.attributes.get("href", "")) or "" for a in page.article.all("a"))
            yield {target.partition("#")[0].removesuffix("index.html") for target in found}


def test_no_id_stands_twice(specimen_site: BuiltSite) -> None:
    assert doubled_ids(specimen_site) == []


def doubled_ids(site: BuiltSite) -> list[str]:
    """The ids that stand twice in a page, or that no link could name."""
    doubled = []
    for page in site.pages.values():
        counted = Counter(element.attributes["id"] for element in page.top if "id" in element.attributes)
        odd = [id for id, number in counted.items() if number > 1 or not id or any(c.isspace() for c in id)]
        doubled += [f"{page.file}#{id}" for id in odd]
    return doubled


def test_every_page_has_one_heading_a_title_and_a_description(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        assert [bool(each.text) for each in page.top.all("h1")] == [True], page.file
        assert page.head.first("title").text, page.file
        described = [
            each.attributes["content"]
            for each in page.head.all("meta")
            if each.attributes.get("name") == "description"
        ]
        assert len(described) == 1, page.file
        assert described[0].strip(), page.file


def test_titles_tell_pages_apart(specimen_site: BuiltSite) -> None:
    counted = Counter(
        page.head.first("title").text
        for page in specimen_site.pages.values()
        if "has moved" not in page.source
    )
    assert [title for title, number in counted.items() if number > 1] == []


def test_the_page_of_a_former_id_leads_to_the_new_one(specimen_site: BuiltSite) -> None:
    former = [
        (loaded.collection, old, id)
        for id, loaded in specimen_site.catalogue.sheets.items()
        for old in loaded.sheet.former_ids
    ]
    assert former
    for collection, old, id in former:
        page = specimen_site.pages[f"{collection}/{old}/"]
        link = page.article.first("a")
        assert specimen_site.target(page, link.attributes["href"]) == specimen_site.page_of(id).file


def test_every_page_but_search_says_how_to_cite_it(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        boxes = page.article.all(cls="fb-citethis")
        uncited = page.address in ("search/", "404.html") or {"fb-page--moved", "fb-page--withdrawn"} & {
            *page.article.classes
        }
        assert len(boxes) == (0 if uncited else 1), page.address
        for box in boxes:
            permalink = box.all("dd")[0].text
            assert permalink == f"https://example.org/repo/{page.address}"
            assert all(permalink in form.text for form in [*box.all("dd"), *box.all("pre")]), page.address


def test_every_kind_of_page_is_in_the_specimen(specimen_site: BuiltSite) -> None:
    shown = {
        cls.removeprefix("fb-page--") for page in specimen_site.pages.values() for cls in page.article.classes
    }
    wanted = {"index" if name.startswith("index-") else name for name in PAGE_KINDS}
    assert wanted - shown == {"more"}, "only pages that much is said of have one; see test_more"


# --- evidence ------------------------------------------------------------------------------------------------


def test_every_anchor_stands_in_the_page_of_its_sheet(specimen_site: BuiltSite) -> None:
    assert missing_anchors(specimen_site) == []


def missing_anchors(site: BuiltSite) -> list[str]:
    """The anchors of facts, and those that links and prose lead to, that their pages do not have."""
    wanted = [
        (id, found.anchor) for id, loaded in site.catalogue.sheets.items() for found in facts(loaded.sheet)
    ]
    wanted += [(link.target, link.target_anchor) for link in site.catalogue.links if link.target_anchor]
    wanted += [(link.origin, link.anchor) for link in site.catalogue.links if link.anchor]
    return sorted({f"{id}#{anchor}" for id, anchor in wanted if anchor not in site.page_of(id).ids})


def test_every_fact_shows_where_it_comes_from_or_that_it_does_not(specimen_site: BuiltSite) -> None:
    assert bare_facts(specimen_site) == []


def bare_facts(site: BuiltSite) -> list[str]:
    """The facts that show neither a number nor a mark."""
    bare = []
    for id, page in site.sheet_pages():
        for found in facts(site.catalogue[id]):
            element = page.ids[found.anchor]
            if not element.all(cls="fb-cites") and not element.all(cls="fb-mark"):
                bare.append(f"{id}#{found.anchor}")
    return bare


def test_every_number_leads_to_its_note(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        for number in (link for cites in page.article.all(cls="fb-cites") for link in cites.all("a")):
            note = page.ids[number.attributes["href"].removeprefix("#")]
            notes = [each.id for each in page.article.first("ol", cls="fb-sources").all("li") if each.id]
            assert notes.index(note.id) + 1 == int(number.text), page.file


def test_who_has_a_stake_is_told_wherever_he_is_cited(specimen_site: BuiltSite) -> None:
    assert with_stakes(specimen_site)
    assert untold_stakes(specimen_site) == []


def with_stakes(site: BuiltSite) -> dict[str, str]:
    """The stakes of sources, by the files of their pages."""
    return {
        site.page_of(source.id).file: source.interest.rstrip(".")
        for source in site.catalogue.all(Source)
        if source.interest
    }


def untold_stakes(site: BuiltSite) -> list[str]:
    """Notes to a source with a stake, or read in one, and statements read in one, that leave the stake out."""
    stakes = with_stakes(site)
    read_in = {
        site.page_of(each.id).file: stakes.get(site.page_of(each.read_in.source).file, "")
        for each in site.catalogue.all(Statement)
    }
    untold = []
    for page in site.pages.values():
        for note in (each for each in page.article.all("li") if re.fullmatch(r"note-\d+", each.id)):
            named = first = next(iter(note.all("a")))
            if first.attributes["href"].startswith("#"):
                named = next(iter(page.ids[first.attributes["href"][1:]].all("a")))
            led_to = [site.target(page, link.attributes["href"]) for link in (named, *note.all("a"))]
            untold += [
                f"{page.file}#{note.id}" for file in led_to if stakes.get(file or "", "") not in note.text
            ]
        answers = [row for row in page.article.all("th") if row.all(cls="fb-stances__when")]
        predictions = [row for row in page.article.all("p") if row.all("small") and row.all("a")]
        for said in [*page.article.all("blockquote", cls="fb-said"), *answers, *predictions]:
            files = [site.target(page, link.attributes["href"]) or "" for link in said.all("a")]
            untold += [f"{page.file}: {file}" for file in files if read_in.get(file, "") not in said.text]
    return untold


def test_notes_say_their_source_the_place_in_it_and_its_words(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    for id, page in specimen_site.sheet_pages():
        notes = [each for each in page.article.all("li") if re.fullmatch(r"note-\d+", each.id)]
        assert [each.id for each in notes] == [f"note-{number}" for number in range(1, len(notes) + 1)], (
            page.file
        )
        said = " ".join(each.text for each in notes)
        for link in catalogue.links_from(id, "cited_by"):
            source = catalogue[link.target]
            assert source.title_text in said, f"{id} cites {link.target}"
            citation = link.citation
            assert citation is not None
            assert (citation.at or "") in said, f"{id} cites {link.target} at {citation.at}"
            assert " ".join((citation.words or "").split()) in said, f"{id} quotes {link.target}"
            if citation.through:
                assert f"Read in {catalogue.title_of(citation.through)}" in said, (
                    f"{id} read {link.target} elsewhere"
                )


def test_each_note_names_one_publication_and_its_hands(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        for note in page.article.all("li"):
            if not re.fullmatch(r"note-\d+", note.id):
                continue
            earlier = [a for a in note.all("a") if a.attributes["href"].startswith("#note-")]
            assert earlier or note.all("cite"), f"{page.file}#{note.id}"
            assert earlier or note.first("small").text, f"{page.file}#{note.id}"


# --- statements ----------------------------------------------------------------------------------------------


def test_every_statement_shows_who_said_it_and_when(specimen_site: BuiltSite) -> None:
    shown = 0
    for page in specimen_site.pages.values():
        for place in said_in(page):
            statement = specimen_site.catalogue.get(statement_in(place, page, specimen_site), Statement)
            for speaker in statement.speakers:
                assert specimen_site.catalogue.title_of(speaker) in place.text, f"{page.file}: {place.text}"
            named = (statement.as_named or "").casefold()  # it may begin a line
            assert named in place.text.casefold(), f"{page.file}: {place.text}"
            days = [each.attributes["datetime"] for each in place.all("time")]
            assert str(statement.said_on.date) in days, f"{page.file}: {place.text}"
            shown += 1
    assert shown > len(specimen_site.catalogue.all(Statement))


def test_the_gist_of_a_statement_never_stands_without_its_speaker(specimen_site: BuiltSite) -> None:
    alone = []
    for page in specimen_site.pages.values():
        for statement in specimen_site.catalogue.all(Statement):
            if page.address == f"statements/{statement.id}/":
                continue
            names = [specimen_site.catalogue.title_of(id) for id in statement.speakers]
            names += [statement.as_named] if statement.as_named else []
            for place in places_of(statement.title_text, page.article):
                shown = place.text.casefold()
                alone += [f"{page.file}: {place.text}" for name in names if name.casefold() not in shown]
    assert alone == []


def places_of(text: str, inside: Element) -> list[Element]:
    """The items, rows and quotations in which a text stands."""
    places = [each for each in inside if each.tag in ("li", "tr", "blockquote", "dd") and text in each.text]
    return [each for each in places if not [deeper for deeper in each if deeper in places]]


def said_in(page: HtmlPage) -> list[Element]:
    """Every place of a page that gives a statement: in full, in a scorecard, in a stance matrix."""
    rows = [row for table in page.article.all(cls="fb-stances") for row in table.all("tr") if row.all("td")]
    return [*page.article.all(cls="fb-said"), *page.article.all(cls="fb-scorecard__row"), *rows]


def statement_in(place: Element, page: HtmlPage, site: BuiltSite) -> str:
    """The id of the statement that a place gives: the one it links to, else the one whose page this is."""
    for link in place.all("a"):
        target = site.target(page, link.attributes["href"]) or ""
        if target.startswith("statements/"):
            return target.split("/")[1]
    return page.address.split("/")[1]


def test_only_a_page_with_sources_tells_how_to_reach_a_fact_by_them(specimen_site: BuiltSite) -> None:
    told = [page for page in specimen_site.pages.values() if "open a source number" in page.article.text]
    assert told
    assert [page.file for page in told if "note-1" not in page.ids] == []


def test_a_page_without_a_lede_is_led_by_its_first_fact_with_its_sources_and_says_it_once(
    specimen_site: BuiltSite,
) -> None:
    led = []
    for id, page in specimen_site.sheet_pages():
        sheet = specimen_site.catalogue[id]
        if not isinstance(sheet, Statement | Term) and sheet.facts and not sheet.lede:
            first = page.ids[f"facts.{sheet.facts[0].id}"]
            head = page.article.first("header")
            assert first in head.all("span"), id
            assert first.all(cls="fb-cites"), id
            assert page.article.text.count(first.text) == 1, id
            led.append(id)
    assert led


def test_a_statement_is_given_once_on_its_own_page_before_what_stands_beside_it(
    specimen_site: BuiltSite,
) -> None:
    for each in specimen_site.catalogue.all(Statement):
        head = specimen_site.page_of(each.id).article.first("header")
        assert head.text.count(each.gist.rstrip(".")) == 1, each.id


def test_a_contested_statement_stands_beside_what_contradicts_it(specimen_site: BuiltSite) -> None:
    contested = [
        (statement.id, relation.statement)
        for statement in specimen_site.catalogue.all(Statement)
        for relation in statement.relations
        if relation.kind == "contradicts"
    ]
    assert contested
    for one, other in contested:
        for here, there in ((one, other), (other, one)):
            assert specimen_site.catalogue.title_of(there) in specimen_site.page_of(here).article.text


# --- days, names, links back ---------------------------------------------------------------------------------


def test_every_sheet_says_when_it_was_verified_and_is_due_again(specimen_site: BuiltSite) -> None:
    for id, page in specimen_site.sheet_pages():
        sheet = specimen_site.catalogue[id]
        fresh = page.article.all("p", cls="fb-fresh")  # the front page has those of its briefing, too
        days = [time.attributes["datetime"] for each in fresh for time in each.all("time")]
        assert "verified" in fresh[-1].text.casefold(), id
        assert "Review by" in fresh[-1].text, id
        assert {str(sheet.verified), str(sheet.review_by)} <= set(days), id


def test_a_sheet_past_its_day_says_so(specimen_site: BuiltSite) -> None:
    overdue = {id for id, page in specimen_site.sheet_pages() if page.article.all(cls="fb-mark--overdue")}
    assert {
        id for id, loaded in specimen_site.catalogue.sheets.items() if str(loaded.sheet.review_by) < DAY
    } <= overdue


def test_whoever_refers_to_a_sheet_is_named_on_its_page(specimen_site: BuiltSite) -> None:
    missing = set()
    for id, page in specimen_site.sheet_pages():
        if page.address == "":
            continue
        leads = {
            (specimen_site.target(page, a.attributes["href"]) or "").partition("#")[0]
            for a in page.article.all("a")
            if "href" in a.attributes
        }
        for link in specimen_site.catalogue.links_to(id):
            if link.origin != id and specimen_site.page_of(link.origin).file not in leads:
                missing.add(
                    f"{id} does not name {link.origin}, which has it as {link.inverse} at {link.anchor}"
                )
    assert sorted(missing) == []


def test_links_back_give_the_sentence(specimen_site: BuiltSite) -> None:
    rows = [row for page in specimen_site.pages.values() for row in page.article.all("ul", cls="fb-mentions")]
    assert rows
    for row in rows:
        for line in row.all("li"):
            assert line.first("span").text, line.text


def test_a_garbled_name_never_stands_for_the_thing(specimen_site: BuiltSite) -> None:
    assert garbled_names(specimen_site)
    assert names_on_top(garbled_names(specimen_site), specimen_site) == []


def garbled_names(site: BuiltSite) -> set[str]:
    """The garbled forms of names that no sheet also has as a sound form."""
    names = [
        name
        for loaded in site.catalogue.sheets.values()
        if isinstance(loaded.sheet, NamedSheet)
        for name in loaded.sheet.names
    ]
    return {name.text for name in names if name.kind == "garbled"} - {
        name.text for name in names if name.kind != "garbled"
    }


def names_on_top(names: set[str], site: BuiltSite) -> list[str]:
    """Where a name stands as a title, a heading or a link."""
    found = []
    for page in site.pages.values():
        shown = [
            *page.top.all("h1"),
            page.head.first("title"),
            *page.article.all("h2"),
            *page.article.all("a"),
        ]
        found += [
            f"{page.file}: {element.text}" for element in shown for name in names if name in element.text
        ]
    return found


def test_a_garbled_name_can_be_found(specimen_site: BuiltSite) -> None:
    for id, page in specimen_site.sheet_pages():
        sheet = specimen_site.catalogue[id]
        for name in sheet.names if isinstance(sheet, NamedSheet) else ():
            assert name.text in page.article.text, f"{id}: {name.text}"


# --- nothing from elsewhere ----------------------------------------------------------------------------------


def test_no_page_asks_another_site_for_anything(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        for element in page.top:
            if element.tag == "link" and set(element.attributes.get("rel", "").split()) & QUIET_LINKS:
                continue
            asked = element.attributes.get(ASKING.get(element.tag, ""), "")
            assert not re.match(r"(?:[a-z]+:)?//", asked), f"{page.file}: <{element.tag}> {asked}"
            assert "srcset" not in element.attributes, page.file


def test_no_style_sheet_asks_another_site_for_anything(specimen_site: BuiltSite) -> None:
    for path in specimen_site.folder.rglob("*.css"):
        asked = re.findall(
            r"(?:@import\s|url\()\s*[\"']?((?:https?:)?//[^\"')]+)", path.read_text(encoding="utf-8")
        )
        assert asked == [], path.name


def test_articles_hold_no_styles_and_no_scripts(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        for element in page.article:
            assert element.tag not in ("style", "script", "iframe", "object", "embed"), page.file
            odd = [name for name in element.attributes if name == "style" or name.startswith("on")]
            assert odd == [], f"{page.file}: {element.attributes}"


# --- the same bytes ------------------------------------------------------------------------------------------


def test_two_builds_are_equal(specimen_site: BuiltSite, tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "elsewhere")
    status, said = build_site(config_file, tmp_path / "site", search=True)
    assert status == 0, said
    assert differing(files_of(tmp_path / "site"), files_of(specimen_site.folder)) == []


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that only one of two sites has, or that differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    build_site(config_file, tmp_path / "site")
    status, said = build_site(config_file, tmp_path / "site")
    assert status == 0
    assert "0 files written" in said
    assert "0 removed" in said


def test_mkdocs_build_gives_the_same_bytes(specimen_site: BuiltSite, tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-f",
            str(config_file),
            "-d",
            str(tmp_path / "site"),
        ],
        env=os.environ | {"SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert differing(files_of(tmp_path / "site"), files_of(specimen_site.folder)) == []


@pytest.mark.parametrize(
    ("file", "replaced", "by"),
    [
        ("content/measures/price-cap.yml", "is_sanction:", "is_sanctoin:"),
        ("content/events/cap-lowered.yml", "verified:", "verified: &anchor"),
        ("mkdocs.yml", "site_name: Specimen", "site_nane: Specimen"),
        ("mkdocs.yml", "content: content", "contents: content"),
    ],
)
def test_a_failed_build_leaves_the_site_as_it_was(tmp_path: Path, file: str, replaced: str, by: str) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    assert build_site(config_file, tmp_path / "site")[0] == 0
    before = files_of(tmp_path / "site")
    path = tmp_path / "specimen" / file
    text = path.read_text(encoding="utf-8")
    assert replaced in text
    path.write_text(text.replace(replaced, by, 1), encoding="utf-8")
    status, said = build_site(config_file, tmp_path / "site")
    assert status == 1
    assert "Nothing was built." in said
    assert files_of(tmp_path / "site") == before


def test_a_failed_build_names_the_sheets_that_may_have_more_wrong_with_them(tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    path = tmp_path / "specimen" / "content/measures/price-cap.yml"
    path.write_text(path.read_text("utf-8").replace("is_sanction:", "is_sanctoin:"), "utf-8")
    _, said = build_site(config_file, tmp_path / "site")
    assert said.endswith(
        "Not looked into yet, because of what is said above: price-cap. More may show once that is mended.\n"
    )


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    config_file = copy_specimen(tmp_path / "specimen")
    status, said = build_site(config_file, tmp_path / "site", as_of=None)
    assert status == 1
    assert 'SOURCE_DATE_EPOCH is "tomorrow"' in " ".join(said.split())
    assert not (tmp_path / "site").exists()


def test_the_sitemap_names_the_pages_that_readers_look_for(specimen_site: BuiltSite) -> None:
    named = re.findall(
        r"<loc>([^<]*)</loc>", (specimen_site.folder / "sitemap.xml").read_text(encoding="utf-8")
    )
    assert len(named) == len(set(named))
    addresses = {address.removeprefix("https://example.org/repo/") for address in named}
    assert addresses <= specimen_site.pages.keys()
    assert {page.address for _, page in specimen_site.sheet_pages()} <= addresses
    assert "404.html" not in addresses


# --- elsewhere -----------------------------------------------------------------------------------------------


def test_links_do_not_know_where_the_site_is_served(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        if page.file == "404.html":
            continue
        for element in page.top:
            for name in ("href", "src", "action"):
                assert not element.attributes.get(name, "").startswith("/"), (
                    f"{page.file}: {element.attributes}"
                )


def test_without_an_address_links_are_relative_and_nothing_names_a_host(tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    text = config_file.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(site_url|      edit_base|      issues_base):.*\n", "", text)
    config_file.write_text(text, encoding="utf-8")
    status, said = build_site(config_file, tmp_path / "site")
    assert status == 0, said
    files = files_of(tmp_path / "site")
    assert not {"sitemap.xml", "sitemap.xml.gz"} & files.keys()
    for name, data in files.items():
        if name.endswith(".html"):
            top = read_html(data.decode())
            assert not [each for each in top.all("link") if each.attributes.get("rel") == "canonical"], name
            ways = [each.text for part in top.all(cls="fb-edit") for each in part.all("a")]
            assert ways in ([], ["Data of this page"]), name
            assert b"example.org/repo" not in data, name


def test_a_strangers_publication_is_built_from_any_folder(
    root: Path, specimen_site: BuiltSite, tmp_path: Path
) -> None:
    config_file = copy_specimen(tmp_path / "their publication")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [
            sys.executable,
            str(root / "build.py"),
            "-f",
            "../their publication/mkdocs.yml",
            "--as-of",
            DAY,
            "--no-search",
        ],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = files_of(config_file.parent / "site")
    wanted = files_of(specimen_site.folder)
    assert (
        differing(built, {name: data for name, data in wanted.items() if not name.startswith("pagefind/")})
        == []
    )
    assert list(elsewhere.iterdir()) == []


def test_every_collection_has_its_index(specimen_site: BuiltSite) -> None:
    for name in COLLECTIONS:
        page = specimen_site.pages[f"{name}/"]
        leads = {specimen_site.target(page, a.attributes.get("href", "")) for a in page.article.all("a")}
        for id, loaded in specimen_site.catalogue.sheets.items():
            if loaded.collection == name:
                assert specimen_site.page_of(id).file in leads, id


def test_the_page_of_a_person_says_how_to_answer(specimen_site: BuiltSite) -> None:
    for id, page in specimen_site.sheet_pages():
        sheet = specimen_site.catalogue[id]
        leads = {specimen_site.target(page, a.attributes.get("href", "")) for a in page.article.all("a")}
        wanted = getattr(sheet, "kind", "") == "person"
        assert id == "method" or ("method/index.html#right-of-reply" in leads) == wanted, id
