"""Where the files of a finished site lead: every link, anchor, asset and address of ours in them, held against what the site has.

Links between pages are typed and cannot dangle; this is the second net, under templates, raw links in prose, feeds and data. What
one file says (`links_of`) depends on that file alone and can be kept with it; `dangling` only compares sets. Links that
leave the site are `outside_links`'.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from factbook.frozen import frozen
from factbook.problems import Place, Problem

_TAG = re.compile(r"""<[a-zA-Z][^"'>]*+(?:(?:"[^"]*+"|'[^']*+')[^"'>]*+)*+>""")
_LEADS = r"href|src|srcset|poster|action|data"
_ATTRIBUTE = re.compile(
    rf"""\s(?:(id|{_LEADS})|[^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_IN_STYLE = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)""")
_REFRESH = re.compile(r"""<meta\s[^>]*http-equiv="refresh"[^>]*\bcontent="[^;"]*;\s*url=([^"]+)\"""")
_REFRESHED = 'http-equiv="refresh"'
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

TEXTS = (".xml", ".json", ".webmanifest", ".txt", ".ics")
"""Ends of names of files that give our addresses in full, when the address of the site is known."""
DATA = "api/"
"""Where files lie that repeat what sheets say, word for word: their links are told at the pages."""
MANY = 5
"""A dangling link of more pages than this is told once: it comes from the page around them, not from a sheet."""


@frozen
class FileLinks:
    """What one file of the site offers and asks for."""

    anchors: frozenset[str] = frozenset()
    """The ids that a link can end in."""
    leads: frozenset[str] = frozenset()
    """Where its links lead inside the site: a file's path, with its anchor where there is one (`terms/ceiling/index.html#lede`)."""


def links_of(file: str, text: str, site_url: str = "", elsewhere: tuple[str, ...] = ()) -> FileLinks:
    """What a finished file offers and asks for; the answer changes with these four alone.

    `elsewhere` are beginnings of addresses that are not the site's although they start like it, as its repository's may.
    """
    if file.endswith(".html"):
        anchors: set[str] = set()
        leads: set[str] = set()
        target = _Target(file, site_url, elsewhere)
        for name, one, other, bare in set(_ATTRIBUTE.findall(" ".join(_TAG.findall(text)))):
            value = one or other or bare
            if name == "id":
                anchors.add(html.unescape(value))
            elif name == "srcset":
                leads.update(target.all([part.split()[0] for part in value.split(",") if part.strip()]))
            elif name and (lead := target.of(value)) is not None:
                leads.add(lead)
        if _REFRESHED in text:
            leads.update(target.all(_REFRESH.findall(text)))
        return FileLinks(frozenset(anchors), frozenset(leads))
    asked = _asked_by_text(file, text, site_url)
    return FileLinks(leads=frozenset(_Target(file, site_url, elsewhere).all(asked)))


def is_read(file: str) -> bool:
    """Whether a file of that name can hold links."""
    return file.endswith((".html", ".css", *TEXTS)) and not file.startswith(DATA)


FRONT = "index.html"
"""The front page, which a publication writes itself and every other page leads to."""


def dangling(
    links: Mapping[str, FileLinks], files: Mapping[str, bytes], source_of: Callable[[str], str]
) -> list[Problem]:
    """The links that lead to nothing in the site. Code: dangling-link.

    `links` says what each file asks for, `files` is the whole site, `source_of` names the sheet a page is made from, or "".
    """
    wanted: dict[str, list[str]] = {}
    for file in sorted(links):
        for lead in links[file].leads:
            wanted.setdefault(lead, []).append(file)
    found: list[Problem] = []
    for lead in sorted(wanted):
        target, _, anchor = lead.partition("#")
        if target in files and (not anchor or _offers(links, target, anchor)):
            continue
        told = wanted[lead][:1] if len(wanted[lead]) > MANY else wanted[lead]
        more = len(wanted[lead]) - len(told)
        what = (
            f'an anchor "{anchor}" that {_shown(target)} does not have'
            if target in files
            else f"{_shown(target)}, which is not in the site"
        )
        also = f" So do {more} other pages." if more else ""
        for file in told:
            source = source_of(file)
            path = posixpath.relpath(target.removesuffix("index.html") or ".", posixpath.dirname(file) or ".")
            near = (f"#{anchor}" if anchor else posixpath.basename(path.rstrip("/")), 0)
            place = Place(source, 1, 1, near) if source else Place(file)
            cure = (
                "Mend the address, or write [[its id]], which is found wherever the sheet stands."
                if source
                else "It is the front page: write index.md, beside the other pages of prose."
                if target == FRONT
                else "Mend the template that makes it, or the menu in mkdocs.yml."
            )
            found.append(
                Problem("dangling-link", place, f"The page {_shown(file)} links to {what}.{also} {cure}")
            )
    return found


def _offers(links: Mapping[str, FileLinks], file: str, anchor: str) -> bool:
    """Whether a file has an anchor; of those that offer none by their form (data, pictures) anything is taken."""
    return not file.endswith(".html") or (file in links and anchor in links[file].anchors)


def _shown(file: str) -> str:
    """A page as an address, as readers know it."""
    return f'"{file.removesuffix("index.html") or "/"}"'


def _asked_by_text(file: str, text: str, site_url: str) -> Iterator[str]:
    """The addresses in a style sheet, or those of ours that another text gives in full."""
    if file.endswith(".css"):
        yield from ("".join(forms) for forms in _IN_STYLE.findall(text))
    elif site_url and site_url in text:
        for rest in re.findall(re.escape(site_url) + r"""([^\s"'<>\\,;)\]]*)""", text):
            if "{" not in rest:  # a form of address, as a description of the data gives it
                yield site_url + html.unescape(rest)


class _Target:
    """Where a link in one file leads."""

    def __init__(self, file: str, site_url: str, elsewhere: tuple[str, ...]) -> None:
        self.file = file
        self.elsewhere = elsewhere
        self.folder = posixpath.dirname(file)
        self.site_url = site_url
        self.root = urlsplit(site_url).path or "/"
        self.up = "../" * file.count("/")

    def all(self, addresses: Iterator[str] | list[str]) -> Iterator[str]:
        for address in addresses:
            if (lead := self.of(address)) is not None:
                yield lead

    def of(self, address: str) -> str | None:
        """The file that an address leads to, with its anchor; None where it leaves the site or goes to the top of the page."""
        if self.up and address.startswith(self.up):
            return _from_root(
                address.removeprefix(self.up)
            )  # nearly all links: the way up, then a path that many share
        address = html.unescape(address).strip()
        if self.elsewhere and address.startswith(self.elsewhere):
            return None
        if self.site_url and address.startswith(self.site_url):
            address = self.root + address.removeprefix(self.site_url)
        elif _SCHEME.match(address) or address.startswith("//"):
            return None
        if address.startswith("/") and not address.startswith(self.root):
            return address.lstrip("/").partition("#")[
                0
            ]  # whoever means another site on the same host gives all of it
        path, _, anchor = address.partition("#")
        if not path.partition("?")[0]:
            return f"{self.file}#{unquote(anchor)}" if anchor else None
        if path.startswith("/"):
            return _from_root(address.removeprefix(self.root))
        return _from_root(f"{self.folder}/{address}")


@lru_cache(maxsize=8000)
def _from_root(address: str) -> str:
    """The file that an address from the root of the site leads to, with its anchor."""
    path, _, anchor = html.unescape(address).strip().partition("#")
    path = unquote(path.partition("?")[0])
    target = posixpath.normpath(path.lstrip("/") or ".")
    if target == ".":
        target = "index.html"
    elif path.endswith(("/", "/.", "/..")):
        target += "/index.html"
    return f"{target}#{unquote(anchor)}" if anchor else target
