"""All that is kept of one publication, for one run: pieces, and the tables that say what they are.

What stands in a table, and whether it still holds, is left to whoever has it kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from factbook.kept.engine import engine_key
from factbook.kept.store import Piece, Store, files_of, is_of_pieces
from factbook.kept.tables import Tables

MOST_FILES = 1000
"""Files of pieces beyond which all is made anew: each build leaves two."""


class Table(Protocol):
    """What is known of pieces, and of anything else; a dataclass that can be made without any."""

    def pieces(self) -> Iterable[Piece | None]:
        """All that it counts on."""


T = TypeVar("T", bound=Table)


class Archive:
    """The kept things of one publication.

    Who reads again and again hands on the tables of the run before, so that they need not be read as well.
    """

    def __init__(self, root: Path, tables: Tables | None = None) -> None:
        self.store = Store(root)
        same = tables is not None and tables.folder == self.store.folder
        self.tables = tables if tables and same else Tables(self.store.folder)
        self.engine = engine_key()
        self._many = False
        """Whether what is kept lies in very many files."""

    def table(self, name: str, kind: type[T]) -> T:
        """What was kept under a name by this very engine; an empty table where nothing was."""
        found = self.tables.load(name, self.engine)
        return found if isinstance(found, kind) else kind()

    def save(self, name: str, table: Table) -> None:
        """Keeps a table in place of what was kept under its name."""
        self.tables.save(name, self.engine, table, files_of(table.pieces()))
        self._many = sum(map(is_of_pieces, self.tables.files(self.engine))) > MOST_FILES

    def empty(self) -> None:
        """Keeps nothing any more."""
        self.store.empty()

    def close(self, *, well: bool) -> None:
        """Ends the run. Where all went well and most of what lies in very many files is nobody's any more, that is given up."""
        if well and self._many:
            self.store.empty()
        self.store.close()
