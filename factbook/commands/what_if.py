"""`build.py what-if ID=VALUE …`: what would follow if something were otherwise, on paper; no sheet and no page is changed.

It is supposed for the day after that of the build, since what happens on the day of a signature counts as read.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from factbook import publication
from factbook.catalogue import Catalogue
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing
from factbook.living.supposing import Consequences, Supposition, can_be, consequences, supposed
from factbook.model.briefing import Briefing
from factbook.model.change import History
from factbook.model.spoken import day_in_words
from factbook.pages.draft import Draft
from factbook.pages.kinds import OVERVIEWS
from factbook.pages.labels import fact_title, plain
from factbook.pages.laying_out import lay_out
from factbook.pages.rereading import reason_view
from factbook.pages.states_shown import states_shown
from factbook.problems import as_text, counted, did_you_mean, in_order, unacceptable

HOW = "For example: build.py what-if price-cap=ended"
MOST = 40
"""Facts that are listed; more are counted."""


def run(options: Options) -> int:
    """Prints what would follow; 2 with a suggestion where a word cannot be understood."""
    if not options.arguments:
        print(f"Say what is to be supposed, as ID=VALUE.\n{HOW}", file=sys.stderr)
        return WRONG_USE
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    catalogue, as_of = content.catalogue, content.as_of
    if catalogue is None or as_of is None or unacceptable(content.problems, strict=False):
        problems = in_order(content.problems)
        print(
            f"{as_text(problems)}\n\n{counted(problems)}\nWhat would follow can be said once these are mended."
        )
        return PROBLEMS
    try:
        suppositions = [_read(word, catalogue, content.unread) for word in options.arguments]
    except choosing.RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    day = as_of + timedelta(days=1)
    for line in told(catalogue, content.history, suppositions, day):
        print(line)
    return FINE


def _read(word: str, catalogue: Catalogue, unread: Mapping[str, str]) -> Supposition:
    """One word of the line; raises RefusedError with what would be right."""
    place, sign, value = word.partition("=")
    if not sign or not place or not value:
        raise choosing.RefusedError(f'"{word}" does not say what becomes of what. Write ID=VALUE.\n{HOW}')
    name, _, anchor = place.partition("#")
    id = choosing.existing(catalogue, unread, name)
    if anchor and anchor not in catalogue.anchors_of(id):
        hint = did_you_mean(anchor, catalogue.anchors_of(id)) or f" “build.py where {id}” lists its places."
        raise choosing.RefusedError(f'"{id}" has nothing called "{anchor}".{hint}')
    allowed = can_be(id, anchor, catalogue)
    if value not in allowed:
        hint = did_you_mean(value, allowed)
        raise choosing.RefusedError(
            f'"{place}" ({fact_title(id, anchor, catalogue).rstrip(".")}) cannot be "{value}".{hint} '
            f"It can be: {', '.join(allowed)}."
        )
    return Supposition(id, anchor, value)


def told(
    catalogue: Catalogue, history: History, suppositions: Sequence[Supposition], day: date
) -> Iterator[str]:
    """What would follow, in lines."""
    yield f"Supposed on {day_in_words(day)}:"
    for each in suppositions:
        yield f"  “{_title(each.id, each.anchor, catalogue)}” {catalogue.label('conditions', each.value)}."
    found = consequences(catalogue, history, suppositions, day)
    after = supposed(catalogue, suppositions, day)
    yield from _support(found, catalogue)
    yield from _listed(
        "Conditions that would come true",
        (
            f"{id}: {each.when.kind} {'#'.join(filter(None, each.when.target))} is {each.when.is_}\n"
            f"  Then: {plain(each.then or '', catalogue)}"
            for id, each in found.tripped
            if each.when
        ),
    )
    yield from _listed("Answers that would be read again", _answers(found, after, history, day))
    yield from _listed(
        "Pages on which a status would change", _pages(catalogue, after, history, suppositions, day)
    )
    yield ""
    yield "Nothing was changed."


def _support(found: Consequences, catalogue: Catalogue) -> Iterator[str]:
    facts = (f"{id}#{anchor}\n  {_title(id, anchor, catalogue)}" for id, anchor in found.fall.facts)
    yield from _listed("Facts that would lose their only support", facts)
    yield from _listed(
        "Statements that could be read nowhere else",
        (f"{id}\n  {_title(id, 'statement', catalogue)}" for id in found.fall.statements),
    )


def _answers(found: Consequences, after: Catalogue, history: History, day: date) -> Iterator[str]:
    draft = Draft(after, day, history=history)
    for id, reasons, loses in found.answers:
        because = [reason_view(reason, draft).text for reason in reasons]
        because += [f"it rests on “{_title(*spot, after)}”" for spot in loses]
        yield f"{id}: {after.get(id, Briefing).question}\n  because " + ";\n  ".join(
            because or ["it waits for this"]
        )


def _pages(
    before: Catalogue, after: Catalogue, history: History, suppositions: Sequence[Supposition], day: date
) -> Iterator[str]:
    """The pages that would show another state of play or outcome: those of the sheets, of what is tied to them, and the overviews."""
    changed = {each.id for each in suppositions if each.of_a_state}
    if not changed:
        return
    near = changed | {origin for id in changed for origin in before.origin_ids(id)}
    near |= {link.target for id in changed for link in before.links_from(id)}
    wanted = {overview.address for overview in OVERVIEWS} | {
        Draft(before, day).ref(id).address for id in near
    }
    now = {page.address: page for page in lay_out(before, day, wanted.__contains__, history)}
    for page in lay_out(after, day, wanted.__contains__, history):
        was, will = Counter(states_shown(now[page.address])), Counter(states_shown(page))
        gone, come = was - will, will - was
        if gone or come:
            yield f"{page.address or '(the home page)'}\n  {_row(gone) or 'nothing'} → {_row(come) or 'nothing'}"


def _row(states: Counter[str]) -> str:
    return "; ".join(f"{number} × {state}" if number > 1 else state for state, number in states.items())


def _listed(title: str, items: Iterator[str]) -> Iterator[str]:
    found = list(items)
    yield ""
    yield f"{title}: {len(found) or 'none'}"
    for each in found[:MOST]:
        yield textwrap.indent(each, "  ")
    if len(found) > MOST:
        yield f"  and {len(found) - MOST} more"


def _title(id: str, anchor: str, catalogue: Catalogue) -> str:
    return fact_title(id, anchor, catalogue).rstrip(".")
