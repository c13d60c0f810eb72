"""As much of CBOR (RFC 8949) as the files of Pagefind are written in: whole numbers, texts and arrays of a known length."""

from __future__ import annotations

from typing import Any


def decode(data: bytes, at: int = 0) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends."""
    kind, number, at = head(data, at)
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 3:
            return data[at : at + number].decode(), at + number
        case 4:
            items = []
            for _ in range(number):
                item, at = decode(data, at)
                items.append(item)
            return items, at
    raise ValueError(f"a value of kind {kind}")


def encode(value: Any) -> bytes:
    """A value as bytes."""
    match value:
        case int():
            return number(value) if value >= 0 else written_head(1, -1 - value)
        case str():
            text = value.encode()
            return written_head(3, len(text)) + text
        case list():
            return array(len(value)) + b"".join(map(encode, value))
    raise TypeError(f"a value of type {type(value).__name__}")


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and number of a value, and where its content begins."""
    first = data[at]
    short = first & 31
    if short < 24:
        return first >> 5, short, at + 1
    if short <= 27:
        end = at + 1 + (1 << (short - 24))
        return first >> 5, int.from_bytes(data[at + 1 : end]), end
    raise ValueError(f"a value that begins with {first:#x}")


def written_head(kind: int, number: int) -> bytes:
    """What a value of a kind begins with."""
    if number < 24:
        return bytes([kind << 5 | number])
    for short, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * width):
            return bytes([kind << 5 | short]) + number.to_bytes(width)
    raise ValueError("a number that is too large")


def array(length: int) -> bytes:
    """What an array of a length begins with."""
    return written_head(4, length)


def number(value: int) -> bytes:
    """A whole number that is not negative."""
    return _SMALL[value] if value < len(_SMALL) else written_head(0, value)


_SMALL = tuple(written_head(0, value) for value in range(4096))
