"""Prose: its pieces, its faults, its sentences and its sections. Each file in cases/prose says what must hold."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factbook.prose import (
    FAULTS,
    Block,
    Cites,
    Link,
    Piece,
    Sentence,
    Text,
    asserts,
    oversized_blocks,
    scan,
    sections,
    sentences,
)

CASES = sorted((Path(__file__).parent / "cases" / "prose").glob("*.yml"))


def cases_with(key: str) -> list[Any]:
    loaded = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in CASES}
    return [pytest.param(case, id=name) for name, case in loaded.items() if key in case]


def piece_in_words(piece: Piece) -> str:
    match piece:
        case Text(text):
            return text
        case Link(target, anchor, words, (line, column)):
            anchored = f"#{anchor}" if anchor else ""
            shown = f' "{words}"' if words else ""
            return f"link {target}{anchored}{shown} at {line}:{column}"
        case Cites(items):
            cited = (
                f"{item.source}{f' ({item.at})' if item.at else ''} at {item.place[0]}:{item.place[1]}"
                for item in items
            )
            return f"cites {' + '.join(cited)}"
        case Block(name, options, (line, column)):
            given = "".join(f' {key}="{value}"' for key, value in options)
            return f"block {name}{given} at {line}:{column}"


def sentence_in_words(sentence: Sentence) -> str:
    said = "".join(
        part if isinstance(part, str) else f"<{part.words or part.target}>" for part in sentence.parts
    )
    cited = f" [{', '.join(cite.source for cite in sentence.citations)}]" if sentence.cited else ""
    return f"{sentence.kind} {sentence.line} {sentence.paragraph + 1}{cited}{' quoted' * sentence.quoted}: {said}"


@pytest.mark.parametrize("case", cases_with("pieces"))
def test_a_text_is_taken_apart(case: dict[str, Any]) -> None:
    prose = scan(case["text"])
    assert [piece_in_words(piece) for piece in prose.pieces] == case["pieces"], case["says"]
    assert prose.faults == ()


@pytest.mark.parametrize("case", cases_with("faults"))
def test_faults_are_found_where_they_are(case: dict[str, Any]) -> None:
    prose = scan(case["text"])
    found = [f"{fault.place[0]}:{fault.place[1]} {fault.kind}: {fault.text}" for fault in prose.faults]
    assert found == case["faults"], case["says"]


@pytest.mark.parametrize("case", cases_with("sentences"))
def test_sentences_are_told_apart(case: dict[str, Any]) -> None:
    found = [sentence_in_words(sentence) for sentence in sentences(case["text"])]
    assert found == case["sentences"], case["says"]


@pytest.mark.parametrize("case", cases_with("asserts"))
def test_an_assertion_is_told_from_other_words(case: dict[str, Any]) -> None:
    def asserting(text: str) -> bool:
        return any(asserts(sentence, case["phrases"]) for sentence in sentences(text))

    assert [text for text in case["asserts"] if not asserting(text)] == [], case["says"]
    assert [text for text in case["does_not"] if asserting(text)] == [], case["says"]


@pytest.mark.parametrize("case", cases_with("sections"))
def test_sections_have_anchors(case: dict[str, Any]) -> None:
    found = [f"{s.level} {s.slug} {s.start_line}-{s.end_line}: {s.title}" for s in sections(case["text"])]
    assert found == case["sections"], case["says"]


def test_every_fault_has_a_case_and_a_cure() -> None:
    seen = {
        line.split()[1].rstrip(":") for param in cases_with("faults") for line in param.values[0]["faults"]
    }
    assert seen | {"oversized-block"} == set(FAULTS)
    fault = scan("See [[Ssb]].").faults[0]
    assert fault.sentence == '"[[Ssb]]" cannot be an id.'
    assert fault.hint == (
        "Ids are lower-case letters a to z, digits and single hyphens, at most 64 characters."
    )


def test_the_title_of_a_sheet_stands_for_a_link_without_words() -> None:
    (sentence,) = sentences("It names [[ssb]] and [[ismail-demir|its head]].")
    assert sentence.with_titles({"ssb": "SSB"}.__getitem__) == "It names SSB and its head."
    assert [link.target for link in sentence.links] == ["ssb", "ismail-demir"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("word " * 1700, [(0, 0)]),
        ("fine\n\n" + "[" * 101, [(2, 0)]),
        ("fine\n\n" + "< " * 101, [(2, 0)]),
        ("[a] " * 100, []),
        ("[[a]] [@b] " * 200, []),
        ("\n\n".join(["word " * 1000] * 8), []),
    ],
)
def test_a_block_is_refused_when_it_is_too_large(text: str, places: list[tuple[int, int]]) -> None:
    assert [fault.place for fault in oversized_blocks(text)] == places


@given(st.text(alphabet="ab-#|@,; \n\\`~[]()!.:=\"'*_<>&U1é\t", max_size=120))
def test_the_pieces_of_any_text_give_the_text_again(text: str) -> None:
    prose = scan(text)
    written = [piece.text if isinstance(piece, Text) else text[slice(*piece.span)] for piece in prose.pieces]
    assert "".join(written) == text
    for fault in prose.faults:
        assert fault.place[0] <= text.count("\n")
    cited = [cite for sentence in sentences(text) for cite in sentence.citations]
    assert cited == list(prose.citations)
    assert [link for sentence in sentences(text) for link in sentence.links] == list(prose.links)
    sections(text)


HOSTILE = [
    *("[", "[[", "[@", "[[a", "[@a", "[a](", "![", "]", "]](", "`", "` ``", "\\", "\\`", "<", "<a ", "<!--"),
    *(
        "> ",
        "- ",
        "1. ",
        "- - a\n",
        "# ",
        "\n",
        "a\n\n",
        "    ",
        "\t",
        "```\n",
        "~~~a\n",
        "|",
        "|-|\n",
        ":::",
    ),
    *(
        "::: a b=c\n\n",
        ". ",
        "U.S. ",
        "!\\",
        "*",
        "_",
        "**a",
        "&",
        "&#",
        "a;",
        "[@a;@",
        "[[a|",
        "[[a]]",
        "[@a]",
    ),
]


@pytest.mark.parametrize("read", [sections, oversized_blocks])  # sections ask for pieces and sentences too
def test_time_grows_with_the_length_of_a_text_alone(read: Callable[[str], object]) -> None:
    """Reading in the square of the length would take 100,000 characters some thousand times as long."""

    def seconds(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    plain = "The agency buys [[ssb|arms]] abroad. [@a, p. 3] It sells *some*.\n"
    bound = 30 * seconds((plain * 1540)[:100_000]) + 0.5
    slow = {
        hostile: took for hostile in HOSTILE if (took := seconds(hostile * (100_000 // len(hostile)))) > bound
    }
    assert slow == {}
