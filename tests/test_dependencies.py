"""What comes from others: every package is pinned with its hash, and every one that we ask for is listed with its reason and upkeep."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = [*sorted(ROOT.glob("requirements*.in")), ROOT / "bench" / "requirements.in"]
PAGE = (ROOT / "handbook" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| package")
]
LISTED = {name.strip(): row for row in ROWS for name in row[0].split(",")}


def asked(path: Path) -> set[str]:
    """The packages that a list asks for by name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {re.match(r"[A-Za-z0-9._-]+", line)[0] for line in lines if line and line[0] not in "#-"}  # type: ignore[index]


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_package_that_we_ask_for_has_its_reason_and_its_upkeep(path: Path) -> None:
    names = asked(path)
    assert names
    assert names - LISTED.keys() == set()
    for name in names:
        assert len(LISTED[name][1]) > 10, f"{name} has no reason"
        assert re.fullmatch(r"20\d\d-\d\d( · 20\d\d-\d\d)*", LISTED[name][-1]), f"{name} has no upkeep"


def test_nothing_is_listed_that_nobody_asks_for() -> None:
    assert LISTED.keys() - set().union(*map(asked, ASKED)) == set()


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_package_is_pinned_with_its_hashes(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    packages = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    pinned = {re.match(r"[a-z0-9._-]+", package)[0] for package in packages}  # type: ignore[index]
    assert {name.lower() for name in asked(path)} <= pinned
    for package in packages:
        head = package.split("\n")[0]
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[^ ]+ ", head), head
        assert "--hash=sha256:" in package, head
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
