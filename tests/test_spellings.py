"""Spellings: every form under which a name is found."""

import pytest

from factbook.model.actor import Actor
from factbook.model.source import Source
from factbook.pages.spellings import as_found, latin_forms, spellings_of


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Kıyıgölge", {"kiyigolge", "kiyigoelge"}),
        ("Işıl", {"isil", "ishil"}),
        ("Çağ", {"cag", "chag", "cha"}),
        ("Пухов", {"pukhov", "puhov", "puchow"}),
        ("Дмитрий", {"dmitriy", "dmitrii", "dmitrij", "dmitry"}),
        ("Шугаев", {"shugaev", "schugaew"}),
        ("Юлия", {"yuliya", "iuliia", "julija"}),
        ("عربي21", {"arbi21"}),
        ("Nyström", {"nystrom", "nystroem"}),
    ],
)
def test_a_word_is_written_in_plain_latin_letters_each_way_people_do(word: str, forms: set[str]) -> None:
    assert forms <= set(latin_forms(word))


@pytest.mark.parametrize("word", ["Lamp", "S-400", "235(a)(3)"])
def test_plain_words_have_no_further_forms(word: str) -> None:
    assert latin_forms(word) == ()


@pytest.mark.parametrize(
    "form", [form for word in ("Жёлудь", "Щукин", "Çığ", "شركة") for form in latin_forms(word)]
)
def test_every_form_is_plain(form: str) -> None:
    assert form.isascii()
    assert form == form.lower()


def test_what_the_search_program_takes_for_one_word_is_one() -> None:
    assert as_found("İSMAİL") == as_found("Ismaıl".replace("ı", "i")) == "ismail"
    assert as_found("S-400") == as_found("S400")
    assert as_found("Gençoğlu") == as_found("GENCOGLU")
    assert as_found("Baskanlık") != as_found("Baskanlik"), (
        "ı is a letter of its own to it, so both are written"
    )


def test_a_thing_is_found_by_all_its_names_garbled_ones_too() -> None:
    names = [
        {"text": "Işıl Kıyıgölge", "lang": "tr", "kind": "official"},
        {"text": "Ishel Kayakolga", "lang": "en", "kind": "garbled"},
    ]
    actor = Actor.model_validate(
        {"names": names, "kind": "person", "verified": "2026-11-22", "review_by": "2027-11-22"}
    )
    found = spellings_of(actor)
    assert found.weigh == "names"
    assert {"Işıl", "isil", "Kıyıgölge", "kiyigolge", "Ishel", "Kayakolga"} <= set(found.words)
    assert len({as_found(word) for word in found.words}) == len(found.words), "each word once"


def test_a_source_is_found_by_its_publisher_and_weighs_less() -> None:
    source = Source.model_validate(
        {
            "title": "The cap lowered",
            "kind": "press",
            "publisher": "Işık Daily",
            "language": "en",
            "read": "whole",
            "origin": {"value": "unknown"},
            "verified": "2026-11-22",
            "review_by": "2027-11-22",
        }
    )
    found = spellings_of(source)
    assert found.weigh == "others"
    assert "isik" in found.words
    assert "cap" not in found.words, "the title is indexed as it is"
