"""What a place is called where it is only named: a link that brings words says what its sheet would say."""

from pathlib import Path

import pytest

from factbook.catalogue import join
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.pages.labels import link_words, place_words

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
