"""What views of the whole site took of each sheet, put down so that the next build takes it again only where it differs.

Which look-ups have another answer now is left to the ledger to tell.
"""

from __future__ import annotations

from collections.abc import Set

from factbook.catalogue.lookups import Gathered, Taken, parted
from factbook.kept.packing import packed, unpacked


def bytes_of(gathered: Gathered) -> bytes:
    """What was taken, as bytes."""
    return packed({name: [(id, *taken) for id, taken in by_id.items()] for name, by_id in gathered.items()})


def holding(data: bytes, otherwise: Set[str]) -> Gathered:
    """What was taken and would be taken now, when some look-ups have another answer."""
    touched = {parted(lookup)[0] for lookup in otherwise}
    rows: dict[str, list[tuple[str, str, str, object]]] = unpacked(data)

    def holds(id: str, taken: Taken) -> bool:
        return not (id in touched or taken.elsewhere) or otherwise.isdisjoint(taken.lookups(id))

    return {
        name: {
            id: taken
            for id, own, elsewhere, value in of_each
            if holds(id, taken := Taken(own, elsewhere, value))
        }
        for name, of_each in rows.items()
    }
