"""Feeds of changed facts, as Atom (RFC 4287) and as JSON Feed 1.1: for the whole site, and for what readers follow.

The site's own feed holds what is major; that of a sheet all that happened to it, and what is major on the sheets that tell its
story. An answer that has to be read again is an entry while it has to. An entry's name never changes: it is made of the publication's name, the sheet, the anchor and the commit or the day. Where
the site's address is not set, addresses are relative in Atom and left out in JSON Feed, which has only whole ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from xml.etree import ElementTree as Xml

from markupsafe import Markup

from factbook.catalogue import Catalogue
from factbook.exports.lasting import lasting_name
from factbook.frozen import frozen
from factbook.model.briefing import Briefing
from factbook.model.change import Change, History
from factbook.pages.addresses import SITE_FEED, address_of, feed_of
from factbook.pages.changes import ChangeView, change_view, title_of
from factbook.pages.draft import Draft
from factbook.pages.labels import plain
from factbook.pages.rereading import RereadingView, rereading_line
from factbook.rendering.edition import Site

NEWEST = 50
"""Entries that a feed holds."""
FOLLOWED: dict[str, tuple[str, ...]] = {
    "briefings": ("answered_by",),
    "measures": ("events", "subject_of", "announces"),
    "actors": ("events", "subject_of", "said", "designated_in"),
}
"""Collections whose sheets have a feed, and the links by which other sheets tell their story."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Entry:
    """One change as feeds have it."""

    id: str
    title: str
    address: str
    """From the root of the site, with its anchor."""
    seconds: int
    kind: str
    html: str


@frozen
class Feed:
    """A feed before it is bytes."""

    base: str
    """Its path without the ending, e.g. `measures/price-cap/changes`."""
    title: str
    home: str
    """The page whose changes it tells."""
    entries: tuple[Entry, ...]
    seconds: int
    """When it was last added to; of an empty feed, the day its page was verified."""

    @property
    def root(self) -> str:
        """The way from the feed to the root of the site."""
        return "../" * self.base.count("/")


def feed_files(catalogue: Catalogue, history: History, site: Site, as_of: date) -> dict[str, bytes]:
    """All feeds of a site by their path."""
    found = site_feed(catalogue, history, site, as_of)
    for id in catalogue.ids():
        found |= sheet_feed(id, catalogue, history, site, as_of)
    return found


def site_feed(catalogue: Catalogue, history: History, site: Site, as_of: date) -> dict[str, bytes]:
    """The feed of the whole site in its two forms, by their path."""
    major = [change for change in history.changes if change.weight == "major"]
    entries = _entries(major, catalogue, history, site)
    again = [
        _reread(id, view, catalogue, site)
        for id in catalogue.ids(Briefing)
        if (view := _rereading(id, catalogue, history, as_of))
    ]
    feed = Feed(
        SITE_FEED,
        f"{site.name}: changes",
        "changes/",
        entries,
        _last(entries, partial(_last_verified, catalogue)),
    )
    return _as_files(_with(feed, again), site)


def sheet_feed(id: str, catalogue: Catalogue, history: History, site: Site, as_of: date) -> dict[str, bytes]:
    """The feed of a sheet that can be followed, in its two forms, by their path; nothing for other sheets."""
    collection = catalogue.collection_of(id)
    inverses = FOLLOWED.get(collection)
    if inverses is None or id == "index":
        return {}
    around = set(catalogue.origin_ids(id, *inverses))
    if collection == "briefings":
        around |= {link.target for link in catalogue.links_from(id, "carries_answer")}
    changes = list(history.of(id))
    changes += [
        change for each in sorted(around - {id}) for change in history.of(each) if change.weight == "major"
    ]
    changes.sort(key=lambda each: (each.day, each.seconds), reverse=True)
    entries = _entries(changes, catalogue, history, site)
    feed = Feed(
        feed_of(collection, id),
        f"{site.name}: {catalogue.title_of(id)}",
        address_of(collection, id),
        entries,
        _last(entries, lambda: catalogue[id].verified.earliest),
    )
    view = _rereading(id, catalogue, history, as_of) if collection == "briefings" else None
    return _as_files(_with(feed, [_reread(id, view, catalogue, site)]) if view else feed, site)


def _rereading(id: str, catalogue: Catalogue, history: History, as_of: date) -> RereadingView | None:
    """Why the answer of a briefing has to be read again; None for pages without an answer, too."""
    briefing = catalogue.find(id, Briefing)
    return rereading_line(briefing, Draft(catalogue, as_of, history=history)) if briefing else None


def _as_files(feed: Feed, site: Site) -> dict[str, bytes]:
    return {f"{feed.base}.atom": as_atom(feed, site), f"{feed.base}.json": as_json_feed(feed, site)}


def _entries(changes: list[Change], catalogue: Catalogue, history: History, site: Site) -> tuple[Entry, ...]:
    """The entries of the newest changes."""
    return tuple(entry(change, catalogue, history, site) for change in changes[:NEWEST])


def entry(change: Change, catalogue: Catalogue, history: History, site: Site) -> Entry:
    """One change as an entry."""
    view = change_view(change, catalogue, history)
    title = f"{'New' if change.founds else view.label}: {title_of(change, catalogue)}"
    if view.where:
        title += f", {view.where}"
    address = f"{view.ref.address}#{view.ref.anchor}" if view.ref and view.ref.anchor else ""
    there = (
        view.ref.address
        if view.ref
        else address_of(change.collection, change.sheet)
        if change.sheet in catalogue
        else "changes/"
    )
    return Entry(
        lasting_name(site.name, change.key),
        title,
        address or there,
        change.seconds,
        change.kind,
        _html(view, change, catalogue),
    )


def _html(view: ChangeView, change: Change, catalogue: Catalogue) -> str:
    """What an entry says: old and new words, and the reason."""
    parts = []
    if view.founds and change.sheet in catalogue:
        sheet = catalogue[change.sheet]
        said = sheet.short_answer if isinstance(sheet, Briefing) else sheet.lede or sheet.title_text
        parts.append(Markup("<p>{}</p>").format(plain(said, catalogue)))
    for edit in view.edits:
        fields = []
        for field in edit.fields:
            tags = {"was": Markup("<del>{}</del>"), "now": Markup("<ins>{}</ins>"), "same": Markup("{}")}
            words = Markup(" ").join(tags[how].format(text) for how, text in field.pieces)
            fields.append(Markup("{}: {}").format(field.name, words) if field.name else words)
        where = Markup("{}: ").format(edit.where) if edit.where else Markup("")
        parts.append(Markup("<p>{}{}</p>").format(where, Markup("; ").join(fields)))
    if view.reason:
        parts.append(Markup("<p>{}</p>").format(view.reason))
    return str(Markup("").join(parts)) or str(Markup("<p>{}</p>").format(view.label))


def _reread(id: str, view: RereadingView, catalogue: Catalogue, site: Site) -> Entry:
    """An answer that has to be read again, as an entry: one for each signature."""
    briefing = catalogue.get(id, Briefing)
    reasons = Markup("").join(
        Markup("<li>{}{}</li>").format(each.text, f". {each.then_text}" if each.then_text else ".")
        for each in view.reasons
    )
    return Entry(
        lasting_name(site.name, f"{id} rereading {briefing.signed.day if briefing.signed else ''}"),
        f"Under re-reading: {briefing.question}",
        f"{address_of('briefings', id)}#rereading",
        _midnight(view.since),
        "re-reading",
        str(Markup("<p>{}</p><ul>{}</ul>").format(view.sentence, reasons)),
    )


def _with(feed: Feed, more: Sequence[Entry]) -> Feed:
    """The feed with some entries more, in their place."""
    if not more:
        return feed
    entries = sorted((*more, *feed.entries), key=lambda each: -each.seconds)
    return replace(feed, entries=tuple(entries), seconds=max(feed.seconds, entries[0].seconds))


def as_atom(feed: Feed, site: Site) -> bytes:
    """The feed as Atom."""
    top = Xml.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(top, "id", lasting_name(site.name, feed.base))
    _add(top, "title", feed.title)
    _add(top, "updated", _instant(feed.seconds))
    _add(_add(top, "author"), "name", site.name)
    _add(top, "link", rel="alternate", type="text/html", href=_href(feed.home, feed, site))
    if site.url:
        _add(top, "link", rel="self", type="application/atom+xml", href=f"{site.url}{feed.base}.atom")
    for each in feed.entries:
        row = _add(top, "entry")
        _add(row, "id", each.id)
        _add(row, "title", each.title)
        _add(row, "updated", _instant(each.seconds))
        _add(row, "link", rel="alternate", type="text/html", href=_href(each.address, feed, site))
        _add(row, "category", term=each.kind)
        _add(row, "content", each.html, type="html")
    Xml.indent(top, " ")
    whole: bytes = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"


def as_json_feed(feed: Feed, site: Site) -> bytes:
    """The feed as JSON Feed 1.1."""
    items = [
        {
            "id": each.id,
            **({"url": site.url + each.address} if site.url else {}),
            "title": each.title,
            "content_html": each.html,
            "date_published": _instant(each.seconds),
            "tags": [each.kind],
        }
        for each in feed.entries
    ]
    whole = {"home_page_url": site.url + feed.home, "feed_url": f"{site.url}{feed.base}.json"}
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **(whole if site.url else {}),
        "language": "en",
        "authors": [{"name": site.name}],
        "items": items,
    }
    return (json.dumps(top, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _href(address: str, feed: Feed, site: Site) -> str:
    """An address in full where the site's own is known, else the way from the feed."""
    return site.url + address if site.url else (feed.root + address) or "./"


def _add(parent: Xml.Element, tag: str, text: str | None = None, **attributes: str) -> Xml.Element:
    """An element, its text without what XML does not allow."""
    clean = {name: _NOT_IN_XML.sub("\ufffd", value) for name, value in attributes.items()}
    element = Xml.SubElement(parent, tag, clean)
    if text is not None:
        element.text = _NOT_IN_XML.sub("\ufffd", text)
    return element


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _last_verified(catalogue: Catalogue) -> date:
    return max((catalogue[id].verified.earliest for id in catalogue.ids()), default=date(1970, 1, 1))


def _last(entries: tuple[Entry, ...], otherwise: Callable[[], date]) -> int:
    if entries:
        return max(each.seconds for each in entries)
    return _midnight(otherwise())


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
