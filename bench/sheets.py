"""A synthetic publication of any size: all collections in the proportions of a real one, with links, evidence and prose.

`python3 -m bench.sheets --sheets 10000 FOLDER`. The same number and seed give the same bytes. Sheets refer to others near
them, as the sheets of one affair do, and now and then to a hub that everybody refers to. Nothing in it is real. The words are
left to `words`, the layout to `yaml_writing`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.words import Word, adjective, day, noun, phrase, sentence, word
from bench.yaml_writing import Folded, Paragraphs, Value, sheet_text

Fields = dict[str, Value]
"""The fields of one sheet."""

PROPORTIONS = {
    "measures": 14,
    "regimes": 14,
    "actors": 89,
    "systems": 18,
    "events": 91,
    "statements": 84,
    "sources": 232,
    "terms": 52,
}
"""Sheets of each collection in a publication of 594."""
SHEETS_A_BRIEFING = 600
HUBS = 5
"""The first so many sheets of a collection are hubs: a law, a list, a state that sheets of every affair refer to."""
TO_A_HUB = 0.05
"""The share of references that go to a hub; half of those to the first."""
NEAR = 4
"""How many places away from its own a sheet looks for what it refers to."""
AS_OF = "2026-11-22"
"""The day that the sheets are right for."""
_VERIFIED = {"verified": "2026-11-01", "review_by": "2031-11-01"}
_PLACES = ("page {}", "paragraph {}", "article {}", "entry {}", "section {}")
_COUNTRIES = ("NO", "BV", "HM", "TR", "RU", "US", "KZ", "AE")
SOURCE_KINDS = ("law", "official", "press", "press", "analysis", "data")
_LANGUAGES = ("en", "en", "en", "tr", "ru", "ar", "de")


def is_derived(position: int) -> bool:
    """Whether the source at a place takes from the one before it."""
    return position % 5 == 4


def is_primary(position: int) -> bool:
    """Whether the source at a place is an instrument or a record itself."""
    return SOURCE_KINDS[position % len(SOURCE_KINDS)] in ("law", "official", "data") and not is_derived(
        position
    )


@dataclass(frozen=True)
class Plan:
    """Which sheets there are: their ids and short titles, known before any is made, so that all can be linked."""

    seed: int
    ids: dict[str, list[str]]
    words: dict[str, list[Word]]
    titles: dict[str, str]
    """Short titles by id."""
    briefings: list[str]

    def random(self, *place: object) -> Random:
        """The dice of one sheet, the same whichever other sheets are made."""
        return Random(f"{self.seed}/{'/'.join(map(str, place))}")


def plan(sheets: int, seed: int = 1) -> Plan:
    """The ids and titles of a publication of so many sheets, at least one a collection."""
    whole = sum(PROPORTIONS.values())
    counts = {name: max(1, sheets * share // whole) for name, share in PROPORTIONS.items()}
    counts["sources"] += sheets - sum(counts.values())
    ids: dict[str, list[str]] = {}
    words: dict[str, list[Word]] = {}
    titles: dict[str, str] = {}
    number = 0
    for name, count in counts.items():
        words[name] = [word(number + position) for position in range(count)]
        number += count
        random = Random(f"{seed}/{name}")
        ids[name], these = [], []
        for each in words[name]:
            id, title = _called(name, each, random)
            ids[name].append(id)
            these.append(title)
        titles.update(zip(ids[name], these, strict=True))
    briefings = [
        f"what-came-of-{word(number + n).ascii.lower()}" for n in range(max(1, sheets // SHEETS_A_BRIEFING))
    ]
    return Plan(seed, ids, words, titles, briefings)


def _called(collection: str, name: Word, random: Random) -> tuple[str, str]:
    """Id and short title of a sheet."""
    a, b = adjective(random), noun(random)
    low = name.ascii.lower()
    match collection:
        case "measures":
            return f"{low}-{b}-ban", f"{a.capitalize()} {b} ban on {name.native}"
        case "regimes":
            return f"{low}-{b}-act", f"{name.native} {b.capitalize()} Act"
        case "actors":
            if random.random() < 0.5:
                return f"{low}-{b}", f"{name.native} {b.capitalize()}"
            other = word(random.randrange(2000))
            return f"{other.ascii.lower()}-{low}", f"{other.native} {name.native}"
        case "systems":
            return f"{low}-{random.randrange(10, 99)}", f"{name.native} {b}"
        case "events":
            when = day(random)
            return f"{b}-of-{low}-{when}", f"{a.capitalize()} {b} of {name.native}"
        case "statements":
            when = day(random)
            return f"{low}-{when}-{a}-{b}", f"The {a} {b} of {name.native} will not hold"
        case "sources":
            when = day(random)
            return f"{low}-{b}-{when}", f"{name.native} on the {a} {b}"
        case _:
            return f"{low}-{b}-term", f"{a.capitalize()} {b} ({name.native})"


class Sheets:
    """Makes the sheets of a plan one by one; the same sheet whenever it is asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __iter__(self) -> Iterator[tuple[str, str, Fields]]:
        """Collection, id and fields of every sheet."""
        makers = {
            "measures": self._measure,
            "regimes": self._regime,
            "actors": self._actor,
            "systems": self._system,
            "events": self._event,
            "statements": self._statement,
            "sources": self._source,
            "terms": self._term,
        }
        for collection, ids in self.plan.ids.items():
            for position, id in enumerate(ids):
                random = self.plan.random(collection, position)
                fields = makers[collection](_At(self.plan, random, collection, position))
                yield collection, id, {key: value for key, value in fields.items() if value}

    @staticmethod
    def _measure(at: _At) -> Fields:
        regime, event = at.near("regimes"), at.near("events")
        provisions = [at.provision(number, regime) for number in range(3)]
        return {
            "title": f"{at.title} of {at.word.native}",
            "short": at.title,
            "lede": at.lede(),
            "is_sanction": "true",
            "kind": "designation",
            "imposed_by": [{"actor": at.near("actors"), "role": "made the finding", "cite": at.cites(1)}],
            "under": [{"regime": regime, "section": "s1", "cite": at.cites(1)}],
            "announced_by": event,
            "status": [
                {
                    "value": "in-force",
                    "from": "2021-03-01",
                    "by": {"event": event},
                    "observed": [{"day": "2025-12-19", "cite": at.cites(1)}],
                    "cite": at.cites(2),
                    "confidence": "high",
                }
            ],
            "ground": [at.text_fact("finding")],
            "provisions": provisions,
            "designations": [
                {
                    "id": f"named-{number}",
                    "actor": at.near("actors"),
                    "entry": str(at.random.randrange(1000, 99999)),
                    "from": "2021-03-01",
                    "until": "none-set",
                    "provisions": [str(provision["id"]) for provision in provisions[: number + 2]],
                    "cite": at.cites(1),
                }
                for number in range(2)
            ],
            "not_covered": [at.text_fact("small-cargo")],
            "ways_out": [at.text_fact("waiver")],
            "relations": at.relation("measures", "measure", "compared-with"),
            "facts": [at.text_fact("reach")],
            "body": at.body(6),
            "confidence": "high",
            **_VERIFIED,
        }

    @staticmethod
    def _regime(at: _At) -> Fields:
        return {
            "title": f"{at.title} of {at.random.randrange(1990, 2021)}",
            "short": at.title,
            "lede": at.lede(),
            "kind": "list" if at.position % 4 == 3 else "statute",
            "issued_by": [{"actor": at.near("actors"), "cite": at.cites(1)}],
            "status": [{"value": "in-force", "from": "2020-01-01", "cite": at.cites(2)}],
            "sections": [
                {
                    "id": f"s{number}",
                    "at": f"{number}(a)",
                    "title": f"{adjective(at.random).capitalize()} {noun(at.random)}",
                    "text": Folded(sentence(at.random) + "."),
                    "cite": at.cites(1),
                }
                for number in range(1, 5)
            ],
            "body": at.body(6),
            "confidence": "high",
            **_VERIFIED,
        }

    @staticmethod
    def _actor(at: _At) -> Fields:
        person = at.position % 2 == 1
        held: Fields = {}
        if person:
            held = {
                "posts": [
                    {
                        "id": "chair",
                        "role": f"head of {phrase(at.random)}",
                        "of": at.near("actors"),
                        "from": f"{at.random.randrange(2008, 2018)}-0{at.random.randrange(1, 10)}",
                        "until": f"{at.random.randrange(2018, 2025)}",
                        "cite": at.cites(2),
                    }
                ]
            }
        return {
            "names": at.names(),
            "kind": "person" if person else at.random.choice(("company", "public-body", "organisation")),
            "country": at.random.choice(_COUNTRIES),
            "lede": at.lede(),
            **held,
            "relations": at.relation("actors", "actor", "partner-of"),
            "facts": [at.text_fact("size"), at.text_fact("part-played")],
            "body": at.body(6),
            "confidence": "high",
            **_VERIFIED,
        }

    @staticmethod
    def _system(at: _At) -> Fields:
        return {
            "names": at.names(),
            "kind": at.random.choice(("air-defence", "radar", "engine", "drone", "naval")),
            "what": f"{adjective(at.random)} {noun(at.random)}",
            "country": at.random.choice(_COUNTRIES),
            "lede": at.lede(),
            "makers": [{"actor": at.near("actors"), "cite": at.cites(2)}],
            "relations": at.relation("systems", "system", "rival-of"),
            "facts": [at.text_fact("range"), at.text_fact("buyers")],
            "body": at.body(6),
            "confidence": "high",
            **_VERIFIED,
        }

    @staticmethod
    def _event(at: _At) -> Fields:
        return {
            "title": at.title,
            "kind": at.random.choice(("sanction", "law", "deal", "delivery", "talks", "decision")),
            "happened": {"date": at.day(), "cite": at.cites(2)},
            "actors": at.several("actors", 2),
            **({"measures": [at.near("measures")]} if at.position % 3 == 0 else {}),
            **({"systems": [at.near("systems")]} if at.position % 4 == 0 else {}),
            "relations": at.relation("events", "event", "part-of"),
            "matters": "major" if at.position % 5 == 0 else "minor",
            "lede": at.lede(),
            "facts": [at.text_fact("where"), at.text_fact("terms-met")],
            "body": at.body(6),
            "confidence": "high",
            **_VERIFIED,
        }

    @staticmethod
    def _statement(at: _At) -> Fields:
        place = at.place_near("sources")
        sources = at.plan.ids["sources"]
        source = sources[place]
        first = sources[place - 1] if is_derived(place) else source
        foretells: Fields = {}
        if at.position % 4 == 0:
            foretells = {
                "prediction": {
                    "settles_by": "2026-06-30",
                    "criterion": f"{sentence(at.random)}.",
                    "criterion_by": "us",
                    "outcome": {
                        "value": at.random.choice(("happened", "partly", "not-so-far")),
                        "day": "2026-07-01",
                        "note": Folded(f"{sentence(at.random, figure=True)}. [@{at.source()}]"),
                        "cite": at.cites(2),
                    },
                }
            }
        answers: Fields = {}
        if at.position % 2 == 0:
            stance = at.random.choice(("agrees", "partly", "disagrees", "no-view"))
            answers = {"answers": [{"question": at.briefing, "stance": stance}]}
        related: Fields = {}
        if at.position % 3 == 1:
            kind = "contradicts" if at.position % 9 == 4 else "supports"
            related = {"relations": [{"kind": kind, "statement": at.before("statements")}]}
        return {
            "speakers": [at.near("actors")],
            "act": "predicts" if foretells else at.random.choice(("asserts", "denies", "promises", "asks")),
            "said_on": {"date": first[-10:]},
            "gist": f"{at.title}.",
            "words": [{"text": sentence(at.random).lower(), "lang": "en", "of": "document"}],
            "first_in": first,
            "read_in": {"source": source, "at": at.place()},
            "seen": [source],
            "about": [at.near("measures"), at.near("systems")],
            **answers,
            **related,
            **foretells,
            "lede": at.lede(),
            "body": at.body(7),
            "confidence": "medium",
            **_VERIFIED,
        }

    @staticmethod
    def _source(at: _At) -> Fields:
        random = at.random
        kind = SOURCE_KINDS[at.position % len(SOURCE_KINDS)]
        derived: Fields = {"origin": {"value": "primary" if is_primary(at.position) else "own-reporting"}}
        if is_derived(at.position):
            parent = at.plan.ids["sources"][at.position - 1]
            derived = {
                "origin": {"value": "derived", "basis": "It names where it took the text from."},
                "derived_from": [{"source": parent, "kind": "reports", "basis": "Named in its first line."}],
            }
        return {
            "title": at.title,
            "kind": kind,
            "publisher": f"{at.word.native} {noun(random).capitalize()}",
            "published_by": [at.near("actors")],
            "byline": f"{word(random.randrange(4000)).native} {word(random.randrange(4000)).native}",
            "date": at.id[-10:],
            "number": f"{random.randrange(2012, 2026)}/{random.randrange(1, 999)}",
            "url": f"https://example.org/{at.id}",
            "language": random.choice(_LANGUAGES),
            "read": random.choice(("whole", "excerpt")),
            "read_note": f"{phrase(random).capitalize()} and {phrase(random)}.",
            **derived,
            "interest": f"{sentence(random)}.",
            "lede": at.lede(),
            "facts": [at.text_fact("seen"), at.text_fact("kept")],
            "body": at.body(6),
            **_VERIFIED,
        }

    @staticmethod
    def _term(at: _At) -> Fields:
        return {
            "title": at.title,
            "names": [
                {"text": at.word.native.lower(), "lang": "tr", "kind": "native"},
                {"text": at.word.cyrillic.lower(), "lang": "ru", "kind": "native"},
            ],
            "definition": Folded(f"{sentence(at.random)}. {sentence(at.random)}."),
            "confused_with": [{"term": at.before("terms"), "difference": f"{sentence(at.random)}."}]
            if at.position
            else [],
            "see": [at.near("measures"), at.near("regimes")],
            "facts": [at.text_fact("first-use"), at.text_fact("in-law")],
            "body": at.body(6),
            "confidence": "medium",
            **_VERIFIED,
        }


class _At:
    """One sheet in the making: its place among the others, its dice, and the parts that all sheets are made of."""

    def __init__(self, plan: Plan, random: Random, collection: str, position: int) -> None:
        self.plan, self.random, self.position = plan, random, position
        self.collection = collection
        self.id = plan.ids[collection][position]
        self.title = plan.titles[self.id]
        self.word = plan.words[collection][position]
        self.share = position / len(plan.ids[collection])
        self.briefing = plan.briefings[int(self.share * len(plan.briefings))]

    def place_near(self, collection: str) -> int:
        """The place of a sheet of the same affair, now and then of a hub."""
        number = len(self.plan.ids[collection])
        dice = self.random.random()
        if dice < TO_A_HUB:
            return 0 if dice < TO_A_HUB / 2 else self.random.randrange(HUBS) % number
        return (int(self.share * number) + self.random.randrange(-NEAR, NEAR + 1)) % number

    def near(self, collection: str) -> str:
        """A sheet of the same affair, now and then a hub; never this one where there is another."""
        ids = self.plan.ids[collection]
        place = self.place_near(collection)
        return ids[place] if ids[place] != self.id else ids[(place + 1) % len(ids)]

    def before(self, collection: str) -> str:
        """A sheet of this collection a little before this one, so that no two come from each other."""
        return self.plan.ids[collection][max(0, self.position - self.random.randrange(1, NEAR))]

    def several(self, collection: str, number: int) -> list[str]:
        """Different sheets of the same affair."""
        return list(dict.fromkeys(self.near(collection) for _ in range(number)))

    def source(self) -> str:
        return self.near("sources")

    def place(self) -> str:
        return self.random.choice(_PLACES).format(self.random.randrange(1, 60))

    def day(self) -> str:
        """The day in the id of an event."""
        return self.id[-10:]

    def cites(self, number: int) -> list[Value]:
        """Citations of different sources, most with the place in them; the first is often a primary one."""
        first = self.place_near("sources")
        if not is_primary(first):
            first = self.place_near("sources")
        sources = [self.plan.ids["sources"][first], *self.several("sources", number - 1)]
        return [
            {"source": source, "at": self.place()} if self.random.random() < 0.6 else {"source": source}
            for source in dict.fromkeys(sources)
            if source != self.id
        ] or [{"source": self.source()}]

    def text_fact(self, id: str) -> Fields:
        said = sentence(self.random, figure=self.random.random() < 0.5)
        return {"id": id, "text": Folded(f"{said}."), "cite": self.cites(1)}

    def relation(self, collection: str, name: str, kind: str) -> list[Value]:
        other = self.near(collection)
        if other == self.id:
            return []
        return [{"id": "neighbour", "kind": kind, name: other, "cite": self.cites(1)}]

    def names(self) -> list[Value]:
        """The name in three scripts."""
        latin = self.title
        return [
            {"text": latin, "lang": "en", "kind": "official"},
            {"text": self.word.native, "lang": "tr", "kind": "native"},
            {"text": self.word.cyrillic, "lang": "ru", "script": "Cyrl", "kind": "transliteration"},
            {"text": self.word.arabic, "lang": "ar", "script": "Arab", "kind": "transliteration"},
        ]

    def provision(self, number: int, regime: str) -> Fields:
        kind, act, who = (
            ("export-control", "license", "authorities"),
            ("financial-restrictions", "lend", "financial-institutions"),
            ("export-credit", "guarantee", "persons"),
        )[number]
        threshold: Fields = {}
        if number == 1:
            amount = str(self.random.randrange(1, 90) * 1000000)
            period = "any 12-month period"
            threshold = {
                "threshold": {"amount": amount, "currency": "USD", "period": period, "cite": self.cites(1)}
            }
        return {
            "id": f"rule-{number + 1}",
            "title": f"{adjective(self.random).capitalize()} {noun(self.random)}",
            "kind": kind,
            "under": [{"regime": regime, "section": f"s{number + 1}", "cite": self.cites(1)}],
            "binds": {"who": who},
            "burdens" if number == 2 else "forbids": [
                {"id": "acts", "act": act, "text": Folded(sentence(self.random) + "."), "cite": self.cites(1)}
            ],
            "does_not_forbid": [
                {"id": "rest", "act": act, "text": Folded(sentence(self.random) + "."), "cite": self.cites(1)}
            ],
            **threshold,
            "starts": "2021-03-01",
            "ends": "none-set",
            "cite": self.cites(1),
        }

    def lede(self) -> Folded:
        return Folded(f"{sentence(self.random, self._link('actors'))}. {self._cited()}")

    def body(self, sentences: int) -> Paragraphs:
        """Two paragraphs with links and citations."""
        first = [f"{sentence(self.random, self._link('events'))}.", self._cited()]
        second = [f"{sentence(self.random, self._link('measures'))}."]
        for number in range(sentences - 3):
            (first if number % 2 else second).append(
                self._cited() if number == 1 else f"{sentence(self.random)}."
            )
        return Paragraphs(" ".join(first) + "\n\n" + " ".join(second))

    def _cited(self) -> str:
        return f"{sentence(self.random, figure=True)}. [@{self.source()}, {self.place()}]"

    def _link(self, collection: str) -> str:
        return f"[[{self.near(collection)}|the {adjective(self.random)} {noun(self.random)}]]"


def write(sheets: int, folder: Path, seed: int = 1) -> Plan:
    """Writes the publication into an empty or a new folder."""
    planned = plan(sheets, seed)
    for collection in planned.ids:
        (folder / "content" / collection).mkdir(parents=True, exist_ok=True)
    (folder / "briefings").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    for name, text in briefings(planned):
        (folder / "briefings" / name).write_text(text, "utf-8")
    for collection, id, fields in Sheets(planned):
        path = folder / "content" / collection / f"{id}.yml"
        path.write_text(sheet_text(fields), "utf-8")
    return planned


def briefings(planned: Plan) -> Iterator[tuple[str, str]]:
    """File names and texts of the pages of prose: one briefing for each 600 sheets, and the three that every publication has."""
    for id, title in (("index", "Bench"), ("about", "About"), ("method", "How we work")):
        yield (
            f"{id}.md",
            _front({"title": title, "description": f"{title}: nothing here is real."})
            + "\nNothing here is real.\n",
        )
    for number, id in enumerate(planned.briefings):
        share = number / len(planned.briefings)
        here = {name: ids[int(share * len(ids))] for name, ids in planned.ids.items()}
        random = planned.random("briefings", number)
        front: Fields = {
            "title": id.replace("-", " ").capitalize(),
            "question": f"{id.replace('-', ' ').capitalize()}?",
            "short_answer": Folded(f"{sentence(random)}."),
            "confidence": "medium",
            "would_change": [{"text": Folded(f"{sentence(random)}.")}],
            "rests_on": [here["measures"], here["statements"]],
            "description": f"{sentence(random)}.",
        }
        yield f"{id}.md", _front(front) + _story(here, id, random)


def _story(here: dict[str, str], id: str, random: Random) -> str:
    blocks = (
        f"::: timeline about={here['measures']}",
        f"::: stance-matrix question={id}",
        f"::: people actors={here['actors']}",
    )
    parts = []
    for block in blocks:
        said = " ".join(f"{sentence(random, figure=True)}. [@{here['sources']}]" for _ in range(4))
        parts.append(f"\n## {phrase(random).capitalize()}\n\n{said}\n\n{block}\n")
    return "".join(parts)


def _front(fields: Fields) -> str:
    return f"---\n{sheet_text({**fields, **_VERIFIED})}---\n"


SETTINGS = """\
# A synthetic publication, for weighing the engine. Nothing in it is real.
site_name: Bench
site_description: Synthetic sheets, for weighing the engine.
copyright: Nothing here is real.
site_url: https://example.org/repo/
docs_dir: briefings
site_dir: site

theme:
  name: material
  font: false
  language: en

plugins:
  - factbook:
      content: content
      edit_base: https://example.org/repo/edit/main/
      issues_base: https://example.org/repo/issues/new

extra:
  generator: false

validation:
  omitted_files: ignore
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
"""


def main(words: Sequence[str] | None = None) -> int:
    """Writes a publication and says what came of it."""
    parser = argparse.ArgumentParser(description="Makes a synthetic publication.")
    parser.add_argument("--sheets", type=int, default=10000, help="how many sheets (10000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other words and links (1)")
    parser.add_argument("folder", type=Path, help="where to, a new folder")
    asked = parser.parse_args(words)
    if asked.sheets < len(PROPORTIONS):
        parser.error(f"at least {len(PROPORTIONS)} sheets, one a collection")
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty")
    started = time.perf_counter()
    write(asked.sheets, asked.folder, asked.seed)
    print(f"{asked.sheets} sheets in {asked.folder}, in {time.perf_counter() - started:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
