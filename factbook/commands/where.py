"""`build.py where ID`: every place that refers to a sheet, tables of coverage too, where it is defined, its addresses and its anchors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial

from factbook.catalogue import join
from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing, coverage
from factbook.editing.in_short import addresses
from factbook.editing.references import Reference, references
from factbook.editing.texts import read_file
from factbook.loading.sheets import load


def run(options: Options) -> int:
    """Prints the places, each as file:line:column; 2 with the nearest id where there is none of that name."""
    settings = settings_of(options)
    if settings is None:
        return PROBLEMS
    loaded = load(settings)
    catalogue, _ = join(loaded)
    try:
        id = choosing.existing(catalogue, loaded.unread, options.arguments[0])
    except choosing.RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    sheet = catalogue.sheets[id]
    print(f"{sheet.path}:1:1  {sheet.sheet.title_text}")
    if id in loaded.captures:
        print(f"{settings.content}/captures/{id}.txt:1:1  its capture")
    count = 0
    looked_into: list[tuple[str, Callable[[str], Iterable[Reference]]]] = [
        (origin.path, partial(references, origin)) for origin in catalogue.sheets.values()
    ]
    looked_into += [(path, coverage.references) for path in coverage.tables(settings.root)]
    for path, named_in in looked_into:
        text = read_file(settings.root / path).text
        if id not in text:
            continue
        lines = text.split("\n")
        for reference in named_in(text):
            if reference.id == id:
                count += 1
                place = reference.place(path, text)
                print(f"{place}  {reference.what}\n  {lines[place.line - 1].strip()}")
    print(f"\n{count} reference{'' if count == 1 else 's'}.")
    print("\nAddresses")
    for address in addresses(catalogue, id):
        print(f"  {settings.site_url}{address or ('' if settings.site_url else '(the home page)')}")
    anchors = sorted(anchor for anchor in catalogue.anchors[id] if anchor)
    print("\nAnchors")
    for anchor in anchors:
        print(f"  #{anchor}")
    if loaded.unread:
        unread = ", ".join(sorted(loaded.unread))
        print(
            f"Not looked into, because they cannot be read: {unread}. “build.py check” says why.",
            file=sys.stderr,
        )
    return FINE
