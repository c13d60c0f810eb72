"""Cards of facts as pictures: one file for a sheet, in which the end of the address chooses the card.

Without such an end the first is shown. Words are lines that no letter sticks out of; nothing is asked for from outside, and light and
dark follow the reader. What a card says is decided in `factbook.pages.fact_cards`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from markupsafe import Markup, escape

from factbook.drawing.letters import broken
from factbook.model.spoken import date_in_words, day_in_words
from factbook.pages.fact_cards import CardSource, FactCard, SheetCards

WIDTH = 600
EDGE = 24
_ROOM = WIDTH - 2 * EDGE
MOST_SOURCES = 4
"""Sources that a picture names; the page names all."""

STYLE = (
    "g{display:none}g:target,g:last-of-type{display:inline}g:target~g{display:none}"
    "text{fill:#5c564d;font:14px Georgia,serif}rect{fill:#fffefb}"
    ".w{fill:#1c1a17;font-size:20px}.q{font-size:16px}.k,.g{fill:#9a2d1c}.g{font-weight:700}"
    "@media(prefers-color-scheme:dark){text{fill:#b3aca1}rect{fill:#1c1b19}.w{fill:#ece7df}.k,.g{fill:#f0937e}}"
)
"""How a card looks. The card of the address is shown, else the last in the file."""
_SIZES = {"w": (20.0, 27), "q": (16.0, 23), "": (14.0, 20), "k": (14.0, 20), "g": (14.0, 20)}
"""Of each class the size of its letters, and from one line to the next."""


def drawing(cards: SheetCards, name: str) -> tuple[str, dict[str, int]]:
    """The file of a sheet's pictures, and how high each is, by version. `name` is that of the publication."""
    heights: dict[str, int] = {}
    groups = []
    for card in cards.cards:
        group, height = _card(card, cards.title, name)
        heights[card.version] = height
        groups.append(group)
    height = max(heights.values(), default=0)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="-{EDGE} 0 {WIDTH} {height}" '
        f'preserveAspectRatio="xMinYMin slice"><title>{escape(cards.title)} – {escape(name)}</title>'
        f'<style>{STYLE}</style><rect x="-{EDGE}" width="{WIDTH}" height="{height}"/>'
        f'<path d="M-{EDGE} 2h{WIDTH}" stroke="#9a2d1c" stroke-width="4"/>'
    )
    return f"{head}{''.join(reversed(groups))}</svg>\n", heights


def _card(card: FactCard, title: str, name: str) -> tuple[str, int]:
    """One card, and its height."""
    y = EDGE - 8
    parts = []
    for class_, words in _words(card, title, name):
        size, step = _SIZES[class_]
        lines = broken(words, _ROOM, size, bold=class_ == "g")
        if not lines:
            continue
        y += 6 if class_ in ("w", "q") or not class_ else 0
        y += step
        parts.append(_text(lines, class_, y, step))
        y += step * (len(lines) - 1)
    height = y + EDGE
    return f'<g id="{card.version}">{"".join(parts)}</g>', height


def _words(card: FactCard, title: str, name: str) -> Iterator[tuple[str, str]]:
    """What stands on a card from top to bottom: a class and its words."""
    if card.gone:
        by = f" by version {card.gone.by}" if card.gone.by else ""
        yield "g", f"{card.gone.in_words}{by}{card.gone.why_in_words}"
    yield "k", card.by or f"{card.kind} · {title}"
    yield "w", f"“{card.wording}”" if card.by else card.wording
    if card.quote:
        yield "q", card.quote
    day = "" if card.by or card.day in card.wording else card.day
    yield "", " · ".join(filter(None, (day, card.label)))
    for other in card.against:
        yield "", f"Contradicted by {other}"
    if card.note:
        yield "", card.note
    if card.sources:
        named = "; ".join(map(source_in_words, card.sources[:MOST_SOURCES]))
        more = len(card.sources) - MOST_SOURCES
        also = f"; and {more} more" if more > 0 else ""
        yield "", f"Source{'s' if len(card.sources) > 1 else ''}: {named}{also}"
    yield "k", f"{name} · version {card.version}{f' of {day_in_words(card.since)}' if card.since else ''}"


def source_in_words(source: CardSource) -> str:
    """A source in one line: its title, its publisher, its date, the place in it."""
    date = date_in_words(source.date) if source.date else ""
    return ", ".join(filter(None, (source.title or source.id, source.publisher, date, source.at)))


def _text(lines: tuple[str, ...], class_: str, y: int, step: int) -> str:
    """Lines of words, from the right where their letters run so."""
    rtl = is_rtl(" ".join(lines))
    x = _ROOM if rtl else 0
    named = f' class="{class_}"' if class_ else ""
    turned = f' direction="rtl" x="{x}"' if rtl else ""
    first, *more = map(_escaped, lines)
    # a blank parts the words of two lines for those who copy them
    rest = "".join(f' <tspan x="{x}" dy="{step}">{line}</tspan>' for line in more)
    return f'<text{named}{turned} y="{y}">{first}{rest}</text>'


def _escaped(words: str) -> str:
    """Words as XML has them: without the signs that it knows none of."""
    shown = words if words.isprintable() else "".join(sign for sign in words if sign.isprintable())
    return str(escape(shown))


def is_rtl(words: str) -> bool:
    """Whether words run from right to left, as their first letter does."""
    if words.isascii():
        return False
    for sign in words:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def picture_of(height: int, page: str, image: str, words: str) -> Markup:
    """What shows a card on another site: a picture that leads to the card, and its words for those who do not see it."""
    return Markup('<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>').format(
        page, image, WIDTH, height, words
    )
