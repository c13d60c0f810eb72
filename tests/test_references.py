"""References are found where they stand in a file, and they are those that the catalogue follows."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.catalogue import join
from factbook.editing.references import references
from factbook.editing.scalars import scalars
from factbook.editing.texts import read_file
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load


@pytest.mark.parametrize("config", ["mkdocs.yml", "tests/specimen/mkdocs.yml"])
def test_they_are_those_of_the_catalogue(config: str, root: Path) -> None:
    settings, _ = read_settings(root / config)
    assert settings is not None
    loaded = load(settings)
    catalogue, _ = join(loaded)
    found: Counter[tuple[str, str]] = Counter()
    for sheet in (*loaded.sheets, *loaded.pages):
        text = read_file(settings.root / sheet.path).text
        for reference in references(sheet, text):
            assert text[reference.span.start : reference.span.end] == reference.id
            if reference.anchor_span:
                assert text[reference.anchor_span.start : reference.anchor_span.end] == reference.anchor
            if reference.id in catalogue:  # words may stand where an id may
                found[sheet.id, reference.id] += 1
    assert found == Counter((link.origin, link.target) for link in catalogue.links)


WORDS = st.lists(
    st.sampled_from(["[[lamp]]", "it's", "a", "“x”", "💡", "\\", "#no", "- b", "ü:", '"q"']), min_size=1
)


@given(
    words=WORDS,
    width=st.integers(2, 30),
    style=st.sampled_from(["'", '"', ">-", "|-"]),
    indent=st.integers(1, 4),
)
def test_every_character_of_a_value_is_found_however_it_is_written(
    words: list[str], width: int, style: str, indent: int
) -> None:
    rows: list[str] = []
    for word in words:
        if rows and len(rows[-1]) < width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    margin = "\n" + " " * indent
    if style == "'":
        text = "x: '" + margin.join(row.replace("'", "''") for row in rows) + "'\n"
    elif style == '"':
        text = 'x: "' + margin.join(row.replace("\\", "\\\\").replace('"', '\\"') for row in rows) + '"\n'
    else:
        text = f"x: {style}" + "".join(margin + row for row in rows) + "\n"
    value = scalars(f"a: b\n{text}# end\n")[("x",)]
    assert value.value.split() == " ".join(rows).split()
    for position, character in enumerate(value.value):
        if not character.isspace():
            assert value.source[value.offset_of(position)] in (character, "\\")
