"""Pages as HTML bodies: Jinja templates with autoescape over the views, prose with its links, notes and blocks.

Templates are the publication's own before the engine's. Values that fill a shell are made here too, each escaped for the place
of its mark. What a page says is decided in `factbook.pages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from factbook.catalogue import Catalogue
from factbook.drawing import DRAWINGS
from factbook.frozen import frozen
from factbook.pages.addresses import ref_to
from factbook.pages.cite_this import CiteThis, cite_this
from factbook.pages.fact_cards import SheetCards
from factbook.pages.laying_out import SheetPage
from factbook.pages.page import Note, Page, PageRef, ProseView
from factbook.prose import Block, Cites, Link
from factbook.rendering import intervals, words
from factbook.rendering.edition import TEMPLATES, Site
from factbook.rendering.faults import told
from factbook.rendering.markdown import render_briefing, render_inline, render_sheet_prose
from factbook.rendering.shell import unindented
from factbook.rendering.unbroken import unbroken
from factbook.rendering.ways_in import ways_in

SIDED = ("briefing", "measure", "regime", "actor", "system", "event", "statement", "source")
"""Kinds of pages with something beside the text."""
_HERE = ("link", "href", "prose", "inline", "briefing", "card")
"""What templates call that depends on the page."""
_HEADING = re.compile(r'<h([23])[^>]*\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


ForMachines: TypeAlias = Callable[[Page, Catalogue], str]
"""What the head of a page says to programs; made by `exports`, which no renderer knows."""


@frozen
class Rendered:
    """A page as HTML: the values that fill its shell."""

    page: Page
    values: Mapping[str, str]


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one table: Jinja looks through a chain of them name by name, for every part of every page."""
        return {**self.globals, **(d or {})}


class Renderer:
    """Renders the pages of one publication."""

    def __init__(
        self, site: Site, machines: ForMachines = lambda page, catalogue: "", compiled: Path | None = None
    ) -> None:
        """`compiled` is a folder in which templates are kept as they were compiled."""
        self.site = site
        self.machines = machines
        folders = [site.templates] if site.templates else []
        self.environment = _Environment(
            loader=FileSystemLoader([*folders, TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled and compiled.is_dir() else None,
            auto_reload=False,
        )
        self.environment.filters.update(
            sentence=words.sentence,
            in_words=words.date_in_words,
            for_machines=words.date_for_machines,
            day_in_words=words.day_in_words,
            bound_in_words=words.bound_in_words,
            answer_in_words=words.answer_in_words,
            steps_as_data=intervals.steps_as_data,
            intervals_in_words=intervals.intervals_in_words,
            published_in_words=intervals.published_in_words,
            language=words.language_in_words,
            country=words.country_in_words,
            direction=words.script_direction,
        )
        self.environment.globals["money"] = words.money_in_words
        self.environment.globals["stretch"] = words.stretch_in_words
        self.environment.globals["note_marks"] = note_marks
        self.environment.globals["states"] = intervals.STATES
        self.environment.globals["draw"] = DRAWINGS
        self.environment.globals["lang_of"] = _language_attributes
        self.environment.globals.update({name: self._here(name) for name in _HERE})
        self._at: _AtPage | None = None

    def _here(self, name: str) -> Callable[..., Any]:
        """What templates call by this name, on the page that is being rendered: so that parts are compiled once for all pages."""
        return lambda *given: getattr(self._at, name)(*given)

    def render(self, page: Page, catalogue: Catalogue) -> Rendered:
        """The values that fill a page's shell; links inside prose are looked up in the catalogue. Raises `StoppedError`."""
        with told():
            return self._rendered(page, catalogue)

    def _rendered(self, page: Page, catalogue: Catalogue) -> Rendered:
        at = self._at = _AtPage(self, page, catalogue)
        template = self.environment.get_template(f"pages/{_template_of(page)}.html.j2")
        body = template.render(page=page, view=page.view, site=self.site, cite=self._cite(page))
        return Rendered(page, self._values(page, unbroken(unindented(body)), at))

    def cards(self, of: SheetCards, lines: Mapping[str, str], embed: Mapping[str, Markup], own: str) -> str:
        """The page of the cards of a sheet, whole: it has no menu, no script and no search.

        `lines` cites each version in one line, `embed` is what shows it elsewhere; `own` is the address of the page in full, or empty.
        """
        with told():
            template = self.environment.get_template("pages/fact-cards.html.j2")
            return unindented(template.render(of=of, lines=lines, embed=embed, own=own, site=self.site))

    def _cite(self, page: Page) -> CiteThis | None:
        """How to cite the page; None for pages that are not cited."""
        if page.day is None:
            return None
        verified = isinstance(page.view, SheetPage)
        title = page.title if page.address else "Front page"
        made = cite_this(
            page.id, title, self.site.name, page.day, page.address, self.site.url, verified=verified
        )
        return replace(made, csl=_words(made.csl))

    def _findable(self, page: Page) -> Markup:
        """What search knows of a page beside its text; nothing for pages that are not to be found."""
        part = self.environment.get_template("parts/findable.html.j2").module
        return Markup(part.findable(page)) if page.facets else Markup("")  # type: ignore[attr-defined]  # noqa: S704

    def _values(self, page: Page, body: str, at: _AtPage) -> dict[str, str]:
        contents = _contents(body) if page.kind != "home" else []
        above = _contents_above(contents) if page.kind != "search" else ""
        title = self.site.name if page.kind == "home" else f"{page.title} – {self.site.name}"
        stands_at = page.view.to.address if page.kind == "moved" else page.address
        canonical = (
            f'<link rel="canonical" href="{escape(self.site.url + stands_at)}">' if self.site.url else ""
        )
        return {
            "html_title": str(escape(title)),
            "description": str(escape(page.description)),
            "canonical": canonical if page.kind != "404" else "",
            "machines": self.machines(page, at.catalogue),
            "head": _redirect(page, at) or _dress(page, at),
            "breadcrumbs": _crumbs(page, at),
            "contents": _contents_beside(contents),
            "page_class": f"fb-page--{_template_of(page)}{' fb-page--sided' if page.kind in SIDED else ''}",
            "search": "data-pagefind-body" if page.facets else "",
            "body": f"{body.replace('</header>', f'{above}</header>', 1)}{self._findable(page)}",
            "previous_next": _neighbours(page, at),
            "edit": ways_in(
                page,
                root=at.root,
                site_url=self.site.url,
                edit_url=self.site.edit_url,
                issues_url=self.site.issues_url,
            ),
        }


def _redirect(page: Page, at: _AtPage) -> str:
    """Sends readers on from where a renamed sheet stood."""
    if page.kind == "withdrawn":
        return '<meta name="robots" content="noindex">'
    if page.kind != "moved":
        return ""
    return Markup(
        '<noscript><meta http-equiv="refresh" content="0; url={}"></noscript><meta name="robots" content="noindex">'
    ).format(at.href(page.view.to))


def _dress(page: Page, at: _AtPage) -> str:
    """The style sheet of search, which other pages fetch when search is opened."""
    if page.kind != "search":
        return ""
    return Markup('<link rel="stylesheet" href="{}stylesheets/search.css">').format(at.root)


def _template_of(page: Page) -> str:
    return "index" if page.kind.startswith("index-") else page.kind


class _AtPage:
    """What depends on where a page stands: relative links, and prose with the page's notes."""

    def __init__(self, renderer: Renderer, page: Page, catalogue: Catalogue) -> None:
        self.renderer = renderer
        self.catalogue = catalogue
        self.page = page
        self.root = "../" * page.address.count("/")
        self.numbers: dict[tuple[str, str], int] = {}

    def href(self, ref: PageRef) -> str:
        """The address of a link, relative to the page."""
        anchor = f"#{ref.anchor}" if ref.anchor else ""
        if ref.address == self.page.address and anchor:
            return anchor
        return (self.root + ref.address or "./") + anchor

    def link(self, ref: PageRef, text: str | None = None) -> Markup:
        """A link to a page, with its title or the words given."""
        return Markup(f'<a href="{escape(self.href(ref))}">{escape(text or ref.title)}</a>')  # noqa: S704  both escaped

    def card(self, anchor: str) -> Markup:
        """The way to the card of a fact of this page, where it has one."""
        cards: SheetCards | None = self.page.cards
        if cards is None or anchor not in cards.anchors:
            return Markup("")
        return Markup(  # noqa: S704  both escaped
            f'<a class="fb-quote" href="{self.root}{escape(cards.address)}#{escape(anchor)}" title="Quote this"></a>'
        )

    def prose(self, view: ProseView | None) -> Markup:
        """Paragraphs of a sheet's prose."""
        return render_sheet_prose(view.text, _Insert(self, view)) if view else Markup("")

    def inline(self, view: ProseView | None) -> Markup:
        """One paragraph of a sheet's prose, without its own element."""
        return render_inline(view.text, _Insert(self, view)) if view else Markup("")

    def briefing(self, text: Any) -> Markup:
        """The Markdown of a briefing or a plain page, with its blocks."""
        return render_briefing(
            text.prose.text, _Insert(self, text.prose, iter(text.blocks)), mark_judgement=True
        ).html


class _Insert:
    """What links, citations and blocks inside prose look like on a page."""

    def __init__(self, at: _AtPage, view: ProseView, blocks: Any = ()) -> None:
        self.at = at
        self.numbers = dict(view.numbers)
        self.blocks = iter(blocks)

    def link(self, link: Link) -> Markup:
        catalogue = self.at.catalogue
        ref = ref_to(catalogue, link.target, link.anchor or "")
        return self.at.link(ref, link.words or catalogue.short_of(link.target))

    def cites(self, cites: Cites) -> Markup:
        return _marks(self.numbers[cite.source, cite.at or ""] for cite in cites.items)

    def block(self, block: Block) -> Markup:
        made = next(self.blocks)
        template = self.at.renderer.environment.get_template(f"parts/block-{made.name}.html.j2")
        return Markup(template.render(view=made.view, chart=made.chart))  # noqa: S704  rendered with autoescape


def _words(text: str) -> Markup:
    """A text between tags: quotation marks, of which JSON is full, may stand there as they are."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704  nothing is left that begins a tag


def _language_attributes(tag: str) -> Markup:
    """The attributes of an element in another language, with a leading blank."""
    direction = ' dir="rtl"' if words.script_direction(tag) == "rtl" else ""
    return Markup(f' lang="{escape(tag)}"{direction}')  # noqa: S704  escaped


def _marks(numbers: Iterable[int]) -> Markup:
    """The numbers in the text that lead to the notes at the foot of the page, once each."""
    links = [
        f'<a href="#note-{number:d}" aria-label="Source {number:d}">{number:d}</a>'
        for number in dict.fromkeys(numbers)
    ]
    return Markup(f'<span class="fb-cites">{" ".join(links)}</span>') if links else Markup("")  # noqa: S704  numbers


def note_marks(notes: tuple[Note, ...]) -> Markup:
    """The numbers of several notes."""
    return _marks(note.number for note in notes)


def _crumbs(page: Page, at: _AtPage) -> str:
    if not page.crumbs:
        return ""
    items = "".join(
        f'<li><a href="{escape(at.href(ref))}">{escape(ref.title)}</a></li>' for ref in page.crumbs
    )
    return f'<nav class="md-path" aria-label="You are here"><ol class="md-path__list">{items}</ol></nav>'


def _contents(body: str) -> list[tuple[str, str]]:
    """The contents of a body: anchor and words of its second-level headings; empty when there are too few to list."""
    found = [
        (anchor, _TAG.sub("", text).strip()) for level, anchor, text in _HEADING.findall(body) if level == "2"
    ]
    return found if len(found) > 1 else []


def _contents_beside(contents: list[tuple[str, str]]) -> str:
    """The contents list beside the text, on wide screens. Its words come from the body and are escaped there."""
    if not contents:
        return ""
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in contents)
    return (
        '<nav class="md-nav md-nav--secondary" aria-label="On this page"><span class="md-nav__title">On this page</span>'
        f'<ul class="md-nav__list">{items}</ul></nav>'
    )


def _contents_above(contents: list[tuple[str, str]]) -> str:
    """The same list folded under the head, on narrow screens."""
    if not contents:
        return ""
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in contents)
    return f'<details class="fb-contents" data-pagefind-ignore><summary>On this page</summary><ul>{items}</ul></details>'


def _neighbours(page: Page, at: _AtPage) -> str:
    if not page.previous and not page.next:
        return ""
    parts = []
    if page.previous:
        to = page.previous
        parts.append(f'<a rel="prev" href="{escape(at.href(to))}">Before: {escape(to.title)}</a>')
    if page.next:
        to = page.next
        parts.append(f'<a rel="next" href="{escape(at.href(to))}">After: {escape(to.title)}</a>')
    return f'<nav class="fb-neighbours" aria-label="Before and after">{" ".join(parts)}</nav>'
