"""Tables, references, entities and the description of the data: each is read by a program that others wrote, and says the same again."""

import contextlib
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import bibtexparser
import jsonschema_rs
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate

from factbook.exports.api import withdrawn_as_json
from factbook.exports.fields import fields_of
from factbook.exports.follow_the_money import HELD, NAMES, REGISTERS, SCHEMATA
from factbook.exports.tables import BOM, columns, harmless, read_table
from factbook.imports.listed import script_of
from factbook.imports.reading import read_lists
from factbook.loading.loaded import LoadedTombstone
from factbook.model.actor import Actor
from factbook.model.collections import ALL
from factbook.model.measure import Measure
from factbook.model.sheet import Tombstone
from factbook.model.source import Source
from factbook.pages import bibtex
from factbook.pages.addresses import data_of
from tests.sites import BuiltSite


@pytest.fixture(params=["specimen_site", "real_site"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """The specimen and the publication itself."""
    found: BuiltSite = request.getfixturevalue(request.param)
    return found


def text_of(site: BuiltSite, path: str) -> str:
    return (site.folder / path).read_bytes().decode("utf-8")


def read(site: BuiltSite, path: str) -> Any:
    return json.loads(text_of(site, path))


# --- tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_a_table_has_a_row_for_each_sheet_and_a_column_for_each_field(name: str, site: BuiltSite) -> None:
    text = text_of(site, f"data/{name}.csv")
    assert text.startswith(BOM)
    assert "\r\n" in text
    rows = read_table(text)
    sheets = {row["id"]: row for row in rows}
    ids = sorted(id for id, loaded in site.catalogue.sheets.items() if loaded.collection == name)
    assert [*sheets] == ids
    for id, row in sheets.items():
        sheet = site.catalogue[id]
        assert [*row] == ["id", "title", "page", *columns(ALL[name].model)]
        assert row["title"] == sheet.title_text
        assert row["verified"] == str(sheet.verified)


def test_no_cell_is_a_formula(site: BuiltSite) -> None:
    for name in ALL:
        cells = re.findall(r'(?:^|[,\n])"?([^,"\n])', text_of(site, f"data/{name}.csv").removeprefix(BOM))
        assert not {*"=+-@\t"} & {*cells}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-x"])
def test_a_formula_gets_an_apostrophe_and_loses_it_again(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert read_table(f"id\r\n{quoted(harmless(cell))}\r\n") == [{"id": cell}]


@given(st.text(alphabet="'=+-@\t\r\n\",;x ğ", max_size=8))
def test_every_cell_comes_back_as_it_was(cell: str) -> None:
    assert harmless(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    if cell:
        assert read_table(f"id\r\n{quoted(harmless(cell))}\r\n") == [{"id": cell}]


def quoted(cell: str) -> str:
    inside = cell.replace('"', '""')
    return f'"{inside}"'


# --- references -----------------------------------------------------------------------------------------------


def decoded(text: str) -> dict[str, dict[str, str]]:
    """The entries of some BibTeX as plain text; addresses as they stand."""
    raw = bibtexparser.parse_string(text)
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not raw.failed_blocks and not library.failed_blocks
    found = {
        entry.key: {field.key: str(field.value).strip("{}").replace("ˆ", "^") for field in entry.fields}
        for entry in library.entries
    }
    for entry in raw.entries:
        found[entry.key] |= {field.key: field.value for field in entry.fields if field.key in bibtex.VERBATIM}
    return found


def test_a_parser_of_bibtex_reads_every_source_back(
    site: BuiltSite, record_property: Callable[[str, object], None]
) -> None:
    entries = decoded(text_of(site, "data/sources.bib"))
    sources = site.catalogue.all(Source)
    assert [*entries] == [source.id for source in sources]
    for source in sources:
        entry = entries[source.id]
        assert entry["title"] == " ".join(source.title.split())
        assert entry.get("author") == source.byline
        assert entry.get("url") == source.url
        assert entry.get("date") == (str(source.date) if source.date else None)
        assert source.publisher in entry.values()
    record_property("figure", f"BibTeX entries read back under {site.prefix}: {len(entries)}")


@given(st.text(alphabet="\\{}@%&#$_~^\"',= \nax", max_size=24).filter(str.strip))
def test_no_text_breaks_out_of_its_field(said: str) -> None:
    made = (
        bibtex.entry("online", "one", {"title": said, "note": said}) + "\n\n@online{two,\n  title = {x},\n}"
    )
    assert made.count("{") == made.count("}")
    depth = [made[:end].count("{") - made[:end].count("}") for end in range(len(made))]
    assert min(depth) >= 0
    library = bibtexparser.parse_string(made)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["one", "two"]
    assert [*library.entries[0].fields_dict] == ["title", "note"]


def test_signs_of_bibtex_come_back_as_signs() -> None:
    said = r"a{b}c\d % & # $ _ ~ ^ end"
    assert decoded(bibtex.entry("online", "one", {"note": said}))["one"]["note"] == said


CSL_TYPES = {"legislation", "document", "article-newspaper", "report", "entry", "dataset", "webpage"}
"""Those of our items, as CSL 1.0.2's schema lists them."""


def test_items_of_csl_are_as_its_schema_has_them(site: BuiltSite) -> None:
    items = read(site, "data/sources.csl.json")
    sources = site.catalogue.all(Source)
    assert [item["id"] for item in items] == [source.id for source in sources]
    for item, source in zip(items, sources, strict=True):
        assert item["type"] in CSL_TYPES
        assert item["title"] == source.title
        assert {*item} <= {
            *("id", "type", "title", "author", "container-title", "publisher", "issued"),
            *("number", "language", "URL", "note"),
        }
        for parts in item.get("issued", {}).get("date-parts", []):
            assert 1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts)
        assert [*map(len, item.get("author", []))] in ([], [1])


# --- the description ------------------------------------------------------------------------------------------


def test_every_sheet_holds_to_its_schema(site: BuiltSite) -> None:
    registry = jsonschema_rs.Registry(
        [("json-schema:///values.json", read(site, "api/v1/schemas/values.json"))]
    )
    for name in ALL:
        schema = {"$id": f"json-schema:///{name}.json", **read(site, f"api/v1/schemas/{name}.json")}
        validator = jsonschema_rs.validator_for(schema, registry=registry)
        for sheet in read(site, f"api/v1/{name}.json")["sheets"]:
            errors = [
                f"{each.instance_path}: {each.message}" for each in validator.iter_errors(sheet["sheet"])
            ]
            assert errors == [], sheet["id"]
            for null in ({**sheet["sheet"], "verified": None}, {**sheet["sheet"], "verified": 2020}):
                assert not validator.is_valid(null)


def test_the_openapi_document_is_valid_and_names_every_address(site: BuiltSite) -> None:
    path = site.folder / "api/v1/openapi.json"
    document = read(site, "api/v1/openapi.json")
    validate(document, base_uri=path.as_uri())
    for name in ALL:
        assert f"/api/v1/{name}.json" in document["paths"]
    root = (path.parent / document["servers"][0]["url"]).resolve()
    for address in document["paths"]:
        name = address.split("/")[3]
        ids = [id for id, loaded in site.catalogue.sheets.items() if loaded.collection == name]
        for id in ids[:3] if "{id}" in address else [""]:
            assert (root / address.replace("{id}", id).lstrip("/")).is_file()


def test_an_answer_is_as_the_openapi_document_says(site: BuiltSite) -> None:
    document = read(site, "api/v1/openapi.json")
    one = document["components"]["schemas"]["measures"]
    sheet = read(site, "api/v1/measures.json")["sheets"][0]
    assert [*sheet] == one["required"]
    version = document["paths"]["/api/v1/version.json"]["get"]["responses"]["200"]
    schema = version["content"]["application/json"]["schema"]
    assert jsonschema_rs.is_valid(schema, read(site, "api/v1/version.json"))


def test_the_day_and_the_commit_stand_in_one_file_alone(site: BuiltSite) -> None:
    day = read(site, "api/v1/version.json")["day"]
    others = [path for path in (site.folder / "api/v1").glob("*.json") if path.name != "version.json"]
    sheets = {json.dumps(str(loaded.sheet)) for loaded in site.catalogue.sheets.values()}
    if not any(day in sheet for sheet in sheets):
        assert not [path.name for path in others if day in path.read_text(encoding="utf-8")]


# --- the page that explains it all ----------------------------------------------------------------------------


def test_the_examples_of_the_page_print_what_it_says(site: BuiltSite) -> None:
    page = site.pages["data/"]
    programs = re.findall(r'<pre class="fb-example"[^>]*><code>(.*?)</code></pre>', page.source, re.DOTALL)
    says = re.findall(r"<samp>(.*?)</samp>", page.source)
    assert len(programs) == len(says) == 2
    for program, expected in zip(programs, says, strict=True):
        code = re.sub(r'site = "[^"]*"', f'site = "{site.folder.as_uri()}/"', unescape(program))
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(code, "example", "exec"), {})  # noqa: S102  our own page's example
        assert said.getvalue().strip() == unescape(expected)


def test_the_page_links_every_file_for_machines(site: BuiltSite) -> None:
    page = site.pages["data/"]
    linked = {site.target(page, a.attributes["href"]) for a in page.top.all("a") if "href" in a.attributes}
    files = [
        *site.folder.glob("api/v1/*.*"),
        *site.folder.glob("api/v1/schemas/*"),
        *site.folder.glob("data/*"),
    ]
    wanted = {path.relative_to(site.folder).as_posix() for path in files} - {"data/index.html"}
    assert wanted <= linked
    told = {each.text for each in page.article.all("code")}
    assert {*read(site, data_of("measures", site.catalogue.all(Measure)[0].id))} <= told


def test_what_browsers_and_crawlers_ask_for_is_there(site: BuiltSite) -> None:
    assert "Allow: /" in text_of(site, "robots.txt")
    manifest = read(site, "site.webmanifest")
    for icon in manifest["icons"]:
        data = (site.folder / icon["src"]).read_bytes()
        width = int(icon["sizes"].split("x")[0])
        assert data[16:24] == width.to_bytes(4) * 2
    for page in site.pages.values():
        links = {link.attributes["rel"]: link.attributes["href"] for link in page.head.all("link")}
        for kind in ("icon", "manifest"):
            assert (site.folder / str(site.target(page, links[kind]))).is_file()


def test_the_sitemap_gives_the_day_of_the_last_check_or_change(specimen_site: BuiltSite) -> None:
    rows = re.findall(
        r"<url><loc>https://example.org/repo/([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?</url>",
        text_of(specimen_site, "sitemap.xml"),
    )
    days = dict(rows)
    for id, page in specimen_site.sheet_pages():
        sheet = specimen_site.catalogue[id]
        assert days[page.address] == max(
            str(sheet.verified), *(str(change.day) for change in sheet.changes), ""
        )
    assert days["timeline/"] == ""


# --- entities -------------------------------------------------------------------------------------------------


def test_what_an_import_reads_is_what_went_out(
    site: BuiltSite, record_property: Callable[[str, object], None]
) -> None:
    lists = read_lists([("entities.ftm.json", text_of(site, "data/entities.ftm.json"))])
    by_name = {entry.names[0].text: entry for entry in lists.entries.values()}
    actors = site.catalogue.all(Actor)
    assert len(lists.entries) == len(actors) == len(by_name)
    named = {actor.id: [] for actor in actors}  # type: ignore[var-annotated]
    for measure in site.catalogue.all(Measure):
        for each in measure.designations if measure.is_sanction else ():
            if each.rank is None:
                named[each.actor].append(each)
    for actor in actors:
        entry = by_name[actor.title_text]
        kept = [name for name in actor.names if name.kind in NAMES]
        assert {name.text for name in entry.names} == {name.text for name in kept}
        for name in entry.names:
            kinds = {each.kind for each in kept if each.text == name.text}
            assert name.kind in {*kinds, "alias", "native" if script_of(name.text) != "Latn" else "alias"}
            assert name.script == (script_of(name.text) or "")
        expected = {"alliance": "organisation", "outlet": "organisation", "state": None}
        assert entry.kind == expected.get(actor.kind, actor.kind)
        assert entry.countries == ({actor.country} if actor.country and actor.kind != "person" else set())
        assert [pair for pair in entry.identifiers if pair[0] != "opensanctions"] == [
            (each.scheme, each.value)
            for each in sorted(
                actor.identifiers, key=lambda i: [*REGISTERS].index(i.scheme) if i.scheme in REGISTERS else 9
            )
            if each.scheme in REGISTERS
        ]
        roles = [post.role for post in actor.posts if post.rank is None]
        if actor.kind == "person":
            assert entry.role == (roles[0] if roles else None)
        assert len(entry.namings) == len(named[actor.id])
        for naming, designation in zip(
            entry.namings, sorted(named[actor.id], key=lambda d: d.id), strict=False
        ):
            if len(named[actor.id]) == 1:
                assert entry.number == (designation.entry or actor.id)
                assert naming.programme == designation.programme or not designation.programme
                assert naming.since in (str(designation.from_), None)
    record_property("figure", f"Entities that an import reads back under {site.prefix}: {len(actors)} actors")


def test_the_manifest_names_every_field_once(site: BuiltSite) -> None:
    manifest = read(site, "data/entities.manifest.json")
    for name, row in manifest.items():
        fields = {field.name for field in fields_of(ALL[name].model)} - {"id"}
        assert {*row["held"]} | {*row["not_held"]} == fields
        assert not {*row["held"]} & {*row["not_held"]}
        assert row["sheets"] == sum(loaded.collection == name for loaded in site.catalogue.sheets.values())
    assert {*HELD} <= {*ALL}


def test_every_kind_of_actor_has_a_schema_there() -> None:
    kinds = next(field.form for field in fields_of(Actor) if field.name == "kind")
    assert {*SCHEMATA} == {*kinds.values}  # type: ignore[union-attr]


def test_nothing_personal_is_in_the_entities(site: BuiltSite) -> None:
    for line in text_of(site, "data/entities.ftm.json").splitlines():
        properties = json.loads(line)["properties"]
        assert not {*properties} & {
            "birthDate",
            "birthPlace",
            "passportNumber",
            "idNumber",
            "nationality",
            "gender",
        }


def test_a_withdrawn_sheet_is_as_the_openapi_document_says(specimen_site: BuiltSite) -> None:
    stone = Tombstone.model_validate(
        {
            "id": "old-cap",
            "title": "Old cap",
            "withdrawn": {"day": "2026-11-01", "reason": "It stood twice.", "instead": "price-cap"},
        }
    )
    said = json.loads(
        withdrawn_as_json(LoadedTombstone(stone, "measures", "content/measures/old-cap.yml", {}))
    )
    schema = read(specimen_site, "api/v1/openapi.json")["components"]["schemas"]["withdrawn"]
    assert jsonschema_rs.is_valid(schema, said)
    assert not jsonschema_rs.is_valid(schema, {**said, "sheet": {}})
