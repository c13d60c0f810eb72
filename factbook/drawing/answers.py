"""Answers as columns of names, and predictions as a table of marks, as SVG."""

from __future__ import annotations

from markupsafe import Markup

from factbook.drawing import svg
from factbook.drawing.letters import SMALL, broken
from factbook.drawing.marks import mark
from factbook.drawing.svg import Href, number
from factbook.model.spoken import sentence
from factbook.pages.charts.answers import Column, ColumnsChart, Entry, ScoreChart, ScoreRow

_GAP = 16.0


def columns(chart: ColumnsChart, href: Href) -> Markup:
    """One column an answer: all side by side when wide, two and two when narrow."""
    return _columns(chart, href, svg.WIDE, len(chart.columns), "fb-chart__wide") + _columns(
        chart, href, svg.NARROW, 2, "fb-chart__narrow"
    )


def _columns(chart: ColumnsChart, href: Href, across: float, beside: int, class_: str) -> Markup:
    room = (across - _GAP * (beside - 1)) / beside
    parts, top = [], 0.0
    for start in range(0, len(chart.columns), beside):
        deepest = top
        for position, column in enumerate(chart.columns[start : start + beside]):
            part, foot = _column(column, href, position * (room + _GAP), top, room)
            parts.append(part)
            deepest = max(deepest, foot)
        top = deepest + 14
    return svg.drawing(across, top, chart.label, svg.joined(parts), class_)


def _column(column: Column, href: Href, x: float, y: float, room: float) -> tuple[Markup, float]:
    """A column under its answer, and where it ends."""
    head = broken(f"{column.label} · {len(column.entries)}", room - 20, SMALL, bold=True)
    parts = [mark(column.mark, x + 7, y + 12, 6), svg.words(x + 20, y + 17, head, "t-small t-bold")]
    y += 10 + svg.LINE * len(head)
    parts.append(svg.path([f"M{number(x)} {number(y)}h{number(room)}"], "g-rule"))
    for entry in column.entries:
        lines = broken(entry.who, room)
        parts.append(svg.linked(entry.ref, href, svg.words(x, y + 18, lines)))
        y += svg.LINE * len(lines) + 3
        parts.append(svg.words(x, y + 16, [entry.when], "t-note"))
        y += 21
    return svg.joined(parts), y


def score(chart: ScoreChart, href: Href) -> Markup:
    """Rows of speakers, columns of outcomes, a mark for each prediction."""
    return _Score(chart, href, svg.WIDE).drawn() + _Score(chart, href, svg.NARROW).drawn()


class _Score:
    """One of the two drawings of a scorecard."""

    STEP = 26.0
    """From mark to mark: room for a finger."""

    def __init__(self, chart: ScoreChart, href: Href, across: float) -> None:
        self.chart = chart
        self.href = href
        self.across = across
        self.beside = across >= svg.WIDE
        self.left = 210.0 if self.beside else 0.0
        self.column = (across - self.left) / len(chart.outcomes)
        self.fit = max(int((self.column - 8) // self.STEP), 1)

    def drawn(self) -> Markup:
        """Heads, then a row a speaker."""
        heads = [broken(label, self.column - 6, SMALL) for label, _ in self.chart.outcomes]
        parts = [
            svg.words(self.left + position * self.column, 15, lines, "t-note")
            for position, lines in enumerate(heads)
        ]
        y = 24 + svg.LINE * (max(map(len, heads)) - 1)
        for row in self.chart.rows:
            part, tall = self._row(row, y)
            parts.append(part)
            y += tall
        class_ = "fb-chart__wide" if self.beside else "fb-chart__narrow"
        return svg.drawing(self.across, y + 4, self.chart.label, svg.joined(parts), class_)

    def _row(self, row: ScoreRow, y: float) -> tuple[Markup, float]:
        lines = broken(row.who, self.left - 14 if self.beside else self.across)
        rule = svg.path([f"M0 {number(y)}H{number(self.across)}"], "g-line")
        name = svg.linked(row.ref, self.href, svg.words(0, y + 20, lines))
        named = svg.LINE * len(lines)
        first = y + 16 if self.beside else y + named + 20
        marks = [
            self._mark(entry, column, position, first)
            for column, cell in enumerate(row.cells)
            for position, entry in enumerate(cell)
        ]
        deep = max(-(-len(cell) // self.fit) for cell in row.cells) * self.STEP
        return rule + name + svg.joined(marks), max(
            named + 12, deep + 6
        ) if self.beside else named + deep + 14

    def _mark(self, entry: Entry, column: int, position: int, y: float) -> Markup:
        label, kind = self.chart.outcomes[column]
        x = self.left + column * self.column + 9 + position % self.fit * self.STEP
        shape = mark(kind, x, y + position // self.fit * self.STEP, 8)
        name = f"{entry.who}, {entry.when}: {entry.gist} {sentence(label)}."
        return svg.element("a", shape, href=self.href(entry.ref), aria_label=name)
