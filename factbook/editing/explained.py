"""What each field of a model is for, in the words of the model itself: the text under the field, and that of its type.

The words are read from the models' own source, so that whatever explains a field to an editor cannot fall behind it.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType

from factbook.frozen import frozen
from factbook.model import dates, values
from factbook.model.records import Record


@frozen
class Explained:
    """A field in words."""

    purpose: str
    """What the model says under it; empty where its name says it."""
    form: str
    """What its type says; empty where the type has a name of its own or none."""


def class_words(model: type[Record]) -> str:
    """What a kind of record is, e.g. One operative rule inside a measure, e.g. a ban on lending."""
    return _one_line(model.__doc__ or "")


@cache
def field_words(model: type[Record]) -> dict[str, Explained]:
    """The fields of a model in words, by their names in Python; a field that is said anew goes by the newer words."""
    found: dict[str, Explained] = {}
    for kind in reversed(model.__mro__):
        if not issubclass(kind, Record):
            continue
        for name, (annotation, words) in _fields(kind).items():
            named = [node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)]
            form = next((type_words()[type_name] for type_name in named if type_name in type_words()), "")
            found[name] = Explained(words, form)
    return found


@cache
def type_words() -> dict[str, str]:
    """The named types of single values and what is said under each."""
    found = {"PartialDate": _one_line(dates.PartialDate.__doc__ or "")}
    for module in (values, dates):
        for statement, words in _said_under(_tree(module).body):
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                found[statement.targets[0].id] = words
    return found


def _fields(model: type[Record]) -> dict[str, tuple[ast.expr, str]]:
    """The fields that a class itself declares: annotation and words."""
    module = sys.modules[model.__module__]
    body: Sequence[ast.stmt] = next(
        (
            node.body
            for node in _tree(module).body
            if isinstance(node, ast.ClassDef) and node.name == model.__name__
        ),
        [],
    )
    declared = {
        node.target.id: (node.annotation, "")
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for statement, words in _said_under(body):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            declared[statement.target.id] = (statement.annotation, words)
    return {name: said for name, said in declared.items() if name in model.model_fields}


def _said_under(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement that has a text under it, with the text."""
    for statement, following in pairwise(body):
        if (
            isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            yield statement, _one_line(following.value.value)


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _one_line(text: str) -> str:
    return " ".join(text.split())
