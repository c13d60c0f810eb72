"""Pagefind's files packed anew: the same bytes for the same pages, and a query that fetches little.

Pagefind writes its filters in the order of a hash table, which differs from run to run, and its words in chunks of one size
that a query of three words needs three of. Here filters are put in order, and words are cut into smaller chunks between words
that differ in their first letters, so that a word half typed lies in one chunk with all that begins with it. Nothing else is
changed. The form of the files is that of the pinned version: CBOR behind a mark, compressed; `PackingError` if it is another.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
CHUNK = 12_000
"""About how many bytes of words make a chunk, before compression; compressed it is half of that."""
LETTERS = 3
"""Words that share so many first letters stay together."""
_LAST = "\U0010ffff"


class PackingError(Exception):
    """The files are not of the form that is known here."""


def packed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by their names under its folder, with filters in order and smaller chunks."""
    kept = {
        name: data
        for name, data in files.items()
        if not name.endswith((".pf_meta", ".pf_filter", ".pf_index"))
    }
    try:
        entry = json.loads(files[ENTRY])
        for language in entry["languages"].values():
            language["hash"] = _pack_language(language["hash"], files, kept)
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise PackingError(f"{type(error).__name__}: {error}") from error
    kept[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(kept.items()))


def _pack_language(name: str, files: Mapping[str, bytes], kept: dict[str, bytes]) -> str:
    """Packs the index of one language into `kept`; returns the new hash of its table of contents."""
    prefix = name.rpartition("_")[0]
    meta, _ = decode(_opened(files[f"pagefind.{name}.pf_meta"]))
    _, _, chunks, filters, *_ = meta
    words = [word for *_, chunk in chunks for word in _words(_opened(files[f"index/{chunk}.pf_index"]))]
    meta[2] = [
        [first, last, _keep(body, f"index/{prefix}", ".pf_index", kept)]
        for first, last, body in _chunks(words)
    ]
    meta[3] = []
    for facet, chunk in sorted(filters):
        content, _ = decode(_opened(files[f"filter/{chunk}.pf_filter"]))
        content[1].sort()
        meta[3].append([facet, _keep(encode(content), f"filter/{prefix}", ".pf_filter", kept)])
    return _keep(encode(meta), f"pagefind.{prefix}", ".pf_meta", kept).removeprefix("pagefind.")


def _opened(data: bytes) -> bytes:
    content = gzip.decompress(data)
    if not content.startswith(MARK):
        raise ValueError("a file does not begin with the mark")
    return content.removeprefix(MARK)


def _keep(content: bytes, stem: str, suffix: str, kept: dict[str, bytes]) -> str:
    """Keeps a file under the hash of its content; returns the name that its table of contents gives it."""
    name = f"{stem}_{hashlib.sha256(content).hexdigest()[:10]}"
    kept[f"{name}{suffix}"] = gzip.compress(MARK + content, 9, mtime=0)
    return name.rpartition("/")[2]


def _words(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each word of a chunk with its entry as it stands."""
    at = _head(content, _head(content, 0)[2])[2]  # an array that holds the array of words
    while at < len(content) and content[at] != 0xFF:
        word, _ = decode(content, _head(content, at)[2])
        end = _end(content, at)
        yield word, content[at:end]
        at = end


def _chunks(words: list[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """The first and the last word that each new chunk is asked for, and its content."""
    begins, ends, size = "", "", 0
    entries: list[bytes] = []
    for letters, together in _groups(sorted(words), LETTERS):
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


def _groups(words: list[tuple[str, bytes]], letters: int) -> Iterator[tuple[str, list[bytes]]]:
    """Words that stay together with what they begin with; by more letters where too many share the first ones."""
    for begins, group in groupby(words, key=lambda each: each[0][:letters]):
        together = list(group)
        if (
            len(begins) == letters
            and len(together) > 1
            and sum(len(entry) for _, entry in together) > 4 * CHUNK
        ):
            yield from _groups(together, letters + 1)
        else:
            yield begins, [entry for _, entry in together]


def _chunk(entries: list[bytes]) -> bytes:
    return b"\x81" + _number(4, len(entries)) + b"".join(entries)


# --- as much of CBOR (RFC 8949) as Pagefind writes -------------------------------------------------------------


def decode(data: bytes, at: int = 0) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends."""
    kind, number, at = _head(data, at)
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 3:
            return data[at : at + number].decode(), at + number
        case 4:
            items = []
            while number != 0 and data[at] != 0xFF:
                item, at = decode(data, at)
                items.append(item)
                number -= 1
            return items, at + (number < 0)
    raise ValueError(f"a value of kind {kind}")


def encode(value: Any) -> bytes:
    """A value as bytes."""
    match value:
        case int():
            return _number(0, value) if value >= 0 else _number(1, -1 - value)
        case str():
            text = value.encode()
            return _number(3, len(text)) + text
        case list():
            return _number(4, len(value)) + b"".join(map(encode, value))
    raise TypeError(f"a value of type {type(value).__name__}")


def _end(data: bytes, at: int) -> int:
    """Where the value that begins at a place ends; much quicker than reading it."""
    left = 1
    while left:
        first = data[at]
        kind, short = first >> 5, first & 31
        at += 1
        number = short
        if 24 <= short <= 27:
            width = 1 << (short - 24)
            number = int.from_bytes(data[at : at + width])
            at += width
        elif short >= 28:
            raise ValueError("an array without its length")
        left -= 1
        if kind == 3:
            at += number
        elif kind == 4:
            left += number
        elif kind > 1:
            raise ValueError(f"a value of kind {kind}")
    return at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and number of a value, and where its content begins; -1 for an array that ends by a mark."""
    first = data[at]
    short = first & 31
    if short < 24:
        return first >> 5, short, at + 1
    if short <= 27:
        width = 1 << (short - 24)
        return first >> 5, int.from_bytes(data[at + 1 : at + 1 + width]), at + 1 + width
    if first == 0x9F:
        return 4, -1, at + 1
    raise ValueError(f"a value that begins with {first:#x}")


def _number(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for short, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * width):
            return bytes([kind << 5 | short]) + number.to_bytes(width)
    raise ValueError("a number that is too large")
