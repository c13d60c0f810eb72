"""Chains and labels, and how many sources are independent: tables of cases in `cases/provenance/`."""

from typing import Any

import pytest

from factbook.catalogue import Catalogue
from factbook.loading.loaded import LoadedSheet
from factbook.model.records import Citation
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.provenance import (
    Chain,
    ChainFault,
    citation_chain,
    independence,
    is_primary,
    statement_chain,
)
from tests.publications import CASES, read_case

REVIEWED = {"verified": "2026-11-01", "review_by": "2027-11-01"}
CHAINS = read_case(CASES / "provenance" / "chains.yml")
GROUPS = read_case(CASES / "provenance" / "independence.yml")


def named(table: list[Any]) -> list[Any]:
    return [pytest.param(row, id=row["says"].rstrip(".").replace(" ", "-")) for row in table]


def source(id: str, short: dict[str, Any]) -> Source:
    """A source from its short form."""
    return Source.model_validate(
        {
            "id": id,
            "title": id,
            "kind": short.get("kind", "press"),
            "publisher": short.get("publisher", id),
            "published_by": short.get("by", ()),
            "language": short.get("lang", "en"),
            "read": short.get("read", "whole"),
            "origin": {"value": short.get("origin", "unknown")},
            "derived_from": [parent(text) for text in short.get("from", ())],
            **REVIEWED,
        }
    )


def parent(text: str) -> dict[str, Any]:
    """A parent from its short form: `source kind`, then `by` or `for STATEMENT` after commas."""
    (first, *more) = text.split(", ")
    id, kind = first.split()
    found: dict[str, Any] = {"source": id, "kind": kind}
    for word in more:
        found |= {"for": [word.removeprefix("for ")]} if word.startswith("for ") else {"by": word}
    return found


def catalogue_of(sources: dict[str, Any]) -> Catalogue:
    sheets = {
        id: LoadedSheet(source(id, short or {}), "sources", f"{id}.yml", {}) for id, short in sources.items()
    }
    return Catalogue(sheets, {}, {}, {}, {})


def statement(short: dict[str, Any]) -> Statement:
    return Statement.model_validate(
        {
            "id": "it",
            "act": "asserts",
            "said_on": {"date": "2021-03-02"},
            "gist": "Lamps give light.",
            **short,
            "read_in": {"source": short["read_in"]},
            **REVIEWED,
        }
    )


def way(chain: Chain) -> str:
    hops = []
    for hop in chain.hops:
        marks = ", ".join(word for word, holds in (("own", hop.own), ("read", hop.read)) if holds)
        how = f" {hop.how.kind}" if hop.how else ""
        hops.append(f"{hop.source.id}{how}{f' ({marks})' if marks else ''}")
    return " > ".join(hops)


@pytest.mark.parametrize("case", named(CHAINS))
def test_a_chain_and_its_label(case: dict[str, Any]) -> None:
    chain = statement_chain(statement(case["statement"]), catalogue_of(case["sources"]))
    if "fault" in case:
        assert chain is ChainFault(case["fault"])
        return
    assert isinstance(chain, Chain)
    assert way(chain) == case["way"]
    assert str(chain.hands) == case["hands"]
    assert chain.weakest == case["weakest"]
    assert chain.original_seen is (case["seen"] == "true")
    assert chain.label == case["label"]


@pytest.mark.parametrize("case", named(GROUPS))
@pytest.mark.parametrize("turned", [False, True], ids=["in-order", "turned-round"])
def test_how_many_sources_are_independent(case: dict[str, Any], turned: bool) -> None:
    catalogue = catalogue_of(case["sources"])
    citations = [citation(text) for text in case["cited"]]
    found = independence(citations[::-1] if turned else citations, catalogue, case.get("statement"))
    if "groups" in case:
        assert [list(group) for group in found.groups] == case["groups"]
    assert found.label == case["label"]


def citation(text: str) -> Citation:
    source, _, through = text.partition(" through ")
    return Citation.model_validate({"source": source, **({"through": through} if through else {})})


GAZETTE = {
    "gazette": {"origin": "primary"},
    "lamp": {"origin": "own-reporting", "from": ["gazette quotes"]},
    "rumour": {},
    "letter": {"origin": "primary", "read": "not-seen"},
}


@pytest.mark.parametrize(
    ("cited", "label", "primary"),
    [
        ("gazette", "First-hand.", True),
        ("lamp", "Second-hand.", False),
        ("gazette through lamp", "Second-hand; original not seen.", False),
        ("letter", "First-hand; original not seen.", False),
        ("rumour", "Origin not established.", False),
    ],
)
def test_the_chain_of_a_citation(cited: str, label: str, primary: bool) -> None:
    catalogue = catalogue_of(GAZETTE)
    assert citation_chain(citation(cited), catalogue).label == label
    assert is_primary(citation(cited), catalogue) is primary


def test_a_citation_whose_source_took_from_several_names_them() -> None:
    catalogue = catalogue_of({"a": {}, "b": {}, "c": {"from": ["a quotes", "b quotes"]}})
    assert [parent.id for parent in citation_chain(citation("c"), catalogue).further_parents] == ["a", "b"]
