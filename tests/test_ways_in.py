"""Ways in for people who do not code: links to edit and to report, and the forms that they lead to."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from factbook.pages.page import Page
from factbook.rendering.ways_in import FORM, NOT_REPORTED, report_url, ways_in
from tests.sites import BuiltSite

FORMS = ("correction.yml", "new-fact.yml", "new-source.yml")
FIELDS = {"input", "textarea", "dropdown", "checkboxes"}


def page(**more: str) -> Page:
    given = {"kind": "measure", "id": "cap", "address": "measures/cap/", "title": 'Caps & "floors"'} | more
    return Page(description="", section="measures", view=None, **given)  # type: ignore[arg-type]


def form(root: Path, name: str) -> dict[str, object]:
    read = yaml.safe_load((root / ".github" / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def fields(root: Path, name: str) -> list[dict[str, object]]:
    body = form(root, name)["body"]
    assert isinstance(body, list)
    return [part for part in body if part["type"] != "markdown"]


def test_the_report_is_filled_in() -> None:
    address = report_url(
        page(path="content/measures/cap.yml"), "https://example.org/repo/", "https://x.org/issues/new"
    )
    assert address.startswith("https://x.org/issues/new?")
    assert parse_qs(urlsplit(address).query) == {
        "template": ["correction.yml"],
        "title": ['Error on “Caps & "floors"”'],
        "page": ["https://example.org/repo/measures/cap/"],
        "sheet": ["content/measures/cap.yml"],
    }


def test_without_the_address_of_the_site_the_page_is_named_by_its_own() -> None:
    address = report_url(page(), "", "https://x.org/issues/new")
    assert parse_qs(urlsplit(address).query)["page"] == ["/measures/cap/"]
    assert "sheet" not in parse_qs(urlsplit(address).query)


@pytest.mark.parametrize(
    ("edit", "issues", "kind", "path", "words"),
    [
        ("", "", "measure", "content/measures/cap.yml", []),
        ("https://x.org/edit/", "", "measure", "content/measures/cap.yml", ["Edit this sheet"]),
        ("https://x.org/edit/", "", "briefing", "briefings/cap.md", ["Edit this page"]),
        ("https://x.org/edit/", "https://x.org/new", "timeline", "", ["Report an error"]),
        ("https://x.org/edit/", "https://x.org/new", "moved", "", []),
        ("", "", "actor", "", ["Data of this page"]),
    ],
)
def test_links_stand_where_their_addresses_are_known(
    edit: str, issues: str, kind: str, path: str, words: list[str]
) -> None:
    data = "api/v1/actors/cap.json" if kind == "actor" else ""
    html = ways_in(
        page(kind=kind, path=path, data=data), root="../../", site_url="", edit_url=edit, issues_url=issues
    )
    assert re.findall(r">([^<>·]+)</a>", html) == words


def test_every_page_of_a_sheet_leads_to_its_file_and_to_the_form(
    root: Path, specimen_site: BuiltSite
) -> None:
    for _, shown in specimen_site.sheet_pages():
        links = [a.attributes["href"] for part in shown.top.all(cls="fb-edit") for a in part.all("a")]
        edit, report, data = links
        file = edit.removeprefix("https://example.org/repo/edit/main/")
        assert (root / "tests" / "specimen" / file).is_file(), edit
        filled = parse_qs(urlsplit(report).query)
        assert filled["sheet"] == [file]
        assert filled["page"] == [f"https://example.org/repo/{shown.address}"]
        assert (specimen_site.folder / shown.address / data).resolve().is_file(), data


def test_every_other_page_leads_to_the_form(specimen_site: BuiltSite) -> None:
    moved = [name for name, each in specimen_site.pages.items() if 'http-equiv="refresh"' in each.source]
    for name, each in specimen_site.pages.items():
        if each.file != "404.html" and name not in moved:
            assert "Report an error" in each.top.text, name


def test_what_a_link_fills_in_is_a_field_of_the_form(root: Path) -> None:
    ids = {part["id"] for part in fields(root, FORM)}
    address = report_url(page(path="content/measures/cap.yml"), "", "https://x.org/issues/new")
    assert set(parse_qs(urlsplit(address).query)) - {"template", "title"} <= ids
    assert "404" in NOT_REPORTED


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_what_the_host_asks_for(root: Path, name: str) -> None:
    read = form(root, name)
    assert set(read) == {"name", "description", "title", "labels", "body"}
    parts = fields(root, name)
    ids = [part["id"] for part in parts]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+", str(id)) for id in ids)
    for part in parts:
        attributes = part["attributes"]
        assert part["type"] in FIELDS
        assert isinstance(attributes, dict)
        assert attributes["label"]
        assert (part["type"] == "dropdown") is ("options" in attributes), part["id"]
        options = attributes.get("options", [])
        assert len(options) == len(set(options))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_names_no_contact(root: Path, name: str) -> None:
    text = (root / ".github" / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8")
    assert "@" not in text
    assert "assignees" not in text
