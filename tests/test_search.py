"""The search index: made of findable articles alone, the same each time, kept while nothing findable changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.search import Indexing, SearchError, index, key_of, program


def page(text: str, *, findable: bool = True, around: str = "") -> bytes:
    mark = " data-pagefind-body" if findable else ""
    article = f'<article class="fb-page"{mark}><h1>Price cap</h1><p>{text}</p></article>'
    return f'<!doctype html><html lang="en"><body><nav>{around}</nav>{article}</body></html>'.encode()


PAGES = {
    "measures/cap/index.html": page("sixty a barrel"),
    "style.css": b"",
    "a/index.html": page("Gençoğlu"),
}


def test_an_index_is_made_of_findable_pages() -> None:
    files = index(PAGES | {"b/index.html": page("not to be found", findable=False)})
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= files.keys()
    assert b'"page_count":2' in files["pagefind/pagefind-entry.json"]
    assert not [name for name in files if "-ui." in name], "only what our own script asks for is published"


def test_two_indexes_of_the_same_pages_are_equal() -> None:
    assert index(PAGES) == index(dict(reversed(PAGES.items())))


def test_without_findable_pages_there_is_no_index() -> None:
    assert index({"index.html": page("hidden", findable=False), "x.js": b"data-pagefind-body"}) == {}


def kept(folder: Path) -> dict[str, int]:
    """The kept shards, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "search").iterdir()}


def test_what_is_indexed_once_is_kept_while_its_findable_text_is_the_same(tmp_path: Path) -> None:
    first = index(PAGES, tmp_path)
    before = kept(tmp_path)
    assert index(PAGES, tmp_path) == first
    index(PAGES | {"a/index.html": page("Gençoğlu", around="another menu")}, tmp_path)
    assert kept(tmp_path) == before
    index(PAGES | {"a/index.html": page("Yiğit")}, tmp_path)
    assert len(kept(tmp_path)) == len(before), "what is of no use any more is not kept"
    assert len(before.keys() - kept(tmp_path).keys()) == 1


def many(changed: int | None = None) -> dict[str, bytes]:
    return {
        f"terms/{number}/index.html": page(f"word{number} {'other' if number == changed else 'same'}")
        for number in range(400)
    }


def test_a_changed_page_renews_its_shard_alone(tmp_path: Path) -> None:
    index(many(), tmp_path)
    before = kept(tmp_path)
    warm = index(many(changed=7), tmp_path)
    after = kept(tmp_path)
    assert len(before) > 3
    assert len(after.items() - before.items()) == 1
    assert warm == index(many(changed=7))


def test_an_index_made_beside_in_many_processes_is_the_same(tmp_path: Path) -> None:
    pages = many()
    articles = {name: key_of(data) for name, data in pages.items()}
    assert Indexing(articles, pages.__getitem__, tmp_path, jobs=3).files() == index(pages)


def test_what_stands_in_the_site_is_not_made_again() -> None:
    first, articles = index(PAGES), {name: key_of(data) for name, data in PAGES.items()}
    again = Indexing(articles, PAGES.__getitem__).files(first.keys())
    assert again.keys() == first.keys()
    assert [name for name, data in again.items() if data is None and name.endswith(".pf_index")]
    assert {name: data for name, data in again.items() if data is not None}.items() <= first.items()


@pytest.mark.parametrize(
    "spoil", [lambda data: data[: len(data) // 2], lambda data: data[:99] + b"!" + data[100:]]
)
def test_a_damaged_shard_is_made_again(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    first = index(PAGES, tmp_path)
    for path in (tmp_path / "search").iterdir():
        path.write_bytes(spoil(path.read_bytes()))
    assert index(PAGES, tmp_path) == first


def test_what_a_killed_run_left_half_is_cleared_away(tmp_path: Path) -> None:
    index(PAGES, tmp_path)
    before = kept(tmp_path)
    (tmp_path / "search" / "0123.99.draft").write_bytes(b"half")
    index(PAGES, tmp_path)
    assert kept(tmp_path) == before


def test_without_a_place_to_keep_shards_the_index_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "search").write_text("in the way", encoding="utf-8")
    assert index(PAGES, tmp_path) == index(PAGES)


def test_a_failing_program_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "pagefind"
    fake.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 9\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(program, "binary", lambda: fake)
    with pytest.raises(SearchError) as failure:
        index(PAGES)
    assert str(failure.value) == (
        "The search program Pagefind gave up (exit 9). no space left The build can go on without it: --no-search."
    )


def test_a_program_that_cannot_be_run_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "binary", lambda: tmp_path / "nowhere")
    with pytest.raises(SearchError, match="cannot be run: No such file or directory"):
        index(PAGES)
