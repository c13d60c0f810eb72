"""From files to sheets, pages of prose and captures; every fault of every file is told, with its place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from factbook.frozen import frozen
from factbook.loading.faults import faults
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, Found, read_data, text_of
from factbook.loading.levels import fields_of, needed_of
from factbook.loading.lists import read_vocabularies
from factbook.loading.loaded import LoadedSheet, LoadedTombstone, Spots
from factbook.loading.settings import Settings
from factbook.loading.survey import PROSE, survey
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.nouns import a
from factbook.model.sheet import Tombstone
from factbook.model.values import check_id, id_meant
from factbook.model.vocabularies import Vocabulary
from factbook.model.wordings import Phrase
from factbook.problems import Place, Problem
from factbook.yaml_text import Parsed, hidden_in, parse


@frozen
class Reading:
    """What one file gave: its sheet, or why there is none."""

    sheet: LoadedSheet | None
    problems: tuple[Problem, ...] = ()
    withdrawn: LoadedTombstone | None = None
    """What is left of a sheet that was taken back."""


@dataclass
class Loaded:
    """Everything that could be read, and everything that was wrong."""

    settings: Settings
    sheets: list[LoadedSheet] = field(default_factory=list)
    """By collection in their order, then by id."""
    pages: list[LoadedSheet] = field(default_factory=list)
    """Briefings and plain pages, by id."""
    withdrawn: list[LoadedTombstone] = field(default_factory=list)
    """Sheets and pages that were taken back, in the order in which they were read."""
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """Phrase lists by name, e.g. `assertions`."""
    captures: dict[str, str] = field(default_factory=dict)
    """Passages by the id of their source."""
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """Sheets that exist and could not be read: id and collection. References to them are no fault of their own."""


def load(settings: Settings) -> Loaded:
    """Reads a whole publication; every fault of every file is among the problems."""
    found = survey(settings)
    listed = read_vocabularies(found)
    loaded = Loaded(
        settings,
        vocabularies=listed.vocabularies,
        phrases=listed.phrases,
        problems=[*found.problems, *listed.problems],
        unread=dict(found.unread),
    )
    for collection, file in found.sheets:
        reading = read_file(collection, file)
        loaded.problems.extend(reading.problems)
        if reading.withdrawn:
            loaded.withdrawn.append(reading.withdrawn)
        elif reading.sheet is None:
            loaded.unread[id_meant(file.stem) or file.stem] = collection
        elif collection == PROSE:
            loaded.pages.append(reading.sheet)
        else:
            loaded.sheets.append(reading.sheet)
    for file in found.captures:
        text = read_capture(file)
        if isinstance(text, Problem):
            loaded.problems.append(text)
        else:
            loaded.captures[file.stem] = text
    return loaded


def read_capture(found: Found) -> str | Problem:
    """The passages of a capture, or why there are none: codes of `read_data`, `not-utf-8`, `hidden-character`."""
    data = read_data(File(found.file), found.path, PAGE_SIZE)
    return data if isinstance(data, Problem) else capture_of(data, found.path)


def capture_of(data: bytes, path: str) -> str | Problem:
    """The same from what its file holds."""
    text = text_of(data, path)
    return text if isinstance(text, Problem) else hidden_in(text, path) or text


def read_file(collection: str, found: Found) -> Reading:
    """A sheet or a page of prose as it lies on disk."""
    data = read_data(File(found.file), found.path, PAGE_SIZE if collection == PROSE else SHEET_SIZE)
    return Reading(None, (data,)) if isinstance(data, Problem) else read_sheet(collection, found, data)


def read_sheet(collection: str, found: Found, data: bytes) -> Reading:
    """A sheet or a page of prose from what its file holds."""
    text = text_of(data, found.path)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    problems: list[Problem] = []
    if collection == PROSE:
        page = _page(found.stem, found.path, text, problems)
        if isinstance(page, LoadedTombstone):
            return Reading(None, tuple(problems), page)
        sheet = page
    else:
        kind = COLLECTIONS[collection]
        parsed = parse(text, found.path)
        if _is_withdrawn(parsed):
            gone = _tombstone(found.stem, collection, found.path, parsed, problems)
            return Reading(None, tuple(problems), gone)
        model = _sheet(found.stem, found.path, parsed, kind.model, kind.one, problems)
        sheet = (
            LoadedSheet(model, collection, found.path, Spots(text, found.path, 1, parsed.spots))
            if model
            else None
        )
    return Reading(sheet, tuple(problems))


def _sheet(
    stem: str, path: str, parsed: Parsed, model: type[Any], one: str, problems: list[Problem], **more: Any
) -> Any:
    problems.extend(parsed.problems)
    try:
        check_id(stem)
    except Exception as error:  # pydantic's error type has no public base besides ValueError
        problems.append(Problem("bad-id", Place(path), f'The file is called "{stem}". {error} Rename it.'))
        return None
    if parsed.value is None:
        return None
    if not isinstance(parsed.value, dict):
        problems.append(
            Problem("wrong-type", Place(path, 1, 1), 'A sheet is a list of fields, each as "name: value".')
        )
        return None
    for name in more:  # what the engine adds cannot be written
        if name in parsed.value:
            spot = parsed.spots[(name,)]
            problems.append(
                Problem(
                    "unknown-field",
                    Place(path, spot.key_line, spot.key_column),
                    f'"{name}" is not a field of a {one}. What the page says stands below its fields, after the second line "---".',
                )
            )
    given = parsed.value.get("id")
    if given is not None and not isinstance(given, str):
        spot = parsed.spots[("id",)]
        problems.append(
            Problem("wrong-type", Place(path, spot.line, spot.column), "id: One text belongs here.")
        )
    if isinstance(given, str) and given != stem:
        spot = parsed.spots[("id",)]
        problems.append(
            Problem(
                "id-differs",
                Place(path, spot.line, spot.column),
                f'The id is "{given}" and the file is called "{stem}.yml". Make them the same, or remove the line.',
            )
        )
    try:
        return model.model_validate({**parsed.value, "id": stem, **more})
    except ValidationError as error:
        if elsewhere := _of_another_collection(stem, parsed, model):
            cure = f"These are the fields of {a(COLLECTIONS[elsewhere].one)}. Move the file to the folder {elsewhere}/."
            problems.append(Problem("misplaced-file", Place(path), cure))
            return None
        problems.extend(faults(error, model, parsed, path, one))
        return None


def _of_another_collection(stem: str, parsed: Parsed, model: type[Any]) -> str:
    """The collection in which a sheet that is wrong here would be right; empty where there is none."""
    for name, kind in COLLECTIONS.items():
        if kind.model is not model and isinstance(parsed.value, dict):
            try:
                kind.model.model_validate({**parsed.value, "id": stem})
            except ValidationError:
                continue
            return name
    return ""


def _is_withdrawn(parsed: Parsed) -> bool:
    return isinstance(parsed.value, dict) and "withdrawn" in parsed.value


def _tombstone(
    stem: str, collection: str, path: str, parsed: Parsed, problems: list[Problem]
) -> LoadedTombstone | None:
    """What is left of a sheet that says it was withdrawn: nothing but when, why, and what stood there."""
    fields = parsed.value if isinstance(parsed.value, dict) else {}
    left = [
        name
        for name in fields
        if name in fields_of(ALL[collection].model, ()) and name not in fields_of(Tombstone, ())
    ]
    if left:
        spot = parsed.spots[(left[0],)]
        cure = f'Of a withdrawn sheet "title:" and "withdrawn:" alone are left. Take out: {", ".join(left)}.'
        problems.append(Problem("unknown-field", Place(path, spot.key_line, spot.key_column), cure))
        parsed = replace(parsed, value={name: value for name, value in fields.items() if name not in left})
    stone = _sheet(stem, path, parsed, Tombstone, "withdrawn sheet", problems)
    return LoadedTombstone(stone, collection, path, parsed.spots) if stone else None


_ASKED = [name for name in needed_of(PlainPage) if name != "id"]
"""The fields that every page has."""


def _page(stem: str, path: str, text: str, problems: list[Problem]) -> LoadedSheet | LoadedTombstone | None:
    lines = text.split("\n")
    end = (
        next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
        if lines[0].rstrip() == "---"
        else None
    )
    if end is None:
        cure = (
            'The fields of the page have no end. Write a second line "---" below them.'
            if lines[0].rstrip() == "---"
            else f'A page starts with its fields between two lines "---", with nothing above: {", ".join(_ASKED)}.'
        )
        problems.append(Problem("missing-field", Place(path, 1, 1), cure))
        return None
    fields = "\n".join(lines[1:end])
    parsed = parse(fields, path, first_line=2)
    if _is_withdrawn(parsed):
        return _tombstone(stem, PROSE, path, parsed, problems)
    body = "\n".join(lines[end + 1 :])
    if fault := hidden_in(body, path, first_line=end + 2):
        problems.append(fault)
    is_briefing = isinstance(parsed.value, dict) and "question" in parsed.value
    model, one = (Briefing, "briefing") if is_briefing else (PlainPage, "page")
    sheet = _sheet(
        stem, path, parsed, model, one, problems, text=unicodedata.normalize("NFC", body), text_line=end + 2
    )
    return LoadedSheet(sheet, PROSE, path, Spots(fields, path, 2, parsed.spots)) if sheet else None
