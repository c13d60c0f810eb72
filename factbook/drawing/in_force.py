"""The in-force matrix as SVG: rows over years. Full bar: in force; dashed box: not seen since; dots: not known; a stop: ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from markupsafe import Markup

from factbook.chronology import Answer
from factbook.drawing import svg
from factbook.drawing.letters import BOLD, SMALL, broken, width
from factbook.drawing.svg import Href, number
from factbook.model.spoken import day_in_words
from factbook.pages.charts.in_force import InForceChart, InForceRow, Stretch

_BAR = 15.0
_NAMES = (190.0, 250.0)
"""Room for the names of rows beside the bars when wide, the second for long names; above the bars when narrow."""
_GAP = 6.0


def in_force(chart: InForceChart, href: Href) -> Markup:
    """The matrix, drawn wide and narrow."""
    return _Drawing(chart, href, svg.WIDE).drawn() + _Drawing(chart, href, svg.NARROW).drawn()


class _Drawing:
    """One of the two drawings."""

    def __init__(self, chart: InForceChart, href: Href, across: float) -> None:
        self.chart = chart
        self.href = href
        self.across = across
        self.beside = across >= svg.WIDE
        self.grouped = any(row.group for row in chart.rows)
        short = all(len(broken(row.ref.title, _NAMES[0])) <= 2 for row in chart.rows)
        self.room = _NAMES[0 if short else 1] if self.beside else across
        self.left = self.room + 12 if self.beside else 2.0
        self.days = max((chart.as_of - chart.first).days + 1, 1)

    def drawn(self) -> Markup:
        """Grid, rows and axis."""
        top = 26.0
        y, body, heading = top, [], ""
        for row in self.chart.rows:
            if row.group and row.group != heading:
                heading = row.group
                y += 8
                body.append(svg.words(0, y + 13, [heading], "t-note"))
                y += 22
            part, height = self._row(row, 0)
            body.append(svg.moved(part, y))
            y += height
        foot = y + 4
        content = self._grid(top - 8, foot) + svg.joined(body)
        return svg.drawing(
            self.across,
            foot + 20,
            self.chart.label,
            content,
            "fb-chart__wide" if self.beside else "fb-chart__narrow",
        )

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.chart.first).days / self.days * (self.across - 2 - self.left)

    def _grid(self, top: float, foot: float) -> Markup:
        """A line at the start of each year, years named where there is room, and the day of the chart."""
        firsts = [date(year, 1, 1) for year in range(self.chart.first.year, self.chart.as_of.year + 1)]
        room = (self.across - self.left) / max(len(firsts), 1)
        every = next((step for step in (1, 2, 5, 10, 25) if room * step >= 40), 50)
        lines = [f"M{number(self.x(day))} {number(top)}V{number(foot)}" for day in firsts]
        names = []
        for day in firsts:
            if day.year % every == 0 and self.x(day) + 34 <= self.across:
                names.append(svg.words(self.x(day), foot + 15, [str(day.year)]))
        edge = self.across - 2
        return (
            svg.path(lines, "g-line")
            + svg.group(names, class_="t-note")
            + svg.path([f"M{number(edge)} {number(top)}V{number(foot)}"], "g-edge")
            + svg.words(edge, top - 4, [day_in_words(self.chart.as_of)], "t-note", "end")
        )

    def _row(self, row: InForceRow, y: float) -> tuple[Markup, float]:
        """A row from y downwards, and how high it is."""
        bold = self.grouped and not row.group
        lines = broken(row.ref.title, self.room, bold=bold)
        name = svg.linked(row.ref, self.href, svg.words(0, y + 13, lines, "t-bold" if bold else ""))
        tall = svg.LINE * len(lines)
        bar = y + 3 if self.beside else y + tall + 4
        word, deeper, spare = self._word(row, bar)
        height = max(tall, 18 + deeper) + 10 if self.beside else tall + 4 + _BAR + deeper + 14
        return name + svg.joined(self._bars(row, bar, spare)) + word, height

    def _bars(self, row: InForceRow, y: float, spare: float) -> Iterator[Markup]:
        """The stretches of a row; the last dots leave some room to spare for the word."""
        for stretch in row.stretches:
            left, right = self._edges(stretch)
            if stretch is row.stretches[-1]:
                right -= spare
            middle = number(y + _BAR / 2)
            match stretch.answer:
                case Answer.IN_FORCE:
                    yield svg.rect(left, y, max(right - left, 3), _BAR, "g-ink")
                case Answer.LAST_SEEN:
                    yield svg.rect(left, y, max(right - left, 3), _BAR, "g-hold")
                    yield svg.path([f"M{number(left)} {number(y - 3)}v{number(_BAR + 6)}"], "g-accent-line")
                case Answer.NOT_KNOWN:
                    yield svg.path(
                        [f"M{number(left + 3)} {middle}H{number(max(right, left + 4))}"], "g-unsure"
                    )
                case Answer.ENDED:
                    yield svg.path([f"M{number(left + 1)} {number(y - 1)}v{number(_BAR + 2)}"], "g-edge")

    def _edges(self, stretch: Stretch) -> tuple[float, float]:
        return self.x(stretch.first), self.x(min(stretch.last, self.chart.as_of) + timedelta(days=1))

    def _word(self, row: InForceRow, y: float) -> tuple[Markup, float, float]:
        """The answer in words where it fits: after the bars, at the end of dots, inside a bar, before them, else below.

        With it: how much deeper it makes the row, and what room the last dots have to leave.
        """
        long = width(row.word, SMALL)
        foot = y + _BAR - 3.2
        drawn = [each for each in row.stretches if each.answer is not Answer.ENDED]
        if not drawn:
            return svg.words(self.left, foot, [row.word], "t-note"), 0, 0
        left, right = self._edges(drawn[-1])
        if right + 2 * _GAP + long <= self.across - 4:
            return svg.words(right + _GAP + 2, foot, [row.word], "t-note t-halo"), 0, 0
        if drawn[-1].answer is Answer.NOT_KNOWN and right - left >= long + 40:
            return svg.words(right - _GAP, foot, [row.word], "t-note", "end"), 0, long + 2 * _GAP
        for each in drawn:
            left, right = self._edges(each)
            fits = right - left >= long * BOLD + 2 * _GAP
            if each.answer is Answer.IN_FORCE and row.answer is not Answer.NOT_KNOWN and fits:
                return svg.words(right - _GAP, foot, [row.word], "t-small t-paper", "end"), 0, 0
        start = self._edges(drawn[0])[0] - _GAP
        if start - long >= self.left:
            return svg.words(start, foot, [row.word], "t-note t-halo", "end"), 0, 0
        end = max(min(self._edges(drawn[-1])[1], self.across - 4), self.left + long)
        return svg.words(end, foot + svg.LINE, [row.word], "t-note t-halo", "end"), svg.LINE, 0
