"""The book of all questions that some measures answer: who and what is asked of, with regard to whom, and each of the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from factbook.binding.bearings import Bearing, Standing, Target, bearings
from factbook.binding.cases import Case, Heard
from factbook.chronology import Answer, State
from factbook.model.measure import Measure
from factbook.model.vocabularies import Value


def belongs_to(key: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Who or what this is besides, itself first: a bank is a person too, and who pays deals in property."""
    found = [key]
    for each in found:  # grows while it is walked
        value = values.get(each)
        found += [other for other in (value.also if value else ()) if other not in found and other in values]
    return tuple(found)


def _heirs(values: Mapping[str, Value]) -> dict[str, list[str]]:
    """Of each value all that belong to it, itself among them."""
    found: dict[str, list[str]] = {}
    for key in values:
        for each in belongs_to(key, values):
            found.setdefault(each, []).append(key)
    return found


class Book:
    """Everything that some measures say of questions."""

    def __init__(
        self, measures: Iterable[Measure], parties: Mapping[str, Value], acts: Mapping[str, Value]
    ) -> None:
        self.parties = parties
        self.acts = acts
        self.told = tuple(bearing for measure in measures for bearing in bearings(measure))

    @cached_property
    def about(self) -> dict[Target, list[Bearing]]:
        """What is said of each target."""
        found: dict[Target, list[Bearing]] = {}
        for bearing in self.told:
            found.setdefault(bearing.target, []).append(bearing)
        return found

    @cached_property
    def _spoken(self) -> dict[tuple[str, str], set[Target]]:
        """The targets of each somebody and act of whom something is said; what is left alone is left alone in that act only."""
        heirs = _heirs(self.acts)
        found: dict[tuple[str, str], set[Target]] = {}
        for bearing in self.told:
            acts = heirs.get(bearing.act, []) if bearing.holds is not Standing.LEFT_ALONE else [bearing.act]
            for act in acts:
                found.setdefault((bearing.party, act), set()).add(bearing.target)
        return found

    @cached_property
    def answered(self) -> dict[tuple[str, str], str]:
        """Each somebody and act with an answer, and of whom the answer is: of themselves, or of others to whom they belong."""
        acts = sorted({act for _, act in self._spoken})
        found: dict[tuple[str, str], str] = {}
        for party in self.parties:
            of = belongs_to(party, self.parties)
            for act in acts:
                spoken = [each for each in of if (each, act) in self._spoken]
                if spoken:
                    found[party, act] = spoken[0] if len(spoken) == 1 else party
        return found

    @cached_property
    def questions(self) -> dict[tuple[str, str], tuple[Target, ...]]:
        """Each somebody and act with an answer of their own, with the targets in the order of their ids."""
        return {
            (party, act): tuple(
                sorted(
                    {
                        target
                        for each in belongs_to(party, self.parties)
                        for target in self._spoken.get((each, act), ())
                    }
                )
            )
            for (party, act), whose in sorted(self.answered.items())
            if whose == party
        }

    def case(self, party: str, act: str, target: Target) -> Case:
        """The question, with what is said of it and what else is recorded of the target."""
        parties, acts = belongs_to(party, self.parties), belongs_to(act, self.acts)
        about = self.about.get(target, [])
        own = {  # once each, though it may be said of several of those to whom somebody belongs
            (id(each.fact), id(each.designation)): each
            for each in reversed(about)
            if each.party in parties
            and (each.act == act or (each.act in acts and each.holds is not Standing.LEFT_ALONE))
        }
        said = tuple(reversed(own.values()))
        heard = {(each.measure.id, each.provision.id) for each in said if each.provision}
        others: dict[tuple[str, str], Heard] = {}
        for each in about:
            if each.holds not in (Standing.BINDS, Standing.BURDENS) or each.provision is None:
                continue
            key = (each.measure.id, each.provision.id)
            why = Standing.OTHER_ACT if each.party in parties else Standing.OTHER_PARTY
            if key not in heard:
                others.setdefault(key, Heard(each, why, State(Answer.NOT_KNOWN, date.min)))
        return Case(party, act, target, said, tuple(others.values()))
