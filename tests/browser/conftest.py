"""What the tests in a browser share: the publication built once in a run with its search, served, and a Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.browser import Chromium, find
from tests.browser.serving import Served, served
from tests.sites import build_site, made_once


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """A browser that can be started."""
    return find()


@pytest.fixture(scope="session")
def searchable_folder(shared: Path, root: Path) -> Path:
    """The publication itself, built once with its search."""

    def make(folder: Path) -> None:
        status, said = build_site(root / "mkdocs.yml", folder / "site", search=True)
        assert status == 0, said

    return made_once(shared / "searchable-site", make) / "site"


@pytest.fixture
def searchable(searchable_folder: Path) -> Iterator[Served]:
    """The same, served as Pages serves it, with a log of its own."""
    with served(searchable_folder) as running:
        yield running
