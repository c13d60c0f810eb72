"""A table is the same again from an earlier one and what differs, and telling what differs leaves both as they are."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field

import pytest

from factbook.kept.differences import Entries, applied, difference, parts_of, size_of, told_by


class Sheet:
    """Something that is compared by what it is."""


@dataclass
class Inner:
    """A table in a table."""

    names: dict[str, bytes] = field(default_factory=dict)
    bits: list[int] = field(default_factory=list)


@dataclass
class Table:
    """One with a field of each sort."""

    key: str = ""
    inner: Inner = field(default_factory=Inner)
    sheets: dict[str, object] = field(default_factory=dict)


def of(number: int) -> Table:
    """A table with so many entries."""
    names = {f"n{at}": bytes([at]) for at in range(number)}
    return Table("first", Inner(names, list(range(number))), {f"s{at}": Sheet() for at in range(number)})


def read_again(table: Table) -> Table:
    """The same table in other containers, as it is when a file is read once more."""
    return Table(table.key, Inner({**table.inner.names}, [*table.inner.bits]), {**table.sheets})


def changed(table: Table, chance: random.Random) -> None:
    for _ in range(chance.randrange(6)):
        name, number = f"n{chance.randrange(30)}", chance.randrange(100)
        match chance.randrange(6):
            case 0:
                table.inner.names[name] = bytes([number])
            case 1:
                table.inner.names.pop(name, None)
            case 2:
                table.inner.bits.append(number)
            case 3 if table.inner.bits:
                table.inner.bits[number % len(table.inner.bits)] = number
            case 4:
                table.sheets[f"s{number % 30}"] = Sheet()
            case _:
                table.key = f"key {number}"


@pytest.mark.parametrize("seed", range(40))
def test_any_table_is_had_again_from_an_earlier_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  seeded, nothing secret
    base = of(chance.randrange(20))
    now, parts = read_again(base), parts_of(base)
    for _ in range(3):  # what differs is told from the base each time, not from the last one
        changed(now, chance)
        found = difference(parts, now)
        was = copy.copy(found)
        assert applied(read_again(base), found) == now
        assert found == was
        assert difference(parts, applied(read_again(base), found)) == found


def test_nothing_is_told_of_what_is_the_same() -> None:
    base = of(5)
    assert difference(parts_of(base), read_again(base)) == {}


def test_a_list_that_has_become_shorter_is_shorter_again() -> None:
    base, now = of(5), of(0)
    assert applied(read_again(base), difference(parts_of(base), now)) == now


def test_what_is_told_is_counted_by_entries() -> None:
    base = of(10)
    now = read_again(base)
    now.inner.names["n3"] = b"other"
    del now.inner.names["n4"]
    found = difference(parts_of(base), now)
    assert found == {"inner.names": Entries(("n4",), {"n3": b"other"})}
    assert told_by(found) == 3
    assert size_of(parts_of(base)) == 1 + 11 + 11 + 11
