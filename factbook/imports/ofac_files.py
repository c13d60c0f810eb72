"""OFAC's list files in their old form: a file of records, one of other names, one of addresses, joined by number.

Each is told by its number of columns. The office's own files have no header line, `-0-` for an empty field and `A] [B` for two
programmes; excerpts made from them may have a header, empty fields and `A|B`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from factbook.imports.listed import (
    Listed,
    ListedName,
    Naming,
    UnreadableListError,
    cleaned,
    country_of,
    is_number,
    script_of,
)
from factbook.imports.remarks import read_remarks

RECORDS, OTHER_NAMES, ADDRESSES = "records", "other names", "addresses"
FILES = {12: RECORDS, 5: OTHER_NAMES, 6: ADDRESSES}
"""What a file is, by its number of columns."""
_EMPTY = "-0-"
_KINDS = {"individual": "person", "": None}
_NAME_KINDS = {"aka": "alias", "fka": "former", "nka": "alias"}


def file_kind(text: str) -> str | None:
    """Which of the three files a text is; None for none of them."""
    try:
        first = next(_fields(text), (0, [""]))[1]
        second = next(_rows(text), (0, [""]))[1]
    except csv.Error:
        return None
    is_known = first[0] == "ent_num" or is_number(second[0])
    return FILES.get(len(first)) if is_known else None


def read_file(text: str, shown: str, entries: dict[str, Listed]) -> str:
    """Adds what a file says to the entries; returns which file it is. Raises UnreadableListError with the line."""
    kind = file_kind(text)
    columns = next((number for number, name in FILES.items() if name == kind), 0)
    rows = _rows(text)
    while True:
        try:
            line, row = next(rows, (0, []))
        except csv.Error:
            raise UnreadableListError(
                f"{shown}: a field of this file is far too long, or holds what no text holds."
            ) from None
        if not row:
            return kind or ""
        if len(row) != columns or not is_number(row[0]):
            raise UnreadableListError(
                f"{shown}:{line}: {len(row)} columns, the first of them “{row[0][:20]}”. "
                f"Every line of a file of {kind} has {columns}, the first a number."
            )
        entry = entries.setdefault(row[0], Listed(row[0]))
        if kind == RECORDS:
            _record(row, entry)
        elif kind == OTHER_NAMES:
            entry.names.append(_name(row[3], _NAME_KINDS.get(row[2], "alias")))
        elif row[4] and (country := country_of(row[4])):
            entry.countries.add(country)


def finished(entries: dict[str, Listed]) -> None:
    """What can be said only when all files are read: of a person, no country is kept; names stand once each."""
    for entry in entries.values():
        if entry.kind == "person":
            entry.countries.clear()
        once: dict[str, ListedName] = {}
        for name in entry.names:
            once.setdefault(name.text, name)
        entry.names = list(once.values())


def _record(row: list[str], entry: Listed) -> None:
    _, name, sort, programmes, title = row[:5]
    if entry.complete:
        entry.items.clear()
    entry.complete = True
    entry.names.insert(0, _name(name, "official"))
    entry.kind = _KINDS.get(sort.lower())
    entry.thing = sort.lower() if sort.lower() not in _KINDS else None
    tags = [tag.strip() for tag in re.split(r"\]\s*\[|\|", programmes) if tag.strip()]
    entry.namings += [Naming(tag) for tag in tags if tag not in entry.programmes]
    entry.role = title or entry.role
    read_remarks(row[11], entry)


def _name(text: str, kind: str) -> ListedName:
    return ListedName(text, kind, script_of(text) or "Latn")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines, without header and without the sign that ends the office's own files."""
    for line, fields in _fields(text):
        if fields[0] != "ent_num":
            yield line, ["" if value == _EMPTY else value for value in fields]


def _fields(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    for row in reader:
        fields = [cleaned(value) for value in row]
        if any(fields):
            yield reader.line_num, fields
