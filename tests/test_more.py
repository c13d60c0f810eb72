"""Long lists: the page of a sheet shows their beginning and leads to a page that has them in full."""

from datetime import date
from pathlib import Path

import pytest

from factbook.pages import draft, measure, more, source
from factbook.pages.addresses import first_part
from factbook.pages.laying_out import SheetPage, lay_out
from factbook.pages.more import MorePage
from factbook.pages.page import Page
from tests.publications import write
from tests.sites import DAY, BuiltSite, build_site, read_html

AS_OF = date.fromisoformat(DAY)


@pytest.fixture
def crowded(specimen_site: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> dict[str, Page]:
    """The pages of the specimen, were one row of each long list all there is room for; by address."""
    for module, name in ((draft, "MENTIONS"), (measure, "STATEMENTS"), (source, "ROWS")):
        monkeypatch.setattr(module, name, 1)
    return {page.address: page for page in lay_out(specimen_site.catalogue, AS_OF)}


def begun(pages: dict[str, Page]) -> list[tuple[str, SheetPage]]:
    """The sheets' pages that cut a list."""
    return [
        (page.address, page.view)
        for page in pages.values()
        if isinstance(page.view, SheetPage) and page.view.tail.cut
    ]


def rows_of(view: MorePage) -> dict[str, int]:
    """How many rows the page of long lists has of each."""
    found = {
        "said": len(view.said),
        "statements": len(view.statements),
        "resting": len(view.resting),
        "mentioned": sum(len(group.rows) for group in view.mentions),
    }
    return {name: count for name, count in found.items() if count}


def test_a_cut_list_says_how_many_there_are_and_stands_in_full_elsewhere(crowded: dict[str, Page]) -> None:
    cut = begun(crowded)
    assert {name for _, view in cut for name in view.tail.cut} == {
        "said",
        "statements",
        "resting",
        "mentioned",
    }
    for address, view in cut:
        assert view.tail.more.address == f"{address}more/"
        assert rows_of(crowded[view.tail.more.address].view) == dict(view.tail.cut)


def test_a_sheet_whose_lists_are_short_has_no_second_page(specimen_site: BuiltSite) -> None:
    pages = {page.address: page for page in lay_out(specimen_site.catalogue, AS_OF)}
    assert begun(pages) == []
    assert [page for page in pages.values() if page.kind == "more"] == []


def test_a_second_page_can_be_asked_for_alone(
    specimen_site: BuiltSite, crowded: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = next(page.address for page in crowded.values() if page.kind == "more")
    (alone,) = lay_out(specimen_site.catalogue, AS_OF, lambda each: each == address)
    assert alone == crowded[address]


def test_what_bears_on_a_question_stays_on_the_page(crowded: dict[str, Page]) -> None:
    kept = [view.of for _, view in begun(crowded) if "said" in view.tail.cut]
    for of in kept:
        said = getattr(of, "said_about", None) or of.statements
        assert all(each.stances or each.prediction for each in said)


def test_the_publication_leads_from_each_list_it_cuts_to_the_whole(real_site: BuiltSite) -> None:
    links = [
        (page, link)
        for page in real_site.pages.values()
        for place in page.article.all("p", cls="fb-all")
        for link in place.all("a")
        if "#" in link.attributes["href"]
    ]
    assert links
    for page, link in links:
        file, _, list_ = (real_site.target(page, link.attributes["href"]) or "").partition("#")
        whole = real_site.pages[file.removesuffix("index.html")]
        assert list_ in whole.ids, (page.address, link.text)


def test_lists_too_long_for_one_page_are_dealt_out_in_order() -> None:
    assert more.windows({}) == [{}]
    assert more.windows({"resting": 3, "mentioned": 2}) == [{"resting": (0, 3), "mentioned": (0, 2)}]
    dealt = more.windows({"said": 150, "resting": 20_000, "mentioned": 900})
    for name, count in (("said", 150), ("resting", 20_000), ("mentioned", 900)):
        stretches = [window[name] for window in dealt if name in window]
        assert [start for start, _ in stretches] == [0, *(end for _, end in stretches[:-1])]
        assert stretches[-1][1] == count
    for window in dealt:
        assert sum((end - start) * more.WEIGHTS[name] for name, (start, end) in window.items()) <= more.ROOM


def test_the_parts_of_long_lists_hold_every_row_once(
    specimen_site: BuiltSite, crowded: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {page.address: page.view for page in crowded.values() if page.kind == "more"}
    monkeypatch.setattr(more, "ROOM", 4)
    parted = {page.address: page for page in lay_out(specimen_site.catalogue, AS_OF) if page.kind == "more"}
    assert len(parted) > len(whole)
    for address, all_of_it in whole.items():
        first = parted[address].view
        views = [parted[ref.address].view for ref in first.parts]
        for name in ("said", "statements", "resting"):
            rows = [row for view in views for row in getattr(view, name)]
            assert len(rows) == len(getattr(all_of_it, name))
            assert {row.ref for row in rows} == {row.ref for row in getattr(all_of_it, name)}
        mentioned = [row for view in views for group in view.mentions for row in group.rows]
        assert mentioned == [row for group in all_of_it.mentions for row in group.rows]
        begin = {name for name, rows in rows_of(first).items() if rows}
        assert begin | first.later.keys() == rows_of(all_of_it).keys(), (
            "a link to any list finds it or the way to it"
        )


def test_a_part_can_be_asked_for_with_the_first(crowded: dict[str, Page]) -> None:
    assert first_part("sources/gazette/more-12/") == "sources/gazette/more/"
    assert first_part("terms/more-2/") == "terms/more/"
    assert first_part("sources/more-light/") == "sources/more-light/"


@pytest.mark.full
def test_a_source_of_twenty_thousand_facts_has_pages_that_open(tmp_path: Path) -> None:
    config = write({"start_from": "lamps"}, tmp_path / "lamps")
    index = "---\ntitle: Lamps\ndescription: On lamps.\nverified: 2026-11-01\nreview_by: 2027-11-01\n---\nLamps.\n"
    (tmp_path / "lamps/briefings/index.md").write_text(index, encoding="utf-8")
    for number in range(400):
        facts = "".join(
            f"  - {{id: f{at}, text: Lamp {number} of sort {at} is lit., cite: [{{source: gazette, at: article {at}}}]}}\n"
            for at in range(50)
        )
        text = f"title: Lamp {number}\ndefinition: A lamp.\nfacts:\n{facts}verified: 2026-11-01\nreview_by: 2027-11-01\n"
        (tmp_path / f"lamps/content/terms/lamp-{number}.yml").write_text(text, encoding="utf-8")
    status, said = build_site(config, tmp_path / "site")
    assert status == 0, said
    own = sorted((tmp_path / "site/sources/gazette").rglob("index.html"))
    sizes = {path.relative_to(tmp_path / "site").as_posix(): path.stat().st_size for path in own}
    assert len(sizes) > 40
    assert max(sizes.values()) < 300_000, sizes
    rows = sum(
        read_html(path.read_text(encoding="utf-8")).first("article").text.count(" is lit.")
        for path in own
        if "more" in path.parent.name
    )
    assert rows >= 20_000
    heavy = {
        path.relative_to(tmp_path / "site").as_posix(): path.stat().st_size
        for path in (tmp_path / "site").rglob("*gazette*")
        if path.is_file()
    }
    assert max(heavy.values()) < 300_000, heavy
