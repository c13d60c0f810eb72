"""Supposing: a publication as it would be if something in it were otherwise on a day, and what would follow for its answers.

Nothing is written: a supposed catalogue shows changed copies of a few sheets and is otherwise the same. Which states pages would
show is left to whoever lays them out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.living.conditions import part_of
from factbook.living.falling import Fall, Spot, of_fact, of_sheet, of_sources
from factbook.living.rereading import Reason, rereading
from factbook.loading.loaded import LoadedSheet
from factbook.model.briefing import CONDITIONS, Briefing, WouldChange
from factbook.model.change import History
from factbook.model.dates import Bound, parse_date
from factbook.model.measure import Designation, Measure, Provision
from factbook.model.records import Status
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source, TakenBack
from factbook.model.statement import Outcome, Statement

WITHDRAWN = "withdrawn"
CONTRADICTED = "contradicted"


@frozen
class Supposition:
    """One thing that is supposed, e.g. `price-cap` is `ended`."""

    id: str
    anchor: str
    value: str

    @property
    def of_a_state(self) -> bool:
        """Whether it changes what pages show as a state of play or an outcome."""
        return self.value not in (WITHDRAWN, CONTRADICTED)


@frozen
class Consequences:
    """What would follow for facts and answers."""

    fall: Fall
    """What would lose its only support."""
    tripped: tuple[tuple[str, WouldChange], ...]
    """The conditions that would come true, each with its briefing."""
    answers: tuple[tuple[str, tuple[Reason, ...], tuple[Spot, ...]], ...]
    """The briefings that would be read again: the reasons, and what they would lose that is supposed to be withdrawn itself."""


def can_be(id: str, anchor: str, catalogue: Catalogue) -> tuple[str, ...]:
    """What can be supposed of a sheet or of a place in it."""
    sheet, part = catalogue[id], part_of(id, anchor, catalogue)
    match part:
        case Measure() | Regime():
            return (*CONDITIONS["status"], WITHDRAWN)
        case Provision() | Designation():
            return ("ended", WITHDRAWN)
    if not anchor and isinstance(sheet, Statement):
        outcomes = CONDITIONS["prediction"] if sheet.prediction else ()
        return (*outcomes, CONTRADICTED, WITHDRAWN)
    return (WITHDRAWN,)


def supposed(catalogue: Catalogue, suppositions: Sequence[Supposition], on: date) -> Catalogue:
    """The publication as it would be if these held from a day on."""
    changed: dict[str, LoadedSheet] = {}
    for each in suppositions:
        loaded = changed.get(each.id) or catalogue.sheets[each.id]
        changed[each.id] = replace(loaded, sheet=_changed(loaded.sheet, each, on))
    return Catalogue(
        _Overlaid(catalogue.sheets, changed),
        catalogue.vocabularies,
        catalogue.phrases,
        catalogue.captures,
        catalogue.followed,
        catalogue.content,
        catalogue.withdrawn,
        catalogue.faces,
    )


def consequences(
    catalogue: Catalogue, history: History, suppositions: Sequence[Supposition], on: date
) -> Consequences:
    """What would follow on a day."""
    after = supposed(catalogue, suppositions, on)
    withdrawn = [each for each in suppositions if each.value == WITHDRAWN]
    sources = [each.id for each in withdrawn if not each.anchor and catalogue.find(each.id, Source)]
    loses: dict[str, set[Spot]] = {}
    for each in withdrawn:
        fall = of_fact(each.id, each.anchor, catalogue) if each.anchor else of_sheet(each.id, catalogue)
        for id, spots in fall.answers:
            loses.setdefault(id, set()).update(spots)
    contradicted = {each.id for each in suppositions if each.value == CONTRADICTED}
    tripped: list[tuple[str, WouldChange]] = []
    answers = []
    for id in sorted(catalogue.ids(Briefing)):
        before = set(rereading(catalogue.get(id, Briefing), catalogue, history, on))
        briefing = after.get(id, Briefing)
        reasons = [each for each in rereading(briefing, after, history, on) if each not in before]
        if briefing.signed:
            reasons += [
                Reason("condition", on, each.when.target[0], "statement", watched=each)
                for each in briefing.would_change
                if each.when and each.when.kind == "statement" and each.when.target[0] in contradicted
            ]
        tripped += [(id, each.watched) for each in reasons if each.watched]
        if reasons or id in loses:
            answers.append((id, tuple(reasons), tuple(sorted(loses.get(id, ())))))
    fall = of_sources(sources, catalogue, on) if sources else Fall()
    return Consequences(fall, tuple(tripped), tuple(answers))


def _changed(sheet: Sheet, each: Supposition, on: date) -> Sheet:
    day = parse_date(on.isoformat())
    bound = Bound(day.text, day)
    match sheet:
        case Source() if each.value == WITHDRAWN and not each.anchor:
            return sheet.model_copy(update={"withdrawal": TakenBack(day=day, text="Supposed.")})
        case Measure() | Regime() if not each.anchor and each.value != WITHDRAWN:
            status = Status.model_validate({"value": each.value, "from": day.text})
            return sheet.model_copy(update={"status": (*sheet.status, status)})
        case Measure() if each.value == "ended":
            field, _, name = each.anchor.partition(".")
            until = {"provisions": "ends", "designations": "until"}[field]
            parts = tuple(
                part.model_copy(update={until: bound}) if part.id == name else part
                for part in getattr(sheet, field)
            )
            return sheet.model_copy(update={field: parts})
        case Statement() if sheet.prediction and each.of_a_state:
            outcome = Outcome.model_validate({"value": each.value, "day": day.text})
            prediction = sheet.prediction.model_copy(update={"outcome": outcome})
            return sheet.model_copy(update={"prediction": prediction})
    return sheet


class _Overlaid(Mapping[str, LoadedSheet]):
    """Some sheets, a few of them changed."""

    def __init__(self, sheets: Mapping[str, LoadedSheet], changed: Mapping[str, LoadedSheet]) -> None:
        self.sheets = sheets
        self.changed = changed

    def __getitem__(self, id: str) -> LoadedSheet:
        return self.changed.get(id) or self.sheets[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sheets)

    def __len__(self) -> int:
        return len(self.sheets)
