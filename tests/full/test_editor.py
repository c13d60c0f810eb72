"""An editor's program with the repository's settings: it completes ids, explains fields and marks mistakes while one types."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from factbook.publication import read_and_check, renew_schemas
from tests.full.language_server import LanguageServer
from tests.full.node import installed
from tests.publications import DAY
from tests.sites import SPECIMEN

pytestmark = pytest.mark.full

ROOT = Path(__file__).resolve().parents[2]
SHEET = "content/measures/new-cap.yml"
TEXT = """\
title: New cap
is_sanction: true
kind: designation
imposed_by:
  - actor: ministry-of-tides
    cite:
      - source: reg-2022-17
status:
  - value: in-force
    from: 2022-12-19
designations:
  - id: lantern
    actor: lantern-
    from: 2022-12-19
    until: none-set
verified: 2026-11-01
review_by: 2027-03-31
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The YAML server that VS Code uses, with a copy of the specimen and this repository's settings."""
    modules = installed(ROOT / ".cache")
    folder = tmp_path_factory.mktemp("editor") / "specimen"
    shutil.copytree(SPECIMEN, folder, ignore=shutil.ignore_patterns(".cache"))
    renew_schemas(read_and_check(folder / "mkdocs.yml", as_of=DAY))
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    told = {"schemas": settings["yaml.schemas"], "schemaStore": {"enable": False}}
    yaml = {"validate": True, "hover": True, "completion": True, **told}
    program = modules / "yaml-language-server" / "bin" / "yaml-language-server"
    running = LanguageServer(["node", str(program), "--stdio"], folder, {"yaml": yaml})
    yield running
    running.close()


def at(needle: str) -> tuple[int, int]:
    """The place behind some text of the sheet."""
    before = TEXT[: TEXT.index(needle) + len(needle)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_a_sheet_with_nothing_wrong_is_not_marked(server: LanguageServer) -> None:
    for path in sorted((server.folder / "content").glob("*/*.yml")):
        shown = path.relative_to(server.folder).as_posix()
        assert server.opened(shown, path.read_text(encoding="utf-8")) == [], shown


def test_an_id_that_does_not_exist_is_marked_in_our_words(server: LanguageServer) -> None:
    assert server.opened(SHEET, TEXT) == ["There is no such sheet. The id of an actor belongs here."]


def test_ids_are_completed_with_their_titles(server: LanguageServer) -> None:
    server.opened(SHEET, TEXT)
    assert server.completions(SHEET, *at("actor: lantern-"))["lantern-oil"] == "Lantern Oil"


def test_values_of_closed_lists_are_completed_with_their_meanings(server: LanguageServer) -> None:
    server.opened(SHEET, TEXT)
    assert set(server.completions(SHEET, *at("value: "))) == {"in-force", "ended", "unknown"}


def test_texts_and_dates_are_not_made_up(server: LanguageServer) -> None:
    server.opened(SHEET, TEXT)
    assert server.completions(SHEET, *at("title: ")) == {}
    assert server.completions(SHEET, *at("verified: ")) == {}


def test_fields_are_explained(server: LanguageServer) -> None:
    server.opened(SHEET, TEXT)
    assert "First day it no longer holds; none-set while no removal is known." in server.hover(
        SHEET, *at("unti")
    )
    assert "`lantern-oil`: Lantern Oil" in server.hover(SHEET, *at("actor: lant"))
