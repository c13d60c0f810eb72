"""What Pagefind is given of a page: what search may show of its article, with the little that our search adds to it.

What is findable, and by which spellings and facets, is left to the templates. Pagefind would ignore by itself what they tell it to;
cut out here, it costs nothing, and a change in it costs no new index.
"""

import hashlib
import re
from functools import cache

_BEGINS = re.compile(rb"<article\b[^>]*\bdata-pagefind-body\b")
_END = b"</article>"
_ATTRIBUTES = rb"""(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*"""
_IGNORED = re.compile(
    rb"""<([a-z][a-z0-9]*)%s?\s+data-pagefind-ignore(?:="[^"]*")?%s\s*>""" % (_ATTRIBUTES, _ATTRIBUTES)
)
_MARKED = b"data-pagefind-"
_IGNORE = b"data-pagefind-ignore"
_ANCHOR = re.compile(rb' id="[^"<>]*"')
"""Pagefind keeps every anchor of a page beside its text; results lead to pages, so they would be ballast."""
_EVERY = b'<p data-pagefind-ignore data-pagefind-meta="every">everypage</p>'
"""A word that all pages have, to ask for those with a facet: asked for no word at all, Pagefind fetches the whole index."""
_DOTLESS = re.compile(r"\w*ı\w*")
_TAG = re.compile(r"<[^>]+>")


def key_of(page: bytes) -> bytes:
    """A hash of what search may show of a page; empty where a page is not to be found."""
    article = _searchable(_article(page))
    return hashlib.blake2b(article, digest_size=16).digest() if article else b""


def document_of(page: bytes) -> bytes:
    """A document that holds what search may show of a page and nothing else."""
    inner = _ANCHOR.sub(b"", _searchable(_article(page)).removesuffix(_END)) + _EVERY + _END
    return b'<!doctype html><html lang="en"><body>' + _folded(inner) + b"</body></html>"


def _article(page: bytes) -> bytes:
    found = _BEGINS.search(page)
    return page[found.start() : page.rfind(_END) + len(_END)] if found else b""


def _searchable(article: bytes) -> bytes:
    """An article whose ignored elements are empty, but for those that hold spellings or facets."""
    kept: list[bytes] = []
    at = 0
    mark = article.find(_IGNORE)
    while mark >= 0:
        found = _IGNORED.match(article, article.rfind(b"<", 0, mark))
        end = _end_of(found[1], article, found.end()) if found else 0
        inside = article[found.start() : end] if found else b""
        if found and end and inside.count(_MARKED) == inside.count(_IGNORE):
            kept += (article[at : found.start()], b"<%s data-pagefind-ignore></%s>" % (found[1], found[1]))
            at = end
        mark = article.find(_IGNORE, max(at, mark + 1))
    return b"".join((*kept, article[at:]))


def _end_of(name: bytes, article: bytes, at: int) -> int:
    """Where an element ends whose content begins at a place; 0 where that cannot be told."""
    depth = 1
    for tag in _tags(name).finditer(article, at):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return 0


@cache
def _tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)%s(?=[\s>])[^>]*>" % name)


def _folded(article: bytes) -> bytes:
    """Adds to an article each of its words that hold a Turkish ı once more with an i, which Pagefind takes for another letter."""
    if "ı".encode() not in article:
        return article
    words = {word.replace("ı", "i") for word in _DOTLESS.findall(_TAG.sub(" ", article.decode()))}
    added = f'<p data-pagefind-ignore data-pagefind-meta="folded">{" ".join(sorted(words))}</p></article>'
    return article.removesuffix(_END) + added.encode()
