"""The remarks of a record in OFAC's list files: one column that holds everything without a column of its own.

What is known and wanted is taken out; what is left, birth dates and passports among it, is dropped with the line.
"""

from __future__ import annotations

import re

from factbook.imports.listed import Item, Listed, ListedName

_ITEM = re.compile(
    r"^(?:alt\. )?[A-Z]+ Section \w+ Information: (?P<words>(?P<label>.+?)\.? Sec\.? (?P<section>\d+(?:\(\w+\))*))$"
)
_WEAK_NAME = re.compile(r"^(?:alt\. )?(?P<kind>a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(?P<name>.+)'$")
_LINKED = re.compile(r"^(?:alt\. )?Linked To: (?P<name>.+)$")
_LEI = re.compile(r"^(?:alt\. )?Legal Entity Number (?P<number>[A-Z0-9]{20})\b")


def read_remarks(remarks: str, entry: Listed) -> None:
    """Adds to the entry the items of a menu, names in quotation marks, ties, and the register number of a company."""
    for part in re.split(r";\s*", remarks.strip().removesuffix(".")):
        part = part.strip().removesuffix(".")
        if found := _ITEM.match(part):
            entry.items.append(Item(found["section"], found["label"], found["words"]))
        elif found := _WEAK_NAME.match(part):
            name = found["name"]
            kind = "former" if found["kind"] == "f.k.a." else "alias"
            if kind == "alias" and name.isupper() and " " not in name and len(name) <= 6:
                kind = "acronym"
            entry.names.append(ListedName(name, kind))
        elif found := _LINKED.match(part):
            entry.linked_to.append(found["name"])
        elif (found := _LEI.match(part)) and entry.kind != "person":
            entry.identifiers.append(("lei", found["number"]))
