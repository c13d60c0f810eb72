"""The closed lists of a publication: the engine's, with what its own say of them; and its lists of phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from factbook.loading.faults import faults
from factbook.loading.files import SHEET_SIZE, read_text
from factbook.loading.naming import spot_of
from factbook.loading.survey import Survey
from factbook.model.vocabularies import PHRASE_LISTS, VOCABULARIES, Value, Vocabulary, VocabularyFile
from factbook.model.wordings import BY_LIST, Phrase
from factbook.problems import Place, Problem, did_you_mean
from factbook.yaml_text import Parsed, parse


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
        text = read_text(Path(file.file), path, SHEET_SIZE)
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
