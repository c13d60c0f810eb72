"""The publication itself, once built: what must hold of any site holds of this one, at its size."""

from factbook.model.briefing import Briefing, PlainPage
from tests.sites import BuiltSite, Element, HtmlPage
from tests.test_site_whole import (
    bare_facts,
    dangling_links,
    doubled_ids,
    garbled_names,
    links_not_shown,
    missing_anchors,
    names_on_top,
    untold_stakes,
    with_stakes,
)


def test_every_link_leads_somewhere(real_site: BuiltSite) -> None:
    assert dangling_links(real_site) == []


def test_what_a_page_shows_in_places_of_its_own_is_shown_there(real_site: BuiltSite) -> None:
    assert links_not_shown(real_site) == []


def test_no_id_stands_twice(real_site: BuiltSite) -> None:
    assert doubled_ids(real_site) == []


def test_every_anchor_stands_in_the_page_of_its_sheet(real_site: BuiltSite) -> None:
    assert missing_anchors(real_site) == []


def test_every_fact_shows_where_it_comes_from_or_that_it_does_not(real_site: BuiltSite) -> None:
    assert bare_facts(real_site) == []


def test_who_has_a_stake_is_told_wherever_he_is_cited(real_site: BuiltSite) -> None:
    assert len(with_stakes(real_site)) > 40
    assert untold_stakes(real_site) == []


def test_a_garbled_name_never_stands_for_the_thing(real_site: BuiltSite) -> None:
    assert garbled_names(real_site)
    assert names_on_top(garbled_names(real_site), real_site) == []


def test_a_briefing_shows_of_a_statement_the_answer_to_its_own_question(real_site: BuiltSite) -> None:
    """Statements answer several questions; beside one, the answer to another would mislead."""
    briefings = real_site.catalogue.all(Briefing)
    beside = {
        each.id: " ".join(
            side.text for side in real_site.page_of(each.id).article.all(cls="fb-contest__sides")
        )
        for each in briefings
    }
    assert len(briefings) > 1 and any(beside.values())
    assert [
        (asked.id, other.id)
        for asked in briefings
        for other in briefings
        if asked != other and other.question in beside[asked.id]
    ] == []


def test_the_front_page_asks_in_the_order_that_its_editors_set(real_site: BuiltSite) -> None:
    front = real_site.page_of("index")
    chosen = real_site.catalogue.get("index", PlainPage).questions
    asked = links_in(front.article.all("header", cls="fb-home__lead"), front, real_site)
    assert chosen and list(dict.fromkeys(asked)) == [f"{id}/index.html" for id in chosen]


def test_what_a_briefing_tells_of_leads_back_to_it(real_site: BuiltSite) -> None:
    pages = {page.file: page for page in real_site.pages.values()}
    briefings = {real_site.page_of(each.id).file for each in real_site.catalogue.all(Briefing)}
    for file in briefings:
        told = set(links_in(pages[file].article.all(cls="fb-story"), pages[file], real_site)) - briefings
        assert len(told) > 5, file
        for other in told:
            glance = pages[other].article.all(cls="fb-page__side")
            assert file in links_in(glance, pages[other], real_site), other


def test_the_front_page_numbers_its_sources_in_the_order_in_which_a_reader_meets_them(
    real_site: BuiltSite,
) -> None:
    front = next(each for each in real_site.pages.values() if each.file == "index.html").article
    numbers = [int(link.text) for cites in front.all(cls="fb-cites") for link in cites.all("a")]
    assert numbers
    first_met = list(dict.fromkeys(numbers))
    assert first_met == sorted(first_met)


def test_no_question_stands_among_those_who_answer_it_without_an_answer(real_site: BuiltSite) -> None:
    page = next(each for each in real_site.pages.values() if each.file == "who-says-what/index.html")
    tables = page.article.all("table", cls="fb-stances")
    assert tables
    assert all(table.all("tbody") for table in tables)


def links_in(elements: list[Element], page: HtmlPage, site: BuiltSite) -> list[str]:
    """The files that the links inside some elements lead to, in their order."""
    return [
        (site.target(page, link.attributes["href"]) or "").partition("#")[0]
        for element in elements
        for link in element.all("a")
        if not link.attributes["href"].startswith("#")
    ]
