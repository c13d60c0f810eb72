"""“May I?”, the answers: one page for somebody and an act, with every target of which something is recorded.

Targets with the same answer for the same reasons stand together. The answer is that of the day of the build; the other days follow
as intervals. No answer permits anything.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factbook.binding import Book, Case, Heard, Interval, Standing, Target, Verdict, heard_on
from factbook.catalogue import Catalogue
from factbook.chronology import Answer
from factbook.model.actor import Actor
from factbook.model.measure import LeftOut, Measure
from factbook.pages.addresses import ref_to
from factbook.pages.draft import Draft
from factbook.pages.may_i import (
    ACTS,
    ADDRESS,
    DATA,
    GROUPS,
    PARTIES,
    anchor_of,
    answer_of,
    asked,
    book_of,
    one_of,
    recorded_of,
    title_of,
)
from factbook.pages.measure import ThresholdView, threshold_view
from factbook.pages.page import FactView, Page, PageRef, StateView
from factbook.pages.spellings import spellings_in

KIND = "may-i-answer"


@dataclass(frozen=True, slots=True)
class TargetView:
    """One with whom."""

    anchors: tuple[str, ...]
    """Its place, and the places it had under former ids."""
    name: str
    ref: PageRef | None
    """Its own page; None for a group."""


@dataclass(frozen=True, slots=True)
class HeardView:
    """Something that a measure says of the question, with its evidence."""

    standing: str
    what: PageRef
    measure: PageRef
    binds: str
    text: FactView
    threshold: ThresholdView | None
    exceptions: tuple[FactView, ...]
    state: StateView


@dataclass(frozen=True, slots=True)
class OtherView:
    """A provision about the same target that does not bind here."""

    what: PageRef
    measure: PageRef
    why: str
    binds: str
    act: str
    state: StateView


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The answer for some days."""

    first: date | None
    last: date | None
    verdict: str
    by: tuple[PageRef, ...]
    """What binds; where nothing does, what is felt."""
    unknown: tuple[PageRef, ...]
    """Of what it is not known whether it held."""
    seen: date | None
    """The day on which what binds was last seen in force, where the days are later."""


@dataclass(frozen=True, slots=True)
class WaysOutView:
    """How one gets out of a measure that binds."""

    measure: PageRef
    ways: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer with regard to some targets that share it."""

    targets: tuple[TargetView, ...]
    verdict: str
    binding: tuple[HeardView, ...]
    reaching: tuple[HeardView, ...]
    left: tuple[HeardView, ...]
    unknown: tuple[HeardView, ...]
    past: tuple[OtherView, ...]
    """Rules on this very question that did not hold on the day."""
    others: tuple[OtherView, ...]
    ways_out: tuple[WaysOutView, ...]
    intervals: tuple[IntervalView, ...]

    @property
    def seen(self) -> date | None:
        """The day on which what binds was last seen in force, where that is before the day of the answer."""
        days = [each.state.day for each in self.binding if each.state.answer is Answer.LAST_SEEN]
        return min(days, default=None)

    @property
    def above(self) -> ThresholdView | None:
        """The threshold, where nothing binds but above it."""
        found = [each.threshold for each in self.binding]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class MayIAnswerPage:
    """What is answered to somebody about an act."""

    one: str
    act: str
    on: date
    definitions: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    recorded_of: tuple[str, ...]
    """Of whom the act is recorded, where nothing is answered."""
    more: tuple[PageRef, ...]
    """What else the same people ask."""
    others: tuple[PageRef, ...]
    """Who else asks the same."""


def pages(make: Callable[[], Draft], wanted: Callable[[str], bool] = lambda address: True) -> Iterator[Page]:
    """Every page that answers, in the order of their addresses; each is drafted anew."""
    draft = make()
    book = book_of(draft.catalogue)
    for party, act in asked(book):
        if wanted(answer_of(party, act)):
            yield _page(party, act, book, make())


def _page(party: str, act: str, book: Book, draft: Draft) -> Page:
    catalogue = draft.catalogue
    title = title_of(party, act, catalogue)
    view = _view(party, act, book, draft)
    bound = sum(len(each.targets) for each in view.answers if each.verdict == Verdict.BOUND)
    total = sum(len(each.targets) for each in view.answers)
    return Page(
        kind=KIND,
        id=f"may-i-{party}-{act}",
        address=answer_of(party, act),
        title=title,
        description=f"{title} Bound with regard to {bound} of the {total} whom the sheets name. This is not legal advice."
        if total
        else f"{title} The sheets do not decide this. This is not legal advice.",
        section="may-i",
        view=view,
        notes=draft.notes,
        crumbs=(PageRef("Home", ""), PageRef("May I?", ADDRESS)),
        data=DATA,
        day=draft.as_of,
        spellings=spellings_in(
            [title, *(target.name for answer in view.answers for target in answer.targets)], "titles"
        ),
        facets=(("Kind", "May I?"),),
    )


def _view(party: str, act: str, book: Book, draft: Draft) -> MayIAnswerPage:
    catalogue = draft.catalogue
    lists = catalogue.vocabularies
    groups: dict[Hashable, list[tuple[Target, Case]]] = {}
    for target in book.questions.get((party, act), ()):
        case = book.case(party, act, target)
        groups.setdefault(_alike(case, draft.as_of), []).append((target, case))
    ranked = sorted(groups.values(), key=lambda rows: _rank(rows[0][1], catalogue, draft.as_of))
    defined = [lists[PARTIES].values[party].definition, lists[ACTS].values[act].definition]
    return MayIAnswerPage(
        one_of(party, catalogue),
        catalogue.label(ACTS, act),
        draft.as_of,
        tuple(filter(None, defined)),
        tuple(_answer([target for target, _ in rows], rows[0][1], draft) for rows in ranked),
        recorded_of(act, book, catalogue),
        tuple(
            PageRef(catalogue.label(ACTS, each), answer_of(key, each))
            for key, each in asked(book)
            if key == party and each != act
        ),
        tuple(
            PageRef(one_of(key, catalogue), answer_of(key, each))
            for key, each in asked(book)
            if each == act and key != party
        ),
    )


def _rank(case: Case, catalogue: Catalogue, day: date) -> tuple[int, bool, str]:
    """What binds comes first, and of that what is said of these very people and this very act; then by name."""
    order = [Verdict.BOUND, Verdict.NOT_BOUND, Verdict.NOT_DECIDED]
    ruling = case.on(day)
    own = any((e.bearing.party, e.bearing.act) == (case.party, case.act) for e in ruling.reasons)
    return order.index(ruling.verdict), not own, _target(case.target, catalogue).name.casefold()


def _alike(case: Case, day: date) -> Hashable:
    """What two targets have in common that share an answer: the same facts, standing alike on all days."""
    others = tuple(
        (id(each.bearing.provision), each.standing, _when(each)) for each in heard_on(case.others, day)
    )
    intervals = tuple((each.first, _reasons(each)) for each in case.intervals())
    return (
        tuple((id(each.bearing.fact), each.standing, _when(each)) for each in case.on(day).heard),
        others,
        intervals,
    )


def _when(heard: Heard) -> Hashable:
    return heard.state.answer, heard.state.seen_on, heard.state.since.text if heard.state.since else ""


def _reasons(interval: Interval) -> Hashable:
    return interval.ruling.verdict, tuple(
        (id(each.bearing.fact), each.standing) for each in interval.ruling.reasons
    )


def _answer(targets: list[Target], case: Case, draft: Draft) -> AnswerView:
    ruling = case.on(draft.as_of)
    binding = ruling.those(Standing.BINDS)

    def views(*standings: Standing) -> tuple[HeardView, ...]:
        return tuple(_heard(each, draft) for each in ruling.those(*standings))

    past = [
        each
        for each in ruling.those(Standing.NOT_YET, Standing.ENDED)
        if each.bearing.holds is not Standing.LEFT_ALONE
    ]
    unknown = [
        each for each in ruling.those(Standing.NOT_KNOWN) if each.bearing.holds is not Standing.LEFT_ALONE
    ]
    measures = {each.bearing.measure.id: each.bearing.measure for each in binding}
    return AnswerView(
        tuple(_target(each, draft.catalogue) for each in targets),
        str(ruling.verdict),
        views(Standing.BINDS),
        views(Standing.REACHES),
        views(Standing.LEFT_ALONE),
        tuple(_heard(each, draft) for each in unknown),
        tuple(_other(each, draft) for each in past),
        tuple(_other(each, draft) for each in heard_on(case.others, draft.as_of)),
        tuple(_ways_out(each, draft) for each in measures.values() if each.ways_out),
        tuple(_intervals(case.intervals(), draft)),
    )


def _target(target: Target, catalogue: Catalogue) -> TargetView:
    if target.kind == "group":
        return TargetView((anchor_of(target),), catalogue.label(GROUPS, target.id), None)
    ids = (target.id, *catalogue.former_ids_of(target.id))
    title = catalogue.title_of(target.id)
    letters = [each.text for each in catalogue.get(target.id, Actor).names if each.kind == "acronym"]
    name = f"{title} ({letters[0]})" if letters and letters[0] not in title else title
    return TargetView(
        tuple(anchor_of(replace(target, id=each)) for each in ids), name, ref_to(catalogue, target.id)
    )


def _heard(heard: Heard, draft: Draft) -> HeardView:
    bearing, measure = heard.bearing, heard.bearing.measure
    provision = bearing.provision
    threshold = provision.threshold if provision and heard.standing is Standing.BINDS else None
    return HeardView(
        str(heard.standing),
        _what(heard, draft),
        draft.ref(measure.id, "", measure.short_text),
        (provision.binds.text or draft.catalogue.label(PARTIES, provision.binds.who)) if provision else "",
        draft.fact(bearing.fact, bearing.fact.text, of=measure),
        threshold_view(threshold, draft, measure) if threshold else None,
        tuple(draft.fact(each, of=measure) for each in provision.exceptions)
        if provision and heard.standing is Standing.BINDS
        else (),
        draft.state(heard.state),
    )


def _other(heard: Heard, draft: Draft) -> OtherView:
    """Without its notes: the evidence stands on the page of the measure, where the link leads."""
    bearing, measure = heard.bearing, heard.bearing.measure
    assert bearing.provision is not None  # noqa: S101  what is left alone is no rule
    ended = heard.state.since.date if heard.state.answer is Answer.ENDED and heard.state.since else None
    return OtherView(
        _what(heard, draft),
        draft.ref(measure.id, "", measure.short_text),
        str(heard.standing),
        draft.catalogue.label(PARTIES, bearing.party),
        draft.catalogue.label(ACTS, bearing.act),
        StateView(heard.state.answer, heard.state.day, (), ended),
    )


def _what(heard: Heard, draft: Draft) -> PageRef:
    bearing = heard.bearing
    if bearing.provision:
        return draft.ref(bearing.measure.id, f"provisions.{bearing.provision.id}", bearing.provision.title)
    assert isinstance(bearing.fact, LeftOut)  # noqa: S101  nothing else is said outside provisions
    return draft.ref(bearing.measure.id, f"not-covered.{bearing.fact.id}", "What it does not cover")


def _ways_out(measure: Measure, draft: Draft) -> WaysOutView:
    ways = tuple(draft.fact(each, of=measure) for each in measure.ways_out)
    return WaysOutView(draft.ref(measure.id, "ways-out", measure.short_text), ways)


def _intervals(intervals: Iterable[Interval], draft: Draft) -> Iterator[IntervalView]:
    before: IntervalView | None = None
    for view in _each_interval([*intervals], draft):
        if before and replace(before, first=None, last=None) == replace(view, first=None, last=None):
            before = replace(before, last=view.last)  # they differ in what no reader is told
            continue
        if before:
            yield before
        before = view
    if before:
        yield before


def _each_interval(rows: list[Interval], draft: Draft) -> Iterator[IntervalView]:
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        ruling = row.ruling
        by = ruling.those(Standing.BINDS) or ruling.those(Standing.REACHES)
        seen = [
            each.state.seen_on for each in by if each.state.answer is Answer.LAST_SEEN and each.state.seen_on
        ]
        unknown = ruling.those(Standing.NOT_KNOWN) if ruling.verdict is Verdict.NOT_DECIDED else ()
        yield IntervalView(
            None if row.first == date.min else row.first,
            following.first - timedelta(days=1) if following else None,
            str(ruling.verdict),
            _once(_what(each, draft) for each in by),
            _once(_what(each, draft) for each in unknown),
            min(seen) if seen else None,
        )


def _once(refs: Iterable[PageRef]) -> tuple[PageRef, ...]:
    return tuple(dict.fromkeys(refs))
