"""A file put together of pieces, once more: runs of pieces that stand in it already are cut out of the file, not read one by one.

Between two builds few pieces differ. What a file was put together of is known by the hashes of its pieces in their order, its
recipe; what is alike at the beginning of two recipes, and at their end, stands in the file as it would be put.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from factbook.kept.store import HASH, Piece, hash_in, length_of


class Seams(NamedTuple):
    """How many bytes stand around and between the pieces of a file."""

    head: int
    joiner: int
    foot: int


def recipe_of(pieces: Sequence[Piece]) -> bytes:
    """What a file is put together of."""
    return b"".join(map(hash_in, pieces))


def spliced(
    was: bytes,
    stands: bytes,
    seams: Seams,
    pieces: Sequence[Piece],
    read_all: Callable[[Sequence[Piece]], list[bytes]],
) -> list[bytes | memoryview]:
    """What to join for a file of these pieces, which `stands` as it was put together by the recipe `was`: few runs of many pieces.

    Pieces without a byte have no part in a file. Raises what the reading raises.
    """
    now = recipe_of(pieces)
    least = min(len(was), len(now)) // HASH
    first = _alike(least, lambda count: was[: HASH * count] == now[: HASH * count])
    last = _alike(
        least - first, lambda count: was[len(was) - HASH * count :] == now[len(now) - HASH * count :]
    )
    whole, end = memoryview(stands), len(stands) - seams.foot
    return [
        whole[seams.head : seams.head + _size(pieces[:first], seams)],
        *read_all(pieces[first : len(pieces) - last]),
        whole[end - _size(pieces[len(pieces) - last :], seams) : end],
    ]


def _alike(most: int, same: Callable[[int], bool]) -> int:
    """The greatest number, up to the most, of which it is true, as it is of all below it."""
    return bisect_left(range(1, most + 1), True, key=lambda count: not same(count))


def _size(run: Sequence[Piece], seams: Seams) -> int:
    """How many bytes the pieces of a run take, joined."""
    sizes = [size for size in map(length_of, run) if size]
    return sum(sizes) + seams.joiner * max(0, len(sizes) - 1)
