"""Charts as SVG: from a view of `pages.charts` and the addresses of its links. Pure; colours are left to the stylesheet."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from factbook.drawing.answers import columns, score
from factbook.drawing.in_force import in_force
from factbook.drawing.relations import network, relations
from factbook.drawing.timeline import timeline

DRAWINGS: dict[str, Callable[..., Markup]] = {
    "columns": columns,
    "in_force": in_force,
    "network": network,
    "relations": relations,
    "score": score,
    "timeline": timeline,
}
"""What templates can ask for: `{{ draw.in_force(view, href) }}`."""
