"""Terms: the words of the field, each with one meaning."""

from __future__ import annotations

from typing import Annotated, ClassVar

from factbook.model.records import Name, Record
from factbook.model.sheet import TitledSheet
from factbook.model.values import Line, Prose, Reference, RefTo


class Confusable(Record):
    """A neighbour that it is mistaken for, and the difference."""

    KEY = ("term",)

    term: Annotated[Reference, RefTo("terms", "not_to_be_confused_with")]
    """The other term."""
    difference: Line
    """What parts the two, in a sentence."""


class Term(TitledSheet):
    """E.g. blocking; designation; significant transaction."""

    COLLECTION: ClassVar[str] = "terms"

    names: tuple[Name, ...] = ()
    """Other forms and other languages."""
    definition: Prose
    """What the word means here, in a sentence or two."""
    confused_with: tuple[Confusable, ...] = ()
    """Terms that it is mistaken for."""
    see: tuple[Annotated[Reference, RefTo("*", "explained_by")], ...] = ()
    """Sheets that show what it means."""
