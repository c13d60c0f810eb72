"""The preview of the publication itself, in a browser: a saved change shows by itself, a broken sheet is said above the last good page."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.browser import Chromium, opened

PATIENCE = 60
"""Seconds to wait for what comes within one on a machine that has nothing else to do."""
PARTS = ("mkdocs.yml", "content", "briefings", "templates")


@dataclass
class Editor:
    """A browser beside an open sheet of the publication."""

    driver: webdriver.Chrome
    sheet: Path

    def saves(self, text: str) -> None:
        self.sheet.write_text(text, encoding="utf-8")

    def sees(self, words: str, *, gone: bool = False) -> None:
        """Waits until the page shows some words, or no longer."""

        def shown(driver: webdriver.Chrome) -> bool:
            return (words in driver.find_element(By.TAG_NAME, "body").text) is not gone

        WebDriverWait(self.driver, PATIENCE, 0.1, ignored_exceptions=[Exception]).until(shown)


@pytest.fixture
def editor(root: Path, chromium: Chromium, tmp_path: Path) -> Iterator[Editor]:
    for part in PARTS:
        copy = shutil.copytree if (root / part).is_dir() else shutil.copy2
        copy(root / part, tmp_path / part)
    line = [sys.executable, "-m", "factbook", "-f", str(tmp_path / "mkdocs.yml"), "serve", "--port", "0"]
    serving = subprocess.Popen([*line, "--no-search"], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout is not None
        address = re.search(r"http://\S+/", serving.stdout.readline())
        assert address
        sheet = sorted((tmp_path / "content/terms").glob("*.yml"))[0]
        with opened(chromium, tmp_path / "profile") as driver:
            driver.get(f"{address[0]}terms/{sheet.stem}/")
            yield Editor(driver, sheet)
    finally:
        serving.terminate()
        serving.wait(PATIENCE)


def test_what_is_saved_shows_by_itself_and_what_is_broken_is_said_until_it_is_mended(editor: Editor) -> None:
    as_it_was = editor.sheet.read_text(encoding="utf-8")
    added = f"{as_it_was}note: Seen as soon as it was saved.\n"
    editor.sees("Seen as soon as it was saved", gone=True)
    editor.saves(added)
    editor.sees("Seen as soon as it was saved.")
    editor.saves(f"{added}verifed: 2026-11-22\n")
    editor.sees('"verifed" is not a field of a term. Did you mean "verified"?')
    editor.sees("Seen as soon as it was saved.")
    editor.saves(as_it_was)
    editor.sees("is not a field of a term", gone=True)
    editor.sees("Seen as soon as it was saved", gone=True)
