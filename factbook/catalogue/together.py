"""An order of sheets in which those that refer to each other stand near each other.

Whoever makes something of every sheet looks at the same few others again and again, if it goes by this order: the sheets of one
affair, whatever their collections. It says nothing to readers and decides nothing that they see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

HUB = 40
"""Neighbours of a sheet beyond which they need not have anything to do with each other."""


def together(targets: Mapping[str, Iterable[str]]) -> list[str]:
    """All sheets, of which is told to whom each refers: next comes always the one that has the largest part of its neighbours behind it."""
    beside: dict[str, list[str]] = {id: [] for id in targets}
    for id, refers in targets.items():
        for target in refers:
            if target in beside and target != id:
                beside[id].append(target)
                beside[target].append(id)
    behind = dict.fromkeys(targets, 0)
    found: dict[str, None] = {}
    for first in targets:
        waiting = [(0.0, 0, first)]
        while waiting:
            id = heappop(waiting)[2]
            if id in found:
                continue
            found[id] = None
            if len(beside[id]) > HUB:
                continue
            for other in beside[id]:
                if other not in found:
                    behind[other] += 1
                    part = behind[other] / min(len(beside[other]), HUB)
                    heappush(waiting, (-part, -len(found), other))  # among equals a neighbour of the latest
    return list(found)
