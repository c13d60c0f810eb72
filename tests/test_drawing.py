"""Charts: what they say is what the pages say, and what is drawn can be read, followed and heard.

Each rule is held against the charts of the specimen and against views with awkward contents.
"""

import dataclasses
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from markupsafe import Markup

from factbook.catalogue import Catalogue
from factbook.chronology import Answer, of_designation, of_measure, of_provision
from factbook.drawing import DRAWINGS
from factbook.drawing.letters import BOLD, broken, width
from factbook.drawing.svg import NARROW, number
from factbook.drawing.timeline import spread
from factbook.model.actor import Actor
from factbook.model.measure import Measure
from factbook.model.spoken import number_in_words
from factbook.pages.charts import in_force, relations
from factbook.pages.charts.answers import Column, ColumnsChart, Entry, ScoreChart, ScoreRow
from factbook.pages.charts.in_force import InForceChart, InForceRow, Stretch
from factbook.pages.charts.relations import Box, RelationsChart
from factbook.pages.charts.timeline import Moment, TimelineChart
from factbook.pages.draft import Draft
from factbook.pages.laying_out import lay_out
from factbook.pages.page import PageRef
from factbook.publication import read_and_check
from tests.sites import SPECIMEN

DAY = date(2026, 11, 22)
PHONE = 328
"""How wide a narrow drawing is on a phone of 360 px."""
KINDS = {
    InForceChart: "in_force",
    ColumnsChart: "columns",
    ScoreChart: "score",
    TimelineChart: "timeline",
    RelationsChart: "relations",
}


def href(ref: PageRef) -> str:
    return f"/{ref.address}" + (f"#{ref.anchor}" if ref.anchor else "")


def drawn(chart: Any) -> Markup:
    return DRAWINGS["network" if is_network(chart) else KINDS[type(chart)]](chart, href)


def is_network(chart: Any) -> bool:
    """True for the chart of all relations, which has no one in the middle."""
    return isinstance(chart, RelationsChart) and chart.boxes[0].kind != "self"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    catalogue = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY.isoformat()).catalogue
    assert catalogue is not None
    return catalogue


# Views with awkward contents

NASTY = 'Ministry of <b onload="x">Tides</b> & “Işıl” Kıyıgölge’s Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel'


def ref(title: str, place: str) -> PageRef:
    return PageRef(title, f"{place}/")


def entry(title: str, place: str) -> Entry:
    return Entry(ref(title, place), title, "about Aug 2017", f"What <i>{title}</i> said & meant")


def bars() -> InForceChart:
    """Rows of every answer, long and short names, words that fit nowhere."""
    first = date(2017, 1, 1)
    cut = [date(2017, 6, 1), date(2017, 6, 3), date(2019, 5, 1), date(2024, 2, 1), date(2026, 11, 1)]
    rows = []
    for position, (one, two) in enumerate(combinations(cut, 2)):
        for last in (Answer.LAST_SEEN, Answer.NOT_KNOWN, Answer.ENDED):
            stretches = (
                Stretch(first, one - timedelta(days=1), Answer.NOT_KNOWN),
                Stretch(one, two - timedelta(days=1), Answer.IN_FORCE),
                Stretch(two, DAY, last),
            )
            name = NASTY if position % 3 == 0 else f"Row {position}"
            word = "last seen 27 Feb 2020, now not known"
            group = "" if position == 0 else "Provisions" if position < 5 else "Designations"
            rows.append(InForceRow(ref(name, f"r{position}-{last}"), group, stretches, last, word, "…"))
    return InForceChart("Finding", first, DAY, tuple(rows), 'Label "quoted" & <marked>')


def line() -> TimelineChart:
    """Many events in few days, a year-long one, two on one day."""
    moments = [
        Moment(
            ref(NASTY if day % 4 == 0 else f"Event {day}", f"e{day}"),
            date(2020, 12, 1) + timedelta(days=day),
            date(2020, 12, 1) + timedelta(days=day + (365 if day == 7 else 0)),
            "about the end of December 2020 to the beginning of January 2021",
            said=day % 3 == 0,
            of_measure=day % 5 == 0,
        )
        for day in range(16)
    ]
    return TimelineChart("Finding", "", tuple(moments), "Label")


def columns() -> ColumnsChart:
    return ColumnsChart(
        "Finding",
        (
            Column("yes", "full", tuple(entry(NASTY, f"y{n}") for n in range(3))),
            Column("a label that is very long indeed", "half", (entry("One", "h1"),)),
            Column("no", "empty", tuple(entry(f"Speaker {n}", f"n{n}") for n in range(9))),
            Column("does not say", "dotted", ()),
        ),
        "Label",
    )


def scores() -> ScoreChart:
    labels = ("happened", "partly", "not so far", "open", "cannot be resolved")
    marks = ("full", "half", "empty", "dotted", "square")
    return ScoreChart(
        "Finding",
        "",
        tuple(zip(labels, marks, strict=True)),  # type: ignore[arg-type]
        tuple(
            ScoreRow(
                ref(name, name[:3]) if name != "One" else None,
                name,
                tuple(tuple(entry(name, f"{name[:3]}{c}{n}") for n in range(c * 2)) for c in range(5)),
            )
            for name in (NASTY, "One", "Another")
        ),
        "Label",
    )


def star(others: int) -> RelationsChart:
    boxes = [Box(ref(NASTY, "self"), "self", ())]
    boxes += [
        Box(
            ref(NASTY if n % 3 == 0 else f"Body {n}", f"b{n}"), "actor", ("bought from, 2014–2023", "in post")
        )
        for n in range(others)
    ]
    lines = [(0, n) if n % 2 else (n, 0) for n in range(1, others)]
    lines.append((others, 1))  # two steps away
    return RelationsChart("Finding", "", tuple(boxes), tuple(lines), ("…",) * len(lines), "Label")


NASTY_CHARTS: dict[str, Callable[[], Any]] = {
    "bars": bars,
    "timeline": line,
    "columns": columns,
    "scores": scores,
    "star": lambda: star(9),
    "pair": lambda: star(2),
}


def charts_in(value: Any) -> Iterator[Any]:
    """Every chart inside a page's view."""
    if type(value) in KINDS:
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from charts_in(getattr(value, each.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from charts_in(each)


@pytest.fixture(scope="module")
def all_charts(catalogue: Catalogue) -> list[Any]:
    """The charts of the specimen, then those with awkward contents."""
    found = [chart for page in lay_out(catalogue, DAY) for chart in charts_in(page.view)]
    return [*found, *(make() for make in NASTY_CHARTS.values())]


# What is on a drawing


@dataclass(frozen=True)
class Words:
    """One line of words with the room it takes."""

    text: str
    left: float
    top: float
    right: float
    foot: float
    size: float


def figures(markup: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<all>{markup}</all>"))  # noqa: S314  our own


def lines_of(figure: ET.Element) -> list[Words]:
    """Every line of words, with inherited classes and anchors, where its row was moved to."""
    found: list[Words] = []

    def walk(element: ET.Element, classes: str, anchor: str, down: float) -> None:
        classes = f"{classes} {element.get('class', '')}"
        anchor = element.get("text-anchor", anchor)
        if moved := re.fullmatch(r"translate\(0 ([\d.]+)\)", element.get("transform", "")):
            down += float(moved[1])
        if element.tag == "text":
            x, y = float(element.get("x", "0")), float(element.get("y", "0")) + down
            small = any(name in classes.split() for name in ("t-note", "t-small"))
            bold = any(name in classes.split() for name in ("t-bold", "t-accent", "t-paper"))
            texts = [element.text or ""]
            for span in element:
                texts.append((span.text or "").strip())
            for position, text in enumerate(texts):
                long = width(text, 12.5 if small else 13, bold=bold)
                left = x - (long if anchor == "end" else long / 2 if anchor == "middle" else 0)
                foot = y + 17 * position
                found.append(Words(text, left, foot - 10, left + long, foot + 3, 12.5 if small else 13))
        for child in element:
            walk(child, classes, anchor, down)

    walk(figure, "", "", 0)
    return [each for each in found if each.text]


def size_of(figure: ET.Element) -> tuple[float, float]:
    _, _, across, tall = map(float, figure.get("viewBox", "").split())
    return across, tall


def test_the_specimen_has_each_kind_of_chart(all_charts: list[Any]) -> None:
    assert {type(chart) for chart in all_charts} == set(KINDS)


def test_no_words_stand_on_others(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for figure in figures(drawn(chart)):
            for one, other in combinations(lines_of(figure), 2):
                apart = (
                    one.right <= other.left + 0.5
                    or other.right <= one.left + 0.5
                    or one.foot <= other.top
                    or other.foot <= one.top
                )
                assert apart, (figure.get("aria-label"), one, other)


def test_all_words_are_inside_the_drawing(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for figure in figures(drawn(chart)):
            across, tall = size_of(figure)
            for words in lines_of(figure):
                inside = (
                    words.left >= -0.5
                    and words.right <= across + 0.5
                    and words.top >= 0
                    and words.foot <= tall
                )
                assert inside, (figure.get("aria-label"), figure.get("class"), words, across, tall)


def test_letters_are_12_px_or_more_on_a_phone(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for figure in figures(drawn(chart)):
            across, _ = size_of(figure)
            if figure.get("class") == "fb-chart__narrow":
                assert across == NARROW
                for words in lines_of(figure):
                    assert words.size * PHONE / across >= 12, words
            else:
                assert across == (660 if is_network(chart) else 600), "the columns in which they stand"


def test_every_text_is_escaped() -> None:
    for make in NASTY_CHARTS.values():
        text = drawn(make())
        assert "<b" not in text
        assert "<i>" not in text
        assert 'onload="' not in text


def test_every_link_of_a_view_is_in_each_drawing(all_charts: list[Any]) -> None:
    for chart in all_charts:
        wanted = {href(each) for each in refs_in(chart)}
        for figure in figures(drawn(chart)):
            assert {link.get("href") for link in figure.iter("a")} == wanted, figure.get("aria-label")


def refs_in(value: Any) -> Iterator[PageRef]:
    if isinstance(value, Box) and value.kind == "self":
        return
    if isinstance(value, PageRef):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from refs_in(getattr(value, each.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from refs_in(each)


def test_a_link_has_words_or_a_name(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for figure in figures(drawn(chart)):
            for link in figure.iter("a"):
                assert link.get("aria-label") or "".join(link.itertext()).strip()


def test_drawings_have_names_classes_and_no_styles(all_charts: list[Any]) -> None:
    for chart in all_charts:
        text = drawn(chart)
        assert not re.search(r'\bstyle=|<style|fill="|stroke="|\bid="', text)
        for figure in figures(text):
            assert figure.get("role") == "group"
            assert figure.get("aria-label")


def test_numbers_are_short(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for figure in figures(drawn(chart)):
            for element in figure.iter():
                for key in ("x", "y", "width", "height", "d", "cx", "cy", "viewBox"):
                    assert not re.search(r"\.\d\d|\.0\b|e-", element.get(key, "")), (key, element.attrib)


def test_a_chart_is_drawn_the_same_each_time(all_charts: list[Any], catalogue: Catalogue) -> None:
    again = [chart for page in lay_out(catalogue, DAY) for chart in charts_in(page.view)]
    again += [make() for make in NASTY_CHARTS.values()]
    assert [drawn(chart) for chart in again] == [drawn(chart) for chart in all_charts]


def test_marks_of_predictions_are_a_finger_apart() -> None:
    for figure in figures(drawn(scores())):
        marks = [link for link in figure.iter("a") if link.get("aria-label")]
        places = []
        for mark in marks:
            circle = mark.find("circle")
            if circle is not None:
                places.append((float(circle.get("cx", "0")), float(circle.get("cy", "0"))))
        for (x, y), (other_x, other_y) in combinations(places, 2):
            assert abs(x - other_x) >= 24 or abs(y - other_y) >= 24


# What they say


def test_a_row_says_for_each_day_what_the_pages_say(catalogue: Catalogue) -> None:
    for measure in catalogue.all(Measure):
        chart = in_force.of_one(measure, Draft(catalogue, DAY, measure))
        assert chart is not None
        asked: list[Callable[[date], Any]] = [lambda day, m=measure: of_measure(m, day)]
        asked += [lambda day, m=measure, p=p: of_provision(p, m, day) for p in measure.provisions]
        asked += [lambda day, m=measure, d=d: of_designation(d, m, day) for d in measure.designations]
        assert len(chart.rows) == len(asked)
        for row, ask in zip(chart.rows, asked, strict=True):
            for days in range((DAY - chart.first).days + 1):
                day = chart.first + timedelta(days=days)
                shown = [each.answer for each in row.stretches if each.first <= day <= each.last]
                assert shown == ([] if ask(day).answer is Answer.NOT_YET else [ask(day).answer]), (
                    row.ref,
                    day,
                )


@pytest.mark.parametrize(("days", "told"), [(30, False), (300, True)])
def test_a_legend_explains_dots_where_they_are_seen_as_dots(days: int, told: bool) -> None:
    first = date(2018, 1, 1)
    doubtful = DAY - timedelta(days=days)
    row = InForceRow(
        PageRef("Cap", "measures/cap/"),
        "",
        (
            Stretch(first, doubtful - timedelta(days=1), Answer.IN_FORCE),
            Stretch(doubtful, DAY, Answer.NOT_KNOWN),
        ),
        Answer.NOT_KNOWN,
        "not known",
        "In force, then not known",
    )
    chart = InForceChart("One measure", first, DAY, (row,), "One measure")
    assert (Answer.NOT_KNOWN in chart.answers) is told


def test_stretches_follow_on_each_other(all_charts: list[Any]) -> None:
    for chart in all_charts:
        for row in getattr(chart, "rows", ()):
            for one, other in pairwise(getattr(row, "stretches", ())):
                assert other.first == one.last + timedelta(days=1)


def test_every_row_and_line_has_its_words(all_charts: list[Any]) -> None:
    for chart in all_charts:
        if isinstance(chart, InForceChart):
            assert all(row.words and row.word for row in chart.rows)
        if isinstance(chart, RelationsChart):
            assert len(chart.sentences) >= len(chart.lines)


def test_a_picture_of_everyone_shows_the_most_tied_and_says_so(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft(catalogue, DAY)
    whole = relations.of_all(catalogue.all(Actor), draft)
    assert whole and "most ties" not in whole.note
    monkeypatch.setattr(relations, "MOST_AT_ONCE", 3)
    part = relations.of_all(catalogue.all(Actor), draft)
    assert part and len(part.boxes) <= 3 < len(whole.boxes)
    assert f"Of {number_in_words(len(whole.boxes))} it shows those with the most ties." in part.note
    assert set(part.sentences) < set(whole.sentences)


def test_those_with_the_most_others_are_the_most_tied() -> None:
    ties = [("hub", f"end-{number}", words) for number in range(200) for words in ("sold to", "owns")]
    ties += [("end-7", "end-8", "part of"), ("end-8", "end-9", "part of")]
    shown, many = relations._most_tied(ties)
    assert many == 201
    assert len(shown) == relations.MOST_AT_ONCE
    assert {"hub", "end-7", "end-8", "end-9", "end-0"} <= shown, "then by the alphabet"
    assert "end-99" not in shown


def test_a_relations_chart_holds_every_stated_tie_or_says_that_there_are_more(catalogue: Catalogue) -> None:
    for actor in catalogue.all(Actor):
        chart = relations.of_actor(actor, Draft(catalogue, DAY, actor))
        titles = {box.ref.address for box in chart.boxes} if chart else set()
        for tie in actor.relations:
            assert chart
            assert f"actors/{tie.actor}/" in titles or chart.note
            assert len(chart.boxes) <= relations.MOST + 1


@pytest.mark.parametrize(
    ("wanted", "sizes", "placed"),
    [
        ([0, 100], [10, 10], [0, 100]),
        ([50, 50], [10, 10], [45, 55]),
        ([50, 51, 200], [20, 20, 20], [40.5, 60.5, 200]),
        ([-40, 0], [10, 10], [0, 10]),
        ([], [], []),
    ],
)
def test_neighbours_give_way_alike(wanted: list[float], sizes: list[float], placed: list[float]) -> None:
    assert spread(wanted, sizes, 0) == placed


def test_words_are_broken_to_fit_and_none_is_lost() -> None:
    for room in (30.0, 80.0, 240.0):
        lines = broken(NASTY, room)
        assert all(width(each) <= room for each in lines)
        assert "".join(lines).replace(" ", "") == NASTY.replace(" ", "")


def test_letters_with_marks_are_as_wide_as_without() -> None:
    assert width("ğİşçöü") == width("gIscou")
    assert width("Путин") > 0
    assert width("a", bold=True) == width("a") * BOLD


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (1.25, "1.2"), (-0.04, "0"), (12.06, "12.1"), (100, "100")]
)
def test_numbers_have_one_decimal_at_most(value: float, text: str) -> None:
    assert number(value) == text
