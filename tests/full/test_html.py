"""The Nu HTML checker finds no error on any page."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.full.node import installed, java

pytestmark = pytest.mark.full


def errors(jar: Path, *files: Path) -> list[str]:
    """What the checker finds wrong, each as a line."""
    words = [java(), "-Xss8m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "json"]
    done = subprocess.run([*words, *map(str, files)], capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{each.get('url', '')}:{each.get('lastLine', '')}: {each['message']} {each.get('extract', '')!r}"
        for each in found
    ]


@pytest.fixture(scope="module")
def jar(root: Path) -> Path:
    """The checker."""
    return installed(root / ".cache") / "vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid(jar: Path, searchable_folder: Path) -> None:
    found = errors(jar, searchable_folder)
    assert not found, f"{len(found)} errors\n" + "\n".join(found[:20])


def test_the_checker_finds_what_is_wrong(jar: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p><p id="a"><b id="a">', encoding="utf-8"
    )
    assert len(errors(jar, page)) >= 2
