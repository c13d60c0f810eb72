"""`build.py diff A..B`: facts added, changed and removed between two commits, and the pages that they touch."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from factbook import history, publication
from factbook.catalogue import Catalogue
from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, MACHINE_FAILED, PROBLEMS, WRONG_USE
from factbook.history.between import (
    Difference,
    NoSuchRevisionError,
    SheetDifference,
    commits_named,
    difference,
)
from factbook.history.git import repository
from factbook.model.change import SHEET, FactEdit
from factbook.model.nouns import MORE, NOUNS
from factbook.pages.addresses import address_of
from factbook.pages.edits import pieces

MARKS = {"text": ("[-{}-]", "{{+{}+}}"), "markdown": ("~~{}~~", "**{}**")}
"""How old and new words are told apart, by the form of the report."""
SIGNS = {"added": "+", "changed": "~", "removed": "-"}
MOST_LINKING = 20
"""Pages named that only link to what changed."""


def run(options: Options) -> int:
    """Prints the difference; 2 where a revision is not there."""
    settings = settings_of(options)
    if settings is None:
        return PROBLEMS
    here = repository(settings.root)
    if here is None:
        print(
            "There is no git repository here, or nothing was committed yet: “diff” compares two commits.",
            file=sys.stderr,
        )
        return WRONG_USE
    try:
        old, new = commits_named(options.arguments[0], here)
    except NoSuchRevisionError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    found = difference(here, old, new, history.layout_of(settings))
    if found is None:
        print("git did not answer.", file=sys.stderr)
        return MACHINE_FAILED
    catalogue = publication.read_and_check(options.config_file, as_of=options.as_of).catalogue
    form = "markdown" if options.format == "markdown" else "text"
    lines = _markdown(found, catalogue) if form == "markdown" else _text(found, catalogue)
    print("\n".join(lines))
    return FINE


def _text(found: Difference, catalogue: Catalogue | None) -> Iterator[str]:
    for sheet in found.sheets:
        yield f"{SIGNS[sheet.what]} {sheet.path}  {sheet.title}{_facts(sheet)}"
        for edit in sheet.edits:
            yield f"    {SIGNS[edit.what]} {in_words(edit.anchor)}: {_words(edit, 'text')}{_why(sheet, edit)}"
        yield ""
    yield _summary(found)
    yield from _unread(found)
    touched, linking = _pages(found, catalogue)
    if touched:
        yield f"Pages: {', '.join(touched)}{_linking(linking)}"


def _markdown(found: Difference, catalogue: Catalogue | None) -> Iterator[str]:
    yield "### Facts"
    yield ""
    yield _summary(found)
    yield from _unread(found)
    for sheet in found.sheets:
        yield ""
        yield f"**{_escaped(sheet.title)}** (`{sheet.path}`): {sheet.what}{_facts(sheet)}"
        if sheet.edits:
            yield ""
        for edit in sheet.edits:
            where = _escaped(in_words(edit.anchor))
            yield f"- {edit.what}: {where}: {_words(edit, 'markdown')}{_why(sheet, edit)}"
    touched, linking = _pages(found, catalogue)
    if touched:
        yield ""
        yield "### Pages"
        yield ""
        yield f"{', '.join(f'`/{page}`' for page in touched)}{_linking(linking)}"


def _words(edit: FactEdit, form: str) -> str:
    """What a fact said and says, on one line."""
    was, now = dict(edit.was), dict(edit.now)
    gone, come = MARKS[form]
    if edit.sources_only:
        cited = [gone.format(_plain(text, form)) for _, text in edit.was]
        return " ".join(["sources", *cited, *(come.format(_plain(text, form)) for _, text in edit.now)])
    said = []
    for name in dict.fromkeys((*was, *now)):
        shown = " ".join(
            gone.format(_plain(text, form))
            if how == "was"
            else come.format(_plain(text, form))
            if how == "now"
            else _plain(text, form)
            for how, text in pieces(was.get(name, ""), now.get(name, ""))
        )
        said.append(shown if len({*was, *now}) == 1 else f"{_plain(name.replace('_', ' '), form)} {shown}")
    return "; ".join(said)


def in_words(anchor: str) -> str:
    """An anchor as editors know it, with its ids: `provisions.sales.threshold` is `provision sales: threshold`."""
    parts: list[str] = []
    steps = iter(anchor.split(".")) if anchor else iter(())
    for step in steps:
        field = step.replace("-", "_")
        noun = NOUNS.get(field) or MORE.get(field)
        if noun and field not in ("words", "names"):
            parts.append(f"{noun} {next(steps, '')}".strip())
        else:
            parts.append(step.replace("-", " "))
    return ": ".join(parts)


def _plain(text: str, form: str) -> str:
    return _escaped(text) if form == "markdown" else text


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is, so that a sheet can put nothing into a report but words."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+-!|~@&" else letter for letter in text)


def _facts(sheet: SheetDifference) -> str:
    if sheet.what == "changed":
        return ""
    return f", {sheet.facts} fact{'s' if sheet.facts != 1 else ''}"


def _why(sheet: SheetDifference, edit: FactEdit) -> str:
    """Whether `changes:` says why; nothing is said of what wants no reason."""
    if edit.what == "added" or edit.sources_only:
        return ""
    told = any(a in (SHEET, edit.anchor) or edit.anchor.startswith(f"{a}.") for a in sheet.explained)
    return " (with its reason)" if told else " (no reason in changes)"


def _summary(found: Difference) -> str:
    if not found.sheets:
        return f"No fact differs between {found.old[:12]} and {found.new[:12]}."
    facts = ", ".join(f"{found.count(what)} {what}" for what in SIGNS)
    count = len(found.sheets)
    return f"Facts: {facts}, in {count} sheet{'s' if count != 1 else ''}, from {found.old[:12]} to {found.new[:12]}."


def _unread(found: Difference) -> Iterator[str]:
    if found.unread:
        yield f"Not compared, because a version cannot be read: {', '.join(found.unread)}."


def _pages(found: Difference, catalogue: Catalogue | None) -> tuple[list[str], list[str]]:
    """The pages of the sheets, and those of sheets that refer to them, as the files lie here now."""
    ids = {sheet.id for sheet in found.sheets}
    touched = [address_of(sheet.collection, sheet.id) or "(front page)" for sheet in found.sheets]
    if catalogue is None:
        return touched, []
    origins = {link.origin for id in ids for link in catalogue.links_to(id)} - ids
    linking = [address_of(catalogue.sheets[id].collection, id) or "(front page)" for id in sorted(origins)]
    return touched, linking


def _linking(pages: list[str]) -> str:
    if not pages:
        return ""
    more = f" and {len(pages) - MOST_LINKING} more" if len(pages) > MOST_LINKING else ""
    return f"; {len(pages)} refer to them: {', '.join(pages[:MOST_LINKING])}{more}"
