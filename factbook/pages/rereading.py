"""Re-reading in words: that an answer is read again, since when and why; what it waits for; who signed it.

Why an answer is read again is decided in `living.rereading`. The sentence that every page, list and feed shows stands here once.
"""

from __future__ import annotations

from datetime import date

from factbook.frozen import frozen
from factbook.living.rereading import Reason, rereading, since
from factbook.model.briefing import Briefing, WouldChange
from factbook.model.change import KINDS
from factbook.model.dates import PartialDate
from factbook.model.spoken import day_in_words
from factbook.pages.draft import Draft
from factbook.pages.labels import fact_title, plain
from factbook.pages.page import PageRef, ProseView

UNDER_REREADING = "Answer under re-reading since {day}, because"
"""What stands wherever an answer is shown that has to be read again; the reasons follow."""


@frozen
class ReasonView:
    """One reason to read an answer again: words before and after the link to the fact."""

    before: str
    ref: PageRef
    after: str
    day: date
    then: ProseView | None = None
    """What would follow for the answer, where a condition came true."""
    then_text: str = ""
    """The same as plain text."""
    quoted: bool = True
    """Whether the link shows the words of something, and is no part of the sentence."""

    @property
    def text(self) -> str:
        """The reason without its link."""
        said = f" ({self.ref.said})" if self.ref.said else ""
        title = f"“{self.ref.title}”" if self.quoted else self.ref.title
        return f"{self.before}{title}{said}{self.after}"


@frozen
class RereadingView:
    """That an answer has to be read again."""

    since: date
    reasons: tuple[ReasonView, ...]

    @property
    def sentence(self) -> str:
        """E.g. `Answer under re-reading since 2 December 2026, because`."""
        return UNDER_REREADING.format(day=day_in_words(self.since))

    @property
    def text(self) -> str:
        """The sentence with its reasons, as plain text."""
        return f"{self.sentence} {'; '.join(reason.text for reason in self.reasons)}."


@frozen
class WatchView:
    """What each build watches for, and what would follow."""

    ref: PageRef
    becomes: str
    """What has to become of it, e.g. `has ended`."""
    then: ProseView | None


@frozen
class SignatureView:
    """Who last read an answer against the facts beneath it."""

    day: PartialDate
    by: str
    told: bool
    """Whether the history can tell what changed since."""


def rereading_view(briefing: Briefing, draft: Draft) -> RereadingView | None:
    """That an answer has to be read again; None while its signature holds."""
    reasons = rereading(briefing, draft.catalogue, draft.history, draft.as_of)
    if not reasons:
        return None
    return RereadingView(since(reasons), tuple(reason_view(each, draft) for each in reasons))


def rereading_line(briefing: Briefing, draft: Draft) -> RereadingView | None:
    """The same for a list, which shows no notes of it."""
    return rereading_view(briefing, Draft(draft.catalogue, draft.as_of, history=draft.history))


def watch_view(each: WouldChange, draft: Draft) -> WatchView | None:
    """What each build watches for; None for what only a person can tell."""
    if each.when is None:
        return None
    id, anchor = each.when.target
    return WatchView(
        draft.ref(id, anchor, fact_title(id, anchor, draft.catalogue)),
        draft.catalogue.label("conditions", each.when.is_),
        draft.prose(each.then),
    )


def signature(briefing: Briefing, draft: Draft) -> SignatureView | None:
    """Who signed an answer; None where nobody did."""
    signed = briefing.signed
    if signed is None:
        return None
    return SignatureView(
        signed.day, draft.catalogue.label("signers", signed.by), draft.history.reach == "whole"
    )


def reason_view(reason: Reason, draft: Draft) -> ReasonView:
    """One reason in words."""
    ref = draft.ref(reason.id, reason.anchor, _title(reason.id, reason.anchor, draft))
    match reason.what:
        case "condition":
            return _condition(reason, ref, draft)
        case "changed":
            return ReasonView("what was published as ", ref, f" {_what(reason)}", reason.day)
        case "support":
            after = (
                ", on which a sentence of the answer rests alone, is withdrawn"
                if reason.anchor == "source"
                else " has lost its only support"
            )
            return ReasonView("", ref, after, reason.day)
        case "answer":
            return ReasonView("the answer to ", ref, " is under re-reading", reason.day)
    short = ref._replace(
        title="the short answer" if reason.anchor == "short-answer" else "the grade of the answer"
    )
    return ReasonView("", short, f" {_what(reason)} and not signed again", reason.day, quoted=False)


def _condition(reason: Reason, cause: PageRef, draft: Draft) -> ReasonView:
    """A condition that came true: what it waited for, and what became of it."""
    watched = reason.watched
    assert watched is not None and watched.when is not None  # noqa: S101  it was watched
    catalogue = draft.catalogue
    id, anchor = watched.when.target
    then, then_text = draft.prose(watched.then), plain(watched.then or "", catalogue)
    becomes = catalogue.label("conditions", watched.when.is_)
    if watched.when.kind == "statement" and reason.id != id:
        own = _title(id, anchor, draft)
        return ReasonView(f"“{own}” {becomes} by ", cause, "", reason.day, then, then_text)
    title = _title(id, anchor, draft)
    return ReasonView("", cause._replace(title=title), f" {becomes}", reason.day, then, then_text)


def _title(id: str, anchor: str, draft: Draft) -> str:
    """A fact in its own words, as a part of a sentence."""
    return fact_title(id, anchor, draft.catalogue).rstrip(".")


def _what(reason: Reason) -> str:
    """What was done to a fact, when and why."""
    change = reason.change
    assert change is not None  # noqa: S101  it was changed
    done = {"added": "was added to", "status": "has another status"}.get(
        change.kind, f"was {KINDS[change.kind].lower()}"
    )
    why = f" ({change.reason.rstrip('.')})" if change.reason else ""
    return f"{done} on {day_in_words(change.day)}{why}"
