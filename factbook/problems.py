"""What can be wrong with content, and how it is said.

A `Problem` is a value: place, severity, lasting code, sentence, cure. Every code stands in `CODES` with its severity and the
reason behind the rule. Finding problems is left to the modules that read and check; raising is for machine failures only.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from factbook import likeness
from factbook.characters import unmarked
from factbook.frozen import frozen


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Publishing would be wrong; nothing is built."""
    WARNING = "warning"
    """Weaker than it should be; fails a strict run."""
    NOTE = "note"
    """True and worth showing; never fails."""


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file: path as the editor knows it, line and column counted from one (0: the file as a whole)."""

    path: str
    line: int = 0
    column: int = 0
    near: tuple[str, int] | None = field(default=None, compare=False)
    """Words that stand at the very spot, and how often they stand before it in the same field: for texts of several lines,
    whose place is known as that of the field. `loading.nearer` finds the spot. None: the place is the spot."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@frozen
class Code:
    """A lasting name for one kind of problem, e.g. `uncited-fact`."""

    severity: Severity
    reason: str
    """Why the rule exists, in a sentence a journalist understands."""
    waivable: bool = False
    """True for rules of evidence, which a sheet may set aside in the open; never for safety or form."""


def _error(reason: str, *, waivable: bool = False) -> Code:
    return Code(Severity.ERROR, reason, waivable)


def _warning(reason: str, *, waivable: bool = True) -> Code:
    return Code(Severity.WARNING, reason, waivable)


def _note(reason: str, *, waivable: bool = True) -> Code:
    return Code(Severity.NOTE, reason, waivable)


CODES: dict[str, Code] = {
    # Files and YAML
    "unreadable-file": _error("A file that cannot be opened cannot be published."),
    "not-a-plain-file": _error(
        "Links, devices and folders named like sheets could bring in what nobody reviewed."
    ),
    "too-large": _error(
        "Files beyond the size limit are refused unread, so that nobody can stall the build."
    ),
    "not-utf-8": _error("Sheets are UTF-8 text; other encodings garble names."),
    "bad-yaml": _error("The file is not the YAML that sheets are written in."),
    "duplicate-key": _error("Of two equal keys one would silently win."),
    "yaml-feature": _error("Tags, anchors and aliases make data into a program; sheets are plain data."),
    "hidden-character": _error(
        "Invisible and direction-changing characters can make a text look like another."
    ),
    "mixed-script-name": _error(
        "A name in which one letter is of another alphabet looks right and is found by nobody.", waivable=True
    ),
    "mixed-scripts": _warning("A word with a letter of another alphabet looks right and is found by nobody."),
    "misplaced-file": _error("A sheet is found by its folder and name; anything else is never read."),
    "no-content": _error("A publication has a folder of sheets."),
    "bad-settings": _error("The configuration says where everything is."),
    "bad-template": _error("A page whose template stops half-way would lack what comes after."),
    # Form of a sheet
    "unknown-field": _error("A misspelt field would silently vanish."),
    "missing-field": _error("A sheet without this field cannot be shown."),
    "wrong-type": _error("A list where one thing belongs, or the reverse, is usually a slip of indentation."),
    "empty-value": _error("An empty field looks filled in."),
    "bad-text": _error("Some fields hold one line, some a limited length."),
    "bad-id": _error("Ids are addresses: ASCII, lower-case, hyphenated, at most 64 characters."),
    "bad-date": _error("Dates are written so that everyone reads the same day."),
    "bad-country": _error("Countries are ISO 3166-1 codes, so that they can be joined and translated."),
    "bad-language": _error("Languages are BCP 47 tags, so that browsers and screen readers know them."),
    "bad-address": _error("Only http and https addresses are links."),
    "bad-number": _error("Amounts are plain digits; units and signs have their own fields."),
    "bad-flag": _error("A flag is true or false and nothing else."),
    "unknown-value": _error("Closed lists keep one meaning a word."),
    "personal-data": _error("Dates of birth, passport and identity numbers are not published."),
    "dates-out-of-order": _error("Nothing ends before it starts."),
    "verified-ahead": _error("Nobody has checked a sheet on a day that has not come."),
    # References
    "id-differs": _error("The file name is the id and the address."),
    "reserved-address": _error("An address that another page has would show one of the two."),
    "duplicate-id": _error("One id, one thing."),
    "unknown-reference": _error("A reference that leads nowhere would be printed as a fact."),
    "wrong-collection": _error("A field that asks for an actor cannot hold a source."),
    "unknown-anchor": _error("A link to a fact leads to that fact."),
    "dangling-link": _error("Every link of a finished page leads somewhere."),
    "bad-prose": _error("Links, citations and blocks in prose have one form."),
    "unknown-block": _error("Only the named blocks can be put into prose."),
    "lost-address": _error("What was published stays at its address, leads on, or says why it is gone."),
    # Evidence
    "uncited-fact": _error("A fact carries its citation.", waivable=True),
    "bare-place": _warning(
        "A reader who looks a fact up knows whether to turn to a page, an article or a paragraph."
    ),
    "events-out-of-order": _warning(
        "What follows another event, corrects it or gives notice of it comes after it."
    ),
    "aggregator-alone": _error(
        "A source that reports nothing itself never carries a fact alone.", waivable=True
    ),
    "broken-chain": _error("A chain that forks, circles or breaks cannot be followed by a reader."),
    "translator-unclear": _error(
        "The label of a chain names each translation and by whom it was made; “unknown” is an answer."
    ),
    "no-speaker": _error("A statement is always somebody's."),
    "clashing-relations": _error("Two statements cannot agree and contradict each other."),
    "words-not-found": _error("A quotation is found in the capture of its source.", waivable=True),
    "status-without-instrument": _warning("A status changes by something: a listing, a law, a decision."),
    "bad-condition": _error("What an answer waits for is one thing that a build can look up."),
    "dead-condition": _warning(
        "A condition that has come true, or never can, watches over nothing.", waivable=False
    ),
    "garbled-display-name": _error("A garbled name is searchable and never shown as the name."),
    "missing-contradiction": _error(
        "A contested statement never stands without what contradicts it.", waivable=True
    ),
    "long-answer": _error("A short answer is at most 60 words."),
    "waiver-expired": _error("A waiver ends on its day; then the rule holds again."),
    "waiver-not-allowed": _error("Only rules of evidence can be waived, never form or safety."),
    "unused-waiver": _warning(
        "A waiver for something that is in order hides the next fault.", waivable=False
    ),
    "uncited-sentence": _warning("A sentence that asserts something carries its citation."),
    "loaded-word": _warning("A word that takes a side makes the reader ask what else does."),
    "unattributed-judgement": _warning("A judgement belongs to somebody, who can be named and answered."),
    "undated-word": _warning("A page is read for years; what is said without its day grows wrong unseen."),
    "vague-quantity": _warning("How many is a fact like any other: somebody counted, or nobody knows."),
    "unnamed-teller": _warning(
        "Who says so decides what it is worth; a crowd without names cannot be asked."
    ),
    "twice-translated-words": _warning(
        "Twice translated words are nobody's exact words; they are paraphrase."
    ),
    "translated-words": _warning("Words read in a translation are the translator's, not the speaker's."),
    "seen-left-out": _warning(
        "Whether the passage itself was read decides what its label says; nobody should have to guess.",
        waivable=False,
    ),
    "low-confidence": _warning("What rests on one weak source is published with its doubt or not at all."),
    "unexplained-change": _warning(
        "Nothing published is quietly put right: a reader who knew the old value is told why it changed.",
        waivable=False,
    ),
    "shallow-clone": _note(
        "What changed is read from the history; a clone that is cut short would tell it with holes.",
        waivable=False,
    ),
    "weak-support": _note(
        "A fact in our voice rests on a primary source or on two independent ones, or says so."
    ),
    "support-entry": _note("The source is known to stand behind the entry, not behind this very fact."),
    "prediction-overdue": _note("A prediction past its day has an outcome or is shown as overdue."),
    "review-overdue": _note("Every sheet is checked again by its day."),
}
"""Every code, in the order in which the handbook explains them."""


@frozen
class Problem:
    """A fault in content: code, place, what was found, and what would be right."""

    code: str
    place: Place
    message: str
    """What is wrong, in full sentences, then what would be right."""
    anchor: str = ""
    """The fact inside the sheet that it is about, for waivers; empty when it is not about one fact."""
    paste: str = ""
    """Lines that an editor can paste into the sheet; empty where no such lines help."""

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    def as_text(self) -> str:
        body = _in_lines(self.message)
        pasted = f"\n\n{textwrap.indent(self.paste, '    ')}" if self.paste else ""
        return f"{self.place}  {self.severity}  {self.code}\n{body}{pasted}"

    @property
    def message_in_full(self) -> str:
        """The sentences, and under them the lines to paste."""
        return f"{self.message}\n{self.paste}" if self.paste else self.message


@lru_cache(1000)
def _in_lines(message: str) -> str:
    """A message in lines of a hundred signs; very many sheets have the same ones."""
    return textwrap.fill(
        message,
        100,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems once each, by place, then severity, code and message."""
    return sorted(set(problems), key=_rank)


def _rank(problem: Problem) -> tuple[str, int, int, Severity, str, str]:
    place = problem.place
    return place.path, place.line, place.column, problem.severity, problem.code, problem.message


def unacceptable(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether nothing may be built: on errors always, on warnings in a strict run."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(problem.severity in stopping for problem in problems)


def counted(problems: Sequence[Problem]) -> str:
    """The problems counted in words, e.g. `5 problems in 3 files: 4 errors, 1 note`, with a full stop."""
    if not problems:
        return "No problems."
    files = len({problem.place.path for problem in problems})
    parts = []
    for severity in Severity:
        if number := sum(problem.severity is severity for problem in problems):
            parts.append(_number(number, severity.value))
    return f"{_number(len(problems), 'problem')} in {_number(files, 'file')}: {', '.join(parts)}."


def as_text(problems: Sequence[Problem]) -> str:
    """For people: each problem with its place, a blank line between."""
    return "\n\n".join(problem.as_text() for problem in problems)


def as_github(problems: Sequence[Problem]) -> str:
    """For GitHub's annotations, one workflow command a line."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

    def escaped(text: str, *, value: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if value else text

    return "\n".join(
        f"::{kinds[p.severity]} file={escaped(p.place.path, value=True)},line={p.place.line or 1},"
        f"col={p.place.column or 1},title={p.code}::{escaped(p.message_in_full)}"
        for p in problems
    )


def as_json(problems: Sequence[Problem]) -> str:
    """For programs: `{"problems": [{code, severity, file, line, column, message}], "summary": ...}`."""
    rows = [
        {
            "code": p.code,
            "severity": p.severity.value,
            "file": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "message": p.message_in_full,
        }
        for p in problems
    ]
    return json.dumps({"problems": rows, "summary": counted(problems)}, ensure_ascii=False, indent=2)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that an editor most likely meant, or None when nothing is near."""
    among = sorted(choices)
    for form in (word, in_id_letters(word)):
        if found := likeness.most_like(form, among, 60):
            return found
    return None


def in_id_letters(word: str) -> str:
    """The word in the letters of ids: lower case, no accents, a hyphen for whatever stands between words."""
    letters = unmarked(word).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """` Did you mean "reg-2022-17"?`, with a leading space, or nothing."""
    found = nearest(word, choices)
    return f' Did you mean "{found}"?' if found else ""


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
