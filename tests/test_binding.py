"""Who is bound: the points of law, the rules of the answer, and a second reading that works out each question by itself."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from factbook.binding import Book, Case, Standing, Target, Verdict, belongs_to
from factbook.catalogue import Catalogue, join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.measure import LeftOut, Measure
from factbook.model.vocabularies import Value
from tests.plain_binding import FIELDS, said, verdict
from tests.plain_time import ROOT, days_of, sheets_in
from tests.publications import CASES, read_case
from tests.test_chronology import measure, seen

POINTS = read_case(CASES / "binding" / "points-of-law.yml")
BURDENS = read_case(CASES / "binding" / "what-costs.yml")
GENERATED = 200


@pytest.fixture(scope="module")
def content() -> Catalogue:
    """The sheets of the publication itself."""
    settings, problems = read_settings(ROOT / "mkdocs.yml")
    assert settings is not None, problems
    return join(load(settings))[0]


@pytest.fixture(scope="module")
def book(content: Catalogue) -> Book:
    lists = content.vocabularies
    return Book(content.all(Measure), lists["bound-parties"].values, lists["acts"].values)


def target(id: str, content: Catalogue) -> Target:
    return Target("group" if id in content.vocabularies["groups"].values else "actor", id)


def place(each: Any) -> str:
    """Where what was heard stands: the provision, or the very item that is left alone or felt."""
    bearing = each.bearing
    if isinstance(bearing.fact, LeftOut):
        return f"{bearing.measure.id}#not-covered.{bearing.fact.id}"
    provision = f"{bearing.measure.id}#provisions.{bearing.provision.id}"
    field = {Standing.REACHES: "reaches", Standing.LEFT_ALONE: "does-not-forbid"}.get(bearing.holds)
    return f"{provision}.{field}.{bearing.fact.id}" if field else provision


def test_twenty_points_of_law_and_more_are_asked() -> None:
    assert len(POINTS) >= 20
    assert len({row["says"] for row in POINTS}) == len(POINTS)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["says"]) for row in POINTS])
def test_a_point_of_law_is_answered(row: dict[str, Any], book: Book, content: Catalogue) -> None:
    case = book.case(row["who"], row["act"], target(row["whom"], content))
    ruling = case.on(date.fromisoformat(row["day"]), int(row["amount"]) if "amount" in row else None)
    assert str(ruling.verdict) == row["verdict"]
    assert {place(each) for each in ruling.those(Standing.BINDS)} == set(row.get("by", ()))
    assert {place(each) for each in ruling.those(Standing.REACHES)} == set(row.get("reached", ()))
    assert set(row.get("left", ())) <= {place(each) for each in ruling.those(Standing.LEFT_ALONE)}
    assert set(row.get("not", ())) <= {place(each) for each in case.others}


# --- a second reading of the publication itself ---------------------------------------------------------------------


def also(name: str, content: Catalogue) -> dict[str, list[str]]:
    return {key: list(value.also) for key, value in content.vocabularies[name].values.items()}


def test_two_hundred_questions_of_the_publication_have_the_answers_of_a_second_reading(
    book: Book, content: Catalogue, record_property: Any
) -> None:
    sheets = sheets_in("measures")
    days = days_of(sheets)
    parties, acts = also("bound-parties", content), also("acts", content)
    spoken = [(*key, each) for key, targets in book.questions.items() for each in targets]
    every = [(who, act, each) for who in parties for act in acts for each in book.about]
    chance = random.Random(20201214)  # noqa: S311  # the same in every run
    verdicts: set[str] = set()
    for number in range(GENERATED):
        who, act, whom = chance.choice(spoken if number % 4 else every)
        day = chance.choice(days)
        amount = chance.choice([None, None, 1, 10_000_000, 10_000_001])
        ruling = book.case(who, act, whom).on(day, amount)
        told = said(sheets, parties, acts, who, act, whom.id, day)
        bound = {f"{e.bearing.measure.id}#{e.bearing.provision.id}" for e in ruling.deciding}  # type: ignore[union-attr]
        assert (str(ruling.verdict), bound) == verdict(told, amount), (who, act, whom.id, day, amount)
        verdicts.add(str(ruling.verdict))
    assert verdicts >= {"bound", "not-bound", "not-decided"}
    record_property("figure", f"questions of the publication answered alike by a second reading: {GENERATED}")


# --- invented measures ----------------------------------------------------------------------------------------------

PARTIES = {"persons": [], "banks": ["persons"], "exporters": ["persons"], "offices": []}
ACTS = {"hold": [], "pay": ["hold"], "lend": ["pay"], "travel": []}
VALUES = {key: Value(key, also=tuple(of)) for key, of in PARTIES.items()}
ACT_VALUES = {key: Value(key, also=tuple(of)) for key, of in ACTS.items()}
WHOM = {"actors": ["tide-bank", "lamp-house"], "groups": ["others"]}

bounds = some.sampled_from(["2019", "2020-03", "2020-03-10", "2020-06~", "2021-01-01", "unknown"])
ends = some.one_of(some.just("none-set"), bounds)
observed = some.lists(
    some.sampled_from(["2019-07-01", "2020-03-10", "2020-12-31", "2021-06-01"]), max_size=2, unique=True
).map(lambda days: [{"day": day} for day in sorted(days)])
whoms = some.one_of(
    some.none(),
    some.builds(
        lambda actors, groups: {"actors": actors, "groups": groups},
        some.lists(some.sampled_from(WHOM["actors"]), max_size=2, unique=True),
        some.lists(some.sampled_from(WHOM["groups"]), max_size=1),
    ).filter(lambda whom: bool(whom["actors"] or whom["groups"])),
)


@some.composite
def rules(draw: Any, *, felt: bool = False) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(some.integers(0, 2))):
        rule = {"id": f"r{number}", "act": draw(some.sampled_from(list(ACTS))), "text": "It."}
        who = draw(some.sampled_from(list(PARTIES) if felt else [None, *PARTIES]))
        whom = draw(whoms)
        deprecated = {"rank": "deprecated", "reason": "It was."} if draw(some.integers(0, 7)) == 0 else {}
        found.append(
            rule | ({"who": who} if who else {}) | ({"whom": whom} if whom and not felt else {}) | deprecated
        )
    return found


@some.composite
def sheets(draw: Any) -> dict[str, Any]:
    provisions = []
    for number in range(draw(some.integers(1, 3))):
        whom = draw(whoms)
        above = draw(some.sampled_from([None, None, 100]))
        provisions.append(
            {
                "id": f"p{number}",
                "title": "P",
                "kind": "blocking",
                "binds": {"who": draw(some.sampled_from(list(PARTIES)))},
                "forbids": draw(rules()),
                "burdens": draw(rules()),
                "does_not_forbid": draw(rules()),
                "reaches": draw(rules(felt=True)),
                "starts": draw(bounds),
                "ends": draw(ends),
                "observed": draw(observed),
                **({"whom": whom} if whom else {}),
                **({"threshold": {"amount": str(above), "currency": "USD"}} if above else {}),
            }
        )
    named = [
        {
            "id": f"d{number}",
            "actor": draw(some.sampled_from(WHOM["actors"])),
            "from": draw(bounds),
            "until": draw(ends),
            "observed": draw(observed),
            "provisions": draw(some.lists(some.sampled_from([p["id"] for p in provisions]), unique=True)),
        }
        for number in range(draw(some.integers(0, 2)))
    ]
    left = [
        {
            "id": "left",
            "text": "Not it.",
            "settles": {
                "who": draw(some.lists(some.sampled_from(list(PARTIES)), min_size=1, unique=True)),
                "acts": draw(some.lists(some.sampled_from(list(ACTS)), min_size=1, unique=True)),
                "whom": draw(whoms.filter(bool)),
            },
        }
    ]
    status = seen([each["day"] for each in draw(observed)])
    return {"status": status, "provisions": provisions, "designations": named, "not_covered": left}


@given(sheets=some.lists(sheets(), min_size=1, max_size=2), amount=some.sampled_from([None, 100, 101]))
def test_any_measures_are_answered_as_a_second_reading_answers_them(
    sheets: list[dict[str, Any]], amount: int | None
) -> None:
    raw = {f"m{number}": sheet for number, sheet in enumerate(sheets)}
    book = Book([measure(**(sheet | {"id": id})) for id, sheet in raw.items()], VALUES, ACT_VALUES)
    days = [day for day in days_of(raw) if date(2018, 6, 1) < day][::3]
    for who in PARTIES:
        for act in ACTS:
            for kind, ids in WHOM.items():
                for id in ids:
                    case = book.case(who, act, Target(kind.removesuffix("s"), id))
                    for day in days:
                        ruling = case.on(day, amount)
                        told = said(raw, PARTIES, ACTS, who, act, id, day)
                        assert str(ruling.verdict) == verdict(told, amount)[0]
                        assert len(ruling.heard) == len(told)
                    assert_intervals_hold(case, days)


def assert_intervals_hold(case: Case, days: list[date]) -> None:
    intervals = case.intervals()
    assert intervals[0].first == date.min
    for day in days:
        told = [each for each in intervals if each.first <= day][-1].ruling
        asked = case.on(day)
        assert (told.verdict, [e.bearing for e in told.reasons]) == (
            asked.verdict,
            [e.bearing for e in asked.reasons],
        )


def test_every_question_with_an_answer_has_a_page_or_leads_to_one() -> None:
    rule = {"id": "r", "act": "hold", "text": "It.", "whom": {"groups": ["others"]}}
    provision = {"id": "p", "title": "P", "kind": "blocking", "binds": {"who": "persons"}, "forbids": [rule]}
    book = Book(
        [measure(status=seen([]), provisions=[provision | {"starts": "2020", "ends": "unknown"}])],
        VALUES,
        ACT_VALUES,
    )
    assert set(book.questions) == {("persons", "hold"), ("persons", "pay"), ("persons", "lend")}
    assert book.answered["banks", "lend"] == "persons"
    assert ("offices", "hold") not in book.answered


def test_whoever_belongs_to_others_in_a_circle_is_each_of_them_once() -> None:
    values = {"a": Value("a", also=("b",)), "b": Value("b", also=("a", "missing"))}
    assert belongs_to("a", values) == ("a", "b")


def test_no_answer_permits() -> None:
    assert {str(each) for each in Verdict} == {"bound", "burdened", "not-bound", "not-decided"}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["says"]) for row in BURDENS])
def test_what_costs_is_answered(row: dict[str, Any]) -> None:
    provisions = [
        {"id": f"p{number}", "title": "P", "kind": "tariff", "binds": {"who": "persons"}}
        | {"whom": {"groups": ["others"]}, "starts": "2020", "ends": "2030"}
        | {
            key: [{"id": "r", "act": "hold", "text": "It."}] if key in FIELDS.values() else value
            for key, value in each.items()
        }
        for number, each in enumerate(row["provisions"])
    ]
    book = Book([measure(status=seen([]), provisions=provisions)], VALUES, ACT_VALUES)
    case = book.case(row.get("who", "persons"), row.get("act", "hold"), Target("group", "others"))
    ruling = case.on(date(2025, 1, 1), int(row["amount"]) if "amount" in row else None)
    assert str(ruling.verdict) == row["verdict"]
    assert [str(each.standing) for each in ruling.deciding] == row.get("deciding", [])


def test_intervals_begin_where_answers_change() -> None:
    named = {"id": "d", "actor": "ssb", "from": "2020-12-14", "until": "none-set"}
    rule = {"id": "r", "act": "hold", "text": "It."}
    provision = {"id": "p", "title": "P", "kind": "blocking", "binds": {"who": "persons"}, "forbids": [rule]}
    sheet = measure(
        status=seen(["2025-12-19"]),
        provisions=[provision | {"starts": "2020-12-14", "ends": "2026-01-01"}],
        designations=[named],
    )
    case = Book([sheet], VALUES, ACT_VALUES).case("persons", "pay", Target("actor", "ssb"))
    assert [(str(each.first), str(each.ruling.verdict)) for each in case.intervals()] == [
        ("0001-01-01", "not-bound"),
        ("2020-12-14", "bound"),
        ("2025-12-20", "bound"),  # as last seen on the day before
        ("2026-01-01", "not-bound"),
    ]
    assert case.on(date(2025, 12, 25)).those(Standing.BINDS)[0].state.day == date(2025, 12, 19)
    assert case.on(date(2020, 12, 13) + timedelta(days=1)).verdict is Verdict.BOUND
