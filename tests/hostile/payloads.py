"""Texts that try to be more than text: those of `tests/cases/hostile/payloads.yml`, by family."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.publications import CASES, read_case

PLAIN = "plain words"
"""What a harmless twin says in their place."""


@dataclass(frozen=True)
class Payload:
    """One text that tries to be more than text."""

    family: str
    text: str
    head: bool
    """Works only as the first signs of a field."""

    def between(self, marks: tuple[str, str]) -> str:
        first, last = marks
        return f"{self.text} {last}" if self.head else f"{first} {self.text} {last}"


@cache
def payloads() -> tuple[Payload, ...]:
    """All payloads, in the order of their file."""
    found: list[Payload] = []
    for family, rows in read_case(CASES / "hostile" / "payloads.yml").items():
        head = isinstance(rows, dict)
        found += [Payload(family, text, head) for text in (rows["texts"] if head else rows)]
    return tuple(found)
