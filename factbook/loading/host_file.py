"""The configuration file of the host as a tree with places: `mkdocs.yml`, read without MkDocs.

Tags are MkDocs's own (`!ENV`, names of Python objects) and are never carried out, `!ENV` apart. What the settings mean is left
to `settings`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from factbook.frozen import frozen
from factbook.problems import Place, Problem
from factbook.yaml_syntax import LOADER, slip

SIZE = 256 * 1024
"""Bytes; a configuration beyond it is refused unread."""


MAX_DEPTH = 32
"""Levels; composing deeper ones could end the process."""
MOST_ALIASES = 100
"""MkDocs allows them; of aliases of aliases a few lines could fill any memory."""


@frozen
class Entry:
    """One setting: its name, what it holds, and where both stand."""

    name: str
    node: Any
    at_key: Place
    at_value: Place

    @property
    def is_set(self) -> bool:
        """False for `name:` with nothing behind it."""
        return not (isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null")

    def text(self) -> str | None:
        """The text it holds, taken from the environment where it says so; None when it holds something else."""
        if self.node.tag == "!ENV":
            return _environment(self.node)
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:str":
            return str(self.node.value)
        return None

    def written(self) -> str:
        """What is written there, for messages; empty for lists and blocks."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else ""

    def flag(self) -> bool | None:
        """True or false; None when it is neither."""
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:bool":
            return self.node.value.lower() in ("true", "yes", "on")
        return None


@dataclass
class HostFile:
    """The configuration file, as far as it could be read."""

    name: str
    top: Any = None
    """The block of settings; None when the file cannot be read."""

    def entries(self, block: Any) -> Iterator[Entry]:
        """The settings of a block, in order; of equal ones all."""
        if isinstance(block, yaml.MappingNode):
            for key, value in block.value:
                name = str(key.value) if isinstance(key, yaml.ScalarNode) else "[…]"
                yield Entry(name, value, self.place(key), self.place(value))

    def place(self, node: Any) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)


def read_host_file(path: Path) -> tuple[HostFile, list[Problem]]:
    """The file, or why it cannot be read: codes `unreadable-file`, `not-utf-8`, `too-large`, `bad-yaml`, `yaml-feature`, `bad-settings`."""
    file = HostFile(path.name)
    try:
        if path.exists() and not path.is_file():
            raise IsADirectoryError  # a pipe would be waited for, for ever
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            data = opened.read(SIZE + 1) if size <= SIZE else b""
    except OSError:
        cure = "There is no such file. Start in the folder of mkdocs.yml, or name it with -f."
        if path.exists():
            cure = "This cannot be opened as a file. Name the publication’s mkdocs.yml with -f."
        return file, [Problem("unreadable-file", Place(str(path)), cure)]
    start = Place(file.name, 1, 1)
    if (size := max(size, len(data))) > SIZE:
        cure = f"The file has {-(-size // 1024)} KB; at most {SIZE // 1024} KB are read."
        return file, [Problem("too-large", Place(file.name), cure)]
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = Place(file.name, data.count(b"\n", 0, error.start) + 1, 1)
        return file, [
            Problem("not-utf-8", place, "This line is not UTF-8 text. Save the file again as UTF-8.")
        ]
    try:
        if refused := _refused(text, file.name):
            return file, [refused]
        file.top = yaml.compose(text, Loader=LOADER)  # nodes only: nothing that a tag names is ever made
    except yaml.MarkedYAMLError as error:
        found = slip(error, text)
        return file, [Problem("bad-yaml", Place(file.name, found.line, found.column), found.sentence)]
    except yaml.YAMLError:
        return file, [
            Problem("bad-yaml", start, "This file cannot be read as YAML. Save it as plain UTF-8 text.")
        ]
    if file.top is None:
        return file, [Problem("bad-settings", start, 'The file is empty. Write at least "site_name: …".')]
    if not isinstance(file.top, yaml.MappingNode):
        cure = 'A configuration is a list of settings, as "site_name: …".'
        file.top = None
        return file, [Problem("bad-settings", start, cure)]
    return file, []


def _refused(text: str, name: str) -> Problem | None:
    """What could end the process if it were composed, or written out later; None where nothing of the kind is there."""
    depth = aliases = 0
    opened: list[bool] = []  # of each block around, whether it has an anchor
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(event.anchor is not None)
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        depth = len(opened)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH:
            code = "bad-yaml"
            cure = (
                f"This is nested more than {MAX_DEPTH} levels deep. Check the brackets and the indentation."
            )
        elif aliases > MOST_ALIASES:
            code, cure = (
                "yaml-feature",
                f"There are more than {MOST_ALIASES} aliases. Write the text in full.",
            )
        elif isinstance(event, yaml.AliasEvent) and any(opened):
            code, cure = "yaml-feature", "An alias stands inside what has an anchor. Write the text in full."
        else:
            continue
        mark: Any = event.start_mark
        return Problem(code, Place(name, mark.line + 1, mark.column + 1), cure)
    return None


def _environment(node: Any) -> str | None:
    """What `!ENV NAME` or `!ENV [NAME, …, default]` stands for; None when no text stands there."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value, "")
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(n, yaml.ScalarNode) for n in node.value):
        return None
    values = [str(item.value) for item in node.value]
    *names, default = values if len(values) > 1 else [*values, ""]
    return next((os.environ[name] for name in names if name in os.environ), default)
