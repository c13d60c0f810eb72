"""Cards of facts: what each says, that it can be quoted from everywhere, and what becomes of it when the fact changes."""

import json
import re
import shutil
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from factbook.commands import main
from factbook.commands.options import Options
from factbook.commands.preview.state import Preview
from factbook.drawing.fact_card import is_rtl
from factbook.model.records import Fact
from factbook.model.said import _kinds
from factbook.model.walking import facts
from factbook.pages.making_cards import CARRIED, KINDS
from tests.publications import cases, read_case
from tests.repositories import commit_all, git, write_commits
from tests.sites import DAY, BuiltSite, copy_specimen

SVG = "{http://www.w3.org/2000/svg}"


def as_data(site: Path, id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / f"c/{id}.json").read_text(encoding="utf-8"))
    return found


# --- on the specimen ---------------------------------------------------------------------------------------


def test_every_fact_about_the_world_and_every_statement_has_a_card(specimen_site: BuiltSite) -> None:
    for id, page in specimen_site.sheet_pages():
        if specimen_site.catalogue.collection_of(id) not in CARRIED:
            assert id not in specimen_site.card_pages
            continue
        parts = {"Observed", "Basis"}
        wanted = {
            each.anchor
            for each in facts(specimen_site.catalogue[id])
            if type(each.fact).__name__ not in parts
        }
        if specimen_site.catalogue.collection_of(id) == "statements":
            wanted.add("statement")
        shown = set(specimen_site.card_pages[id].ids) if id in specimen_site.card_pages else set()
        assert wanted <= shown, id
        ways = {link.attributes["href"].partition("#")[2] for link in page.article.all("a", cls="fb-quote")}
        assert wanted <= ways, f"{id}: every fact leads to its card"
        assert ways <= shown, id


def test_a_card_page_is_a_whole_page_that_asks_for_a_style_sheet_alone(specimen_site: BuiltSite) -> None:
    for page in specimen_site.card_pages.values():
        html = page.top.first("html")
        assert html.attributes["lang"] == "en"
        assert [bool(each.text) for each in page.top.all("h1")] == [True], page.file
        metas = {
            each.attributes.get("name") or each.attributes.get("http-equiv"): each.attributes
            for each in page.head.all("meta")
        }
        assert metas["description"]["content"].strip()
        assert metas["robots"]["content"] == "noindex"
        assert metas["Content-Security-Policy"]["content"].startswith("default-src 'none'")
        assert not [
            each.tag for each in page.top if each.tag in ("script", "img", "iframe", "style", "object")
        ]
        assert not [each for each in page.top if "style" in each.attributes]
        rels = {each.attributes["rel"]: each.attributes["href"] for each in page.head.all("link")}
        assert rels["stylesheet"] == "../stylesheets/fact-cards.css"
        assert rels["canonical"].startswith("https://example.org/repo/c/")
        ids = [each.id for each in page.top if each.id]
        assert len(ids) == len(set(ids)), page.file


def test_a_card_shows_sources_that_lead_to_their_pages_and_a_line_to_copy(specimen_site: BuiltSite) -> None:
    page = specimen_site.card_pages["price-cap"]
    fact = page.ids["provisions.price-cap.threshold"].first("article")
    line = fact.all("p")[0].text
    assert line == (
        "“Ceiling on the price: threshold of 60 USD a barrel” Specimen, “Price cap on lamp oil”. "
        f"https://example.org/repo/c/price-cap.html#{fact.id}"
    )
    assert [specimen_site.target(page, link.attributes["href"]) for link in fact.first("ul").all("a")] == [
        "sources/reg-2023-04/index.html"
    ]
    embed = fact.first("textarea")
    assert "readonly" in embed.attributes
    assert unescape(embed.text) == (
        f'<a href="https://example.org/repo/c/price-cap.html#{fact.id}"><img src="https://example.org/repo/c/price-cap.svg#{fact.id}" '
        f'width="600" height="{height_of(specimen_site.folder, "price-cap", fact.id)}" '
        'alt="Ceiling on the price: threshold of 60 USD a barrel"></a>'
    )


def height_of(site: Path, id: str, version: str) -> str:
    found = re.search(
        rf'{id}\.svg#{version}" width="600" height="(\d+)"',
        unescape((site / f"c/{id}.html").read_text("utf-8")),
    )
    assert found
    return found[1]


def test_a_statement_never_stands_without_its_speaker_nor_without_what_contradicts_it(
    specimen_site: BuiltSite,
) -> None:
    page = specimen_site.card_pages["isil-kiyigolge-2022-12-05-cheaper-light"]
    said = page.ids["statement"].text
    assert "Işıl Kıyıgölge, 5 December 2022: “The ceiling will make light cheaper" in said
    assert "Contradicted by Lantern Oil, 10 February 2023" in said
    picture = (specimen_site.folder / "c/isil-kiyigolge-2022-12-05-cheaper-light.svg").read_text("utf-8")
    assert "Işıl Kıyıgölge, 5 December 2022" in picture
    assert "Contradicted by Lantern Oil" in picture


def test_the_data_carry_the_hash_of_what_they_say(specimen_site: BuiltSite) -> None:
    for id in specimen_site.card_pages:
        data = as_data(specimen_site.folder, id)
        for card in data["facts"]:
            sealed = {**card["sealed"], "sheet": data["sheet"], "title": data["title"]}
            text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            assert card["hash"] == sha256(text.encode()).hexdigest()


def test_page_pictures_and_data_hold_the_same_versions(specimen_site: BuiltSite) -> None:
    for id, page in specimen_site.card_pages.items():
        articles = [each.id for each in page.top.all("article")]
        data = [card["sealed"]["version"] for card in as_data(specimen_site.folder, id)["facts"]]
        groups = etree.parse(specimen_site.folder / f"c/{id}.svg").getroot().findall(f"{SVG}g")
        assert articles == data == [group.attrib["id"] for group in reversed(groups)]


def test_a_picture_asks_for_nothing_and_runs_nothing(specimen_site: BuiltSite) -> None:
    for path in (specimen_site.folder / "c").glob("*.svg"):
        tags = {each.tag.removeprefix(SVG) for each in etree.parse(path).iter()}
        assert tags <= {"svg", "title", "style", "rect", "path", "g", "text", "tspan"}
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert (
            "href" not in text and "url(" not in text and "@import" not in text and "@font-face" not in text
        )


def test_cards_stand_at_former_addresses_of_their_sheet(specimen_site: BuiltSite) -> None:
    former = {
        old: id
        for id in specimen_site.card_pages
        if id in specimen_site.catalogue
        for old in specimen_site.catalogue.former_ids_of(id)
    }
    assert former
    for old, id in former.items():
        for form in ("html", "svg", "json"):
            here, there = (specimen_site.folder / f"c/{each}.{form}" for each in (old, id))
            assert here.read_bytes() == there.read_bytes()


def test_search_and_sitemap_know_no_cards(specimen_site: BuiltSite) -> None:
    assert "/c/" not in (specimen_site.folder / "sitemap.xml").read_text("utf-8")
    assert all("data-pagefind-body" not in page.source for page in specimen_site.card_pages.values())


def test_every_kind_of_fact_has_a_word() -> None:
    kinds = {name for name, model in _kinds().items() if issubclass(model, Fact)}
    assert kinds <= KINDS.keys(), "name the new kind in KINDS"


# --- what becomes of a card --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", cases("fact-cards"))
def test_what_cards_say_when_facts_change(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    write_commits({"start_from": "lamps", **case}, tmp_path)
    site = built(tmp_path)
    for id, wanted in case["cards"].items():
        data = as_data(site, id)
        found = {}
        for card in data["facts"]:
            if card["sealed"]["fact"] in wanted:
                gone = card.get("gone")
                told = card["sealed"]["wording"]
                told += f" | {card.get('since', 'no commit')}"
                told += (
                    f" | {gone['how']} on {gone['on']}, because {gone.get('because', 'not told')}"
                    if gone
                    else ""
                )
                found.setdefault(card["sealed"]["fact"], []).append(told)
        assert found == wanted
        page = (site / f"c/{id}.html").read_text("utf-8")
        for words in case.get("page", []):
            assert words in page
        for card in data["facts"]:
            if "commit" in card:
                assert git(tmp_path, "log", "-1", "--format=%cs", card["commit"]) == card["since"]


def built(root: Path) -> Path:
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    if "site_url" not in text:
        theme = "" if "theme:" in text else "theme: {name: material, font: false}\n"
        config.write_text(f"{text}site_url: https://example.org/lamps/\n{theme}", "utf-8")
    front = "title: Lamps\ndescription: Lamps.\nverified: 2026-11-01\nreview_by: 2027-02-01"
    if not (root / "briefings/index.md").exists():
        (root / "briefings/index.md").write_text(f"---\n{front}\n---\nLamps.\n", "utf-8")
    assert (
        main(["build", "-f", str(config), "--as-of", DAY, "--no-search", "--site-dir", str(root / "site")])
        == 0
    )
    return root / "site"


def test_a_version_has_the_same_name_and_hash_when_it_stands_no_more(tmp_path: Path) -> None:
    write_commits(
        {"start_from": "lamps", "commits": [{"day": "2026-10-01", "files": {"permalinks.txt": ""}}]}, tmp_path
    )
    before = threshold(built(tmp_path))[0]
    measure = tmp_path / "content/measures/lamp-ban.yml"
    measure.write_text(measure.read_text("utf-8").replace("amount: 500", "amount: 700"), "utf-8")
    commit_all(tmp_path, "2026-10-09")
    now, then = threshold(built(tmp_path))
    assert (then["sealed"], then["hash"]) == (before["sealed"], before["hash"])
    assert then["gone"]["by"] == now["sealed"]["version"] != then["sealed"]["version"]


def threshold(site: Path) -> list[dict[str, Any]]:
    return [
        each for each in as_data(site, "lamp-ban")["facts"] if each["sealed"]["fact"].endswith("threshold")
    ]


def test_a_shallow_clone_says_so_and_guesses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    write_commits(
        {"start_from": "lamps", "commits": [{"day": "2026-10-01", "files": {"permalinks.txt": ""}}]}, whole
    )
    built(whole)
    commit_all(whole, "2026-10-09")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{whole}", str(cut))
    capsys.readouterr()
    site = built(cut)
    assert "shallow-clone" in capsys.readouterr().out
    data = as_data(site, "lamp-ban")
    assert data["history"] == "shallow"
    assert not [card for card in data["facts"] if "commit" in card or "since" in card or "gone" in card]
    assert "a clone that holds only a part of the history" in (site / "c/lamp-ban.html").read_text("utf-8")


def test_without_git_cards_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_commits({"start_from": "lamps", "commits": [{"day": "2026-10-01"}]}, tmp_path)
    shutil.rmtree(tmp_path / ".git")
    site = built(tmp_path)
    assert "Cards name no commit" in capsys.readouterr().out
    assert as_data(site, "lamp-ban")["history"] == "none"
    assert "built without git" in (site / "c/lamp-ban.html").read_text("utf-8")


# --- hostile texts -----------------------------------------------------------------------------------------


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    root = copy_specimen(tmp_path / "own").parent
    measure = root / "content/measures/price-cap.yml"
    hostile = (
        "</text><script>alert(1)</script> \\\" ' ]]> <!-- &#60; </textarea><img src=x onerror=alert(1)> ​"
    )
    text = measure.read_text("utf-8")
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("text:"))
    lines[at] = lines[at].split("text:")[0] + f"text: >-\n{' ' * 10}{hostile.replace(chr(0x200B), '')}"
    measure.write_text("\n".join(lines), "utf-8")
    assert main(["build", "-f", str(root / "mkdocs.yml"), "--as-of", DAY, "--no-search"]) == 0
    page = (root / "site/c/price-cap.html").read_text("utf-8")
    assert "<script" not in page and "<img" not in page
    picture = etree.parse(root / "site/c/price-cap.svg")
    assert any("<script>alert(1)</script>" in "".join(each.itertext()) for each in picture.iter(f"{SVG}text"))
    assert any(
        "<script>alert(1)" in card["sealed"]["wording"]
        for card in as_data(root / "site", "price-cap")["facts"]
    )


@pytest.mark.parametrize(
    ("words", "rtl"),
    [("قال الوزير", True), ("“قال”", True), ("Rostec قال", False), ("Гончоглу", False), ("2020", False)],
)
def test_words_run_as_their_first_letter_does(words: str, rtl: bool) -> None:
    assert is_rtl(words) == rtl


# --- nothing is made twice, and nothing stays that would be made otherwise ----------------------------------


def test_a_warm_build_makes_the_cards_that_a_clean_one_makes(tmp_path: Path) -> None:
    """A commit changes what cards say without changing a file: only the cards that it touched are made again."""
    root = tmp_path / "lamps"
    write_commits(
        {"start_from": "lamps", "commits": [{"day": "2026-10-01", "files": {"permalinks.txt": ""}}]}, root
    )
    built(root)
    measure = root / "content/measures/lamp-ban.yml"
    measure.write_text(measure.read_text("utf-8").replace("amount: 500", "amount: 700"), "utf-8")
    for step in (lambda: None, lambda: commit_all(root, "2026-10-09")):
        step()
        before = files_of_cards(root / "site")
        warm = files_of_cards(built(root))
        aside = tmp_path / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(root, aside, ignore=shutil.ignore_patterns("site", ".cache", ".site.factbook"))
        assert warm == files_of_cards(built(aside))
        assert {name.partition(".")[0] for name in warm if warm[name] != before.get(name)} >= {"lamp-ban"}
    stood = {path.name: path.stat().st_mtime_ns for path in (root / "site/c").iterdir()}
    built(root)
    assert {path.name: path.stat().st_mtime_ns for path in (root / "site/c").iterdir()} == stood


def files_of_cards(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((site / "c").iterdir())}


def test_a_preview_shows_cards_as_a_build_makes_them(specimen_site: BuiltSite, tmp_path: Path) -> None:
    preview = Preview(Options(config_file=copy_specimen(tmp_path / "own"), as_of=DAY))
    preview.renew()
    former = next(
        old
        for id in specimen_site.card_pages
        if id in specimen_site.catalogue
        for old in specimen_site.catalogue.former_ids_of(id)
    )
    for name in ("price-cap.html", "price-cap.svg", "price-cap.json", f"{former}.html"):
        assert preview.file(f"c/{name}") == (specimen_site.folder / "c" / name).read_bytes()
    assert preview.file("c/nobody.html") is None
    assert preview.file("c/ceiling.html") is None, "a term has no cards"
