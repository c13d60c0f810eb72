"""The usual way with MkDocs: a script reads the sheets with `yaml.safe_load` and writes a Markdown file for each, Material does the rest.

`python3 -m bench.usual CONTENT FOLDER` writes them; then `mkdocs build` in that folder. Needs PyYAML alone, so that it runs in
the peers' environment.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SETTINGS = """\
site_name: Bench
site_url: https://example.org/repo/
theme:
  name: material
plugins:
  - search
"""
OUTSIDE_NAV = """\
nav:
  - index.md
not_in_nav: |
  /*/
"""
_LINK = re.compile(r"\[\[([a-z0-9-]+)\|([^\]]+)\]\]")
_CITED = re.compile(r"\[@([a-z0-9-]+)(?:, ([^\]]+))?\]")


def write(content: Path, folder: Path, *, in_nav: bool) -> int:
    """Writes the pages and the settings; the number of pages."""
    sheets: dict[str, tuple[str, dict[str, Any]]] = {}
    for path in sorted(content.glob("*/*.yml")):
        sheets[path.stem] = (path.parent.name, yaml.safe_load(path.read_text("utf-8")))
    titles = {id: _title(fields) for id, (_, fields) in sheets.items()}
    reverse: dict[str, list[tuple[str, str]]] = {}
    for id, (_, fields) in sheets.items():
        for to, said in _links(fields, sheets):
            reverse.setdefault(to, []).append((id, said))
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(SETTINGS + ("" if in_nav else OUTSIDE_NAV), "utf-8")
    (docs / "index.md").write_text("# Bench\n\nNothing here is real.\n", "utf-8")
    for id, (collection, fields) in sheets.items():
        page = _Page(sheets, titles)
        text = page.text(id, fields, reverse.get(id, ()))
        (docs / collection).mkdir(exist_ok=True)
        (docs / collection / f"{id}.md").write_text(text, "utf-8")
    return len(sheets)


class _Page:
    """One page in the making, with its notes."""

    def __init__(self, sheets: Mapping[str, tuple[str, dict[str, Any]]], titles: Mapping[str, str]) -> None:
        self.sheets, self.titles = sheets, titles
        self.notes: list[tuple[str, str]] = []

    def text(self, id: str, fields: Mapping[str, Any], reverse: Sequence[tuple[str, str]]) -> str:
        parts = [f"# {self.titles[id]}\n", self._prose(fields.get("lede", "")) + "\n"]
        for name, value in fields.items():
            if name not in ("lede", "body", "title", "short"):
                parts.append(f"## {name.replace('_', ' ').capitalize()}\n\n{self._value(value, '')}\n")
        parts.append(self._prose(fields.get("body", "")) + "\n")
        if reverse:
            parts.append("## Mentioned in\n")
            parts.append("".join(f"- {self._link(origin)} {said}\n" for origin, said in reverse))
        if self.notes:
            parts.append("## Sources\n")
            parts.append(
                "".join(f"{number}. {self._note(*note)}\n" for number, note in enumerate(self.notes, 1))
            )
        return "\n".join(parts)

    def _value(self, value: Any, indent: str) -> str:
        if isinstance(value, Mapping):
            said = [
                f"{name.replace('_', ' ')}: {self._value(item, indent + '    ').strip()}"
                for name, item in value.items()
                if name not in ("cite", "id")
            ]
            return "; ".join(said) + "".join(self._cite(cite) for cite in value.get("cite", ()))
        if isinstance(value, list):
            return (
                "\n" + "\n".join(f"{indent}- {self._value(item, indent + '    ')}" for item in value) + "\n"
            )
        return self._link(value) if value in self.sheets else self._prose(str(value))

    def _prose(self, text: str) -> str:
        linked = _LINK.sub(lambda m: f"[{m[2]}](../{self.sheets[m[1]][0]}/{m[1]}.md)", text)
        return _CITED.sub(lambda m: self._cite({"source": m[1], "at": m[2] or ""}), linked)

    def _cite(self, cite: Mapping[str, str]) -> str:
        self.notes.append((cite["source"], cite.get("at", "")))
        return f" [{len(self.notes)}](#sources)"

    def _link(self, id: str) -> str:
        return f"[{self.titles[id]}](../{self.sheets[id][0]}/{id}.md)"

    def _note(self, id: str, at: str) -> str:
        source = self.sheets[id][1]
        return (
            f"{self._link(id)}. {source['publisher']}, {_day(source['date'])}. {at} "
            f"{source['origin']['value']}. {source['interest']} <{source['url']}>"
        )


def _title(fields: Mapping[str, Any]) -> str:
    names = fields.get("names") or [{"text": ""}]
    return str(fields.get("title") or fields.get("gist") or names[0]["text"])


def _day(value: object) -> str:
    return value.strftime("%-d %B %Y") if isinstance(value, date) else str(value)


def _links(value: Any, sheets: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Every sheet that a value points to, with the sentence around it."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _links(item, sheets)
    elif isinstance(value, list):
        for item in value:
            yield from _links(item, sheets)
    elif isinstance(value, str):
        if value in sheets:
            yield value, ""
        elif "[" in value:
            for said in re.split(r"(?<=[.?!]) ", " ".join(value.split())):
                plain = _CITED.sub("", _LINK.sub(r"\2", said))
                for found in (*_LINK.finditer(said), *_CITED.finditer(said)):
                    yield found[1], plain


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--nav"]
    write(Path(arguments[0]), Path(arguments[1]), in_nav="--nav" in sys.argv)
