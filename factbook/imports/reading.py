"""Which form a file has, and everything that the files of one run say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from factbook.imports import follow_the_money, ofac_files
from factbook.imports.listed import Listed, UnreadableListError, folded, is_number
from factbook.imports.programmes import Programme, read_programme
from factbook.problems import nearest

OFAC, OPENSANCTIONS = "US Treasury, OFAC", "OpenSanctions"
"""Who publishes the lists, as sources print it."""
KNOWN = (
    "Known are OFAC's files of records (12 columns), other names (5) and addresses (6), OpenSanctions' programmes (.yml), "
    "and FollowTheMoney entities, one a line."
)


class NotChosenError(Exception):
    """What was asked for is not in the files; its text says so, with the nearest."""


@dataclass
class Lists:
    """What the files of one run hold."""

    entries: dict[str, Listed] = field(default_factory=dict)
    """By the list's own number."""
    programmes: list[Programme] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    """What each file is, by its name."""
    publisher: str = ""
    parts: list[str] = field(default_factory=list)
    """Which files of the list there were, e.g. `records`."""

    @property
    def is_of_its_keeper(self) -> bool:
        """Whether the files are those of the office that keeps the list, and not what others made of it."""
        return self.publisher == OFAC


def read_lists(files: Iterable[tuple[str, str]]) -> Lists:
    """What the files hold, each given by its name and text. Raises UnreadableListError."""
    lists = Lists()
    publishers: set[str] = set()
    for shown, text in files:
        text = text.removeprefix("\ufeff")
        if shown.lower().endswith((".yml", ".yaml")):
            lists.programmes.append(read_programme(text, shown))
            lists.forms[shown] = f"OpenSanctions, programme {lists.programmes[-1].key}"
            lists.publisher = OPENSANCTIONS
        elif follow_the_money.is_follow_the_money(text):
            before = len(lists.entries)
            follow_the_money.read_lines(text, shown, lists.entries)
            lists.forms[shown] = f"FollowTheMoney, {_counted(len(lists.entries) - before, 'actor')}"
            lists.publisher = OPENSANCTIONS
            lists.parts.append("entities")
        elif ofac_files.file_kind(text):
            kind = ofac_files.read_file(text, shown, lists.entries)
            lists.forms[shown] = f"OFAC, {kind}"
            lists.publisher = OFAC
            lists.parts += [kind] if kind not in lists.parts else []
        else:
            raise UnreadableListError(f"{shown} has no form that can be imported.\n{KNOWN}")
        publishers.add(lists.publisher)
        if len(publishers) > 1:
            raise UnreadableListError(
                f"{shown} is of another publisher than the files before it. Import them one after the other: each run has one source."
            )
    ofac_files.finished(lists.entries)
    lists.entries = {number: lists.entries[number] for number in sorted(lists.entries, key=_by_number)}
    return lists


def chosen(
    lists: Lists, names: Sequence[str], numbers: Sequence[str], programmes: Sequence[str]
) -> list[Listed]:
    """The entries that one of the words asks for, by number. Raises NotChosenError for a word that asks for none."""
    found: dict[str, Listed] = {}
    for number in numbers:
        if number not in lists.entries:
            raise NotChosenError(f"No entry has the number {number}.{_near(number, lists.entries)}")
        found[number] = lists.entries[number]
    for name in names:
        wanted = folded(name).split()
        these = [
            entry
            for entry in lists.entries.values()
            if any(set(wanted) <= set(folded(n.text).split()) for n in entry.names)
        ]
        if not these:
            every = {n.text for entry in lists.entries.values() for n in entry.names}
            raise NotChosenError(f'No entry is called "{name}".{_near(name.upper(), every)}')
        found |= {entry.number: entry for entry in these}
    for programme in programmes:
        these = [
            entry
            for entry in lists.entries.values()
            if programme.lower() in (p.lower() for p in entry.programmes)
        ]
        if not these and not any(_is_called(described, programme) for described in lists.programmes):
            every = {tag for entry in lists.entries.values() for tag in entry.programmes}
            every |= {described.key for described in lists.programmes}
            raise NotChosenError(
                f'No entry has the programme "{programme}".{_near(programme.upper(), every)}'
            )
        found |= {entry.number: entry for entry in these}
    return [found[number] for number in sorted(found, key=_by_number)]


def chosen_programmes(lists: Lists, programmes: Sequence[str]) -> list[Programme]:
    """The descriptions of programmes that are asked for; all of them where none is named."""
    return [
        described
        for described in lists.programmes
        if not programmes or any(_is_called(described, word) for word in programmes)
    ]


def _is_called(described: Programme, word: str) -> bool:
    return word.lower() in (name.lower() for name in (described.key, *described.aliases))


def _near(word: str, choices: Iterable[str]) -> str:
    near = nearest(word, choices)
    return f' Did you mean "{near}"?' if near else ""


def _by_number(number: str) -> tuple[int, str]:
    return (int(number), "") if is_number(number) else (10**12, number)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
