"""The publication itself, once built: what must hold of any site holds of this one, at its size."""

from factbook.model.briefing import Briefing
from tests.sites import BuiltSite
from tests.test_site_whole import (
    bare_facts,
    dangling_links,
    doubled_ids,
    garbled_names,
    missing_anchors,
    names_on_top,
)


def test_every_link_leads_somewhere(real_site: BuiltSite) -> None:
    assert dangling_links(real_site) == []


def test_no_id_stands_twice(real_site: BuiltSite) -> None:
    assert doubled_ids(real_site) == []


def test_every_anchor_stands_in_the_page_of_its_sheet(real_site: BuiltSite) -> None:
    assert missing_anchors(real_site) == []


def test_every_fact_shows_where_it_comes_from_or_that_it_does_not(real_site: BuiltSite) -> None:
    assert bare_facts(real_site) == []


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
