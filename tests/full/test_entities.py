"""FollowTheMoney's own library finds every entity valid; it is installed once, from its hashed list, into the cache."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.full.environments import python_with
from tests.sites import BuiltSite

pytestmark = pytest.mark.full

PROGRAM = Path(__file__).with_name("follow_the_money.py")


@pytest.fixture(scope="session")
def library(root: Path) -> Path:
    """The Python of an environment that has the library."""
    return python_with(root, "ftm")


def told(library: Path, file: Path) -> Any:
    done = subprocess.run([library, PROGRAM, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["specimen_site", "real_site"])
def test_every_entity_is_valid(
    name: str, library: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    site: BuiltSite = request.getfixturevalue(name)
    found = told(library, site.folder / "data/entities.ftm.json")
    assert found["faults"] == []
    assert found["entities"]["Person"] > 0
    counted = ", ".join(f"{count} {schema}" for schema, count in sorted(found["entities"].items()))
    record_property("figure", f"FollowTheMoney entities under {site.prefix}: {counted}")


def test_the_library_finds_what_is_wrong(library: Path, tmp_path: Path) -> None:
    lines = [
        {
            "id": "a",
            "schema": "Person",
            "properties": {"name": ["A"], "country": ["Norway"], "colour": ["red"]},
        },
        {"id": "b", "schema": "Sanction", "properties": {"entity": ["nobody"], "startDate": ["2020~"]}},
        {"id": "c", "schema": "Lamp", "properties": {"name": ["C"]}},
        {"id": "c", "schema": "Company", "properties": {}},
    ]
    file = tmp_path / "entities.ftm.json"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    faults = " ".join(told(library, file)["faults"])
    for expected in (
        "'Norway' would be",
        "no property colour",
        "no schema Lamp",
        "nobody is no",
        "2020~",
        "c twice",
    ):
        assert expected in faults
