"""Shards joined into one index: what a reader's browser would fetch if all pages had been indexed at once, in files that fetch little.

Pagefind cuts words into chunks of one size that a query of three words needs three of. Here they are cut into smaller ones, between
words that differ in their first letters, so that a word half typed lies in one chunk with all that begins with it. A file is named
after its content; one that stands already is not made again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from factbook.search import cbor
from factbook.search.program import ENTRY
from factbook.search.shard import FIELDS, LANGUAGE, MARK, Postings, Shard, with_fields

CHUNK = 12_000
"""About how many bytes of words make a chunk, before compression; compressed it is half of that."""
LETTERS = 3
"""Words that share so many first letters stay together."""
_LAST = "\U0010ffff"
_EFFORT = 7
"""Of compression: half the time of the greatest, for half a hundredth more bytes."""
_SHORT = 7
"""Letters of a hash by which a page is named, more where two begin alike: each costs readers a byte a page."""


def joined(
    shards: Sequence[Shard], program: Mapping[str, bytes], standing: Collection[str] = ()
) -> dict[str, bytes | None]:
    """The files of the index by their names; None for those that stand and hold what their names say."""
    extra = {field for shard in shards for field in shard.fields} - set(FIELDS)
    fields = [*FIELDS, *sorted(extra)]
    shards = [with_fields(shard, fields) for shard in shards]
    files = _Files(standing)
    pages: list[object] = []
    for words, text in (page for shard in shards for page in shard.pages):
        pages.append([files.keep_page(text), words])
    chunks: list[object] = [
        [first, last, files.keep("index/", body, ".pf_index")]
        for first, last, body in _chunks(_words(shards))
    ]
    filters: list[object] = [
        [facet, files.keep("filter/", cbor.encode([facet, values]), ".pf_filter")]
        for facet, values in _filters(shards)
    ]
    entry = json.loads(program[ENTRY])
    meta = cbor.encode([entry["version"], pages, chunks, filters, [], fields])
    name = files.keep("pagefind.", meta, ".pf_meta")
    entry["languages"] = {LANGUAGE: {"hash": name, "wasm": LANGUAGE, "page_count": len(pages)}}
    files.made |= program
    files.made[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(files.made.items()))


class _Files:
    """The files of an index in the making."""

    def __init__(self, standing: Collection[str]) -> None:
        self.made: dict[str, bytes | None] = {}
        self._standing = standing

    def keep(self, folder: str, content: bytes, suffix: str) -> str:
        """Keeps a file under the hash of its content; returns the name that other files know it by."""
        name = f"{LANGUAGE}_{hashlib.sha256(content).hexdigest()[:10]}"
        file = f"{folder}{name}{suffix}"
        stands = file in self._standing
        self.made[file] = None if stands else gzip.compress(MARK + content, _EFFORT, mtime=0)
        return name

    def keep_page(self, text: bytes) -> str:
        """Keeps the file that results show of a page, which is compressed already."""
        whole, length = hashlib.sha256(text).hexdigest(), _SHORT
        while (file := f"fragment/{LANGUAGE}_{whole[:length]}.pf_fragment") in self.made:
            length += 1
        self.made[file] = text
        return f"{LANGUAGE}_{whole[:length]}"


def _words(shards: Sequence[Shard]) -> Iterator[tuple[str, bytes]]:
    """Each word of all shards with its entry."""
    found: dict[str, list[tuple[int, Postings]]] = {}
    forms: dict[str, dict[str, list[tuple[int, Postings]]]] = {}
    base = 0
    for shard in shards:
        for word, (postings, variants) in shard.words.items():
            places = found.setdefault(word, [])
            if postings:
                places.append((base, postings))
            for form, of_form in variants:
                forms.setdefault(word, {}).setdefault(form, []).append((base, of_form))
        base += len(shard.pages)
    for word in sorted(found):
        others = sorted(forms.get(word, {}).items())
        variants_in_bytes = [b"\x82" + cbor.encode(form) + _postings(of_form) for form, of_form in others]
        entry = b"\x83" + cbor.encode(word) + _postings(found[word]) + cbor.array(len(others))
        yield word, entry + b"".join(variants_in_bytes)


def _postings(parts: Sequence[tuple[int, Postings]]) -> bytes:
    """The pages of a word in all shards; each is told by its distance from the one before."""
    number = before = 0
    joint: list[bytes] = []
    for base, (first, last, pages, rest) in parts:
        joint += (b"\x83", cbor.number(base + first - before), rest)
        before = base + last
        number += pages
    return cbor.array(number) + b"".join(joint)


def _filters(shards: Sequence[Shard]) -> Iterator[tuple[str, list[list[object]]]]:
    """Each facet with its values and the pages that have them, in order."""
    found: dict[str, dict[str, list[int]]] = {}
    base = 0
    for shard in shards:
        for facet, values in shard.filters.items():
            for value, pages in values.items():
                found.setdefault(facet, {}).setdefault(value, []).extend(base + page for page in pages)
        base += len(shard.pages)
    for facet, values in sorted(found.items()):
        yield facet, [[value, pages] for value, pages in sorted(values.items())]


def _chunks(words: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """The first and the last word that each chunk is asked for, and its content."""
    begins, ends, size = "", "", 0
    entries: list[bytes] = []
    for letters, together in _groups(words, LETTERS):
        weight = sum(map(len, together))
        if entries and size + weight > CHUNK:
            yield begins, ends if letters.startswith(ends) else ends + _LAST, _chunk(entries)
            entries, size = [], 0
        if not entries:
            begins = letters
        ends = letters
        entries += together
        size += weight
    if entries:
        yield begins, ends + _LAST, _chunk(entries)


def _groups(words: Iterator[tuple[str, bytes]], letters: int) -> Iterator[tuple[str, list[bytes]]]:
    """Words that stay together with what they begin with; by more letters where too many share the first ones."""
    for begins, group in groupby(words, key=lambda each: each[0][:letters]):
        together = list(group)
        if (
            len(begins) == letters
            and len(together) > 1
            and sum(len(entry) for _, entry in together) > 4 * CHUNK
        ):
            yield from _groups(iter(together), letters + 1)
        else:
            yield begins, [entry for _, entry in together]


def _chunk(entries: list[bytes]) -> bytes:
    return b"\x81" + cbor.array(len(entries)) + b"".join(entries)
