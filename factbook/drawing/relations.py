"""Relations as SVG: boxes in columns with lines between them when wide, a rail of boxes when narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from factbook.drawing import svg
from factbook.drawing.layout import Placed, placed
from factbook.drawing.letters import SMALL, broken
from factbook.drawing.svg import Href, number
from factbook.pages.charts.relations import Box, RelationsChart

_COLUMNS = (
    (176.0, 36.0),
    (126.0, 24.0),
    (116.0, 20.0),
    (108.0, 20.0),
    (100.0, 18.0),
    (92.0, 16.0),
    (84.0, 16.0),
)
"""Widths of boxes and gaps to try, the widest first, until all columns fit."""
_PAD = 6.0


def relations(chart: RelationsChart, href: Href) -> Markup:
    """The chart, wide and narrow."""
    return _columns(chart, href, svg.WIDE, star=True) + _rail(chart, href)


def network(chart: RelationsChart, href: Href) -> Markup:
    """All at once, only wide, on a page without an infobox: on a phone its list serves."""
    return _columns(chart, href, 660.0, star=False)


def _columns(chart: RelationsChart, href: Href, across: float, *, star: bool) -> Markup:
    incoming = {source for source, _ in chart.lines}
    out, into = (Counter(line[end] for line in chart.lines) for end in (0, 1))
    ends = [max(out[position], into[position]) for position in range(len(chart.boxes))]
    for width, between in _COLUMNS:
        drawn = [
            _Box(box, width, before=position not in incoming, ends=ends[position])
            for position, box in enumerate(chart.boxes)
        ]
        sizes = [(width, each.height) for each in drawn]
        layout = placed(sizes, chart.lines, between=between, apart=12, star=star)
        if layout.width <= across:
            break
    across = max(across, float(layout.width))
    shift = (across - layout.width) / 2
    boxes = [each.drawn(x + shift, y + 1, href) for each, (x, y) in zip(drawn, layout.corners, strict=True)]
    content = _lines(layout, shift) + svg.joined(boxes)
    return svg.drawing(across, layout.height + 2, chart.label, content, "fb-chart__wide")


def _lines(layout: Placed, shift: float) -> Markup:
    ways, heads = [], []
    for points in layout.lines:
        corners = [(x + shift, y + 1) for x, y in points]
        ways.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners))
        (before, _), (x, y) = corners[-2], corners[-1]
        heads.append(_head(x, y, 1 if x >= before else -1))
    return svg.path(ways, "g-edge") + svg.path(heads, "g-soft")


def _head(x: float, y: float, along: int) -> str:
    """The head of an arrow that ends here, pointing right (1) or left (-1)."""
    return f"M{number(x)} {number(y)}l{-8 * along} -4v8z"


def _rail(chart: RelationsChart, href: Href) -> Markup:
    """The middle on top, then a box a tie on a rail; what is tied to one of those stands on a rail of its own."""
    middle = _Box(chart.boxes[0], 250.0, before=True)
    parts, rails, heads = [middle.drawn(0, 1, href)], [], []
    y = middle.height + 10
    reached, foot = {0}, middle.height
    nested: dict[int, list[tuple[int, bool]]] = {}
    for source, target in chart.lines:
        other, hub, into = (target, source, True) if source in (0,) else (source, target, False)
        nested.setdefault(hub, []).append((other, into))

    def hang(hub: int, x: float, start: float) -> None:
        nonlocal y, foot
        last = start
        for other, into in nested.get(hub, ()):
            if other in reached:
                continue
            reached.add(other)
            box = _Box(chart.boxes[other], svg.NARROW - x - 28, before=into)
            at = y + box.height / 2
            rails.append(f"M{number(x)} {number(at)}h{number(28)}")
            heads.append(_head(x + 28, at, 1) if into else _head(x, at, -1))
            parts.append(box.drawn(x + 28, y, href))
            last = at
            y += box.height + 8
            foot = y - 8
            hang(other, x + 28 + 14, y - 8)
        if last > start:
            rails.append(f"M{number(x)} {number(start)}V{number(last)}")

    hang(0, 14.0, middle.height + 1)
    content = svg.path(rails, "g-edge") + svg.path(heads, "g-soft") + svg.joined(parts)
    return svg.drawing(svg.NARROW, foot + 2, chart.label, content, "fb-chart__narrow")


class _Box:
    """A box with its words broken into lines."""

    def __init__(self, box: Box, width: float, *, before: bool, ends: int = 1) -> None:
        self.box = box
        self.width = width
        room = width - 2 * _PAD
        ties = [line for words in box.words for line in broken(words, room, SMALL)]
        names = broken(box.ref.title, room, bold=box.kind == "self")
        self.lines: Sequence[tuple[str, bool]] = [
            *((line, True) for line in ties if before),
            *((line, False) for line in names),
            *((line, True) for line in ties if not before),
        ]
        self.before = before
        self.ties, self.names = ties, names
        self.height = max(svg.LINE * len(self.lines) + 12, 10.0 * ends + 8)

    def drawn(self, x: float, y: float, href: Href) -> Markup:
        """The box with its upper left corner at x, y; its name is the link."""
        kinds = {
            "self": "g-box g-box--self",
            "measure": "g-box g-box--measure",
            "regime": "g-box g-box--regime",
        }
        shape = svg.rect(x, y, self.width, self.height, kinds.get(self.box.kind, "g-box"))
        at = y + (self.height - svg.LINE * len(self.lines)) / 2 + 13
        name_at = at + svg.LINE * len(self.ties) if self.before else at
        ties_at = at if self.before else at + svg.LINE * len(self.names)
        class_ = "t-paper" if self.box.kind == "self" else ""
        name = svg.words(x + _PAD, name_at, self.names, class_)
        if self.box.kind == "self":
            return shape + name
        ties = svg.words(x + _PAD, ties_at, self.ties, "t-note") if self.ties else Markup("")
        return shape + ties + svg.linked(self.box.ref, href, name)
