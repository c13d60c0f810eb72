"""Changes: a published value that is not what it was says why. What was published is told by the history, which is handed in."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, capital, examine, shortened
from factbook.model.change import SHEET, History, Unexplained, Words
from factbook.model.values import ProseMark
from factbook.model.walking import Path
from factbook.problems import Problem


def unexplained(catalogue: Catalogue, history: History) -> Iterator[Problem]:
    """Published values that changed, or went, without a line in `changes:`. Code: unexplained-change."""
    for change in history.unexplained:
        loaded = catalogue.sheets[change.sheet]
        sheet = examine(loaded)
        yield Problem(
            "unexplained-change",
            loaded.place(_path(sheet, change.edit.anchor)),
            f'{capital(_what(change))} since {change.day}, and "changes" does not say why. {_cure(sheet)}',
            change.edit.anchor,
            _lines(sheet, change),
        )


def _what(change: Unexplained) -> str:
    was, now = _said(change.edit.was), _said(change.edit.now)
    if change.edit.what == "removed":
        return f'"{change.edit.anchor}" was published as “{was}” and is gone'
    return (
        f'"{change.edit.anchor}" was published as “{was}” and is “{now}”'
        if now
        else (f'"{change.edit.anchor}" was published with “{was}” and is without')
    )


def _said(words: Words) -> str:
    """Some fields on one line; the name of a field only where there are several."""
    if len(words) == 1:
        return shortened(words[0][1])
    return shortened("; ".join(f"{name}: {text}" for name, text in words))


def _cure(sheet: Examined) -> str:
    if sheet.sheet.changes:
        return "Paste these lines at the end of that list, and write the reason for readers:"
    return "Paste these lines into the sheet, and write the reason for readers:"


def _lines(sheet: Examined, change: Unexplained) -> str:
    """The entry of `changes:` that is missing, all but its reason."""
    gone = change.edit.what == "removed"
    kind = "status" if change.edit.anchor.startswith("status.") else "retracted" if gone else "corrected"
    lines = [
        *([] if sheet.sheet.changes else ["changes:"]),
        f"  - day: {change.day}",
        f"    anchor: {_left(sheet, change.edit.anchor) if gone else change.edit.anchor}",
        f"    kind: {kind}  # changed, corrected, retracted or status",
        "    weight: major  # or minor",
        "    reason: ",
    ]
    return "\n".join(lines).rstrip()


def _left(sheet: Examined, anchor: str) -> str:
    """The nearest part around a fact that is gone; `sheet` where nothing is left of it."""
    there = _paths(sheet)
    while "." in anchor:
        anchor = anchor.rpartition(".")[0]
        if anchor in there:
            return anchor
    return SHEET


def _path(sheet: Examined, anchor: str) -> Path:
    """Where a fact stands in the sheet; of one that is gone, the part around it, or the top."""
    there = _paths(sheet)
    while anchor not in there:
        if "." not in anchor:
            field = anchor.replace("-", "_")
            return (field,) if (field,) in sheet.loaded.spots else ()
        anchor = anchor.rpartition(".")[0]
    return there[anchor]


def _paths(sheet: Examined) -> dict[str, Path]:
    """Where each fact of the sheet stands, and each field of prose, by anchor."""
    marked = {found.anchor: found.path for found in sheet.found if isinstance(found.mark, ProseMark)}
    return marked | {found.anchor: path for path, found in sheet.facts.items()}
