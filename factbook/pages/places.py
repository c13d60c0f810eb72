"""What a fact or a field is called where its history is told: as its page calls it, as in "Ceiling on the price: threshold".

What stands around it comes first; a thing with a name of its own goes by that, others by their headings, since their words follow. What is
gone goes by the words that it had, else by its anchor in plain letters. Values are told apart from this: see `factbook.pages.changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from factbook.catalogue import Catalogue, own_words
from factbook.frozen import frozen
from factbook.model.actor import Post
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.change import SheetPast
from factbook.model.collections import ALL
from factbook.model.measure import Affected, Designation, Provision
from factbook.model.nouns import one_of
from factbook.model.records import Basis, DatedFact, Fact, Imposer, Observed, Record, Status
from factbook.model.regime import Section
from factbook.model.said import fact_of, records_in
from factbook.model.system import Maker
from factbook.model.walking import Mark, plan
from factbook.pages.labels import FIELDS, RELATIONS, RULES, kind_words, place_words, plain, section_words
from factbook.prose import fold

CALLED: Mapping[str, str] = {
    **{field: f"{words[:1].lower()}{words[1:]}" for field, words in (FIELDS | RULES).items()},
    "acts": "what they do",
    "affects": "effect",
    "announced-by": "the event that announced it",
    "body": "text",
    "by": "by what",
    "confidence": "how sure we are",
    "confidence-note": "how sure we are",
    "derived-from": "where it comes from",
    "first-in": "where it appeared first",
    "gist": "what was said",
    "happened": "date",
    "is-sanction": "whether it is a sanction",
    "issued-by": "who issued it",
    "lede": "summary",
    "makers": "maker",
    "matters": "weight",
    "not-covered": "what it does not cover",
    "origin": "how its publisher came by it",
    "outcome": "what came of it",
    "read": "how much of it we read",
    "read-in": "where we read it",
    "read-note": "how much of it we read",
    "reaches": "felt by",
    "reading": "our reading",
    "relations": "tie",
    "rests-on": "what the answer rests on",
    "said-on": "day",
    "seen": "where else we saw it",
    "settles": "the questions “May I?” that it answers",
    "short-answer": "the short answer",
    "speakers": "who said it",
    "signed": "who signed the answer",
    "spoke-for": "for whom it was said",
    "text": "beginning of the text",
    "url": "address",
    "who": "act of",
    "whom": "with regard to",
    "words": "quotation",
    "would-change": "what would change this answer",
}
"""What fields and the items of lists are called on the page of their own sheet, by their steps in anchors; others go by the noun that
messages have for them, or by their names."""
BY_WORDS: tuple[type[Fact], ...] = (
    Affected,
    Basis,
    Designation,
    Imposer,
    Maker,
    Observed,
    Status,
    *RELATIONS,
)
"""Facts that are told apart by what they are: on whom, under what, since when."""
ENOUGH = 70
"""Letters of a fact's own words that are shown where they only name it."""


@frozen
class _Step:
    """One step of an anchor: a field, with the item of its list where it has items."""

    anchor: str
    """The anchor as far as here."""
    field: str
    key: str
    """What tells the item from its neighbours; empty for what is no item."""
    model: type[Record] | None
    """What stands there; None for what is no block of fields."""


def place_called(
    id: str,
    collection: str,
    anchor: str,
    catalogue: Catalogue,
    past: SheetPast,
    *,
    inside: str = "",
    was: str = "",
    alone: bool = False,
) -> str:
    """A place in a sheet as its page calls it, with a small letter unless it begins with a name; empty for the sheet as a whole.

    `inside` is an anchor of what is around it and was named already; `was` the old words of a section of prose. `alone` says that the words of the fact do not follow.
    """
    if not anchor:
        return ""
    steps = list(_steps(collection, anchor))
    if collection == "briefings" and steps[0].field not in _FIELDS_OF_PAGES:
        return _section_of_prose(id, anchor, catalogue, was)
    parts = []
    for number, step in enumerate(steps):
        if f"{inside}.".startswith(f"{step.anchor}."):
            continue
        parts.append(_called(id, step, catalogue, past, worded=alone or number < len(steps) - 1))
    return ": ".join(filter(None, parts))


def marks_at(collection: str, anchor: str) -> Mapping[str, Mark]:
    """What the texts of a fact's fields are, by their names in YAML: keywords, references, prose; of a place that no model knows, nothing."""
    steps = list(_steps(collection, anchor))
    model = steps[-1].model if steps else None
    if model is None and len(steps) == 1:
        return _marks(collection)
    return {field.alias: field.mark for field in plan(model) if field.mark} if model else {}


def field_called(name: str) -> str:
    """A field of a fact, where only its value changed."""
    step = name.replace("_", "-")
    return CALLED.get(step) or step.replace("-", " ")


_PAGES: tuple[type[Record], ...] = (Briefing, PlainPage)
_FIELDS_OF_PAGES = frozenset(name.replace("_", "-") for model in _PAGES for name in model.model_fields)


def _models(collection: str) -> tuple[type[Record], ...]:
    if collection == "briefings":
        return _PAGES
    return (ALL[collection].model,) if collection in ALL else ()


@cache
def _marks(collection: str) -> Mapping[str, Mark]:
    return {field.alias: field.mark for model in _models(collection) for field in plan(model) if field.mark}


def _steps(collection: str, anchor: str) -> Iterator[_Step]:
    """The steps of an anchor, as today's models read it."""
    left = anchor.split(".")
    here, models = "", _models(collection)
    while left:
        field = left.pop(0)
        here = f"{here}.{field}" if here else field
        found = [(known, inner) for known, inner in _blocks(models).items() if known[0] == field]
        if found:
            ((_, many), inner), models = found[0], (found[0][1],)
            takes = many and bool(left) and (inner.KEY or left[0] not in _fields(inner))
        else:
            inner, models = None, ()
            takes = bool(left and one_of(field.replace("-", "_")))
        key = left.pop(0) if takes else ""
        here = f"{here}.{key}" if key else here
        yield _Step(here, field, key.partition("~")[0], inner)


@cache
def _blocks(models: tuple[type[Record], ...]) -> dict[tuple[str, bool], type[Record]]:
    """The models of the blocks inside some models, by the step and whether there may be many."""
    return {
        (field.alias.replace("_", "-"), field.many): records_in(model)[field.alias]
        for model in models
        for field in plan(model)
        if field.record
    }


@cache
def _fields(model: type[Record]) -> frozenset[str]:
    return frozenset(name.replace("_", "-") for name in model.model_fields)


def _called(id: str, step: _Step, catalogue: Catalogue, past: SheetPast, *, worded: bool) -> str:
    """One step in words; `worded` asks for a fact's own words where it has no name."""
    heading = CALLED.get(step.field) or one_of(step.field.replace("-", "_")) or step.field.replace("-", " ")
    if step.model is None or not issubclass(step.model, Fact):
        if step.field in ("names", "derived-from") and id in catalogue:
            if step.anchor in catalogue.anchors_of(id):
                words = place_words(id, step.anchor, catalogue)
                return f"{words[:1].lower()}{words[1:]}"
        elif step.key in catalogue:
            return f"{heading}, “{catalogue.short_of(step.key)}”"
        return heading
    fact = _fact_at(id, step.anchor, catalogue, past)
    if fact is None:
        named = worded or "title" in step.model.model_fields
        return f"{heading} “{step.key.replace('-', ' ')}”" if step.key and named else heading
    if name := _name(fact, catalogue):
        return name
    field, words = own_words(fact)
    if worded and words:
        words = (plain(words, catalogue) if field == "text" else words).rstrip(".")
        words = words if len(words) <= ENOUGH else f"{words[:ENOUGH].rsplit(' ', 1)[0]} …"
        return f"{heading}, “{words}”"
    return heading


def _name(fact: Fact, catalogue: Catalogue) -> str:
    """What a fact goes by on its page; empty for one that only says what it says."""
    match fact:
        case Provision():
            return fact.title
        case Section():
            return section_words(fact)
        case Post():
            return fact.role
        case DatedFact():
            return fact.what
    if isinstance(fact, BY_WORDS):
        words = kind_words(fact, catalogue)
        return f"{words[:1].lower()}{words[1:]}"
    return ""


def _fact_at(id: str, anchor: str, catalogue: Catalogue, past: SheetPast) -> Fact | None:
    """The fact that stands at an anchor; where it is gone, as it was last."""
    if id in catalogue and (fact := catalogue.facts_of(id, anchor.partition(".")[0]).get(anchor)):
        return fact
    said = next((each.said for each in reversed(past.replaced) if each.anchor == anchor), None)
    return fact_of(said) if said else None


def _section_of_prose(id: str, slug: str, catalogue: Catalogue, was: str) -> str:
    """A section of a page of prose by its heading, which begins the old words of one that is gone."""
    if id in catalogue and slug in catalogue.anchors_of(id):
        return f"“{place_words(id, slug, catalogue)}”"
    return f"“{_heading(was, slug) or slug.replace('-', ' ')}”"


def without_heading(text: str, slug: str) -> str:
    """The words of a section of prose, as history keeps them on one line, without its heading."""
    return text.lstrip("# ").removeprefix(_heading(text, slug)).lstrip()


def _heading(text: str, slug: str) -> str:
    """The heading of a section, which begins its words; empty where they begin otherwise."""
    words = text.lstrip("# ").split()
    return next((found for n in range(1, len(words) + 1) if fold(found := " ".join(words[:n])) == slug), "")
