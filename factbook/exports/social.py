"""The picture that a preview of a link shows: one for each briefing, with its question, and one for each kind of page.

Drawn as SVG in our own letters and turned into PNG by resvg, which reads no font of the machine: the same words give the same
bytes. Nothing is drawn where the site's address is not set, since a preview needs the whole address of its picture. Drawn
pictures are kept under a hash of all that goes into them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import fontpkg_source_serif_4
import resvg_py
from markupsafe import Markup

from factbook.cache import Cache
from factbook.drawing.letters import broken
from factbook.drawing.svg import element
from factbook.frozen import frozen
from factbook.model.collections import COLLECTIONS
from factbook.pages.kinds import OVERVIEWS, PAGE_KINDS, SHEET_KINDS
from factbook.rendering.edition import Site

ICONS = {
    "assets/images/favicon.png": 64,
    "assets/social/icon-192.png": 192,
    "assets/social/icon-512.png": 512,
}
"""The icons that are drawn, and their width."""

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, SOFT, ACCENT = "#fffefb", "#1c1a17", "#5c564d", "#9a2d1c"
FAMILY = "Source Serif 4"
FONT = Path(fontpkg_source_serif_4.__file__).parent / "files" / "SourceSerif4[opsz,wght].ttf"
TITLE_SIZES = (72, 62, 54, 46, 40)
"""The largest in which a title takes at most `LINES` is taken."""
LINES = 5
_ROOM = WIDTH - 2 * MARGIN
_TITLES: dict[str, str] = {
    **{view.kind: view.title for view in OVERVIEWS},
    **{name: COLLECTIONS[kind.collection].many for name, kind in SHEET_KINDS.items()},
}
"""What stands large on the picture of a kind of page; the publication's own name where there is nothing."""
_SAME = {f"index-{kind.collection}": name for name, kind in SHEET_KINDS.items()} | {
    "plain": "home",
    "more": "home",
}
"""Kinds of pages that have the picture of another kind."""
_WITHOUT = ("404", "moved", "withdrawn")
"""Kinds of pages that have none."""


class Standing(Protocol):
    """What a picture has to know of its page."""

    @property
    def kind(self) -> str:
        """A key of `PAGE_KINDS`."""

    @property
    def id(self) -> str:
        """The sheet's id, or the name of a whole-site view."""

    @property
    def title(self) -> str:
        """What stands at its top."""


class _Page(NamedTuple):
    kind: str
    id: str
    title: str


@frozen
class Card:
    """The words of a picture."""

    kicker: str
    title: str
    foot: str


def card_of(page: Standing) -> str:
    """Where the picture of a page stands: a briefing has its own, all others that of their kind."""
    name = _SAME.get(page.kind, page.kind) if page.kind != "briefing" else f"briefing-{page.id}"
    return f"assets/social/{name}.png"


Draws: TypeAlias = Callable[[Sequence[str]], Sequence[bytes]]
"""Makes pictures of drawings, in their order; it takes long, so it may be shared out."""


def cards(pages: Iterable[Standing], site: Site, cache: Cache, draw: Draws) -> dict[str, bytes]:
    """The pictures of some pages, by their path in the site."""
    wanted = {card_of(page): _words(page, site) for page in pages if page.kind not in _WITHOUT}
    made = {path: svg(card) for path, card in wanted.items()}
    return _drawn("social", made, cache, draw)


def icons(site: Site, cache: Cache, draw: Draws) -> dict[str, bytes]:
    """The icons of a publication by their path in the site: its first letter."""
    made = {path: _icon(_letter(site), width) for path, width in ICONS.items()}
    return _drawn("icons", made, cache, draw)


def picture(path: str, briefings: Mapping[str, str], site: Site) -> bytes | None:
    """One picture or icon, for who asks for it alone; None where there is none. `briefings` are their titles by id."""
    if path in ICONS:
        return png(_icon(_letter(site), ICONS[path]))
    pages = [_Page(kind, "", "") for kind in PAGE_KINDS if kind not in _WITHOUT]
    pages += [_Page("briefing", id, title) for id, title in briefings.items()]
    return next((png(svg(_words(page, site))) for page in pages if card_of(page) == path), None)


def svg(card: Card) -> str:
    """The drawing of a picture."""
    size, lines = _fitting(card.title)
    top = (HEIGHT - size * 1.2 * len(lines)) / 2 + size * 0.85
    title = Markup("").join(
        _text(line, MARGIN, top + number * size * 1.2, size, INK, 700) for number, line in enumerate(lines)
    )
    foot = broken(card.foot, _ROOM, 30)
    parts = [
        element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        element("rect", width=WIDTH, height=18, fill=ACCENT),
        _text(card.kicker, MARGIN, 118, 34, ACCENT, 600) if card.kicker else Markup(""),
        title,
        *(
            _text(line, MARGIN, HEIGHT - 62 - 40 * (len(foot[:2]) - 1 - number), 30, SOFT, 400)
            for number, line in enumerate(foot[:2])
        ),
    ]
    return str(
        element("svg", Markup("").join(parts), xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=HEIGHT)
    )


def png(drawing: str) -> bytes:
    """A drawing as the bytes of a PNG file."""
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, font_files=[str(FONT)], skip_system_fonts=True))


def _drawn(name: str, made: dict[str, str], cache: Cache, draw: Draws) -> dict[str, bytes]:
    """Drawings as pictures, drawn once."""
    key = hashlib.sha256(repr((made, resvg_py.__version__, FONT.stat().st_size)).encode()).hexdigest()
    if (kept := cache.get(name, key)) is not None:
        return dict(kept)
    drawn = dict(zip(made, draw(list(made.values())), strict=True))
    cache.put(name, key, drawn)
    return drawn


def _letter(site: Site) -> str:
    return next((sign for sign in site.name if sign.isalnum()), "").upper()


def _icon(letter: str, width: int) -> str:
    middle = width / 2
    inside = [
        element("rect", width=width, height=width, rx=width / 8, fill=ACCENT),
        element(
            "text", letter, x=middle, y=width * 0.76, font_family=f"'{FAMILY}'", font_size=width * 0.76,
            fill=PAPER, font_weight="700", text_anchor="middle",
        ),
    ]  # fmt: skip
    joined = Markup("").join(inside)
    return str(element("svg", joined, xmlns="http://www.w3.org/2000/svg", width=width, height=width))


def _words(page: Standing, site: Site) -> Card:
    if page.kind == "briefing":
        return Card("Briefing", page.title, site.name)
    title = _TITLES.get(_SAME.get(page.kind, page.kind), "")
    return Card(site.name if title else "", title or site.name, site.description)


def _fitting(title: str) -> tuple[int, tuple[str, ...]]:
    """The size of a title, and its lines; what is too long for the smallest ends in an ellipsis."""
    for size in TITLE_SIZES:
        lines = broken(title, _ROOM * 1.12, size)  # these letters are narrower than those reckoned with
        if len(lines) <= LINES:
            return size, lines
    return TITLE_SIZES[-1], (*lines[: LINES - 1], f"{lines[LINES - 1]} …")


def _text(words: str, x: float, y: float, size: float, fill: str, weight: int) -> Markup:
    return element(
        "text", words, x=x, y=y, font_family=f"'{FAMILY}'", font_size=size, fill=fill, font_weight=str(weight)
    )
