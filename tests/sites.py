"""Built sites as a reader meets them: pages by their address, elements with their text, links with where they lead."""

import contextlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from filelock import FileLock

from factbook.catalogue import Catalogue
from factbook.commands import build
from factbook.commands.options import Options
from factbook.publication import read_and_check

DAY = "2026-11-22"
"""The day that the sites of the tests hold for."""
NOON = "1795348800"
"""The same day as `SOURCE_DATE_EPOCH` says it."""
SPECIMEN = Path(__file__).parent / "specimen"
HOST = "https://example.org"

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""Elements that have no end tag."""


@dataclass(eq=False)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: "list[Element | str]" = field(default_factory=list)

    def __iter__(self) -> "Iterator[Element]":
        """Every element below this one, in the order of the page."""
        for child in self.inside:
            if isinstance(child, Element):
                yield child
                yield from child

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What a reader reads, blanks as single ones."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                yield from child._texts()

    def all(self, tag: str = "", *, cls: str = "") -> "list[Element]":
        """The elements below of a tag and a class."""
        return [each for each in self if (not tag or each.tag == tag) and (not cls or cls in each.classes)]

    def first(self, tag: str = "", *, cls: str = "") -> "Element":
        """The first of them; a page without it is a failure with a name."""
        found = self.all(tag, cls=cls)
        assert found, f"there is no <{tag or '*'} class={cls!r}>"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("")
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_html(text: str) -> Element:
    """A page as elements."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.top


@dataclass(eq=False)
class HtmlPage:
    """One page of a built site."""

    file: str
    """Its path in the site."""
    source: str

    @property
    def address(self) -> str:
        return self.file.removesuffix("index.html")

    @cached_property
    def top(self) -> Element:
        return read_html(self.source)

    @cached_property
    def ids(self) -> dict[str, Element]:
        """Elements by their id, the last one where two share it."""
        return {element.id: element for element in self.top if element.id}

    @property
    def article(self) -> Element:
        return self.top.first("article")

    @property
    def head(self) -> Element:
        return self.top.first("head")


@dataclass(eq=False)
class BuiltSite:
    """A site in a folder, and the sheets it was built from."""

    folder: Path
    config_file: Path
    prefix: str = "/repo/"
    """The path under which it is served."""

    @cached_property
    def catalogue(self) -> Catalogue:
        content = read_and_check(self.config_file, as_of=DAY)
        assert content.catalogue is not None, content.problems
        return content.catalogue

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every page in its shell, by its address."""
        return {page.address: page for page in self._html if not page.file.startswith("c/")}

    @cached_property
    def card_pages(self) -> dict[str, HtmlPage]:
        """Every page of the cards of a sheet, by the id in its address."""
        of_cards = [page for page in self._html if page.file.startswith("c/")]
        return {page.file.removeprefix("c/").removesuffix(".html"): page for page in of_cards}

    @cached_property
    def _html(self) -> list[HtmlPage]:
        files = sorted(self.folder.rglob("*.html"))
        return [
            HtmlPage(path.relative_to(self.folder).as_posix(), path.read_text(encoding="utf-8"))
            for path in files
        ]

    def page_of(self, id: str) -> HtmlPage:
        """The page of a sheet."""
        collection = self.catalogue.collection_of(id)
        if collection == "briefings":
            return self.pages["" if id == "index" else f"{id}/"]
        return self.pages[f"{collection}/{id}/"]

    def sheet_pages(self) -> Iterator[tuple[str, HtmlPage]]:
        """Every sheet's id with its page."""
        return ((id, self.page_of(id)) for id in self.catalogue.sheets)

    def target(self, page: HtmlPage, href: str) -> str | None:
        """Where a link leads, as a path in the site with its anchor; None when it leads out of the site."""
        address, anchor = urldefrag(urljoin(f"{HOST}{self.prefix}{page.file}", href))
        root = f"{HOST}{self.prefix}"
        if not address.startswith(root):
            return None
        path = unquote(address.removeprefix(root).partition("?")[0])
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        return f"{file}#{unquote(anchor)}" if anchor else file


def build_site(
    config_file: Path, site_dir: Path, *, search: bool = False, strict: bool = False, as_of: str | None = DAY
) -> tuple[int, str]:
    """Builds a publication as the command does; returns its status and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = build.run(
            Options(config_file=config_file, site_dir=site_dir, search=search, strict=strict, as_of=as_of)
        )
    return status, said.getvalue()


def copy_specimen(to: Path) -> Path:
    """A copy of the specimen to build and to spoil; returns its configuration file."""
    shutil.copytree(SPECIMEN, to, ignore=shutil.ignore_patterns("site", ".*"))
    return to / "mkdocs.yml"


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that the first of several test processes fills, and the others find filled."""
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            draft = folder.with_name(f"{folder.name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            make(draft)
            draft.rename(folder)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    return {
        os.path.relpath(path, folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
