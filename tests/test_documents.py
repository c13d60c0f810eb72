"""What Pagefind is given of a page: all that search may show, and little else."""

from pathlib import Path

import pytest

from factbook.search import program
from factbook.search.documents import _article, document_of, key_of
from factbook.search.shard import opened
from tests.sites import BuiltSite

PAGE = (
    '<!doctype html><body><nav>{around}</nav><article id="a" data-pagefind-body><h1>Cap</h1>{text}</article>'
)


def page(text: str, around: str = "") -> bytes:
    return PAGE.format(text=text, around=around).encode()


IGNORED = [
    "<p data-pagefind-ignore>{}</p>",
    '<section class="x" data-pagefind-ignore id="y"><section>{}</section> and <section>more</section></section>',
    '<ul data-pagefind-ignore="all"><li>{}</li></ul>',
    "<p>before<span data-pagefind-ignore>{}</span>after</p>",
    '<div data-pagefind-ignore><p>{}</p><i data-pagefind-ignore="all"></i></div>',
]


@pytest.mark.parametrize("form", IGNORED)
def test_what_is_ignored_is_left_out_and_makes_no_other_key(form: str) -> None:
    assert b"barrel" not in document_of(page(form.format("a barrel")))
    assert key_of(page(form.format("a barrel"))) == key_of(page(form.format("a tonne")))


@pytest.mark.parametrize(
    "form",
    [
        "<p>{}</p>",
        '<p title="a data-pagefind-ignore of a barrel">{}</p>',
        '<p data-pagefind-ignore data-pagefind-meta="names">{}</p>',
        '<div data-pagefind-ignore><b data-pagefind-meta="names">{}</b></div>',
        "<p data-pagefind-ignore>{}",
        "<p data-pagefind-ignored>{}</p>",
        "<p>data-pagefind-ignore</p><p>{}</p>",
    ],
)
def test_what_may_be_shown_is_there_and_makes_another_key(form: str) -> None:
    assert b"barrel" in document_of(page(form.format("a barrel")))
    assert key_of(page(form.format("a barrel"))) != key_of(page(form.format("a tonne")))


def test_the_page_around_an_article_makes_no_other_key() -> None:
    assert key_of(page("sixty", around="one menu")) == key_of(page("sixty", around="another"))
    assert b"menu" not in document_of(page("sixty", around="one menu"))


def test_a_page_that_is_not_to_be_found_has_no_key() -> None:
    assert key_of(b"<body><article><p data-pagefind-body>not here</p></article>") == b""


def test_pagefind_finds_in_documents_what_it_finds_in_whole_articles(
    specimen_site: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Path = specimen_site.folder
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}
    pages = {name: data for name, data in pages.items() if key_of(data)}
    assert len(pages) > 50
    monkeypatch.setattr(
        "factbook.search.documents._folded", lambda article: article
    )  # of words that are shown
    cut = {name: document_of(data) for name, data in pages.items()}
    monkeypatch.setattr("factbook.search.documents._searchable", lambda article: article)
    whole = {name: document_of(data) for name, data in pages.items()}
    assert sum(map(len, cut.values())) < 0.8 * sum(map(len, whole.values()))
    assert all(_article(data) for data in whole.values())
    assert opened(program.indexed(cut)) == opened(program.indexed(whole))
