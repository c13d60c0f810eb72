"""What a model refused, in an editor's words: pydantic's errors become problems with place and cure."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from factbook.loading import refusals
from factbook.loading.levels import fields_of, where_it_belongs
from factbook.model.records import Record
from factbook.problems import Problem, nearest
from factbook.yaml_text import Parsed, Path


def faults(
    error: ValidationError, model: type[Record], parsed: Parsed, path: str, one: str
) -> Iterator[Problem]:
    """One problem for each thing that the model refused. `one` is the kind of sheet, as in "a measure"."""
    details = error.errors(include_url=False)
    misspelt = {each for detail in details if (each := _meant(detail, model))}
    for detail in details:
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its items are there; what is wrong with each is said by itself
        if detail["type"] == "missing" and tuple(detail["loc"]) in misspelt:
            continue  # it is there under another name, of which is said what it was to be
        yield refusals.told(refusals.Refusal(detail, model, parsed, path, one))


def _meant(detail: ErrorDetails, model: type[Record]) -> Path | None:
    """The field that a misspelt one is said to be meant for."""
    where: Path = tuple(detail["loc"])
    if detail["type"] != "extra_forbidden" or where_it_belongs(model, where, ""):
        return None
    field = nearest(str(where[-1]), sorted(fields_of(model, where[:-1])))
    return (*where[:-1], field) if field else None
