"""What a place in a sheet is called where it is only named: in a few plain words, never by its anchor.

A fact goes by its own words where it has some; else it is said what it is, after what stands around it, as in "Ceiling on the
price: threshold of 60 USD a barrel". A field that is no fact goes by its name.
"""

from __future__ import annotations

from factbook.catalogue import Catalogue, Link, own_words
from factbook.model.actor import Relation
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.event import EventRelation, Happened
from factbook.model.measure import Affected, Designation, MeasureRelation
from factbook.model.records import Basis, DatedFact, Fact, Imposer, Observed, Status, TextFact, Threshold
from factbook.model.regime import Regime, Section
from factbook.model.sheet import NamedSheet, Sheet
from factbook.model.source import Source
from factbook.model.spoken import bound_in_words, date_in_words, over
from factbook.model.statement import Outcome, Statement
from factbook.model.system import Maker, SystemRelation
from factbook.model.term import Term
from factbook.model.walking import anchor_of
from factbook.pages.addresses import said_by
from factbook.prose import sections, sentences

FIELDS = {
    "about": "What it is about",
    "actors": "Who took part",
    "announced-by": "Announced by this",
    "answers": "Its answer to a question",
    "authors": "Who wrote it",
    "confused-with": "Not the same",
    "measures": "Measures it touched",
    "published-by": "Who published it",
    "regimes": "Rules it touched",
    "rests-on": "The answer rests on this",
    "see": "See also",
    "systems": "Systems it touched",
    "would-change": "The answer waits for this",
}
"""Fields that are no facts, by their anchors, as they are called from the sheet that they name; the others go by their names."""
RULES = {"forbids": "Forbids", "burdens": "Burdens", "does-not-forbid": "Does not forbid"}
"""What a rule does, by the step of its anchor."""
RELATIONS: dict[type[Fact], tuple[str, str]] = {
    Relation: ("relation-kinds", "actor"),
    SystemRelation: ("system-relations", "system"),
    EventRelation: ("event-relations", "event"),
    MeasureRelation: ("measure-relations", "measure"),
}
"""Facts that tie two sheets: the closed list of their kinds, and the field that names the other sheet."""
KINDS_OF_TIES = {model.__name__: kinds for model, (kinds, _) in RELATIONS.items()}
"""The closed lists of their kinds, by the names of their models."""


def link_words(link: Link, catalogue: Catalogue) -> str:
    """The sentence that makes a link, or the fact or field in words; of a statement, whose gist its title is, who said it."""
    if link.sentence is not None:
        return link.sentence.with_titles(lambda id: _short(id, catalogue))
    origin = catalogue[link.origin]
    if isinstance(origin, Statement):
        judged = (
            _outcome(link.fact.says, catalogue) if link.fact and link.fact.model == Outcome.__name__ else ""
        )
        return "; ".join(filter(None, (said_by(origin, catalogue), judged.lower())))
    if link.fact and (kinds := KINDS_OF_TIES.get(link.fact.model)) and link.inverse.startswith("related_"):
        return _capital(f"{catalogue.label(kinds, link.fact.says)} this")
    if link.fact and link.fact.words:  # as its sheet would tell it, which need not be opened
        return link.fact.words
    return place_words(link.origin, link.anchor, catalogue)


def place_words(id: str, anchor: str, catalogue: Catalogue) -> str:
    """A place in a sheet in words; empty for the sheet as a whole."""
    facts = catalogue.facts_of(id, anchor.partition(".")[0])
    here = _innermost(anchor, facts)
    if here is None:
        return _field(catalogue[id], anchor, catalogue)
    words = fact_words(facts[here], catalogue)
    around = _innermost(here.rpartition(".")[0], facts)
    if around is None or _says_itself(facts[here]):
        return words
    return f"{fact_words(facts[around], catalogue).rstrip('.')}: {words[:1].lower()}{words[1:]}"


def fact_title(id: str, anchor: str, catalogue: Catalogue) -> str:
    """A fact in its own words, cut short; the sheet's title where it has none."""
    sheet = catalogue[id]
    if isinstance(sheet, Statement):
        return sheet.gist.rstrip(".")
    if not anchor or anchor in ("source", "definition"):
        return sheet.short_text
    words = place_words(id, anchor, catalogue)
    words = words if len(words) <= 120 else f"{words[:117].rsplit(' ', 1)[0]} …"
    fact = catalogue.facts_of(id, anchor.partition(".")[0]).get(anchor)
    if isinstance(fact, Happened):
        return f"{sheet.short_text}, {date_in_words(fact.date)}"
    return words if fact and has_own_words(fact) else f"{sheet.short_text}: {words[:1].lower()}{words[1:]}"


def fact_words(fact: Fact, catalogue: Catalogue) -> str:
    """A fact in a few plain words: its own, or what it is."""
    if isinstance(fact, DatedFact):
        return f"{fact.what}: {bound_in_words(fact.date)}"
    if isinstance(fact, TextFact):
        return plain(fact.text, catalogue)
    field, words = own_words(fact)
    if words:
        return plain(words, catalogue) if field == "text" else words
    return kind_words(fact, catalogue)


def kind_words(fact: Fact, catalogue: Catalogue) -> str:
    """What a fact is, whatever it says: on whom, under what, since when; empty where only its own words tell."""
    if tie := RELATIONS.get(type(fact)):
        vocabulary, field = tie
        kind = catalogue.label(vocabulary, getattr(fact, "kind", ""))
        return _capital(f"{kind} {_short(getattr(fact, field), catalogue)}")
    match fact:
        case Designation():
            return f"Designation of {_short(fact.actor, catalogue)}"
        case Affected():
            return f"Effect on {_short(fact.actor, catalogue)}"
        case Imposer():
            return f"Imposed or issued by {_short(fact.actor, catalogue)}"
        case Maker():
            return f"Made by {_short(fact.actor, catalogue)}"
        case Basis():
            return f"Under {_basis(fact, catalogue)}"
        case Status():
            since = f"from {bound_in_words(fact.from_)}" if fact.from_.date else "from a day not known"
            return _capital(f"{catalogue.label('statuses', fact.value)} {since}")
        case Observed():
            return f"Seen on {date_in_words(fact.day)}"
        case Threshold():
            return f"Threshold of {fact.amount:,} {fact.currency}{over(fact.period)}"
        case Happened():
            return f"Date: {date_in_words(fact.date)}"
        case Outcome():
            return _outcome(fact.value, catalogue)
    return ""


def section_words(section: Section) -> str:
    """A section of a regime by its place, e.g. `Section 231(c)`."""
    return section.at if section.at[:1].isalpha() else f"Section {section.at}"


def basis_words(regime: str, section: Section | None) -> str:
    """The law that something rests on, e.g. `Tide Act, section 4(b)`; a section that its regime is named after is named once."""
    place = section_words(section) if section else regime
    if place.casefold() == regime.casefold():
        return regime
    return f"{regime}, {place.replace('Section', 'section', 1)}"


def _outcome(value: str, catalogue: Catalogue) -> str:
    return f"Outcome: {catalogue.label('outcomes', value)}"


def has_own_words(fact: Fact) -> bool:
    """Whether a fact says itself what it is, without the sheet that it stands in."""
    return any(own_words(fact))


def plain(text: str, catalogue: Catalogue) -> str:
    """Prose as plain text: links reduced to their words, citations left out."""
    if "[" not in text and "*" not in text and "\n" not in text:
        return text
    return " ".join(sentence.with_titles(lambda id: _short(id, catalogue)) for sentence in sentences(text))


def _innermost(anchor: str, facts: dict[str, Fact]) -> str | None:
    """The anchor of the fact that a place stands in or is; None where it stands in none."""
    while anchor and anchor not in facts:
        anchor = anchor.rpartition(".")[0]
    return anchor or None


def _says_itself(fact: Fact) -> bool:
    """Whether a fact is understood without what is around it."""
    return not isinstance(fact, Basis | Observed | Threshold)


def _field(sheet: Sheet, anchor: str, catalogue: Catalogue) -> str:
    """A field that is no fact, in words: the heading of a section, a name, what was done to a source, or its own name."""
    if isinstance(sheet, Briefing | PlainPage):
        heading = next((section.title for section in sections(sheet.text) if section.slug == anchor), "")
        if heading:
            return heading
    if isinstance(sheet, Source):
        for parent in sheet.derived_from:
            if anchor_of("", "derived_from", parent) == anchor:
                return f"{_capital(catalogue.label('derivations', parent.kind))} {_short(parent.source, catalogue)}"
    if isinstance(sheet, NamedSheet | Term):
        for name in sheet.names:
            if anchor_of("", "names", name) == anchor:
                return f"The name “{name.text}”"
    field = anchor.partition(".")[0]
    return FIELDS.get(field) or field.replace("-", " ")


def _basis(fact: Basis, catalogue: Catalogue) -> str:
    regime = catalogue.find(fact.regime, Regime)
    section = next((each for each in regime.sections if each.id == fact.section), None) if regime else None
    return basis_words(_short(fact.regime, catalogue), section)


def _short(id: str, catalogue: Catalogue) -> str:
    """A sheet in a few words; what is no id stands for itself."""
    return catalogue.short_of(id) if id in catalogue else id


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
