"""A signed answer of the specimen beneath which something came about: everywhere it is shown it says so, until it is signed again."""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest

from tests.repositories import commit_all, git
from tests.sites import SPECIMEN, BuiltSite, Element, read_html
from tests.test_kept import build

BRIEFING = "does-a-cap-make-light-cheaper"
SENTENCE = "Answer under re-reading since 12 November 2026, because"
REASON = "Price cap: designation of Lantern Oil"
SHOWN = {
    "its page": f"{BRIEFING}/index.html",
    "the list of briefings": "briefings/index.html",
    "the front page": "index.html",
    "the review board": "review/index.html",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen with a designation that ended after the answer was signed, built."""
    own = tmp_path_factory.mktemp("living") / "own"
    shutil.copytree(SPECIMEN, own, ignore=shutil.ignore_patterns(".cache", "site"))
    measure = own / "content" / "measures" / "price-cap.yml"
    text = measure.read_text("utf-8")
    measure.write_text(text.replace("until: none-set", "until: 2026-11-12", 1), "utf-8")
    assert build(own).applied
    return own


def page(folder: Path, name: str) -> Element:
    return read_html((folder / "site" / SHOWN[name]).read_text("utf-8"))


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_read_again_says_so_with_its_reason(folder: Path, name: str) -> None:
    found = page(folder, name)
    assert SENTENCE in found.text
    (link,) = {
        each.attributes["href"]
        for each in found.all("a")
        if each.text == REASON and "#designations" in each.attributes["href"]
    }
    assert link.endswith("measures/price-cap/#designations.lantern-oil")
    assert "price-cap#designations" not in found.text  # in words, never ids


def test_its_page_says_what_would_follow(folder: Path) -> None:
    assert (
        "The seller of most oil would be free to sell above the ceiling again."
        in page(folder, "its page").text
    )


@pytest.mark.parametrize("path", ["feeds/changes.json", f"{BRIEFING}/changes.json"])
def test_the_feeds_say_so(folder: Path, path: str) -> None:
    items = json.loads((folder / "site" / path).read_text("utf-8"))["items"]
    (item,) = [each for each in items if each["tags"] == ["re-reading"]]
    assert item["title"] == "Under re-reading: Does a price cap on lamp oil make light cheaper?"
    assert item["date_published"] == "2026-11-12T00:00:00Z"
    assert SENTENCE in item["content_html"]
    assert REASON in item["content_html"]


def test_other_feeds_do_not(folder: Path) -> None:
    items = json.loads((folder / "site" / "measures/price-cap/changes.json").read_text("utf-8"))["items"]
    assert [each for each in items if each["tags"] == ["re-reading"]] == []


def test_the_data_say_so_as_they_are_described(folder: Path) -> None:
    api = folder / "site" / "api" / "v1"
    found = json.loads((api / "answers.json").read_text("utf-8"))
    (answer,) = found["answers"]
    assert answer["signed"] == {"day": "2026-11-01", "by": "editor"}
    assert [each["true"] for each in answer["waits_for"]] == [False, True, False, False, False]
    assert answer["under_rereading"] == {
        "since": "2026-11-12",
        "because": [
            {
                "day": "2026-11-12",
                "text": f"“{REASON}” has ended",
                "page": "measures/price-cap/#designations.lantern-oil",
                "then": "The seller of most oil would be free to sell above the ceiling again.",
            }
        ],
    }
    described = json.loads((api / "openapi.json").read_text("utf-8"))["paths"]["/api/v1/answers.json"]["get"]
    assert jsonschema_rs.is_valid(
        described["responses"]["200"]["content"]["application/json"]["schema"], found
    )


def test_an_answer_that_holds_says_nothing(specimen_site: BuiltSite) -> None:
    folder = specimen_site.folder
    for path in SHOWN.values():
        assert "Answer under re-reading" not in (folder / path).read_text("utf-8")
    assert "Every signed answer stands as it was signed." in (folder / SHOWN["the review board"]).read_text(
        "utf-8"
    )
    assert "under_rereading" not in (folder / "api/v1/answers.json").read_text("utf-8")


def test_what_cites_a_withdrawn_source_says_so(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(SPECIMEN, own, ignore=shutil.ignore_patterns(".cache", "site"))
    source = own / "content" / "sources" / "reg-2023-04.yml"
    taken = "withdrawal:\n  day: 2026-11-13\n  text: The ministry took it back.\n  cite:\n    - source: reg-2022-17\n"
    source.write_text(source.read_text("utf-8") + taken, encoding="utf-8")
    assert build(own).applied
    measure = (own / "site/measures/price-cap/index.html").read_text("utf-8")
    assert "its source was withdrawn" in measure
    assert "withdrawn by its publisher, 13 November 2026" in measure
    page = read_html((own / "site/sources/reg-2023-04/index.html").read_text("utf-8"))
    (row,) = [each for each in page if each.id == "withdrawal"]
    assert "13 November 2026. The ministry took it back." in row.text
    assert [each for each in page if each.id == "falling"] == []  # it has fallen
    assert build(own, day="2026-11-12").applied
    assert "its source was withdrawn" not in (own / "site/measures/price-cap/index.html").read_text("utf-8")


def test_a_fact_that_changed_in_a_later_commit_calls_the_answer_back(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(SPECIMEN, own, ignore=shutil.ignore_patterns(".cache", "site"))
    (own / ".gitignore").write_text(".cache/\nschemas/\nsite/\n.site.factbook/\n", "utf-8")
    git(own, "init", "-q", "-b", "main")
    commit_all(own, "2026-11-01")
    page = own / "site" / SHOWN["its page"]
    assert build(own).applied
    held = read_html(page.read_text("utf-8"))
    assert "Answer under re-reading" not in held.text
    assert "cannot be told" not in held.text
    measure = own / "content" / "measures" / "price-cap.yml"
    measure.write_text(measure.read_text("utf-8").replace("amount: 60", "amount: 61"), "utf-8")
    commit_all(own, "2026-11-05")
    assert build(own).applied
    again = read_html(page.read_text("utf-8"))
    assert "Answer under re-reading since 5 November 2026, because" in again.text
    assert (
        "what was published as Price cap: ceiling on the price: threshold of 61 USD a barrel was changed on 5 November 2026."
        in again.text
    )
    shutil.rmtree(own / ".git")
    assert build(own).applied
    untold = read_html(page.read_text("utf-8"))
    assert "Answer under re-reading" not in untold.text
    assert (
        "Whether any of them changed since cannot be told: this site was built without the history."
        in untold.text
    )
