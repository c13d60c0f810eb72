"""The rules of evidence: what may be published, sheet by sheet, and what a sheet has waived in the open.

`CHECKS` names every rule's function; each looks at one sheet beside the whole catalogue. What can be written at all is the
model's business, and whether references lead somewhere the catalogue's.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import date

from factbook.catalogue import Catalogue
from factbook.checks import (
    briefings,
    chains,
    citations,
    conditions,
    names,
    prose_rules,
    quotations,
    statements,
    status,
    time,
    waivers,
    wording,
)
from factbook.checks.examined import Examined, examine
from factbook.loading.loaded import LoadedSheet
from factbook.model.wordings import Phrases
from factbook.problems import Problem

Check = Callable[[Examined, Catalogue, date], Iterable[Problem]]

CHECKS: dict[str, Check] = {
    "every fact carries a citation": citations.uncited,
    "an aggregator alone carries no fact": citations.aggregator_alone,
    "what is cited for the entry as a whole is counted": citations.for_the_entry,
    "a place in a source says what it counts": citations.place_of_nothing,
    "what rests on one source is counted": citations.weakly_supported,
    "what is not sure says its doubt": citations.without_doubt,
    "sources do not come from themselves": chains.of_source,
    "translations say by whom they were made": chains.translators,
    "statements can be followed to where they were first published": chains.of_statement,
    "statements have a speaker": statements.without_speaker,
    "words that were translated are not the speaker's": statements.translated,
    "statements say where the passage itself was read": statements.seen_left_out,
    "predictions past their day have an outcome": statements.overdue,
    "statements stand to each other in one way": statements.clashing,
    "quotations stand in the capture of their source": quotations.not_found,
    "garbled names are not shown": names.garbled,
    "words are written in one alphabet": names.mixed,
    "days are in order": time.out_of_order,
    "events are in order of time": time.event_out_of_order,
    "statements are in order of time": time.statement_out_of_order,
    "sheets are reviewed by their day": time.review_overdue,
    "a status changes by something": status.without_instrument,
    "sentences that assert carry a citation": prose_rules.uncited_sentences,
    "our own voice takes no side and can be asked": wording.loaded,
    "a short answer is short": briefings.long_answer,
    "an answer waits for what a build can look up": conditions.unclear,
    "contested statements stand with what contests them": briefings.missing_contradiction,
}
"""Every rule in words, and the function that finds what breaks it."""


ALONE: tuple[str, ...] = (
    "words are written in one alphabet",
    "sentences that assert carry a citation",
    "our own voice takes no side and can be asked",
)
"""Rules that find nothing in a sheet as it is read unless they find it in that sheet alone: others only name what it links, or
excuse it. To look once is half their work, since who reads a sheet takes its prose apart anyway."""


def clear_of(loaded: LoadedSheet, phrases: Phrases) -> tuple[str, ...]:
    """Those of the rules in `ALONE` that a sheet keeps, whatever the other sheets say."""
    nobody = Catalogue({}, {}, phrases, {}, {})
    sheet = examine(loaded)
    return tuple(rule for rule in ALONE if not any(True for _ in CHECKS[rule](sheet, nobody, date.min)))


def check(catalogue: Catalogue, as_of: date) -> list[Problem]:
    """Everything that the rules of evidence find on a day, less what is waived.

    Codes: those under "Evidence" in `factbook.problems.CODES`, and dates-out-of-order.
    """
    return [
        problem for loaded in catalogue.sheets.values() for problem in check_sheet(loaded, catalogue, as_of)
    ]


def check_sheet(
    loaded: LoadedSheet, catalogue: Catalogue, as_of: date, clear: Container[str] = ()
) -> list[Problem]:
    """What the rules find in one sheet; they may ask the catalogue for others. `clear` are rules that it is known to keep."""
    sheet = examine(loaded)
    found = [
        problem
        for name, rule in CHECKS.items()
        if name not in clear
        for problem in rule(sheet, catalogue, as_of)
    ]
    return waivers.apply(sheet, found, as_of)
