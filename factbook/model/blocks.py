"""The named blocks that prose may hold, and what each of their options takes."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from factbook.frozen import frozen
from factbook.model.values import RefTo


@frozen
class BlockKind:
    """One kind of block, e.g. `::: timeline about=price-cap from=2022`."""

    does: str
    options: dict[str, RefTo | Literal["date"]] = field(default_factory=dict)
    """What each option takes: ids (several joined by commas), or a date."""


BLOCKS: dict[str, BlockKind] = {
    "timeline": BlockKind(
        "Events in order, those about some sheets or all that matter most.",
        {
            "about": RefTo("*", "shown_in"),
            "events": RefTo("events", "shown_in"),
            "from": "date",
            "until": "date",
        },
    ),
    "stance-matrix": BlockKind(
        "Who answers a question how; without an option, the question of the page itself.",
        {"question": RefTo("briefings", "shown_in")},
    ),
    "scorecard": BlockKind(
        "Predictions and what came of them: those of some actors, or all.",
        {"of": RefTo("actors", "shown_in")},
    ),
    "relations": BlockKind("The ties of some actors.", {"of": RefTo("actors", "shown_in")}),
    "comparison": BlockKind("Measures side by side.", {"measures": RefTo("measures", "shown_in")}),
    "people": BlockKind("Actors with what they are, in a list.", {"actors": RefTo("actors", "shown_in")}),
    "statements": BlockKind(
        "Statements with their speakers and chains.", {"ids": RefTo("statements", "shown_in")}
    ),
}
