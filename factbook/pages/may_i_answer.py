"""“May I?”, the answers: one page for somebody and an act, with every target of which something is recorded.

Targets with the same answer for the same reasons stand together. The answer is that of the day of the build; the other days follow
as intervals. No answer permits anything.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from factbook.binding import Book, Case, Heard, Interval, Standing, Target, Verdict, heard_on, last_seen
from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.chronology import Answer
from factbook.model.actor import Actor
from factbook.model.measure import LeftOut, Measure
from factbook.pages.addresses import MAY_I, QUESTIONS, ref_to
from factbook.pages.draft import Draft
from factbook.pages.may_i import (
    ACTS,
    GROUPS,
    MOST,
    PARTIES,
    anchor_of,
    answer_of,
    asked,
    book_of,
    one_of,
    recorded_of,
    title_of,
)
from factbook.pages.may_i_views import (
    AnswerView,
    HeardView,
    IntervalView,
    ListView,
    MayIAnswerPage,
    OtherView,
    RowView,
    TargetView,
    WaysOutView,
)
from factbook.pages.measure import threshold_view
from factbook.pages.page import Page, PageRef, StateView
from factbook.pages.spellings import spellings_in

KIND = "may-i-answer"
DIFFERENT = 30
"""Answers that differ and that a page tells in full."""
VERDICTS = (Verdict.BOUND, Verdict.BURDENED, Verdict.NOT_BOUND, Verdict.NOT_DECIDED)
"""In which order answers stand."""


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
    told = [(each.verdict, len(each.targets)) for each in view.answers]
    told += [(each.verdict, len(each.rows)) for each in view.lists]
    bound, burdened, total = (
        sum(count for kind, count in told if kind == Verdict.BOUND),
        sum(count for kind, count in told if kind == Verdict.BURDENED),
        sum(count for _, count in told),
    )
    cost = f", subject to a cost or a condition with regard to {burdened}," if burdened else ""
    return Page(
        kind=KIND,
        id=f"may-i-{party}-{act}",
        address=answer_of(party, act),
        title=title,
        description=f"{title} Bound with regard to {bound}{cost} of the {total} named here. This is not legal advice."
        if total
        else f"{title} Nothing recorded here decides this. This is not legal advice.",
        section="may-i",
        view=view,
        notes=draft.notes,
        crumbs=(PageRef("Home", ""), PageRef("May I?", MAY_I)),
        data=QUESTIONS,
        day=draft.as_of,
        spellings=spellings_in(  # the act is called otherwise in the lists, as in the address
            [title, act, *(target.name for answer in view.answers for target in answer.targets)], "titles"
        ),
        facets=(("Kind", "May I?"),),
    )


def _view(party: str, act: str, book: Book, draft: Draft) -> MayIAnswerPage:
    catalogue = draft.catalogue
    lists = catalogue.vocabularies
    cases = [book.case(party, act, target) for target in book.questions.get((party, act), ())]
    groups = _groups(cases, draft.as_of) if len(cases) <= MOST else []
    many = not groups or len(groups) > DIFFERENT
    defined = [lists[PARTIES].values[party].definition, lists[ACTS].values[act].definition]
    return MayIAnswerPage(
        one_of(party, catalogue),
        catalogue.label(ACTS, act),
        draft.as_of,
        tuple(filter(None, defined)),
        () if many else tuple(_answers(groups, draft)),
        tuple(_lists(cases, draft)) if many else (),
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


def _groups(cases: Iterable[Case], day: date) -> list[list[Case]]:
    """The questions that share an answer."""
    groups: dict[Hashable, list[Case]] = {}
    for case in cases:
        groups.setdefault(_alike(case, day), []).append(case)
    return [*groups.values()]


def _answers(groups: Iterable[list[Case]], draft: Draft) -> Iterator[AnswerView]:
    """The answers in full, each once for all who share it."""
    for alike in sorted(groups, key=lambda rows: _rank(rows[0], draft.catalogue, draft.as_of)):
        yield _answer([case.target for case in alike], alike[0], draft)


def _lists(cases: Iterable[Case], draft: Draft) -> Iterator[ListView]:
    """The answers for the day of the build, by verdict and by the day on which what binds was last seen."""
    found: dict[tuple[int, date | None], list[RowView]] = {}
    for case in cases:
        ruling = case.on(draft.as_of)
        seen = last_seen(ruling.deciding)
        row = RowView(
            _listed(case.target, draft.catalogue), _once(_what(each, draft) for each in ruling.reasons)
        )
        found.setdefault((VERDICTS.index(ruling.verdict), seen), []).append(row)
    for (order, seen), rows in sorted(found.items(), key=lambda each: (each[0][0], each[0][1] or date.max)):
        yield ListView(
            str(VERDICTS[order]), seen, tuple(sorted(rows, key=lambda row: unmarked(row.target.name)))
        )


def _listed(target: Target, catalogue: Catalogue) -> TargetView:
    """By name alone, without opening its sheet."""
    if target.kind == "group":
        return TargetView((anchor_of(target),), catalogue.label(GROUPS, target.id), None)
    ref = ref_to(catalogue, target.id)
    ids = (target.id, *catalogue.former_ids_of(target.id))
    return TargetView(tuple(anchor_of(replace(target, id=each)) for each in ids), ref.title, ref)


def _rank(case: Case, catalogue: Catalogue, day: date) -> tuple[int, bool, str]:
    """What binds comes first, and of that what is said of these very people and this very act; then by name."""
    ruling = case.on(day)
    own = any((e.bearing.party, e.bearing.act) == (case.party, case.act) for e in ruling.reasons)
    return VERDICTS.index(ruling.verdict), not own, unmarked(_target(case.target, catalogue).name)


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
    measures = {
        each.bearing.measure.id: each.bearing.measure
        for each in ruling.those(Standing.BINDS, Standing.BURDENS)
    }
    return AnswerView(
        tuple(_target(each, draft.catalogue) for each in targets),
        str(ruling.verdict),
        views(Standing.BINDS),
        views(Standing.BURDENS),
        views(Standing.REACHES),
        views(Standing.LEFT_ALONE),
        tuple(_heard(each, draft) for each in unknown),
        tuple(_other(each, draft) for each in past),
        tuple(_other(each, draft) for each in heard_on(case.others, draft.as_of)),
        tuple(_ways_out(each, draft) for each in measures.values() if each.ways_out),
        tuple(_intervals(case.intervals(), draft)),
        last_seen(ruling.deciding),
    )


def _target(target: Target, catalogue: Catalogue) -> TargetView:
    """By name, with the letters that it is known by."""
    view = _listed(target, catalogue)
    if target.kind == "group":
        return view
    letters = [each.text for each in catalogue.get(target.id, Actor).names if each.kind == "acronym"]
    known_by = letters[0] if letters and letters[0] not in view.name else ""
    return replace(view, name=f"{view.name} ({known_by})") if known_by else view


def _heard(heard: Heard, draft: Draft) -> HeardView:
    bearing, measure = heard.bearing, heard.bearing.measure
    provision = bearing.provision
    weighs = heard.standing in (Standing.BINDS, Standing.BURDENS)
    threshold = provision.threshold if provision and weighs else None
    return HeardView(
        str(heard.standing),
        str(bearing.holds),
        _what(heard, draft),
        draft.ref(measure.id, "", measure.short_text),
        (provision.binds.text or draft.catalogue.label(PARTIES, provision.binds.who)) if provision else "",
        draft.fact(bearing.fact, bearing.fact.text, of=measure),
        threshold_view(threshold, draft, measure) if threshold else None,
        tuple(draft.fact(each, of=measure) for each in provision.exceptions) if provision and weighs else (),
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
        by = ruling.deciding or ruling.those(Standing.REACHES)
        unknown = ruling.those(Standing.NOT_KNOWN) if ruling.verdict is Verdict.NOT_DECIDED else ()
        yield IntervalView(
            None if row.first == date.min else row.first,
            following.first - timedelta(days=1) if following else None,
            str(ruling.verdict),
            _once(_what(each, draft) for each in by),
            _once(_what(each, draft) for each in unknown),
            last_seen(by),
        )


def _once(refs: Iterable[PageRef]) -> tuple[PageRef, ...]:
    return tuple(dict.fromkeys(refs))
