"""Nothing of the item is lost: each of its statements, garbled forms and loose places has an address and words of ours there.

`tests/coverage/item.yml` is the table. The sheets are asked, each fact for its own text, and then the built page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from factbook.catalogue import Catalogue, join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.sheet import Sheet
from factbook.model.statement import Statement
from factbook.model.walking import Found, walk
from tests.sites import VOID, BuiltSite

ROWS = {"statements": 45, "corrections": 26, "law": 9}


@dataclass(frozen=True)
class Row:
    """One thing that the item says, or says wrongly, and where it stands in the publication."""

    id: str
    gist: str
    anchor: str
    phrase: str

    @property
    def sheet(self) -> str:
        return self.anchor.partition("#")[0]

    @property
    def place(self) -> str:
        """The anchor inside the page; empty where the page as a whole is meant."""
        return self.anchor.partition("#")[2]


TABLE: dict[str, list[Row]] = {
    name: [Row(**row) for row in rows]
    for name, rows in yaml.safe_load(
        Path(__file__).with_name("coverage").joinpath("item.yml").read_text("utf-8")
    ).items()
}
ALL = [row for rows in TABLE.values() for row in rows]


@pytest.fixture(scope="module")
def content(root: Path) -> Catalogue:
    """The sheets of the publication itself."""
    settings, problems = read_settings(root / "mkdocs.yml")
    assert settings is not None, problems
    return join(load(settings))[0]


@pytest.mark.parametrize(("name", "number"), ROWS.items())
def test_the_table_names_everything(name: str, number: int) -> None:
    assert len(TABLE[name]) == number
    assert len({row.id for row in TABLE[name]}) == number


def test_each_row_has_its_own_words() -> None:
    counted = Counter(row.phrase for row in ALL)
    assert [phrase for phrase, number in counted.items() if number > 1] == []


def test_no_place_answers_for_more_than_three_rows() -> None:
    counted = Counter(row.anchor for row in ALL)
    assert [anchor for anchor, number in counted.items() if number > 3] == []


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.id)
def test_its_words_stand_at_its_place(row: Row, content: Catalogue) -> None:
    assert row.sheet in content, f"there is no sheet {row.sheet}"
    assert not row.place or row.place in content.anchors[row.sheet], f"there is no place {row.anchor}"
    assert row.phrase in text_at(row, content)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.id)
def test_a_reader_finds_its_words_there(row: Row, real_site: BuiltSite) -> None:
    page = real_site.page_of(row.sheet)
    assert not row.place or row.place in page.ids, f"{page.file} has no #{row.place}"
    assert phrase_in(page.source, row.place, row.phrase)


def text_at(row: Row, content: Catalogue) -> str:
    """The text of ours at a row's place: of one fact, of a statement, or of the whole sheet."""
    sheet = content[row.sheet]
    if isinstance(sheet, Statement) and row.place == "statement":
        shown: list[Any] = [sheet.gist, sheet.note, sheet.doubt]
    elif row.place:
        shown = [at_place(found, sheet) for found in walk(sheet) if found.anchor == row.place]
    else:
        shown = [sheet]
    return "\n".join(plain(text, content) for part in shown for text in texts(part))


def at_place(found: Found, sheet: Sheet) -> Any:
    """What a place holds: a fact, a field of the sheet, or another record such as a name."""
    if found.mark is None:
        return found.fact
    return found.value if found.owner is sheet else found.owner


def texts(value: Any) -> Iterator[str]:
    """Every text in a record and below it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def plain(text: str, content: Catalogue) -> str:
    """Prose without its links and citations, as a reader reads it."""
    text = re.sub(r"\s*\[@[^\]]*\]", "", text)
    text = re.sub(r"\[\[[^\]|]*\|([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"\[\[([^\]#]*)[^\]]*\]\]", lambda link: content.title_of(link[1]), text)
    return re.sub(r"\s+", " ", text)


class _Inside(HTMLParser):
    """Collects the text of the element with an id, or of the whole page."""

    def __init__(self, anchor: str) -> None:
        super().__init__()
        self.anchor = anchor
        self.found: list[str] = []
        self.depth = 0 if anchor else 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
        elif ("id", self.anchor) in attrs:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found.append(data)


def phrase_in(html: str, anchor: str, phrase: str) -> bool:
    """Whether a phrase stands inside the element with an id; an empty anchor means the page."""
    parser = _Inside(anchor)
    parser.feed(html)
    parser.close()
    return " ".join(phrase.split()) in " ".join("".join(parser.found).split())


@pytest.mark.parametrize(
    ("anchor", "phrase", "stands"),
    [
        ("statement", "seems to be doing all it can", True),
        ("statement", "The Russian was not seen.", True),
        ("statement", "said elsewhere", False),
        ("sources", "said elsewhere", True),
        ("nowhere", "said elsewhere", False),
        ("", "said elsewhere", True),
    ],
)
def test_a_phrase_is_looked_for_inside_one_element(anchor: str, phrase: str, stands: bool) -> None:
    page = (
        '<main><section id="statement"><p>The West <a href="/x/">seems</a> to be\n doing all it can.</p><br>'
        '<img src="x.png" alt=""><p>The Russian was not seen.</p></section><p id="sources">It is said elsewhere.</p></main>'
    )
    assert phrase_in(page, anchor, phrase) is stands
