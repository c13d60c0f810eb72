"""A sheet as it was read: what it says, and where in its file each of its fields stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from factbook.frozen import frozen
from factbook.loading.naming import spot_of
from factbook.model.sheet import Sheet, Tombstone
from factbook.problems import Place
from factbook.yaml_text import Path, Spot, parse


class Spots(Mapping[Path, Spot]):
    """Where the fields of a text stand, worked out when somebody asks: hardly any sheet has something wrong in it."""

    def __init__(
        self,
        text: str | Callable[[], str],
        path: str,
        first_line: int = 1,
        found: dict[Path, Spot] | None = None,
    ) -> None:
        """`text` may be fetched when it is wanted; `found` are the spots themselves, where it was just read."""
        self._text = text
        self.path = path
        self.first_line = first_line
        if found is not None:
            self._found = found

    def __reduce__(self) -> tuple[type[Spots], tuple[str, str, int]]:
        return Spots, (self.text, self.path, self.first_line)

    @cached_property
    def text(self) -> str:
        """What is written in the file."""
        return self._text if isinstance(self._text, str) else self._text()

    @cached_property
    def _found(self) -> dict[Path, Spot]:
        return parse(self.text, self.path, first_line=self.first_line).spots

    def __getitem__(self, where: Path) -> Spot:
        return self._found[where]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@frozen
class LoadedSheet:
    """A sheet and where it came from."""

    sheet: Sheet
    collection: str
    path: str
    """The file as the editor knows it, from the project's root."""
    spots: Mapping[Path, Spot]

    @property
    def id(self) -> str:
        return self.sheet.id

    @property
    def written(self) -> str:
        """Its fields as they are written in the file; they start on `first_line`."""
        return self.spots.text if isinstance(self.spots, Spots) else ""

    @property
    def first_line(self) -> int:
        return self.spots.first_line if isinstance(self.spots, Spots) else 1

    def place(self, where: Path = (), *, key: bool = False) -> Place:
        """Where a field stands in the file: its value, or its key."""
        spot = spot_of(self.spots, where)
        return (
            Place(self.path, spot.key_line, spot.key_column)
            if key
            else Place(self.path, spot.line, spot.column)
        )


@frozen
class LoadedTombstone:
    """What is left of a withdrawn sheet, and where."""

    stone: Tombstone
    collection: str
    path: str
    spots: Mapping[Path, Spot]

    @property
    def id(self) -> str:
        return self.stone.id
