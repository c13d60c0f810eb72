"""A version of a sheet as facts by anchors, made of its YAML alone, so that versions that today's models refuse can be compared.

The models are asked for one thing: which fields tell the items of a list apart. Where they know a field no longer, an item goes
by its `id`, else by the first text in it. Anchors are therefore the same as on pages wherever a page has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.change import PROSE, Words
from factbook.model.collections import ALL
from factbook.model.records import Record
from factbook.model.said import Said, key_fields, key_of, line, records_in, said_by_facts
from factbook.prose.sections import sections
from factbook.yaml_text import Value, parse

LARGEST = 256 * 1024
"""Bytes of a version that is still read, as for sheets that are checked out."""
UPKEEP = frozenset(["id", "former_ids", "verified", "review_by", "changes", "waivers", "signed"])
"""Fields of a sheet that say nothing of its subject."""


@frozen
class FactThen:
    """A fact as it stood in one version of a sheet."""

    says: Words
    cites: tuple[str, ...] = ()
    """Its citations in words, in order of the alphabet."""


Note: TypeAlias = tuple[str, str, int]
"""A line of `changes:`: its day, its anchor, and how many of the same stand above it, since a fact may change twice on a day."""


def numbered(notes: Iterable[tuple[str, str]]) -> Iterator[Note]:
    """Lines of `changes:` by their days and anchors, each with its number among the same."""
    above: Counter[tuple[str, str]] = Counter()
    for note in notes:
        yield *note, above[note]
        above[note] += 1


@frozen
class Version:
    """One version of a sheet."""

    facts: Mapping[str, FactThen]
    notes: frozenset[Note] = frozenset()
    """The lines of `changes:`."""
    former_ids: tuple[str, ...] = ()
    title: str = ""
    withdrawn: bool = False
    """Whether nothing is left of the sheet but that it was withdrawn."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """What its facts say, as their cards have it."""


def version(collection: str, text: bytes) -> Version | None:
    """A version of a sheet; None where it cannot be read as one."""
    if len(text) > LARGEST:
        return None
    try:
        written = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    body = ""
    if collection == "briefings":
        start, end = written.startswith("---\n"), written.find("\n---", 3)
        if not start or end < 3:
            return None
        written, body = written[4 : end + 1], written[end + 4 :]
    value = parse(written, "").value
    if not isinstance(value, dict):
        return None
    if "withdrawn" in value:
        former = _texts(value.get("former_ids"))
        return Version({}, former_ids=former, title=_title(value), withdrawn=True)
    facts: dict[str, FactThen] = {}
    for anchor, fact in _facts({k: v for k, v in value.items() if k not in UPKEEP}, _model_of(collection)):
        facts[_free(anchor, facts)] = fact
    for anchor, words in _sections(body):
        facts[_free(anchor, facts)] = FactThen(((PROSE, words),))
    notes, former = _notes(value.get("changes")), _texts(value.get("former_ids"))
    said = said_by_facts(value, _model_of(collection)) if collection != "briefings" else {}
    return Version(facts, notes, former, _title(value), said=said)


def _model_of(collection: str) -> type[Record] | None:
    if collection == "briefings":
        return Briefing
    return ALL[collection].model if collection in ALL else None


def _facts(
    fields: Mapping[str, Value], model: type[Record] | None, anchor: str = ""
) -> Iterator[tuple[str, FactThen]]:
    """The facts of a block of fields: first its own words, then those of the blocks inside it."""
    known = records_in(model) if model else {}
    words: list[tuple[str, str]] = []
    inner: list[tuple[str, Mapping[str, Value], type[Record] | None]] = []
    for name, value in fields.items():
        step = name.replace("_", "-")
        here = f"{anchor}.{step}" if anchor else step
        if name == "cite" or (name == "id" and anchor):
            continue
        if isinstance(value, dict):
            inner.append((here, value, known.get(name)))
            continue
        blocks = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        for item in blocks:
            key = key_of(item, known.get(name))
            inner.append((f"{here}.{key}" if key else here, item, known.get(name)))
        if not blocks:
            words.append((name, line(value)))
    cites = tuple(sorted(_citation(each) for each in _list(fields.get("cite"))))
    if anchor and (words or cites):
        yield anchor, FactThen(tuple(words), cites)
    elif words:
        for name, text in words:  # at the top of a sheet each field stands for itself
            yield name.replace("_", "-"), FactThen(((name, text),))
    if not anchor and cites:
        yield "cite", FactThen((), cites)
    for below, block, its_model in inner:
        yield from _facts(block, its_model, below)


def keys_known() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What the models say of keys: where this differs, versions that were read apart differ in their anchors."""
    found: dict[type[Record], None] = {}
    waiting = [model for name in ALL if (model := _model_of(name))]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += records_in(model).values()
    return tuple(
        sorted(
            (model.__name__, name, key_fields(inner))
            for model in found
            for name, inner in records_in(model).items()
        )
    )


def _free(anchor: str, taken: Mapping[str, object]) -> str:
    """The anchor, or the next one like it where several items say the same of themselves."""
    found, count = anchor, 1
    while found in taken:
        count += 1
        found = f"{anchor}~{count}"
    return found


def _list(value: Value | None) -> list[Value]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _citation(value: Value) -> str:
    """A citation in words, e.g. `reg-2022-17, article 3: “the words”`."""
    if not isinstance(value, dict):
        return line(value)
    said = {name: line(inner) for name, inner in value.items()}
    parts = [said.pop("source", ""), said.pop("at", "")]
    parts += [f"read in {said.pop('through')}"] if "through" in said else []
    quoted = f": “{said.pop('words')}”" if "words" in said else ""
    rest = [f"{name} {text}" for name, text in sorted(said.items())]
    return ", ".join(filter(None, [*parts, *rest])) + quoted


def _sections(body: str) -> Iterator[tuple[str, str]]:
    """The sections of a page of prose by their anchors; what stands before the first one is `text`."""
    lines = body.splitlines()
    starts = [(0, "text"), *((each.start_line, each.slug) for each in sections(body) if each.level <= 2)]
    for (start, slug), (end, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        if words := line(" ".join(lines[start:end])):
            yield slug, words


def _notes(value: Value | None) -> frozenset[Note]:
    notes = [note for note in _list(value) if isinstance(note, dict)]
    return frozenset(
        numbered(
            (line(note["day"]), line(note["anchor"])) for note in notes if "day" in note and "anchor" in note
        )
    )


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(line(item) for item in _list(value))


def _title(value: Mapping[str, Value]) -> str:
    """What the sheet was called."""
    names = _list(value.get("names"))
    first = names[0] if names and isinstance(names[0], dict) else {}
    for field_ in (value.get("title"), value.get("question"), value.get("gist"), first.get("text")):
        if isinstance(field_, str):
            return line(field_)
    return ""
