"""Turns prose into safe HTML: CommonMark of fact sheets by cmark, Markdown of briefings by Python-Markdown.

Links, citations and blocks never meet Markdown or the cleaner: `rendering.tokens` stands in for each. What
they look like is left to `Insert`, how they are written to `factbook.prose`. No other module imports
cmarkgfm or nh3, and only `rendering.python_markdown` markdown. Why there are two renderers is told in handbook/decisions/markdown-renderers.md.
"""

import re

import cmarkgfm
import nh3
from markupsafe import Markup

from factbook.frozen import frozen
from factbook.prose import oversized_blocks, scan
from factbook.rendering import python_markdown
from factbook.rendering.tokens import Heading, Insert, Tokens

__all__ = [
    "Heading",
    "Insert",
    "RenderedBriefing",
    "UnsafeProseError",
    "render_briefing",
    "render_inline",
    "render_sheet_prose",
]


@frozen
class RenderedBriefing:
    """The body of a briefing and its headings in order."""

    html: Markup
    headings: tuple[Heading, ...]


class UnsafeProseError(ValueError):
    """Prose was to be rendered that is too large or too deep to be safe; a check refuses it first."""


def render_sheet_prose(text: str, insert: Insert, *, mark_judgement: bool = False) -> Markup:
    """Return the paragraphs of a field of a fact sheet. CommonMark; raw HTML is shown, not obeyed.

    With `mark_judgement`, a paragraph that cites nothing carries the class `fb-p--uncited`.
    """
    if _is_too_deep(text):
        raise UnsafeProseError
    tokens = Tokens(text, insert)
    clean = _FLOW.clean(_commonmark(tokens.hide()))
    return _safe(tokens.put_in(tokens.paragraphs(clean, mark_judgement=mark_judgement)))


def render_inline(text: str, insert: Insert) -> Markup:
    """Return a field of one paragraph without its `<p>`.

    It is read as one line, in which no list can begin. Blocks have no place there; a check refuses them.
    """
    tokens = Tokens(text, insert)
    line = tokens.margin + " ".join(tokens.hide().split())
    return _safe(tokens.put_in(_PHRASING.clean(_commonmark(line)).strip()))


def render_briefing(text: str, insert: Insert, *, mark_judgement: bool = False) -> RenderedBriefing:
    """Return the body of a briefing, without its front matter. Markdown as MkDocs knows it, with tables.

    With `mark_judgement`, a paragraph that cites nothing carries the class `fb-p--uncited`.
    """
    if _is_too_deep(text) or oversized_blocks(text):
        raise UnsafeProseError
    tokens = Tokens(text, insert)
    clean = _FLOW.clean(python_markdown.converted(tokens.hide(fences=True)))
    html = tokens.put_in(tokens.anchors(tokens.paragraphs(clean, mark_judgement=mark_judgement)))
    return RenderedBriefing(_safe(html), tuple(tokens.headings))


def _is_too_deep(text: str) -> bool:
    return any(fault.kind == "too-deep" for fault in scan(text).faults)


_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\\x00-\x20\x7f⸨⸩]+", re.IGNORECASE)
_PHRASING_TAGS = {"a", "br", "code", "em", "strong"}
_FLOW_TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """Keep addresses of the web and the first number of a list."""
    if (tag, attribute) == ("a", "href"):
        return value if _ADDRESS.fullmatch(value) else None
    return value if (tag, attribute) == ("ol", "start") and value.isdecimal() and len(value) < 10 else None


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    attributes = {"a": {"href"}, "ol": {"start"}}
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags={"script", "style"},
        attributes={tag: names for tag, names in attributes.items() if tag in tags},
        attribute_filter=_allowed,
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )


_PHRASING = _cleaner(_PHRASING_TAGS)
_FLOW = _cleaner(_PHRASING_TAGS | _FLOW_TAGS)


def _commonmark(text: str) -> str:
    """Return CommonMark as HTML, in time linear in the length of the text."""
    html: str = cmarkgfm.markdown_to_html(text, options=0)
    return html


def _safe(html: str) -> Markup:
    """Vouch for HTML that was cleaned before the pieces, markup themselves, were put into its text."""
    return Markup(html.rstrip("\n"))  # noqa: S704  the one place, see above
