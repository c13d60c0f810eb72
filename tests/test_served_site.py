"""The site behind a server, at the root of a domain and under a sub-path: every link followed, every asset loaded."""

import gzip
import re
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.browser.serving import served
from tests.sites import build_site, copy_specimen, read_html

LEADS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "form": "action"}


HOST = "https://specimen.example.net"
"""A host on which nothing else lies, as the specimen's invented sources do on example.org."""


@pytest.mark.parametrize("root", ["/", "/repo/"])
def test_every_link_and_every_asset_answers(root: str, tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    text = config_file.read_text(encoding="utf-8")
    assert "site_url: https://example.org/repo/" in text
    config_file.write_text(
        text.replace("site_url: https://example.org/repo/", f"site_url: {HOST}{root}"),
        encoding="utf-8",
    )
    status, said = build_site(config_file, tmp_path / "site", search=True)
    assert status == 0, said
    with served(tmp_path / "site", root) as site:
        pages, broken = crawl(site.address, f"{HOST}{root}")
    assert broken == []
    named = re.findall(r"<loc>([^<]+)</loc>", (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8"))
    reached = {page.replace(site.address, f"{HOST}{root}") for page in pages}
    assert set(named) <= reached
    assert len(named) > 50


@pytest.mark.parametrize("root", ["/", "/repo/"])
def test_the_page_for_unknown_addresses_works_at_any_depth(root: str, tmp_path: Path) -> None:
    config_file = copy_specimen(tmp_path / "specimen")
    text = config_file.read_text(encoding="utf-8")
    config_file.write_text(
        text.replace("https://example.org/repo/\n", f"{HOST}{root}\n", 1), encoding="utf-8"
    )
    assert build_site(config_file, tmp_path / "site")[0] == 0
    with served(tmp_path / "site", root) as site:
        for unknown in ("nothing", "measures/nothing/", "a/b/c/d/"):
            asked = f"{site.address}{unknown}"
            status, body = fetch(asked)
            assert status == 404
            leads = [urldefrag(lead)[0] for lead in leads_of(asked, body) if lead.startswith(site.address)]
            assert len(leads) > 10
            assert [lead for lead in leads if lead != asked and fetch(lead)[0] != 200] == []


def crawl(address: str, own: str) -> tuple[set[str], list[str]]:
    """The pages that can be reached from an address, and every link of theirs that does not lead where it says."""
    bodies: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    status: dict[str, int] = {}
    waiting = [address]
    while waiting:
        page = waiting.pop()
        if page in status:
            continue
        status[page], body = fetch(page)
        if not page.endswith(("/", ".html")):
            continue
        bodies[page] = body
        for lead in leads_of(page, body):
            lead = lead.replace(own, address)
            if lead.startswith(address) and not re.match(r"(edit|issues)/", lead.removeprefix(address)):
                found.append((page, lead))
                waiting.append(urldefrag(lead)[0])
    broken = [f"{page}: {lead}" for page, lead in found if status[urldefrag(lead)[0]] != 200]
    for page, lead in found:
        target, anchor = urldefrag(lead)
        if anchor and target in bodies and f'id="{unquote(anchor)}"' not in bodies[target]:
            broken.append(f"{page}: {lead} has no such anchor")
    return set(bodies), broken


def fetch(address: str) -> tuple[int, str]:
    assert urlsplit(address).hostname == "127.0.0.1", address
    try:
        with urllib.request.urlopen(urllib.request.Request(address)) as answer:  # noqa: S310  our own server
            return answer.status, _text(answer)
    except HTTPError as error:
        return error.code, _text(error)


def _text(answer: Any) -> str:
    data = answer.read()
    return (gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data).decode(
        "utf-8", "replace"
    )


def leads_of(page: str, body: str) -> list[str]:
    """Where the links and assets of a page lead, as whole addresses."""
    elements = [(each, LEADS[each.tag]) for each in read_html(body) if each.tag in LEADS]
    return [
        urljoin(page, each.attributes[name])
        for each, name in elements
        if each.attributes.get(name) and not each.attributes[name].startswith(("mailto:", "data:"))
    ]
