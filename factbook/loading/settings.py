"""The settings of a publication: what the engine needs from `mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from factbook.characters import code_point, hidden
from factbook.frozen import frozen
from factbook.loading.host_file import Entry, HostFile, read_host_file
from factbook.problems import Place, Problem, did_you_mean

OPTIONS = ("content", "templates", "edit_base", "issues_base", "search")
"""Options of the plugin `factbook` in `mkdocs.yml`."""

HOST = (
    *(
        "site_name",
        "site_url",
        "site_description",
        "site_author",
        "copyright",
        "nav",
        "theme",
        "docs_dir",
        "site_dir",
    ),
    *(
        "exclude_docs",
        "draft_docs",
        "not_in_nav",
        "dev_addr",
        "use_directory_urls",
        "strict",
        "extra",
        "validation",
    ),
    *(
        "repo_url",
        "repo_name",
        "edit_uri_template",
        "edit_uri",
        "remote_branch",
        "remote_name",
        "plugins",
        "hooks",
    ),
    *("extra_css", "extra_javascript", "extra_templates", "markdown_extensions", "watch"),
)
"""Settings of MkDocs 1.6, which gets no more releases."""
LICENCE = "LICENSE-CONTENT"
"""The file beside `mkdocs.yml` that says how the content may be used; a publication may have none."""


@frozen
class Settings:
    """Where a publication lies and what it is called."""

    config_file: Path
    site_name: str
    site_description: str = ""
    site_url: str = ""
    """Address of the site with a closing slash; empty when unset: links are relative then, and canonical addresses left out."""
    edit_url: str = ""
    """Address to which a file's path is appended to edit it; empty when unset."""
    issues_url: str = ""
    """Address of the form for a new issue, to report an error on a page; empty when unset."""
    briefings: str = "docs"
    """Folder of Markdown pages, from the project's root; unless another is named, that which MkDocs takes."""
    content: str = "content"
    """Folder of sheets, from the project's root."""
    templates: str = ""
    """Folder of templates that take precedence over the engine's; empty: none."""
    site_dir: str = "site"
    by_host: tuple[str, ...] = ()
    """What the host takes besides to make shells, from the project's root: `theme.custom_dir`, and the files of `hooks`."""

    @property
    def root(self) -> Path:
        """The folder of the configuration file; every path of the publication starts here."""
        return self.config_file.parent


def read_settings(config_file: Path) -> tuple[Settings | None, list[Problem]]:
    """The settings, or why there are none: codes `bad-settings`, `duplicate-key`, and those of `read_host_file`."""
    file, problems = read_host_file(config_file)
    if file.top is None:
        return None, problems
    reader = _Reader(file)
    settings = reader.settings(config_file.absolute())
    return (None, reader.problems) if reader.problems else (settings, [])


@dataclass
class _Reader:
    file: HostFile
    problems: list[Problem] = field(default_factory=list)

    def settings(self, config_file: Path) -> Settings:
        given = self.block(self.file.top, HOST, "a setting of MkDocs")
        options = self.block(self.options(given.get("plugins")), OPTIONS, "an option of factbook")
        self.look(given)
        for other in ("site_author", "copyright"):
            self.text(given.get(other))
        if "search" in options and options["search"].flag() is None:
            self.fault(options["search"], '"search" is true or false.')
        name = self.text(given.get("site_name")).strip()
        if not name and not ("site_name" in given and self.said(given["site_name"])):
            self.fault(given.get("site_name"), 'The publication has no name. Add "site_name: …".')
        content = self.folder(options.get("content"), "content")
        before = len(self.problems)
        briefings = self.folder(given.get("docs_dir"), "docs")
        if briefings and len(self.problems) == before and not (config_file.parent / briefings).is_dir():
            other = (
                "" if "docs_dir" in given else ' Another is named with "docs_dir:", as "docs_dir: briefings".'
            )
            self.fault(
                given.get("docs_dir"),
                f'There is no folder "{briefings}" beside this file. Pages of prose lie there.{other}',
            )
        templates = self.text(options.get("templates")).strip()
        if templates and not (config_file.parent / templates).is_dir():
            self.fault(
                options["templates"],
                f'There is no folder "{templates}" beside this file. Templates of your own lie there; without any, remove the line.',
                at_value=True,
            )
        site_dir = self.text(given.get("site_dir")) or "site"
        for what, folder in (("the sheets", content), ("the pages of prose", briefings)):
            if _lies_in(folder, site_dir):
                self.fault(
                    given.get("site_dir"),
                    f'"site_dir" is "{site_dir}", where {what} lie; a build would replace them. Name a folder of its own.',
                )
        return Settings(
            config_file=config_file,
            site_name=name,
            site_description=self.text(given.get("site_description")),
            site_url=_with_slash(self.address(given.get("site_url"))),
            edit_url=_with_slash(self.address(options.get("edit_base"))),
            issues_url=self.address(options.get("issues_base")).rstrip("/"),
            by_host=self.by_host(given),
            briefings=briefings,
            content=content,
            templates=templates,
            site_dir=site_dir,
        )

    def block(self, node: Any, known: tuple[str, ...], what: str) -> dict[str, Entry]:
        """The settings of a block by name; those that stand twice or do not exist are told."""
        found: dict[str, Entry] = {}
        for entry in self.file.entries(node):
            if entry.name == "INHERIT":
                self.fault(
                    entry, "Settings are read from this file alone. Write here what the other file sets."
                )
            elif entry.name not in known:
                other = ""
                if entry.name in OPTIONS:
                    other = ' It is an option of factbook: write it below "- factbook:" under "plugins:".'
                elif entry.name in HOST:
                    other = " It is a setting of MkDocs: begin it at the margin."
                self.fault(entry, f'"{entry.name}" is not {what}.{other or did_you_mean(entry.name, known)}')
            elif entry.name in found:
                first = found[entry.name].at_key.line
                self.problems.append(
                    Problem(
                        "duplicate-key",
                        entry.at_key,
                        f'"{entry.name}" stands here a second time; the first is on line {first}. Keep one of them.',
                    )
                )
            else:
                found[entry.name] = entry
        return found

    def options(self, plugins: Entry | None) -> Any:
        """The block of options of our plugin; None when it has none or is not switched on, which is told."""
        names: list[str] = []
        for name, node in self.plugins(plugins):
            names.append(name)
            if name == "factbook":
                if isinstance(node, yaml.MappingNode):
                    return node
                if node is not None and node.tag != "tag:yaml.org,2002:null":
                    cure = 'The options of factbook are a block: write each on a line of its own below it, as "content: content".'
                    self.problems.append(Problem("bad-settings", self.file.place(node), cure))
                return None
        near = next((name for name in names if did_you_mean(name, ["factbook"])), None)
        found = f' There is "{near}".' if near else ""
        self.fault(
            plugins, f'The plugin "factbook" is not switched on.{found} Write "- factbook" below "plugins:".'
        )
        return None

    def plugins(self, plugins: Entry | None) -> list[tuple[str, Any]]:
        """The plugins by name, each with its options."""
        node = plugins.node if plugins else None
        if isinstance(node, yaml.MappingNode):
            return [(str(key.value), value) for key, value in node.value]
        found: list[tuple[str, Any]] = []
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            if isinstance(item, yaml.ScalarNode):
                found.append((str(item.value), None))
            elif isinstance(item, yaml.MappingNode):
                found += [(str(key.value), value) for key, value in item.value]
        return found

    def look(self, given: dict[str, Entry]) -> None:
        """What the engine needs of the host: its theme, and addresses that end in a slash."""
        theme = given.get("theme")
        if theme is None or not theme.is_set:
            self.fault(theme, 'The pages are made for the theme "material". Write "theme: {name: material}".')
        else:
            names = [entry for entry in self.file.entries(theme.node) if entry.name == "name"]
            name = names[0] if names else theme  # "theme: material", or a block with its name
            if name.written() != "material":
                found = f' and "{name.written()}" is written here' if name.written() else ""
                cure = (
                    f'The pages are made for the theme "material"{found}. Write "theme: {{name: material}}".'
                )
                self.fault(name, cure, at_value=bool(names))
        for entry in self.file.entries(theme.node) if theme else ():
            if entry.name == "language" and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", entry.written()):
                cure = f'"language" is "{entry.written()}". Write a short code, as en for English.'
                self.fault(entry, cure, at_value=True)
        slashes = given.get("use_directory_urls")
        if slashes and slashes.flag() is not True:
            self.fault(slashes, "Addresses of pages end in a slash. Remove this line.")

    def by_host(self, given: dict[str, Entry]) -> tuple[str, ...]:
        """The folder and the files of the publication with which MkDocs makes shells; what is wrong with them is its to say."""
        theme, hooks = given.get("theme"), given.get("hooks")
        of_theme = [*self.file.entries(theme.node)] if theme else []
        files = hooks.node.value if hooks and isinstance(hooks.node, yaml.SequenceNode) else ()
        return (
            *(entry.written() for entry in of_theme if entry.name == "custom_dir" and entry.written()),
            *(str(node.value) for node in files if isinstance(node, yaml.ScalarNode)),
        )

    def text(self, entry: Entry | None) -> str:
        if entry is None or not entry.is_set:
            return ""
        found = entry.text()
        if found is None:
            written = entry.written()
            cure = (
                f'"{entry.name}" is {written}, which is read as a number, a date or a flag. Put it in quotes: {entry.name}: "{written}".'
                if written
                else f'"{entry.name}" is one text. Remove the list or the block.'
            )
            self.fault(entry, cure, at_value=True)
        if found and (at := hidden(found)) is not None:
            cure = f'"{entry.name}" holds an invisible character ({code_point(found[at])}). Delete it and type the text again.'
            self.problems.append(Problem("hidden-character", entry.at_value, cure))
        return found or ""

    def folder(self, entry: Entry | None, default: str) -> str:
        """A folder of the publication, from its root."""
        found = self.text(entry).strip().strip("/") or default
        plain = posixpath.normpath(found)
        if entry and (plain in ("..", ".") or plain.startswith("../") or self.text(entry).startswith("/")):
            self.fault(
                entry,
                f'"{entry.name}" is "{self.text(entry)}", which is not a folder inside the publication. Name one beside this file, as "{default}".',
                at_value=True,
            )
        return plain

    def address(self, entry: Entry | None) -> str:
        found = self.text(entry).strip()
        if not found or entry is None:
            return ""
        try:
            parts = urlsplit(found)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in found
        except ValueError:
            fine = False
        if not fine:
            cure = f'"{entry.name}" is "{found[:80]}". Write a full address that starts with https://, or leave it out.'
            self.fault(entry, cure, at_value=True)
        return found

    def fault(self, entry: Entry | None, message: str, *, at_value: bool = False) -> None:
        place = Place(self.file.name, 1, 1) if entry is None else entry.at_value if at_value else entry.at_key
        self.problems.append(Problem("bad-settings", place, message))

    def said(self, entry: Entry) -> bool:
        """Whether something is wrong at a setting already."""
        return any(problem.place in (entry.at_key, entry.at_value) for problem in self.problems)


def _lies_in(folder: str, outer: str) -> bool:
    """Whether a folder is another or lies inside it."""
    outer = posixpath.normpath(outer)
    return outer == "." or folder == outer or folder.startswith(f"{outer}/")


def _with_slash(address: str) -> str:
    return address.rstrip("/") + "/" if address else ""


_IN_WORDS = {
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text",
    "list": "a list",
    "dict": "a block of settings",
    "NoneType": "nothing",
}
"""What MkDocs calls by the names of Python's types."""


def refused_by_host(config_file: Path, said: str) -> list[Problem]:
    """What MkDocs does not take, one problem a complaint, each at the setting that it names. Code: bad-settings."""
    file, _ = read_host_file(config_file)
    places = {entry.name: entry.at_key for entry in file.entries(file.top)}
    problems = []
    types = re.compile(
        rf"<class '({'|'.join(_IN_WORDS)})'>|(?<=got a )({'|'.join(_IN_WORDS)})\b|(?<=got an )({'|'.join(_IN_WORDS)})\b"
    )
    said = types.sub(lambda found: _IN_WORDS[next(filter(None, found.groups()))], said)
    said = re.sub(r"got an? (?=a |nothing|true)", "got ", said)
    for complaint in said.splitlines():
        if complaint.startswith("ModuleNotFoundError"):
            continue  # what stands before it says it in words
        complaint = re.sub(r"\['([^]]*)'\]", lambda found: found[1].replace("', '", ", "), complaint)
        match = re.match(r"Config value '(?P<name>\w+)[^']*': (?P<said>.+)", complaint.strip())
        name = match["name"] if match else ""
        told = (
            f'MkDocs does not take "{name}": {match["said"]}'
            if match
            else f"MkDocs says: {complaint.strip()}"
        )
        named = re.search(r"in the '(\w+)' configuration", complaint)
        name = name or (named[1] if named else "")
        if complaint.strip():
            told = told if told.endswith(".") else f"{told}."
            problems.append(Problem("bad-settings", places.get(name, Place(file.name, 1, 1)), told))
    return problems
