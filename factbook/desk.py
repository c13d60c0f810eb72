"""Where the content is read and checked: what was found the last time is used as far as it holds, and put away with what is new.

`publication` tells what is done; here is how no part of it is done twice. With nothing kept everything is made, by the same code. What
is made of the content is left to `printing`, which goes by what lies here.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from factbook import binding
from factbook.catalogue import Catalogue, Watched, follow
from factbook.checks import check_sheet, clear_of
from factbook.chronology import IN_TIME
from factbook.kept.archive import Archive
from factbook.kept.crew import hands, share
from factbook.kept.ledger import Ledger, Record, numbered
from factbook.kept.reading import Laid, Reading, laid, read
from factbook.kept.shelf import Joined, as_they_were, catalogue_of, joined
from factbook.kept.store import Piece, Store, digest_of
from factbook.kept.tables import Tables
from factbook.loading.lists import read_vocabularies
from factbook.loading.settings import Settings
from factbook.loading.survey import Survey, survey
from factbook.model.measure import Measure
from factbook.on_disk import Stamp
from factbook.pages.former import lasting_anchors
from factbook.problems import Problem


class Checked(NamedTuple):
    """What came of the check of one sheet."""

    problems: tuple[Problem, ...]
    anchors: str | None
    """The anchors in it that others may have linked to, a line each; None where they cannot be told without the other sheets."""
    lasting: bytes
    """A hash of all addresses that are made of it and that others may have linked to."""


@dataclass
class _Content:
    """What is kept of the content, whatever is made of it."""

    reading: Reading = field(default_factory=Reading)
    checks: Ledger[Checked] = field(default_factory=Ledger)

    def pieces(self) -> Iterator[Piece | None]:
        """Of every sheet: as it was read, and as it was checked."""
        return chain(
            (kept.piece for kept in self.reading.files.values()),
            (piece for _, piece in self.checks.sheets.values()),
        )


@dataclass
class _Recorded:
    """What is kept of the ledger of addresses: which lasting addresses stood in it, and the stamp of it then."""

    answers: bytes = b""
    stamp: Stamp = (0, 0, 0)

    def pieces(self) -> tuple[Piece, ...]:
        """None."""
        return ()


class Desk:
    """The content of one publication as it was kept and as it is, for one run.

    Who reads again and again hands on the tables of the desk before, so that they need not be read as well.
    """

    def __init__(self, root: Path, jobs: int | None = None, tables: Tables | None = None) -> None:
        self.archive = Archive(root, tables)
        self.jobs = hands(jobs)
        self.survey: Survey | None = None
        self.laid: dict[str, Laid] = {}
        """Where each sheet lies."""
        self.asides: dict[str, bytes] = {}
        """Hashes of what is looked up beside the sheets, by the look-up."""
        self.lists = b""
        """A hash of the closed lists, and of where the content lies."""
        self._content = self.archive.table("content", _Content)
        self._recorded = self.archive.table("recorded", _Recorded)
        self._as_read: Joined | None = None
        self._answers = b""
        self._anchors: dict[str, str | None] = {}

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.archive.close(well=kind is None)

    @property
    def store(self) -> Store:
        """Where pieces lie."""
        return self.archive.store

    @property
    def reading(self) -> Reading:
        """Every file as it was read."""
        return self._content.reading

    def read(self, settings: Settings) -> Joined:
        """Every sheet of a publication, joined; files that are as they were are not opened."""
        self.survey = found = survey(settings)
        listed = read_vocabularies(found)
        before = self._content.reading
        clear = partial(clear_of, phrases=listed.phrases)
        reading = read(found, listed, clear, before, self.store, self.jobs)
        as_read = joined(found, reading, listed.vocabularies, listed.phrases, self.store)
        as_read.problems[:0] = [*found.problems, *listed.problems]
        reading.ids, reading.astray = as_read.ids, as_read.astray
        self._content.reading = reading
        self._as_read = as_read
        self.laid = {id: laid(kept) for id, kept in as_read.kept.items()}
        self.lists = digest_of(repr((reading.lists, settings.content)).encode())
        self.asides = {
            **{f"{Path(path).stem}@": digest for path, (_, digest) in reading.captures.items()},
            "%": digest_of(
                repr(sorted((id, gone.stone) for id, gone in as_read.catalogue.withdrawn.items())).encode()
            ),
        }
        return as_read

    def check(self, as_read: Joined, as_of: date) -> list[Problem]:
        """What is wrong with each sheet: references that lead nowhere, and what breaks a rule."""
        ledger = self._content.checks
        key = f"{self.archive.engine} {self.lists.hex()} {as_of}"
        holding = ledger.holding(
            key, self.laid, self.asides, as_read.catalogue, self.catalogue_before(), IN_TIME
        )
        records = {
            id: record
            for id, record in holding.records.items()
            if id in as_read.kept and id not in as_read.doubtful
        }
        waiting = [id for id in as_read.kept if id not in records]

        def work(
            number: int, runs: Iterator[Sequence[str]]
        ) -> Iterator[tuple[list[str], list[tuple[Checked, array[int]]]]]:
            for some in runs:
                own: dict[str, int] = {}
                found = []
                for id in some:
                    catalogue = Watched(as_read.catalogue, id)
                    checked = _check_one(id, as_read, catalogue, as_of)
                    found.append((checked, numbered(catalogue.lookups, own)))
                yield list(own), found

        at = iter(waiting)
        for lookups, found in share(work, waiting, self.jobs) if waiting else ():
            numbers = [ledger.numbers.number(lookup) for lookup in lookups]
            for checked, asked in found:
                records[next(at)] = Record(array("I", [numbers[each] for each in asked]).tobytes(), checked)
        # What was found where something leads nowhere holds only as long as that is so, which no look-up tells.
        lasting = {id: record for id, record in records.items() if id not in as_read.doubtful}
        changed = bool(waiting) or len(lasting) != len(ledger.records) or self._content.reading.renewed
        self._content.checks = Ledger(key, self.laid, self.asides, ledger.numbers, lasting)
        self._answers = digest_of(
            repr(
                [
                    (
                        id,
                        kept.face and (kept.face.collection, kept.face.former_ids),
                        records[id].value.lasting,
                    )
                    for id, kept in as_read.kept.items()
                ]
            ).encode()
            + self.asides["%"]
            + self.lists
        )
        if changed:
            self.archive.save("content", self._content)
        self._anchors = {id: record.value.anchors for id, record in records.items()}
        return [problem for id in as_read.kept for problem in records[id].value.problems]

    def anchors_of(self, id: str) -> list[str]:
        """The anchors of a checked sheet that others may have linked to."""
        anchors = self._anchors[id]
        if anchors is None:
            assert self._as_read is not None  # noqa: S101  read before it was checked
            return lasting_anchors(id, self._as_read.catalogue)
        return anchors.splitlines()

    def catalogue_before(self) -> Callable[[Mapping[str, Laid], Set[str]], Catalogue]:
        """What makes a catalogue of sheets as they once lay; it is told which of them are others now."""
        as_read = self._as_read
        assert as_read is not None  # noqa: S101  read before

        def before(were: Mapping[str, Laid], touched: Set[str]) -> Catalogue:
            now, kept = as_read.catalogue, as_they_were(self.store, were, as_read.kept, touched)
            return catalogue_of(self.store, kept, now.vocabularies, now.phrases, now.captures, now.content)[0]

        return before

    def is_recorded(self, stamp: Stamp) -> bool:
        """Whether all lasting addresses stood in the ledger of addresses, which is as it was then."""
        return self._recorded == _Recorded(self._answers, stamp)

    def recorded(self, stamp: Stamp) -> None:
        """Keeps that they do now."""
        self._recorded = _Recorded(self._answers, stamp)
        self.archive.save("recorded", self._recorded)

    def forget(self) -> None:
        """Puts everything kept aside."""
        self.archive.empty()
        self._content, self._recorded = _Content(), _Recorded()


def _check_one(id: str, as_read: Joined, catalogue: Watched, as_of: date) -> Checked:
    loaded = catalogue.own
    assert loaded is not None  # noqa: S101  its own sheet
    taken = as_read.kept[id].taken
    problems: list[Problem] = []
    if id in as_read.doubtful or any(anchor not in catalogue.anchors_of(other) for other, anchor in taken):
        problems = follow(loaded, as_read.known)[1]
    sheet = loaded.sheet
    asked = binding.asked_by(sheet) if isinstance(sheet, Measure) else []
    anchors = None if id in as_read.doubtful else "\n".join(lasting_anchors(id, catalogue))
    lasting = b"" if anchors is None else digest_of(repr((anchors, asked)).encode())
    found = check_sheet(loaded, catalogue, as_of, as_read.kept[id].clear)
    return Checked((*problems, *found), anchors, lasting)
