"""Steps in words, for readers without scripts, and as the attribute that the script reads."""

from typing import Any

import pytest

from factbook.chronology import steps_of_measure
from factbook.pages.as_of import step_views
from factbook.rendering.intervals import intervals_in_words, steps_as_data
from tests.test_chronology import measure, source_catalogue


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            [{"value": "in-force", "from": "2020-12-14", "observed": [{"day": "2025-12-19"}]}],
            "not yet before 14 December 2020 · in force to 19 December 2025 · last seen then",
        ),
        (
            [{"value": "in-force", "from": "2019-10-14"}, {"value": "ended", "from": "2019-10-23"}],
            "not yet before 14 October 2019 · in force to 22 October 2019 · ended 23 October 2019",
        ),
        (
            [{"value": "in-force", "from": "2020-12-14"}],
            "not yet before 14 December 2020 · in force on 14 December 2020 · last seen then",
        ),
        (
            [{"value": "in-force", "from": "2019-10", "observed": [{"day": "2020-02-01"}]}],
            "not yet before 1 October 2019 · not known to 31 October 2019 · "
            "in force from 1 November 2019 to 1 February 2020 · last seen then",
        ),
        ([{"value": "in-force", "from": "unknown"}], "not known on any day"),
        (
            [{"value": "in-force", "from": "unknown", "observed": [{"day": "2020-02-01"}]}],
            "not known to 31 January 2020 · in force on 1 February 2020 · last seen then",
        ),
        (
            [{"value": "in-force", "from": "2019-10", "observed": [{"day": "2019-10-20"}]}],
            "not yet before 1 October 2019 · not known to 31 October 2019 · "
            "last seen in force on 20 October 2019",
        ),
        ([{"value": "ended", "from": "unknown"}], "ended"),
    ],
)
def test_every_answer_is_told_from_when_to_when(status: list[Any], words: str) -> None:
    catalogue, _ = source_catalogue([])
    steps = step_views(steps_of_measure(measure(status=status)), catalogue)
    assert " · ".join(intervals_in_words(steps)) == words


def test_what_is_in_force_is_cut_where_the_world_could_read_of_it() -> None:
    catalogue, cited = source_catalogue(["2020-12", "2020-12-21"])
    cite = [each.model_dump(mode="json", exclude_none=True) for each in cited]
    status = {"value": "in-force", "from": "2020-11-14", "observed": [{"day": "2021-02-01"}], "cite": cite}
    steps = step_views(steps_of_measure(measure(status=[status])), catalogue)
    assert steps_as_data(steps).split(";") == [
        "- not-yet - -",
        "2020-11-14 in-force not-yet -",
        "2020-12-01 in-force perhaps -",
        "2020-12-21 in-force published -",
        "2021-02-02 last-seen published 2021-02-01",
    ]
    assert " · ".join(intervals_in_words(steps)) == (
        "not yet before 14 November 2020 · in force to 1 February 2021 · last seen then"
    )


def test_without_a_dated_source_it_is_not_known_what_the_world_could_read() -> None:
    catalogue, _ = source_catalogue([])
    status = {"value": "ended", "from": "2021"}
    steps = step_views(
        steps_of_measure(measure(status=[{"value": "in-force", "from": "2020-11-14"}, status])), catalogue
    )
    assert steps_as_data(steps) == (
        "- not-yet - -;2020-11-14 in-force not-known -;2021-01-01 not-known - -;2022-01-01 ended - 2021"
    )
