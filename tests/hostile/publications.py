"""The specimen as values, with every field of text filled in, to be written with texts of one's own in any place.

Each place carries its text between two marks of its own (`zq7a … zq7z`), so that it is known again wherever it is shown.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import COLLECTIONS
from factbook.model.records import Record
from factbook.model.sheet import Tombstone
from factbook.model.vocabularies import PHRASE_LISTS, VOCABULARIES, VocabularyFile
from factbook.yaml_text import parse
from tests.hostile.payloads import PLAIN
from tests.hostile.places import Leaf, fields, records
from tests.sites import copy_specimen

LEADS_ELSEWHERE = {
    ("Waiver", "code"), ("Waiver", "anchor"), ("ChangeNote", "now"),
}  # fmt: skip
"""Lines that have to name something there is: they are tried as forms."""


EITHER = {("WouldChange", "text"): {"when", "then"}, ("WouldChange", "then"): {"text"}}
"""Fields that stand in the place of others, and are filled in where none of these is."""


@dataclass
class Publication:
    """A publication that is being written: its files as values, and the texts of its places."""

    root: Path
    sheets: dict[str, tuple[type[Record], dict[str, Any]]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    """The Markdown of pages of prose by their file."""
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def config_file(self) -> Path:
        return self.root / "mkdocs.yml"

    def marks(self, number: int) -> tuple[str, str]:
        return f"zq{number}a", f"zq{number}z"

    def write(self, texts: Mapping[int, str]) -> None:
        """Write every sheet, with texts at the places of these numbers; each scalar stands on a line of its own."""
        for number, text in texts.items():
            leaf = self.leaves[number]
            here: Any = self.sheets[leaf.file][1]
            for step in leaf.where[:-1]:
                here = here[step]
            here[leaf.where[-1]] = text
        for file, (_, raw) in self.sheets.items():
            written = dumped(raw)
            if file.endswith(".md"):
                written = f"---\n{written}---\n{self.bodies[file]}"
            path = self.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written.encode("utf-8"))

    def lines(self, file: str) -> dict[int, int]:
        """The places of a file by the lines on which they stand."""
        text = (self.root / file).read_text(encoding="utf-8")
        fields_alone = text.split("\n---\n")[0].removeprefix("---\n") if file.endswith(".md") else text
        spots = parse(fields_alone, file, first_line=2 if file.endswith(".md") else 1).spots
        return {
            spots[leaf.where].line: number
            for number, leaf in enumerate(self.leaves)
            if leaf.file == file and leaf.where in spots
        }


def dumped(raw: Any) -> str:
    """Values as YAML, every text in double quotes on one line."""

    class Quoting(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(raw, Dumper=Quoting, default_style='"', width=10**9, allow_unicode=True, sort_keys=False)


def specimen(root: Path) -> Publication:
    """The specimen with every field of text of every block filled in, still with what it says."""
    config = copy_specimen(root)
    (root / "permalinks.txt").unlink()  # anchors are made of names, and these become others
    shutil.rmtree(root / "content" / "captures")  # no payload would be found in them
    made = Publication(root)
    for path in sorted(root.rglob("content/*/*.yml")):
        if path.stem in PHRASE_LISTS:
            continue  # lists of phrases steer checks and are shown nowhere
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        name = path.parent.name
        model = VocabularyFile if name == "vocabulary" else COLLECTIONS[name].model
        made.sheets[path.relative_to(root).as_posix()] = (Tombstone if "withdrawn" in raw else model, raw)
    for name, listed in VOCABULARIES.items():
        made.sheets.setdefault(
            f"content/vocabulary/{name}.yml",
            (
                VocabularyFile,
                {"title": listed.title, "values": [{"key": key, "label": row.label} for key, row in listed.values.items()]},
            ),
        )  # fmt: skip
    for path in sorted(root.rglob("briefings/*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        raw = yaml.load(front, Loader=yaml.CBaseLoader)  # noqa: S506  # plain text only
        file = path.relative_to(root).as_posix()
        made.sheets[file] = (Briefing if "question" in raw else PlainPage, raw)
        made.bodies[file] = body
    cited, citing = sorted(made_of for made_of in made.sheets if made_of.startswith("content/sources/"))[:2]
    made.sheets[citing][1]["withdrawal"] = {
        "day": "2026-10-02",
        "text": PLAIN,
        "cite": [{"source": Path(cited).stem}],
    }
    for file, (model, raw) in made.sheets.items():
        for kind, block, where in records(model, raw):
            for name, info, takes, many in fields(kind):
                if name == "id" and not where:
                    continue
                if name == "text" and file.endswith(".md") and not where:
                    continue
                if (kind.__name__, name) in EITHER and EITHER[kind.__name__, name] & block.keys():
                    continue
                free = takes in ("line", "text", "prose") and (kind.__name__, name) not in LEADS_ELSEWHERE
                if name not in block and free:
                    block[name] = [PLAIN] if many else PLAIN
                if name not in block or (kind.__name__ == "VocabularyFile" and name == "phrases"):
                    continue
                held = block[name]
                for position in range(len(held)) if isinstance(held, list) else (None,):
                    here = (*where, name) if position is None else (*where, name, position)
                    takes = takes if free or takes in ("words", "address") else "form"
                    made.leaves.append(Leaf(file, here, takes, kind.__name__, info))
    assert config == made.config_file
    return made


def with_settings(publication: Publication, name: str, description: str, rights: str) -> None:
    """Write the texts of the settings."""
    said = publication.config_file.read_text(encoding="utf-8").split("\n")
    for key, text in (("site_name", name), ("site_description", description), ("copyright", rights)):
        said = [f"{key}: {json.dumps(text)}" if line.startswith(f"{key}:") else line for line in said]
    publication.config_file.write_text("\n".join(said), encoding="utf-8")
