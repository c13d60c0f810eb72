"""Values as a tree of YAML that can be laid out: comments above fields, and a blank with its explanation for what is missing.

Which fields a block needs is the model's; the order and the form of the text are `editing`'s.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from factbook.editing.commented import Block, Entry, Leaf, Node
from factbook.editing.explained import field_words
from factbook.editing.filled import REMARK
from factbook.editing.forms import Form, forms_of
from factbook.frozen import frozen
from factbook.model.records import Record
from factbook.model.values import Keyword
from factbook.model.vocabularies import Vocabulary

WIDTH = 98


@frozen
class Said:
    """A value with what an editor should know about it, printed above it as a comment."""

    value: Value
    comment: str


Value: TypeAlias = "str | Mapping[str, Value] | Sequence[Value] | Said"
BLANK = ""
"""A value that an editor fills in."""


@frozen
class Trees:
    """Makes trees of one publication's closed lists."""

    vocabularies: Mapping[str, Vocabulary]

    def block(self, model: type[Record] | None, values: Mapping[str, Value]) -> Block:
        """A block of fields; fields that the model needs and the values lack are blanks."""
        forms = forms_of(model) if model else {}
        block = Block(False)
        for name, value in values.items():
            form = forms.get(name, Form())
            comment = value.comment if isinstance(value, Said) else ""
            value = value.value if isinstance(value, Said) else value
            if value == BLANK and model:
                comment = f"{comment} {self.explained(model, name)}".strip()
            block.entries.append(Entry(name, self.node(form, value), comments(comment)))
        for field, info in model.model_fields.items() if model else ():
            name = info.alias or field
            if info.is_required() and name not in values:
                form = forms[name]
                empty: Value = (
                    [BLANK]
                    if form.many and not form.record
                    else [{}]
                    if form.many
                    else {}
                    if form.record
                    else BLANK
                )
                block.entries.append(
                    Entry(name, self.node(form, empty), comments(self.explained(model, name)))
                )
        return block

    def node(self, form: Form, value: Value) -> Node:
        """The tree of a value, for a field of that form."""
        if isinstance(value, Said):
            return self.node(form, value.value)
        if isinstance(value, str):
            return Leaf(value, "'" if value else None)
        if isinstance(value, Mapping):
            return self.block(form.record, value)
        return Block(True, [self.item(form, item) for item in value])

    def item(self, form: Form, value: Value) -> Entry:
        """An item of a list, its comment above it."""
        comment = value.comment if isinstance(value, Said) else ""
        return Entry(None, self.node(form, value), comments(comment))

    def comments_on_top(self, text: str) -> str:
        """A comment about a whole sheet."""
        return "\n".join(comments(text))

    def explained(self, model: type[Record] | None, name: str) -> str:
        """What a field is for, and what may stand in it."""
        if model is None:
            return ""
        field = next(field for field, info in model.model_fields.items() if name in (field, info.alias))
        form = forms_of(model)[name]
        allowed = form.allowed or next(
            (
                tuple(self.vocabularies[mark.vocabulary].values)
                for mark in form.marks
                if isinstance(mark, Keyword)
            ),
            (),
        )
        said = field_words(model)[field].purpose
        return f"{said} One of: {', '.join(allowed)}." if allowed else said


def comments(text: str) -> list[str]:
    """The lines of a remark."""
    return textwrap.wrap(
        text,
        WIDTH - 8,
        initial_indent=f"{REMARK} ",
        subsequent_indent=f"{REMARK} ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def field_of(block: Block, *path: str | int) -> Node | None:
    """What stands at a path of a tree; None where nothing does."""
    node: Node = block
    for step in path:
        if not isinstance(node, Block):
            return None
        if isinstance(step, int):
            if not node.is_list or step >= len(node.entries):
                return None
            node = node.entries[step].value
        else:
            found = next((entry.value for entry in node.entries if entry.key == step), None)
            if found is None:
                return None
            node = found
    return node


def append(block: Block, field: str, entries: Sequence[Entry]) -> None:
    """Adds items to the list of a field, which is made where it lacks."""
    found = next((entry for entry in block.entries if entry.key == field), None)
    if found is None or not isinstance(found.value, Block):
        block.entries = [entry for entry in block.entries if entry is not found]
        block.entries.append(Entry(field, Block(True, list(entries))))
    else:
        found.value.entries += entries
