"""SVG as text: elements whose attributes and words are escaped, short numbers, lines of words, links.

Classes say what a thing is (`g-ink`, `t-soft`); how that looks is the stylesheet's business (`charts.css`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup, escape

if TYPE_CHECKING:  # read late
    from factbook.pages.page import PageRef

Href: TypeAlias = "Callable[[PageRef], str]"
"""The address of a link as seen from the page that shows the drawing."""

WIDE = 600.0
NARROW = 340.0
"""The two widths for which charts are drawn: the column beside an infobox, and a little more than a phone."""
LINE = 17.0
"""From one line of words to the next."""


def number(value: float) -> str:
    """A number with at most one decimal: `12.5`, `12`."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def element(name: str, content: Markup | str = "", /, **attributes: str | float | None) -> Markup:
    """One element; `class_` becomes `class`, `stroke_width` `stroke-width`; None leaves an attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    inside = escape(content)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704  all escaped


def joined(parts: Iterable[Markup]) -> Markup:
    """Parts one after the other."""
    return Markup("").join(parts)


def group(parts: Iterable[Markup], **attributes: str | float | None) -> Markup:
    """Parts that share attributes; nothing for no parts."""
    inside = joined(parts)
    return element("g", inside, **attributes) if inside else inside


def moved(part: Markup, y: float) -> Markup:
    """A part further down. Rows that are drawn alike and then moved are the same text, which compresses to next to nothing."""
    return element("g", part, transform=f"translate(0 {number(y)})")


def words(x: float, y: float, lines: Iterable[str], class_: str = "", anchor: str = "") -> Markup:
    """Words in one or more lines, the first with its foot at y.

    A blank stands before each further line, for those who hear the words; the letter after it stands in the same place.
    """
    first, *more = [*lines] or [""]
    content = escape(first)
    for line in more:
        content += element("tspan", f" {line}", x=f"{number(x)} {number(x)}", dy=LINE)
    return element("text", content, x=x, y=y, class_=class_, text_anchor=anchor)


def linked(ref: PageRef | None, href: Href, content: Markup) -> Markup:
    """Content that leads somewhere; as it is when there is nowhere to lead."""
    return element("a", content, href=href(ref)) if ref else content


def rect(
    x: float, y: float, width: float, height: float, class_: str = "", rx: float | None = None
) -> Markup:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, rx=rx, class_=class_)


def path(d: Iterable[str], class_: str) -> Markup:
    """Lines in one element."""
    return element("path", d="".join(d), class_=class_)


def drawing(width: float, height: float, label: str, content: Markup, class_: str) -> Markup:
    """A whole drawing. It holds links, so it is a group with a name, not an image."""
    box = f"0 0 {number(width)} {number(height)}"
    return element("svg", content, class_=class_, viewBox=box, role="group", aria_label=label)
