"""Charts as SVG: from a view of `pages.charts` and the addresses of its links. Pure; colours are left to the stylesheet."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from factbook.drawing import answers, in_force, relations, timeline

DRAWINGS: dict[str, Callable[..., Markup]] = {
    "columns": lambda *given: answers.columns(*given),
    "in_force": lambda *given: in_force.in_force(*given),
    "network": lambda *given: relations.network(*given),
    "relations": lambda *given: relations.relations(*given),
    "score": lambda *given: answers.score(*given),
    "timeline": lambda *given: timeline.timeline(*given),
}
"""What templates can ask for: `{{ draw.in_force(view, href) }}`. Their modules are read late."""
