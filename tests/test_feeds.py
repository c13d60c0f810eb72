"""Feeds and the calendar: they hold to their grammars whatever a sheet says, their names last, and pages lead to them."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import icalendar
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from factbook.exports.calendar import _text, calendar, folded
from factbook.exports.feeds import Feed, as_atom, as_json_feed, entry, feed_files
from factbook.model.change import Change, FactEdit, History
from factbook.publication import Content, read_and_check
from factbook.rendering.edition import Site
from tests.publications import CASES, DAY, read_case
from tests.repositories import write_commits
from tests.sites import SPECIMEN, BuiltSite

GRAMMARS = Path(__file__).parent / "grammars"
ATOM = etree.RelaxNG(etree.parse(GRAMMARS / "atom.rng"))
JSON_FEED = jsonschema_rs.validator_for(
    json.loads((GRAMMARS / "json-feed.json").read_text(encoding="utf-8")), validate_formats=True
)
NS = "{http://www.w3.org/2005/Atom}"
SITE = Site("Lamps", url="https://example.org/repo/")
HERE = Site("Lamps")
"""A site that does not know its address."""


def content_of(name: str, root: Path) -> Content:
    return read_and_check(write_commits(read_case(CASES / "history" / f"{name}.yml"), root), as_of=DAY)


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return content_of("a-correction-with-its-reason", tmp_path_factory.mktemp("lamps"))


def files_of(content: Content, site: Site = SITE) -> dict[str, bytes]:
    assert content.catalogue is not None
    return feed_files(content.catalogue, content.history, site, content.as_of or date.min)


def entries(data: bytes) -> list[dict[str, str]]:
    top = etree.fromstring(data)
    return [{child.tag.removeprefix(NS): child.text or "" for child in row} for row in top.iter(f"{NS}entry")]


@pytest.mark.parametrize("site", [SITE, HERE], ids=["with an address", "without one"])
def test_every_feed_holds_to_its_grammar(lamps: Content, site: Site) -> None:
    files = files_of(lamps, site)
    assert {
        "feeds/changes.atom",
        "lamps/changes.json",
        "measures/lamp-ban/changes.atom",
        "actors/bob-ray/changes.atom",
    } <= files.keys()
    for path, data in files.items():
        if path.endswith(".atom"):
            assert ATOM.validate(etree.fromstring(data)), (path, ATOM.error_log)
        else:
            JSON_FEED.validate(json.loads(data))


def test_both_forms_tell_the_same(lamps: Content) -> None:
    files = files_of(lamps)
    for path in (path for path in files if path.endswith(".atom")):
        twin = json.loads(files[f"{path.removesuffix('.atom')}.json"])
        assert [row["id"] for row in entries(files[path])] == [item["id"] for item in twin["items"]]


def test_an_entry_says_what_was_wrong_what_is_right_and_why(lamps: Content) -> None:
    newest = json.loads(files_of(lamps)["feeds/changes.json"])["items"][0]
    assert newest == {
        "id": "urn:uuid:f69a0707-c383-5286-9640-31b17d42c6ae",
        "url": "https://example.org/repo/measures/lamp-ban/#provisions.sales.threshold",
        "title": "Corrected: Ban on lamps for Borland, Sale of lamps: threshold",
        "content_html": "<p>amount: <del>50</del> <ins>500</ins></p><p>The decree says 500, not 50.</p>",
        "date_published": "2026-10-21T12:00:00Z",
        "tags": ["corrected"],
    }


def test_the_main_feed_leaves_out_what_is_minor(tmp_path: Path) -> None:
    files = files_of(content_of("a-value-that-changed-without-a-word", tmp_path))
    changed = "Changed: Ban on lamps for Borland, Sale of lamps: threshold"
    assert changed not in [row["title"] for row in entries(files["feeds/changes.atom"])]
    assert changed in [row["title"] for row in entries(files["measures/lamp-ban/changes.atom"])]


def test_a_feed_tells_what_is_major_on_the_sheets_around_its_own(lamps: Content) -> None:
    files = files_of(lamps)
    told = [row["title"] for row in entries(files["actors/borland/changes.atom"])]
    assert "New: Ban on lamps for Borland" in told
    assert "New: Bob Ray" not in told
    answer = [row["title"] for row in entries(files["lamps/changes.atom"])]
    assert "Corrected: Ban on lamps for Borland, Sale of lamps: threshold" in answer, "the answer rests on it"


def test_names_last_when_the_site_moves_or_history_goes_on(lamps: Content, tmp_path: Path) -> None:
    names = {row["id"] for row in entries(files_of(lamps)["feeds/changes.atom"])}
    moved = files_of(lamps, replace(SITE, url="https://elsewhere.example/"))
    assert {row["id"] for row in entries(moved["feeds/changes.atom"])} == names
    longer = read_case(CASES / "history" / "a-correction-with-its-reason.yml")
    longer["commits"].append(
        {"day": "2026-10-30", "change": {"content/terms/lamp.yml": [{"replace": "gives", "by": "sheds"}]}}
    )
    later = read_and_check(write_commits(longer, tmp_path), as_of=DAY)
    assert names <= {row["id"] for row in entries(files_of(later)["feeds/changes.atom"])}


def test_no_two_entries_share_a_name(lamps: Content) -> None:
    found: dict[str, str] = {}
    for data in (data for path, data in files_of(lamps).items() if path.endswith(".atom")):
        for row in entries(data):
            assert found.setdefault(row["id"], row["title"]) == row["title"]
    assert len(found) == 12, "sheets that are followed, or major"


def test_a_site_without_an_address_writes_none(lamps: Content) -> None:
    files = files_of(lamps, HERE)
    assert not [path for path, data in files.items() if b"https://example.org" in data]
    top = etree.fromstring(files["measures/lamp-ban/changes.atom"])
    links = [link.get("href") for link in top.iter(f"{NS}link")]
    base = "https://host.example/x/measures/lamp-ban/changes.atom"
    assert urljoin(base, links[0]) == "https://host.example/x/measures/lamp-ban/"
    assert {urljoin(base, link).split("/x/")[0] for link in links} == {"https://host.example"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_feeds_hold_whatever_a_sheet_says(lamps: Content, was: str, now: str) -> None:
    assert lamps.catalogue is not None
    nasty = f"{was} ]]> <b>&amp;</b> \x00\x0b\ufffe"
    edit = FactEdit("definition", "changed", (("definition", nasty),), (("definition", now),))
    change = Change(
        "lamp", "terms", "definition", "changed", "minor", date(2026, 10, 1), nasty, (edit,), key=now
    )
    feed = Feed("feeds/changes", nasty, "changes/", (entry(change, lamps.catalogue, lamps.history, SITE),), 0)
    assert ATOM.validate(etree.fromstring(as_atom(feed, SITE))), ATOM.error_log
    JSON_FEED.validate(json.loads(as_json_feed(feed, SITE)))


def dates(content: Content, as_of: date = date(2026, 11, 22), site: Site = SITE) -> list[icalendar.Event]:
    assert content.catalogue is not None
    return list(icalendar.Calendar.from_ical(calendar(content.catalogue, site, as_of)).walk("VEVENT"))


def test_the_calendar_holds_what_is_to_come() -> None:
    specimen = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    found = dates(specimen)
    kinds = {str(event["CATEGORIES"].cats[0]) for event in found}
    assert kinds >= {"review"}
    assert all(event.start >= date(2026, 11, 22) for event in found)
    assert [event.start for event in found] == sorted(event.start for event in found)
    assert len({event["UID"] for event in found}) == len(found) > 0
    assert all(str(event["URL"]).startswith("https://example.org/repo/") for event in found)
    assert all("URL" not in event for event in dates(specimen, site=HERE))
    early = dates(specimen, date(2020, 1, 1))
    assert {str(event["CATEGORIES"].cats[0]) for event in early} == {"review", "expiry", "prediction"}


def test_the_calendar_is_the_same_on_the_next_day_until_a_date_passes() -> None:
    specimen = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert specimen.catalogue is not None
    today, tomorrow = (calendar(specimen.catalogue, SITE, date(2026, 11, day)) for day in (22, 23))
    assert today == tomorrow


def test_a_tab_in_a_title_stays_one_in_the_calendar() -> None:
    assert _text("one\ttwo\x07three\nfour") == "one\ttwo three\\nfour"


@given(st.text(max_size=400))
def test_lines_are_folded_at_75_octets_and_no_letter_is_torn(text: str) -> None:
    line = "SUMMARY:" + "".join(letter for letter in text if letter.isprintable())
    data = folded(line)
    assert data.endswith(b"\r\n")
    parts = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert b"".join([parts[0], *(part[1:] for part in parts[1:])]) == line.encode("utf-8", "replace")
    for part in parts:
        part.decode("utf-8")


def test_pages_lead_to_their_feeds(specimen_site: BuiltSite) -> None:
    wanted = {
        "": "feeds/changes",
        "changes/": "feeds/changes",
        "feeds/": "feeds/changes",
        "measures/price-cap/": "measures/price-cap/changes",
        "actors/saltmarsh/": "actors/saltmarsh/changes",
        "does-a-cap-make-light-cheaper/": "does-a-cap-make-light-cheaper/changes",
    }
    for address, base in wanted.items():
        links = [link.attributes for link in specimen_site.pages[address].head.all("link")]
        found = {
            each["type"]: each["href"] for each in links if each.get("rel") == "alternate" and "title" in each
        }
        for form, ending in (("application/atom+xml", "atom"), ("application/feed+json", "json")):
            assert urljoin(f"/{address}", found[form]) == f"/{base}.{ending}"
            assert (specimen_site.folder / f"{base}.{ending}").is_file()
    assert (specimen_site.folder / "feeds/dates.ics").is_file()


def test_an_empty_feed_is_a_feed(lamps: Content) -> None:
    assert lamps.catalogue is not None
    for path, data in feed_files(lamps.catalogue, History(), SITE, date(2026, 11, 22)).items():
        if path.endswith(".atom"):
            assert ATOM.validate(etree.fromstring(data)), (path, ATOM.error_log)
