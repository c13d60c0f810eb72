"""Shapes that go with answers and outcomes: full, half, empty and dotted circles, a square. Their words stand beside them."""

from __future__ import annotations

from markupsafe import Markup

from factbook.drawing import svg
from factbook.drawing.svg import number
from factbook.pages.charts.answers import Mark


def mark(kind: Mark, x: float, y: float, radius: float) -> Markup:
    """A shape with its middle at x, y."""
    if kind == "square":
        return svg.rect(x - radius, y - radius, 2 * radius, 2 * radius, "g-open")
    classes = {"full": "g-ink", "half": "g-open", "empty": "g-open", "dotted": "g-open g-dotted"}
    circle = svg.element("circle", cx=x, cy=y, r=radius, class_=classes[kind])
    if kind == "half":
        r = number(radius)
        circle += svg.path(
            [f"M{number(x)} {number(y - radius)}a{r} {r} 0 0 0 0 {number(2 * radius)}z"], "g-ink"
        )
    return circle
