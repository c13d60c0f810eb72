"""The settings of a publication: what the engine needs from `mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from factbook.problems import Place, Problem, did_you_mean

OPTIONS = ("content", "templates", "edit_base", "search")
"""Options of the plugin `factbook` in `mkdocs.yml`."""


@dataclass(frozen=True)
class Settings:
    """Where a publication lies and what it is called."""

    config_file: Path
    site_name: str
    site_description: str = ""
    site_url: str = ""
    """Address of the site with a closing slash; empty when unset: links are relative then, and canonical addresses left out."""
    edit_url: str = ""
    """Address to which a file's path is appended to edit it; empty when unset."""
    briefings: str = "briefings"
    """Folder of Markdown pages, from the project's root."""
    content: str = "content"
    """Folder of sheets, from the project's root."""
    templates: str = ""
    """Folder of templates that take precedence over the engine's; empty: none."""
    site_dir: str = "site"

    @property
    def root(self) -> Path:
        """The folder of the configuration file; every path of the publication starts here."""
        return self.config_file.parent


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader has no types
    """MkDocs's own file may hold `!ENV` and tags of Markdown extensions; nothing of them is executed here."""


def _environment(loader: Any, node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(loader.construct_scalar(node))
    *names, default = (
        loader.construct_sequence(node) if len(node.value) > 1 else [*loader.construct_sequence(node), None]
    )
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def read_settings(config_file: Path) -> tuple[Settings | None, list[Problem]]:
    """The settings, or why there are none: codes `bad-settings`, `unreadable-file`, `bad-yaml`."""
    name = config_file.name
    try:
        text = config_file.read_text(encoding="utf-8")
    except OSError:
        return None, [
            Problem(
                "unreadable-file",
                Place(str(config_file)),
                "There is no such file. Start in the folder of mkdocs.yml, or name it with -f.",
            )
        ]
    except UnicodeDecodeError:
        return None, [
            Problem("not-utf-8", Place(name), "The file is not UTF-8 text. Save it again as UTF-8.")
        ]
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader with inert constructors
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        return None, [
            Problem(
                "bad-yaml",
                place,
                "This is not valid YAML. Check the indentation, colons and quotes of this line and the one above.",
            )
        ]
    if not isinstance(raw, dict):
        return None, [
            Problem(
                "bad-settings", Place(name, 1, 1), 'A configuration is a list of settings, as "site_name: …".'
            )
        ]
    return _settings(config_file, raw, text)


def _settings(config_file: Path, raw: dict[str, Any], text: str) -> tuple[Settings | None, list[Problem]]:
    name = config_file.name
    problems = []

    def fault(key: str, message: str) -> None:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if key in row), 1)
        problems.append(Problem("bad-settings", Place(name, line, 1), message))

    site_name = raw.get("site_name")
    if not isinstance(site_name, str) or not site_name.strip():
        fault("site_name", 'The publication has no name. Add "site_name: …".')
        site_name = ""
    options: dict[str, Any] = {}
    plugins = raw.get("plugins") or []
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, dict) and isinstance(plugin.get("factbook"), dict):
            options = plugin["factbook"]
    for key in options:
        if key not in OPTIONS:
            fault(str(key), f'"{key}" is not an option of factbook.{did_you_mean(str(key), OPTIONS)}')
    texts = {}
    for key, value in (
        ("site_description", raw.get("site_description")),
        ("site_url", raw.get("site_url")),
        ("docs_dir", raw.get("docs_dir", "briefings")),
        ("site_dir", raw.get("site_dir", "site")),
        ("content", options.get("content", "content")),
        ("templates", options.get("templates", "")),
        ("edit_base", options.get("edit_base", "")),
    ):
        if value is not None and not isinstance(value, str):
            fault(key, f'"{key}" is one text.')
        texts[key] = value if isinstance(value, str) else ""
    for key in ("site_url", "edit_base"):
        if texts[key] and not texts[key].startswith(("https://", "http://")):
            fault(key, f'"{key}" is a full address that starts with https://, or is left out.')
    if problems:
        return None, problems
    return (
        Settings(
            config_file=config_file.absolute(),
            site_name=site_name.strip(),
            site_description=texts["site_description"],
            site_url=_with_slash(texts["site_url"]),
            edit_url=_with_slash(texts["edit_base"]),
            briefings=texts["docs_dir"].strip("/") or "briefings",
            content=texts["content"].strip("/") or "content",
            templates=texts["templates"],
            site_dir=texts["site_dir"] or "site",
        ),
        [],
    )


def _with_slash(address: str) -> str:
    return address.rstrip("/") + "/" if address else ""
