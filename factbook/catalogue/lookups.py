"""Look-ups: what one page or one check asked the catalogue, each as a short text; and what was taken of a sheet, with those it took.

The forms of a look-up, ids being made of letters, digits and hyphens:

    id          everything in a sheet: the page's own
    id.field    one field of another sheet
    id?         whether there is such a sheet, where, and of which kind
    id<name     the links to a sheet by one name; id< by any
    id{name     which sheets make them; id{ all
    id>         the links that a sheet makes
    id}name     from which of its places those of one name lead where; id} all
    id!         its facts
    id$         which of its facts stand on little
    id#         what can be referred to in it
    id~         what stands before and after it in time
    id@         the capture of a source
    *Kind       which sheets there are of a kind; * of any
    id^         what changed in it; ^ in all of them
    %           what is left of withdrawn sheets
    =CC         which state has a country's code
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from sys import intern
from typing import Any, NamedTuple, TypeAlias

_FORM = re.compile(r"[.?<>{}~@#!$^*=%]")
_SEAM = "\n"


def parted(lookup: str) -> tuple[str, str]:
    """The sheet that a look-up is about, and what of it; look-ups of a kind or a country are about no sheet."""
    found = _FORM.search(lookup)
    at = found.start() if found else len(lookup)
    return lookup[:at], lookup[at:]


class Taken(NamedTuple):
    """What a view of many sheets took of one of them."""

    own: str
    """What it looked up of that sheet, without its id; of most sheets the same, and so one text for all."""
    elsewhere: str
    """What it looked up beside."""
    value: Any

    def lookups(self, id: str) -> Iterator[str]:
        """Everything that it looked up, of the sheet that it was taken of."""
        yield from (f"{id}{form}" for form in self.own.split(_SEAM) if self.own)
        yield from (lookup for lookup in self.elsewhere.split(_SEAM) if lookup)


def taken_of(id: str, lookups: Set[str], value: Any) -> Taken:
    """What was taken of a sheet, with all that was looked up for it."""
    parts = [parted(lookup) for lookup in lookups]
    own = sorted(form for about, form in parts if about == id)
    elsewhere = sorted(f"{about}{form}" for about, form in parts if about != id)
    return Taken(intern(_SEAM.join(own)), _SEAM.join(elsewhere), value)


Gathered: TypeAlias = Mapping[str, Mapping[str, Taken]]
"""What one page took of each sheet, by what it takes and by sheet."""
