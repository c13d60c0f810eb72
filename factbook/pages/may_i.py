"""“May I?”, the way in: who one is and what one wants, with a page where the sheets decide it and plain words where they do not.

What binds whom is `binding`'s; the answers themselves are `pages.may_i_answer`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from factbook.binding import Bearing, Book, Target, Verdict, bearings, targets
from factbook.catalogue import Catalogue
from factbook.characters import unmarked
from factbook.frozen import frozen
from factbook.model.measure import LeftOut, Measure
from factbook.pages.addresses import MAY_I
from factbook.pages.draft import Draft
from factbook.pages.page import PageRef

MOST = 60
"""Targets whose answers stand on a page in full; where there are more, it lists them, and the evidence stands where each leads."""
PARTIES, ACTS, GROUPS = "bound-parties", "acts", "groups"
"""The lists of which questions are made."""


@frozen
class ActView:
    """Something that somebody may want, with the page that answers it."""

    label: str
    ref: PageRef
    targets: int
    """With regard to how many it is answered."""
    bound: int | None
    """With regard to how many of them they are bound on the day; None where they are too many to be counted here."""
    burdened: int
    """With regard to how many the act is at a cost on the day; 0 where they are too many."""
    whose: str = ""
    """Who else the answer is of, where they belong to others and nothing more is recorded of them; else empty."""


@frozen
class OpenView:
    """What the sheets do not decide for somebody: acts that are recorded of the same others, or of nobody."""

    acts: tuple[tuple[str, PageRef | None], ...]
    """Each with the page that is kept for it, if one is."""
    recorded_of: tuple[str, ...]


@frozen
class PartyView:
    """Somebody who asks."""

    anchor: str
    one: str
    definition: str
    acts: tuple[ActView, ...]
    open: tuple[OpenView, ...]


@frozen
class MayIPage:
    """Everybody who may ask, with everything that is answered."""

    on: date
    parties: tuple[PartyView, ...]
    pages: int
    decided: int
    """Questions of somebody, an act and a target of which something is recorded."""
    undecided: int
    """Those that could be asked of the same people, acts and targets, and of which nothing is."""


def book_of(catalogue: Catalogue) -> Book:
    """All questions that the measures of a publication answer."""
    lists = catalogue.vocabularies
    return Book(catalogue.all(Measure), lists[PARTIES].values, lists[ACTS].values)


def asked(book: Book) -> tuple[tuple[str, str], ...]:
    """Each somebody and act that has a page: where something is decided, and where the list of who is bound keeps one."""
    kept = ((key, act) for key, value in book.parties.items() for act in value.asked if act in book.acts)
    return tuple(sorted({*book.questions, *kept}))


def answer_of(party: str, act: str) -> str:
    """Where a question is answered: `may-i/insurers/guarantee/`."""
    return f"{MAY_I}{party}/{act}/"


def addresses(catalogue: Catalogue) -> list[str]:
    """Where questions are answered."""
    return [answer_of(*key) for key in asked(book_of(catalogue))]


def one_of(party: str, catalogue: Catalogue) -> str:
    """One of them, with the article."""
    value = catalogue.vocabularies[PARTIES].values.get(party)
    return (value.one or value.label) if value else party


def title_of(party: str, act: str, catalogue: Catalogue) -> str:
    """The question, e.g. "May an insurer guarantee or insure?"."""
    return f"May {one_of(party, catalogue)} {catalogue.label(ACTS, act)}?"


def anchor_of(target: Target) -> str:
    """The place of a target on the page that answers."""
    return f"{target.kind}.{target.id}"


def questions_of_measure(measure: Measure, catalogue: Catalogue) -> tuple[PageRef, ...]:
    """The questions to which a measure says something."""
    return _refs(bearings(measure), catalogue)


def questions_settled(left: LeftOut, catalogue: Catalogue) -> tuple[PageRef, ...]:
    """The questions that are answered by saying that something is not covered, each at its first target."""
    if left.settles is None:
        return ()
    first = next(map(anchor_of, targets(left.settles.whom)), "")
    keys = sorted((party, act) for party in left.settles.who for act in left.settles.acts)
    return tuple(PageRef(title_of(*key, catalogue), answer_of(*key), first) for key in keys) if first else ()


def questions_about(actor: str, catalogue: Catalogue) -> tuple[PageRef, ...]:
    """The questions that are answered with regard to an actor, each at his place."""
    target = Target("actor", actor)
    ids = catalogue.origin_ids(actor, "designated_in", "other_side_in")
    said = (
        bearing for id in ids for bearing in bearings(catalogue.get(id, Measure)) if bearing.target == target
    )
    return _refs(said, catalogue, anchor_of(target))


def _refs(said: Iterable[Bearing], catalogue: Catalogue, anchor: str = "") -> tuple[PageRef, ...]:
    keys = sorted({(bearing.party, bearing.act) for bearing in said})
    return tuple(PageRef(title_of(*key, catalogue), answer_of(*key), anchor) for key in keys)


def overview(draft: Draft) -> MayIPage:
    """The view of all questions."""
    book = book_of(draft.catalogue)
    told = {
        key: Counter(book.case(*key, each).on(draft.as_of).verdict for each in named)
        for key, named in book.questions.items()
        if len(named) <= MOST
    }
    decided = sum(map(len, book.questions.values()))
    views = [_party(party, book, told, draft.catalogue) for party in book.parties]
    views = sorted(
        (view for view in views if view.acts or view.open),
        key=lambda view: (-sum(act.bound or 0 for act in view.acts), -len(view.acts), unmarked(view.one)),
    )
    acts = {act for _, act in book.answered}
    return MayIPage(
        draft.as_of,
        tuple(views),
        len(asked(book)),
        decided,
        len({party for party, _ in book.questions}) * len(acts) * len(book.about) - decided,
    )


def _party(
    party: str, book: Book, told: Mapping[tuple[str, str], Counter[Verdict]], catalogue: Catalogue
) -> PartyView:
    value = book.parties[party]
    acts: list[ActView] = []
    missing: dict[tuple[str, ...], list[tuple[str, PageRef | None]]] = {}
    every = {act for _, act in book.answered} | {act for act in value.asked if act in book.acts}
    for label, act in sorted((catalogue.label(ACTS, act), act) for act in every):
        whose = book.answered.get((party, act))
        if whose:
            other = one_of(whose, catalogue) if whose != party else ""
            count = len(book.questions[whose, act])
            verdicts = told.get((whose, act))
            acts.append(
                ActView(
                    label,
                    PageRef(label, answer_of(whose, act)),
                    count,
                    verdicts[Verdict.BOUND] if verdicts is not None else None,
                    verdicts[Verdict.BURDENED] if verdicts is not None else 0,
                    other,
                )
            )
        else:
            kept = PageRef(label, answer_of(party, act)) if act in value.asked else None
            missing.setdefault(recorded_of(act, book, catalogue), []).append((label, kept))
    spoken = bool(acts or value.one or value.asked)
    return PartyView(
        party,
        one_of(party, catalogue),
        value.definition,
        tuple(acts),
        tuple(OpenView(tuple(rows), of) for of, rows in missing.items()) if spoken else (),
    )


def recorded_of(act: str, book: Book, catalogue: Catalogue) -> tuple[str, ...]:
    """Of whom an act is recorded, by name."""
    return tuple(sorted({catalogue.label(PARTIES, key) for key, each in book.questions if each == act}))
