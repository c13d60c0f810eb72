"""One page of each kind, for tests that look at each: the heaviest, where whatever can be wrong is likeliest."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from factbook.pages.addresses import NOT_FOUND
from factbook.pages.kinds import PAGE_KINDS
from tests.browser.serving import BESIDE

KINDS = sorted(
    {name.partition("-")[0] if name.startswith("index-") else name for name in PAGE_KINDS} - {"moved"}
)
"""Every kind of page with a look of its own. A moved page is seen by nobody: it sends its reader on."""
KINDS_AND_404 = [*KINDS, "404"]

_ARTICLE = re.compile(r'<article class="([^"]*)"')


def pages_of_every_kind(site: Path, beside: Path) -> Mapping[str, str]:
    """The address of the heaviest page of each kind; where a site has none of a kind, that of the second site."""
    there = {kind: f"{BESIDE}{address}" for kind, address in pages_by_kind(beside).items()}
    return {**there, **pages_by_kind(site)}


def pages_by_kind(site: Path) -> Mapping[str, str]:
    """The address of the heaviest page of each kind in a built site."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        address = path.parent.relative_to(site).as_posix()
        for kind in kinds_of(text):
            found[kind] = max(found.get(kind, (0, "")), (len(text), "" if address == "." else f"{address}/"))
    return {kind: address for kind, (_, address) in found.items()} | {"404": NOT_FOUND}


def kinds_of(text: str) -> Iterable[str]:
    """The kinds that a page is of: one, or none that is told here."""
    classes = " ".join(_ARTICLE.findall(text)).split()
    return (kind for kind in KINDS if f"fb-page--{kind}" in classes)
