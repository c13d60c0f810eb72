"""Files that attack: each ends in a clear problem or is read rightly, within bounded time and memory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.characters import visible
from factbook.loading.files import read_data
from factbook.problems import Problem
from tests.hostile.files import FILES, FRONT, HostileFile, holds, link, pipe
from tests.hostile.reading import Weighed, weighed
from tests.publications import write

SECONDS, MEGABYTES = 2, 500
"""What one file may cost; the time is asked for where nothing else is running (`--full`), else several times as much is granted."""
GRANTED = 4


def check_of(hostile: HostileFile, folder: Path) -> Weighed:
    config_file = write({"start_from": "lamps"}, folder / "lamps")
    hostile.make(config_file.parent)
    return weighed(config_file, folder / "said.txt")


def test_names_are_given_once() -> None:
    assert len({hostile.name for hostile in FILES}) == len(FILES)


@pytest.mark.parametrize("hostile", FILES, ids=str)
def test_a_file_that_attacks_is_told_or_read_rightly(
    hostile: HostileFile, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = check_of(hostile, tmp_path)
    record_property("highest", ("seconds of the processor for a hostile file", round(found.seconds, 2)))
    record_property("highest", ("MB for a hostile file", round(found.megabytes)))
    assert found.told == hostile.told, found.said[:3000]
    assert found.status == (1 if hostile.told else 0)
    assert found.seconds < SECONDS * GRANTED
    assert found.megabytes < MEGABYTES


@pytest.mark.full
def test_no_file_takes_two_seconds(tmp_path: Path) -> None:
    found = {hostile.name: check_of(hostile, tmp_path / str(at)).seconds for at, hostile in enumerate(FILES)}
    assert {name: took for name, took in found.items() if took >= SECONDS} == {}


@pytest.mark.full
@pytest.mark.parametrize("hostile", [each for each in FILES if not each.told], ids=str)
def test_what_is_read_rightly_is_built(hostile: HostileFile, tmp_path: Path) -> None:
    config_file = write({"start_from": "lamps"}, tmp_path / "lamps")
    holds(FRONT.replace("Candles", "Lamps"), "briefings/index.md")(config_file.parent)
    hostile.make(config_file.parent)
    words = ("build", "--no-search", "--site-dir", str(tmp_path / "site"))
    found = weighed(config_file, tmp_path / "said.txt", *words)
    assert found.status == 0, found.said
    assert found.megabytes < MEGABYTES
    assert all(path.stat().st_size < 4_000_000 for path in (tmp_path / "site").rglob("*.html"))


@pytest.mark.parametrize("make", [pipe, link], ids=["a pipe", "a link to a device"])
def test_what_takes_the_place_of_a_file_after_it_was_found_is_not_read(
    make: Callable[..., Callable[[Path], None]], tmp_path: Path
) -> None:
    (make("candle.yml") if make is pipe else make("/dev/zero", "candle.yml"))(tmp_path)
    found = read_data(tmp_path / "candle.yml", "candle.yml", 1024)
    assert isinstance(found, Problem)
    assert found.code == "not-a-plain-file"


def test_a_name_is_printed_as_it_can_be_seen() -> None:
    assert visible("ışıldak – лампа.yml") == "ışıldak – лампа.yml"
    assert visible("a\x1b[31m\n\u202e\udce9.yml") == r"a\x1b[31m\n\u202e\udce9.yml"
