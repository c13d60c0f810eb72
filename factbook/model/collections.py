"""The collections of a publication and the links between their sheets, as tables."""

from __future__ import annotations

from factbook.frozen import frozen
from factbook.model.actor import Actor
from factbook.model.briefing import Briefing
from factbook.model.event import Event
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.sheet import Sheet
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.system import System
from factbook.model.term import Term


@frozen
class Collection:
    """One kind of sheet."""

    name: str
    """Its folder and the first part of its addresses."""
    model: type[Sheet]
    one: str
    """As in "a measure", to editors."""
    called: str
    """What readers are told one is, e.g. "weapon system"."""
    many: str
    """Title of its index."""


COLLECTIONS: dict[str, Collection] = {
    collection.name: collection
    for collection in (
        Collection("measures", Measure, "measure", "measure", "Measures"),
        Collection("regimes", Regime, "regime", "law or list", "Laws and lists"),
        Collection("actors", Actor, "actor", "person or body", "People and bodies"),
        Collection("systems", System, "system", "weapon system", "Weapon systems"),
        Collection("events", Event, "event", "event", "Events"),
        Collection("statements", Statement, "statement", "statement", "Statements"),
        Collection("sources", Source, "source", "source", "Sources"),
        Collection("terms", Term, "term", "term", "Glossary"),
    )
}
"""Sheets in YAML, in reading order."""

BRIEFINGS = Collection("briefings", Briefing, "briefing", "briefing", "Briefings")
"""Pages of prose with a question; Markdown files with front matter."""

ALL = {**COLLECTIONS, "briefings": BRIEFINGS}

RESERVED = (
    *("timeline", "predictions", "who-says-what", "network", "review", "search", "briefings"),
    *("as-of", "may-i", "changes", "corrections", "data", "api", "feeds"),
    *("assets", "stylesheets", "scripts", "pagefind", "404"),
)
"""First parts of addresses that belong to views of the whole site, to machines and to the theme, now or later.

Pages of prose stand at the root and may not take them, nor the name of a collection.
"""

LINKS: dict[str, str] = {
    "cited_by": "Rests on this source",
    "read_for": "Read here, for an original not seen",
    "changed_status_of": "Changed the status of",
    "spells": "Shows this form of a name",
    "imposes": "Imposed or issued",
    "basis_of": "Legal basis of",
    "designated_in": "Designated in",
    "lists": "Lists",
    "affected_by": "Affected by",
    "other_side_in": "Rules about dealing with it",
    "related_measure": "Related measures",
    "announces": "Announced",
    "posts_held_in": "Posts held here",
    "related_actor": "Related to",
    "makes": "Makes",
    "related_system": "Related systems",
    "events": "Events",
    "related_event": "Related events",
    "answered_by": "Answers to this question",
    "related_statement": "Related statements",
    "said": "Said",
    "spoken_for_by": "Spoken for by",
    "first_published": "First published here",
    "read_for_statement": "Read here",
    "shows_statement": "Passage seen here",
    "subject_of": "What was said about it",
    "quoted_from": "Quoted from here",
    "passed_on_by": "Passed on by",
    "passed_on_in": "Passed on in",
    "published": "Published",
    "wrote": "Wrote",
    "not_to_be_confused_with": "Mistaken for",
    "explained_by": "Explained in the glossary",
    "carries_answer": "Carries an answer",
    "watched_by": "Watched by an answer",
    "on_front_page": "On the front page",
    "mentioned_in": "Named in the text",
    "shown_in": "Shown in",
}
"""Every link as it is called on the page of the sheet that it points to."""
