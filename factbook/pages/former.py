"""What stood at addresses of today's pages before: facts that moved, were renamed with another sheet, or were taken out.

Each keeps its anchor, with a line that says where the fact stands now or why it is gone. Pages that moved or were withdrawn as a
whole are `kinds`'.
"""

from __future__ import annotations

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.walking import anchors_made_of


@frozen
class FormerAnchor:
    """An anchor that a fact of the page had."""

    anchor: str
    now: str = ""
    """The anchor of the fact today; empty where the fact is gone."""
    day: PartialDate | None = None
    """When it was moved or taken out, where the sheet says it."""
    reason: str = ""


def former_anchors(id: str, catalogue: Catalogue) -> tuple[FormerAnchor, ...]:
    """The anchors that a page had and facts of it no longer have, in order."""
    present = catalogue.anchors_of(id)
    found: dict[str, FormerAnchor] = {}
    for target in catalogue.targets_of(id):
        for old in catalogue.former_ids_of(target) if target in catalogue else ():
            # an anchor made of the id of another sheet follows its renaming
            for anchor, now in anchors_made_of(catalogue[id], target, old).items():
                if now not in present:
                    found[now] = FormerAnchor(now, anchor)
    for change in catalogue.glance(id).changes:
        stands = any(
            f"{anchor}.".startswith(f"{change.anchor}.") for anchor in present
        )  # itself, or facts below it
        if not stands and change.anchor != "sheet":
            now = change.now if change.now in present else ""
            found[change.anchor] = FormerAnchor(change.anchor, now or "", change.day, change.reason)
    return tuple(found[anchor] for anchor in sorted(found))


def lasting_anchors(id: str, catalogue: Catalogue) -> list[str]:
    """The anchors that others may have linked to: those of today's facts, and those that facts had before."""
    present = catalogue.fact_anchors_of(id)
    return sorted({*present, *(former.anchor for former in former_anchors(id, catalogue))})
