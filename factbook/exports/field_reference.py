"""The handbook's page of all fields: of each kind of sheet, of the blocks inside, the kinds of value and the closed lists.

Where the page lies is left to the caller. What stands in it is said by the models, under each field.
"""

from __future__ import annotations

from collections.abc import Iterator

from factbook.exports.fields import FORMS, Choice, Field, Form, explained, fields_of, records_in, what_it_is
from factbook.model.briefing import PlainPage
from factbook.model.collections import ALL
from factbook.model.records import Fact, Record
from factbook.model.sheet import Sheet
from factbook.model.values import AnchorRef, RefTo
from factbook.model.vocabularies import VOCABULARIES, Value, VocabularyFile

INTRODUCTION = """\
# Fields

Every field that a sheet can have: what belongs into it, what it says, and what it means to leave it out. How
sheets are written, with whole examples, stands in [Writing a fact sheet](writing-a-fact-sheet.md). VS Code shows the same
words while you write.

{contents}

This page is made from the models; to renew it, run `.venv/bin/python -m tests.handbook`.
"""
EVERY_SHEET, FACTS, SHARED, VALUES, LISTS = (
    "Every sheet",
    "Every fact",
    "Blocks of several kinds of sheet",
    "Kinds of value",
    "Closed lists",
)
PAGES: dict[str, type[Record]] = {"Plain pages": PlainPage, "Files of closed lists": VocabularyFile}
"""What is written beside the sheets of the collections."""


def fields_page() -> str:
    """The whole page."""
    models: dict[str, type[Record]] = {
        **{name.capitalize(): collection.model for name, collection in ALL.items()},
        **PAGES,
    }
    uses = [record for model in models.values() for record in records_in(model) if record is not model]
    several = [record for record in dict.fromkeys(uses) if uses.count(record) > 1]
    parts = [
        INTRODUCTION.format(
            contents=" · ".join(_to(name) for name in (EVERY_SHEET, *models, FACTS, SHARED, VALUES, LISTS))
        ),
        f"## {EVERY_SHEET}\n\nWhat every sheet has, besides the fields of its kind.\n\n{_table(Sheet, ())}",
    ]
    for title, model in models.items():
        parts.append(f"## {title}\n\n{what_it_is(model)}\n\n{_table(model, (Sheet,))}")
        parts += [_block(record) for record in records_in(model) if record not in (model, *several)]
    parts += [
        f"## {FACTS}\n\n{what_it_is(Fact)} Every block that is called a fact has these fields too.\n\n{_table(Fact, ())}",
        f"## {SHARED}\n",
        *(_block(record) for record in several),
        f"## {VALUES}\n\nEvery value is read as text, whatever it looks like; its field decides what it is.\n",
        _rows(
            ("kind", "what it is", "how it is written"),
            ((name, explained(name), kind.written) for name, kind in FORMS.items()),
        ),
        f"## {LISTS}\n\nA publication may say what a value means in a file of its own, `content/vocabulary/NAME.yml`, and add values "
        "where a list is open.\n",
        *(_list(name) for name in VOCABULARIES),
    ]
    return "\n".join(parts)


def _block(record: type[Record]) -> str:
    fact = f" A fact; it has [what every fact has]({_anchor(FACTS)}) too." if issubclass(record, Fact) else ""
    return f"### {_title(record)}\n\n{what_it_is(record)}{fact}\n\n{_table(record, (Fact,))}"


def _table(record: type[Record], without: tuple[type[Record], ...]) -> str:
    """The fields that a record adds to what is shown elsewhere."""
    elsewhere = {
        field.name
        for base in without
        if base is not record and issubclass(record, base)
        for field in fields_of(base)
    }
    own = {info.alias or name for name, info in record.model_fields.items() if name in record.__annotations__}
    fields = [field for field in fields_of(record) if field.name in own or field.name not in elsewhere]
    return _rows(
        ("field", "form", "what it says", "left out"),
        ((f"`{field.name}`", _form(field), field.meaning, _absent(field)) for field in fields),
    )


def _form(field: Field) -> str:
    one = _one(field.form)
    return f"list of: {one}" if field.many else one


def _one(form: Form) -> str:
    match form:
        case str():
            return f"[{form}]({_anchor(VALUES)})"
        case Choice(vocabulary=str(name)):
            return f"one of [{name}](#{name})"
        case Choice(values=values):
            return " or ".join(f"`{value}`" for value in values)
        case RefTo(collection=name, or_text=or_text):
            of = "any sheet" if name == "*" else f"{_to(name.capitalize())}"
            return f"id in {of}, or words" if or_text else f"id in {of}"
        case AnchorRef():
            return "`id` or `id#anchor`"
    return _to(_title(form))


def _absent(field: Field) -> str:
    if field.required:
        return "*asked for*"
    if field.absent:
        return field.absent.removesuffix(".")
    if field.default:
        return f"`{field.default}`"
    return "none" if field.many else "nothing is said"


def _list(name: str) -> str:
    vocabulary = VOCABULARIES[name]
    open_ = " Open: a publication may add values." if vocabulary.open else ""
    rows = ((f"`{key}`", value.label, _meaning(value)) for key, value in vocabulary.values.items())
    return f"### {name}\n\n{vocabulary.title}.{open_}\n\n{_rows(('value', 'shown as', 'meaning'), rows)}"


def _meaning(value: Value) -> str:
    return " ".join(part for part in (value.definition, value.not_to_be_confused_with) if part)


def _rows(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _title(record: type[Record]) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in record.__name__)
    return name.strip().capitalize()


def _to(title: str) -> str:
    """A link to a heading of the page."""
    return f"[{title}]({_anchor(title)})"


def _anchor(title: str) -> str:
    return f"#{title.lower().replace(' ', '-')}"
