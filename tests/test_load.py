"""The preview under load: thousands of requests and a thousand rapid saves, and it shows what was saved last."""

import http.client
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.commands.preview.server import HOST
from tests.sites import copy_specimen
from tests.test_serve import SHEET, TERM, TOLL, serving

REQUESTS, SAVES = 10_000, 1_000
ASKED = (
    "",
    TERM,
    "sources/",
    "timeline/",
    "nowhere/",
    "../../etc/passwd",
    "api/v1/terms/quota.json",
    "%00",
    "a" * 3000,
)
"""Addresses in turn: pages, files, what is not there, what must not be."""


@pytest.mark.full
def test_a_preview_survives_thousands_of_requests_and_of_saves(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    config = copy_specimen(tmp_path / "specimen")
    sheet = config.parent / SHEET
    answers: Counter[int] = Counter()
    with serving(config.parent) as (browser, _):
        browser.get(TERM)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        def ask(share: int) -> None:
            line = http.client.HTTPConnection(HOST, browser.port, timeout=120)
            for number in range(share, REQUESTS, 4):
                line.request("GET", f"/{ASKED[number % len(ASKED)]}")
                answer = line.getresponse()
                answer.read()
                answers[answer.status] += 1
                if answer.will_close:
                    line.close()

        def save() -> None:
            for number in range(SAVES):
                text = TOLL.replace("Toll", f"Toll {number}")
                sheet.write_text(
                    text if number % 10 else text[: len(text) // 2] + "\n\t: [", encoding="utf-8"
                )
                time.sleep(0.005)
            sheet.write_text(TOLL.replace("Toll", "Toll at last"), encoding="utf-8")

        work = [threading.Thread(target=ask, args=[share]) for share in range(4)] + [
            threading.Thread(target=save)
        ]
        for each in work:
            each.start()
        for each in work:
            each.join()
        assert sum(answers.values()) == REQUESTS
        assert not any(status >= 500 for status in answers), answers
        end = time.monotonic() + 60
        while "Toll at last" not in browser.get(TERM).text:
            assert time.monotonic() < end
            time.sleep(0.05)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    record_property("figure", f"requests to a preview: {REQUESTS} with {SAVES} saves, {grown:.0f} MB more")
    assert grown < 300
