"""A fact in words that are understood by themselves, under nothing but the title of its sheet."""

from __future__ import annotations

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.actor import Post, Relation
from factbook.model.dates import Bound, PartialDate
from factbook.model.event import Happened
from factbook.model.measure import Affected, Designation, Provision, Rule
from factbook.model.records import Fact, Imposer, Status, TextFact, Threshold
from factbook.model.regime import Section
from factbook.model.spoken import bound_in_words, date_in_words, stretch_in_words
from factbook.model.statement import Outcome
from factbook.pages.labels import RULES, fact_words, plain, section_words


@frozen
class SheetAlone:
    """The sheet that a fact stands on; perhaps one that was withdrawn."""

    id: str
    title: str
    catalogue: Catalogue
    here: bool
    """Whether it is in the catalogue."""

    def short_of(self, id: str) -> str:
        """The short title of another sheet; its id where there is none."""
        return self.catalogue.short_of(id) if id in self.catalogue else id

    def around(self, anchor: str) -> str:
        """The title of the provision that a threshold belongs to; empty where there is none."""
        around = self.catalogue.facts_of(self.id).get(anchor.rpartition(".")[0]) if self.here else None
        return around.title if isinstance(around, Provision) else ""


def alone(fact: Fact, anchor: str, sheet: SheetAlone) -> str:
    """A fact in words that are understood under the title of its sheet."""
    catalogue = sheet.catalogue
    words = fact_words(fact, catalogue)
    match fact:
        case Rule():
            return f"{RULES[anchor.split('.')[-2]]}: {plain(fact.text, catalogue)}"
        case Section():
            return f"{section_words(fact)}: {plain(fact.text, catalogue)}"
        case TextFact():
            return plain(fact.text, catalogue)
        case Provision():
            who = fact.binds.text or catalogue.label("bound-parties", fact.binds.who)
            ends = f"; {_until(fact.ends)}" if _until(fact.ends) else ""
            first = bound_in_words(fact.starts)
            starts = f"from {first}" if fact.starts.date else "start not known"
            return f"{fact.title}: binds {who}; {starts}{ends}"
        case Designation():
            entry = f", entry {fact.entry}" if fact.entry else ""
            where = f" on {sheet.short_of(fact.list)}{entry}" if fact.list else ""
            until = f", {_until(fact.until)}" if _until(fact.until) else ""
            return f"{words}{where}, from {bound_in_words(fact.from_)}{until}"
        case Threshold():
            around = sheet.around(anchor)
            return f"{around}: {words[:1].lower()}{words[1:]}" if around else words
        case Status():
            by = sheet.short_of(fact.by.event) if fact.by and fact.by.event else ""
            by = by or (fact.by.text or "" if fact.by else "")
            return f"{words} ({by})" if by else words
        case Happened():
            return f"{sheet.title}: {date_in_words(fact.date)}"
        case Post():
            when = stretch_in_words(fact.from_, fact.until)
            of = sheet.short_of(fact.of) if fact.of else ""
            of = f", {of}" if of and of not in fact.role else ""
            return f"{fact.role}{of}{f', {when}' if when else ''}"
        case Relation():
            what = f": {fact.what}" if fact.what else ""
            tie = f"{catalogue.label('relation-kinds', fact.kind)} {sheet.short_of(fact.actor)}"
            when = stretch_in_words(fact.from_, fact.until)
            return f"{tie[:1].upper()}{tie[1:]}{what}{f', {when}' if when else ''}"
        case Outcome():
            came = f". {plain(fact.note, catalogue)}" if fact.note else ""
            return f"{words}, as of {date_in_words(fact.day)}{came}"
        case Affected():
            return f"Effect on {sheet.short_of(fact.actor)}{f': {fact.how}' if fact.how else ''}"
        case Imposer():
            done = f": {fact.role}" if fact.role else ""
            return f"Imposed or issued by {sheet.short_of(fact.actor)}{done}"
    return words[:1].upper() + words[1:]


def day_of(fact: Fact) -> str:
    """The day that a fact itself is about, in words."""
    for name in ("starts", "from_", "date", "day"):
        when = getattr(fact, name, None)
        if isinstance(when, PartialDate):
            return date_in_words(when)
        if isinstance(when, Bound) and when.date:
            return date_in_words(when.date)
    return ""


def _until(bound: Bound) -> str:
    """An end, where one is known."""
    return f"until {bound_in_words(bound)}" if bound.date else ""
