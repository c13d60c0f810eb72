"""“May I?” as a reader finds it: pages reached in two choices, each answer as a second reading of the sheets gives it."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from factbook.pages import may_i, may_i_answer
from factbook.pages.draft import Draft
from factbook.pages.may_i_views import MayIAnswerPage
from factbook.publication import read_and_check
from tests.plain_binding import said, verdict
from tests.plain_time import ROOT, days_of, sheets_in
from tests.sites import DAY, SPECIMEN, BuiltSite, Element, HtmlPage, build_site, copy_specimen

GENERATED = 200
HEAVIEST = 120 * 1024
"""Bytes that no page of answers reaches."""
ANSWERS = {
    "fb-ruling--bound": "bound",
    "fb-ruling--burdened": "burdened",
    "fb-ruling--not-bound": "not-bound",
    "fb-ruling--not-decided": "not-decided",
}


def vocabulary(folder: Path, name: str) -> dict[str, list[str]]:
    """What each value of a list is besides, read plainly; the engine's own values are added by whoever asks of them."""
    path = folder / "content" / "vocabulary" / f"{name}.yml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["values"] if path.is_file() else []
    return {row["key"]: row.get("also", []) for row in rows}


def answers_of(page: HtmlPage) -> dict[str, Element]:
    """The section of each target, by its place."""
    return {
        element.id: section
        for section in page.article.all("section", cls="fb-may-i__answer")
        for element in section
        if element.id.startswith(("actor.", "group."))
    }


def told_on(section: Element, day: date) -> tuple[str, set[str]]:
    """The answer for a day and what binds, as a reader finds them in a section; the facts as `sheet#provision`."""
    rows = [row for row in section.all("tr") if row.all("td")]
    for row in rows:
        days = [date.fromisoformat(each.attributes["datetime"]) for each in row.first("th").all("time")]
        words = row.first("th").text
        first = date.min if words.startswith("to ") else days[0]
        last = date.max if words.startswith("from ") else days[-1]
        if first <= day <= last:
            return read(row)
    assert not rows, f"no row for {day}"
    return read(section.first("p", cls="fb-may-i__verdict"))


def read(element: Element) -> tuple[str, set[str]]:
    (answer,) = (ANSWERS[name] for name in element.first("span", cls="fb-ruling").classes if name in ANSWERS)
    leads = [each.attributes["href"] for each in element.all("a")] if answer in ("bound", "burdened") else []
    return answer, {fact(href) for href in leads}


def fact(href: str) -> str:
    """`../../../measures/price-cap/#provisions.price-cap` as `price-cap#price-cap`."""
    path, _, anchor = href.partition("#")
    return f"{path.rstrip('/').rpartition('/')[2]}#{anchor.rpartition('.')[2]}"


# --- the answers, against a second reading ---------------------------------------------------------------------------


def test_two_hundred_answers_of_the_pages_are_those_of_a_second_reading(
    real_site: BuiltSite, record_property: object
) -> None:
    sheets = sheets_in("measures")
    parties, acts = vocabulary(ROOT, "bound-parties"), vocabulary(ROOT, "acts")
    pages = {address: page for address, page in real_site.pages.items() if address.count("/") == 3}
    asked = [
        (*address.split("/")[1:3], place, section)
        for address, page in sorted(pages.items())
        if address.startswith("may-i/")
        for place, section in sorted(answers_of(page).items())
    ]
    assert len(asked) >= GENERATED
    days = days_of(sheets)
    chance = random.Random(231)  # noqa: S311  the same in every run
    verdicts: set[str] = set()
    for who, act, place, section in chance.sample(asked, GENERATED):
        day = chance.choice(days)
        whom = place.partition(".")[2]
        expected = verdict(said(sheets, parties, acts, who, act, whom, day))
        assert told_on(section, day) == expected, (who, act, whom, day)
        verdicts.add(expected[0])
    assert verdicts >= {"bound", "not-bound", "not-decided"}
    record_property("figure", f"answers of pages that a second reading gives as well: {GENERATED}")  # type: ignore[operator]


def test_every_answer_of_the_specimen_is_that_of_a_second_reading(specimen_site: BuiltSite) -> None:
    folder = specimen_site.config_file.parent
    sheets = {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
        for path in sorted((folder / "content" / "measures").glob("*.yml"))
    }
    parties = vocabulary(folder, "bound-parties")
    acts = {key: [] for key in ("transfer", "guarantee", "lend")}
    asked = 0
    for address, page in specimen_site.pages.items():
        if not address.startswith("may-i/") or address == "may-i/":
            continue
        _, who, act, _ = address.split("/")
        for place, section in answers_of(page).items():
            for day in days_of(sheets):
                expected = verdict(said(sheets, parties, acts, who, act, place.partition(".")[2], day))
                assert told_on(section, day) == expected, (address, place, day)
                asked += 1
    assert asked > 100


def test_the_data_give_the_answers_of_the_pages(specimen_site: BuiltSite) -> None:
    data = json.loads((specimen_site.folder / "api/v1/may-i.json").read_bytes())
    description = json.loads((specimen_site.folder / "api/v1/openapi.json").read_bytes())
    schema = description["paths"]["/api/v1/may-i.json"]["get"]["responses"]["200"]["content"][
        "application/json"
    ]
    jsonschema_rs.validate(schema["schema"], data)
    told: set[str] = set()
    for row in data["questions"]:
        address, _, place = row["page"].partition("#")
        section = answers_of(specimen_site.pages[address])[place]
        for days in row["days"]:
            for day in (days.get("from", "1990-01-01"), days.get("to", "2090-01-01")):
                answer, by = told_on(section, date.fromisoformat(day))
                assert answer == days["verdict"]
                field, list_of = {
                    "bound": ("bound_by", ".forbids."),
                    "burdened": ("subject_to", ".burdens."),
                }.get(answer, ("", "."))
                assert by == {
                    each.split(list_of)[0].replace("provisions.", "") for each in days.get(field, ())
                }
                told.add(answer)
    assert {"bound", "burdened", "not-bound"} <= told


# --- the way to them -------------------------------------------------------------------------------------------------


def test_every_answer_is_reached_in_two_choices(real_site: BuiltSite) -> None:
    overview = real_site.pages["may-i/"]
    chosen = {
        real_site.target(overview, each.attributes["href"])
        for each in overview.article.all("a")
        if "href" in each.attributes
    }
    pages = {
        page.file
        for address, page in real_site.pages.items()
        if address.startswith("may-i/") and address != "may-i/"
    }
    assert pages
    assert {target and target.partition("#")[0] for target in chosen} >= pages
    who = [each.attributes["href"] for each in overview.article.first("nav", cls="fb-may-i__who").all("a")]
    assert {href.removeprefix("#") for href in who} <= overview.ids.keys()


def test_pages_of_answers_are_light_and_few(real_site: BuiltSite, record_property: object) -> None:
    pages = [page for address, page in real_site.pages.items() if address.startswith("may-i/")]
    sizes = [len(page.source.encode()) for page in pages]
    assert max(sizes) < HEAVIEST
    assert len(pages) < len(real_site.pages) / 10
    record_property("figure", f"pages of May I: {len(pages)}, the heaviest {max(sizes)} bytes")  # type: ignore[operator]


def test_every_page_says_that_it_is_no_advice_and_none_permits(real_site: BuiltSite) -> None:
    for address, page in real_site.pages.items():
        if address.startswith("may-i/"):
            text = page.article.text
            assert "This is not legal advice." in text
            assert "permission" in text
            assert "you may" not in text.lower()
            assert " allowed" not in text.lower()


def test_targets_with_one_answer_stand_together(real_site: BuiltSite) -> None:
    sections = answers_of(real_site.pages["may-i/us-persons/hold-property/"])
    four = [f"actor.{id}" for id in ("ismail-demir", "faruk-yigit", "serhat-gencoglu", "mustafa-alper-deniz")]
    assert len({id(sections[place]) for place in four}) == 1
    assert sections["actor.ssb"] is not sections["actor.ismail-demir"]


def test_a_measure_and_an_actor_lead_to_their_questions(specimen_site: BuiltSite) -> None:
    for id, wanted in (
        ("price-cap", "may-i/insurers/guarantee/"),
        ("lantern-oil", "may-i/carriers/transfer/"),
    ):
        page = specimen_site.page_of(id)
        heading = page.ids["may-i"]
        assert heading.text == "May I?"
        leads = {
            specimen_site.target(page, each.attributes.get("href", "")) for each in page.article.all("a")
        }
        assert any((each or "").startswith(wanted) for each in leads)


def test_whoever_belongs_to_others_is_led_to_their_answer(specimen_site: BuiltSite) -> None:
    assert "may-i/mutual-clubs/guarantee/" not in specimen_site.pages
    overview = specimen_site.pages["may-i/"]
    club = overview.ids["mutual-clubs"]
    (section,) = (each for each in overview.article.all("section") if club in [*each])
    assert "answered as for an insurer" in section.text
    assert (
        specimen_site.target(overview, section.first("a").attributes["href"])
        == "may-i/insurers/guarantee/index.html"
    )


def test_a_page_that_is_kept_says_that_the_sheets_do_not_decide(specimen_site: BuiltSite) -> None:
    text = specimen_site.pages["may-i/carriers/lend/"].article.text
    assert (
        "Nothing recorded here decides this. Missing is a provision that says what it means for a carrier by sea"
        in text
    )


def test_the_overview_says_what_is_not_decided_and_of_whom_it_is_recorded(specimen_site: BuiltSite) -> None:
    text = specimen_site.pages["may-i/"].article.text
    assert "Nothing recorded here decides the rest" in text
    assert "guarantee or insure: recorded only of insurers" in text


def test_a_threshold_is_told_with_the_answer(specimen_site: BuiltSite) -> None:
    section = answers_of(specimen_site.pages["may-i/carriers/transfer/"])["actor.lantern-oil"]
    assert section.first("p", cls="fb-may-i__verdict").text == (
        "Bound above 60 US dollars a barrel, as last seen in force on 30 September 2026."
    )


def test_what_costs_is_told_as_no_ban_and_as_no_permission(specimen_site: BuiltSite) -> None:
    page = specimen_site.pages["may-i/carriers/transfer/"]
    section = answers_of(page)["group.ships-below-the-ceiling"]
    assert section.first("p", cls="fb-may-i__verdict").text == (
        "Not forbidden by any provision recorded here, but subject to a cost or a condition, "
        "as last seen in force on 30 September 2026, which is not a permission."
    )
    assert [each.text for each in section.all("h3")] == ["Subject to", "Ways out"]
    rule = section.first("li", cls="fb-may-i__rule").text
    assert "each barrel pays a due to the lighthouses" in rule
    assert "on carriers by sea" in rule
    assert all("fb-ruling--bound" not in each.classes for each in section.all("span"))
    overview = specimen_site.pages["may-i/"].article.text
    assert "bound with regard to 1, subject to a cost or a condition with regard to 1, of 4 named" in overview


def test_of_several_that_bind_the_one_seen_last_dates_the_answer(real_site: BuiltSite) -> None:
    section = answers_of(real_site.pages["may-i/us-persons/hold-property/"])["actor.ismail-demir"]
    assert [row.first("th").text for row in section.all("tr") if row.all("td")] == [
        "to 13 December 2020",
        "14 December 2020 to 24 December 2025",
        "from 25 December 2025",
    ]
    assert (
        section.first("p", cls="fb-may-i__verdict").text
        == "Bound, as last seen in force on 24 December 2025."
    )


def test_the_answer_is_that_of_the_day_of_the_build(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    status, told = build_site(config, tmp_path / "site")
    assert status == 0, told
    site = BuiltSite(tmp_path / "site", config)
    page = site.pages["may-i/carriers/transfer/"]
    section = answers_of(page)["actor.lantern-oil"]
    day = date.fromisoformat(DAY)
    assert read(section.first("p", cls="fb-may-i__verdict"))[0] == told_on(section, day)[0]
    assert told_on(section, day - timedelta(days=365 * 10))[0] == "not-bound"


# --- where many are named --------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> MayIAnswerPage:
    """What is told a carrier where two targets are already too many to be told in full."""
    for module in (may_i, may_i_answer):
        monkeypatch.setattr(module, "MOST", 1)
    catalogue = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY).catalogue
    assert catalogue is not None
    pages = may_i_answer.pages(lambda: Draft(catalogue, date.fromisoformat(DAY)))
    (page,) = (page for page in pages if page.address == "may-i/carriers/transfer/")
    assert may_i.overview(Draft(catalogue, date.fromisoformat(DAY))).parties[0].acts[0].bound is None
    return page.view  # type: ignore[no-any-return]


def test_many_are_listed_by_verdict_with_what_it_rests_on(crowd: MayIAnswerPage) -> None:
    assert crowd.answers == ()
    assert [
        (each.verdict, str(each.seen), [row.target.name for row in each.rows]) for each in crowd.lists
    ] == [
        ("bound", "2026-09-30", ["Lantern Oil"]),
        ("burdened", "2026-09-30", ["ships that carry lamp oil below the ceiling"]),
        (
            "not-bound",
            "None",
            ["boats that carry oil for their own lamps", "ships that carry lamp oil above the ceiling"],
        ),
    ]
    assert [ref.anchor for ref in crowd.lists[0].rows[0].what] == ["provisions.price-cap"]


def test_each_of_many_keeps_its_place_on_the_page(crowd: MayIAnswerPage) -> None:
    places = [anchor for each in crowd.lists for row in each.rows for anchor in row.target.anchors]
    assert places == [
        "actor.lantern-oil",
        "group.ships-below-the-ceiling",
        "group.fishing-boats",
        "group.ships-above-the-ceiling",
    ]


# --- what a stranger's publication says ------------------------------------------------------------------------------


def test_a_publication_without_groups_or_roles_has_its_questions_too(tmp_path: Path) -> None:
    config = copy_specimen(tmp_path / "specimen")
    lists = config.parent / "content" / "vocabulary"
    rows = "title: Who is bound\nvalues:\n  - key: carriers\n    label: carriers\n  - key: insurers\n    label: insurers\n"
    (lists / "bound-parties.yml").write_text(rows, encoding="utf-8")
    (config.parent / "permalinks.txt").unlink(missing_ok=True)
    status, told = build_site(config, tmp_path / "site")
    assert status == 0, told
    site = BuiltSite(tmp_path / "site", config)
    assert (
        site.pages["may-i/insurers/guarantee/"].article.first("h1").text
        == "May insurers guarantee or insure?"
    )


@pytest.mark.parametrize("file", ["may-i/index.html", "may-i/carriers/transfer/index.html"])
def test_nothing_is_needed_but_the_page(specimen_site: BuiltSite, file: str) -> None:
    article = specimen_site.pages[file.removesuffix("index.html")].article
    assert article.all("script") == []
    assert all("hidden" not in each.attributes for each in article.all("section"))
