"""Waivers: rules of evidence that a sheet sets aside in the open, for a time, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factbook.checks.examined import Examined
from factbook.problems import CODES, Problem, did_you_mean

WHOLE_SHEET = "sheet"
"""The anchor of what is not about one fact."""


def apply(sheet: Examined, problems: list[Problem], as_of: date) -> list[Problem]:
    """The problems of a sheet without the waived ones, and what is wrong with its waivers.

    Codes: waiver-not-allowed, waiver-expired, unused-waiver.
    """
    if not sheet.sheet.waivers:
        return problems
    met = {(problem.code, problem.anchor or WHOLE_SHEET) for problem in problems}
    waived: set[tuple[str, str]] = set()
    faults = list(_faults(sheet, met, waived, as_of))
    return [p for p in problems if (p.code, p.anchor or WHOLE_SHEET) not in waived] + faults


def _faults(
    sheet: Examined, met: set[tuple[str, str]], waived: set[tuple[str, str]], as_of: date
) -> Iterator[Problem]:
    may_be = [code for code, rule in CODES.items() if rule.waivable]
    for position, waiver in enumerate(sheet.sheet.waivers):
        path = ("waivers", position)
        if waiver.code not in may_be:
            reason = (
                f" {CODES[waiver.code].reason}" if waiver.code in CODES else did_you_mean(waiver.code, may_be)
            )
            yield sheet.problem(
                "waiver-not-allowed",
                f'"{waiver.code}" is not a rule that can be waived.{reason} Remove the waiver, and mend what it was meant to cover.',
                (*path, "code"),
            )
        elif waiver.until.latest < as_of:
            yield sheet.problem(
                "waiver-expired",
                f'The waiver of "{waiver.code}" for "{waiver.anchor}" ended on {waiver.until}. Mend what it covered and remove it, or give it a new day and a reason.',
                (*path, "until"),
            )
        elif (waiver.code, waiver.anchor) in met:
            waived.add((waiver.code, waiver.anchor))
        else:
            anchors = sorted(anchor for code, anchor in met if code == waiver.code)
            hint = f" It is found for: {', '.join(anchors)}." if anchors else ""
            yield sheet.problem(
                "unused-waiver",
                f'Nothing on this sheet breaks "{waiver.code}" for "{waiver.anchor}".{hint} Remove the waiver.',
                path,
            )
