"""Time in the publication itself: what the engine answers for its measures, against a second and plainer reading.

The second reading, `plain_time`, takes the YAML as text and works out each answer by itself, on every day on which something
begins, ends or was seen, and on the days before and after.
"""

from datetime import date

import pytest

from factbook.catalogue import Catalogue, join
from factbook.chronology import State, of_designation, of_measure, of_provision
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.event import Event
from factbook.model.measure import Measure
from tests.plain_time import ROOT, days_of, held, measure_seen, seen_days, sheets_in, state_of_play

SHEETS = sheets_in("measures")
SSB = "us-caatsa-231-ssb"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    settings, _ = read_settings(ROOT / "mkdocs.yml")
    assert settings is not None
    return join(load(settings))[0]


def as_read(state: State) -> str:
    return f"last seen {state.day}" if state.answer == "last-seen" else str(state.answer)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2020-12-13", "not-yet"),
        ("2020-12-14", "in-force"),
        ("2025-12-19", "in-force"),
        ("2026-11-22", "last seen 2025-12-19"),
    ],
)
def test_the_sanctions_on_the_arms_agency(catalogue: Catalogue, day: str, answer: str) -> None:
    measure, on = catalogue.get(SSB, Measure), date.fromisoformat(day)
    states = [of_measure(measure, on)]
    states += [of_provision(provision, measure, on) for provision in measure.provisions]
    states += [of_designation(designation, measure, on) for designation in measure.designations]
    assert {as_read(state) for state in states} == {answer}


def test_the_notice_of_2021_is_no_new_round(catalogue: Catalogue) -> None:
    notice = catalogue.get("federal-register-notice-ssb-2021-04-07", Event)
    assert [(relation.kind, relation.event) for relation in notice.relations] == [
        ("formal-notice-of", "us-sanctions-ssb-2020-12-14")
    ]


@pytest.mark.parametrize("id", SHEETS)
def test_both_readings_agree_on_every_day_that_matters(catalogue: Catalogue, id: str) -> None:
    sheet, measure = SHEETS[id], catalogue.get(id, Measure)
    days = days_of(SHEETS)
    assert len(days) >= 20
    for day in days:
        assert (day, as_read(of_measure(measure, day))) == (day, state_of_play(sheet, day))
        for provision, text in zip(measure.provisions, sheet.get("provisions", ()), strict=True):
            seen = seen_days(text) + measure_seen(sheet)
            expected = (day, text["id"], held(text["starts"], text["ends"], seen, day))
            assert (day, provision.id, as_read(of_provision(provision, measure, day))) == expected
        for designation, text in zip(measure.designations, sheet.get("designations", ()), strict=True):
            seen = seen_days(text) + measure_seen(sheet)
            expected = (day, text["id"], held(text["from"], text["until"], seen, day))
            assert (day, designation.id, as_read(of_designation(designation, measure, day))) == expected
