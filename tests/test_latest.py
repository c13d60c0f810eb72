"""Things at hand: the latest few, and what several threads ask of them at once."""

import threading
from pathlib import Path

import pytest

from factbook import late
from factbook.kept import shelf, store
from factbook.latest import Latest
from factbook.pages.laying_out import lay_out
from factbook.publication import read_and_check
from tests.sites import DAY, copy_specimen


def test_the_one_that_nobody_asked_for_the_longest_goes_first() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    latest: Latest[str, str] = Latest(2)
    assert [latest.get(key, make) for key in "abacab"] == list("ABACAB")
    assert made == ["a", "b", "c", "b"]
    assert len(latest) == 2


def test_what_cannot_be_made_is_not_kept() -> None:
    latest: Latest[str, str] = Latest(2)
    with pytest.raises(ZeroDivisionError):
        latest.get("a", lambda _: str(1 // 0))
    assert latest.get("a", str.upper) == "A"


def test_threads_that_ask_at_once_are_all_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a preview: every page is laid out by several threads, with hardly a sheet or a file at hand."""
    monkeypatch.setattr(shelf, "OPEN", 2)
    monkeypatch.setattr(shelf, "WHOLE", 1)
    monkeypatch.setattr(store, "OPEN_FILES", 1)
    config = copy_specimen(tmp_path / "specimen")
    content = read_and_check(config, as_of=DAY)
    sheet = next((config.parent / "content/terms").glob("*.yml"))
    sheet.write_text(sheet.read_text("utf-8") + "# another file of pieces\n", "utf-8")
    content = read_and_check(config, as_of=DAY)
    assert content.catalogue is not None
    assert content.as_of is not None
    late.read_all()  # as whoever starts threads does
    catalogue, day, history = content.catalogue, content.as_of, content.history
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            lay_out(catalogue, day, history=history)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
