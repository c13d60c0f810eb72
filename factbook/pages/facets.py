"""The facets by which a reader narrows a search: kind, regime, imposed by, country, status, year.

Each page gets pairs of a facet and a value in words; a facet may have several values, and pages have none of those that say
nothing about them. Marking them up for the search program is left to the templates, showing them to the theme's script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from babel import Locale

from factbook.catalogue import Catalogue
from factbook.chronology import Answer, of_measure
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.spoken import sentence
from factbook.model.statement import Statement
from factbook.model.system import System

FACETS = ("Kind", "Regime", "Imposed by", "Country", "Status", "Year")
"""Every facet, in the order in which a reader is offered them."""

STATUS = {
    Answer.NOT_YET: "Not yet in force",
    Answer.IN_FORCE: "In force",
    Answer.LAST_SEEN: "Last seen in force",
    Answer.ENDED: "Ended",
    Answer.NOT_KNOWN: "Not known",
}
"""The five answers without their day, which the page itself gives."""

_LOCALE = Locale("en")

Facet = tuple[str, str]
"""A facet and one value of it, e.g. ("Country", "Saltmarsh")."""


def facets_of(sheet: Sheet, catalogue: Catalogue, as_of: date) -> tuple[Facet, ...]:
    """Every facet of a sheet's page, each value once, in the order of `FACETS`."""
    measures, regimes = _measures(sheet, catalogue), _regimes(sheet, catalogue)
    values: dict[str, Iterable[str]] = {
        "Kind": [kind_of(sheet, catalogue)],
        "Regime": [each.short_text for each in regimes],
        "Imposed by": _imposers(sheet, measures, catalogue),
        "Country": sorted({country_name(code, catalogue) for code in _countries(sheet, measures, catalogue)}),
        "Status": [STATUS[of_measure(sheet, as_of).answer]] if isinstance(sheet, Measure | Regime) else [],
        "Year": _years(sheet, catalogue),
    }
    return tuple((facet, value) for facet in FACETS for value in dict.fromkeys(values[facet]) if value)


@frozen
class FacetView:
    """One facet with every value that some page has."""

    name: str
    values: tuple[tuple[str, int], ...]
    """Value and number of pages: years from the last, all others from the most frequent."""


def facet_views(catalogue: Catalogue, as_of: date) -> tuple[FacetView, ...]:
    """Every facet of every sheet's page, counted."""

    def of_one(of: Catalogue, id: str) -> tuple[Facet, ...]:
        return facets_of(of[id], of, as_of)

    counted: Counter[Facet] = Counter()
    for found in catalogue.gathered("facets", catalogue.ids(), of_one):
        counted.update(found)
    views = []
    for name in FACETS:
        values = sorted((-pages, value) for (facet, value), pages in counted.items() if facet == name)
        if name == "Year":
            values.sort(key=lambda each: each[1], reverse=True)
        views.append(FacetView(name, tuple((value, -pages) for pages, value in values)))
    return tuple(view for view in views if view.values)


def kind_of(sheet: Sheet, catalogue: Catalogue) -> str:
    """The kind of page in a word or two: `Measure`, `Event`; of actors their own kind, `Person`."""
    if isinstance(sheet, Actor):
        return sentence(catalogue.label("actor-kinds", sheet.kind))
    if isinstance(sheet, PlainPage):
        return "" if sheet.id == "index" else "About us"
    found = COLLECTIONS.get(sheet.COLLECTION)
    return sentence(found.called) if found else "Briefing"


def country_name(code: str, catalogue: Catalogue) -> str:
    """A country as the publication calls it: the title of its state's sheet, else its English name."""
    if state := catalogue.state_of(code):
        return catalogue.title_of(state)
    return str(_LOCALE.territories.get(code, code))


def _measures(sheet: Sheet, catalogue: Catalogue) -> list[Measure]:
    """The measures that a sheet is about."""
    match sheet:
        case Measure():
            return [sheet]
        case Actor():
            return _once(
                [
                    *catalogue.origins(sheet.id, "designated_in", Measure),
                    *catalogue.origins(sheet.id, "affected_by", Measure),
                ]
            )
        case Event():
            announced = catalogue.origins(sheet.id, "announces", Measure)
            return _once([*announced, *(catalogue.get(id, Measure) for id in sheet.measures)])
        case Statement():
            return [found for id in sheet.about if (found := catalogue.find(id, Measure))]
    return []


def _regimes(sheet: Sheet, catalogue: Catalogue) -> list[Regime]:
    """The regimes that a sheet belongs under."""
    ids: list[str] = []
    match sheet:
        case Regime():
            ids = [sheet.id, *(basis.regime for basis in sheet.under)]
        case Event():
            ids = [*sheet.regimes]
        case Statement():
            ids = [id for id in sheet.about if catalogue.find(id, Regime)]
    for measure in _measures(sheet, catalogue):
        ids += [basis.regime for basis in measure.under]
        ids += [each.list for each in measure.designations if each.list and _counts(sheet, each.actor)]
    return [catalogue.get(id, Regime) for id in dict.fromkeys(ids)]


def _counts(sheet: Sheet, designated: str) -> bool:
    """Of an actor's page only its own designations say on which lists it stands."""
    return not isinstance(sheet, Actor) or designated == sheet.id


def _imposers(sheet: Sheet, measures: Iterable[Measure], catalogue: Catalogue) -> Iterator[str]:
    issued = sheet.issued_by if isinstance(sheet, Regime) else ()
    for each in (*issued, *(imposer for measure in measures for imposer in measure.imposed_by)):
        yield catalogue.short_of(each.actor)


def _countries(sheet: Sheet, measures: Iterable[Measure], catalogue: Catalogue) -> Iterator[str]:
    """Codes of the countries concerned: of an actor its own, of a measure those of whoever bears it."""
    actors: list[str] = []
    match sheet:
        case Actor() | System():
            if sheet.country:
                yield sheet.country
        case Measure():
            actors = [*(each.actor for each in sheet.designations), *(each.actor for each in sheet.affects)]
        case Event():
            actors = [*sheet.actors]
        case Statement():
            actors = [*sheet.speakers, *sheet.spoke_for]
    for id in actors:
        actor = catalogue.find(id, Actor)
        if actor and actor.country:
            yield actor.country


def _years(sheet: Sheet, catalogue: Catalogue) -> list[str]:
    match sheet:
        case Event() | Statement():
            return _years_of(sheet.when)
        case Source():
            return _years_of(sheet.date) if sheet.date else []
        case Measure() | Regime():
            event = catalogue.find(sheet.announced_by, Event) if isinstance(sheet, Measure) else None
            begins = event.when if event else sheet.status[0].from_.date if sheet.status else None
            return _years_of(begins)[:1] if begins else []
    return []


def _years_of(when: PartialDate) -> list[str]:
    """The years that a date touches, at most ten; of an open stretch the one that is known."""
    first = when.start.earliest.year if when.start else None
    last = when.end.latest.year if when.end else None
    if first is None or last is None:
        return [str(year) for year in (first, last) if year is not None]
    return [str(year) for year in range(first, min(last, first + 9) + 1)]


def _once(measures: Iterable[Measure]) -> list[Measure]:
    return list({measure.id: measure for measure in measures}.values())
