"""Statements: somebody's, in words that are theirs, with an outcome when their day has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks.chains import followed
from factbook.checks.examined import Examined, titled
from factbook.model.statement import Statement, Words
from factbook.problems import Problem
from factbook.provenance import Chain

AGREEING = ("supports", "repeats")
"""Relations that cannot stand beside a contradiction between the same two statements."""


def without_speaker(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Statements that are nobody's. Code: no-speaker."""
    statement = sheet.sheet
    if isinstance(statement, Statement) and not statement.speakers and not statement.as_named:
        yield sheet.problem(
            "no-speaker",
            'The statement has no speaker. Name the actor in "speakers:", or write in "as_named:" how the source calls whoever said it.',
        )


def translated(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Words given as the speaker's that came through a translation, or two. Codes: translated-words, twice-translated-words."""
    statement = sheet.sheet
    if not isinstance(statement, Statement):
        return
    chain = followed(statement, catalogue)
    for position, words in enumerate(statement.words):
        number = _translations(words, chain) if chain and words.of == "speaker" else 0
        if number:
            code, came = (
                ("translated-words", "a translation, so they are the translator’s words")
                if number == 1
                else ("twice-translated-words", "two translations, so these are not the speaker’s words")
            )
            yield sheet.problem(
                code,
                f'"{words.text[:80]}" came through {came}. Write "of: document", and say what was said in "gist:".',
                ("words", position, "of"),
                f"words.{words.lang}-{words.of}",
            )


def seen_left_out(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Statements that do not say where the passage was read, or not of the document they were read in. Code: seen-left-out."""
    statement = sheet.sheet
    if not isinstance(statement, Statement) or statement.read_in.source in statement.seen:
        return
    read_in = titled(statement.read_in.source, catalogue)
    if "seen" not in statement.model_fields_set:
        yield sheet.problem(
            "seen-left-out",
            f'Nothing says in which sources the passage itself was read. Add "seen:" with the id of each, that of {read_in} first if you read it there; '
            'where you know of it and read it nowhere, write "seen: []", and the page says "not seen".',
            ("read_in",),
            key=True,
        )
    elif statement.seen:
        yield sheet.problem(
            "seen-left-out",
            f'The statement was read in {read_in}, which is not among "seen". Add it there, or name in "read_in" the source in which you read it.',
            ("seen",),
            key=True,
        )


def _translations(words: Words, chain: Chain) -> int:
    """How many translations lie before the document in which the words stand."""
    end = words.source or chain.hops[-1].source.id
    number = 0
    for hop in chain.hops:
        number += bool(hop.how and hop.how.kind == "translates")
        if hop.source.id == end:
            return number
    return 0


def overdue(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Predictions past their day without an outcome. Code: prediction-overdue."""
    statement = sheet.sheet
    prediction = statement.prediction if isinstance(statement, Statement) else None
    if prediction is None or prediction.settles_by is None or prediction.settles_by.latest >= as_of:
        return
    outcome = prediction.outcome
    if outcome is None or (outcome.value == "open" and outcome.day.latest < prediction.settles_by.latest):
        found = "has no outcome" if outcome is None else f'was called "open" on {outcome.day}'
        yield sheet.problem(
            "prediction-overdue",
            f'The prediction could be judged by {prediction.settles_by} and {found}; the day of this build is {as_of}. Add what came of it in "outcome:".',
            ("prediction", "settles_by"),
            "prediction",
        )


def clashing(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Statements that contradict what they also support or repeat, or themselves. Code: clashing-relations."""
    statement = sheet.sheet
    if not isinstance(statement, Statement):
        return
    for position, relation in enumerate(statement.relations):
        other = catalogue.find(relation.statement, Statement)
        if other is None:
            continue
        if other.id == statement.id:
            yield sheet.problem(
                "clashing-relations",
                "The statement stands in a relation to itself. Name the other statement, or remove the relation.",
                ("relations", position, "statement"),
            )
            continue
        between = {(statement.id, r.kind) for r in statement.relations if r.statement == other.id}
        between |= {(other.id, r.kind) for r in other.relations if r.statement == statement.id}
        clash = next(((who, kind) for who, kind in sorted(between) if kind in AGREEING), None)
        if relation.kind == "contradicts" and clash:
            who = "this sheet" if clash[0] == statement.id else "that sheet"
            yield sheet.problem(
                "clashing-relations",
                f"The statement contradicts {titled(other.id, catalogue)} here, and {who} says that it {clash[1]} it. Keep the relation that holds.",
                ("relations", position),
            )
