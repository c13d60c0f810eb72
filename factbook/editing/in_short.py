"""A sheet in short, as lines of text: what it is, its state on a day, its links both ways, its pages, what is wrong with it.

What is linked is the catalogue's, what was in force chronology's; here it is put into lines for an editor.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from factbook.catalogue import Catalogue, Link
from factbook.chronology import Answer, State, of_designation, of_measure, of_provision
from factbook.model.briefing import Briefing
from factbook.model.collections import ALL, LINKS
from factbook.model.measure import Measure
from factbook.model.regime import Regime
from factbook.model.source import Source
from factbook.model.spoken import day_in_words
from factbook.pages.addresses import address_of
from factbook.pages.labels import link_words, place_words
from factbook.problems import Problem, in_order

WIDTH = 100
ANSWERS = {
    Answer.NOT_YET: "not yet in force",
    Answer.IN_FORCE: "in force",
    Answer.ENDED: "ended",
    Answer.LAST_SEEN: "last seen in force on {}",
    Answer.NOT_KNOWN: "not known",
}
"""The five answers in words; the blank takes the day of the observation."""


def in_short(
    catalogue: Catalogue, id: str, problems: Iterable[Problem], as_of: date, site: str
) -> Iterator[str]:
    """The sheet in lines. `site` is the address of the site with a closing slash, or empty."""
    loaded = catalogue.sheets[id]
    sheet = loaded.sheet
    yield sheet.title_text
    yield f"  {id}, {_a(ALL[loaded.collection].one)}, in {loaded.path}"
    yield f"  verified {sheet.verified}, review due {sheet.review_by}"
    yield from _states(catalogue, id, as_of)
    yield ""
    yield "Pages"
    for address in addresses(catalogue, id):
        yield f"  {site}{address}" if site or address else "  the home page"
    yield from _links(catalogue, id)
    found = [problem for problem in in_order(problems) if problem.place.path == loaded.path]
    yield ""
    yield f"Problems ({len(found)})" if found else "No problems."
    for problem in found:
        yield textwrap.indent(problem.as_text(), "  ")


def addresses(catalogue: Catalogue, id: str) -> list[str]:
    """The addresses of a sheet from the root of the site: its own, then those it had."""
    loaded = catalogue.sheets[id]
    return [address_of(loaded.collection, each) for each in (id, *loaded.sheet.former_ids)]


def _states(catalogue: Catalogue, id: str, as_of: date) -> Iterator[str]:
    sheet = catalogue[id]
    if isinstance(sheet, Briefing):
        waits = sum(each.when is not None for each in sheet.would_change)
        signed = f"signed {sheet.signed.day} by {sheet.signed.by}" if sheet.signed else "not signed"
        yield f"  {signed}, waits for {waits or 'no'} condition{'' if waits == 1 else 's'}"
    if isinstance(sheet, Source) and sheet.withdrawal:
        yield f"  withdrawn by its publisher on {sheet.withdrawal.day}"
    if not isinstance(sheet, Measure | Regime):
        return
    yield f"  on {day_in_words(as_of)}: {_words(of_measure(sheet, as_of))}"
    if not isinstance(sheet, Measure):
        return
    for provision in sheet.provisions:
        yield f"    provision {provision.id}: {_words(of_provision(provision, sheet, as_of))}"
    for designation in sheet.designations:
        yield f"    designation {designation.id}: {_words(of_designation(designation, sheet, as_of))}"


def _words(state: State) -> str:
    return ANSWERS[state.answer].format(day_in_words(state.day))


def _links(catalogue: Catalogue, id: str) -> Iterator[str]:
    there, here = catalogue.links_to(id), catalogue.links_from(id)
    for heading, links, incoming in (
        ("Links to it, as its page calls them", there, True),
        ("Links from it, as the other pages call them", here, False),
    ):
        yield ""
        yield f"{heading} ({len(links)})" if links else f"{heading}: none"
        for inverse, label in LINKS.items():
            group = [link for link in links if link.inverse == inverse]
            if group:
                yield f"  {label}"
            for link in group:
                yield from _link(catalogue, link, incoming=incoming)


def _link(catalogue: Catalogue, link: Link, *, incoming: bool) -> Iterator[str]:
    other, anchor = (link.origin, link.anchor) if incoming else (link.target, link.target_anchor)
    yield _shortened(f"    {other}{'#' if anchor else ''}{anchor} ({catalogue[other].short_text})")
    words = link_words(link, catalogue) if incoming else place_words(link.origin, link.anchor, catalogue)
    if words:
        yield _shortened(f"      {words}")


def _shortened(line: str) -> str:
    """A line of ours, cut at a word where it is too long; its margin stays."""
    margin = line[: len(line) - len(line.lstrip())]
    return margin + textwrap.shorten(line, WIDTH - len(margin), placeholder=" …")


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
