"""What is said of each thing that a model can refuse: a table by pydantic's kinds of errors, and the words for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from factbook.frozen import frozen
from factbook.loading.levels import fields_of, list_at, needed_of, only_needed, record_at, where_it_belongs
from factbook.loading.naming import explained_at, name_of, spot_of
from factbook.model.nouns import a
from factbook.model.records import Record
from factbook.model.values import ID
from factbook.model.vocabularies import VOCABULARIES
from factbook.problems import CODES, Place, Problem, did_you_mean
from factbook.yaml_text import Parsed, Path, Spot

PERSONAL = frozenset(
    {
        *("birth", "birthday", "birthdate", "born", "bornon", "dateofbirth", "dob", "dayofbirth"),
        *("birthplace", "placeofbirth", "yearofbirth", "birthyear", "age"),
        *("passport", "passportnumber", "passportno", "nationalid", "nationalidentity", "nationalidnumber"),
        *(
            "idnumber",
            "idno",
            "identitynumber",
            "identitycard",
            "personalnumber",
            "taxnumber",
            "taxid",
            "ssn",
        ),
        *("homeaddress", "privateaddress", "telephone", "phone", "email"),
    }
)
"""Field names that are refused for what they would hold, in lower case and without marks between words."""


SHORT = 60
"""Letters that a text may have to be shown again in a cure."""
LEFT_EMPTY = (
    "tuple_type",
    "model_type",
    "model_attributes_type",
    "literal_error",
    "string_type",
    "empty-value",
)
"""Errors of which nothing more is said where nothing was written."""


@frozen
class Refusal:
    """One thing that a model refused."""

    detail: ErrorDetails
    model: type[Record]
    parsed: Parsed
    path: str
    one: str
    """The kind of sheet, as in "a measure"."""

    @property
    def kind(self) -> str:
        return self.detail["type"]

    @property
    def where(self) -> Path:
        return tuple(self.detail["loc"])

    @property
    def found(self) -> Any:
        return self.detail["input"]

    @property
    def name(self) -> str:
        """The field as the editor knows it."""
        return name_of(self.where, self.parsed.value)

    @property
    def owner(self) -> str:
        """What it is a field of; empty for the sheet itself."""
        return name_of(self.where[:-1], self.parsed.value) if len(self.where) > 1 else ""

    @property
    def spot(self) -> Spot:
        return spot_of(self.parsed.spots, self.where)

    @property
    def record(self) -> type[Record] | None:
        """What belongs where it stands, if that is a block of fields."""
        return record_at(self.model, self.where)

    @property
    def shown(self) -> str:
        """A sentence with what was written."""
        if isinstance(self.found, str) and self.found:
            return f'{self.name} is "{self.found[:80]}". '
        if isinstance(self.found, list | dict):
            return f"{self.name} is {'a list' if isinstance(self.found, list) else 'a block of fields'}. "
        return f"{self.name}: "

    @property
    def is_short(self) -> bool:
        """Whether it is a text that can be shown again in a cure."""
        return isinstance(self.found, str) and len(self.found) <= SHORT and "\n" not in self.found

    def at_key(self, code: str, told: str) -> Problem:
        return Problem(code, Place(self.path, self.spot.key_line, self.spot.key_column), told)

    def at_value(self, code: str, told: str) -> Problem:
        return Problem(code, Place(self.path, self.spot.line, self.spot.column), told)


def told(refusal: Refusal) -> Problem:
    """What is wrong, with its cure."""
    if refusal.found == "" and refusal.kind in LEFT_EMPTY:
        return _empty(refusal)
    return TOLD.get(refusal.kind, _by_our_rules if refusal.kind in CODES else _not_this)(refusal)


def _missing(refusal: Refusal) -> Problem:
    start = spot_of(refusal.parsed.spots, refusal.where[:-1])
    values = _one_of_list(list_at(refusal.model, refusal.where))
    return Problem(
        "missing-field",
        Place(refusal.path, start.key_line, start.key_column),
        f'"{refusal.where[-1]}" is missing in {refusal.owner or f"this {refusal.one}"}. Add it{values}.',
    )


def _one_of_list(vocabulary: str | None) -> str:
    """The values that a missing field may have; nothing where they are too many to read, or any."""
    values = VOCABULARIES[vocabulary].values if vocabulary else {}
    return f": {', '.join(list(values)[:-1])} or {list(values)[-1]}" if 1 < len(values) <= 8 else ""


def _unknown(refusal: Refusal) -> Problem:
    field = str(refusal.where[-1])
    if re.sub("[^a-z]", "", field.lower()) in PERSONAL:
        return refusal.at_key(
            "personal-data", f'"{field}" is personal data that is not published. Remove the line.'
        )
    if elsewhere := where_it_belongs(refusal.model, refusal.where, refusal.one):
        owner = refusal.owner or f"the {refusal.one}"
        return refusal.at_key("unknown-field", f'"{field}" {elsewhere}, not to {owner}. Move it.')
    known = sorted(fields_of(refusal.model, refusal.where[:-1]))
    cure = (
        did_you_mean(field, known)
        or _called(field, refusal.found, known)
        or " It has: " + ", ".join(known) + "."
    )
    return refusal.at_key(
        "unknown-field", f'"{field}" is not a field of {refusal.owner or a(refusal.one)}.{cure}'
    )


def _called(field: str, found: object, known: Sequence[str]) -> str:
    """What a field is called here that others know by another name, with a leading space; nothing where none is meant."""
    if field in PLACES and "at" in known:
        return (
            f' Write "at: {field} {found}".'
            if isinstance(found, str) and len(found) <= 40
            else ' Write it in "at:".'
        )
    name = next((name for name, others in CALLED.items() if field in others and name in known), "")
    return f' Here it is called "{name}".' if name else ""


PLACES = (
    "page",
    "pages",
    "article",
    "articles",
    "paragraph",
    "paragraphs",
    "section",
    "sections",
    "chapter",
    "line",
    "lines",
)
"""Parts of a document, by which editors look for the place in a citation."""
CALLED: Mapping[str, Sequence[str]] = {
    "words": ("quote", "quotation", "quoted"),
    "cite": ("sources", "source", "citation", "citations", "cited", "reference", "references", "ref", "refs"),
    "url": ("link", "address", "href", "website"),
    "lede": ("summary", "description", "intro", "introduction", "abstract"),
    "publisher": ("newspaper", "agency", "outlet"),
    "byline": ("author", "by", "written_by"),
    "language": ("lang",),
    "lang": ("language",),
    "ends": ("until", "to", "end"),
    "starts": ("from", "since", "start"),
    "until": ("ends", "to", "end"),
    "from": ("starts", "since", "start"),
}
"""Fields by the names that editors know them by from elsewhere."""


def _empty(refusal: Refusal) -> Problem:
    around = record_at(refusal.model, refusal.where[:-1]) if len(refusal.where) > 1 else refusal.model
    asked = around is not None and refusal.where[-1] in needed_of(around)
    cure = "Fill it in." if asked else "Fill it in, or remove the line."
    return refusal.at_key("empty-value", f"{refusal.name} is empty. {cure}")


def _no_list(refusal: Refusal) -> Problem:
    found, record = refusal.found, refusal.record
    if not isinstance(found, str):
        return refusal.at_value(
            "wrong-type",
            f"{refusal.name} is a block of fields. A list belongs here: put a dash before its first field, and indent the others alike.",
        )
    only = only_needed(record) if record else None
    if (record is None or only) and refusal.is_short:
        several = found.strip("[@]").split(", ")
        first = several[0] if all(map(ID.fullmatch, several)) else found
        cure = f', as "- {only}: {first}".' if only else f', as "- {first}".'
    else:
        cure = "." if record is None else f".{_holds(record)}"
    return refusal.at_value(
        "wrong-type",
        f"{refusal.shown}A list belongs here: start each item on a line of its own with a dash{cure}",
    )


def _holds(record: type[Record]) -> str:
    needed = needed_of(record)
    return f" Each item holds: {', '.join(needed)}." if needed else ""


def _no_block(refusal: Refusal) -> Problem:
    found, record, shown = refusal.found, refusal.record, refusal.shown
    fields = fields_of(refusal.model, refusal.where)
    wanted = ", ".join(sorted(fields))
    if isinstance(found, list):
        cure = f"A block of fields belongs here ({wanted}). Remove the dash or the brackets."
        return refusal.at_value("wrong-type", f"{refusal.name} is a list. {cure}")
    is_item = isinstance(refusal.where[-1], int)
    only = only_needed(record) if record else None
    first = record.KEY[0] if record and record.KEY and is_item else ""
    cure = f"A block of fields belongs here ({wanted})."
    if only and refusal.is_short and is_item:
        more = ", ".join(sorted(fields - {only}))
        below = f" Below it may stand: {more}." if more else ""
        cure = f'Say what it is: write "- {only}: {found}", on a line of its own.{below}'
    elif only and refusal.is_short:
        cure += f' Write "{only}: {found}", on a line of its own further in.'
    elif record and first in needed_of(record) and isinstance(found, str) and len(found) <= SHORT:
        more = ", ".join(name for name in needed_of(record) if name != first)
        cure = f'Say what it is: write "- {first}: {found}", on a line of its own, and below it {more}.'
    return refusal.at_value("wrong-type", f"{shown}{cure}")


def _no_such_value(refusal: Refusal) -> Problem:
    expected = str(refusal.detail["ctx"]["expected"])
    allowed = [word.strip("'\" ") for word in expected.replace(" or ", ", ").split(",")]
    cure = did_you_mean(str(refusal.found), allowed) or explained_at(list_at(refusal.model, refusal.where))
    return refusal.at_value("unknown-value", f"{refusal.shown}It is one of: {', '.join(allowed)}.{cure}")


def _too_short(refusal: Refusal) -> Problem:
    return refusal.at_key("missing-field", f"{refusal.name} needs at least one item.")


def _by_our_rules(refusal: Refusal) -> Problem:
    """What a rule of the model itself says; its kind is one of our codes."""
    cure = refusal.detail["msg"]
    if refusal.kind == "wrong-type" and isinstance(refusal.found, list | dict):
        less = (
            "the dash or the brackets" if isinstance(refusal.found, list) else "the name of the field inside"
        )
        return refusal.at_value("wrong-type", f"{refusal.shown}{cure} Remove {less}.")
    if refusal.kind == "empty-value" or refusal.found == "":
        return refusal.at_key("empty-value", f"{refusal.name} is empty. {cure}")
    return refusal.at_value(refusal.kind, f"{refusal.shown}{cure}")


def _not_this(refusal: Refusal) -> Problem:
    return refusal.at_value("wrong-type", f"{refusal.shown}This is not what belongs here.")


TOLD: Mapping[str, Callable[[Refusal], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "tuple_type": _no_list,
    "list_type": _no_list,
    "model_type": _no_block,
    "model_attributes_type": _no_block,
    "dict_type": _no_block,
    "literal_error": _no_such_value,
    "too_short": _too_short,
}
"""By the kind of an error; kinds that are codes of ours come from our own rules."""
