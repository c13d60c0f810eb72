"""Letters without their marks: by them lists are in order, and anchors and ids are made."""

import pytest

from factbook.characters import unmarked
from factbook.problems import in_id_letters
from factbook.prose.sections import fold

UNMARKED = {
    "Łódź": "lodz",
    "Iğdır": "igdir",
    "İzmir": "izmir",
    "Çankaya": "cankaya",
    "Ærø": "aero",
    "Đurđevac": "durdevac",
    "Straße": "strasse",
    "Þórshöfn": "thorshofn",
    "Ελλάδα": "ελλαδα",
    "Йошкар-Ола": "иошкар-ола",
    "plain words": "plain words",
}


@pytest.mark.parametrize(("text", "letters"), UNMARKED.items())
def test_letters_lose_their_marks_and_their_case(text: str, letters: str) -> None:
    assert unmarked(text) == letters


def test_a_name_that_begins_with_a_mark_stands_where_its_letter_does() -> None:
    names = ["Zug", "Čapek Works", "Abbey", "Ístanbul Yard", "Iron Bank"]
    assert sorted(names, key=unmarked) == ["Abbey", "Čapek Works", "Iron Bank", "Ístanbul Yard", "Zug"]


@pytest.mark.parametrize(
    ("text", "id"),
    {"Łódź Works": "lodz-works", "Çankaya’s Õde": "cankayas-ode", "Straße 9": "strasse-9"}.items(),
)
def test_anchors_and_ids_are_made_of_the_same_letters(text: str, id: str) -> None:
    assert fold(text) == in_id_letters(text.replace("’", "")) == id
