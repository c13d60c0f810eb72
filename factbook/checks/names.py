"""Names: a garbled form is searchable and never shown as the name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined
from factbook.model.sheet import NamedSheet, display_name
from factbook.problems import Problem


def garbled(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Sheets that would show a garbled form as the name. Code: garbled-display-name."""
    named = sheet.sheet
    if not isinstance(named, NamedSheet):
        return
    shown = display_name(named.names, "en")
    if shown.kind == "garbled":
        yield sheet.problem(
            "garbled-display-name",
            f'The page would be headed "{shown.text}", a garbled form. Add the name as it is, with "kind: official" or "kind: native".',
            ("names", named.names.index(shown), "kind"),
        )
