"""Measures: what they forbid and what they do not, provision by provision; on whom; in force when; ways out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factbook.chronology import (
    of_designation,
    of_measure,
    of_provision,
    provisions_of,
    steps_of_designation,
    steps_of_measure,
    steps_of_provision,
)
from factbook.frozen import frozen
from factbook.model.dates import Bound
from factbook.model.event import Event
from factbook.model.measure import Designation, LeftOut, Measure, Provision, Reach, Rule, Whom
from factbook.model.records import Basis, Observed, Status, Threshold
from factbook.model.regime import Regime
from factbook.model.statement import Statement
from factbook.pages.as_of import intervals_of, stepped
from factbook.pages.charts import in_force, relations
from factbook.pages.charts.in_force import InForceChart
from factbook.pages.charts.relations import RelationsChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, Tie, cited_rows, event_rows, events_of
from factbook.pages.labels import basis_words
from factbook.pages.may_i import questions_of_measure, questions_settled
from factbook.pages.page import FactView, PageRef, StateView
from factbook.pages.statement import StatementView, in_order_said, statement_view

STATEMENTS = 6
"""What was said about a sheet and stands on its page, where more was."""


@frozen
class Linked:
    """A fact whose subject is another sheet: the link, a few words, the evidence."""

    ref: PageRef
    words: str
    fact: FactView


@frozen
class WhomView:
    """Those with whom an act is done."""

    anchor: str
    actors: tuple[PageRef, ...]
    groups: tuple[str, ...]


@frozen
class RuleView:
    """One act that is forbidden, left alone, or done by somebody who feels a rule."""

    act: str
    fact: FactView
    who: str = ""
    """Whose act it is; empty where it is that of those whom the provision binds."""
    whom: WhomView | None = None


@frozen
class ThresholdView:
    """An amount with what it is counted over."""

    amount: int
    currency: str
    period: str
    fact: FactView


@frozen
class SeenView:
    """A day on which something was seen to hold."""

    day: date
    fact: FactView


@frozen
class ProvisionView:
    """One operative rule."""

    id: str
    title: str
    kind: str
    fact: FactView
    under: tuple[Linked, ...]
    binds: str
    whom: WhomView | None
    forbids: tuple[RuleView, ...]
    burdens: tuple[RuleView, ...]
    does_not_forbid: tuple[RuleView, ...]
    reaches: tuple[RuleView, ...]
    threshold: ThresholdView | None
    exceptions: tuple[FactView, ...]
    starts: Bound
    ends: Bound
    state: StateView
    observed: tuple[SeenView, ...]


@frozen
class DesignationView:
    """The naming of an actor, with only its own provisions."""

    fact: FactView
    actor: PageRef
    measure: PageRef
    list: PageRef | None
    programme: str
    entry: str
    starts: Bound
    until: Bound
    state: StateView
    observed: tuple[SeenView, ...]
    """On the page of its own measure alone."""
    provisions: tuple[PageRef, ...]


@frozen
class LeftOutView:
    """Something that a measure does not cover."""

    fact: FactView
    settles: str
    """The place of what it settles; empty where it settles nothing."""
    questions: tuple[PageRef, ...]


@frozen
class StatusView:
    """One line of the history of a status."""

    fact: FactView
    value: str
    starts: Bound
    by: PageRef | None
    by_text: str
    observed: tuple[SeenView, ...]


@frozen
class MeasurePage:
    """The page of one measure."""

    state: StateView
    kind: str
    is_sanction: bool
    imposed_by: tuple[Linked, ...]
    under: tuple[Linked, ...]
    announced: EventRow | None
    ground: tuple[FactView, ...]
    provisions: tuple[ProvisionView, ...]
    designations: tuple[DesignationView, ...]
    affects: tuple[Linked, ...]
    not_covered: tuple[LeftOutView, ...]
    ways_out: tuple[FactView, ...]
    may_i: tuple[PageRef, ...]
    """The questions "May I …?" to which it says something."""
    history: tuple[StatusView, ...]
    events: tuple[EventRow, ...]
    statements: tuple[StatementView, ...]
    ties: tuple[Tie, ...]
    here: PageRef
    intervals: PageRef
    """Where the answers for all days are printed."""
    in_force: InForceChart | None
    """When the measure and its parts were in force; None when no day is known."""
    chart: RelationsChart | None
    """Who imposed it, under what and on whom, as a picture; None when none of it is known."""

    @property
    def only_burdens(self) -> bool:
        """Whether it forbids nothing, and lays a cost or a condition on something."""
        return any(each.burdens for each in self.provisions) and not any(
            each.forbids for each in self.provisions
        )

    @property
    def spares(self) -> bool:
        """Whether it says of something that it is not forbidden."""
        return any(each.does_not_forbid for each in self.provisions)


def basis_view(basis: Basis, draft: Draft) -> Linked:
    """The regime and section, e.g. Tide Act, section 4(b)."""
    regime = draft.catalogue.get(basis.regime, Regime)
    section = next((each for each in regime.sections if each.id == basis.section), None)
    words = basis_words(regime.short_text, section)
    anchor = f"sections.{section.id}" if section else ""
    return Linked(draft.ref(regime.id, anchor, words), words, draft.fact(basis))


def history(sheet: Measure | Regime, draft: Draft) -> tuple[StatusView, ...]:
    """The statuses of a measure or regime, as they stand."""
    return tuple(_status(status, draft) for status in sheet.status)


def seen_views(observed: Iterable[Observed], draft: Draft) -> tuple[SeenView, ...]:
    """The days on which something was seen to hold, as they stand in the sheet."""
    return tuple(SeenView(seen.day.earliest, draft.fact(seen)) for seen in observed)


def _status(status: Status, draft: Draft) -> StatusView:
    by = status.by
    return StatusView(
        draft.fact(status),
        draft.catalogue.label("statuses", status.value),
        status.from_,
        draft.ref(by.event) if by and by.event else None,
        by.text or "" if by else "",
        seen_views(status.observed, draft),
    )


def provision_view(provision: Provision, measure: Measure, draft: Draft) -> ProvisionView:
    """A provision with all its parts."""
    label = draft.catalogue.label
    return ProvisionView(
        id=provision.id,
        title=provision.title,
        kind=label("provision-kinds", provision.kind),
        fact=draft.fact(provision),
        under=tuple(basis_view(basis, draft) for basis in provision.under),
        binds=provision.binds.text or label("bound-parties", provision.binds.who),
        whom=_whom(provision.whom, draft.anchor(provision), draft),
        forbids=tuple(_rule(rule, draft) for rule in provision.forbids),
        burdens=tuple(_rule(rule, draft) for rule in provision.burdens),
        does_not_forbid=tuple(_rule(rule, draft) for rule in provision.does_not_forbid),
        reaches=tuple(_rule(rule, draft) for rule in provision.reaches),
        threshold=threshold_view(provision.threshold, draft) if provision.threshold else None,
        exceptions=draft.facts(provision.exceptions),
        starts=provision.starts,
        ends=provision.ends,
        state=stepped(
            draft.state(of_provision(provision, measure, draft.as_of)),
            steps_of_provision(provision, measure),
            draft.catalogue,
        ),
        observed=seen_views(provision.observed, draft),
    )


def _rule(rule: Rule | Reach, draft: Draft) -> RuleView:
    label = draft.catalogue.label
    return RuleView(
        label("acts", rule.act),
        draft.fact(rule, rule.text),
        label("bound-parties", rule.who) if rule.who else "",
        _whom(rule.whom, draft.anchor(rule), draft),
    )


def _whom(whom: Whom | None, anchor: str, draft: Draft) -> WhomView | None:
    if whom is None:
        return None
    groups = tuple(draft.catalogue.label("groups", each) for each in whom.groups)
    return WhomView(f"{anchor}.whom", draft.refs(whom.actors), groups)


def _left_out(left: LeftOut, draft: Draft) -> LeftOutView:
    settles = f"{draft.anchor(left)}.settles" if left.settles else ""
    return LeftOutView(draft.fact(left), settles, questions_settled(left, draft.catalogue))


def threshold_view(threshold: Threshold, draft: Draft, of: Measure | None = None) -> ThresholdView:
    """A threshold; on another page than that of its measure, which is `of`, without its anchor."""
    fact = draft.fact(threshold, of=of)
    return ThresholdView(threshold.amount, threshold.currency, threshold.period or "", fact)


def designation_view(designation: Designation, measure: Measure, draft: Draft) -> DesignationView:
    """A designation; on another sheet's page its notes stand there too."""
    anchors = {provision.id: f"provisions.{provision.id}" for provision in measure.provisions}
    own = draft.sheet is measure
    state = draft.state(of_designation(designation, measure, draft.as_of))
    if own:
        state = stepped(state, steps_of_designation(designation, measure), draft.catalogue)
    return DesignationView(
        fact=draft.fact(designation) if own else draft.fact(designation, of=measure),
        actor=draft.ref(designation.actor),
        measure=draft.ref(measure.id, f"designations.{designation.id}"),
        list=draft.ref(designation.list) if designation.list else None,
        programme=designation.programme or "",
        entry=designation.entry or "",
        starts=designation.from_,
        until=designation.until,
        state=state,
        observed=seen_views(designation.observed, draft) if own else (),
        provisions=tuple(
            draft.ref(measure.id, anchors[provision.id], provision.title)
            for provision in provisions_of(designation, measure)
        ),
    )


def statements_about(id: str, draft: Draft) -> tuple[StatementView, ...]:
    """What was said about a sheet, the first first; where that is much, what bears on a question before the rest."""
    said = draft.once("said", lambda: in_order_said(draft.catalogue.origins(id, "subject_of", Statement)))
    telling = sorted(said, key=lambda each: not (each.answers or each.prediction))
    shown = {each.id for each in draft.beginning("said", telling, STATEMENTS)}
    return tuple(statement_view(statement, draft) for statement in said if statement.id in shown)


def view(sheet: Measure, draft: Draft) -> MeasurePage:
    """The page of a measure."""
    catalogue = draft.catalogue
    announced = [catalogue.get(sheet.announced_by, Event)] if sheet.announced_by else []
    return MeasurePage(
        state=stepped(draft.state(of_measure(sheet, draft.as_of)), steps_of_measure(sheet), catalogue),
        kind=catalogue.label("measure-kinds", sheet.kind),
        is_sanction=sheet.is_sanction,
        imposed_by=tuple(
            Linked(draft.ref(each.actor), each.role or "", draft.fact(each)) for each in sheet.imposed_by
        ),
        affects=tuple(
            Linked(draft.ref(each.actor), each.how or "", draft.fact(each)) for each in sheet.affects
        ),
        under=tuple(basis_view(basis, draft) for basis in sheet.under),
        announced=next(iter(cited_rows(announced, draft)), None),
        ground=draft.facts(sheet.ground),
        provisions=tuple(provision_view(provision, sheet, draft) for provision in sheet.provisions),
        not_covered=tuple(_left_out(each, draft) for each in sheet.not_covered),
        designations=tuple(designation_view(each, sheet, draft) for each in sheet.designations),
        ways_out=draft.facts(sheet.ways_out),
        may_i=questions_of_measure(sheet, catalogue),
        history=history(sheet, draft),
        events=event_rows(events_of(sheet.id, catalogue), catalogue),
        statements=statements_about(sheet.id, draft),
        ties=tuple(
            Tie(catalogue.label("measure-relations", each.kind), draft.ref(each.measure), draft.fact(each))
            for each in sheet.relations
        ),
        here=draft.ref(sheet.id),
        intervals=intervals_of(sheet.id),
        in_force=in_force.of_one(sheet, draft),
        chart=relations.of_measure(sheet, draft),
    )
