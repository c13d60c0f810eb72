"""What all tests share: where the project lies, the built sites, and that invented examples are the same in every run."""

import signal
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.sites import BuiltSite, build_site, copy_specimen, made_once
from tests.trials import Trial, make_trial, trial_in

hypothesis.settings.register_profile("same-every-run", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same-every-run")

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Whoever runs the tests in the background has Ctrl-C ignored, and so would every command that they start."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write tests/snapshots/ anew from the specimen; look at the difference before it is committed",
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests measured: each `figure` they recorded, and of each `highest` (a name and a number) the highest."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    noted = [each for report in reports for each in report.user_properties]
    figures = {str(value) for name, value in noted if name == "figure"}
    highest: dict[str, list[float]] = {}
    for name, value in noted:
        if name == "highest":
            highest.setdefault(value[0], []).append(value[1])
    figures |= {
        f"{name}: at most {max(values):g} ({len(values)} times measured)" for name, values in highest.items()
    }
    if figures:
        terminalreporter.section("figures")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def specimen_site(shared: Path) -> BuiltSite:
    """The specimen, built once with its search index."""

    def make(folder: Path) -> None:
        status, said = build_site(copy_specimen(folder / "specimen"), folder / "site", search=True)
        assert status == 0, said

    folder = made_once(shared / "specimen-site", make)
    return BuiltSite(folder / "site", folder / "specimen" / "mkdocs.yml")


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Trial:
    """A publication on which builds go wrong; to be copied before it is changed."""
    return trial_in(made_once(shared / "trial", make_trial))


@pytest.fixture(scope="session")
def real_site(shared: Path, root: Path) -> BuiltSite:
    """The publication itself, built once without search; only for tests of its coverage."""

    def make(folder: Path) -> None:
        status, said = build_site(root / "mkdocs.yml", folder / "site")
        assert status == 0, said

    return BuiltSite(made_once(shared / "real-site", make) / "site", root / "mkdocs.yml", prefix="/")
