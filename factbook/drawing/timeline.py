"""A line of time with two sides as SVG. Only wide: on a phone the list of events is the better picture.

Years are equally long. Each event has its mark where it belongs, and its words beside it as near as the others allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate

from markupsafe import Markup

from factbook.drawing import svg
from factbook.drawing.letters import SMALL, broken
from factbook.drawing.svg import Href, number
from factbook.pages.charts.timeline import Moment, TimelineChart

_MIDDLE = svg.WIDE / 2
_RAIL = 24.0
"""From the middle, where the years stand, to the rail of either side."""
_OFF = 50.0
"""From the middle to the words."""
_ROOM = _MIDDLE - _OFF
_TOP = 44.0
_BETWEEN = 10.0


def timeline(chart: TimelineChart, href: Href) -> Markup:
    """Two rails with years between them, marks on them, and words beside them."""
    sides = {said: [each for each in chart.moments if each.said is said] for said in (False, True)}
    needed = max(sum(map(_size, side)) for side in sides.values())
    first = chart.moments[0].first.replace(month=1, day=1)
    last = max(each.last for each in chart.moments)
    days = max((last - first).days, 1)
    tall = max(needed * 1.04, 120.0)

    def y(day: date) -> float:
        return _TOP + (day - first).days / days * tall

    leaders, texts, foot = [], [], _TOP + tall
    for said, moments in sides.items():
        wanted = [(y(each.first) + y(each.last)) / 2 for each in moments]
        tops = spread([at - 14 for at in wanted], [_size(each) for each in moments], _TOP - 14)
        for each, at, top in zip(moments, wanted, tops, strict=True):
            leaders.append(_leader(at, top + 9, said))
            texts.append(_words(each, href, top, said))
            foot = max(foot, top + _size(each))
    rails = [
        f"M{number(_MIDDLE + side * _RAIL)} {number(_TOP - 8)}V{number(_TOP + tall + 8)}" for side in (-1, 1)
    ]
    content = svg.joined(
        [
            svg.words(_MIDDLE - _OFF, 15, ["What was done"], "t-bold", "end"),
            svg.words(_MIDDLE + _OFF, 15, ["What was said"], "t-bold"),
            svg.path([*leaders, *rails], "g-edge g-thin"),
            svg.group(
                _years(range(first.year, last.year + 1), y, tall), class_="t-note", text_anchor="middle"
            ),
            *(_mark(each, y(each.first), y(each.last)) for each in chart.moments),
            *texts,
        ]
    )
    return svg.drawing(svg.WIDE, foot + 4, chart.label, content, "fb-chart__wide")


def spread(wanted: Sequence[float], sizes: Sequence[float], top: float) -> list[float]:
    """Tops as near to those wanted as can be, in the same order, none overlapping and none above the top.

    Those that would overlap are pooled and moved together (pool adjacent violators, for least squares).
    """
    before = list(accumulate(sizes, initial=0.0))[:-1]
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, before, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            other, many = pools.pop()
            total, count = total + other, count + many
        pools.append((total, count))
    packed = [total / count for total, count in pools for _ in range(count)]
    return [max(at, top) + offset for at, offset in zip(packed, before, strict=True)]


def _lines(moment: Moment) -> tuple[str, ...]:
    return broken(moment.ref.title, _ROOM, bold=moment.of_measure)


def _size(moment: Moment) -> float:
    return svg.LINE * (1 + len(_lines(moment))) + _BETWEEN


def _leader(at: float, to: float, said: bool) -> str:
    """From the mark to the words."""
    side = 1 if said else -1
    return f"M{number(_MIDDLE + side * (_RAIL + 6))} {number(at)}L{number(_MIDDLE + side * (_OFF - 8))} {number(to)}h{4 * side}"


def _words(moment: Moment, href: Href, top: float, said: bool) -> Markup:
    x, anchor = (_MIDDLE + _OFF, "") if said else (_MIDDLE - _OFF, "end")
    when = svg.words(x, top + 13, broken(moment.when, _ROOM, SMALL)[:1], "t-note", anchor)
    return when + svg.linked(
        moment.ref,
        href,
        svg.words(x, top + 13 + svg.LINE, _lines(moment), "t-accent" if moment.of_measure else "", anchor),
    )


def _mark(moment: Moment, top: float, foot: float) -> Markup:
    """Round, or square for what began or changed a measure; long where the day is not known."""
    x = _MIDDLE + (_RAIL if moment.said else -_RAIL)
    class_, round_ = ("g-accent", None) if moment.of_measure else ("g-ink", 5.0)
    return svg.rect(x - 5, top - 5, 10, max(foot - top, 0.0) + 10, class_, rx=round_)


def _years(years: Sequence[int], y: Callable[[date], float], tall: float) -> list[Markup]:
    every = next((step for step in (1, 2, 5, 10, 25) if tall / len(years) * step >= 20), 50)
    return [svg.words(_MIDDLE, y(date(year, 1, 1)) + 4, [str(year)]) for year in years if year % every == 0]
