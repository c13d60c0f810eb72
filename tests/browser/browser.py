"""A real Chromium for the tests: found, or prepared where that may be done, or asked for in a sentence.

`find()` looks for Debian's Chromium with its driver, installs it where we may (root on Debian), else takes an existing Chrome or
Chromium. Where there is none, tests that need it fail in CI and elsewhere alike, with what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

PACKAGES = ("chromium", "chromium-driver", "fonts-dejavu-core")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""What a Chromium is called on one machine or another."""
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--force-device-scale-factor=1", "--lang=en",
)  # fmt: skip
WHAT_TO_DO = (
    "No Chromium was found, and these tests look at pages as a reader does. On Debian or Ubuntu run, as root: "
    f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}. Elsewhere install "
    "Chrome or Chromium, or leave these tests out: build.py test -m 'not browser and not full'."
)


@dataclass(frozen=True)
class Chromium:
    """The programs of one browser."""

    browser: str
    driver: str | None
    """None: the one that selenium finds by itself."""


def find() -> Chromium:
    """A browser that can be started; fails the test with a sentence where there is none."""
    found = _present()
    if found is None and _may_install():
        with FileLock("/var/lock/factbook-chromium.lock"):
            found = _present() or _installed()
    if found is None:
        pytest.fail(WHAT_TO_DO, pytrace=False)
    return found


def _present() -> Chromium | None:
    own = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
    if all(path.exists() for path in own):
        return Chromium(str(own[0]), str(own[1]))
    for name in NAMES:
        if path := shutil.which(name):
            return Chromium(path, shutil.which("chromedriver"))
    return next((Chromium(place, None) for place in PLACES if Path(place).exists()), None)


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def _installed() -> Chromium | None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        done = subprocess.run(["apt-get", "-q", *words], env=quiet, capture_output=True, check=False)
        if done.returncode:
            return None
    return _present()


@contextmanager
def opened(
    chromium: Chromium,
    profile: Path,
    *,
    width: int = 1280,
    height: int = 900,
    dark: bool = False,
    script: bool = True,
) -> Iterator[webdriver.Chrome]:
    """A window of the browser with a fresh profile, closed at the end; its console and its requests are logged."""
    options = Options()
    options.binary_location = chromium.browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if dark:
        options.add_argument("--force-dark-mode")
        options.add_argument("--blink-settings=preferredColorScheme=0")
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(chromium.driver) if chromium.driver else Service()
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        driver.set_script_timeout(120)
        yield driver
    finally:
        driver.quit()
