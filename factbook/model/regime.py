"""Regimes: bodies of rules that measures are taken under, and the lists kept under them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from factbook.model.records import Basis, DatedFact, Fact, Imposer, Status, TextFact
from factbook.model.sheet import TitledSheet
from factbook.model.values import Id, Keyword, Line, Prose


class Section(Fact):
    """One numbered section of a regime, e.g. 235(a)(3)."""

    id: Id
    at: Line
    """As the text itself numbers it."""
    title: Line | None = None
    text: Prose
    """What it says, in our words."""


class Regime(TitledSheet):
    """A statute, order, framework, guidance or list, e.g. the Tide Act or the Tide Register."""

    COLLECTION: ClassVar[str] = "regimes"

    kind: Annotated[Literal["statute", "order", "framework", "guidance", "list"], Keyword("regime-kinds")]
    also_called: tuple[Line, ...] = ()
    issued_by: tuple[Imposer, ...] = ()
    reference: tuple[TextFact, ...] = ()
    """Its official citation, e.g. Public Law 115-44."""
    under: tuple[Basis, ...] = ()
    """The regime it rests on, e.g. a list under a statute."""
    dates: tuple[DatedFact, ...] = ()
    status: tuple[Status, ...]
    sections: tuple[Section, ...] = ()
    ways_out: tuple[TextFact, ...] = ()
    not_covered: tuple[TextFact, ...] = ()
