"""The handbook and its neighbours stay true: examples are the specimen's, generated pages are current, links lead somewhere."""

import re
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from pydantic import TypeAdapter

from factbook.commands.arguments import COMMANDS, COMMON_OPTIONS
from factbook.exports.field_reference import fields_page
from factbook.exports.handbook import GROUPS, with_word_lists
from factbook.imprint import site_of
from factbook.model.blocks import BLOCKS
from factbook.model.collections import COLLECTIONS
from factbook.model.records import Citation
from factbook.pages.laying_out import lay_out
from factbook.problems import CODES
from factbook.publication import read_and_check
from factbook.rendering.html import Renderer
from factbook.yaml_text import parse
from tests.handbook import FIELDS, PROBLEMS, STYLE, page_of_problems
from tests.publications import DAY

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "tests" / "specimen"
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "handbook").rglob("*.md")])
FENCE = re.compile(
    r"^(?P<margin> *)(?P<ticks>`{3,})(?P<language>\w*)\n(?P<code>.*?)^(?P=margin)(?P=ticks)$", re.M | re.S
)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def values(text: str, path: str) -> Any:
    """The values of a YAML text, read as the engine reads them."""
    parsed = parse(text, path)
    assert parsed.problems == [], [problem.as_text() for problem in parsed.problems]
    return parsed.value


def front_matter(page: str) -> tuple[Any, str]:
    """The fields of a page and the text after them."""
    _, fields, body = re.split(r"^---\n", page, maxsplit=2, flags=re.MULTILINE)
    return values(fields, "page"), body.strip()


def holds(whole: Any, part: Any) -> bool:
    """Whether a part stands in a whole: its fields, and the items of its lists."""
    match whole, part:
        case dict(), dict():
            return all(key in whole and holds(whole[key], value) for key, value in part.items())
        case list(), list():
            return all(any(holds(each, item) for each in whole) for item in part)
    return bool(whole == part)


def blocks(language: str) -> list[Any]:
    """The blocks of code in one language in the pages of the handbook that teach by example."""
    return [
        pytest.param(dedent(block["code"]), id=f"{name.removesuffix('.md')}-{number}")
        for name in ("writing-a-fact-sheet.md", "architecture.md")
        if (path := ROOT / "handbook" / name).exists()
        for number, block in enumerate(FENCE.finditer(text_of(path)), 1)
        if block["language"] == language
    ]


@pytest.mark.parametrize("code", blocks("yaml"))
def test_an_example_is_what_the_specimen_holds(code: str) -> None:
    first, _, rest = code.partition("\n")
    what = first.removeprefix("# ")
    if what == "a citation":
        for citation in TypeAdapter(tuple[Citation, ...]).validate_python(values(rest, what)):
            cited = [id for id in (citation.source, citation.through) if id]
            assert all((SPECIMEN / "content" / "sources" / f"{id}.yml").is_file() for id in cited)
            capture = SPECIMEN / "content" / "captures" / f"{citation.source}.txt"
            assert not citation.words or citation.words in text_of(capture).replace("\n", " ")
        return
    path = SPECIMEN / what.removeprefix("part of ")
    whole, shown = values(text_of(path), str(path)), values(code, what)
    assert holds(whole, shown) if what.startswith("part of ") else shown == whole


@pytest.mark.parametrize("code", blocks("markdown"))
def test_an_example_of_a_page_is_the_specimens(code: str) -> None:
    pages = [front_matter(text_of(path)) for path in sorted((SPECIMEN / "briefings").glob("*.md"))]
    assert front_matter(code) in pages


@pytest.fixture(scope="module")
def bodies() -> str:
    """The bodies of the specimen's pages, one after the other."""
    content = read_and_check(SPECIMEN / "mkdocs.yml", as_of=DAY)
    assert content.catalogue and content.as_of and content.settings
    renderer = Renderer(site_of(content.settings))
    pages = lay_out(content.catalogue, content.as_of)
    return "\n".join(renderer.render(page, content.catalogue).values["body"] for page in pages)


@pytest.mark.parametrize("code", blocks("html"))
def test_an_example_of_a_body_says_what_the_specimens_page_says(code: str, bodies: str) -> None:
    (anchor,) = re.findall(r'id="([^"]+)"', code)
    _, _, from_there = bodies.partition(f'id="{anchor}">')
    assert words_of(from_there).startswith(words_of(code.partition(">")[2]))


def words_of(html: str) -> str:
    """The words of HTML without the numbers of notes."""
    without_notes = re.sub(r'<a [^>]*href="#note-[^>]*>\d+</a>', "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", without_notes).split())


def test_a_whole_sheet_of_every_collection_is_shown() -> None:
    page = text_of(ROOT / "handbook" / "writing-a-fact-sheet.md")
    shown = set(re.findall(r"^# content/([a-z]+)/", page, re.MULTILINE))
    assert shown == {*COLLECTIONS, "vocabulary"}


def test_every_block_is_named_where_briefings_are_explained() -> None:
    page = text_of(ROOT / "handbook" / "writing-a-fact-sheet.md")
    assert [name for name in BLOCKS if f"`{name}`" not in page] == []


def test_the_page_of_problems_is_current() -> None:
    shown = text_of(PROBLEMS)
    assert shown == page_of_problems(shown), "To renew it: .venv/bin/python -m tests.handbook"


def test_the_lists_of_words_in_the_style_guide_are_current() -> None:
    shown = text_of(STYLE)
    assert shown == with_word_lists(shown), "To renew it: .venv/bin/python -m tests.handbook"


def test_the_page_of_fields_is_current() -> None:
    assert text_of(FIELDS) == fields_page(), "To renew it: .venv/bin/python -m tests.handbook"
    headings = re.findall(r"^#+ (.+)$", text_of(FIELDS), re.MULTILINE)
    assert len(headings) == len({heading.lower() for heading in headings}), "each has an anchor of its own"


def test_the_parts_of_the_page_of_problems_begin_with_codes_that_there_are() -> None:
    assert next(iter(GROUPS)) == next(iter(CODES))
    assert set(GROUPS) <= set(CODES)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for picture, address in re.findall(r"(!?)\[[^\]\[]*\]\(([^)\s]+)\)", FENCE.sub("", text_of(path))):
        name, _, anchor = address.partition("#")
        target = (path.parent / name).resolve() if name else path
        if address.startswith(("http://", "https://")) or picture:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(address)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors that a Markdown file has where repositories are shown: its headings, in small letters, joined by hyphens."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_options_exist(path: Path) -> None:
    commands = {command.name for command in COMMANDS}
    flags = {flag for option in COMMON_OPTIONS for flag in option.flags}
    flags |= {flag for command in COMMANDS for option in command.options for flag in option.flags} | {
        "--help"
    }
    for line in re.findall(r"python3 build\.py([^\n`#]*)", text_of(path)):
        words = line.strip(" .,;:)").split()
        assert not words or words[0] in commands or words[0].startswith("-"), line
        assert [word for word in words if word.startswith("-") and word not in flags] == [], line


def test_every_module_named_in_the_architecture_exists() -> None:
    page = text_of(ROOT / "handbook" / "architecture.md")
    named = set(re.findall(r"`((?:factbook|templates|tests)/[\w./-]+)`", page))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_layer_stands_in_the_architecture() -> None:
    tables = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    (contract,) = tables["tool"]["importlinter"]["contracts"]
    page = text_of(ROOT / "handbook" / "architecture.md")
    names = [name for line in contract["layers"] for name in re.findall(r"\w+", line)]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "handbook" / "decisions"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", text_of(folder / "README.md"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")
