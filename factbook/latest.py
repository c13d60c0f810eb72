"""A few things at hand: those that were asked for last.

Several threads may ask at once, as the preview does: each step here is one of the dictionary's own, which is never half done. At
worst two of them make the same thing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Latest(Generic[K, V]):
    """Things by their keys, none of them None, so many at the most; the one that nobody asked for the longest goes first."""

    __slots__ = ("_held", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """The thing of a key, made where it is not at hand. Raises what the making raises."""
        held = self._held
        if (found := held.get(key)) is None:
            found = held[key] = make(key)
            if len(held) > self._most:
                with suppress(KeyError):  # others were faster
                    held.popitem(last=False)
        else:
            try:
                held.move_to_end(key)
            except KeyError:  # it was let go of meanwhile
                held[key] = found
        return found

    def __len__(self) -> int:
        return len(self._held)
