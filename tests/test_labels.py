"""What a place is called where it is only named: a link that brings words says what its sheet would say."""

from pathlib import Path

import pytest

from factbook.catalogue import join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.actor import Post
from factbook.model.regime import Section
from factbook.pages.actor import body_named
from factbook.pages.labels import basis_words, link_words, place_words

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("publication", ["mkdocs.yml", "tests/specimen/mkdocs.yml"])
def test_words_that_a_link_brings_are_those_of_its_fact(publication: str) -> None:
    settings, faults = read_settings(ROOT / publication)
    assert settings is not None, faults
    catalogue, _ = join(load(settings))
    bringing = [
        link
        for link in catalogue.links
        if link.fact and link_words(link, catalogue) == link.fact.words != "" and link.sentence is None
    ]
    assert len(bringing) > 10
    assert [
        link for link in bringing if place_words(link.origin, link.anchor, catalogue) != link.fact.words
    ] == []


@pytest.mark.parametrize(
    ("regime", "at", "words"),
    [
        ("Tide Act", "2", "Tide Act, section 2"),
        ("EU framework", "Regulation (EU) 2019/1890", "EU framework, Regulation (EU) 2019/1890"),
        ("Section 232", "232", "Section 232"),
        ("Tide Act", None, "Tide Act"),
    ],
)
def test_a_section_is_named_after_its_law_and_once(regime: str, at: str | None, words: str) -> None:
    section = Section.model_construct(at=at) if at else None
    assert basis_words(regime, section) == words


@pytest.mark.parametrize(
    ("role", "of", "named"),
    [
        ("Minister of Tides", "ministry-of-tides", ""),
        ("Clerk of the Ministry of Tides", "ministry-of-tides", "Ministry of Tides"),
        ("Head of MoT’s southern office", "ministry-of-tides", "MoT"),
        ("Keeper of MoTs", "ministry-of-tides", ""),
        ("Keeper of the Lighthouse Trust", "Lighthouse Trust", ""),
    ],
)
def test_a_post_names_its_body_once(role: str, of: str, named: str) -> None:
    settings, faults = read_settings(ROOT / "tests/specimen/mkdocs.yml")
    assert settings is not None, faults
    catalogue, _ = join(load(settings))
    assert body_named(Post.model_construct(role=role, of=of), catalogue) == named
