"""The ledger: every address that was ever published, in `permalinks.txt` beside `mkdocs.yml`, one a line.

A build adds what is new, so nobody has to think of it; git keeps it. What a commit recorded must be answered for ever: by the
page, by a redirect from a former id, or by a tombstone. Which addresses a publication answers is said by `pages.kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from factbook import history
from factbook.catalogue import Catalogue
from factbook.editing.texts import write_whole
from factbook.loading.files import read_text
from factbook.model.collections import COLLECTIONS
from factbook.on_disk import NOTHING, Stamp, stamp_of
from factbook.pages.addresses import MAY_I, address_of, data_of
from factbook.pages.kinds import lasting_addresses
from factbook.problems import Place, Problem

NAME = "permalinks.txt"
LARGEST = 128 * 1024 * 1024
"""Bytes; a publication of a hundred thousand sheets has a ledger of half that size."""
DATA = re.compile(
    "/"
    + re.escape(data_of("COLLECTION", "ID"))
    .replace("COLLECTION", "(?P<collection>[^/]+)")
    .replace("ID", "(?P<id>[^/]+)")
)
"""The address of a sheet's data."""
HEAD = (
    "# Every address of a page or a fact that was published, from the root of the site. build.py adds what is new.",
    "# None may be lost: it stays, leads on (former_ids, changes), or says why it is gone (withdrawn).",
)


def recorded(text: str) -> dict[str, int]:
    """The addresses of a ledger, each with its line. What is no address, as the marks that git leaves where two changes met, is none."""
    rows = enumerate((line.strip() for line in text.splitlines()), 1)
    return {line: number for number, line in rows if line.startswith("/")}


def answered(catalogue: Catalogue, anchors_of: Callable[[str], Iterable[str]]) -> set[str]:
    """Every lasting address that this state of the publication answers: pages, facts, and the data of sheets.

    `anchors_of` tells the anchors of a sheet that others may have linked to.
    """
    found = lasting_addresses(catalogue, anchors_of)
    for id in catalogue.ids():
        collection = catalogue.collection_of(id)
        found.update(f"/{data_of(collection, each)}" for each in (id, *catalogue.former_ids_of(id)))
    for id, gone in catalogue.withdrawn.items():
        found.update(f"/{data_of(gone.collection, each)}" for each in (id, *gone.stone.former_ids))
    return found


def as_a_whole(unread: Mapping[str, str], catalogue: Catalogue) -> list[str]:
    """Addresses of sheets of which no fact is known: withdrawn ones, and those that exist and could not be read."""
    withdrawn = [
        (each, gone.collection)
        for id, gone in catalogue.withdrawn.items()
        for each in (id, *gone.stone.former_ids)
    ]
    questions = [f"/{MAY_I}"] if "measures" in unread.values() else []  # nobody knows what it says of them
    return questions + [
        f"/{address}"
        for id, collection in (*_wherever(unread), *withdrawn)
        for address in (address_of(collection, id), data_of(collection, id))
    ]


def _wherever(unread: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Sheets that could not be read, in every collection: one that lies in the wrong folder was published in another."""
    return ((id, collection) for id in unread for collection in (*COLLECTIONS, "briefings"))


def lost(root: Path, answered: AbstractSet[str], as_a_whole: Iterable[str] = ()) -> list[Problem]:
    """The recorded addresses that nothing answers any more. Code: lost-address; codes of `read_text`.

    `as_a_whole` are pages whose facts, and the pages below them, are not asked for: of withdrawn sheets, and of sheets that could not
    be read, of which has been said what is wrong. A line that no commit holds yet does not count, since nothing built from it was published.
    """
    text = _read(root)
    if isinstance(text, Problem):
        return [text]
    listed = recorded(text)
    gone = [address for address in listed if address not in answered]
    if not gone:
        return []
    committed = history.committed_text(root, NAME)
    kept = recorded(text if committed is None else committed)
    whole = frozenset(as_a_whole)
    pages = {address.partition("#")[0] for address in answered}
    missed: dict[str, tuple[str, str]] = {}
    for address in gone:
        page, _, anchor = address.partition("#")
        above = f"/{page.split('/')[1]}/"
        if address not in kept or page in whole or above in whole or (anchor and page not in pages):
            continue  # of a page that is gone as a whole, the page alone is told
        missed[address] = page, anchor
    return [
        Problem("lost-address", Place(NAME, listed[address], 1), _said(page, anchor))
        for address, (page, anchor) in missed.items()
        if missed.keys().isdisjoint(_went_with(page, anchor))
    ]


def _went_with(page: str, anchor: str) -> list[str]:
    """The addresses whose loss tells of this one too: of the facts around a fact, and of the page whose data these are."""
    around = anchor.split(".")[:-1]
    if around:
        return [f"{page}#{'.'.join(around[:length])}" for length in range(1, len(around) + 1)]
    if not anchor and (data := DATA.fullmatch(page)):
        return [f"/{address_of(data['collection'], data['id'])}"]
    return []


def _said(page: str, anchor: str) -> str:
    if anchor:
        return (
            f'The page "{page}" had a fact at "{anchor}", and it is not there any more. Give the fact its id back, or say '
            f'below "changes:" of its sheet what became of it: anchor: {anchor}, the kind, the reason, and with "now:" '
            "the anchor where it stands today, if it only moved."
        )
    id = page.strip("/").rpartition("/")[2].removesuffix(".json") or "index"
    if page.startswith("/may-i/"):
        party = page.split("/")[2]
        return (
            f'Nothing answers "{page}" any more, and it was published. Put back what was said of it; or keep the page, which then says '
            f'that the sheets do not decide it: write "asked: [{id}]" at "{party}" in vocabulary/bound-parties.yml.'
        )
    return (
        f'Nothing stands at "{page}" any more, and it was published. Put the sheet back; or write "former_ids: [{id}]" in the sheet '
        'that took its place; or leave its file there with "title:" and "withdrawn:" alone, which says when and why. '
        "If it was never online, take this line out."
    )


def remember(root: Path, answered: AbstractSet[str]) -> int:
    """Adds what is answered and not yet recorded; returns how many addresses that were. Raises OSError.

    Lines that nothing answers and that no commit holds are dropped: they come from a draft that was built and given up.
    """
    text = _read(root)
    if isinstance(text, Problem):
        raise OSError(f"{NAME} cannot be read: {text.message}")
    wanted = _wanted(root, text, answered)
    if wanted != text:
        write_whole(root / NAME, wanted.encode())
    return len(answered - recorded(text).keys())


def is_up_to_date(root: Path, answered: AbstractSet[str]) -> bool:
    """Whether `remember` would leave the ledger as it is."""
    text = _read(root)
    return not isinstance(text, Problem) and _wanted(root, text, answered) == text


def _wanted(root: Path, text: str, answered: AbstractSet[str]) -> str:
    listed = recorded(text).keys()
    if listed == answered and all(line.startswith(("/", "#")) for line in text.splitlines() if line.strip()):
        return text
    gone = listed - answered
    if gone:
        committed = history.committed_text(root, NAME)
        if committed is not None:
            gone &= recorded(committed).keys()
    return "\n".join((*HEAD, *sorted(answered | gone))) + "\n"


def stamp(root: Path) -> Stamp:
    """The stamp of the ledger: while it stays, so does what the ledger holds."""
    try:
        return stamp_of((root / NAME).stat())
    except OSError:
        return NOTHING


def _read(root: Path) -> str | Problem:
    path = root / NAME
    return read_text(path, NAME, LARGEST) if path.exists() else ""
