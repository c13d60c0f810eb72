"""A shard: some of the pages, indexed by Pagefind for themselves and opened so far that shards can be joined into one index.

Pagefind numbers pages as the file system happens to list them; here they have the order of their addresses. `joining` makes files
of shards. The form of the files is that of the pinned version: CBOR behind a mark, compressed; `FormError` if it is another.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from factbook.search import cbor
from factbook.search.program import ENTRY

MARK = b"pagefind_dcd"
LANGUAGE = "en"
FIELDS = ("every", "folded", "names", "others", "title", "titles")
"""What every publication has beside the text of pages; they have the same numbers in all shards."""
LEAST = 64
"""How many pages a shard has at least, but for the last."""
ENDS = 16
"""One page in so many can end a shard."""

Postings: TypeAlias = tuple[int, int, int, bytes]
"""The pages that have a word: the first, the last, how many, and what is said of them, without the number of the first."""
Word: TypeAlias = tuple[Postings | None, tuple[tuple[str, Postings], ...]]
"""Where a word stands, and where it stands in other spellings (with accents)."""

_INT = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_ARRAY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_PLACES = rb"%s%s*+" % (_ARRAY, _INT)
_NUMBER = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
_POSTING = re.compile(rb"\x83(%s)(%s)(%s)" % (_NUMBER, _PLACES, _PLACES), re.DOTALL)
"""A page by its distance from the one before; where the word stands in its text; where in its fields."""
_POSTINGS = re.compile(rb"(?:\x83%s%s%s)*+" % (_NUMBER, _PLACES, _PLACES), re.DOTALL)
_FIELD = re.compile(rb"[\x20-\x37]|\x38.|(?:[\x00-\x17]|\x18.|\x19..|\x1a....)", re.DOTALL)


class FormError(Exception):
    """The files of an index are not of the form that is known here."""


class Shard(NamedTuple):
    """Some pages and all their words."""

    pages: tuple[tuple[int, bytes], ...]
    """Of each page how many words it has, and the file that results show of it."""
    fields: tuple[str, ...]
    words: dict[str, Word]
    filters: dict[str, dict[str, list[int]]]
    """Pages by facet and value."""


def divided(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Pages in shards, in the order of their names.

    A shard that has enough pages ends with the next one that a hash picks, so that shards after a page more or less end where they did.
    """
    shards: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for name in sorted(names):
        waiting.append(name)
        if len(waiting) >= LEAST and hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % ENDS == 0:
            shards.append(tuple(waiting))
            waiting = []
    return [*shards, tuple(waiting)] if waiting else shards


def opened(files: Mapping[str, bytes]) -> Shard:
    """The shard that Pagefind's files are an index of. Raises `FormError`."""
    if not files:
        return Shard((), FIELDS, {}, {})
    try:
        (language,) = json.loads(files[ENTRY])["languages"].values()
        meta, _ = cbor.decode(_content(files[f"pagefind.{language['hash']}.pf_meta"]))
        _, pages, chunks, filters, _, fields = meta
        texts = [files[f"fragment/{name}.pf_fragment"] for name, _ in pages]
        order, places = _in_order([json.loads(_content(text))["url"] for text in texts])
        known = (*FIELDS, *sorted(set(fields) - set(FIELDS)))
        numbers = {old: known.index(field) for old, field in enumerate(fields)}
        words: dict[str, Word] = {}
        for *_, chunk in chunks:
            words |= _words(_content(files[f"index/{chunk}.pf_index"]), places, numbers)
        by_facet = {}
        for facet, chunk in filters:
            _, values = cbor.decode(_content(files[f"filter/{chunk}.pf_filter"]))[0]
            by_facet[facet] = {value: sorted(places[page] for page in found) for value, found in values}
        return Shard(tuple((pages[at][1], texts[at]) for at in order), known, words, by_facet)
    except (KeyError, IndexError, ValueError, TypeError, OSError) as error:
        raise FormError(f"{type(error).__name__}: {error}") from error


def with_fields(shard: Shard, fields: Sequence[str]) -> Shard:
    """A shard whose fields have the numbers that they have in a longer list."""
    numbers = {old: fields.index(field) for old, field in enumerate(shard.fields)}
    if all(old == new for old, new in numbers.items()):
        return shard

    def renumbered(found: Postings) -> Postings:
        first, last, number, rest = found
        whole = b"\x83\x00" + rest
        return first, last, number, _POSTING.sub(lambda one: _renumbered(one, numbers), whole)[2:]

    words = {
        word: (found and renumbered(found), tuple((form, renumbered(each)) for form, each in forms))
        for word, (found, forms) in shard.words.items()
    }
    return shard._replace(fields=tuple(fields), words=words)


def _renumbered(posting: re.Match[bytes], numbers: Mapping[int, int]) -> bytes:
    page, text, fields = posting.groups()
    return b"\x83" + page + text + _other_fields(fields, numbers)


def _other_fields(places: bytes, numbers: Mapping[int, int]) -> bytes:
    """Where a word stands in fields: a negative number names the field that the next ones are of."""
    if places == b"\x80":
        return places
    length, at = cbor.head(places, 0)[1:]
    values = [cbor.decode(token)[0] for token in _FIELD.findall(places, at)]
    if len(values) != length:
        raise ValueError("places in fields that end early")
    return cbor.encode([-1 - numbers[-1 - value] if value < 0 else value for value in values])


def _content(data: bytes) -> bytes:
    content = gzip.decompress(data)
    if not content.startswith(MARK):
        raise ValueError("a file does not begin with the mark")
    return content.removeprefix(MARK)


def _in_order(addresses: Sequence[str]) -> tuple[list[int], list[int]]:
    """The pages in the order of their addresses, and the place of each in it."""
    order = sorted(range(len(addresses)), key=addresses.__getitem__)
    places = [0] * len(order)
    for place, page in enumerate(order):
        places[page] = place
    return order, places


def _words(content: bytes, places: Sequence[int], numbers: Mapping[int, int]) -> Iterator[tuple[str, Word]]:
    """Each word of a chunk: an array that holds the array of words."""
    _, _, at = cbor.head(content, 0)
    _, length, at = cbor.head(content, at)
    same = all(old == new for old, new in numbers.items())
    for _ in range(length):
        word, at = cbor.decode(content, at + 1)
        found, at = _postings(content, at, places, None if same else numbers)
        _, variants, at = cbor.head(content, at)
        forms = []
        for _ in range(variants):
            form, at = cbor.decode(content, at + 1)
            of_form, at = _postings(content, at, places, None if same else numbers)
            if of_form:
                forms.append((form, of_form))
        yield word, (found, tuple(forms))
    if at != len(content):
        raise ValueError("words that end early")


def _postings(
    content: bytes, at: int, places: Sequence[int], numbers: Mapping[int, int] | None
) -> tuple[Postings | None, int]:
    """The pages of a word, in their order here, and where they end."""
    _, length, at = cbor.head(content, at)
    if not length:
        return None, at
    every = _POSTINGS.match(content, at)
    end = every.end() if every else at
    pages, page = [], 0
    for distance, text, fields in _POSTING.findall(content, at, end):
        page += distance[0] if len(distance) == 1 else int.from_bytes(distance[1:])
        pages.append((places[page], text, fields if numbers is None else _other_fields(fields, numbers)))
    if len(pages) != length:
        raise ValueError("a word with fewer pages than it says")
    pages.sort()
    before = first = pages[0][0]
    rest: list[bytes] = [pages[0][1], pages[0][2]]
    for page, text, fields in pages[1:]:
        rest += (b"\x83", cbor.number(page - before), text, fields)
        before = page
    return (first, before, length, b"".join(rest)), end
