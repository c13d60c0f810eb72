"""One edit of a fact in words: which fact, and its old and new values, word by word.

Ids become titles, keys of closed lists their labels. What a place is called is left to `places`; why it changed and when, to `changes`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from factbook.catalogue import Catalogue
from factbook.frozen import frozen
from factbook.model.change import PROSE, Change, FactEdit, SheetPast, Words
from factbook.model.dates import parse_date
from factbook.model.spoken import date_in_words
from factbook.model.values import Keyword
from factbook.model.walking import Mark
from factbook.pages.labels import fact_title, plain
from factbook.pages.places import field_called, marks_at, place_called, without_heading

Piece: TypeAlias = tuple[Literal["same", "was", "now"], str]
"""A stretch of words: in both versions, in the old one alone, in the new one alone."""

MOST_WORDS = 60
"""Words of a new or a removed fact that are shown."""
AROUND = 5
"""Words that are kept on each side of what differs."""
ALIKE = "The words are the same; a link or a mark in them is another."
"""What is shown of prose of which readers see nothing else that differs."""
SAYS = ("text", "title", "definition", "role", "what", "gist", "value", "reason")
"""Fields that say what a new or a removed fact is; where it has none of them, all its fields do."""
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
_BLOCKS = re.compile(r"::: ?[\w-]+( [\w-]+=\S+)*( |$)")
"""Places in prose at which something is drawn or listed."""
_SOURCES = re.compile(r"^[a-z0-9-]+|(?<=, read in )[a-z0-9-]+")


@frozen
class FieldEdit:
    """One field of a fact, with what differs in it."""

    name: str
    """Empty where the fact has no other."""
    pieces: tuple[Piece, ...]


@frozen
class EditView:
    """One fact that is not what it was."""

    where: str
    """The fact as its page calls it, e.g. `Ceiling on the price: threshold`; empty where the change has said it."""
    what: str
    fields: tuple[FieldEdit, ...]


def edit_view(
    edit: FactEdit, change: Change, catalogue: Catalogue, past: SheetPast, *, named: str
) -> EditView:
    """An edit of a change in words. `past` is that of the sheet; `named` the place that the change has named."""
    marks = marks_at(change.collection, edit.anchor)
    was, now = (_spoken(words, edit.anchor, marks, catalogue) for words in (edit.was, edit.now))
    if edit.what != "changed":
        said = [name for name in SAYS if name in was or name in now][:1] or [*was, *now]
        fields = [
            FieldEdit("" if len(said) == 1 else field_called(n), pieces(was.get(n, ""), now.get(n, "")))
            for n in said
        ]
    elif edit.sources_only:
        gone, come = (
            ", ".join(_citation(text, catalogue) for _, text in words) for words in (edit.was, edit.now)
        )
        fields = [FieldEdit("sources", _whole(gone, come))]
    else:
        names = dict.fromkeys((*was, *now))
        own = edit.anchor.rpartition(".")[2].replace("-", "_")
        fields = [
            FieldEdit(
                "" if name in (own, "text", PROSE) else field_called(name),
                _differing(was.get(name, ""), now.get(name, "")),
            )
            for name in names
        ]
    where = (
        ""
        if edit.anchor == named
        else place_of(change, edit.anchor, catalogue, past, alone=is_unnamed(edit), was=edit, inside=named)
    )
    return EditView(where, edit.what, tuple(fields))


def is_unnamed(edit: FactEdit) -> bool:
    """Whether an edit does not show the words by which readers know the fact."""
    return edit.sources_only or not any(name in SAYS for name, _ in (*edit.was, *edit.now))


def place_of(
    change: Change,
    anchor: str,
    catalogue: Catalogue,
    past: SheetPast,
    *,
    alone: bool,
    was: FactEdit | None,
    inside: str = "",
) -> str:
    """A place in the sheet of a change, as its page calls it."""
    return place_called(
        change.sheet,
        change.collection,
        anchor,
        catalogue,
        past,
        inside=inside,
        was=dict(was.was or was.now).get(PROSE, "") if was else "",
        alone=alone,
    )


def _whole(was: str, now: str) -> tuple[Piece, ...]:
    """Two texts side by side."""
    found: list[Piece] = [("was", was)] if was else []
    return (*found, ("now", now)) if now else tuple(found)


def _spoken(words: Words, anchor: str, marks: Mapping[str, Mark], catalogue: Catalogue) -> dict[str, str]:
    """The fields of a fact in words: ids as titles, keys of closed lists as labels, days as days, prose without its marks."""
    return {
        name: plain(_BLOCKS.sub("", without_heading(text, anchor)).strip(), catalogue)
        if name == PROSE
        else _said(text, marks.get(name), catalogue)
        for name, text in words
    }


def _said(text: str, mark: Mark | None, catalogue: Catalogue) -> str:
    items = text.split(", ")
    if isinstance(mark, Keyword):
        return ", ".join(catalogue.label(mark.vocabulary, item) for item in items)
    if all(item.partition("#")[0] in catalogue for item in items):
        return (", " if "#" not in text else "; ").join(_titled(item, catalogue) for item in items)
    if _DAY.fullmatch(text):
        try:
            return date_in_words(parse_date(text))
        except ValueError:  # no day of any calendar, as a version that was not checked may have it
            return text
    return plain(text, catalogue)


def _titled(item: str, catalogue: Catalogue) -> str:
    """A sheet or a fact in words, by `id` or `id#anchor`."""
    id, _, anchor = item.partition("#")
    if anchor and anchor in catalogue.anchors_of(id):
        return fact_title(id, anchor, catalogue).rstrip(".")
    return catalogue.title_of(id)


def _citation(text: str, catalogue: Catalogue) -> str:
    """A citation in words, its sources by their titles."""
    return _SOURCES.sub(
        lambda found: catalogue.short_of(found[0]) if found[0] in catalogue else found[0], text
    )


def _differing(was: str, now: str) -> tuple[Piece, ...]:
    """What differs in words as readers see them."""
    return pieces(was, now) if was != now else (("same", ALIKE),)


def pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Two texts as one, word by word, with what was taken out and what was put in; long stretches in both are cut."""
    if not was or not now:
        return _whole(_shortened(was), _shortened(now))
    old, new = was.split(), now.split()
    if len(old) <= 3 and len(new) <= 3:
        return (("was", was), ("now", now))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks = matcher.get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(blocks):
        if tag == "equal":
            found.append(("same", _around(old[i:j], first=number == 0, last=number == len(blocks) - 1)))
            continue
        if j > i:
            found.append(("was", _shortened(" ".join(old[i:j]))))
        if m > k:
            found.append(("now", _shortened(" ".join(new[k:m]))))
    return tuple(found)


def _around(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Words that both versions have, the middle left out where they are many."""
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after + 2:
        return " ".join(words)
    return " ".join([*words[:before], "…", *(words[len(words) - after :] if after else [])])


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])} …"
