"""The files of the search index packed anew: nothing is lost, order and size are ours."""

import gzip
import json
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.search import _binary
from factbook.search.packing import CHUNK, MARK, PackingError, _chunks, decode, encode, packed

VALUES = st.recursive(
    st.integers(min_value=-(2**40), max_value=2**40) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=30,
)
WORDS = [f"{first}{second}word{number}" for first in "abcdefgh" for second in "aeiou" for number in range(40)]


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    data = encode(value)
    assert decode(data) == (value, len(data))


def test_arrays_without_their_length_are_read_too() -> None:
    assert decode(b"\x9f\x01\x9f\x02\xff\xff")[0] == [1, [2]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What Pagefind itself writes for a few pages with many words."""
    folder = tmp_path_factory.mktemp("pages")
    for number in range(6):
        words = " ".join(f"{word}{number % 3}" for word in WORDS)
        filters = f'<i data-pagefind-filter="Kind:K{number}"></i><i data-pagefind-filter="Year:{2020 + number}"></i>'
        (folder / f"{number}.html").write_text(
            f"<html lang=en><body><article data-pagefind-body><h1>Page {number}</h1>{filters}<p>{words}</p></article>"
        )
    output = folder / "out"
    subprocess.run(
        [str(_binary()), "--site", str(folder), "--output-path", str(output), "--quiet"], check=True
    )
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def content(data: bytes) -> list[Any]:
    found = decode(gzip.decompress(data).removeprefix(MARK))[0]
    assert isinstance(found, list)
    return found


def entries(files: dict[str, bytes]) -> dict[str, object]:
    """Every word of an index with what is known of it."""
    chunks = [content(data)[0] for name, data in files.items() if name.endswith(".pf_index")]
    return {str(word[0]): word[1:] for chunk in chunks for word in chunk}


def test_no_word_is_lost(made: dict[str, bytes]) -> None:
    assert entries(packed(made)) == entries(made)


def test_each_word_lies_in_the_chunk_that_is_asked_for_it(made: dict[str, bytes]) -> None:
    files = packed(made)
    entry = json.loads(files["pagefind-entry.json"])
    _, _, chunks, *_ = content(files[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])
    assert len(chunks) > 3
    for first, last, name in chunks:
        for word, *_ in content(files[f"index/{name}.pf_index"])[0]:
            assert first <= word <= last
            assert [each[2] for each in chunks if each[0] <= word[:3] <= each[1]] == [name]


def test_many_words_with_the_same_beginning_do_not_make_one_great_chunk() -> None:
    words = [("san", b"x" * 1000)] + [
        (f"sanc{letter}{number}", b"x" * 1000) for letter in "abcdefgh" for number in range(60)
    ]
    chunks = list(_chunks(words))
    assert len(chunks) > 6
    assert max(len(body) for *_, body in chunks) < 5 * CHUNK
    for word, _ in words:
        assert len([1 for first, last, _ in chunks if first <= word <= last]) == 1, word


def test_filters_are_in_order_and_complete(made: dict[str, bytes]) -> None:
    files = packed(made)
    found = dict((content(data) for file, data in files.items() if file.endswith(".pf_filter")))
    assert [value for value, _ in found["Kind"]] == [f"K{number}" for number in range(6)]
    assert [value for value, _ in found["Year"]] == [str(2020 + number) for number in range(6)]


def test_packing_is_the_same_each_time_and_changes_nothing_else(made: dict[str, bytes]) -> None:
    files = packed(made)
    assert files == packed(dict(reversed(made.items())))
    other = {
        name for name in made if not name.endswith((".pf_meta", ".pf_filter", ".pf_index", "entry.json"))
    }
    assert {name: files[name] for name in other} == {name: made[name] for name in other}


def test_another_form_is_refused(made: dict[str, bytes]) -> None:
    broken = {
        name: gzip.compress(b"another") if name.endswith(".pf_meta") else data for name, data in made.items()
    }
    with pytest.raises(PackingError):
        packed(broken)
