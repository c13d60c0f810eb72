"""What each model says of its fields: name in YAML, form, whether it is asked for, and what the docstring under it says.

Read from the models themselves, so that schemas and the field reference cannot go stale. What becomes of it is left to
`schemas` and `handbook`.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from pydantic import AfterValidator, BeforeValidator, WrapValidator
from pydantic.fields import FieldInfo

from factbook.editing import order
from factbook.editing.explained import class_words, field_words, type_words
from factbook.frozen import frozen
from factbook.model import dates, values
from factbook.model.collections import COLLECTIONS
from factbook.model.records import Record
from factbook.model.values import AnchorRef, Keyword, ProseMark, RefTo


@frozen
class Kind:
    """One kind of single value, e.g. a day."""

    type: Any
    """As in the models."""
    written: str
    """How it is written, with an example."""


FORMS: dict[str, Kind] = {
    "line": Kind(values.Line, "One line of plain text."),
    "text": Kind(values.Text, "Plain text, also of several lines."),
    "prose": Kind(values.Prose, "Prose: `[[id|words]]` links, `[@source, p. 3]` cites."),
    "id": Kind(values.Id, "Lower-case letters a to z, digits and single hyphens."),
    "key": Kind(values.Key, "An id; in the list of scripts a code, as Latn."),
    "address": Kind(values.Address, "A whole address, as https://example.org/page."),
    "country": Kind(values.Country, "Two capital letters, as NO."),
    "language": Kind(values.Language, "A code, as tr for Turkish, ru-Latn for Russian in Latin letters."),
    "flag": Kind(values.Flag, "true or false."),
    "amount": Kind(values.Amount, "Digits only, as 10000000."),
    "currency": Kind(values.Currency, "Three capital letters, as USD."),
    "date": Kind(
        dates.PartialDate,
        "As 2026-12-31, 2026-12 or 2026; 2026-12~ for about; 2026-01/2026-03 for a stretch, with .. for an open end.",
    ),
    "day": Kind(dates.Day, "A full day, as 2026-12-31."),
    "start": Kind(dates.Start, "As 2026-12-31, 2026-12 or 2026; 2026-12~ for about; or unknown."),
    "end": Kind(dates.End, "As 2026-12-31, 2026-12 or 2026; 2026-12~ for about; or none-set, or unknown."),
}
"""The single values that a field may take, each under the word that schemas and the handbook use for it."""


@frozen
class Choice:
    """A value out of a list, e.g. `high` out of the list `confidence`."""

    vocabulary: str | None
    """The closed list that explains the values; None where the field explains them itself."""
    values: tuple[str, ...]
    """The values that the model allows; empty where the list is open and the catalogue looks them up."""


Form: TypeAlias = "str | Choice | RefTo | AnchorRef | type[Record]"
"""What one value of a field is; a text is a key of `FORMS`."""


@frozen
class Field:
    """One field of a record, e.g. `from` of a post."""

    name: str
    """As in YAML."""
    form: Form
    many: bool
    """True for a list of such values."""
    least: int
    """How many items a list needs."""
    required: bool
    default: str
    """What the field is when it is left out, as it would be written; empty for nothing."""
    of: type[Record]
    """The record that has it."""
    attribute: str
    """Its name in the model."""

    @property
    def meaning(self) -> str:
        """What the docstring under it says."""
        return self._words[0]

    @property
    def absent(self) -> str:
        """What it means that the field is left out; empty where the docstring does not say."""
        return self._words[2]

    @property
    def _words(self) -> tuple[str, str, str]:
        return field_words(self.of)[self.attribute].purpose.partition(" Absent: ")


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """The fields that can be written in YAML, in the order in which sheets have them."""
    hints = get_type_hints(model, include_extras=True)
    fields = {
        info.alias or name: _field(model, name, info, hints[name])
        for name, info in model.model_fields.items()
        if name == "id" or not info.exclude
    }
    return tuple(fields[name] for name in order.fields_of(model) if name in fields)


def records_in(model: type[Record]) -> Iterator[type[Record]]:
    """A model and every record below it, each once, in the order in which they are met."""
    met: dict[type[Record], None] = {}
    waiting = [model]
    while waiting:
        record = waiting.pop(0)
        if record not in met:
            met[record] = None
            waiting += [field.form for field in fields_of(record) if isinstance(field.form, type)]
    yield from met


def _field(model: type[Record], name: str, info: FieldInfo, hint: Any) -> Field:
    form, many = _form(hint)
    least = next((mark.min_length for mark in info.metadata if isinstance(mark, MinLen)), 0)
    default = info.default if isinstance(info.default, str) else str(info.default).lower()
    return Field(
        name=info.alias or name,
        form=form,
        many=many,
        least=least,
        required=info.is_required(),
        default=default if isinstance(info.default, str | bool) else "",
        of=model,
        attribute=name,
    )


def _form(hint: Any) -> tuple[Form, bool]:
    base, *marks = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    origin = get_origin(base)
    if origin in (Union, types.UnionType):
        (base,) = (part for part in get_args(base) if part is not type(None))
        return _form(Annotated[base, *marks] if marks else base)
    if origin is tuple:
        return _form(get_args(base)[0])[0], True
    keyword = next((mark.vocabulary for mark in marks if isinstance(mark, Keyword)), None)
    if origin is Literal:
        return Choice(keyword, get_args(base)), False
    if keyword:
        return Choice(keyword, ()), False
    if isinstance(base, type) and issubclass(base, Record):
        return base, False
    for mark in marks:
        if isinstance(mark, RefTo | AnchorRef):
            return mark, False
    return _NAMES[_signature(base, marks)], False


def _signature(base: Any, marks: Any) -> tuple[Any, ...]:
    """What tells one kind of value from another: its type, what validates it, whether it is prose."""
    validators = [
        mark.func for mark in marks if isinstance(mark, BeforeValidator | AfterValidator | WrapValidator)
    ]
    return base, *validators, any(isinstance(mark, ProseMark) for mark in marks)


_NAMES = {
    _signature(
        *(
            (kind.type, ())
            if isinstance(kind.type, type)
            else (get_args(kind.type)[0], get_args(kind.type)[1:])
        )
    ): name
    for name, kind in FORMS.items()
}


def what_it_is(model: type[Record]) -> str:
    """What a kind of sheet or block is: a sheet as its module says it, then in its own words."""
    words = class_words(model)
    if not any(model is collection.model for collection in COLLECTIONS.values()):
        return words
    first, _, _ = (sys.modules[model.__module__].__doc__ or "").partition("\n")
    _, _, said = first.partition(": ")
    return f"{said[:1].upper()}{said[1:]} {words}"


def explained(form: str) -> str:
    """The docstring of a kind of value, e.g. of `line`."""
    return type_words()[_ALIASES[id(FORMS[form].type)]]


_ALIASES = {id(value): name for name, value in [*vars(values).items(), *vars(dates).items()]}
