"""What a page is about in the words of schema.org, as one block of JSON-LD: the thing itself, and the way to the page.

Other things are named by the address that they have in their own page's block (`@id`) and not described again. Where the site's
address is not set, addresses are relative to the page, as JSON-LD allows. The terms in use are in `tests/schema-org.yml`, with
where each belongs; how the block enters the page is left to `page_head`. Source: schema.org, release 30.1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing
from factbook.model.collections import ALL
from factbook.model.dates import PartialDate
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.records import Identifier, Name
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.system import System
from factbook.model.term import Term
from factbook.pages.addresses import address_of
from factbook.pages.labels import plain
from factbook.pages.laying_out import SheetPage
from factbook.pages.page import Page
from factbook.rendering.edition import Site

Node: TypeAlias = dict[str, Any]

ACTORS: dict[str, str | list[str]] = {
    "state": ["Country", "Organization"],
    "public-body": "GovernmentOrganization",
    "company": "Corporation",
    "organisation": "Organization",
    "alliance": "Organization",
    "person": "Person",
    "outlet": "NewsMediaOrganization",
}
SOURCES = {
    "law": "Legislation",
    "official": "CreativeWork",
    "press": "NewsArticle",
    "analysis": "Report",
    "reference": "CreativeWork",
    "data": "Dataset",
    "aggregator": "CreativeWork",
}
LAWS = ("statute", "order", "framework")
"""Kinds of regime that are legislation; guidance and lists are not."""
ASSESSED = ("happened", "partly", "not-so-far")
"""Outcomes that say whether a prediction came true; a review of a claim is published for these alone."""
WITHOUT = ("404", "moved", "withdrawn", "search")
"""Kinds of pages that are about nothing."""


def linked_data(page: Page, catalogue: Catalogue, site: Site) -> str:
    """The block of a page as JSON that is safe inside a script element; empty for pages that are about nothing."""
    if page.kind in WITHOUT:
        return ""
    graph = _Graph(page, catalogue, site)
    nodes = [*graph.things(), *graph.breadcrumbs()]
    return safe_json({"@context": "https://schema.org", "@graph": nodes})


def safe_json(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


DOWNLOADS = {
    "api/v1/all.json": "application/json",
    **{f"data/{name}.csv": "text/csv" for name in ALL},
    "data/sources.csl.json": "application/vnd.citationstyles.csl+json",
    "data/sources.bib": "application/x-bibtex",
    "data/entities.ftm.json": "application/x-ndjson",
}
"""The files in which all of it can be had, each with its form."""


@frozen
class _Graph:
    page: Page
    catalogue: Catalogue
    site: Site

    def url(self, address: str) -> str:
        """An address of ours: in full, or relative to the page."""
        if self.site.url:
            return self.site.url + address
        return "../" * self.page.address.count("/") + address or "./"

    def it(self, id: str) -> str:
        """What a sheet is about, as its own page names it."""
        return f"{self.url(address_of(self.catalogue.collection_of(id), id))}#it"

    def those(self, ids: Iterable[str]) -> list[Node]:
        """Other things, by name alone."""
        return [{"@id": self.it(id)} for id in dict.fromkeys(ids) if id in self.catalogue]

    @property
    def publisher(self) -> Node:
        return {"@type": "Organization", "@id": f"{self.url('')}#us", "name": self.site.name}

    def things(self) -> list[Node]:
        page = self.page
        if isinstance(page.view, SheetPage) and page.id in self.catalogue:
            sheet = self.catalogue[page.id]
            for model, describe in _DESCRIBED.items():
                if isinstance(sheet, model):
                    return [
                        _clean({"@id": self.it(sheet.id), **node} if not position else node)
                        for position, node in enumerate(describe(self, sheet))
                    ]
        if page.kind == "home":
            return [
                {
                    "@type": "WebSite",
                    "name": self.site.name,
                    "url": self.url(""),
                    "publisher": self.publisher,
                }
            ]
        if page.kind == "data":
            return [self.dataset()]
        kind = "CollectionPage" if page.section or page.kind.startswith("index-") else "WebPage"
        kind = "AboutPage" if page.id == "about" else kind
        return [{"@type": kind, "name": page.title, "url": self.url(page.address)}]

    def dataset(self) -> Node:
        """All that is published here, and the files in which it can be had."""
        files = [
            {"@type": "DataDownload", "contentUrl": self.url(path), "encodingFormat": form}
            for path, form in DOWNLOADS.items()
        ]
        licence = self.url("api/v1/licence.txt") if self.site.licence else ""
        node = {
            "@type": "Dataset",
            "name": f"{self.site.name}: data",
            "description": self.site.description or self.page.description,
            "url": self.url(self.page.address),
            "license": licence,
            "isAccessibleForFree": True,
            "creator": self.publisher,
            "distribution": files,
        }
        return _clean(node)

    def breadcrumbs(self) -> list[Node]:
        if not self.page.crumbs:
            return []
        names = [
            *((ref.title, self.url(ref.address)) for ref in self.page.crumbs),
            (self.page.title, None),  # the page itself needs no address
        ]
        items = [
            _clean({"@type": "ListItem", "position": position, "name": name, "item": address})
            for position, (name, address) in enumerate(names, 1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": items}]

    def reviewed(self, sheet: Sheet) -> Node:
        """The page about a thing, and the day on which a person last checked it."""
        return {"@type": "WebPage", "lastReviewed": str(sheet.verified)}

    def article(self, sheet: Sheet, **more: Any) -> Node:
        return {
            "@type": "Article",
            "headline": self.page.title,
            "dateModified": str(sheet.verified),
            "inLanguage": "en",
            "publisher": self.publisher,
            **more,
        }

    # --- the kinds of sheets -------------------------------------------------------------------------------------

    def briefing(self, sheet: Briefing) -> list[Node]:
        sources = self.those(note.source.id for note in self.page.notes)
        return [self.article(sheet, abstract=plain(sheet.short_answer, self.catalogue), citation=sources)]

    def measure(self, sheet: Measure) -> list[Node]:
        about = [designation.actor for designation in sheet.designations]
        return [
            self.article(
                sheet,
                about=self.those([*about, *(each.actor for each in sheet.affects)]),
                isBasedOn=self.those(basis.regime for basis in sheet.under),
            )
        ]

    def regime(self, sheet: Regime) -> list[Node]:
        is_law = sheet.kind in LAWS
        by = self.those(each.actor for each in sheet.issued_by)
        return [
            {
                "@type": "Legislation" if is_law else "CreativeWork",
                "name": sheet.title,
                "alternateName": [*sheet.also_called],
                "legislationType": self.catalogue.label("regime-kinds", sheet.kind) if is_law else None,
                ("legislationPassedBy" if is_law else "publisher"): by,
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]

    def actor(self, sheet: Actor) -> list[Node]:
        return [
            {
                "@type": ACTORS[sheet.kind],
                **_named(sheet.title_text, sheet.names),
                "sameAs": _elsewhere(sheet.identifiers),
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]

    def system(self, sheet: System) -> list[Node]:
        return [
            {
                "@type": "Thing",
                **_named(sheet.title_text, sheet.names),
                "description": sheet.what,
                "sameAs": _elsewhere(sheet.identifiers),
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]

    def event(self, sheet: Event) -> list[Node]:
        first, last = _ends(sheet.when)
        return [
            {
                "@type": "Event",
                "name": sheet.title,
                "startDate": first,
                "endDate": last if last != first else None,
                "about": self.those([*sheet.measures, *sheet.regimes, *sheet.systems]),
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]

    def statement(self, sheet: Statement) -> list[Node]:
        claim = {
            "@type": "Claim",
            "text": sheet.gist,
            "author": self.those(sheet.speakers),
            "creditText": sheet.as_named,
            "dateCreated": _ends(sheet.when)[0],
            "firstAppearance": {"@id": self.it(sheet.first_in)},
            "appearance": {"@id": self.it(sheet.read_in.source)}
            if sheet.read_in.source != sheet.first_in
            else None,
            "about": self.those(sheet.about),
            "mainEntityOfPage": self.reviewed(sheet),
        }
        outcome = sheet.prediction.outcome if sheet.prediction else None
        if outcome is None or outcome.value not in ASSESSED or outcome.rank:
            return [claim]
        label = self.catalogue.label("outcomes", outcome.value)
        review = {
            "@type": "ClaimReview",
            "url": self.url(self.page.address),
            "itemReviewed": {"@id": self.it(sheet.id)},
            "claimReviewed": sheet.gist,
            "reviewRating": {"@type": "Rating", "alternateName": label},
            "author": self.publisher,
            "dateModified": str(sheet.verified),
        }
        return [claim, review]

    def source(self, sheet: Source) -> list[Node]:
        return [
            {
                "@type": SOURCES[sheet.kind],
                "name": sheet.title,
                "publisher": {"@type": "Organization", "name": sheet.publisher},
                "creditText": sheet.byline,
                "datePublished": _ends(sheet.date)[0] if sheet.date else None,
                "inLanguage": sheet.language,
                "url": sheet.url,
                "archivedAt": sheet.archived.url if sheet.archived else None,
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]

    def term(self, sheet: Term) -> list[Node]:
        return [
            {
                "@type": "DefinedTerm",
                **_named(sheet.title, sheet.names),
                "description": plain(sheet.definition, self.catalogue),
                "mainEntityOfPage": self.reviewed(sheet),
            }
        ]


_DESCRIBED: dict[type[Sheet], Callable[[_Graph, Any], list[Node]]] = {
    Briefing: _Graph.briefing,
    Measure: _Graph.measure,
    Regime: _Graph.regime,
    Actor: _Graph.actor,
    System: _Graph.system,
    Event: _Graph.event,
    Statement: _Graph.statement,
    Source: _Graph.source,
    Term: _Graph.term,
}


def _named(title: str, names: Iterable[Name]) -> Node:
    """A name and the other forms of it; garbled ones are left out, since nobody is called so."""
    others = [name.text for name in names if name.kind != "garbled" and name.text != title]
    return {"name": title, "alternateName": [*dict.fromkeys(others)]}


def _elsewhere(identifiers: Iterable[Identifier]) -> list[str]:
    return [
        f"https://www.wikidata.org/entity/{each.value}" for each in identifiers if each.scheme == "wikidata"
    ]


def _ends(when: PartialDate) -> tuple[str | None, str | None]:
    """First and last day, month or year, as ISO 8601 writes them; None where it is open or only about then."""
    ends = when.text.split("/")
    first, last = (None if end == ".." or end.endswith("~") else end for end in (ends[0], ends[-1]))
    return first, last


def _clean(node: Node) -> Node:
    """A node without what there is nothing to say of; a list of one is that one."""
    kept = {key: value for key, value in node.items() if value not in (None, [], "")}
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in kept.items()
    }
