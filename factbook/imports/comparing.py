"""Our designations beside a list, by the list's own number: what agrees, what differs, what could be added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.imports.listed import Item, Listed, ListedName, folded
from factbook.model.actor import Actor
from factbook.model.measure import Designation, Measure
from factbook.model.regime import Regime

_SECTION = re.compile(r"\(\w+\)$")


@frozen
class Ours:
    """One designation of ours and the measure that holds it."""

    measure: Measure
    position: int
    """Its place in the measure's list."""
    designation: Designation

    @property
    def anchor(self) -> str:
        return f"{self.measure.id}#designations.{self.designation.id}"


@dataclass
class Compared:
    """One entry of a list beside ours."""

    listed: Listed
    ours: tuple[Ours, ...]
    actors: tuple[Actor, ...]
    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    """Sentences, each with what ours says and what the list says."""
    names: list[ListedName] = field(default_factory=list)
    """Names of the list that the actor's sheet has not."""
    observed: list[Ours] = field(default_factory=list)
    """Designations that the list shows on its day, where our sheet does not say so yet."""
    undecided: list[Ours] = field(default_factory=list)
    """Designations of which the files cannot tell whether they mean this list."""


@frozen
class Day:
    """The day of the list, and which of our lists it is."""

    day: str
    list: str | None = None
    """The id of a regime; None where nobody said."""


def designations(catalogue: Catalogue) -> dict[str, list[Ours]]:
    """Our designations by the number of their entry."""
    found: dict[str, list[Ours]] = {}
    for measure in catalogue.all(Measure):
        for position, designation in enumerate(measure.designations):
            if designation.entry:
                found.setdefault(designation.entry, []).append(Ours(measure, position, designation))
    return found


def compared(catalogue: Catalogue, ours: list[Ours], listed: Listed, day: Day) -> Compared:
    """What an entry and our designations of the same number say alike, and what not."""
    ids = dict.fromkeys(our.designation.actor for our in ours)
    actors = tuple(actor for id in ids if (actor := catalogue.find(id, Actor)))
    result = Compared(listed, tuple(ours), actors)
    _names(result)
    if listed.complete:
        _programmes(result, day)
        _items(catalogue, result)
    _observed(result, day)
    return result


def missing_names(actor: Actor, listed: Listed) -> list[ListedName]:
    """Names of the list that a sheet has in no order, case or accents."""
    known = {folded(name.text) for name in actor.names}
    found: list[ListedName] = []
    for name in listed.names:
        if folded(name.text) not in known:
            known.add(folded(name.text))
            found.append(name)
    return found


def _names(result: Compared) -> None:
    listed = result.listed
    if not listed.names:
        return
    for actor in result.actors:
        result.names = missing_names(actor, listed)
        if listed.names[0] in result.names and listed.complete:
            result.differs.append(f"The list calls it “{listed.title}”; {actor.id} has no such name.")
        elif not result.names:
            result.agrees.append("name" if len(listed.names) == 1 else f"{len(listed.names)} names")
        is_person = listed.kind == "person"
        if listed.complete and listed.kind and is_person != (actor.kind == "person"):
            result.differs.append(f"The list has a {listed.kind}; {actor.id} is a {actor.kind}.")


def _programmes(result: Compared, day: Day) -> None:
    meant = [our for our in result.ours if day.list is None or our.designation.list in (None, day.list)]
    here = [our.designation.programme for our in meant if our.designation.programme]
    for programme in result.listed.programmes:
        if programme in here:
            result.agrees.append(f"programme {programme}")
        else:
            result.differs.append(
                f"The list prints the programme {programme}; no designation of ours names it."
            )
    for our in meant:
        tag = our.designation.programme
        if tag and tag not in result.listed.programmes:
            result.differs.append(f"{our.anchor} names the programme {tag}; the list does not print it.")


def _items(catalogue: Catalogue, result: Compared) -> None:
    listed = {item.section for item in result.listed.items}
    law = {section.partition("(")[0] for section in listed}
    ours = {
        section
        for our in result.ours
        for section in sections_of(catalogue, our.measure, our.designation.provisions)
        if section.partition("(")[0] in law
    }
    if not listed:
        return
    if listed <= ours and all(
        any(section.startswith(f"{whole}(") for section in listed) for whole in ours - listed
    ):
        result.agrees.append(f"items {', '.join(sorted(listed, key=_in_order))}")
        return
    for item in sorted(result.listed.items, key=lambda item: _in_order(item.section)):
        if item.section not in ours:
            result.differs.append(f"The list prints {item.words}; no provision of ours rests on it.")
    for section in sorted(ours - listed, key=_in_order):
        result.differs.append(f"A provision of ours rests on {section}; the list does not print it.")


def sections_of(catalogue: Catalogue, measure: Measure, wanted: tuple[str, ...]) -> set[str]:
    """The sections of law, as the law numbers them, that provisions of a measure rest on: those wanted, or all."""
    found: set[str] = set()
    for provision in measure.provisions:
        if wanted and provision.id not in wanted:
            continue
        for basis in provision.under or measure.under:
            regime = catalogue.find(basis.regime, Regime)
            found |= (
                {section.at for section in regime.sections if section.id == basis.section}
                if regime
                else set()
            )
    return found


def _observed(result: Compared, day: Day) -> None:
    lists = {our.designation.list for our in result.ours}
    for our in result.ours:
        designation = our.designation
        if day.list is not None:
            is_meant = designation.list == day.list
        elif result.listed.programmes:
            is_meant = designation.programme in result.listed.programmes
        else:
            is_meant = len(lists) == 1
        if any(str(seen.day) == day.day for seen in designation.observed):
            result.agrees.append(f"seen on {day.day}")
        elif is_meant:
            result.observed.append(our)
        elif day.list is None:
            result.undecided.append(our)


def section_of(catalogue: Catalogue, item: Item) -> tuple[str, str] | None:
    """The one regime of ours that has a section of that number, and the section's id; None for none or several."""
    found = [
        (regime.id, section.id)
        for regime in catalogue.all(Regime)
        for section in regime.sections
        if section.at == item.section
    ]
    return found[0] if len(found) == 1 else None


def not_in_files(found: Mapping[str, list[Ours]], entries: Mapping[str, Listed], day: Day) -> list[Ours]:
    """Designations of the list that the files are whose numbers the files do not hold; none where it is not plain which list it is."""
    lists = {
        our.designation.list for number in entries for our in found.get(number, ()) if our.designation.list
    }
    lists = {day.list} if day.list else lists
    return [
        our
        for number, these in sorted(found.items())
        for our in these
        if len(lists) == 1 and number not in entries and our.designation.list in lists
    ]


def _in_order(section: str) -> tuple[str, int, str]:
    last = _SECTION.search(section)
    number = last[0].strip("()") if last else ""
    return (_SECTION.sub("", section), int(number) if number.isdigit() else 0, number)
