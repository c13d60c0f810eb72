"""“May I?”, what a page of answers shows: the targets, what was heard of each, the days, the ways out."""

from __future__ import annotations

from datetime import date

from factbook.frozen import frozen
from factbook.pages.measure import ThresholdView
from factbook.pages.page import FactView, PageRef, StateView


@frozen
class TargetView:
    """One with whom."""

    anchors: tuple[str, ...]
    """Its place, and the places it had under former ids."""
    name: str
    ref: PageRef | None
    """Its own page; None for a group."""


@frozen
class HeardView:
    """Something that a measure says of the question, with its evidence."""

    standing: str
    holds: str
    """What it is while it holds."""
    what: PageRef
    measure: PageRef
    binds: str
    text: FactView
    threshold: ThresholdView | None
    exceptions: tuple[FactView, ...]
    state: StateView


@frozen
class OtherView:
    """A provision about the same target that does not bind here."""

    what: PageRef
    measure: PageRef
    why: str
    binds: str
    act: str
    state: StateView


@frozen
class IntervalView:
    """The answer for some days."""

    first: date | None
    last: date | None
    verdict: str
    by: tuple[PageRef, ...]
    """What binds, else what burdens; where nothing does, what is felt."""
    unknown: tuple[PageRef, ...]
    """Of what it is not known whether it held."""
    seen: date | None
    """The day on which that was last seen in force, where the days are later."""


@frozen
class WaysOutView:
    """How one gets out of a measure that binds."""

    measure: PageRef
    ways: tuple[FactView, ...]


@frozen
class AnswerView:
    """The answer with regard to some targets that share it."""

    targets: tuple[TargetView, ...]
    verdict: str
    binding: tuple[HeardView, ...]
    burdening: tuple[HeardView, ...]
    reaching: tuple[HeardView, ...]
    left: tuple[HeardView, ...]
    unknown: tuple[HeardView, ...]
    past: tuple[OtherView, ...]
    """Rules on this very question that did not hold on the day."""
    others: tuple[OtherView, ...]
    ways_out: tuple[WaysOutView, ...]
    intervals: tuple[IntervalView, ...]
    seen: date | None
    """The last day on which what binds, or else burdens, was seen in force, where nobody has seen it on the day of the answer."""

    @property
    def above(self) -> ThresholdView | None:
        """The threshold, where nothing binds or burdens but above it."""
        found = [each.threshold for each in self.binding or self.burdening]
        return found[0] if len(found) == 1 else None


@frozen
class RowView:
    """One with whom, with what the answer rests on."""

    target: TargetView
    what: tuple[PageRef, ...]


@frozen
class ListView:
    """Those with the same verdict, where there are too many to tell each in full."""

    verdict: str
    seen: date | None
    rows: tuple[RowView, ...]


@frozen
class MayIAnswerPage:
    """What is answered to somebody about an act."""

    one: str
    act: str
    on: date
    definitions: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    lists: tuple[ListView, ...]
    """Instead of the answers, where there are many."""
    recorded_of: tuple[str, ...]
    """Of whom the act is recorded, where nothing is answered."""
    more: tuple[PageRef, ...]
    """What else the same people ask."""
    others: tuple[PageRef, ...]
    """Who else asks the same."""
