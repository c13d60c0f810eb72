"""References that lead nowhere: what is said of each, and whom an editor may have meant.

What following has to know of the other sheets is handed in as `Known`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Protocol

from factbook.characters import LOOKALIKES, named
from factbook.loading.loaded import LoadedTombstone
from factbook.meant import Meant, is_address
from factbook.model.collections import ALL
from factbook.model.nouns import a
from factbook.model.vocabularies import Vocabulary
from factbook.problems import Place, Problem
from factbook.prose import Fault


class Known(Protocol):
    """What following a sheet has to know of the others."""

    @property
    def former(self) -> Mapping[str, str]:
        """Former ids and what is called so now."""

    @property
    def unread(self) -> Container[str]:
        """Sheets that exist and could not be read."""

    @property
    def withdrawn(self) -> Mapping[str, LoadedTombstone]:
        """What is left of withdrawn sheets, by id."""

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The closed lists."""

    @property
    def content(self) -> str:
        """The folder of the sheets."""

    def collection_of(self, id: str) -> str | None:
        """The collection of a sheet; None where there is no such sheet."""

    @property
    def meant(self) -> Meant:
        """Whom an editor may have meant by what leads nowhere."""

    def title_of(self, id: str) -> str:
        """The title of a sheet that exists."""

    def anchors_of(self, id: str) -> frozenset[str] | None:
        """The anchors of a sheet that exists; None when it has not been read yet: any is taken for good then."""


def no_such(known: Known, id: str, collection: str, place: Place, what: str) -> Problem | None:
    """What is wrong with a reference to what is no sheet of the collection; None where the sheet exists and could not be read.

    Codes: wrong-collection, unknown-reference.
    """
    found = known.collection_of(id)
    one = ALL[collection].one if collection != "*" else "sheet"
    if found is not None:
        told = (
            f'{what} is "{id}", which is {a(ALL[found].one)} ("{known.title_of(id)}"); {a(one)} belongs here.'
        )
        return Problem("wrong-collection", place, told)
    if id in known.unread:
        return None  # what is wrong with it has been said
    if is_address(id):
        told = f'{what} is "{id[:80]}", a web address; the id of {a(one)} belongs here.'
        told += f" {_at_address(known, id)}" if collection in ("sources", "*") else ""
    elif stone := known.withdrawn.get(id):
        gone = stone.stone.withdrawn
        cure = f'Name "{gone.instead}"' if gone.instead else "Name another, or take the reference out"
        told = f'{what} is "{id}", which was withdrawn on {gone.day}. {cure}.'
    else:
        told = f'{what} is "{id}", and there is no such {one}.{_meant(known, id, collection)}'
    return Problem("unknown-reference", place, told)


def _meant(known: Known, id: str, collection: str) -> str:
    """Whom an editor may have meant by an id that nothing has."""
    if id in known.former:
        return f' It is now called "{known.former[id]}".'
    strangers = (
        [named(sign) for sign in dict.fromkeys(id) if ord(sign) in LOOKALIKES] if " " not in id else []
    )
    if not strangers or id.isascii():
        return known.meant.hint(id, collection)
    return f" It holds {' and '.join(strangers[:3])}.{known.meant.hint(id.translate(LOOKALIKES), collection)}"


def _at_address(known: Known, address: str) -> str:
    """What to write instead of an address of the web."""
    if id := known.meant.by_address(address):
        return f'That is the address of "{id}" ({known.title_of(id)}): write that id.'
    return 'Give the document a sheet of its own, with this address as its "url:" (“build.py new sources ID” writes a draft), and write its id here.'


def no_id(known: Known, fault: Fault) -> str:
    """What to write where a link or a citation in prose holds a name or an address."""
    word = re.split(r"[|,#]" if not is_address(fault.text.strip("[@ ")) else r"[|,]", fault.text)[0].strip(
        "[]@ "
    )
    if is_address(word):
        instead = (
            _at_address(known, word)
            if fault.text.startswith("@")
            else "Write [words](address) for a link to another site."
        )
        return f'"{fault.text}" holds a web address; the id of a sheet belongs here. {instead}'
    asked = known.meant.hint(word, "sources" if fault.text.startswith("@") else "*")
    return f"{fault.sentence}{asked or ' ' + fault.hint}"
