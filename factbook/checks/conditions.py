"""Conditions of an answer: each is one thing that a build can look up, and can still come true.

What makes one true is `living.conditions`' business. Whether one came true before the answer was signed is told with the help of
the history, which is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, examine, titled
from factbook.living.conditions import part_of
from factbook.living.rereading import Settled, settled
from factbook.model.briefing import CONDITIONS, Briefing, Condition
from factbook.model.change import History
from factbook.model.collections import ALL
from factbook.model.measure import Designation, Measure, Provision
from factbook.model.nouns import a
from factbook.model.regime import Regime
from factbook.model.statement import Statement
from factbook.model.walking import Path
from factbook.problems import Problem, did_you_mean

CURES = {
    "status": "Name a measure or a regime by its id, or a provision as id#provisions.id.",
    "designation": "Name a designation as id#designations.id.",
    "prediction": 'Name a statement that has "prediction".',
}
"""What belongs into a field that names something else."""


def unclear(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Possibilities that are neither words nor one condition, and signatures of the future. Codes: bad-condition, dates-out-of-order."""
    briefing = sheet.sheet
    if not isinstance(briefing, Briefing):
        return
    for position, each in enumerate(briefing.would_change):
        path: Path = ("would_change", position)
        if each.when is None and each.then is None and each.text is None:
            yield sheet.problem(
                "bad-condition",
                'A possibility says nothing. Write what would have to come to light as "text:", or what each build watches '
                'for as "when:" and what would follow as "then:".',
                path,
            )
        elif each.text is not None and (each.when or each.then):
            yield sheet.problem(
                "bad-condition",
                'A possibility is either "text:", for what only a person can tell, or "when:" and "then:". Make two of this one.',
                path,
            )
        elif each.text is None and (each.when is None or each.then is None):
            missing = "when" if each.when is None else "then"
            yield sheet.problem(
                "bad-condition",
                f'"when:" and "then:" go together, and "{missing}" is missing. '
                + ("Write what would follow for the answer." if each.when else "Write what is watched."),
                path,
            )
        if each.when is not None:
            yield from _condition(sheet, each.when, (*path, "when"), catalogue)
    watched = next((n for n, each in enumerate(briefing.would_change) if each.when), None)
    if watched is not None and briefing.signed is None:
        yield sheet.problem(
            "bad-condition",
            'The answer waits for something and is not signed, so nobody can tell what came after. Add "signed:" with the day '
            'on which it was last read against the facts beneath it, and "by:" in what role.',
            ("would_change", watched, "when"),
            key=True,
        )
    if briefing.signed and briefing.signed.day.earliest > briefing.verified.latest:
        yield sheet.problem(
            "dates-out-of-order",
            f"The answer is signed on {briefing.signed.day}, after the page was last verified ({briefing.verified}). "
            "Whoever signs has read it: correct one of the two.",
            ("signed", "day"),
        )


def _condition(sheet: Examined, when: Condition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    named = [kind for kind in CONDITIONS if getattr(when, kind)]
    if len(named) != 1:
        has = f"names {len(named)} things ({', '.join(named)})" if named else "names nothing"
        yield sheet.problem(
            "bad-condition",
            f"A condition {has}. It names one: {', '.join([*CONDITIONS][:-1])} or {[*CONDITIONS][-1]}.",
            path,
        )
        return
    kind = named[0]
    allowed = CONDITIONS[kind]
    id, anchor = when.target
    if id not in catalogue or (anchor and anchor not in catalogue.anchors_of(id)):
        return  # which has been said
    if not _fits(kind, id, anchor, catalogue):
        what = titled(id, catalogue) if not anchor else f'"{anchor}" of {titled(id, catalogue)}'
        one = f", {a(ALL[catalogue.collection_of(id)].one)}" if not anchor else ""
        lacks = {
            "status": "has no status",
            "designation": "is no designation",
            "prediction": "foretells nothing",
        }
        yield sheet.problem(
            "bad-condition", f"{kind} is {what}{one}, which {lacks[kind]}. {CURES[kind]}", (*path, kind)
        )
        return
    if kind == "status" and anchor:
        allowed = tuple(value for value in allowed if value != "unknown")
    if when.is_ not in allowed:
        cure = did_you_mean(when.is_, allowed) or f" Of {a(kind)} it is {_either(allowed)}."
        yield sheet.problem(
            "bad-condition", f'"is" is "{when.is_}", which {a(kind)} never is.{cure}', (*path, "is")
        )


def _fits(kind: str, id: str, anchor: str, catalogue: Catalogue) -> bool:
    """Whether a sheet, or a place in it, has what a condition of this kind asks for."""
    match kind:
        case "status":
            return isinstance(part_of(id, anchor, catalogue), Measure | Regime | Provision)
        case "designation":
            return isinstance(part_of(id, anchor, catalogue), Designation)
        case "prediction":
            statement = catalogue.find(id, Statement)
            return statement is None or statement.prediction is not None
    return True


def _either(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"


def dead(catalogue: Catalogue, history: History, as_of: date) -> Iterator[Problem]:
    """Conditions that had come true when the answer was signed, or never can. Code: dead-condition."""
    for id in catalogue.ids(Briefing):
        if any(inverse == "watched_by" for inverse, _ in catalogue.faces[id].by_name):
            briefing = catalogue.get(id, Briefing)
            sheet = examine(catalogue.sheets[id])
            for each in settled(briefing, catalogue, history, as_of):
                yield _dead(sheet, briefing, each)


def _dead(sheet: Examined, briefing: Briefing, found: Settled) -> Problem:
    when = briefing.would_change[found.position].when
    assert when is not None and briefing.signed is not None  # noqa: S101  only such ones are settled
    target = getattr(when, when.kind)
    since = f" since {found.cause.since}" if found.cause.since else ""
    if found.true:
        message = (
            f'"{target}" is "{when.is_}"{since}, and the answer was signed on {briefing.signed.day}: whoever signed it knew. '
            "Take this condition out, or write what would change the answer now."
        )
    else:
        message = (
            f'"{target}" can never be "{when.is_}": what became of it{since} is final '
            f"({found.cause.anchor}). Take this condition out, or wait for something else."
        )
    return sheet.problem("dead-condition", message, ("would_change", found.position, "when"), key=True)
