"""Publications in which every text is an attack: the specimen with a payload of `tests/cases/hostile` in each field.

The places are found by walking the models over the sheets of the specimen; fields of text that a sheet leaves out are filled in. Each
place carries a payload between two marks of its own (`zq7a … zq7z`), so that it is known again wherever it is shown. The harmless
twin carries plain words in the same places: what a page has beside its text has to be the same in both.
"""

from __future__ import annotations

import json
import re
import shutil
import types
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import yaml
from pydantic import BeforeValidator

from factbook.model import values
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.records import Record
from factbook.model.sheet import Tombstone
from factbook.model.values import ProseMark, RefTo
from factbook.model.vocabularies import PHRASE_LISTS, VOCABULARIES, VocabularyFile
from factbook.problems import Severity
from factbook.publication import read_and_check
from factbook.yaml_text import parse
from tests.publications import CASES, read_case
from tests.sites import DAY, Element, copy_specimen

Kind: TypeAlias = Literal["line", "text", "prose", "words", "address", "form"]
"""What a field takes: one line, lines, prose, words where an id may stand, an address, or a form that is not free (an id, a date)."""
FREE: tuple[Kind, ...] = ("line", "text", "prose", "words", "address")
PLAIN = "plain words"
LEADS_ELSEWHERE = {
    ("Waiver", "code"), ("Waiver", "anchor"), ("ChangeNote", "now"),
}  # fmt: skip
"""Lines that have to name something there is: they are tried as forms."""


@dataclass(frozen=True)
class Payload:
    """One text that tries to be more than text."""

    family: str
    text: str
    head: bool
    """Works only as the first signs of a field."""

    def between(self, marks: tuple[str, str]) -> str:
        first, last = marks
        return f"{self.text} {last}" if self.head else f"{first} {self.text} {last}"


@cache
def payloads() -> tuple[Payload, ...]:
    """All payloads, in the order of their file."""
    found: list[Payload] = []
    for family, rows in read_case(CASES / "hostile" / "payloads.yml").items():
        head = isinstance(rows, dict)
        found += [Payload(family, text, head) for text in (rows["texts"] if head else rows)]
    return tuple(found)


@dataclass(frozen=True)
class Leaf:
    """One field of one sheet that holds a text."""

    file: str
    where: tuple[str | int, ...]
    kind: Kind
    owner: str
    """Name of the model that has the field."""
    annotation: Any

    @property
    def field(self) -> tuple[str, str]:
        return self.owner, next(str(step) for step in reversed(self.where) if isinstance(step, str))


def kind_of(annotation: Any, metadata: Sequence[Any] = ()) -> Kind:
    """What a field of text takes, by the marks of its annotation."""
    marks = [*metadata]
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks += more
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        elif get_origin(annotation) is tuple:
            annotation = get_args(annotation)[0]
        else:
            break
    readers = {mark.func for mark in marks if isinstance(mark, BeforeValidator)}
    if any(isinstance(mark, RefTo) and mark.or_text for mark in marks):
        return "words"
    if values._line in readers:
        return "line"
    if values._text in readers:
        return "prose" if any(isinstance(mark, ProseMark) for mark in marks) else "text"
    return "address" if values._address in readers else "form"


def record_in(annotation: Any) -> type[Record] | None:
    """The kind of record that a field holds; None where it holds texts."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Record) else None
    parts = get_args(annotation)
    inner = parts[:1] if get_origin(annotation) in (Annotated, tuple) else parts
    return next((found for part in inner if (found := record_in(part))), None)


def fields(model: type[Record]) -> Iterator[tuple[str, Any, Kind, bool]]:
    """The fields of a model that hold texts: name, annotation, kind, and whether it holds many."""
    for name, info in model.model_fields.items():
        if record_in(info.annotation) is None and name not in ("text_line",):
            many = get_origin(info.annotation) is tuple
            yield info.alias or name, info, kind_of(info.annotation, info.metadata), many


def records(model: type[Record], raw: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every block of fields in a sheet as it is written: its model, its values, its path."""
    yield model, raw, where
    for name, info in model.model_fields.items():
        inner = record_in(info.annotation)
        held = raw.get(alias := info.alias or name)
        if inner is None or held is None:
            continue
        if isinstance(held, list):
            for position, item in enumerate(held):
                yield from records(inner, item, (*where, alias, position))
        else:
            yield from records(inner, held, (*where, alias))


@dataclass
class Publication:
    """A publication that is being written: its files as values, and the texts of its places."""

    root: Path
    sheets: dict[str, tuple[type[Record], dict[str, Any]]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    """The Markdown of pages of prose by their file."""
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def config_file(self) -> Path:
        return self.root / "mkdocs.yml"

    def marks(self, number: int) -> tuple[str, str]:
        return f"zq{number}a", f"zq{number}z"

    def write(self, texts: Mapping[int, str]) -> None:
        """Write every sheet, with texts at the places of these numbers; each scalar stands on a line of its own."""
        for number, text in texts.items():
            leaf = self.leaves[number]
            here: Any = self.sheets[leaf.file][1]
            for step in leaf.where[:-1]:
                here = here[step]
            here[leaf.where[-1]] = text
        for file, (_, raw) in self.sheets.items():
            written = dumped(raw)
            if file.endswith(".md"):
                written = f"---\n{written}---\n{self.bodies[file]}"
            path = self.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written.encode("utf-8"))

    def lines(self, file: str) -> dict[int, int]:
        """The places of a file by the lines on which they stand."""
        text = (self.root / file).read_text(encoding="utf-8")
        fields_alone = text.split("\n---\n")[0].removeprefix("---\n") if file.endswith(".md") else text
        spots = parse(fields_alone, file, first_line=2 if file.endswith(".md") else 1).spots
        return {
            spots[leaf.where].line: number
            for number, leaf in enumerate(self.leaves)
            if leaf.file == file and leaf.where in spots
        }


def dumped(raw: Any) -> str:
    """Values as YAML, every text in double quotes on one line."""

    class Quoting(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(raw, Dumper=Quoting, default_style='"', width=10**9, allow_unicode=True, sort_keys=False)


def specimen(root: Path) -> Publication:
    """The specimen with every field of text of every block filled in, still with what it says."""
    config = copy_specimen(root)
    (root / "permalinks.txt").unlink()  # anchors are made of names, and these become others
    shutil.rmtree(root / "content" / "captures")  # no payload would be found in them
    made = Publication(root)
    for path in sorted(root.rglob("content/*/*.yml")):
        if path.stem in PHRASE_LISTS:
            continue  # lists of phrases steer checks and are shown nowhere
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        name = path.parent.name
        model = VocabularyFile if name == "vocabulary" else COLLECTIONS[name].model
        made.sheets[path.relative_to(root).as_posix()] = (Tombstone if "withdrawn" in raw else model, raw)
    for name, listed in VOCABULARIES.items():
        if name == "scripts":
            continue  # its keys are those of ISO 15924, which a file cannot name
        made.sheets.setdefault(
            f"content/vocabulary/{name}.yml",
            (
                VocabularyFile,
                {"title": listed.title, "values": [{"key": key, "label": row.label} for key, row in listed.values.items()]},
            ),
        )  # fmt: skip
    for path in sorted(root.rglob("briefings/*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        raw = yaml.load(front, Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        file = path.relative_to(root).as_posix()
        made.sheets[file] = (Briefing if "question" in raw else PlainPage, raw)
        made.bodies[file] = body
    for file, (model, raw) in made.sheets.items():
        for kind, block, where in records(model, raw):
            for name, info, takes, many in fields(kind):
                if name == "id" and not where:
                    continue
                if name == "text" and file.endswith(".md") and not where:
                    continue
                if file.endswith("/index.md") and name not in block:
                    continue  # the front page shows no more than it has
                free = takes in ("line", "text", "prose") and (kind.__name__, name) not in LEADS_ELSEWHERE
                if name not in block and free:
                    block[name] = [PLAIN] if many else PLAIN
                if name not in block or (kind.__name__ == "VocabularyFile" and name == "phrases"):
                    continue
                held = block[name]
                for position in range(len(held)) if isinstance(held, list) else (None,):
                    here = (*where, name) if position is None else (*where, name, position)
                    takes = takes if free or takes in ("words", "address") else "form"
                    made.leaves.append(Leaf(file, here, takes, kind.__name__, info))
    assert config == made.config_file
    return made


def with_settings(publication: Publication, name: str, description: str, rights: str) -> None:
    """Write the texts of the settings."""
    said = publication.config_file.read_text(encoding="utf-8").split("\n")
    for key, text in (("site_name", name), ("site_description", description), ("copyright", rights)):
        said = [f"{key}: {json.dumps(text)}" if line.startswith(f"{key}:") else line for line in said]
    publication.config_file.write_text("\n".join(said), encoding="utf-8")


@dataclass
class Attack:
    """A hostile publication and its harmless twin, both in order, with what stands where."""

    hostile: Publication
    twin: Publication
    placed: dict[int, Payload]
    refused: int
    """Places at which a payload was refused with a problem, and plain words stand instead."""


def attack(root: Path, turn: int) -> Attack:
    """One turn of the attack: the payloads are dealt out to the places, in the next turn each goes one place further."""
    hostile, twin = specimen(root / "hostile"), specimen(root / "twin")
    all_payloads = payloads()
    places = [number for number, leaf in enumerate(hostile.leaves) if leaf.kind in FREE]
    placed = {number: all_payloads[(at + turn) % len(all_payloads)] for at, number in enumerate(places)}
    refused = 0
    harmless = {number: said(hostile, number, None) for number in places}
    for file in hostile.bodies:
        payload = all_payloads[(turn + len(file)) % len(all_payloads)]
        hostile.bodies[file] += f"\n## A heading {payload.text}\n\nA text {payload.text}\n\n{payload.text}\n"
        twin.bodies[file] += "\n## A heading plain words\n\nA text plain words\n\nplain words\n"
    twin.write(harmless)
    texts = {number: said(hostile, number, placed[number]) for number in places}
    bodies = {file: (hostile.bodies[file], twin.bodies[file]) for file in hostile.bodies}
    for _ in range(60):
        hostile.write(texts)
        problems = read_and_check(hostile.config_file, as_of=DAY).problems
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not wrong:
            break
        for problem in wrong:
            place = problem.place
            number = twin.lines(place.path).get(place.line or 0) if place.path in twin.sheets else None
            if number in placed:
                texts[number] = harmless[number]
                del placed[number]
                refused += 1
            elif place.path in bodies:
                hostile.bodies[place.path] = bodies[place.path][1]
            elif number not in harmless:
                raise AssertionError(f"refused elsewhere: {problem.as_text()}")
    else:
        raise AssertionError("\n".join(problem.as_text() for problem in wrong))
    return Attack(hostile, twin, placed, refused)


def said(publication: Publication, number: int, payload: Payload | None) -> str:
    """The whole text of a place: a payload between its marks, or plain words."""
    leaf = publication.leaves[number]
    marks = publication.marks(number)
    payload = payload or Payload("plain", PLAIN, head=False)
    if leaf.kind == "address":
        if payload.family == "plain":
            return f"https://example.org/{marks[0]}/{marks[1]}"
        return payload.text if ":" in payload.text[:12] else f"https://example.org/{marks[0]}/{payload.text}"
    text = payload.between(marks)
    return f"Words {text}" if leaf.kind == "words" else text


COUNTED = (
    "script", "style", "iframe", "frame", "object", "embed", "form", "input", "button", "textarea", "select", "meta", "link",
    "base", "title", "template", "noscript", "img", "picture", "source", "video", "audio", "svg", "math", "foreignobject",
    "image", "use", "animate", "set",
)  # fmt: skip
"""Elements that run, load, send or rule over others: a page has as many as its twin, with the same attributes."""
MARKDOWN = {
    (tag,) for tag in ("em", "strong", "code", "pre", "hr", "br", "ul", "ol", "li", "blockquote", "table", "thead", "tbody",
                       "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6")
} | {("ol", "start"), ("a", "href")}  # fmt: skip
"""What Markdown makes of prose; the twin need not have it."""
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "xlink:href",
    "srcset",
    "cite",
    "background",
)
WEB = re.compile(r"https?://|[a-z0-9./#_~?%=&-]*(?![a-z0-9./#_~?%=&-]*:)", re.IGNORECASE)
"""How an address begins that leads to the web or stays in the site."""


def shown(
    hostile: Publication, placed: Mapping[int, Payload], pages: Mapping[str, Element]
) -> tuple[Counter[str], set[int], list[str]]:
    """Where plain texts are shown as they are, the places that are shown, and where something else stands in their stead.

    Prose is Markdown and becomes markup; addresses, anchors and the forms for reference managers write signs in their own way.
    """
    fine: Counter[str] = Counter()
    seen: set[int] = set()
    broken = []
    for address, page in pages.items():
        for where, text in texts_of(page):
            for found in re.finditer(r"[zZ]q(\d+)a ", text):
                number = int(found[1])
                if number not in placed or hostile.leaves[number].kind not in ("line", "text", "words"):
                    continue
                if hostile.leaves[number].field == ANCHOR:
                    continue
                wanted = squeezed(placed[number].between(hostile.marks(number)))
                got = text[found.start() : found.start() + len(wanted)]
                if got[1:] == wanted[1:]:
                    fine[where] += 1
                    seen.add(number)
                elif where not in WRITTEN_OTHERWISE and not wanted.startswith(got[:-1].rstrip("… ")):
                    broken.append(f"{address} <{where}>: {got!r} stands for {wanted!r}")
    return fine, seen, broken


ANCHOR = ("ChangeNote", "anchor")
"""A field whose text is told in other words: the fact that an anchor names."""
WRITTEN_OTHERWISE = ("pre", "text", "span")
"""Forms for reference managers, lines of a drawing, spellings for search: each breaks a text in its own way."""


def shape(element: Element) -> tuple[str, ...]:
    """What an element is beside its text: its tag and the names of its attributes."""
    return (element.tag, *sorted(element.attributes))


def intruders(hostile: Mapping[str, Element], twin: Mapping[str, Element]) -> list[str]:
    """What pages have, by their addresses, that those of the harmless twin have not."""
    known = MARKDOWN | {shape(element) for page in twin.values() for element in page}
    found = []
    for address, page in hostile.items():
        for element in page:
            if shape(element) not in known:
                found.append(f"{address} has <{' '.join(shape(element))}>, which stands nowhere in the twin")
            for name, value in element.attributes.items():
                if name.startswith("on") or name in ("style", "srcdoc"):
                    found.append(f"{address} has <{element.tag} {name}={value!r}>")
                if name in ADDRESSES and not WEB.match(value):
                    found.append(f"{address} leads from <{element.tag}> to {value!r}")
        ours, theirs = counted(page), counted(twin[address])
        found += [
            f"{address} has {ours[row]} <{' '.join(row)}>, and its twin {theirs[row]}"
            for row in sorted(ours.keys() | theirs.keys())
            if ours[row] != theirs[row]
        ]
    return found


def counted(page: Element) -> Counter[tuple[str, ...]]:
    """How often each element that is counted stands in a page, with its attributes and where it loads from."""
    return Counter(
        (*shape(element), element.attributes.get("src", ""), element.attributes.get("action", ""))
        for element in page
        if element.tag in COUNTED
    )


def texts_of(page: Element) -> Iterator[tuple[str, str]]:
    """Every text of a page, blanks as single ones, each with the place where it is shown: an element, an attribute, JSON-LD."""
    for element in page:
        for name, value in element.attributes.items():
            yield f"{element.tag} {name}", squeezed(value)
        inside = (
            element.text
            if element.tag == "text"
            else "".join(child for child in element.inside if isinstance(child, str))
        )
        own = squeezed(inside)
        if element.tag == "script" and element.attributes.get("type") == "application/ld+json":
            yield from ((f"JSON-LD {name}", squeezed(text)) for name, text in strings_in(json.loads(own)))
        elif own and element.tag != "script":
            yield element.tag, own


def strings_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner, name)


def squeezed(text: str) -> str:
    """A text with single blanks, none at its ends, as a sheet keeps it (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())
