"""Sheets, briefings, vocabularies and captures of one publication, with the place of everything in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from factbook.loading.faults import faults, spot_of
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, files_in, read_text
from factbook.loading.settings import Settings
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.sheet import Sheet, Tombstone
from factbook.model.values import check_id
from factbook.model.vocabularies import PHRASE_LISTS, VOCABULARIES, Value, Vocabulary, VocabularyFile
from factbook.problems import Place, Problem, did_you_mean
from factbook.yaml_text import Parsed, Path, Spot, parse

Parser = Callable[..., Parsed]
"""What reads YAML as `parse` does; a preview hands in one that remembers what it has read."""


@dataclass(frozen=True)
class LoadedSheet:
    """A sheet and where it came from."""

    sheet: Sheet
    collection: str
    path: str
    """The file as the editor knows it, from the project's root."""
    spots: dict[Path, Spot]

    @property
    def id(self) -> str:
        return self.sheet.id

    def place(self, where: Path = (), *, key: bool = False) -> Place:
        """Where a field stands in the file: its value, or its key."""
        spot = spot_of(self.spots, where)
        return (
            Place(self.path, spot.key_line, spot.key_column)
            if key
            else Place(self.path, spot.line, spot.column)
        )


@dataclass(frozen=True)
class LoadedTombstone:
    """What is left of a withdrawn sheet, and where."""

    stone: Tombstone
    collection: str
    path: str
    spots: dict[Path, Spot]

    @property
    def id(self) -> str:
        return self.stone.id


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
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrase lists by name, e.g. `assertions`."""
    captures: dict[str, str] = field(default_factory=dict)
    """Passages by the id of their source."""
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """Sheets that exist and could not be read: id and collection. References to them are no fault of their own."""


def load(settings: Settings, parse: Parser = parse) -> Loaded:
    """Reads a whole publication; every fault of every file is among the problems."""
    loaded = Loaded(settings)
    content = settings.root / settings.content
    if not content.is_dir():
        loaded.problems.append(
            Problem(
                "no-content",
                Place(settings.content),
                "There is no such folder. Sheets lie there, one folder a collection; another is named in mkdocs.yml "
                'with "content:", an option of factbook.',
            )
        )
        return loaded
    _folders(content, settings.content, loaded)
    _vocabularies(content / "vocabulary", f"{settings.content}/vocabulary", loaded)
    for name, collection in COLLECTIONS.items():
        shown = f"{settings.content}/{name}"
        for found in files_in(content / name, ".yml", shown):
            if isinstance(found, Problem):
                loaded.problems.append(found)
                loaded.unread[File(found.place.path).stem] = name
                continue
            stem, file = found
            text = read_text(file, f"{shown}/{stem}.yml", SHEET_SIZE)
            if isinstance(text, Problem):
                loaded.problems.append(text)
                loaded.unread[stem] = name
                continue
            parsed = parse(text, f"{shown}/{stem}.yml")
            if _is_withdrawn(parsed):
                _tombstone(stem, name, f"{shown}/{stem}.yml", parsed, loaded)
                continue
            if sheet := _sheet(stem, f"{shown}/{stem}.yml", parsed, collection.model, collection.one, loaded):
                loaded.sheets.append(LoadedSheet(sheet, name, f"{shown}/{stem}.yml", parsed.spots))
            else:
                loaded.unread[stem] = name
    _pages(settings, loaded, parse)
    _captures(content / "captures", f"{settings.content}/captures", loaded)
    return loaded


def _folders(content: File, shown: str, loaded: Loaded) -> None:
    known = [*COLLECTIONS, "vocabulary", "captures"]
    for entry in sorted(content.iterdir()):
        if entry.name.startswith(".") or entry.name in known:
            continue
        loaded.problems.append(
            Problem(
                "misplaced-file",
                Place(f"{shown}/{entry.name}"),
                f"Nothing is read from here; sheets lie in {', '.join(known)}.{did_you_mean(entry.name, known)}",
            )
        )


def _sheet(
    stem: str, path: str, parsed: Parsed, model: type[Any], one: str, loaded: Loaded, **more: Any
) -> Any:
    loaded.problems.extend(parsed.problems)
    try:
        check_id(stem)
    except Exception as error:  # pydantic's error type has no public base besides ValueError
        loaded.problems.append(
            Problem("bad-id", Place(path), f'The file is called "{stem}". {error} Rename it.')
        )
        return None
    if parsed.value is None:
        return None
    if not isinstance(parsed.value, dict):
        loaded.problems.append(
            Problem("wrong-type", Place(path, 1, 1), 'A sheet is a list of fields, each as "name: value".')
        )
        return None
    for name in more:  # what the engine adds cannot be written
        if name in parsed.value:
            spot = parsed.spots[(name,)]
            loaded.problems.append(
                Problem(
                    "unknown-field",
                    Place(path, spot.key_line, spot.key_column),
                    f'"{name}" is not a field of a {one}. What the page says stands below its fields, after the second line "---".',
                )
            )
    given = parsed.value.get("id")
    if given is not None and not isinstance(given, str):
        spot = parsed.spots[("id",)]
        loaded.problems.append(
            Problem("wrong-type", Place(path, spot.line, spot.column), "id: One text belongs here.")
        )
    if isinstance(given, str) and given != stem:
        spot = parsed.spots[("id",)]
        loaded.problems.append(
            Problem(
                "id-differs",
                Place(path, spot.line, spot.column),
                f'The id is "{given}" and the file is called "{stem}.yml". Make them the same, or remove the line.',
            )
        )
    try:
        return model.model_validate({**parsed.value, "id": stem, **more})
    except ValidationError as error:
        loaded.problems.extend(faults(error, model, parsed, path, one))
        return None


def _is_withdrawn(parsed: Parsed) -> bool:
    return isinstance(parsed.value, dict) and "withdrawn" in parsed.value


def _tombstone(stem: str, collection: str, path: str, parsed: Parsed, loaded: Loaded) -> None:
    """What is left of a sheet that says it was withdrawn: nothing but when, why, and what stood there."""
    if stone := _sheet(stem, path, parsed, Tombstone, "withdrawn sheet", loaded):
        loaded.withdrawn.append(LoadedTombstone(stone, collection, path, parsed.spots))
    else:
        loaded.unread[stem] = collection


def _pages(settings: Settings, loaded: Loaded, parse: Parser) -> None:
    for found in files_in(settings.root / settings.briefings, ".md", settings.briefings):
        if isinstance(found, Problem):
            loaded.problems.append(found)
            loaded.unread[File(found.place.path).stem] = "briefings"
            continue
        stem, file = found
        path = f"{settings.briefings}/{stem}.md"
        text = read_text(file, path, PAGE_SIZE)
        loaded.unread[stem] = "briefings"  # until it has been
        if isinstance(text, Problem):
            loaded.problems.append(text)
            continue
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
                else 'A page starts with its fields between two lines "---".'
            )
            loaded.problems.append(Problem("missing-field", Place(path, 1, 1), cure))
            continue
        parsed = parse("\n".join(lines[1:end]), path, first_line=2)
        if _is_withdrawn(parsed):
            del loaded.unread[stem]
            _tombstone(stem, "briefings", path, parsed, loaded)
            continue
        is_briefing = isinstance(parsed.value, dict) and "question" in parsed.value
        model, one = (Briefing, "briefing") if is_briefing else (PlainPage, "page")
        sheet = _sheet(
            stem, path, parsed, model, one, loaded, text="\n".join(lines[end + 1 :]), text_line=end + 2
        )
        if sheet:
            del loaded.unread[stem]
            loaded.pages.append(LoadedSheet(sheet, "briefings", path, parsed.spots))


def _vocabularies(folder: File, shown: str, loaded: Loaded) -> None:
    loaded.vocabularies = dict(VOCABULARIES)
    for found in files_in(folder, ".yml", shown):
        if isinstance(found, Problem):
            loaded.problems.append(found)
            continue
        stem, file = found
        path = f"{shown}/{stem}.yml"
        text = read_text(file, path, SHEET_SIZE)
        if isinstance(text, Problem):
            loaded.problems.append(text)
            continue
        parsed = parse(text, path)
        loaded.problems.extend(parsed.problems)
        if parsed.value is None:
            continue
        if not isinstance(parsed.value, dict):
            cure = 'A closed list is a file of fields, as "title: …" and "values:".'
            loaded.problems.append(Problem("wrong-type", Place(path, 1, 1), cure))
            continue
        try:
            listed = VocabularyFile.model_validate(parsed.value)
        except ValidationError as error:
            loaded.problems.extend(faults(error, VocabularyFile, parsed, path, "vocabulary"))
            continue
        if stem in PHRASE_LISTS:
            loaded.phrases[stem] = tuple(phrase.lower() for phrase in listed.phrases)
        elif stem not in VOCABULARIES:
            names = [*VOCABULARIES, *PHRASE_LISTS]
            loaded.problems.append(
                Problem(
                    "misplaced-file",
                    Place(path),
                    f'There is no list called "{stem}".{did_you_mean(stem, names)}',
                )
            )
        else:
            loaded.vocabularies[stem] = _joined(VOCABULARIES[stem], listed, parsed, path, loaded)


def _joined(
    ours: Vocabulary, listed: VocabularyFile, parsed: Parsed, path: str, loaded: Loaded
) -> Vocabulary:
    values = dict(ours.values)
    for position, row in enumerate(listed.values):
        if row.key not in values and not ours.open:
            spot = spot_of(parsed.spots, ("values", position, "key"))
            loaded.problems.append(
                Problem(
                    "unknown-value",
                    Place(path, spot.line, spot.column),
                    f'"{row.key}" cannot be added: the engine computes with this list. It has: {", ".join(values)}.',
                )
            )
            continue
        old = values.get(row.key, Value(row.label))
        values[row.key] = Value(
            row.label,
            row.definition or old.definition,
            row.not_to_be_confused_with or old.not_to_be_confused_with,
            row.opensanctions or old.opensanctions,
        )
    return replace(ours, title=listed.title, values=values)


def _captures(folder: File, shown: str, loaded: Loaded) -> None:
    for found in files_in(folder, ".txt", shown):
        if isinstance(found, Problem):
            loaded.problems.append(found)
            continue
        stem, file = found
        text = read_text(file, f"{shown}/{stem}.txt", PAGE_SIZE)
        if isinstance(text, Problem):
            loaded.problems.append(text)
        else:
            loaded.captures[stem] = text
