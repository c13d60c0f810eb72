"""Facets: by what a search in the specimen can be narrowed."""

from datetime import date

import pytest

from factbook.pages.facets import FACETS, facet_views, facets_of
from factbook.pages.laying_out import lay_out
from tests.sites import DAY, BuiltSite

AS_OF = date.fromisoformat(DAY)


def test_every_page_to_be_found_says_its_kind_once(specimen_site: BuiltSite) -> None:
    for page in lay_out(specimen_site.catalogue, AS_OF):
        if page.facets:
            assert [facet for facet, _ in page.facets].count("Kind") == 1, page.address


def test_facets_stand_in_one_order_and_each_value_once(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    for loaded in catalogue.sheets.values():
        found = facets_of(loaded.sheet, catalogue, AS_OF)
        assert len(set(found)) == len(found)
        assert [facet for facet, _ in found] == sorted((facet for facet, _ in found), key=FACETS.index)
        assert all(value for _, value in found)


def test_an_actor_has_its_own_kind_and_country(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    found = facets_of(catalogue["isil-kiyigolge"], catalogue, AS_OF)
    assert ("Kind", "Person") in found
    assert "Country" in dict(found)


def test_a_measure_has_regime_imposer_status_and_year(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    assert {"Kind", "Regime", "Imposed by", "Status", "Year"} <= dict(
        facets_of(catalogue["price-cap"], catalogue, AS_OF)
    ).keys()


@pytest.mark.parametrize("facet", FACETS)
def test_the_search_page_counts_what_the_pages_say(specimen_site: BuiltSite, facet: str) -> None:
    catalogue = specimen_site.catalogue
    counted = {view.name: dict(view.values) for view in facet_views(catalogue, AS_OF)}
    for value, pages in counted[facet].items():
        having = [
            loaded.id
            for loaded in catalogue.sheets.values()
            if (facet, value) in facets_of(loaded.sheet, catalogue, AS_OF)
        ]
        assert len(having) == pages


def test_facets_and_spellings_are_marked_for_the_search_program(specimen_site: BuiltSite) -> None:
    source = specimen_site.page_of("isil-kiyigolge").source
    assert 'data-pagefind-filter="Kind:Person"' in source
    assert 'data-pagefind-meta="names"' in source
