"""Shards of the search index: joined they say what Pagefind says of all pages at once, in another order and in smaller files."""

import gzip
import json
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.search import cbor, program
from factbook.search.joining import CHUNK, _chunks, joined
from factbook.search.shard import LEAST, MARK, FormError, Shard, divided, opened

VALUES = st.recursive(
    st.integers(min_value=-(2**40), max_value=2**40) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=30,
)
WORDS = [f"{first}{second}word{number}" for first in "abcdefgh" for second in "aeiou" for number in range(40)]
PROGRAM = {"pagefind.js": b"", "pagefind-entry.json": b'{"version":"1","languages":{}}'}
Said = dict[str, dict[str, Any]]
"""What an index says: of each word, facet and page, by the addresses of pages."""


def document(number: int) -> bytes:
    """A page with many words, with accents, fields that others lack, and letters in their names that sort apart."""
    words = " ".join(f"{word}{number % 3}" for word in WORDS[number::7]) + " Mıvé mive mivë" * (number % 4)
    filters = f'<i data-pagefind-filter="Kind:K{number % 5}"></i><i data-pagefind-filter="Year:{2020 + number}"></i>'
    names = f'<b data-pagefind-meta="names">Mivé {number}</b>' if number % 3 == 0 else ""
    own = '<b data-pagefind-meta="a-field-of-theirs">mive axle</b>' if number in (4, 20) else ""
    return (
        f"<html lang=en><body><article data-pagefind-body><h1>Page {number}</h1>{filters}{names}{own}<p>{words}</p>"
        f'<p data-pagefind-ignore data-pagefind-meta="every">everypage</p></article>'
    ).encode()


DOCUMENTS = {f"{'bca'[number % 3]}/{number}/index.html": document(number) for number in range(24)}


def content(data: bytes | None) -> list[Any]:
    assert data is not None
    found = cbor.decode(gzip.decompress(data).removeprefix(MARK))[0]
    assert isinstance(found, list)
    return found


def said(files: Mapping[str, bytes | None]) -> Said:
    """All that an index says, whatever its files are called, and its pages are numbered."""
    entry = json.loads(files["pagefind-entry.json"] or b"")
    version, pages, chunks, filters, sorts, fields = content(
        files[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"]
    )
    texts = [files[f"fragment/{name}.pf_fragment"] or b"" for name, _ in pages]
    shown = [json.loads(gzip.decompress(text).removeprefix(MARK)) for text in texts]
    urls = [page["url"] for page in shown]

    def places(postings: list[Any]) -> dict[str, Any]:
        numbers = accumulate(distance for distance, *_ in postings)
        return {
            urls[number]: (text, [fields[-1 - each] if each < 0 else each for each in others])
            for number, (_, text, others) in zip(numbers, postings, strict=True)
        }

    return {
        "pages": {page["url"]: (page, words) for page, (_, words) in zip(shown, pages, strict=True)},
        "words": {
            word: (places(postings), {form: places(each) for form, each in forms})
            for _, _, chunk in chunks
            for word, postings, forms in content(files[f"index/{chunk}.pf_index"])[0]
        },
        "facets": {
            facet: {
                value: sorted(urls[number] for number in numbers)
                for value, numbers in content(files[f"filter/{chunk}.pf_filter"])[1]
            }
            for facet, chunk in filters
        },
        "rest": {"version": version, "sorts": sorts, "count": entry["languages"]["en"]["page_count"]},
    }


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """What Pagefind itself writes for all pages."""
    return program.indexed(DOCUMENTS)


@pytest.fixture(scope="module")
def shards() -> list[Shard]:
    """The same pages in four shards."""
    every = sorted(DOCUMENTS)
    return [opened(program.indexed({name: DOCUMENTS[name] for name in every[at::4]})) for at in range(4)]


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    data = cbor.encode(value)
    assert cbor.decode(data) == (value, len(data))


def test_an_array_without_its_length_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with 0x9f"):
        cbor.decode(b"\x9f\x01\xff")


def test_shards_joined_say_what_pagefind_says_of_all_pages_at_once(
    made: dict[str, bytes], shards: list[Shard]
) -> None:
    asked = {name: made[name] for name in program.of_the_program()}
    found, wanted = said(joined(shards, asked)), said(made)
    assert wanted["words"]["mive"][1].keys() == {"mivé", "mivë"}
    assert any("a-field-of-theirs" in places for _, places in wanted["words"]["mive"][0].values())
    for part, value in wanted.items():
        assert found[part] == value, part


def test_one_shard_gives_the_files_that_many_give(made: dict[str, bytes], shards: list[Shard]) -> None:
    many = [opened(program.indexed({name: DOCUMENTS[name]})) for name in sorted(DOCUMENTS)]
    assert joined(many, PROGRAM) == joined([opened(made)], PROGRAM)


def test_pages_have_the_order_of_their_addresses_however_a_folder_lists_them(made: dict[str, bytes]) -> None:
    shard = opened(made)
    urls = [json.loads(gzip.decompress(text).removeprefix(MARK))["url"] for _, text in shard.pages]
    assert urls == sorted(urls)
    (kinds,) = (shard.filters["Kind"][f"K{number}"] for number in (0,))
    assert [urls[page] for page in kinds] == sorted(
        f"/{'bca'[number % 3]}/{number}/" for number in range(0, 24, 5)
    )


def test_a_shard_of_pages_without_a_word_is_empty() -> None:
    ignored = b"<html lang=en><body><article data-pagefind-body><p data-pagefind-ignore>some</p></article>"
    assert opened(program.indexed({"a.html": ignored})).pages == ()


def test_each_word_lies_in_the_chunk_that_is_asked_for_it(shards: list[Shard]) -> None:
    files = joined(shards, PROGRAM)
    entry = json.loads(files["pagefind-entry.json"] or b"")
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
    chunks = list(_chunks(iter(sorted(words))))
    assert len(chunks) > 6
    assert max(len(body) for *_, body in chunks) < 5 * CHUNK
    for word, _ in words:
        assert len([1 for first, last, _ in chunks if first <= word <= last]) == 1, word


def test_files_that_stand_are_not_made_again(shards: list[Shard]) -> None:
    files = joined(shards, PROGRAM)
    again = joined(shards, PROGRAM, files.keys())
    assert again.keys() == files.keys()
    assert {name.partition("/")[0] for name, data in again.items() if data is None} == {"index", "filter"} | {
        name for name in files if name.endswith(".pf_meta")
    }
    assert {name: data for name, data in again.items() if data is not None}.items() <= files.items()


def test_pages_whose_hashes_begin_alike_have_names_of_their_own() -> None:
    texts = [gzip.compress(str(number).encode(), mtime=0) for number in range(40_000)]
    shard = Shard(tuple((1, text) for text in texts), (), {}, {})
    files = joined([shard], PROGRAM)
    found = [name for name in files if name.startswith("fragment/")]
    assert len(found) == len(texts)
    assert {len(name) for name in found} > {len("fragment/en_1234567.pf_fragment")}


@pytest.mark.parametrize("suffix", [".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", "entry.json"])
def test_another_form_is_refused(made: dict[str, bytes], suffix: str) -> None:
    for other in (b"another", gzip.compress(b"another"), gzip.compress(MARK + b"\x82\x01"), None):
        broken = {name: other if name.endswith(suffix) else data for name, data in made.items()}
        with pytest.raises(FormError):
            opened({name: data for name, data in broken.items() if data is not None})


def names(number: int) -> list[str]:
    return [f"terms/term-{each}/index.html" for each in range(number)]


@given(st.sets(st.integers(0, 10**6), max_size=600))
def test_each_page_is_in_one_shard_wherever_they_are_cut(numbers: set[int]) -> None:
    every = [f"terms/{number}/index.html" for number in numbers]
    shards = divided(every)
    assert [name for shard in shards for name in shard] == sorted(every)
    assert [len(shard) for shard in shards[:-1] if len(shard) < LEAST] == []


def test_a_page_more_or_less_hardly_ever_changes_more_than_its_shard() -> None:
    before = set(divided(names(4000)))
    changed = [
        len(set(divided([*names(4000), f"terms/term-{each}-more/index.html"])) - before)
        for each in range(200)
    ]
    assert min(changed) == 1
    assert sum(changed) < 1.3 * len(changed)


def test_shards_have_much_the_same_size() -> None:
    sizes = [len(shard) for shard in divided(names(10_000))[:-1]]
    assert min(sizes) >= LEAST
    assert max(sizes) < 3 * LEAST
    assert len(sizes) > 100
