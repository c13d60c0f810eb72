"""Regimes: bodies of rules that measures are taken under, and the lists kept under them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from factbook.model.records import Basis, DatedFact, Fact, Imposer, Status, TextFact
from factbook.model.sheet import TitledSheet
from factbook.model.values import Id, Keyword, Line, Prose


class Section(Fact):
    """One numbered section of a regime, e.g. 235(a)(3)."""

    id: Id
    """Tells this section from the others; part of its permanent address, and what measures point to."""
    at: Line
    """As the text itself numbers it."""
    title: Line | None = None
    """What it is about, in a few words. Absent: its number is enough."""
    text: Prose
    """What it says, in our words."""


class Regime(TitledSheet):
    """A statute, order, framework, guidance or list, e.g. the Tide Act or the Tide Register."""

    COLLECTION: ClassVar[str] = "regimes"

    kind: Annotated[Literal["statute", "order", "framework", "guidance", "list"], Keyword("regime-kinds")]
    """What sort of regime it is."""
    also_called: tuple[Line, ...] = ()
    """Other names and abbreviations."""
    issued_by: tuple[Imposer, ...] = ()
    """Who issued it, and what each of them did."""
    reference: tuple[TextFact, ...] = ()
    """Its official citation, e.g. Public Law 115-44."""
    under: tuple[Basis, ...] = ()
    """The regime it rests on, e.g. a list under a statute."""
    dates: tuple[DatedFact, ...] = ()
    """Dates that matter and are no events of their own."""
    status: tuple[Status, ...]
    """The state of play, the newest last."""
    sections: tuple[Section, ...] = ()
    """Its sections, as far as something here points to them."""
    ways_out: tuple[TextFact, ...] = ()
    """How one gets out of it: waivers, licences, ends."""
    not_covered: tuple[TextFact, ...] = ()
    """What it leaves out."""
