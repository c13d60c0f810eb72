"""The pure layers stay pure, and MkDocs stays behind one module.

The import contract in `pyproject.toml` has the order of the layers; what a layer may take from outside, and
which built-in functions it may call, is read from its text here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "factbook"

PURE = (
    "prose",
    "model",
    "meant",
    "catalogue",
    "provenance",
    "chronology",
    "living",
    "binding",
    "checks",
    "pages",
    "drawing",
)
"""Layers without files, clock, network, logging, templates or MkDocs."""

IMPURE_IMPORTS = {
    "asyncio", "fileinput", "ftplib", "glob", "http.client", "http.server", "io", "jinja2", "locale",
    "logging", "mkdocs", "multiprocessing", "os", "pathlib", "pickle", "platform", "random", "requests",
    "secrets", "shutil", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading",
    "time", "urllib.request", "uuid", "warnings", "webbrowser",
}  # fmt: skip
"""What reaches files, the clock, chance, the network or templates."""

HARMLESS = {"sys.intern"}
"""Parts of these that reach nothing."""

IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
IMPURE_METHODS = {"now", "utcnow", "today", "read_text", "read_bytes", "write_text", "write_bytes"}

IMPORTERS = {
    "mkdocs": ("site",),
    "material": ("site",),
    "cmarkgfm": ("rendering",),
    "nh3": ("rendering",),
    "graphlay": ("drawing",),
}
"""Which modules alone may import a library: each dependency stays behind one of ours."""


def _texts(names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        yield from (path for path in [PACKAGE / f"{name}.py"] if path.exists())
        yield from sorted((PACKAGE / name).rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Each absolute import in a file: its line and the full name of what is imported."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
                yield node.lineno, node.func.id
            elif isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
                yield node.lineno, node.func.attr


def _is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


@pytest.mark.parametrize("layer", PURE)
def test_a_pure_layer_reaches_no_files_clock_network_or_templates(layer: str) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in _texts((layer,))
        for line, name in _imports(path)
        if name not in HARMLESS and any(_is_within(name, module) for module in IMPURE_IMPORTS)
    ]
    found += [
        f"{path.relative_to(PACKAGE)}:{line} calls {name}()"
        for path in _texts((layer,))
        for line, name in _calls(path)
    ]
    assert found == []


@pytest.mark.parametrize("library", sorted(IMPORTERS))
def test_a_library_stays_behind_its_module(library: str) -> None:
    allowed = set(_texts(IMPORTERS[library]))
    found = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in allowed
        for line, name in _imports(path)
        if _is_within(name, library)
    ]
    assert found == []
