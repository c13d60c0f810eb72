"""In force on a day, as a reader finds it: any day, against a plain reading of the YAML; and the intervals without scripts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.browser.window import PHONE, Window
from tests.plain_time import (
    cites_of_status,
    days_of,
    held,
    measure_seen,
    out_by,
    read_of,
    seen_days,
    sheets_in,
    span,
    state_of_play,
)

pytestmark = pytest.mark.browser

MEASURES, EVENTS, SOURCES = sheets_in("measures"), sheets_in("events"), sheets_in("sources")
NAMED = [date(2020, 12, 13), date(2020, 12, 14), date(2021, 4, 7), date(2019, 10, 20)]
OTHERS = [day for day in days_of(MEASURES) if day not in NAMED]
DRAWN = OTHERS[:: len(OTHERS) // 20][:20]
"""Twenty of the days on which something began, ended or was seen, and of the days beside, from the first to the last."""

READ = """
const state = (each) => {
  const answer = each.className.match(/fb-state--([a-z-]+)/)[1], time = each.querySelector("time").dateTime;
  return answer === "last-seen" ? `last seen ${time}` : answer;
};
const shown = (each) => each.offsetParent !== null;
const rows = [...document.querySelectorAll("[data-row]")];
const listed = (what) => rows.filter((row) => row.dataset.when === what && shown(row)).map((row) => row.dataset.row).sort();
return {
  measures: Object.fromEntries([...document.querySelectorAll("#in-force ~ table [data-row]")].map((each) => [each.dataset.row, state(each)])),
  rules: Object.fromEntries([...document.querySelectorAll("#in-force ~ table tbody tr")].map((each) =>
    [each.querySelector("[data-row]").dataset.row, each.cells[2].textContent.trim()])),
  designated: Object.fromEntries([...document.querySelectorAll("#designated ~ ul > li")].filter(shown).map((each) =>
    [each.dataset.row, state(each.querySelector(".fb-state"))])),
  unread: listed("out:not-yet"), perhaps: listed("out:perhaps"), undated: listed("out:not-known"),
  events: [...document.querySelectorAll("[data-count-events]")].map((each) => Number(each.textContent)),
  nobody: shown(document.querySelector('[data-when="designation none"]')),
  days: [...new Set([...document.querySelectorAll("time[data-day]")].map((each) => each.dateTime))],
};
"""


def parts(day: date) -> Iterator[tuple[str, str, str, str]]:
    """Everything that has an answer on a day: kind, id of its row, the answer, whether the world could read of it."""
    for id, sheet in MEASURES.items():
        answer = state_of_play(sheet, day)
        public = read_of(out_by(cites_of_status(sheet, day, EVENTS), SOURCES), day) if is_held(answer) else ""
        yield "measure", f"days.{id}", answer, public
        for kind, field, starts, ends in (
            ("rule", "provisions", "starts", "ends"),
            ("designation", "designations", "from", "until"),
        ):
            for item in sheet.get(field, ()):
                answer = held(item[starts], item[ends], seen_days(item) + measure_seen(sheet), day)
                public = read_of(out_by(item["cite"], SOURCES), day) if is_held(answer) else ""
                yield kind, f"days.{id}.{field}.{item['id']}", answer, public


def is_held(answer: str) -> bool:
    return answer == "in-force" or answer.startswith("last seen")


def expected(day: date) -> dict[str, Any]:
    """What the page has to show on a day."""
    every = list(parts(day))

    def rules(measure: str) -> str:
        mine = [
            answer
            for kind, row, answer, _ in every
            if kind == "rule" and row.startswith(f"{measure}.provisions.")
        ]
        return f"{sum(map(is_held, mine))} of {len(mine)}"

    happened = [
        event["happened"]
        for event in EVENTS.values()
        if span(event["happened"]["date"].split("/")[-1])[1] <= day  # type: ignore[index]
    ]
    read = [each for each in happened if read_of(out_by(each["cite"], SOURCES), day) == "published"]
    designated = {row: answer for kind, row, answer, _ in every if kind == "designation" and is_held(answer)}
    return {
        "measures": {row: answer for kind, row, answer, _ in every if kind == "measure"},
        "rules": {row: rules(row) for kind, row, _, _ in every if kind == "measure"},
        "designated": designated,
        "unread": sorted(row for _, row, _, public in every if public == "not-yet"),
        "perhaps": sorted(row for _, row, _, public in every if public == "perhaps"),
        "undated": sorted(row for _, row, _, public in every if public == "not-known"),
        "events": [len(happened), len(read)],
        "nobody": not designated,
        "days": [day.isoformat()],
    }


def test_twenty_days_are_drawn_from_the_dates_of_the_sheets() -> None:
    assert len({*NAMED, *DRAWN}) == 24


@pytest.mark.parametrize("day", [*NAMED, *DRAWN], ids=str)
def test_a_day_shows_what_a_plain_reading_of_the_sheets_says(window: Window, day: date) -> None:
    window.look(f"as-of/?on={day}", fresh=False)
    assert window.ask(READ) == expected(day)


def test_without_a_day_the_page_holds_for_the_day_of_the_build(window: Window) -> None:
    window.look("as-of/", script=False)
    built_for = window.ask("return document.querySelector('time[data-day]').dateTime")
    assert window.ask(READ) == expected(date.fromisoformat(built_for))


def test_a_day_is_chosen_by_hand_and_the_way_back_leads_to_the_day_before(window: Window) -> None:
    window.look(f"as-of/?on={NAMED[0]}")
    window.command("Page.resetNavigationHistory")  # a full history drops what no hand has touched
    window.ask("document.querySelector('[data-as-of] input').value = '2020-12-14'")
    window.ask("document.querySelector('[data-as-of] button').click()")
    assert window.ask("return location.search") == "?on=2020-12-14"
    assert window.ask(READ) == expected(NAMED[1])
    window.ask("document.querySelector('[data-as-of-days] a').click()")
    assert window.ask("return location.search") != "?on=2020-12-14"
    window.driver.back()
    assert window.ask(READ) == expected(NAMED[1])
    window.driver.back()
    assert window.ask(READ) == expected(NAMED[0])


@pytest.mark.parametrize("day", ["", "2020-12", "tomorrow", "2020-02-30", "9999-99-99"])
def test_what_is_no_day_changes_nothing(window: Window, day: str) -> None:
    window.look("as-of/")
    before = window.ask(READ)
    window.look(f"as-of/?on={day}")
    assert window.ask(READ) == before
    assert window.complaints() == []


STATES = """
return [...document.querySelectorAll(".fb-page .fb-state[data-steps]")].map((each) => {
  const owner = each.closest(".fb-provision, tr");
  const answer = each.className.match(/fb-state--([a-z-]+)/)[1], time = each.querySelector("time").dateTime;
  const mark = each.nextElementSibling && each.nextElementSibling.matches("[data-as-of-mark]") ? each.nextElementSibling.textContent : "";
  return [owner ? owner.id : "", answer === "last-seen" ? `last seen ${time}` : answer, mark];
});
"""
MARKS = {
    "not-yet": "not yet in a source that we cite",
    "perhaps": "perhaps not yet in a source that we cite",
}


@pytest.mark.parametrize("id", MEASURES)
def test_the_page_of_a_measure_is_read_as_of_a_day(window: Window, id: str) -> None:
    for day in NAMED:
        window.look(f"measures/{id}/?on={day}", fresh=False)
        wanted = {
            row.removeprefix(f"days.{id}").removeprefix("."): (answer, MARKS.get(public, ""))
            for _, row, answer, public in parts(day)
            if row == f"days.{id}" or row.startswith(f"days.{id}.")
        }
        found = window.ask(STATES)
        assert {owner for owner, _, _ in found} == set(wanted)
        assert [(owner, answer, mark) for owner, answer, mark in found] == [
            (owner, *wanted[owner]) for owner, _, _ in found
        ]
        assert window.ask("return document.querySelector('[data-as-of-now]').offsetParent !== null")


def test_the_notice_says_the_day_and_leads_back(window: Window) -> None:
    window.look("measures/us-caatsa-231-ssb/")
    assert not window.ask("return document.querySelector('[data-as-of-now]').offsetParent")
    window.look("measures/us-caatsa-231-ssb/?on=2020-12-13")
    notice = window.ask("return document.querySelector('[data-as-of-now]').innerText")
    assert notice.startswith("Read as of 13 December 2020.")
    later = window.ask("return document.querySelector('.fb-as-of__later').nextElementSibling.innerText")
    assert "14 December 2020" in later
    window.ask("document.querySelector('[data-as-of-now] a').click()")
    assert window.ask("return location.search") == ""


def test_the_day_goes_along_from_the_view_to_a_measure_and_back(window: Window) -> None:
    window.look("as-of/?on=2019-10-20")
    window.ask("document.querySelector('#in-force ~ table th a').click()")
    assert (
        window.ask("return location.pathname.split('/').at(-3) + location.search") == "measures?on=2019-10-20"
    )
    window.ask("document.querySelector('[data-carries-day] a').click()")
    assert window.ask("return location.pathname.split('/').at(-2) + location.search") == "as-of?on=2019-10-20"


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_without_scripts_the_intervals_are_printed(window: Window, width: int) -> None:
    window.look("as-of/", width=width, script=False)
    printed = window.ask(
        """return [...document.querySelectorAll("tr[data-id]")].filter((row) => row.offsetParent !== null)
        .map((row) => [row.dataset.id, row.cells[1].innerText])"""
    )
    rows = dict(printed)
    assert sorted(rows) == sorted(row for _, row, _, _ in parts(NAMED[0]))
    assert rows["days.us-caatsa-231-ssb.provisions.loans"] == (
        "not yet before 14 December 2020 · in force to 19 December 2025 · last seen then"
    )
    assert rows["days.us-eo-13894-turkey"] == (
        "not yet before 14 October 2019 · in force to 22 October 2019 · ended 23 October 2019"
    )
    assert not window.ask("return document.querySelector('[data-as-of]').offsetParent")
    assert window.ask("return document.documentElement.scrollWidth") <= width
