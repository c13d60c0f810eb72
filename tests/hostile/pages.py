"""Pages of an attacked publication held against those of its twin: elements, attributes, addresses, texts as they are shown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.hostile.payloads import Payload
from tests.hostile.publications import Publication
from tests.sites import Element

COUNTED = (
    "script", "style", "iframe", "frame", "object", "embed", "form", "input", "button", "textarea", "select", "meta", "link",
    "base", "title", "template", "noscript", "img", "picture", "source", "video", "audio", "svg", "math", "foreignobject",
    "image", "use", "animate", "set",
)  # fmt: skip
"""Elements that run, load, send or rule over others: a page has as many as its twin, with the same attributes."""
MARKDOWN = {
    (tag,) for tag in ("em", "strong", "code", "pre", "hr", "br", "ul", "ol", "li", "blockquote", "table", "thead", "tbody",
                       "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6")
} | {("ol", "start"), ("a", "href")}  # fmt: skip
"""What Markdown makes of prose; the twin need not have it."""
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "xlink:href",
    "srcset",
    "cite",
    "background",
)
WEB = re.compile(r"https?://|[a-z0-9./#_~?%=&-]*(?![a-z0-9./#_~?%=&-]*:)", re.IGNORECASE)
"""How an address begins that leads to the web or stays in the site."""


def shown(
    hostile: Publication, placed: Mapping[int, Payload], pages: Mapping[str, Element]
) -> tuple[Counter[str], set[int], list[str]]:
    """Where plain texts are shown as they are, the places that are shown, and where something else stands in their stead.

    Prose is Markdown and becomes markup; addresses, anchors and the forms for reference managers write signs in their own way.
    """
    fine: Counter[str] = Counter()
    seen: set[int] = set()
    broken = []
    for address, page in pages.items():
        for where, text in texts_of(page):
            for found in re.finditer(r"[zZ]q(\d+)a ", text):
                number = int(found[1])
                if number not in placed or hostile.leaves[number].kind not in ("line", "text", "words"):
                    continue
                if hostile.leaves[number].field == ANCHOR:
                    continue
                wanted = squeezed(placed[number].between(hostile.marks(number)))
                got = text[found.start() : found.start() + len(wanted)]
                if got[1:] == wanted[1:]:
                    fine[where] += 1
                    seen.add(number)
                elif where not in WRITTEN_OTHERWISE and not wanted.startswith(got[:-1].rstrip("… ")):
                    broken.append(f"{address} <{where}>: {got!r} stands for {wanted!r}")
    return fine, seen, broken


ANCHOR = ("ChangeNote", "anchor")
"""A field whose text is told in other words: the fact that an anchor names."""
WRITTEN_OTHERWISE = ("pre", "text", "span")
"""Forms for reference managers, lines of a drawing, spellings for search: each breaks a text in its own way."""


def shape(element: Element) -> tuple[str, ...]:
    """What an element is beside its text: its tag and the names of its attributes."""
    return (element.tag, *sorted(element.attributes))


def intruders(hostile: Mapping[str, Element], twin: Mapping[str, Element]) -> list[str]:
    """What pages have, by their addresses, that those of the harmless twin have not."""
    known = MARKDOWN | {shape(element) for page in twin.values() for element in page}
    found = []
    for address, page in hostile.items():
        for element in page:
            if shape(element) not in known:
                found.append(f"{address} has <{' '.join(shape(element))}>, which stands nowhere in the twin")
            for name, value in element.attributes.items():
                if name.startswith("on") or name in ("style", "srcdoc"):
                    found.append(f"{address} has <{element.tag} {name}={value!r}>")
                if name in ADDRESSES and not WEB.match(value):
                    found.append(f"{address} leads from <{element.tag}> to {value!r}")
        ours, theirs = counted(page), counted(twin[address])
        found += [
            f"{address} has {ours[row]} <{' '.join(row)}>, and its twin {theirs[row]}"
            for row in sorted(ours.keys() | theirs.keys())
            if ours[row] != theirs[row]
        ]
    return found


def counted(page: Element) -> Counter[tuple[str, ...]]:
    """How often each element that is counted stands in a page, with its attributes and where it loads from."""
    return Counter(
        (*shape(element), element.attributes.get("src", ""), element.attributes.get("action", ""))
        for element in page
        if element.tag in COUNTED
    )


def texts_of(page: Element) -> Iterator[tuple[str, str]]:
    """Every text of a page, blanks as single ones, each with the place where it is shown: an element, an attribute, JSON-LD."""
    for element in page:
        for name, value in element.attributes.items():
            yield f"{element.tag} {name}", squeezed(value)
        inside = (
            element.text
            if element.tag == "text"
            else "".join(child for child in element.inside if isinstance(child, str))
        )
        own = squeezed(inside)
        if element.tag == "script" and element.attributes.get("type") == "application/ld+json":
            yield from ((f"JSON-LD {name}", squeezed(text)) for name, text in strings_in(json.loads(own)))
        elif own and element.tag != "script":
            yield element.tag, own


def strings_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner, name)


def squeezed(text: str) -> str:
    """A text with single blanks, none at its ends, as a sheet keeps it (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())
