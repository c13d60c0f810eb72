"""Sheets as FollowTheMoney entities, one JSON object a line: actors, their posts and ties, designations, events.

FollowTheMoney holds less than a sheet: no citation, no provision, no statement, no date that is only about right. `HELD` says
which fields go where; `manifest` names every field that does not. Imports read these files back (`imports/follow_the_money`).
Source: followthemoney 4.11, whose own library validates every entity in `build.py test --full`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from factbook.catalogue import Catalogue
from factbook.exports.fields import fields_of
from factbook.loading.loaded import LoadedSheet
from factbook.model.actor import Actor, Post, Relation
from factbook.model.collections import ALL
from factbook.model.dates import Bound
from factbook.model.event import Event
from factbook.model.measure import Designation, Measure
from factbook.model.records import Fact
from factbook.pages.labels import plain

Entity: TypeAlias = dict[str, Any]

SCHEMATA = {
    "state": "LegalEntity",
    "public-body": "PublicBody",
    "company": "Company",
    "organisation": "Organization",
    "alliance": "Organization",
    "person": "Person",
    "outlet": "Organization",
}
"""What each kind of actor is there; a state has no kind of its own."""
BODIES = ("PublicBody", "Company", "Organization")
NAMES = {
    "official": "name",
    "native": "alias",
    "transliteration": "alias",
    "alias": "alias",
    "former": "previousName",
    "acronym": "abbreviation",
}
"""Where each kind of name goes; a garbled one is nobody's name and stays here."""
REGISTERS = {"wikidata": "wikidataId", "lei": "leiCode"}

HELD: dict[str, dict[str, str]] = {
    "actors": {
        "names": "name, alias, previousName, abbreviation; not garbled ones, nor language, script and where seen",
        "kind": "the schema; a state is a LegalEntity, an alliance and an outlet an Organization",
        "country": "country, of bodies; not of persons, where it is the state whose office they hold",
        "identifiers": "wikidataId, leiCode",
        "posts": "Position and Occupancy, with days that are known; not the citations",
        "relations": "Ownership, Membership, else UnknownLink with the tie in words; not the citations",
        "lede": "summary, as plain text",
    },
    "measures": {
        "designations": "Sanction, of measures that are sanctions; not the citations, nor what bounds mean by none-set",
        "imposed_by": "authority and country of each Sanction",
        "under": "program of a Sanction whose list prints none",
        "provisions": "provisions of each Sanction, by their titles; no thresholds, exceptions, days",
    },
    "events": {
        "title": "name",
        "happened": "date, or startDate and endDate; not what is only about right, nor the citations",
        "actors": "involved",
        "lede": "summary, as plain text",
    },
}
"""The fields that FollowTheMoney can hold, and as what."""


def entities(loaded: LoadedSheet, catalogue: Catalogue) -> bytes:
    """The entities of a sheet, one a line; nothing of a sheet that has none."""
    made: Iterator[Entity] = iter(())
    match loaded.sheet:
        case Actor() as actor:
            made = _of_actor(actor, catalogue)
        case Measure(is_sanction=True) as measure:
            made = _of_measure(measure, catalogue)
        case Event() as event:
            made = _of_event(event, catalogue)
    return b"\n".join(
        json.dumps(entity, ensure_ascii=False, separators=(",", ":")).encode() for entity in made
    )


def manifest(catalogue: Catalogue) -> dict[str, Any]:
    """Which fields are in the file and as what, and which are not, of every collection that has a sheet."""
    found: dict[str, Any] = {}
    for name, collection in ALL.items():
        held = HELD.get(name, {})
        count = sum(catalogue.collection_of(id) == name for id in catalogue.ids())
        if count:
            fields = [field.name for field in fields_of(collection.model) if field.name != "id"]
            missing = [field for field in fields if field not in held]
            found[name] = {"sheets": count, "held": held, "not_held": missing}
    return found


def _of_actor(actor: Actor, catalogue: Catalogue) -> Iterator[Entity]:
    schema = SCHEMATA[actor.kind]
    properties: dict[str, list[str]] = {"name": [actor.title_text]}
    for name in actor.names:
        if key := NAMES.get(name.kind):
            properties.setdefault(key, []).append(name.text)
    for identifier in actor.identifiers:
        if key := REGISTERS.get(identifier.scheme):
            properties.setdefault(key, []).append(identifier.value)
    if actor.country and schema != "Person":
        properties["country"] = [actor.country.lower()]
    if schema == "Person":
        properties["position"] = [post.role for post in actor.posts if _holds(post)]
    if actor.lede:
        properties["summary"] = [plain(actor.lede, catalogue)]
    yield _entity(actor.id, schema, properties)
    if schema == "Person":
        for post in filter(_holds, actor.posts):
            yield from _of_post(actor, post, catalogue)
    for relation in filter(_holds, actor.relations):
        yield _of_relation(actor, relation, catalogue)


def _of_post(actor: Actor, post: Post, catalogue: Catalogue) -> Iterator[Entity]:
    position = f"{actor.id}.{post.id}.position"
    body = catalogue.find(post.of, Actor)
    yield _entity(
        position,
        "Position",
        {
            "name": [post.role],
            "organization": [body.id] if body and SCHEMATA[body.kind] in BODIES else [],
            "country": [body.country.lower()] if body and body.country else [],
        },
    )
    days = {"startDate": _day(post.from_), "endDate": _day(post.until)}
    yield _entity(f"{actor.id}.{post.id}", "Occupancy", {"holder": [actor.id], "post": [position], **days})


def _of_relation(actor: Actor, relation: Relation, catalogue: Catalogue) -> Entity:
    other = catalogue.get(relation.actor, Actor)
    days = {"startDate": _day(relation.from_), "endDate": _day(relation.until)}
    words = catalogue.label("relation-kinds", relation.kind)
    role = {"role": [f"{words}: {relation.what}" if relation.what else words]}
    id = f"{actor.id}.{relation.id}"
    owner, asset = (actor, other) if relation.kind == "owns" else (other, actor)
    if relation.kind in ("owns", "owned-by") and asset.kind == "company":
        return _entity(id, "Ownership", {"owner": [owner.id], "asset": [asset.id], **role, **days})
    if relation.kind == "member-of" and SCHEMATA[other.kind] in BODIES:
        return _entity(id, "Membership", {"member": [actor.id], "organization": [other.id], **role, **days})
    return _entity(id, "UnknownLink", {"subject": [actor.id], "object": [other.id], **role, **days})


def _of_measure(measure: Measure, catalogue: Catalogue) -> Iterator[Entity]:
    authorities = [catalogue.get(each.actor, Actor) for each in measure.imposed_by if each.actor in catalogue]
    regimes = list(dict.fromkeys(catalogue[basis.regime].title_text for basis in measure.under))
    for designation in filter(_holds, measure.designations):
        yield _entity(
            f"{measure.id}.{designation.id}",
            "Sanction",
            {
                "entity": [designation.actor],
                "authority": [each.title_text for each in authorities],
                "country": sorted({each.country.lower() for each in authorities if each.country}),
                "program": [designation.programme] if designation.programme else regimes,
                "authorityId": [designation.entry] if designation.entry else [],
                "provisions": _provisions(measure, designation),
                "startDate": _day(designation.from_),
                "endDate": _day(designation.until),
            },
        )


def _provisions(measure: Measure, designation: Designation) -> list[str]:
    return [
        provision.title
        for provision in measure.provisions
        if not designation.provisions or provision.id in designation.provisions
    ]


def _of_event(event: Event, catalogue: Catalogue) -> Iterator[Entity]:
    when = event.when
    properties: dict[str, list[str]] = {"name": [event.title], "involved": [*event.actors]}
    if when.is_stretch:
        first, _, last = when.text.partition("/")
        properties |= {"startDate": _known(first), "endDate": _known(last)}
    else:
        properties["date"] = _known(when.text)
    if event.lede:
        properties["summary"] = [plain(event.lede, catalogue)]
    yield _entity(event.id, "Event", properties)


def _entity(id: str, schema: str, properties: dict[str, list[str]]) -> Entity:
    kept = {name: [*dict.fromkeys(values)] for name, values in properties.items() if values}
    return {"id": id, "schema": schema, "properties": kept}


def _holds(fact: Fact) -> bool:
    return fact.rank != "deprecated"


def _day(bound: Bound | None) -> list[str]:
    return _known(bound.text) if bound and bound.date else []


def _known(text: str) -> list[str]:
    """A date that is a day, a month or a year; what is only about right has no form there."""
    return [] if text == ".." or text.endswith("~") else [text]
