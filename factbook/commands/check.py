"""`build.py check`: every problem of the publication, or of some of its sheets, in one run; nothing is built."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from factbook import publication
from factbook.commands import said
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing
from factbook.problems import FORMATS, Problem, counted, in_order, unacceptable
from factbook.publication import Content


def run(options: Options) -> int:
    """Prints the problems in the format asked for; 1 when they would stop a build, 2 where a word names no sheet."""
    content = publication.read_and_check(options.config_file, as_of=options.as_of, jobs=options.jobs)
    publication.renew_schemas(content)
    every = in_order(content.problems)
    try:
        problems = _of(every, _files(content, options.arguments)) if options.arguments else every
    except choosing.RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    lines = [FORMATS[options.format](problems)] if problems else []
    if options.format == "text":
        lines.append(f"\n{counted(problems)}" if problems else counted(problems))
        lines += _more(content, len(every) - len(problems))
    status = PROBLEMS if unacceptable(problems, strict=options.strict) else FINE
    came: said.Checked = {"text": "\n".join(lines), "status": status}
    said.checked(**came)
    if not options.arguments:  # else other files may have had a part, as a word can be a path
        said.keep(options.line, content.looks, "checked", came)
    return status


def _files(content: Content, words: Sequence[str]) -> dict[str, str]:
    """The files that are asked for, each with the id of its sheet; empty for what is no sheet. Raises RefusedError."""
    found: dict[str, str] = {}
    settings, catalogue = content.settings, content.catalogue
    if settings is None or catalogue is None:
        return found  # nothing could be read, and every problem says so
    for word in words:
        paths = (Path(word).absolute(), settings.root / word)
        if path := next((p for p in paths if p.is_file() and p.is_relative_to(settings.root)), None):
            shown = path.relative_to(settings.root).as_posix()
            known = path.stem in catalogue.sheets or path.stem in content.unread
            found[shown] = path.stem if known else ""
        elif collection := content.unread.get(word):
            page = collection == "briefings"
            folder = settings.briefings if page else f"{settings.content}/{collection}"
            found[f"{folder}/{word}{'.md' if page else '.yml'}"] = word
        else:
            id = choosing.existing(catalogue, content.unread, word)
            found[catalogue.sheets[id].path] = id
            found[f"{settings.content}/captures/{id}.txt"] = id
    return found


def _of(problems: Iterable[Problem], files: dict[str, str]) -> list[Problem]:
    """The problems in some files, and those elsewhere that name their sheets. All where no file could be told."""
    names = [f'"{id}"' for id in files.values() if id]
    return [
        problem
        for problem in problems
        if not files or problem.place.path in files or any(name in _found(problem) for name in names)
    ]


def _found(problem: Problem) -> str:
    """What was found, without the suggestion of what was meant."""
    return problem.message.partition(" Did you mean ")[0]


def _more(content: Content, elsewhere: int) -> Iterable[str]:
    """What else there is to know: problems that were not asked for, and sheets that nobody could look into."""
    if elsewhere:
        yield f"{elsewhere} more elsewhere: “build.py check” shows all."
    if content.unread:
        yield said.not_looked_into(content.unread)
