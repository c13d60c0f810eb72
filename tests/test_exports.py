"""The files for machines: what goes out comes back the same, and every file holds to its own rules."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from factbook.exports.api import sheet_from_json
from factbook.exports.files import FILES, files_for_machines, find
from factbook.exports.social import Card, png, svg
from factbook.imprint import edition_of
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL
from factbook.model.sheet import Sheet
from factbook.pages.addresses import data_of
from factbook.publication import read_and_check
from tests.sites import DAY, SPECIMEN, BuiltSite


@pytest.fixture(params=["specimen_site", "real_site"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """The specimen and the publication itself."""
    found: BuiltSite = request.getfixturevalue(request.param)
    return found


def read(site: BuiltSite, path: str) -> Any:
    return json.loads((site.folder / path).read_text(encoding="utf-8"))


def as_sent(sheet: Sheet) -> Sheet:
    """A sheet without where its text starts in its file."""
    return sheet.model_copy(update={"text_line": 1}) if isinstance(sheet, Briefing | PlainPage) else sheet


def values(data: Any) -> Iterator[Any]:
    """Every value inside some JSON."""
    yield data
    for inside in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from values(inside)


def test_every_sheet_comes_back_from_its_json(site: BuiltSite, record_property: Any) -> None:
    sheets = site.catalogue.sheets
    for id, loaded in sheets.items():
        data = read(site, data_of(loaded.collection, id))
        assert sheet_from_json(data) == as_sent(loaded.sheet)
    record_property("figure", f"Sheets that come back from their JSON, {site.prefix}: {len(sheets)}")


def test_a_collection_and_the_dump_hold_the_sheets_in_the_order_of_ids(site: BuiltSite) -> None:
    for name in ALL:
        ids = sorted(id for id, loaded in site.catalogue.sheets.items() if loaded.collection == name)
        found = read(site, f"api/v1/{name}.json")["sheets"]
        assert [sheet["id"] for sheet in found] == ids
        assert found == [read(site, data_of(name, id)) for id in ids]
    assert [sheet["id"] for sheet in read(site, "api/v1/all.json")["sheets"]] == sorted(site.catalogue.sheets)


def test_what_is_absent_is_left_out(site: BuiltSite) -> None:
    sheets = read(site, "api/v1/all.json")["sheets"]
    found = [value for each in sheets for value in values(each["sheet"])]
    assert None not in found
    assert [] not in found
    assert "" not in found


def test_a_field_has_one_type(site: BuiltSite) -> None:
    types: dict[tuple[str, ...], set[type]] = {}

    def look(data: Any, path: tuple[str, ...]) -> None:
        types.setdefault(path, set()).add(type(data))
        for key, value in data.items() if isinstance(data, dict) else ():
            look(value, (*path, key))
        for value in data if isinstance(data, list) else ():
            look(value, (*path, "[]"))

    for sheet in read(site, "api/v1/all.json")["sheets"]:
        look(sheet["sheet"], (sheet["collection"],))
    assert {path: found for path, found in types.items() if len(found) > 1} == {}


def test_a_preview_finds_the_file_that_a_build_writes(specimen_site: BuiltSite) -> None:
    content = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert content.settings and content.catalogue and content.as_of
    edition = edition_of(content.settings, content.as_of)
    files = files_for_machines(content.catalogue, edition)
    for path in ("api/v1/measures/price-cap.json", "api/v1/measures.json"):
        assert find(path, content.catalogue, edition) == files[path]
        assert (specimen_site.folder / path).read_bytes() == files[path]
    assert find("api/v1/measures/no-such.json", content.catalogue, edition) is None


def test_a_path_stands_in_one_row_alone(specimen_site: BuiltSite) -> None:
    content = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert content.settings and content.catalogue and content.as_of
    edition = edition_of(content.settings, content.as_of)
    made = [files_for_machines(content.catalogue, edition, [file]) for file in FILES]
    assert len({path for files in made for path in files}) == sum(map(len, made))


def test_a_page_says_where_its_data_are(site: BuiltSite) -> None:
    for id, page in site.sheet_pages():
        links = [link for link in page.head.all("link") if link.attributes.get("type") == "application/json"]
        assert [link.attributes["rel"] for link in links] == ["alternate"]
        file = site.target(page, links[0].attributes["href"])
        assert file == data_of(site.catalogue.collection_of(id), id)
        assert links[0].attributes["href"] in [a.attributes.get("href") for a in page.top.all("a")]


def test_a_picture_is_drawn_for_each_briefing_and_each_kind_of_page(specimen_site: BuiltSite) -> None:
    for page in specimen_site.pages.values():
        found = [
            meta.attributes["content"]
            for meta in page.head.all("meta")
            if meta.attributes.get("property") == "og:image"
        ]
        silent = {"fb-page--moved", "fb-page--withdrawn"} & {*page.article.classes}
        if silent or page.file == "404.html":
            assert found == []
            continue
        path = found[0].removeprefix("https://example.org/repo/")
        data = (specimen_site.folder / path).read_bytes()
        assert data.startswith(b"\x89PNG") and data[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)
        if "fb-page--briefing" in page.article.classes:
            assert path == f"assets/social/briefing-{page.address.strip('/')}.png"


def test_a_picture_is_the_same_each_time_and_shows_letters_of_three_scripts() -> None:
    drawings = [
        svg(Card("Briefing", title, "Specimen"))
        for title in ("Işıl Gençoğlu", "Генчоглу", "Γλάρος", "?" * 400)
    ]
    pictures = [png(drawing) for drawing in drawings]
    assert pictures == [png(drawing) for drawing in drawings]
    blank = len(png(svg(Card("", "", ""))))
    assert all(len(picture) > blank + 1000 for picture in pictures)


def test_words_of_a_picture_are_no_markup() -> None:
    assert "<image" not in svg(Card('"/><image href="x"/>', "<script>", "&lt;"))


def test_a_reference_manager_finds_what_it_keeps_of_a_page(specimen_site: BuiltSite) -> None:
    head = specimen_site.page_of("price-cap").head
    kept = {
        meta.attributes["name"]: meta.attributes["content"]
        for meta in head.all("meta")
        if "name" in meta.attributes
    }
    sheet = specimen_site.catalogue["price-cap"]
    assert kept["citation_title"] == sheet.title_text
    assert kept["citation_publisher"] == "Specimen"
    assert kept["citation_publication_date"] == str(sheet.verified).replace("-", "/")
    assert kept["citation_public_url"] == "https://example.org/repo/measures/price-cap/"
