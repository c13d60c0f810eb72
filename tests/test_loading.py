"""Reading a publication: every fault of file, YAML and form is said in full, at its place, in an editor's words."""

from pathlib import Path

import pytest

from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from tests.publications import cases, problems_of, read_case, write


@pytest.mark.parametrize("path", cases("loading"))
def test_a_fault_of_form(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert problems_of(case, tmp_path) == case["problems"]


def test_values_stay_as_they_are_written(tmp_path: Path) -> None:
    change = {"content/actors/avonia.yml": [{"replace": "kind: state\n", "by": "kind: state\ncountry: NO\n"}]}
    settings, _ = read_settings(write({"start_from": "lamps", "change": change}, tmp_path))
    assert settings is not None
    sheets = {loaded.id: loaded.sheet for loaded in load(settings).sheets}
    assert sheets["avonia"].country == "NO"
    assert sheets["lamp-act"].status[0].from_.text == "2019-05"


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    read = []
    for name in ("plain", "windows"):
        config_file = write({"start_from": "lamps"}, tmp_path / name)
        if name == "windows":
            for file in (tmp_path / name).rglob("*.*"):
                file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        settings, _ = read_settings(config_file)
        assert settings is not None
        loaded = load(settings)
        assert loaded.problems == []
        read.append([sheet.sheet for sheet in (*loaded.sheets, *loaded.pages)])
    assert read[0] == read[1]
