"""What readers see of changes: old and new words, days, months, corrections, and the history of a sheet."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factbook.model.change import PROSE, Change, FactEdit, History
from factbook.pages.changes import change_view
from factbook.pages.edits import ALIKE, pieces
from factbook.pages.laying_out import lay_out
from factbook.pages.page import Page
from factbook.publication import Content, read_and_check
from tests.publications import CASES, DAY, read_case
from tests.repositories import commit_all, git, write_commits
from tests.sites import BuiltSite, build_site, copy_specimen


@pytest.mark.parametrize(
    ("was", "now", "seen"),
    [
        ("50", "500", "-50 +500"),
        ("", "glass", "+glass"),
        ("glass", "", "-glass"),
        ("Fewer ships sailed in the fog.", "Far fewer ships sailed in the fog.", "-Fewer +Far fewer ships … sailed in the fog."),
        ("It came down in May 2023 to sixty.", "It came down in June 2023 to sixty.", "It came down in -May +June 2023 to sixty."),
    ],
)  # fmt: skip
def test_old_and_new_words_are_told_apart(was: str, now: str, seen: str) -> None:
    marks = {"was": "-", "now": "+", "same": ""}
    got = " ".join(marks[how] + text for how, text in pieces(was, now))
    assert got == seen.replace("ships … sailed", "ships sailed")


def test_long_stretches_that_stayed_are_cut() -> None:
    same = " ".join(f"w{n}" for n in range(40))
    assert pieces(f"a {same} b", f"c {same} d") == (
        ("was", "a"),
        ("now", "c"),
        ("same", "w0 w1 w2 w3 w4 … w35 w36 w37 w38 w39"),
        ("was", "b"),
        ("now", "d"),
    )


def test_words_of_which_a_link_alone_is_another_are_said_to_be_the_same(tmp_path: Path) -> None:
    content = content_of("a-link-alone-is-another", tmp_path)
    shown = pages_of(content)["changes/"].view
    (edit,) = [
        edit
        for day in shown.days
        for sheet in day.sheets
        for change in sheet.changes
        for edit in change.edits
    ]
    assert [field.pieces for field in edit.fields] == [(("same", ALIKE),)]


def test_a_very_long_text_is_cut() -> None:
    ((how, text),) = pieces("", " ".join(["word"] * 500))
    assert how == "now"
    assert text.endswith("word …")
    assert len(text.split()) == 61


def content_of(name: str, root: Path) -> Content:
    return read_and_check(write_commits(read_case(CASES / "history" / f"{name}.yml"), root), as_of=DAY)


def pages_of(content: Content, history: History | None = None) -> dict[str, Page]:
    assert content.catalogue is not None
    told = content.history if history is None else history
    return {page.address: page for page in lay_out(content.catalogue, date.fromisoformat(DAY), history=told)}


def test_changes_stand_by_day_and_month_and_corrections_apart(tmp_path: Path) -> None:
    pages = pages_of(content_of("a-correction-with-its-reason", tmp_path))
    assert {address for address in pages if "changes/" in address} == {"changes/", "changes/2026-10/"}
    days = pages["changes/"].view.days
    assert [(day.day.isoformat(), day.new_count, len(day.sheets)) for day in days] == [
        ("2026-10-20", 0, 1),
        ("2026-10-01", 17, 0),
    ]
    (wrong,) = pages["corrections/"].view.days
    (change,) = wrong.sheets[0].changes
    assert change.reason == "The decree says 500, not 50."
    assert change.ref.anchor == "provisions.sales.threshold"
    assert change.edits[0].fields[0].pieces == (("was", "50"), ("now", "500"))


def test_a_month_with_many_changes_leads_to_its_days(tmp_path: Path) -> None:
    content = content_of("a-value-that-changed-without-a-word", tmp_path)
    newest = content.history.changes[0]
    pages = pages_of(content, History("whole", (newest,) * 301))
    assert pages["changes/2026-10/"].view.days == ()
    assert [ref.address for ref in pages["changes/2026-10/"].view.past] == ["changes/2026-10-20/"]
    assert len(pages["changes/2026-10-20/"].view.days) == 1


def test_many_corrections_leave_the_older_ones_to_their_months(tmp_path: Path) -> None:
    content = content_of("a-correction-with-its-reason", tmp_path)
    (wrong,) = [change for change in content.history.changes if change.kind == "corrected"]
    months = {8: 1, 9: 2, 10: 59, 11: 2}
    changes = [
        replace(wrong, day=date(2026, month, 5)) for month, count in months.items() for _ in range(count)
    ]
    view = pages_of(content, History("whole", tuple(changes)))["corrections/"].view
    assert [day.day.month for day in view.days] == [11, 10]
    assert [ref.address for ref in view.past] == ["changes/2026-09/", "changes/2026-08/"]


def test_a_long_history_has_a_page_and_a_short_one_has_not(tmp_path: Path) -> None:
    content = content_of("a-value-that-changed-without-a-word", tmp_path)
    newest = content.history.changes[0]
    short, long = (pages_of(content, History("whole", (newest,) * count)) for count in (6, 7))
    address = "measures/lamp-ban/history/"
    assert address not in short
    assert len(long[address].view.changes) == 7
    told = long["measures/lamp-ban/"].view.tail.history
    assert (len(told.changes), told.count, told.whole.address) == (6, 7, address)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The specimen in a repository, in which the threshold of the cap was wrong for a month."""
    root = tmp_path_factory.mktemp("corrected") / "specimen"
    config = copy_specimen(root)
    measure = root / "content/measures/price-cap.yml"
    now = measure.read_text(encoding="utf-8")
    before = now[: now.index("changes:\n")].replace("amount: 60", "amount: 100")
    (root / ".gitignore").write_text(".cache/\nschemas/\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    for day, text in (("2026-10-01", before), ("2026-11-01", now)):
        measure.write_text(text, encoding="utf-8")
        commit_all(root, day)
    status, said = build_site(config, root.parent / "site")
    assert status == 0, said
    return BuiltSite(root.parent / "site", config)


def marked(page: Any, tag: str) -> list[str]:
    return [element.text for element in page.article.all(tag)]


def test_a_reader_sees_what_was_wrong_what_is_right_and_why(corrected: BuiltSite) -> None:
    for address in ("changes/", "corrections/", "measures/price-cap/"):
        page = corrected.pages[address]
        assert "100" in marked(page, "del"), address
        assert "60" in marked(page, "ins"), address
        assert "The first ceiling was given as if it still held." in page.article.text
    assert "On this site since 1 October 2026" in corrected.pages["terms/ceiling/"].article.text


def test_values_are_told_in_words(tmp_path: Path) -> None:
    content = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY)
    assert content.catalogue is not None

    def told(sheet: str, collection: str, edit: FactEdit) -> tuple[str, list[str]]:
        change = Change(sheet, collection, edit.anchor, "changed", "minor", date(2026, 11, 5), edits=(edit,))
        view = change_view(change, content.catalogue, content.history)
        return view.where, [
            f"{field.name}: {' '.join(text for _, text in field.pieces)}" for field in view.edits[0].fields
        ]

    rule = FactEdit(
        "provisions.insurance-ban.forbids.insure-above",
        "changed",
        (("act", "guarantee"), ("who", "insurers")),
        (("act", "transfer"), ("who", "carriers")),
    )
    assert told("price-cap", "measures", rule) == (
        "Ban on insuring: forbids, “Covering a voyage on which lamp oil is carried above the ceiling”",
        ["act: guarantee or insure hand over", "act of: insurers carriers by sea"],
    )
    rests = FactEdit(
        "rests-on",
        "changed",
        (("rests_on", "price-cap"),),
        (("rests_on", "price-cap#ground.cheap-light, lantern-oil"),),
    )
    assert told("does-a-cap-make-light-cheaper", "briefings", rests) == (
        "what the answer rests on",
        [": Price cap on lamp oil To bring down the price of light before the winter; Lantern Oil"],
    )
    day = FactEdit("provisions.price-cap", "changed", (("starts", "2022-12"),), (("starts", "2022-12-19"),))
    assert told("price-cap", "measures", day) == (
        "Ceiling on the price",
        ["starts: December 2022 19 December 2022"],
    )
    cites = FactEdit(
        "ground.cheap-light",
        "changed",
        (("cite", "minister-speech-2022-12-05"),),
        (("cite", "reg-2022-17, article 3, read in tide-bulletin-2022-12-19: “No carrier”"),),
        sources_only=True,
    )
    assert told("price-cap", "measures", cites) == (
        "ground, “To bring down the price of light before the winter”",
        [
            "sources: The minister’s speech at the lighthouse Regulation 2022/17, article 3, "
            "read in Bulletin of the Tides, no. 44: “No carrier”"
        ],
    )


def test_blocks_and_headings_of_prose_are_no_words_of_it(tmp_path: Path) -> None:
    content = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY)
    assert content.catalogue is not None
    text = "## Who says what So far ::: stance-matrix two. ::: scorecard of=lantern-oil"
    edit = FactEdit("who-says-what", "added", (), ((PROSE, text),))
    change = Change(
        "does-a-cap-make-light-cheaper",
        "briefings",
        edit.anchor,
        "added",
        "minor",
        date(2026, 11, 5),
        edits=(edit,),
    )
    view = change_view(change, content.catalogue, content.history)
    assert (view.where, view.edits[0].fields[0].pieces) == (
        "“Who says what”",
        (("now", "So far two."),),
    )


def test_a_copy_without_history_says_so(specimen_site: BuiltSite, corrected: BuiltSite) -> None:
    said = "This copy was built without the history of its files."
    assert said in specimen_site.pages["changes/"].article.text
    assert said in specimen_site.pages["corrections/"].article.text
    assert said not in corrected.pages["changes/"].article.text


def test_the_front_page_tells_what_changed_lately_and_matters(tmp_path: Path) -> None:
    content = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY)
    at = {"sheet": "price-cap", "collection": "measures", "anchor": "provisions.price-cap.threshold"}
    corrected = Change(
        **at, kind="corrected", weight="major", day=date(2026, 11, 5), reason="It was misread."
    )
    small = Change(**at, kind="changed", weight="minor", day=date(2026, 11, 6), reason="A comma.")
    came = [
        Change(sheet=id, collection=name, anchor="sheet", kind="added", weight="major", day=date(2026, 11, 1))
        for id, name in (("price-cap", "measures"), ("harbour-dues", "measures"), ("saltmarsh", "actors"))
    ]
    pages = pages_of(content, History("whole", (small, corrected, *came)))
    rows = pages[""].view.of.lately
    assert [(row.day.isoformat(), row.title, [ref.title for ref in row.new]) for row in rows] == [
        ("2026-11-05", "Price cap on lamp oil", []),
        ("2026-11-01", "", ["Measures (2)", "1 person or body"]),
    ]
    assert rows[0].ref.anchor == "provisions.price-cap.threshold"
    assert pages_of(content, History("whole", (corrected,) * 9))[""].view.of.lately == (rows[0],) * 5
    assert pages_of(content, History())[""].view.of.lately == ()


def test_a_day_says_what_each_thing_is_that_changed(tmp_path: Path) -> None:
    content = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY)
    at = {"anchor": "lede", "kind": "changed", "weight": "minor", "day": date(2026, 11, 5)}
    where = (("price-cap", "measures"), ("harun-dalga", "actors"), ("about", "briefings"), ("gone", "actors"))
    changes = tuple(Change(sheet=id, collection=name, **at) for id, name in where)
    (day,) = pages_of(content, History("whole", changes))["changes/"].view.days
    assert {row.title: row.noun for row in day.sheets} == {
        "Price cap on lamp oil": "measure",
        "Harun Dalga": "person",
        "About": "page",
        "gone": "person or body",
    }
    assert {change.where for row in day.sheets for change in row.changes} == {"summary"}


def test_a_line_about_a_whole_sheet_names_the_one_fact_that_it_is_about(tmp_path: Path) -> None:
    content = read_and_check(copy_specimen(tmp_path / "own"), as_of=DAY)
    assert content.catalogue is not None
    lede = FactEdit("lede", "changed", (("lede", "A cap."),), (("lede", "A ceiling."),))
    ground = FactEdit("ground.cheap-light", "changed", (("text", "Cheap."),), (("text", "Cheaper."),))

    def told(*edits: FactEdit) -> tuple[str, list[str]]:
        change = Change(
            "price-cap", "measures", "sheet", "corrected", "minor", date(2026, 11, 5), edits=edits
        )
        view = change_view(change, content.catalogue, content.history)
        return view.where, [edit.where for edit in view.edits]

    assert told(lede) == ("summary", [""])
    assert told(ground, lede) == ("", ["ground", "summary"])
