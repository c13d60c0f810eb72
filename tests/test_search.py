"""The search index: made of findable articles alone, the same each time, kept while nothing findable changes."""

from pathlib import Path

import pytest

from factbook import search
from factbook.search import SearchError, index


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


def test_an_index_is_made_once_for_the_same_findable_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    real = search._run
    monkeypatch.setattr(search, "_run", lambda documents: (runs.append(1), real(documents))[1])
    first = index(PAGES, tmp_path)
    assert index(PAGES, tmp_path) == first
    index(PAGES | {"a/index.html": page("Gençoğlu", around="another menu")}, tmp_path)
    assert len(runs) == 1
    index(PAGES | {"a/index.html": page("Yiğit")}, tmp_path)
    assert len(runs) == 2
    assert len(list(tmp_path.iterdir())) == 1, "only the last index is kept"


def test_half_a_kept_index_is_made_again(tmp_path: Path) -> None:
    first = index(PAGES, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert index(PAGES, tmp_path) == first


def test_a_failing_program_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 9\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(search, "_binary", lambda: program)
    with pytest.raises(SearchError) as failure:
        index(PAGES)
    assert str(failure.value) == (
        "The search program Pagefind gave up (exit 9). no space left The build can go on without it: --no-search."
    )


def test_a_program_that_cannot_be_run_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_binary", lambda: tmp_path / "nowhere")
    with pytest.raises(SearchError, match="cannot be run: No such file or directory"):
        index(PAGES)
