"""What facts said before: which version stood from when to when, and why it went, as the cards of facts tell it."""

from pathlib import Path

import pytest

from factbook.history.facts import version
from factbook.model.said import DIGITS, Said, fact_of, said_by_facts, said_in
from factbook.model.walking import facts
from factbook.publication import read_and_check
from tests.publications import DAY, cases, read_case
from tests.repositories import git, write_commits

SPECIMEN = Path(__file__).parent / "specimen/mkdocs.yml"


@pytest.mark.parametrize("path", cases("past"))
def test_what_facts_said_before(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    history = read_and_check(write_commits(case, tmp_path), as_of=DAY).history
    days = {
        git(tmp_path, "log", "-1", "--format=%cs", each.commit) for each in history.changes if each.commit
    }
    told, unsaved = [], []
    for id in sorted(history.past):
        past = history.past_of(id)
        for was in past.replaced:
            assert git(tmp_path, "log", "-1", "--format=%cs", was.commit) == was.day.isoformat()
            why = f": {was.reason}" if was.reason else ""
            told.append(f"{id} {was.anchor} {was.day} to {was.until}, {was.kind}{why}\n  {was.said.text}")
        unsaved += [f"{id} {anchor}" for anchor in past.unsaved]
        told += [f"{id} {anchor} since {day}" for anchor, _, day in past.touched]
    assert told == [each.rstrip("\n") for each in case["past"]]
    assert unsaved == case.get("unsaved", [])
    assert days


def test_a_sheet_that_was_left_alone_knows_the_commit_that_it_came_with(tmp_path: Path) -> None:
    history = read_and_check(
        write_commits({"start_from": "lamps", "commits": [{"day": "2026-10-01"}]}, tmp_path), as_of=DAY
    ).history
    assert history.past == {}
    past = history.past_of("lamp-ban")
    assert (past.commit, str(past.day)) == (git(tmp_path, "rev-parse", "HEAD"), "2026-10-01")


def test_a_sheet_and_its_file_say_the_same() -> None:
    """So the name of a version that git gives back is the one under which it was published."""
    catalogue = read_and_check(SPECIMEN, as_of=DAY).catalogue
    assert catalogue is not None
    for id in catalogue.ids():
        if (collection := catalogue.collection_of(id)) != "briefings":
            of_file = version(collection, (SPECIMEN.parent / catalogue.path_of(id)).read_bytes())
            assert of_file is not None
            assert of_file.said == said_in(catalogue[id])


def test_every_fact_says_something_of_its_own_or_for_the_fact_around_it() -> None:
    catalogue = read_and_check(SPECIMEN, as_of=DAY).catalogue
    assert catalogue is not None
    for id in catalogue.ids():
        said = said_in(catalogue[id])
        for found in facts(catalogue[id]):
            if found.anchor not in said:
                assert type(found.fact).__name__ in ("Observed", "Basis")
                assert found.anchor.rpartition(".")[0].rpartition(".")[0] in said
            else:
                assert type(fact_of(said[found.anchor])) is type(found.fact)


LAID_OUT = [
    {"happened": {"date": "2020-12-14", "cite": [{"source": "a"}, {"source": "b", "at": "page 1"}]}},
    {"happened": {"cite": [{"at": "page  1", "source": "b"}, {"source": "a"}], "date": " 2020-12-14\n"}},
    {
        "happened": {
            "cite": [{"at": "page 1", "source": "b"}, {"source": "a"}],
            "date": "2020-12-14",
            "note": "",
        }
    },
]


@pytest.mark.parametrize("fields", LAID_OUT)
def test_a_fact_that_is_laid_out_otherwise_is_the_same_version(fields: dict[str, object]) -> None:
    from factbook.model.event import Event

    said = said_by_facts(fields, Event)["happened"]
    assert said == Said(
        "Happened", '{"cite":[{"at":"page 1","source":"b"},{"source":"a"}],"date":"2020-12-14"}'
    )
    assert (said.version("happened"), DIGITS) == ("2ad740df92dd", 12)
