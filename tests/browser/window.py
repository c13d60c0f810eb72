"""One browser window for many looks at a served site: narrow or wide, light or dark, on paper, with and without scripts.

Starting a browser takes a second and looking a tenth of one, so the tests of a process share a window.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selenium import webdriver

from tests.browser.serving import Served

PHONE = 360
DESK = 1280


@dataclass(frozen=True)
class Request:
    """One request that the browser made, e.g. for a style sheet."""

    address: str
    method: str


@dataclass
class Window:
    """A window that looks at a site."""

    driver: webdriver.Chrome
    site: Served

    def look(
        self,
        address: str,
        *,
        width: int = DESK,
        dark: bool = False,
        still: bool = False,
        script: bool = True,
        fresh: bool = True,
    ) -> None:
        """Open a page of the site as a reader with such a screen and such wishes sees it; `fresh` forgets all it was told before."""
        self._set("Emulation.setScriptExecutionDisabled", value=not script)
        self.resize(width)
        self.wish(dark=dark, still=still)
        if fresh:
            self._set("Network.clearBrowserCache")
            self._set("Storage.clearDataForOrigin", origin=self.site.address, storageTypes="local_storage")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        # An anchor of the page at hand would only scroll it.
        self.driver.get("about:blank")
        self.driver.get(self.site.address + address)

    def resize(self, width: int) -> None:
        """Makes the screen another, with the page at hand."""
        phone = width < 600
        self._set(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=760 if phone else 900,
            deviceScaleFactor=1,
            mobile=phone,
        )

    def wish(self, *, dark: bool = False, still: bool = False) -> None:
        """Makes the reader's wishes others, with the page at hand."""
        wishes = {
            "prefers-color-scheme": "dark" if dark else "light",
            "prefers-reduced-motion": "reduce" if still else "no-preference",
        }
        self._set(
            "Emulation.setEmulatedMedia",
            media="",
            features=[{"name": name, "value": value} for name, value in wishes.items()],
        )

    def requests(self) -> list[Request]:
        """What the browser asked for since the page was opened, in order."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [
            event["params"]["request"] for event in events if event["method"] == "Network.requestWillBeSent"
        ]
        return [Request(each["url"], each["method"]) for each in sent]

    def complaints(self) -> list[str]:
        """What the console says since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def ask(self, script: str, *arguments: Any) -> Any:
        """What a script returns in the page."""
        return self.driver.execute_script(script, *arguments)

    def wait_for(self, script: str, *arguments: Any) -> Any:
        """What a script hands to its last argument, a function, in its own time."""
        return self.driver.execute_async_script(script, *arguments)

    def command(self, name: str, words: Mapping[str, Any] | None = None) -> Any:
        """What Chromium answers to a command of its own protocol."""
        return self.driver.execute_cdp_cmd(name, dict(words or {}))

    def _set(self, name: str, **words: Any) -> None:
        self.driver.execute_cdp_cmd(name, words)
