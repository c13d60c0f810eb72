"""Lighthouse, on a phone as it imagines one: the marks that the front page, a briefing and a measure get."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.browser.browser import FLAGS, Chromium
from tests.browser.serving import served
from tests.full.node import installed
from tests.sites import build_site

pytestmark = [pytest.mark.full, pytest.mark.browser]

RUNS = 5
Record = Callable[[str, object], None]
FULL_MARKS = ("accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Lighthouse:
    """The program, the browser that it drives, and the site that it looks at."""

    program: Path
    browser: str
    address: str

    def report(self, page: str, *categories: str) -> dict[str, Any]:
        """What it finds about a page of the site."""
        flags = " ".join(flag for flag in FLAGS if "scale-factor" not in flag)
        words = [
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(categories)}",
            f"--chrome-flags={flags}",
        ]
        done = subprocess.run(
            ["node", str(self.program), self.address + page, *words],
            env={**os.environ, "CHROME_PATH": self.browser},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        report: dict[str, Any] = json.loads(done.stdout)
        return report


@pytest.fixture(scope="module")
def lighthouse(
    root: Path, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lighthouse]:
    """Lighthouse with the publication, built for the address at which it is served."""
    program = installed(root / ".cache") / "lighthouse/cli/index.js"
    folder = tmp_path_factory.mktemp("lighthouse")
    with served(folder / "site") as site, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", site.address)
        status, said = build_site(root / "mkdocs.yml", folder / "site", search=True)
        assert status == 0, said
        yield Lighthouse(program, chromium.browser, site.address)


def marks(report: Mapping[str, Any]) -> dict[str, int]:
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


def shortcomings(report: Mapping[str, Any]) -> str:
    """The audits that cost a mark."""
    lines = []
    for name, category in report["categories"].items():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                lines.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}")
    return "\n".join(lines)


@pytest.mark.parametrize("kind", ["home", "briefing", "measure"])
def test_lighthouse_gives_full_marks(
    lighthouse: Lighthouse, page_of_kind: Mapping[str, str], kind: str, record_property: Record
) -> None:
    page = page_of_kind[kind]
    report = lighthouse.report(page, "performance", *FULL_MARKS)
    found = marks(report)
    speeds = [found["performance"]]
    speeds += [marks(lighthouse.report(page, "performance"))["performance"] for _ in range(RUNS - 1)]
    told = ", ".join(f"{each} {found[each]}" for each in FULL_MARKS)
    record_property("figure", f"Lighthouse, {page or 'front page'}: performance {sorted(speeds)}, {told}")
    assert {each: found[each] for each in FULL_MARKS} == dict.fromkeys(FULL_MARKS, 100), shortcomings(report)
    assert median(speeds) >= 90, f"{sorted(speeds)}\n{shortcomings(report)}"
