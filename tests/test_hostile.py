"""Text stays text: no text of any field, whatever it holds, becomes an element, an attribute, an address or a field of its own.

What is tried stands in `tests/cases/hostile`, how it is dealt out to the places in `tests/hostile/attack.py`. A few turns are tried in
every run, more with `--full`; in a real browser, `tests/browser/test_hostile.py` does the same.
"""

import csv
import io
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, get_origin

import bibtexparser
import icalendar
import pytest
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from factbook.exports.tables import read_table
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.records import Record
from factbook.model.sheet import Tombstone
from factbook.model.vocabularies import VocabularyFile, Wording
from factbook.problems import Severity
from factbook.publication import read_and_check
from tests.hostile.attack import Attack, attack
from tests.hostile.pages import ANCHOR, intruders, shape, shown, squeezed, strings_in
from tests.hostile.payloads import payloads
from tests.hostile.places import FREE, fields, record_in
from tests.hostile.publications import Publication, specimen, with_settings
from tests.repositories import commit_all, git
from tests.sites import DAY, BuiltSite, Element, build_site, read_html

MARK = re.compile(r"zq(\d+)a ")
TURNS = [pytest.param(turn, id=f"turn {turn}") for turn in (0, 41, 151)]
FULL = [
    pytest.param(turn, id=f"turn {turn}", marks=pytest.mark.full) for turn in range(5, 216, 9) if turn != 41
]


@dataclass
class Attacked:
    """Both publications of an attack, built."""

    attack: Attack
    hostile: BuiltSite
    twin: BuiltSite

    @cached_property
    def pages(self) -> tuple[dict[str, Element], dict[str, Element]]:
        return tuple(  # type: ignore[return-value]  # two of them
            {address: page.top for address, page in site.pages.items()} for site in (self.hostile, self.twin)
        )


@pytest.fixture(scope="module", params=[*TURNS, *FULL])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """One turn of the attack."""
    root = tmp_path_factory.mktemp("attack")
    made = attack(root, request.param)
    sites = []
    for publication in (made.hostile, made.twin):
        site = root / f"site-{publication.root.name}"
        status, said = build_site(publication.config_file, site)
        assert status == 0, said
        sites.append(BuiltSite(site, publication.config_file))
    return Attacked(made, *sites)


def worded(path: Path) -> bool:
    """Whether a file gives what a reader is shown, in plain words on one line, rather than fields as they were written."""
    return path.parent.name == "c" or path.name == "answers.json"


def models() -> Iterator[type[Record]]:
    """Every model that can be written in a sheet, a page of prose or a vocabulary file."""
    waiting: list[type[Record]] = [
        *(kind.model for kind in COLLECTIONS.values()), Briefing, PlainPage, Tombstone, VocabularyFile,
    ]  # fmt: skip
    seen: set[type[Record]] = set()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            waiting += [
                inner for info in model.model_fields.values() if (inner := record_in(info.annotation))
            ]


def test_every_field_of_text_is_tried(tmp_path: Path) -> None:
    tried = {leaf.field for leaf in specimen(tmp_path / "specimen").leaves if leaf.kind in FREE}
    of_lists = {Wording, *(VocabularyFile.model_fields.keys() - {"title", "values"})}
    known = {
        (model.__name__, name)
        for model in models()
        for name, _, kind, _ in fields(model)
        if kind in FREE and name != "id" and not (model in of_lists or name in of_lists)
    }
    bodies = {("Briefing", "text"), ("PlainPage", "text")}
    elsewhere = {("Waiver", "code"), ("Waiver", "anchor"), ("ChangeNote", "now")}
    assert sorted(known - tried - bodies - elsewhere) == []


def test_pages_have_nothing_that_their_harmless_twins_have_not(
    attacked: Attacked, record_property: Callable[[str, object], None]
) -> None:
    hostile, twin = attacked.pages
    assert hostile.keys() == twin.keys()
    assert intruders(hostile, twin) == []
    placed, refused = len(attacked.attack.placed), attacked.attack.refused
    record_property(
        "figure",
        f"hostile texts in places of {attacked.hostile.folder.parent.name}: {placed}, refused {refused}",
    )


def test_a_text_is_shown_as_it_was_written(attacked: Attacked) -> None:
    fine, seen, broken = shown(attacked.attack.hostile, attacked.attack.placed, attacked.pages[0])
    assert broken == []
    wanted = {
        "h1", "title", "meta content", "a", "li", "dd", "td", "p", "q", "cite", "small", "svg aria-label", "text",
        "JSON-LD name", "a aria-label", "input value", "i data-pagefind-filter",
    }  # fmt: skip
    assert wanted - fine.keys() == set()
    assert len(seen) > 300


def strings_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every text of a file for machines as a library reads it, each with the name of its field."""
    text = path.read_bytes().decode("utf-8")
    match "".join(path.suffixes[-2:]) if path.name.endswith(".ftm.json") else path.suffix:
        case ".ftm.json":
            for line in text.splitlines():
                yield from strings_in(json.loads(line))
        case ".json" | ".webmanifest":
            yield from strings_in(json.loads(text))
        case ".csv":
            for row in read_table(text):
                yield from row.items()
        case ".atom" | ".xml":
            for element in etree.fromstring(text.encode()).iter():
                yield str(element.tag), element.text or ""
                yield from ((str(name), str(value)) for name, value in element.attrib.items())
        case ".ics":
            for event in icalendar.Calendar.from_ical(text).walk():
                yield from ((name, str(value)) for name, value in event.property_items())


MACHINES = (".ftm.json", ".json", ".webmanifest", ".csv", ".atom", ".xml", ".ics")


def test_files_for_machines_give_a_text_back_as_it_went_in(attacked: Attacked) -> None:
    hostile, placed = attacked.attack.hostile, attacked.attack.placed
    back: Counter[str] = Counter()
    wrong = []
    for path in sorted(attacked.hostile.folder.rglob("*.*")):
        if not path.name.endswith(MACHINES) or "pagefind" in path.parts:
            continue
        for name, text in strings_of(path):
            for found in MARK.finditer(text):
                number = int(found[1])
                if (
                    number not in placed
                    or hostile.leaves[number].kind == "address"
                    or hostile.leaves[number].field == ANCHOR
                    or (worded(path) and hostile.leaves[number].kind == "prose")
                ):
                    continue
                went_in = unicodedata.normalize("NFC", placed[number].between(hostile.marks(number)))
                there = text[found.start() : found.start() + len(went_in)]
                if there == went_in or (worded(path) and there.split() == went_in.split()):
                    back[path.suffix] += 1
                elif name not in (
                    "summary",
                    "content_html",
                    "wording",
                    "{http://www.w3.org/2005/Atom}content",
                ):
                    wrong.append(f"{path.name} {name}: {there!r} came back of {went_in!r}")
    assert wrong == []
    assert {".json", ".csv", ".atom", ".ics"} <= back.keys()


def test_files_for_machines_hold_the_records_and_fields_of_their_twins(attacked: Attacked) -> None:
    def shape_of(site: BuiltSite) -> dict[str, object]:
        entries = bibtexparser.parse_string((site.folder / "data/sources.bib").read_text(encoding="utf-8"))
        assert entries.failed_blocks == []
        calendar = icalendar.Calendar.from_ical((site.folder / "feeds/dates.ics").read_bytes())
        return {
            "BibTeX": [(entry.key, [*entry.fields_dict]) for entry in entries.entries],
            "BibTeX blocks": len(entries.blocks),
            "calendar": [sorted(part.keys()) for part in calendar.walk()],
            **{
                name: [len(row) for row in csv.reader(io.StringIO((site.folder / name).read_text("utf-8-sig"), newline=""))]
                for name in (f"data/{each}.csv" for each in ALL)
            },
            "CSL": [sorted(item) for item in json.loads((site.folder / "data/sources.csl.json").read_bytes())],
            "permalinks": len((site.config_file.parent / "permalinks.txt").read_text("utf-8").splitlines()),
        }  # fmt: skip

    hostile, twin = shape_of(attacked.hostile), shape_of(attacked.twin)
    assert [name for name in hostile if hostile[name] != twin[name]] == []


TOLD_ELSEWHERE = {("Waiver", "anchor")}
"""Fields whose fault is told at another field of their block: of a waiver, that its code is none."""
SETTINGS = [
    payload
    for payload in payloads()
    if payload.family in ("marks", "script", "attribute", "template", "vector")
]


@pytest.mark.parametrize("turn", range(2))
def test_texts_of_settings_stay_text(turn: int, tmp_path: Path) -> None:
    pages = []
    said = "  ".join(payload.text for payload in SETTINGS[turn::2] if "\n" not in payload.text)
    for name, text in (("hostile", said), ("twin", "plain words")):
        publication = Publication(tmp_path / name)
        specimen(publication.root)
        with_settings(publication, f"zq1a {text} zq1z", f"zq2a {text} zq2z", f"zq3a {text} zq3z")
        status, told = build_site(publication.config_file, tmp_path / f"site-{name}")
        assert status == 0, told
        site = BuiltSite(tmp_path / f"site-{name}", publication.config_file)
        pages.append({address: page.top for address, page in site.pages.items()})
    assert intruders(*pages) == []
    for address, page in pages[0].items():
        name = page.first(cls="md-header__title").first("a").text
        assert name == squeezed(f"zq1a {said} zq1z"), address
        assert squeezed(f"zq3a {said} zq3z") in page.first("footer").text


def test_what_is_no_free_text_is_refused(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Ids, dates, codes, references …: at reading, or where what they name is looked up."""
    publication = specimen(tmp_path / "specimen")
    forms = {leaf.field: leaf for leaf in publication.leaves if leaf.kind in ("form", "address")}
    taken = []
    tried = 0
    for _, leaf in sorted(forms.items()):
        adapter: TypeAdapter[Any] = TypeAdapter(leaf.annotation.annotation)
        if leaf.annotation.metadata:
            adapter = TypeAdapter(Annotated[leaf.annotation.annotation, *leaf.annotation.metadata])
        many = get_origin(leaf.annotation.annotation) is tuple
        for payload in payloads():
            tried += 1
            try:
                adapter.validate_python([payload.text] if many else payload.text)
            except ValidationError:
                continue
            taken.append((leaf, payload))
    looked_up = [(leaf, payload) for leaf, payload in taken if leaf.kind == "form"]
    web = [payload.text for leaf, payload in taken if leaf.kind == "address"]
    assert all(text.startswith("https://") and not set(text) & set('"<> `\\') for text in web)
    record_property(
        "figure",
        f"hostile texts tried as ids, dates, codes and addresses: {tried}, {len(looked_up)} left to be looked up",
    )
    found = specimen(tmp_path / "names")
    able: dict[tuple[str, str], list[str]] = {}
    for leaf, payload in looked_up:
        able.setdefault(leaf.field, []).append(payload.text)
    for turn in range(0, 160, 20):
        texts = {
            number: able[leaf.field][(number + turn) % len(able[leaf.field])]
            for number, leaf in enumerate(found.leaves)
            if leaf.field in able
        }
        found.write(texts)
        problems = read_and_check(found.config_file, as_of=DAY).problems
        told = {(each.place.path, each.place.line) for each in problems if each.severity is Severity.ERROR}
        lines = {(file, line): number for file in found.sheets for line, number in found.lines(file).items()}
        silent = [
            (found.leaves[number].field, texts[number])
            for place, number in lines.items()
            if number in texts and place not in told
        ]
        assert {where for where, _ in silent} <= TOLD_ELSEWHERE, silent


def test_what_changed_is_told_as_text(tmp_path: Path) -> None:
    """Every field of every sheet becomes another one: history, changes and feeds tell old and new words, and all links hold."""
    made = attack(tmp_path, 60)
    pages = []
    for name in ("hostile", "twin"):
        root = tmp_path / f"told-{name}"
        shutil.copytree(made.twin.root, root)
        (root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
        git(root, "init", "-q", "-b", "main")
        commit_all(root, "2026-10-01")
        if name == "hostile":
            shutil.copytree(made.hostile.root, root, dirs_exist_ok=True)
        else:
            for path in (*root.rglob("content/*/*.yml"), *root.rglob("briefings/*.md")):
                text = path.read_text(encoding="utf-8").replace("plain words", "other words")
                path.write_text(text, encoding="utf-8")
        commit_all(root, "2026-11-01")
        status, said = build_site(root / "mkdocs.yml", tmp_path / f"site-{name}")
        assert status == 0, said
        site = BuiltSite(tmp_path / f"site-{name}", root / "mkdocs.yml")
        pages.append({address: page.top for address, page in site.pages.items()})
    hostile, twin = (
        {address: each[address] for address in pages[0].keys() & pages[1].keys()} for each in pages
    )
    assert sum("history/" in address for address in hostile) > 20
    assert intruders(hostile, twin) == []
    told = [
        content.text or ""
        for path in sorted((tmp_path / "site-hostile").rglob("*.atom"))
        for content in etree.parse(path).iter("{http://www.w3.org/2005/Atom}content")
    ]
    assert len(told) > 100
    assert {shape(element) for html in told for element in read_html(html)} <= {("p",), ("del",), ("ins",)}
