"""What one change makes again: the views that would come out otherwise, and of these what they take of the sheets that changed."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from factbook import press
from factbook.catalogue import Catalogue, Watched
from factbook.pages.kinds import OVERVIEWS, Slot
from factbook.pages.page import Page
from tests.test_kept import build, clean, folder, tree

__all__ = ["folder"]

Take = Callable[[Catalogue, str], Any]
VIEWS = {overview.address for overview in OVERVIEWS}
CAP = "events/cap-announced-2022-12-05.yml"

CHANGES: tuple[tuple[str, str, str, str, set[str]], ...] = (
    # what changes, in which sheet, what stands there, what stands there then, the views that show it
    ("words beside a link", CAP, "announced it at the lighthouse", "made it known there", {"timeline/"}),
    ("a summary of an event", CAP, "matters: major\n", "matters: major\nlede: It was [[price-cap|a cap]].\n", set()),
    ("a place in a source", "actors/ministry-of-tides.yml", "        at: page 2\n",
     "        at: page 3\n", set()),
    ("a place that dates an event", CAP, "    - source: harbour-gazette-2022-12-06\nactors",
     "    - source: harbour-gazette-2022-12-06\n      at: page 3\nactors", {"timeline/"}),
    ("a source for a fact", "events/winter-of-fog-2022.yml", "    confidence: low\n",
     "      - source: harbour-gazette-2022-12-06\n    confidence: low\n",
     {"sources/", "review/"}),  # the board names the fact, which is in doubt
    ("a doubt of a fact", "events/winter-of-fog-2022.yml", "    confidence: low\n", "", {"review/"}),
    ("a day of review", CAP, "review_by: 2027-11-01", "review_by: 2027-10-01", {"review/"}),
    ("a title", CAP, "title: Ministry announces a price cap on lamp oil", "title: A cap is announced",
     {"events/", "search/", "timeline/"}),
    ("a title of a source", "sources/reg-2023-04.yml", "title: Regulation 2023/4 amending Regulation 2022/17",
     "title: Regulation 2023/4", {"sources/", "timeline/", "may-i/"}),  # notes name it
    ("how much was read", "sources/tidewatch-2024-07.yml", "read: whole", "read: excerpt",
     {"sources/", "measures/", "timeline/", "who-says-what/", "predictions/"}),  # notes say so
    ("a day", "events/winter-of-fog-2022.yml", "  date: 2022-11/2023-03", "  date: 2022-12/2023-03",
     {"events/", "timeline/", "as-of/", "search/", "review/"}),
    ("a definition", "terms/ceiling.yml", "definition: A price above", "definition: The price above", {"terms/"}),
)  # fmt: skip


@pytest.mark.parametrize(("what", "sheet", "old", "new", "views"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_change_lays_out_the_views_that_show_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str, sheet: str, old: str, new: str, views: set[str]
) -> None:
    build(folder)
    path = folder / "content" / sheet
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, what
    path.write_text(text.replace(old, new, 1), "utf-8")
    laid_out: set[str] = set()
    lay_out = press.laying_out.lay_out_slot

    def noted(slot: Slot, *rest: Any) -> list[Page]:
        laid_out.add(slot.address)
        return lay_out(slot, *rest)

    monkeypatch.setattr(press.laying_out, "lay_out_slot", noted)
    assert build(folder).applied
    assert laid_out & VIEWS == views  # that the site is the right one then, `test_kept` shows


def taken_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Of how many sheets a build takes something for views of many."""
    found: Counter[str] = Counter()
    gathered = Watched.gathered

    def counted(self: Watched, what: str, ids: Iterable[str], take: Take) -> list[Any]:
        def noted(catalogue: Catalogue, id: str) -> Any:
            found[id] += 1
            return take(catalogue, id)

        return gathered(self, what, ids, noted)

    with monkeypatch.context() as patched:
        patched.setattr(Watched, "gathered", counted)
        assert build(folder).applied
    return found


def test_a_view_takes_anew_only_of_the_sheets_that_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = taken_of(folder, monkeypatch)
    assert len(every) > 30
    assert not taken_of(folder, monkeypatch)
    path = folder / "content" / CAP
    path.write_text(re.sub("(?m)^title: .*$", "title: A cap is announced", path.read_text("utf-8")), "utf-8")
    notice = "cap-notice-2022-12-19"  # its line names that of which it is the notice
    assert set(taken_of(folder, monkeypatch)) == {"cap-announced-2022-12-05", notice}
    assert tree(folder / "site") == clean(folder)


def test_what_a_view_takes_of_a_sheet_may_name_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder)
    path = folder / "content" / "actors" / "harun-dalga.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Harun Dalga", "Haroun Dalga", 1), "utf-8")
    taken = set(taken_of(folder, monkeypatch))
    assert "harun-dalga-2022-12-07-dark-winter" in taken, "its line names the speaker"
    assert "tidewatch-2024-07" not in taken
    assert tree(folder / "site") == clean(folder)


def test_a_sheet_more_is_taken_of_beside_all_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder)
    fog = folder / "content" / "events" / "winter-of-fog-2022.yml"
    text = fog.read_text("utf-8").replace("title: Winter", "title: Second winter", 1)
    fog.with_stem("winter-of-fog-2023").write_text(text, "utf-8")
    again = set(taken_of(folder, monkeypatch))
    assert "winter-of-fog-2023" in again
    assert "price-cap" not in again
    assert "Second winter of fog" in (folder / "site" / "timeline" / "index.html").read_text("utf-8")
    assert tree(folder / "site") == clean(folder)
