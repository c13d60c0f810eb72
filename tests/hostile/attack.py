"""Publications in which every text is an attack: a payload in each place, and beside it a harmless twin with plain words.

What a page has beside its text has to be the same in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factbook.problems import Severity
from factbook.publication import read_and_check
from tests.hostile.payloads import PLAIN, Payload, payloads
from tests.hostile.places import FREE
from tests.hostile.publications import Publication, specimen
from tests.sites import DAY


@dataclass
class Attack:
    """A hostile publication and its harmless twin, both in order, with what stands where."""

    hostile: Publication
    twin: Publication
    placed: dict[int, Payload]
    refused: int
    """Places at which a payload was refused with a problem, and plain words stand instead."""


def attack(root: Path, turn: int) -> Attack:
    """One turn of the attack: the payloads are dealt out to the places, in the next turn each goes one place further."""
    hostile, twin = specimen(root / "hostile"), specimen(root / "twin")
    all_payloads = payloads()
    places = [number for number, leaf in enumerate(hostile.leaves) if leaf.kind in FREE]
    placed = {number: all_payloads[(at + turn) % len(all_payloads)] for at, number in enumerate(places)}
    refused = 0
    harmless = {number: said(hostile, number, None) for number in places}
    for file in hostile.bodies:
        payload = all_payloads[(turn + len(file)) % len(all_payloads)]
        hostile.bodies[file] += f"\n## A heading {payload.text}\n\nA text {payload.text}\n\n{payload.text}\n"
        twin.bodies[file] += "\n## A heading plain words\n\nA text plain words\n\nplain words\n"
    twin.write(harmless)
    texts = {number: said(hostile, number, placed[number]) for number in places}
    bodies = {file: (hostile.bodies[file], twin.bodies[file]) for file in hostile.bodies}
    for _ in range(60):
        hostile.write(texts)
        problems = read_and_check(hostile.config_file, as_of=DAY).problems
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not wrong:
            break
        for problem in wrong:
            place = problem.place
            number = twin.lines(place.path).get(place.line or 0) if place.path in twin.sheets else None
            if number in placed:
                texts[number] = harmless[number]
                del placed[number]
                refused += 1
            elif place.path in bodies:
                hostile.bodies[place.path] = bodies[place.path][1]
            elif number not in harmless:
                raise AssertionError(f"refused elsewhere: {problem.as_text()}")
    else:
        raise AssertionError("\n".join(problem.as_text() for problem in wrong))
    return Attack(hostile, twin, placed, refused)


def said(publication: Publication, number: int, payload: Payload | None) -> str:
    """The whole text of a place: a payload between its marks, or plain words."""
    leaf = publication.leaves[number]
    marks = publication.marks(number)
    payload = payload or Payload("plain", PLAIN, head=False)
    if leaf.kind == "address":
        if payload.family == "plain":
            return f"https://example.org/{marks[0]}/{marks[1]}"
        return payload.text if ":" in payload.text[:12] else f"https://example.org/{marks[0]}/{payload.text}"
    text = payload.between(marks)
    return f"Words {text}" if leaf.kind == "words" else text
