"""Each collection as a table that a spreadsheet opens: a row a sheet, a column a field; and the way back for its cells.

A block of fields becomes columns of its own (`origin.value`); a list becomes one cell, its items parted by ` | `, of blocks what
tells them apart (their ids). The whole of a sheet is in its JSON. A cell that a spreadsheet would take for a formula starts with
an apostrophe, which `read_table` takes off again. Source: RFC 4180; OWASP, "CSV injection".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from factbook.catalogue import Catalogue
from factbook.exports.fields import fields_of
from factbook.loading.loaded import LoadedSheet
from factbook.model.collections import ALL
from factbook.model.records import Record
from factbook.pages.addresses import address_of

BOM = "\ufeff"
"""Stands before the head: without it, spreadsheets on Windows read Işıl as IÅŸÄ±l."""
BETWEEN = " | "
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_OWN = ("id", "title", "page")
"""The first columns of each table."""


def head(collection: str) -> bytes:
    """The line of the names of columns."""
    return (BOM + _line([*_OWN, *columns(ALL[collection].model)])).encode()


def row(loaded: LoadedSheet, _catalogue: Catalogue) -> bytes:
    """The line of a sheet."""
    sheet = loaded.sheet
    cells = dict(_cells(sheet))
    own = [sheet.id, sheet.title_text, address_of(loaded.collection, sheet.id)]
    named = columns(ALL[loaded.collection].model)
    return _line([*own, *(cells.get(name, "") for name in named)]).encode()


def read_table(text: str) -> list[dict[str, str]]:
    """The rows of a table, each cell as it was before it was made harmless."""
    found = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    names, *rows = ([_as_it_was(cell) for cell in cells] for cells in found)
    return [dict(zip(names, cells, strict=True)) for cells in rows]


@cache
def columns(model: type[Record], above: str = "") -> tuple[str, ...]:
    """The names of the columns of a kind of sheet, in the order of its fields."""
    found: list[str] = []
    for field in fields_of(model):
        name = f"{above}{field.name}"
        if isinstance(field.form, type) and not field.many:
            found += columns(field.form, f"{name}.")
        elif name not in _OWN:
            found.append(name)
    return tuple(found)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(record: Record, above: str = "") -> Iterator[tuple[str, str]]:
    names = {info.alias or name: name for name, info in type(record).model_fields.items()}
    for field in fields_of(type(record)):
        value = getattr(record, names[field.name])
        name = f"{above}{field.name}"
        if isinstance(value, Record):
            yield from _cells(value, f"{name}.")
        elif isinstance(value, tuple):
            yield name, BETWEEN.join(map(_in_short, value))
        elif value is not None:
            yield name, _plain(value)


def _in_short(item: Any) -> str:
    """An item of a list: a value, or what tells a block of fields from its neighbours."""
    if not isinstance(item, Record):
        return _plain(item)
    names = item.KEY or tuple(type(item).model_fields)[:1]
    return " ".join(_plain(value) for name in names if (value := getattr(item, name)) is not None)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line(cells: list[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()
