"""Joining: references that lead nowhere are said, and every link can be walked backwards."""

from pathlib import Path

import pytest

from factbook.catalogue import Catalogue, Link
from factbook.catalogue.catalogue import ON_FACES
from factbook.catalogue.together import HUB, together
from factbook.model.walking import facts, walk
from tests.publications import CASES, cases, joined, problems_of, read_case
from tests.sites import BuiltSite


@pytest.mark.parametrize("path", cases("catalogue"))
def test_a_reference_that_leads_nowhere(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert problems_of(case, tmp_path) == case["problems"]


def as_read(link: Link, catalogue: Catalogue) -> str:
    target = f" to {link.target_anchor}" if link.target_anchor else ""
    words = f" · {link.sentence.with_titles(catalogue.title_of)}" if link.sentence else ""
    place = f" at {link.citation.at}" if link.citation and link.citation.at else ""
    return f"{link.origin} {link.anchor or '-'} {link.inverse}{target}{place}{words}"


def test_every_link_can_be_walked_backwards(tmp_path: Path) -> None:
    case = read_case(CASES / "links" / "backwards.yml")
    catalogue = joined(case, tmp_path)
    found = {id: [as_read(link, catalogue) for link in catalogue.links_to(id)] for id in case["to"]}
    assert found == case["to"]


def test_links_of_one_name_are_found_by_it(tmp_path: Path) -> None:
    catalogue = joined(read_case(CASES / "links" / "backwards.yml"), tmp_path)
    assert [link.origin for link in catalogue.links_to("avonia", "imposes")] == ["lamp-ban"]
    assert [link.target for link in catalogue.links_from("ann-lee", "posts_held_in", "cited_by")] == [
        "gazette",
        "avonia",
    ]


def test_the_walk_to_the_facts_passes_none_by(specimen_site: BuiltSite) -> None:
    for file in specimen_site.catalogue.sheets.values():
        everything = walk(file.sheet)
        assert list(facts(file.sheet)) == [found for found in everything if found.fact and not found.mark]
        assert {id(found.fact) for found in everything} - {id(None)} == {
            id(found.fact) for found in facts(file.sheet)
        }


def test_the_facts_under_a_step_are_those_whose_anchors_begin_with_it(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    for id in catalogue.ids():
        every = catalogue.facts_of(id)
        for step in {anchor.partition(".")[0] for anchor in catalogue.anchors_of(id)} - {""}:
            under = {anchor: fact for anchor, fact in every.items() if anchor.partition(".")[0] == step}
            assert catalogue.facts_of(id, step) == under


def test_what_a_face_tells_is_what_the_sheet_says(specimen_site: BuiltSite) -> None:
    catalogue = specimen_site.catalogue
    for id in catalogue.ids():
        for name in ON_FACES:
            assert catalogue.field_of(id, name) == getattr(catalogue[id], name), (id, name)


def test_sheets_that_refer_to_each_other_stand_together() -> None:
    """Two affairs of which every sheet refers to the next one and to a hub, their ids mixed."""
    affairs = {
        f"{place:02}-{name}": (f"{place + 1:02}-{name}", "hub") for place in range(HUB) for name in ("x", "y")
    }
    order = together({**affairs, "hub": ()})
    assert sorted(order) == sorted([*affairs, "hub"])
    assert together(dict(sorted({**affairs, "hub": ()}.items()))) == order, (
        "it depends on the references alone"
    )
    names = [id[-1] for id in order if id != "hub"]
    assert names == ["x"] * HUB + ["y"] * HUB, "one affair after the other"


def test_a_sheet_that_refers_to_what_is_not_there_has_its_place() -> None:
    assert together({"b": ("gone",), "a": ("a", "b")}) == ["b", "a"]


def test_who_refers_to_whom_is_the_same_when_it_is_worked_out_beforehand(tmp_path: Path) -> None:
    asked, known = (joined(read_case(CASES / "links" / "backwards.yml"), tmp_path / name) for name in "ab")
    known.know_all()
    assert any(asked.origin_ids(id) for id in asked.ids()[:9])
    for id in asked.ids():
        assert asked.origin_ids(id) == known.origin_ids(id)
