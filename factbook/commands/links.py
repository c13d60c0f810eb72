"""`build.py links`: whether the addresses of sources still answer, and still hold the words we cite. Never inside a build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from factbook import publication
from factbook.cache import FOLDER
from factbook.catalogue import Catalogue
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS
from factbook.editing.texts import write_whole
from factbook.loading.faults import faults
from factbook.model.dates import Day
from factbook.model.records import Record
from factbook.model.source import Source
from factbook.model.values import Address, Line
from factbook.outside_links import Asked, Manners, Verdict, ask_all
from factbook.problems import Place, Problem, as_text, counted, in_order
from factbook.yaml_text import parse

EXCEPTIONS = "outside-links.yml"
"""Beside `mkdocs.yml`: addresses that are taken as they are for a time."""
KEPT = "outside-links.json"
DAYS = {"alive": 7, "unsure": 1, "dead": 1, "changed": 1}
"""How long an answer is taken for true before the address is asked again."""


class LinkException(Record):
    """An address that is not reported for a time, e.g. of a server that refuses machines."""

    address: Address
    """The address, as the sheet has it."""
    reason: Line
    """Why it is not reported."""
    until: Day
    """The last day of the exception."""


class LinkExceptions(Record):
    """The exceptions of a publication."""

    exceptions: tuple[LinkException, ...]
    """All of them, one item each."""


def run(options: Options, manners: Manners | None = None) -> int:
    """Asks, prints what is dead or has changed, then what could not be told; 1 where something is dead or changed."""
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    if content.catalogue is None or content.as_of is None or content.settings is None:
        print(f"{as_text(in_order(content.problems))}\n\n{counted(content.problems)}")
        return PROBLEMS
    root, today = content.settings.root, content.as_of
    excepted, wrong = read_exceptions(root / EXCEPTIONS, today)
    if wrong:
        print(f"{as_text(wrong)}\n\n{counted(wrong)} Nothing was asked.")
        return PROBLEMS
    wanted, places = addresses(content.catalogue)
    wanted = [each for each in wanted if each.address not in excepted]
    kept = _read_kept(root / FOLDER / KEPT)
    fresh = {each.address: old for each in wanted if (old := _still_true(kept, each, today))}
    site = content.settings.site_url
    polite = manners or Manners(agent=f"factbook link check{f' (+{site})' if site else ''}")
    asked = [each for each in wanted if each.address not in fresh]
    new = ask_all(asked, polite)
    keys = {each.address: _key(each) for each in wanted}
    kept |= {
        address: {"day": today.isoformat(), "key": keys[address], **asdict(verdict)}
        for address, verdict in new.items()
    }
    rows = {address: kept[address] for address in sorted(kept) if address in keys}
    write_whole(root / FOLDER / KEPT, f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n".encode())
    found = fresh | new
    for state in ("dead", "changed", "unsure"):
        for each in wanted:
            if found[each.address].state == state:
                print(f"{places[each.address]}  {state}  {each.address}\n  {found[each.address].why}\n")
    numbers = {state: sum(verdict.state == state for verdict in found.values()) for state in DAYS}
    told = ", ".join(f"{number} {state}" for state, number in numbers.items() if number) or "none"
    print(f"{len(found)} addresses on {today}: {told}. {len(new)} asked now, {len(excepted)} excepted.")
    return PROBLEMS if numbers["dead"] or numbers["changed"] else FINE


def addresses(catalogue: Catalogue) -> tuple[list[Asked], dict[str, Place]]:
    """The addresses of sources, with the words that citations take from each, and where each address stands."""
    words: dict[str, dict[str, None]] = {}
    places: dict[str, Place] = {}
    for source in catalogue.all(Source):
        loaded = catalogue.sheets[source.id]
        cited = [
            link.citation.words
            for link in catalogue.links_to(source.id)
            if link.citation and link.citation.words and link.citation.through is None
        ]
        if source.url:
            words.setdefault(source.url, {}).update(dict.fromkeys(cited))
            places.setdefault(source.url, loaded.place(("url",)))
        if source.archived:
            words.setdefault(source.archived.url, {})
            places.setdefault(source.archived.url, loaded.place(("archived", "url")))
    return [Asked(address, tuple(sorted(words[address]))) for address in sorted(words)], places


def read_exceptions(path: Path, today: date) -> tuple[dict[str, LinkException], list[Problem]]:
    """The exceptions by address; one that has run out is a problem (waiver-expired), as is what cannot be read."""
    if not path.is_file():
        return {}, []
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    problems = list(parsed.problems)
    if problems or parsed.value is None:
        return {}, problems
    try:
        listed = LinkExceptions.model_validate(parsed.value)
    except ValidationError as error:
        return {}, list(faults(error, LinkExceptions, parsed, path.name, "list of exceptions"))
    for position, each in enumerate(listed.exceptions):
        if each.until.latest < today:
            spot = parsed.spots[("exceptions", position, "until")]
            message = f"The exception for {each.address} ended on {each.until}. Look at the address, then renew it or take it out."
            problems.append(Problem("waiver-expired", Place(path.name, spot.line, spot.column), message))
    return {each.address: each for each in listed.exceptions}, problems


def _key(asked: Asked) -> str:
    """What was looked for at an address, in short."""
    return hashlib.sha256("\n".join(asked.words).encode()).hexdigest()[:16]


def _still_true(kept: Mapping[str, dict[str, str]], asked: Asked, today: date) -> Verdict | None:
    row = kept.get(asked.address)
    if row is None or row["key"] != _key(asked):
        return None
    age = (today - date.fromisoformat(row["day"])).days
    state = row["state"]
    return Verdict(state, row["why"]) if 0 <= age < DAYS[state] else None  # type: ignore[arg-type]  # one of ours


def _read_kept(path: Path) -> dict[str, dict[str, str]]:
    """What earlier runs found; nothing where the file is not of this form."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            a: r for a, r in rows.items() if {"day", "key", "state", "why"} <= r.keys() and r["state"] in DAYS
        }
    except (OSError, ValueError, AttributeError):
        return {}
