"""What messages call the fields of a sheet and the items of its lists."""

from __future__ import annotations

NOUNS = {
    "provisions": "provision",
    "forbids": "rule",
    "burdens": "rule",
    "does_not_forbid": "rule",
    "exceptions": "exception",
    "designations": "designation",
    "not_covered": "limit",
    "ways_out": "way out",
    "ground": "ground",
    "facts": "fact",
    "reference": "reference",
    "dates": "date",
    "sections": "section",
    "posts": "post",
    "relations": "relation",
    "affects": "affected actor",
    "makers": "maker",
}
"""What an item of a list is called, by the list's field."""

MORE = {
    "cite": "citation",
    "names": "name",
    "identifiers": "identifier",
    "observed": "observation",
    "status": "status",
    "changes": "change",
    "waivers": "waiver",
    "answers": "answer",
    "derived_from": "parent",
    "words": "quotation",
    "imposed_by": "imposer",
    "under": "legal basis",
    "values": "value",
    "would_change": "possibility",
}
"""The same for lists whose items messages name by what they say rather than by what they are."""

_LITTLE = frozenset(
    {"at", "by", "for", "from", "is", "of", "on", "to", "until", "who", "what", "through", "under"}
)


def one_of(field: str) -> str:
    """An item of a list, e.g. `provision` for "provisions"; empty where it has no name of its own."""
    return NOUNS.get(field) or MORE.get(field) or ""


def in_sentence(field: str) -> str:
    """A field's name in a sentence: in quotation marks where it would read as a word of the sentence."""
    return f'"{field}"' if field in _LITTLE else field


def a(word: str) -> str:
    """The word with its article, e.g. `an actor`."""
    return f"an {word}" if word[:1].lower() in "aeiou" else f"a {word}"
