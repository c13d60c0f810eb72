"""Wording: our own voice takes no side, and every day, quantity and teller in it can be asked about.

Ours is what sheets and pages say in prose, and their titles. Not ours, and let through: what stands between quotation marks
or in a block quotation, the titles of sources, what a statement's sheet gives as said, and the question of a briefing. The words come from
lists that a publication extends (`factbook.model.wordings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from factbook.catalogue import Catalogue
from factbook.checks.examined import Examined, shortened
from factbook.frozen import frozen
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.source import Source
from factbook.model.statement import Statement
from factbook.model.walking import Path
from factbook.model.wordings import WORD_LISTS, Phrase, Phrases
from factbook.problems import Place, Problem
from factbook.prose import Sentence, sections, sentences

OWN_LINES = ("title", "confidence_note", "description")
"""Fields that are lines rather than prose, and in our own voice; a briefing's question is put as people put it."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile('“[^”]*”|«[^»]*»|"[^"]*"|^[^“]*”|“[^”]*$')


@frozen
class _Said:
    """A sentence of ours and where it stands."""

    sentence: Sentence
    stands: Path | Place
    """The field that says it, or its line on a page of prose."""
    anchor: str
    cited: bool


@frozen
class _Net:
    """The phrases of all lists, to be found in one walk over the words of a sentence."""

    by_first: Mapping[str, list[tuple[tuple[str, ...], str, Phrase]]]
    """By their first word, the longest first: the words, the name of the list, the phrase."""
    telling: frozenset[str]
    """The longest word of each phrase: a text without any of them need not be cut into sentences."""

    def may_hold(self, text: str) -> bool:
        return not self.telling.isdisjoint(_WORD.findall(_plain(text)))

    def hits(self, words: list[str]) -> Iterator[tuple[int, int, str, Phrase]]:
        """Where a phrase begins, of how many words it is, its list and itself; none lies inside another."""
        at = 0
        while at < len(words):
            for phrase_words, name, phrase in self.by_first.get(words[at], ()):
                if tuple(words[at : at + len(phrase_words)]) == phrase_words:
                    yield at, len(phrase_words), name, phrase
                    at += len(phrase_words) - 1
                    break
            at += 1


@dataclass(frozen=True, eq=False)
class _Lists:
    """The lists of one publication, the same for all its sheets, and known by that."""

    phrases: Phrases

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Lists) and self.phrases is other.phrases

    def __hash__(self) -> int:
        return id(self.phrases)


@lru_cache(maxsize=8)
def _net(lists: _Lists) -> _Net:
    by_first: dict[str, list[tuple[tuple[str, ...], str, Phrase]]] = {}
    telling = set()
    for name in WORD_LISTS:
        for phrase in lists.phrases.get(name, ()):
            words = tuple(_WORD.findall(_plain(phrase.text)))
            if words:
                by_first.setdefault(words[0], []).append((words, name, phrase))
                telling.add(max(words, key=lambda word: (len(word), word)))
    for same in by_first.values():
        same.sort(key=lambda entry: (-len(entry[0]), entry[:2]))
    return _Net(by_first, frozenset(telling))


def loaded(sheet: Examined, catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Words of our own that a neutral text does without.

    Codes: loaded-word, unattributed-judgement, undated-word, vague-quantity, unnamed-teller.
    """
    net = _net(_Lists(catalogue.phrases))
    for said in _ours(sheet, net):
        words = list(_WORD.finditer(own_words(said.sentence)))
        for at, length, name, phrase in net.hits([_plain(word.group()) for word in words]):
            if phrase.permitted or _is_let_through(name, said, catalogue):
                continue
            text = words[at].string[words[at].start() : words[at + length - 1].end()]
            listed = WORD_LISTS[name]
            cure = f"Better: {phrase.better}." if phrase.better else listed.cure
            yield Problem(
                listed.code,
                replace(_place(said, sheet), near=(text, 0)),
                f'"{text}" {listed.fault} It stands in: "{shortened(_as_read(said.sentence, catalogue))}" {cure}',
                said.anchor,
            )


def own_words(sentence: Sentence) -> str:
    """A sentence without what it quotes, and without the titles of the sheets that it links."""
    return _QUOTED.sub(" ¶ ", sentence.with_titles(lambda target: " ¶ "))


def _ours(sheet: Examined, net: _Net) -> Iterator[_Said]:
    """The sentences in our own voice of those texts that the net may hold something of."""
    page, worth_reading = sheet.sheet, net.may_hold
    for found in sheet.prose:
        if worth_reading(found.value):
            covered = bool(found.fact and found.fact.cite)
            for sentence in sentences(found.value):
                yield _Said(sentence, found.path, found.anchor, covered or sentence.cited)
    for field in OWN_LINES:
        text = getattr(page, field, None)
        if (
            isinstance(text, str)
            and worth_reading(text)
            and not (field == "title" and isinstance(page, Source))
        ):
            for sentence in sentences(text):
                yield _Said(sentence, (field,), "", False)
    if isinstance(page, Briefing | PlainPage) and worth_reading(page.text):
        starts = [(section.start_line, section.slug) for section in sections(page.text)]
        for sentence in sentences(page.text):
            if not sentence.quoted:
                anchor = next((slug for start, slug in reversed(starts) if start <= sentence.line), "")
                place = Place(sheet.loaded.path, page.text_line + sentence.line, 1)
                yield _Said(sentence, place, anchor, sentence.cited)


def _place(said: _Said, sheet: Examined) -> Place:
    return said.stands if isinstance(said.stands, Place) else sheet.loaded.place(said.stands)


def _is_let_through(name: str, said: _Said, catalogue: Catalogue) -> bool:
    """A source that is cited answers for its own vagueness; a statement that is linked shows its teller."""
    if name == "vague-quantities":
        return said.cited
    if name == "unnamed-tellers":
        return any(catalogue.find(link.target, Statement) for link in said.sentence.links)
    return False


def _as_read(sentence: Sentence, catalogue: Catalogue) -> str:
    return sentence.with_titles(lambda id: catalogue.title_of(id) if id in catalogue else id)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
