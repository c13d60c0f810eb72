"""A draft of a sheet, from its model: blanks to fill, every field explained, what may be left out commented out.

A field is explained where it first stands; fields that may be left out are shown once in blocks that come often. A line
that begins with "# " explains; a field that may be left out begins with "#" and no blank: taking the sign away puts it in use. Where the file goes is the command's.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from factbook.editing.explained import class_words, field_words
from factbook.editing.forms import Form, forms_of
from factbook.editing.layout import SCHEMA
from factbook.editing.order import fields_of
from factbook.model.briefing import WouldChange
from factbook.model.collections import ALL, Collection
from factbook.model.records import Fact, Record
from factbook.model.sheet import Sheet
from factbook.model.statement import Statement
from factbook.model.values import AnchorRef, Keyword, RefTo
from factbook.model.vocabularies import Vocabulary

WIDTH = 100
WANTED: dict[type[Record], tuple[str, ...]] = {
    Fact: ("cite",),
    Statement: ("speakers", "seen"),
    WouldChange: ("text",),
}
"""Fields that a model does without and the rules of evidence do not: a draft asks for them."""
NOT_ASKED = ("id", "former_ids")
"""Fields of a sheet that are written otherwise: the file's name says the one, `rename` writes the other."""
HOW = (
    'Fill in every blank. Fields that may be left out follow at the end of their block: take the "#" away from those '
    'that you need. "build.py check ID" says what is missing; once nothing is, "build.py fmt ID" takes these explanations away.'
)
AFTER_THE_FIELDS = (
    "The text follows the next line. Write [[id|words]] to link a sheet, [@source-id, p. 3] to cite a source."
)


def draft(
    collection: Collection, vocabularies: Mapping[str, Vocabulary], verified: date, *, schema: str = ""
) -> str:
    """The text of a draft. `verified` is the day on which it is written; review is due a year later.

    `schema` is where the collection's schema lies, from the folder of the sheet; pages of prose have none.
    """
    writer = _Writer(vocabularies, {"verified": str(verified), "review_by": str(in_a_year(verified))})
    needed, optional = writer.both(collection.model, 0)
    lines = [f"{SCHEMA} $schema={schema}", ""] if schema else []
    lines += _comment(f"{_capital(_a(collection.one))}. {class_words(collection.model)}", 0)
    lines += [*_comment(HOW, 0), "", *needed, "", *_comment("What follows may be left out.", 0), *optional]
    if collection.name == "briefings":
        lines = ["---", *lines, "", *_comment(AFTER_THE_FIELDS, 0), "---", ""]
    return "\n".join(lines) + "\n"


def in_a_year(day: date) -> date:
    """The same day of the next year; of 29 February, the day before the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@dataclass
class _Writer:
    vocabularies: Mapping[str, Vocabulary]
    given: dict[str, str]
    """Values that are known, by field."""
    explained: set[str] = field(default_factory=set)
    """What has been explained: types by their words, fields by class and name."""

    def both(self, model: type[Record], indent: int) -> tuple[list[str], list[str]]:
        """The lines of the fields that are needed, and those of the rest, commented out."""
        needed: list[str] = []
        rest: list[str] = []
        wanted = {name for kind, names in WANTED.items() if issubclass(model, kind) for name in names}
        by_alias = {info.alias or name: name for name, info in model.model_fields.items()}
        not_asked = NOT_ASKED if issubclass(model, Sheet) else ()
        ordered = [by_alias[alias] for alias in fields_of(model) if by_alias[alias] not in not_asked]
        for name in ordered:
            if model.model_fields[name].is_required() or name in wanted:
                explanation, lines = self.lines_of(model, name, indent)
                needed += explanation + lines
        for name in ordered:
            if not model.model_fields[name].is_required() and name not in wanted:
                if indent and _key(model, name) in self.explained:
                    continue  # it may stand here too; once is enough to know it
                explanation, lines = self.lines_of(model, name, indent)
                rest += explanation + [f"{' ' * indent}#{line[indent:]}" for line in lines]
        return needed, rest

    def lines_of(self, model: type[Record], name: str, indent: int) -> tuple[list[str], list[str]]:
        """What explains a field, and the field with its blanks."""
        info = model.model_fields[name]
        form = forms_of(model)[info.alias or name]
        explanation = self.explanation(model, name, indent, form)
        blank = f"{' ' * indent}{info.alias or name}:"
        if form.record is not None:
            needed, rest = self.both(form.record, indent + (4 if form.many else 2))
            return explanation, [blank, *(_as_item(needed, indent + 2) if form.many else needed), *rest]
        if form.many:
            return explanation, [blank, f"{' ' * (indent + 2)}- "]
        return explanation, [f"{blank} {self.given.get(name, '') if indent == 0 else ''}"]

    def explanation(self, model: type[Record], name: str, indent: int, form: Form) -> list[str]:
        if _key(model, name) in self.explained:
            return []
        self.explained.add(_key(model, name))
        words = field_words(model)[name]
        said = [words.purpose, self.form_in_words(form, words.form)]
        return _comment(" ".join(part for part in said if part), indent)

    def form_in_words(self, form: Form, type_words: str) -> str:
        for mark in form.marks:
            match mark:
                case Keyword(vocabulary):
                    return f"One of: {', '.join(form.allowed or self.vocabularies[vocabulary].values)}."
                case RefTo(collection, or_text=or_text):
                    one = _a(ALL[collection].one) if collection != "*" else "a sheet"
                    return f"The id of {one}{', or words' if or_text else ''}."
                case AnchorRef():
                    return "An id, or id#anchor."
        if form.allowed:
            return f"One of: {', '.join(form.allowed)}."
        if not type_words or type_words in self.explained:
            return ""
        self.explained.add(type_words)
        return type_words


def _key(model: type[Record], name: str) -> str:
    """A field by the class that says last what it is."""
    return f"{next(kind for kind in model.__mro__ if name in kind.__annotations__).__name__}.{name}"


def _as_item(lines: Sequence[str], indent: int) -> Iterator[str]:
    """The lines of a block as the first item of a list: a dash before its first field."""
    dashed = False
    for line in lines:
        if dashed:
            yield line
        elif line.lstrip().startswith("#"):
            yield line[2:]
        else:
            yield f"{' ' * indent}- {line.lstrip()}" if line.strip() else line
            dashed = True


def _comment(text: str, indent: int) -> list[str]:
    margin = f"{' ' * indent}# "
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
