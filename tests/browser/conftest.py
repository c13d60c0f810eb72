"""What the tests in a browser share: the publication built once in a run with its search, served, and a Chromium."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.browser.browser import Chromium, find, opened
from tests.browser.kinds import pages_of_every_kind
from tests.browser.serving import ROOT, Served, served
from tests.browser.window import Window
from tests.sites import HOST, BuiltSite, build_site, made_once


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """A browser that can be started."""
    return find()


@pytest.fixture(scope="session")
def searchable_folder(shared: Path, root: Path) -> Path:
    """The publication itself, built once with its search, for the address at which it is served."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SITE_URL", f"{HOST}{ROOT}")
            environment.setenv("EDIT_BASE", f"{HOST}/edit/")
            status, said = build_site(root / "mkdocs.yml", folder / "site", search=True)
        assert status == 0, said

    return made_once(shared / "searchable-site", make) / "site"


@pytest.fixture
def searchable(searchable_folder: Path) -> Iterator[Served]:
    """The same, served as Pages serves it, with a log of its own."""
    with served(searchable_folder) as running:
        yield running


@pytest.fixture(scope="session")
def page_of_kind(searchable_folder: Path, specimen_site: BuiltSite) -> Mapping[str, str]:
    """The address of the heaviest page of each kind, of the specimen's where the publication has none."""
    return pages_of_every_kind(searchable_folder, specimen_site.folder)


@pytest.fixture(scope="session")
def shared_window(
    searchable_folder: Path,
    specimen_site: BuiltSite,
    chromium: Chromium,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Window]:
    """The window of this process."""
    with (
        served(searchable_folder, beside=specimen_site.folder) as site,
        opened(chromium, tmp_path_factory.mktemp("profile")) as driver,
    ):
        yield Window(driver, site)


@pytest.fixture
def window(shared_window: Window) -> Window:
    """A window on the publication, its log of answers empty."""
    shared_window.site.forget()
    return shared_window
