"""Pages of the handbook that are made from tables of the engine, so that they cannot go stale.

Where the pages lie, and where the example messages come from, is left to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factbook.model.wordings import WORD_LISTS, WordList
from factbook.problems import CODES, Code, Severity

GROUPS: Mapping[str, str] = {
    "unreadable-file": "Files and YAML",
    "unknown-field": "Form of a sheet",
    "id-differs": "References",
    "uncited-fact": "Evidence",
}
"""The first code of each part of the table, and what the part is called."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "publishing would be wrong; nothing is built",
    Severity.WARNING: "weaker than it should be; fails a run with `--strict`",
    Severity.NOTE: "true and worth showing; never fails",
}

INTRODUCTION = """\
# Problems

Every fault of content has a code that lasts, a severity, and a reason. `python3 build.py check` prints all problems in
one run, each with its file, line and column, what is wrong, and what would be right.

{severities}

A rule of evidence can be *waived* on one sheet, in the open and for a time (see
[Waivers](writing-a-fact-sheet.md#waivers)); the page says so, and the review board lists it. Rules of form and safety cannot.

The examples are messages from the tests, about small invented publications. This page is made from the table of codes;
to renew it, run `.venv/bin/python -m tests.handbook`.

`check` ends with 1 when an error was found, with `--strict` also on a warning; else with 0. `--format text` is for people.
`--format github` prints a line for each problem that the host of the repository shows beside the very line of the file.
`--format json` prints one object, described by `schemas/problems.json`: `problems`, each with `code`, `severity`,
`file` (from the folder of `mkdocs.yml`), `line` and `column` (counted from 1; 0 for a file as a whole) and `message`; and
`summary`, the count in words.
"""


def problems_page(examples: Mapping[str, str]) -> str:
    """The page of all codes, in the order of their table; `examples` holds a message by code, where there is one."""
    severities = "\n".join(f"- **{severity}**: {words}" for severity, words in SEVERITIES.items())
    parts = [INTRODUCTION.format(severities=severities)]
    for name, code in CODES.items():
        if name in GROUPS:
            parts.append(f"## {GROUPS[name]}\n")
        parts.append("\n".join(_entry(name, code, examples.get(name, ""))))
    return "\n".join(parts)


def _entry(name: str, code: Code, example: str) -> Iterable[str]:
    waivable = ", can be waived" if code.waivable else ""
    yield f"### {name}\n"
    yield f"*{code.severity.value.capitalize()}{waivable}.* {code.reason}\n"
    if example:
        yield f"```\n{example.rstrip()}\n```\n"


LISTS = ("<!-- lists: made from the engine's tables -->", "<!-- /lists -->")
"""Where the lists of words stand in the style guide."""


def with_word_lists(page: str) -> str:
    """The style guide with the engine's lists of words as they are, between its two marks."""
    before, after = page.split(LISTS[0])[0], page.split(LISTS[1])[1]
    made = "\n".join("\n".join(_words(name, words)) for name, words in WORD_LISTS.items())
    return f"{before}{LISTS[0]}\n\n{made}\n{LISTS[1]}{after}"


def _words(name: str, words: WordList) -> Iterable[str]:
    yield f"### {words.title}\n"
    yield f"Code [`{words.code}`](problems.md#{words.code}), file `content/vocabulary/{name}.yml`. {words.cure}\n"
    with_better: dict[str, list[str]] = {}
    for phrase in words.phrases:
        if not phrase.permitted:
            with_better.setdefault(phrase.better, []).append(phrase.text)
    if plain := with_better.pop("", []):
        yield f"{', '.join(plain)}.\n"
    if with_better:
        yield "| rather than | write |\n|---|---|"
        yield from (f"| {', '.join(found)} | {better} |" for better, found in with_better.items())
        yield ""
    if permitted := [phrase.text for phrase in words.phrases if phrase.permitted]:
        yield f"No fault: {', '.join(permitted)}.\n"
