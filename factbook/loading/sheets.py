"""Sheets, briefings, vocabularies and captures of one publication, with the place of everything in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from factbook.characters import visible
from factbook.frozen import frozen
from factbook.loading.faults import faults, spot_of
from factbook.loading.files import PAGE_SIZE, SHEET_SIZE, Found, files_in, read_data, read_text, text_of
from factbook.loading.settings import Settings
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.sheet import Sheet, Tombstone
from factbook.model.values import check_id
from factbook.model.vocabularies import PHRASE_LISTS, VOCABULARIES, Value, Vocabulary, VocabularyFile
from factbook.model.wordings import BY_LIST, Phrase
from factbook.problems import Place, Problem, did_you_mean
from factbook.yaml_text import Parsed, Path, Spot, hidden_in, parse


class Spots(Mapping[Path, Spot]):
    """Where the fields of a text stand, worked out when somebody asks: hardly any sheet has something wrong in it."""

    def __init__(
        self,
        text: str | Callable[[], str],
        path: str,
        first_line: int = 1,
        found: dict[Path, Spot] | None = None,
    ) -> None:
        """`text` may be fetched when it is wanted; `found` are the spots themselves, where it was just read."""
        self._text = text
        self.path = path
        self.first_line = first_line
        if found is not None:
            self._found = found

    def __reduce__(self) -> tuple[type[Spots], tuple[str, str, int]]:
        return Spots, (self.text, self.path, self.first_line)

    @cached_property
    def text(self) -> str:
        """What is written in the file."""
        return self._text if isinstance(self._text, str) else self._text()

    @cached_property
    def _found(self) -> dict[Path, Spot]:
        return parse(self.text, self.path, first_line=self.first_line).spots

    def __getitem__(self, where: Path) -> Spot:
        return self._found[where]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@frozen
class LoadedSheet:
    """A sheet and where it came from."""

    sheet: Sheet
    collection: str
    path: str
    """The file as the editor knows it, from the project's root."""
    spots: Mapping[Path, Spot]

    @property
    def id(self) -> str:
        return self.sheet.id

    @property
    def written(self) -> str:
        """Its fields as they are written in the file; they start on `first_line`."""
        return self.spots.text if isinstance(self.spots, Spots) else ""

    @property
    def first_line(self) -> int:
        return self.spots.first_line if isinstance(self.spots, Spots) else 1

    def place(self, where: Path = (), *, key: bool = False) -> Place:
        """Where a field stands in the file: its value, or its key."""
        spot = spot_of(self.spots, where)
        return (
            Place(self.path, spot.key_line, spot.key_column)
            if key
            else Place(self.path, spot.line, spot.column)
        )


@frozen
class LoadedTombstone:
    """What is left of a withdrawn sheet, and where."""

    stone: Tombstone
    collection: str
    path: str
    spots: Mapping[Path, Spot]

    @property
    def id(self) -> str:
        return self.stone.id


@frozen
class Reading:
    """What one file gave: its sheet, or why there is none."""

    sheet: LoadedSheet | None
    problems: tuple[Problem, ...] = ()
    withdrawn: LoadedTombstone | None = None
    """What is left of a sheet that was taken back."""


@dataclass
class Survey:
    """Which files a publication has, before any of them is opened."""

    settings: Settings
    sheets: list[tuple[str, Found]] = field(default_factory=list)
    """Collection and file: by collection in their order, then by name; pages of prose last."""
    vocabularies: list[Found] = field(default_factory=list)
    captures: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """What lies where sheets lie and is none: name and collection."""
    kinds: list[str] = field(default_factory=list)
    """The names in the folder of content, hidden ones left out."""
    folders: dict[str, list[Found]] = field(default_factory=dict)
    """Every folder in which sheets, lists or captures were looked for, with what was found."""

    def files_in(self, folder: File, suffix: str, shown: str) -> Iterator[Found | Problem]:
        """The same as `files_in`; which folder it was is remembered."""
        files = self.folders.setdefault(str(folder), [])
        for each in files_in(folder, suffix, shown):
            if isinstance(each, Found):
                files.append(each)
            yield each


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
            loaded.unread[file.stem] = collection
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


def survey(settings: Settings) -> Survey:
    """The files of a publication, and a problem for whatever else lies among them."""
    found = Survey(settings)
    content = settings.root / settings.content
    if not content.is_dir():
        found.problems.append(
            Problem(
                "no-content",
                Place(settings.content),
                "There is no such folder. Sheets lie there, one folder a collection; another is named in mkdocs.yml "
                'with "content:", an option of factbook.',
            )
        )
        return found
    _folders(content, settings.content, found)
    for name in COLLECTIONS:
        for each in found.files_in(content / name, ".yml", f"{settings.content}/{name}"):
            _sheet_file(name, each, found)
    for each in found.files_in(settings.root / settings.briefings, ".md", settings.briefings):
        _sheet_file(PROSE, each, found)
    for folder, suffix, files in (
        ("vocabulary", ".yml", found.vocabularies),
        ("captures", ".txt", found.captures),
    ):
        for each in found.files_in(content / folder, suffix, f"{settings.content}/{folder}"):
            if isinstance(each, Problem):
                found.problems.append(each)
            else:
                files.append(each)
    return found


def _sheet_file(collection: str, each: Found | Problem, found: Survey) -> None:
    if isinstance(each, Problem):
        found.problems.append(each)
        found.unread[File(each.place.path).stem] = collection
    else:
        found.sheets.append((collection, each))


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


PROSE = "briefings"
"""The collection of briefings and plain pages."""


def _folders(content: File, shown: str, found: Survey) -> None:
    known = [*COLLECTIONS, "vocabulary", "captures"]
    for entry in sorted(content.iterdir()):
        if entry.name.startswith("."):
            continue
        found.kinds.append(entry.name)
        if entry.name in known:
            continue
        found.problems.append(
            Problem(
                "misplaced-file",
                Place(f"{shown}/{visible(entry.name)}"),
                f"Nothing is read from here; sheets lie in {', '.join(known)}.{did_you_mean(visible(entry.name), known)}",
            )
        )


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
        problems.extend(faults(error, model, parsed, path, one))
        return None


def _is_withdrawn(parsed: Parsed) -> bool:
    return isinstance(parsed.value, dict) and "withdrawn" in parsed.value


def _tombstone(
    stem: str, collection: str, path: str, parsed: Parsed, problems: list[Problem]
) -> LoadedTombstone | None:
    """What is left of a sheet that says it was withdrawn: nothing but when, why, and what stood there."""
    stone = _sheet(stem, path, parsed, Tombstone, "withdrawn sheet", problems)
    return LoadedTombstone(stone, collection, path, parsed.spots) if stone else None


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
            else 'A page starts with its fields between two lines "---".'
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


@dataclass
class Listed:
    """The closed lists of a publication."""

    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_vocabularies(found: Survey) -> Listed:
    """The engine's closed lists with what the publication says of them, and its lists of phrases."""
    loaded = Listed()
    loaded.vocabularies = dict(VOCABULARIES)
    loaded.phrases = dict(BY_LIST)
    read: list[tuple[str, VocabularyFile, Parsed, str]] = []
    for file in found.vocabularies:
        stem, path = file.stem, file.path
        if stem in VOCABULARIES:
            loaded.vocabularies[stem] = replace(VOCABULARIES[stem], whole=not VOCABULARIES[stem].open)
        text = read_text(File(file.file), path, SHEET_SIZE)
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
            loaded.phrases[stem] = _phrases(stem, listed, parsed, path, loaded)
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
            read.append((stem, listed, parsed, path))
    for each in read:
        loaded.problems.extend(_unknown_others(*each, loaded.vocabularies))
    return loaded


def _unknown_others(
    stem: str, listed: VocabularyFile, parsed: Parsed, path: str, lists: Mapping[str, Vocabulary]
) -> Iterator[Problem]:
    """Values that others are said to belong to, or acts that are said to be asked, and that are in no list."""
    for position, row in enumerate(listed.values):
        for name, of, keys in (("also", stem, row.also), ("asked", "acts", row.asked)):
            for number, key in enumerate(keys):
                known = lists[of].values
                if key not in known and lists[of].whole:
                    spot = spot_of(parsed.spots, ("values", position, name, number))
                    cure = did_you_mean(key, known) or f" It has: {', '.join(known)}."
                    told = f'"{name}" of "{row.key}" names "{key}", which is not in the list "{of}".{cure}'
                    yield Problem("unknown-value", Place(path, spot.line, spot.column), told)


def _phrases(
    stem: str, listed: VocabularyFile, parsed: Parsed, path: str, loaded: Listed
) -> tuple[Phrase, ...]:
    """The engine's phrases with those of the publication, and what it permits."""
    found = {phrase.text: phrase for phrase in BY_LIST.get(stem, ())}
    found |= {text.lower(): Phrase(text.lower()) for text in listed.phrases}
    found |= {each.phrase.lower(): Phrase(each.phrase.lower(), each.better) for each in listed.wordings}
    for position, permitted in enumerate(listed.permits):
        text = permitted.lower()
        if not any(f" {each} " in f" {text} " for each in found):
            spot = spot_of(parsed.spots, ("permits", position))
            cure = f'No phrase of this list stands in "{permitted}", so there is nothing to permit.{did_you_mean(text, list(found))}'
            loaded.problems.append(Problem("unknown-value", Place(path, spot.line, spot.column), cure))
        found[text] = Phrase(text, permitted=True)
    return tuple(found.values())


def _joined(
    ours: Vocabulary, listed: VocabularyFile, parsed: Parsed, path: str, loaded: Listed
) -> Vocabulary:
    values = dict(ours.values)
    first: dict[str, int] = {}
    for position, row in enumerate(listed.values):
        spot = spot_of(parsed.spots, ("values", position, "key"))
        if row.key in first:
            cure = f'"{row.key}" stands here a second time; the first is on line {first[row.key]}. Keep one of them.'
            loaded.problems.append(Problem("duplicate-key", Place(path, spot.line, spot.column), cure))
            continue
        first[row.key] = spot.line
        if row.key not in values and row.key[0].isupper() and ours.open:
            cure = f'"{row.key}" cannot be added: a new key has the form of an id, in small letters.'
            loaded.problems.append(Problem("bad-id", Place(path, spot.line, spot.column), cure))
            continue
        if row.key not in values and not ours.open:
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
            row.one or old.one,
            row.also or old.also,
            row.asked or old.asked,
        )
    return replace(ours, title=listed.title, values=values)
