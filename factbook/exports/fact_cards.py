"""The files of the cards of a sheet's facts: a page, the pictures, and the data, each with every version.

What a card says is decided in `factbook.pages.fact_cards`; how a card that somebody kept is held against the publication is `verify`'s.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from factbook.drawing.fact_card import drawing, picture_of
from factbook.model.spoken import day_in_words
from factbook.pages.addresses import cards_of
from factbook.pages.fact_cards import FactCard, SheetCards, content_of
from factbook.rendering.edition import Site
from factbook.rendering.html import Renderer

FORM = 1
"""Counts the forms of the data of cards."""


def card_files(cards: SheetCards, renderer: Renderer, id: str = "") -> dict[str, bytes]:
    """The three files of a sheet's cards, by their paths; under a former id where one is given."""
    site = renderer.site
    own = site.url + cards.address if site.url else ""
    image = site.url + cards_of(cards.id, "svg")
    svg, heights = drawing(cards, site.name)
    lines = {card.version: line_of(card, cards, site) for card in cards.cards}
    embed = {
        card.version: _shown(
            picture_of(
                heights[card.version],
                f"{own}#{card.version}",
                f"{image}#{card.version}",
                _spoken(card),
            )
        )
        for card in cards.cards
        if own
    }
    return {
        cards_of(id or cards.id): renderer.cards(cards, lines, embed, own).encode(),
        cards_of(id or cards.id, "svg"): svg.encode(),
        cards_of(id or cards.id, "json"): as_json(cards, site),
    }


def as_json(cards: SheetCards, site: Site) -> bytes:
    """The cards of a sheet as data. Each hash is that of the card's `sealed` fields with the `sheet` and `title` above them."""
    root = site.url or "/"
    data = {
        "cards": FORM,
        "publication": site.name,
        "sheet": cards.id,
        "title": cards.title,
        "page": root + cards.address,
        **({"history": cards.reach} if cards.reach != "whole" else {}),
        "facts": [_card(card, cards) for card in cards.cards],
    }
    return f"{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _card(card: FactCard, cards: SheetCards) -> dict[str, Any]:
    content = content_of(card, cards.id, cards.title)
    del content["sheet"], content["title"]
    found: dict[str, Any] = {"sealed": content, "hash": card.hash}
    if card.commit:
        found["commit"] = card.commit
    if card.since:
        found["since"] = card.since.isoformat()
    if card.gone:
        gone = card.gone
        rows: tuple[tuple[str, str | bool], ...] = (
            ("how", gone.how.lower()),
            ("on", gone.until.isoformat()),
            ("by", gone.by),
            ("same_words", gone.same_words),
            ("because", gone.reason),
        )
        found["gone"] = {name: value for name, value in rows if value}
    return found


def line_of(card: FactCard, cards: SheetCards, site: Site) -> str:
    """Who says so, in which version and where: what follows on the words of a card where it is cited in one line."""
    gone = f", {card.gone.in_words[:1].lower()}{card.gone.in_words[1:]}" if card.gone else ""
    of = f", as it stood on {day_in_words(card.since)}" if card.since else ""
    what = "" if card.by else f", “{cards.title}”"
    return f"{site.name}{what}{of}{gone}. {site.url or '/'}{cards.address}#{card.version}"


def _spoken(card: FactCard) -> str:
    """The words of a card with who said them."""
    return f"{card.by}: {card.wording}" if card.by else card.wording


def _shown(markup: Markup) -> Markup:
    """Markup as words in a field of text, where quotation marks need no escaping."""
    return Markup(str(markup).replace("&", "&amp;").replace("<", "&lt;"))  # noqa: S704  what is left begins nothing
