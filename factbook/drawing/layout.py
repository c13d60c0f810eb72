"""Where the boxes of a chart of relations stand and how lines run between them, from left to right.

The only module that knows the layout library (see handbook/decisions/charts.md). Whole units come out, so that no rounding of
another machine shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import graphlay

from factbook.frozen import frozen


@frozen
class Placed:
    """A layout: the upper left corner of each box, the corners of each line, and how large it all is."""

    corners: tuple[tuple[int, int], ...]
    lines: tuple[tuple[tuple[int, int], ...], ...]
    width: int
    height: int


def placed(
    sizes: Sequence[tuple[float, float]],
    lines: Sequence[tuple[int, int]],
    *,
    between: float,
    apart: float,
    star: bool,
) -> Placed:
    """The layout of boxes with these sizes and lines; `between` columns, and `apart` in a column at least.

    In a `star` lines that leave a box together run together: all are tied to one middle, so none can be mistaken.
    """
    graph = graphlay.Graph()
    for position, (width, height) in enumerate(sizes):
        graph.node(position, width=width, height=height)
    for source, target in lines:
        graph.edge(source, target)
    spacing = {
        "layer_gap": between,
        "node_gap": apart,
        "dummy_gap": apart,
        "isolated_gap": apart,
        "stub": 10.0,
        "port_gap": 9.0,
        "port_stroke_clear": 2.0,
        "bundle_lane_gap": 5.0,
    }
    routing = {
        "style": "orthogonal",
        "port_sides": "facing_only",
        "lane_gap": 5.0,
        "merge_edges": "both" if star else "joins",
    }
    options = {"direction": "leftright", "spacing": spacing, "routing": routing, "seed": 0}
    made = graphlay.layout(graph, options=options)
    left, top = made.bounds["min"]["x"], made.bounds["min"]["y"]
    return Placed(
        tuple(
            (
                round(node["center"]["x"] - size[0] / 2 - left),
                round(node["center"]["y"] - size[1] / 2 - top),
            )
            for node, size in zip(made.nodes, sizes, strict=True)
        ),
        tuple(
            tuple((round(point["x"] - left), round(point["y"] - top)) for point in edge["points"])
            for edge in made.edges
        ),
        round(made.bounds["max"]["x"] - left),
        round(made.bounds["max"]["y"] - top),
    )
