"""Giving a sheet another id: what changes in which file, worked out in full before anything is written.

Only the characters of the references change; comments, layout and everything else stay, but that a file in the one layout is
kept in it. An anchor that is made of the id
(`imposed-by.price-board`) changes with it, and so does whatever names that anchor. Writing is `journal`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from factbook.editing import coverage
from factbook.editing.journal import Change
from factbook.editing.order import position_of
from factbook.editing.references import Reference, Span, fields, references
from factbook.editing.scalars import Scalar, scalars
from factbook.editing.sheet_files import SheetFile, laid_out_text
from factbook.editing.texts import read_file
from factbook.frozen import frozen
from factbook.loading.loaded import LoadedSheet
from factbook.loading.sheets import Loaded
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.walking import anchors_made_of
from factbook.yaml_text import Spot


@frozen
class Renaming:
    """Everything that a renaming changes."""

    changes: tuple[Change, ...]
    rewritten: dict[str, int]
    """How many references change in each file, by its path as it will be."""
    moved: tuple[tuple[str, str], ...]
    """Files that move: the sheet, and the capture of a source."""
    anchors: tuple[tuple[str, str, str], ...]
    """Anchors that change with the id: the sheet, the old one and the new one."""


def rename(loaded: Loaded, old: str, new: str) -> Renaming:
    """The renaming of a sheet that exists to an id that is free. Every file has been loaded without a fault."""
    sheets = (*loaded.sheets, *loaded.pages)
    anchors = {sheet.id: changed for sheet in sheets if (changed := anchors_made_of(sheet.sheet, old, new))}
    root = loaded.settings.root
    changes: list[Change] = []
    rewritten: dict[str, int] = {}
    moved: list[tuple[str, str]] = []
    for sheet in sheets:
        file = read_file(root / sheet.path)
        edits = _edits(sheet, file.text, old, new, anchors)
        count = len(edits)
        path = sheet.path
        if sheet.id == old:
            edits += _own(sheet, file.text, old, new)
            path = str(Path(sheet.path).with_stem(new))
            moved.append((sheet.path, path))
        if edits:
            text = _laid_out(sheet, file.text, _edited(file.text, edits))
            changes += _changes(sheet.path, path, (root / sheet.path).read_bytes(), file.encoded(text))
        if count:
            rewritten[path] = count
    for path in coverage.tables(root):
        file = read_file(root / path)
        edits = [
            edit
            for reference in coverage.references(file.text)
            for edit in _reference(reference, old, new, anchors.get(reference.id, {}))
        ]
        if edits:
            data = file.encoded(_edited(file.text, edits))
            changes += _changes(path, path, (root / path).read_bytes(), data)
            rewritten[path] = len(edits)
    for stone in loaded.withdrawn:
        if stone.stone.withdrawn.instead == old:
            file = read_file(root / stone.path)
            span = _span(scalars(file.text)[("withdrawn", "instead")], 0)
            text = _edited(file.text, [(span, new)])
            changes += _changes(stone.path, stone.path, (root / stone.path).read_bytes(), file.encoded(text))
            rewritten[stone.path] = 1
    if old in loaded.captures:
        folder = f"{loaded.settings.content}/captures"
        data = (root / folder / f"{old}.txt").read_bytes()
        moved.append((f"{folder}/{old}.txt", f"{folder}/{new}.txt"))
        changes += _changes(*moved[-1], data, data)
    listed = [
        (new if id == old else id, *pair)
        for id, changed in sorted(anchors.items())
        for pair in changed.items()
    ]
    return Renaming(tuple(changes), rewritten, tuple(moved), tuple(listed))


def _changes(path: str, new_path: str, before: bytes, after: bytes) -> list[Change]:
    if path == new_path:
        return [Change(path, before, after)]
    return [Change(path, before, None), Change(new_path, None, after)]


def _laid_out(sheet: LoadedSheet, before: str, after: str) -> str:
    """The new text; laid out, where the old one was, since an id of another length moves the ends of lines."""
    model = None if isinstance(sheet.sheet, Briefing | PlainPage) else type(sheet.sheet)
    file = SheetFile(sheet.path, model)
    if laid_out_text(file, before) != before:
        return after
    laid = laid_out_text(file, after)
    return laid if isinstance(laid, str) else after


Edit = tuple[Span, str]


def _edited(text: str, edits: list[Edit]) -> str:
    for span, put in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: span.start] + put + text[span.end :]
    return text


def _edits(
    sheet: LoadedSheet, text: str, old: str, new: str, anchors: dict[str, dict[str, str]]
) -> list[Edit]:
    """The references to the sheet, and those to anchors that change with its id."""
    edits: list[Edit] = []
    if old in text or anchors:
        for reference in references(sheet, text):
            edits += _reference(reference, old, new, anchors.get(reference.id, {}))
    if changed := anchors.get(sheet.id):
        edits += _own_anchors(sheet, text, changed)
    return edits


def _reference(reference: Reference, old: str, new: str, changed: dict[str, str]) -> Iterator[Edit]:
    if reference.id == old:
        yield reference.span, new
    if reference.anchor_span and reference.anchor in changed:
        yield reference.anchor_span, changed[reference.anchor]


def _own_anchors(sheet: LoadedSheet, text: str, changed: dict[str, str]) -> Iterator[Edit]:
    """The anchors that a sheet's own waivers and notes of change name."""
    values, offset = fields(sheet, text)
    for path, value in values.items():
        if path[0] in ("waivers", "changes") and path[-1] == "anchor" and value.value in changed:
            yield _span(value, offset), changed[value.value]


def _own(sheet: LoadedSheet, text: str, old: str, new: str) -> list[Edit]:
    """What changes in the renamed sheet itself: its id, where it is given, and its former ids."""
    values, offset = fields(sheet, text)
    edits: list[Edit] = []
    if ("id",) in values:
        edits.append((_span(values[("id",)], offset), new))
    former = {path: value for path, value in values.items() if path[0] == "former_ids"}
    taken_back = [value for value in former.values() if value.value == new]
    if taken_back:  # it goes back to an id that it had: that one becomes free, and this one former
        edits.append((_span(taken_back[0], offset), old))
    elif former:
        last = list(former.values())[-1]
        line = text.rfind("\n", 0, offset + last.start) + 1
        indent = text[line : offset + last.start]
        end = offset + last.end
        put = f"\n{indent}{old}" if indent.strip() == "-" else f", {old}"
        edits.append((Span(end, end), put))
    elif ("former_ids",) in sheet.spots:  # there, and empty
        start = _offset(text, sheet.spots[("former_ids",)])
        edits.append((Span(start, text.index("]", start) + 1), f"[{old}]"))
    else:
        edits.append(_new_field(sheet, text, old))
    return edits


def _new_field(sheet: LoadedSheet, text: str, old: str) -> Edit:
    """`former_ids` where it belongs among the sheet's fields: before the first field after it, and the comment above that one."""
    model = type(sheet.sheet)
    wanted = position_of(model, "former_ids")
    later = [
        spot
        for path, spot in sheet.spots.items()
        if len(path) == 1 and position_of(model, str(path[0])) > wanted
    ]
    first = min(later, key=lambda spot: (spot.key_line, spot.key_column))
    start = _offset(text, Spot(first.key_line, first.key_column, first.key_line, first.key_column))
    if first.key_column > 1:  # the whole sheet stands in braces
        return Span(start, start), f"former_ids: [{old}], "
    lines = text[:start].split("\n")[:-1]
    above = next((n for n, line in enumerate(reversed(lines)) if not line.startswith("#")), None)
    if above:  # what reaches up to the top of the file is about the whole of it
        start -= sum(len(line) + 1 for line in lines[-above:])
    return Span(start, start), f"former_ids:\n  - {old}\n"


def _offset(text: str, spot: Spot) -> int:
    """Where in the text the value of a field stands."""
    at = 0
    for _ in range(spot.line - 1):
        at = text.index("\n", at) + 1
    return at + spot.column - 1


def _span(value: Scalar, offset: int) -> Span:
    start = offset + value.offset_of(0)
    return Span(start, start + len(value.value.strip()))
