"""Long lists: the page of a sheet shows their beginning and leads to a page that has them in full."""

from datetime import date

import pytest

from factbook.pages import draft, measure, source
from factbook.pages.kinds import SheetPage, lay_out
from factbook.pages.more import MorePage
from factbook.pages.page import Page
from tests.sites import DAY, BuiltSite

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
    ]
    assert links
    for page, link in links:
        file, _, list_ = (real_site.target(page, link.attributes["href"]) or "").partition("#")
        whole = real_site.pages[file.removesuffix("index.html")]
        assert list_ in whole.ids, (page.address, link.text)
