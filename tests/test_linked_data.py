"""JSON-LD on every page: terms of schema.org where they belong, things that are described where their name leads, nothing that runs."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml

from factbook.exports.linked_data import WITHOUT, linked_data, safe_json
from factbook.exports.page_head import page_head
from factbook.imprint import site_of
from factbook.model.statement import Statement
from factbook.pages.laying_out import lay_out
from factbook.publication import read_and_check
from tests.sites import DAY, SPECIMEN, BuiltSite, HtmlPage, build_site, copy_specimen

TERMS = yaml.safe_load((Path(__file__).parent / "schema-org.yml").read_text(encoding="utf-8"))
TYPES: dict[str, list[str]] = {name: [name, *above] for name, above in TERMS["types"].items()}
PROPERTIES: dict[str, dict[str, list[str]]] = TERMS["properties"]
ISO = r"\d{4}(-\d{2}(-\d{2})?)?"
PLAIN: dict[str, Callable[[Any], bool]] = {
    "Text": lambda value: isinstance(value, str) and bool(value),
    "URL": lambda value: isinstance(value, str) and not re.search(r'[\s<>"]', value),
    "Date": lambda value: isinstance(value, str) and bool(re.fullmatch(ISO, value)),
    "DateTime": lambda value: isinstance(value, str) and bool(re.fullmatch(ISO, value)),
    "Integer": lambda value: isinstance(value, int),
    "Thing": lambda value: PLAIN["URL"](
        value
    ),  # a thing may be named by its address, says schema.org/docs/datamodel
    "Boolean": lambda value: isinstance(value, bool),
}


@pytest.fixture(params=["specimen_site", "real_site", "without address"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> BuiltSite:
    """The specimen, the publication itself, and the specimen where its address is not known."""
    if request.param == "without address":
        config_file = copy_specimen(tmp_path / "specimen")
        text = config_file.read_text(encoding="utf-8")
        config_file.write_text(text.replace("site_url: https://example.org/repo/", ""), encoding="utf-8")
        status, said = build_site(config_file, tmp_path / "site")
        assert status == 0, said
        return BuiltSite(tmp_path / "site", config_file)
    found: BuiltSite = request.getfixturevalue(request.param)
    return found


def block_of(page: HtmlPage) -> list[dict[str, Any]]:
    """The nodes of a page's block; none where it has no block."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.source, re.DOTALL)
    assert len(found) <= 1
    if not found:
        return []
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def nodes_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every node, also those inside others."""
    if isinstance(value, dict):
        yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_in(inside)


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def types_of(node: dict[str, Any], described: dict[str, set[str]]) -> set[str]:
    """The types of a node and all above them; of a mere name those of what it names."""
    if set(node) == {"@id"}:
        return described[node["@id"]]
    return {above for name in many(node["@type"]) for above in TYPES[name]}


def test_every_term_is_one_of_schema_org_and_stands_where_it_belongs(
    site: BuiltSite, record_property: Callable[[str, object], None]
) -> None:
    graphs = {page: block_of(page) for page in site.pages.values()}
    root = f"https://example.org{site.prefix}"
    described: dict[str, set[str]] = {}
    for page, graph in graphs.items():
        for node in nodes_in(graph):
            if "@id" in node:
                node["@id"] = urljoin(root + page.address, node["@id"])
            if "@id" in node and "@type" in node:
                described.setdefault(node["@id"], set()).update(types_of(node, {}))
    count: Counter[str] = Counter()
    for graph in graphs.values():
        for node in nodes_in(graph):
            if set(node) == {"@id"}:
                assert node["@id"] in described
                continue
            own = types_of(node, described)
            count.update(many(node["@type"]))
            for name, values in node.items():
                if name.startswith("@"):
                    continue
                assert own & set(PROPERTIES[name]["of"]), f"{name} is not said of {node['@type']}"
                takes = PROPERTIES[name]["takes"]
                for value in many(values):
                    fine = (
                        bool(types_of(value, described) & set(takes))
                        if isinstance(value, dict)
                        else any(PLAIN[kind](value) for kind in takes if kind in PLAIN)
                    )
                    assert fine, f"{name} takes {takes}, not {value}"
    blocks = sum(bool(graph) for graph in graphs.values())
    record_property("figure", f"JSON-LD under {site.prefix}: {blocks} blocks, {sum(count.values())} nodes")


def test_every_page_that_is_about_something_has_a_block_and_the_way_to_it(site: BuiltSite) -> None:
    for page in site.pages.values():
        kind = next(c.removeprefix("fb-page--") for c in page.article.classes if c.startswith("fb-page--"))
        graph = block_of(page)
        assert bool(graph) == (kind not in WITHOUT), page.address
        if graph and page.address:
            ways = [node for node in graph if node["@type"] == "BreadcrumbList"]
            assert [len(way["itemListElement"]) > 1 for way in ways] == [True], page.address


def test_a_review_is_published_only_where_we_assessed(site: BuiltSite) -> None:
    for sheet in site.catalogue.all(Statement):
        outcome = sheet.prediction.outcome if sheet.prediction else None
        assessed = outcome is not None and outcome.value in ("happened", "partly", "not-so-far")
        reviews = [node for node in block_of(site.page_of(sheet.id)) if node["@type"] == "ClaimReview"]
        assert len(reviews) == int(assessed), sheet.id


def test_without_the_sites_address_no_address_is_written_in_full(tmp_path: Path) -> None:
    content = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert content.settings and content.catalogue and content.as_of
    site = site_of(replace(content.settings, site_url=""))
    foreign = {
        loaded.sheet.url for loaded in content.catalogue.sheets.values() if hasattr(loaded.sheet, "url")
    }
    for page in lay_out(content.catalogue, content.as_of):
        text = page_head(page, content.catalogue, site)
        found = set(re.findall(r'https?://[^"\\]+', text)) - {"https://schema.org"}
        ours = {each for each in found if "example.org/repo" in each}
        assert not ours, (page.address, foreign)
        assert "og:image" not in text and "og:url" not in text and "citation_public_url" not in text


def test_nothing_in_a_block_ends_the_element_that_it_stands_in() -> None:
    said = "</script><script>alert(1)</script><!-- & \u2028\u2029 ]]>"
    text = safe_json({"name": said})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": said}


def test_a_hostile_title_stays_words(tmp_path: Path) -> None:
    content = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert content.settings and content.catalogue and content.as_of
    site = site_of(content.settings)
    (page,) = lay_out(content.catalogue, content.as_of, lambda address: address == "measures/price-cap/")
    title = "\"><script>alert(1)</script>'"
    hostile = replace(page, title=title)
    text = page_head(hostile, content.catalogue, site)
    assert text.count("<script") == text.count("</script>") == 1
    assert "<script>" not in text
    assert title in linked_data(hostile, content.catalogue, site).encode().decode("unicode_escape").replace(
        '\\"', '"'
    )
