"""What a draft says of an entry: an actor, its designations and the rules that bind with them, and the source that shows it.

Values come from the list alone; what the list does not say is a blank that explains itself. Finding ids and files is `plan`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from factbook.catalogue import Catalogue
from factbook.editing.draft import in_a_year
from factbook.editing.layout import SCHEMA, written
from factbook.frozen import frozen
from factbook.imports.comparing import Day, section_of
from factbook.imports.listed import Item, Listed, ListedName, Naming, as_id, as_written, is_number
from factbook.imports.programmes import Programme
from factbook.imports.trees import BLANK, Said, Trees, Value
from factbook.model.collections import COLLECTIONS
from factbook.model.source import Source
from factbook.model.values import ID_LENGTH

HEAD = (
    "A draft made of a list. Fill in the blanks and read what stands there; "
    '"build.py fmt ID" then takes these remarks away.'
)
DERIVED = "Made of other lists: “derived”, with the list under “derived_from”, or “unknown”."
MANY = 20
"""How many numbers a place in a source may name."""
RULES = (
    ("EXPORT-IMPORT BANK", "export-credit"),
    ("EXPORT SANCTIONS", "export-control"),
    ("LOANS FROM INTERNATIONAL", "ifi-votes"),
    ("LOANS", "financial-restrictions"),
    ("FOREIGN EXCHANGE", "financial-restrictions"),
    ("BANKING", "financial-restrictions"),
    ("BLOCKING", "blocking"),
    ("INVESTMENT", "investment-ban"),
    ("PROCUREMENT", "procurement-ban"),
    ("EXCLUSION OF CORPORATE OFFICERS", "entry-ban"),
    ("PRINCIPAL EXECUTIVE OFFICERS", "officers"),
)
"""Kinds of provision by the words with which a list prints the items of a menu; the first that fits."""


@frozen
class Drafts:
    """Makes drafts that cite one source on one day."""

    trees: Trees
    catalogue: Catalogue
    day: Day
    source: str
    """The id of the source that the drafts cite."""
    written_on: date
    schemas: str
    """Where the schemas lie, from the folder of a sheet."""

    def actor(self, listed: Listed) -> str:
        """An actor: its names, its kind and seat where the list tells them, its register numbers, its office."""
        values: dict[str, Value] = {"names": self.names(listed)}
        if listed.kind:
            values["kind"] = listed.kind
        if len(listed.countries) == 1 and listed.kind != "person":
            values["country"] = Said(min(listed.countries), "From the addresses on the list.")
        if listed.identifiers:
            values["identifiers"] = [
                {"scheme": scheme, "value": value} for scheme, value in listed.identifiers
            ]
        if listed.role:
            post: Value = {
                "id": as_id(listed.role) or BLANK,
                "role": listed.role,
                "from": Said("unknown", "The list does not say since when."),
                "cite": self.cite(listed),
            }
            values["posts"] = [Said(post, "As the list prints it.")]
        linked = f" The list links it to: {'; '.join(listed.linked_to)}." if listed.linked_to else ""
        return self.sheet("actors", values, f"{HEAD}{linked}")

    def names(self, listed: Listed) -> list[Value]:
        """The names: the main one as it would be written, then each as printed."""
        found: list[Value] = []
        first = listed.names[0]
        guess = as_written(first.text, person=listed.kind == "person")
        if guess != first.text:
            comment = f"Made of “{first.text}”: write it as the name is written."
            found.append(
                Said({"text": guess, "lang": "en", "script": first.script, "kind": "official"}, comment)
            )
        for position, name in enumerate(listed.names):
            found.append(self.name(name, "alias" if guess != first.text and position == 0 else name.kind))
        return found

    def name(self, name: ListedName, kind: str) -> Value:
        """One name as printed, with where it was seen."""
        values: dict[str, Value] = {"text": name.text, "lang": "en" if name.script == "Latn" else BLANK}
        if name.script:
            values["script"] = name.script
        return {**values, "kind": kind, "seen_in": [self.source]}

    def designations(self, listed: Listed, actor: str, rules: Mapping[str, str]) -> list[Value]:
        """The namings of an entry, one a programme; `rules` are the ids of provisions by section."""
        provisions = [rules[item.section] for item in listed.items if item.section in rules]
        namings = listed.namings or [Naming()]
        found: list[Value] = []
        for naming in namings:
            id = actor if len(namings) == 1 else f"{actor}-{as_id(naming.programme or '') or len(found) + 1}"
            if len(id) > ID_LENGTH:
                id = f"{id[:60].rstrip('-')}-{len(found) + 1}"
            values: dict[str, Value] = {"id": id, "actor": actor}
            if self.day.list:
                values["list"] = self.day.list
            if naming.programme:
                values["programme"] = naming.programme
            if is_number(listed.number):
                values["entry"] = listed.number
            values["from"] = naming.since or Said("unknown", "The list does not say since when.")
            values["until"] = naming.until or "none-set"
            if not naming.until:
                values["observed"] = [self.observed(listed)]
            if provisions:
                values["provisions"] = provisions
            found.append({**values, "cite": self.cite(listed)})
        return found

    def measure(self, title: str, entries: Sequence[tuple[Listed, str]]) -> str:
        """A measure that designates the entries, each given with the id of its actor, with the items of a menu as provisions."""
        items: dict[str, tuple[Item, Listed]] = {}
        for listed, _ in entries:
            for item in listed.items:
                items.setdefault(item.section, (item, listed))
        rules = rule_ids(item for item, _ in items.values())
        numbers = [listed.number for listed, _ in entries]
        together: dict[str, Value] = {"source": self.source}
        if len(numbers) <= MANY:  # of more, the source as a whole says it
            together["at"] = f"{'entry' if len(numbers) == 1 else 'entries'} {', '.join(numbers)}"
        cite: list[Value] = [together]
        status: Value = {
            "value": "in-force",
            "from": Said("unknown", "The list does not say since when, nor by what instrument."),
            "observed": [{"day": self.day.day, "cite": cite}],
            "cite": cite,
        }
        values: dict[str, Value] = {
            "title": Said(title, "Say in a few words what was imposed on whom."),
            "kind": "designation",
            "status": [status],
        }
        if items:
            values["provisions"] = [self.provision(item, listed, rules) for item, listed in items.values()]
        values["designations"] = [
            value for listed, actor in entries for value in self.designations(listed, actor, rules)
        ]
        return self.sheet("measures", values, HEAD)

    def provision(self, item: Item, listed: Listed, rules: Mapping[str, str]) -> Value:
        """The rule that an item of a menu stands for; whom it binds the list does not say."""
        kind = next((kind for words, kind in RULES if words in item.label.upper()), BLANK)
        values: dict[str, Value] = {"id": rules[item.section], "title": item.label.capitalize(), "kind": kind}
        basis = section_of(self.catalogue, item)
        quoted: list[Value] = [{**self.citation(listed), "words": item.words}]
        if basis:
            values["under"] = [{"regime": basis[0], "section": basis[1], "cite": quoted}]
        values["starts"] = Said("unknown", "The list does not say since when.")
        values["ends"] = "none-set"
        return {**values, "cite": self.cite(listed) if basis else quoted}

    def new_source(self, title: str, publisher: str, read_note: str, *, is_own: bool) -> str:
        """The file itself as a source; `is_own` for the list of those who keep it, not for what others made of it."""
        values: dict[str, Value] = {
            "title": title,
            "kind": "data",
            "publisher": publisher,
            **self.published_by(publisher),
            "date": self.day.day,
            "language": "en",
            "read": "excerpt",
            "read_note": read_note,
            "origin": {"value": "primary"} if is_own else Said({"value": BLANK}, DERIVED),
        }
        values["url_note"] = Said(BLANK, "Where the file was taken from, and on what day.")
        return self.sheet("sources", values, HEAD)

    def published_by(self, publisher: str) -> dict[str, Value]:
        """The publisher's own sheet, where another source of the same publisher names it."""
        known = (
            source.published_by for source in self.catalogue.all(Source) if source.publisher == publisher
        )
        found = next((ids for ids in known if ids), ())
        return {"published_by": list(found)} if found else {}

    def regime(self, programme: Programme) -> str:
        """A regime from the description of a programme; what the description tells of it stands in the remarks."""
        about = [
            f"{HEAD} OpenSanctions describes the programme so, which is no fact of ours: {programme.summary or '-'}",
            f"Issued by: {programme.issuer or '-'}. Measures: {', '.join(programme.measures) or '-'}. "
            f"Territories: {', '.join(programme.territories) or '-'}. Its page: {programme.url or '-'}",
        ]
        values: dict[str, Value] = {
            "title": programme.title,
            "also_called": [name for name in (programme.key, *programme.aliases) if name != programme.title],
            "status": [{"value": BLANK, "from": BLANK, "cite": [{"source": self.source}]}],
        }
        return self.sheet("regimes", values, " ".join(about))

    def sheet(self, collection: str, values: Mapping[str, Value], head: str) -> str:
        """The text of a sheet with its schema on top."""
        days = {"verified": str(self.written_on), "review_by": str(in_a_year(self.written_on))}
        model = COLLECTIONS[collection].model
        block = self.trees.block(model, {**values, **days})
        top = self.trees.comments_on_top(head)
        return f"{SCHEMA} $schema={self.schemas}/{collection}.json\n\n{top}\n\n{written(block, model)}"

    def observed(self, listed: Listed) -> Value:
        """The day of the list, on which the entry stood on it."""
        return {"day": self.day.day, "cite": self.cite(listed)}

    def cite(self, listed: Listed) -> list[Value]:
        return [self.citation(listed)]

    def citation(self, listed: Listed) -> dict[str, Value]:
        """The place in the source: the number of the entry."""
        return {"source": self.source, "at": f"entry {listed.number}"}


def rule_ids(items: Iterable[Item]) -> dict[str, str]:
    """An id for the provision of each section."""
    found: dict[str, str] = {}
    for item in items:
        id = "-".join(as_id(item.label).split("-")[:4]) or as_id(item.section)
        found[item.section] = id if id not in found.values() else f"{id}-{as_id(item.section)}"
    return found
