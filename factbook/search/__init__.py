"""The search index: Pagefind's, made of the articles of finished pages before anything is applied.

Pages are divided into shards. Only those with an article that has changed are indexed anew, in processes of their own while the
build goes on; the others are kept from the last build. Joined they are one index, so that readers know nothing of shards. What is
findable, and by which spellings and facets, is left to the templates; asking to the theme's script.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from factbook.kept.crew import Begun
from factbook.search import joining, program, shard, shelf
from factbook.search.documents import document_of, key_of
from factbook.search.program import SearchError

__all__ = ["FOLDER", "Indexing", "SearchError", "index", "key_of", "made_of"]

FOLDER = "pagefind/"
"""Where the index lies in the site."""
_FORM = 6
"""Raise it when what is made of pages or of Pagefind's files changes: kept indexes are then made again."""


def made_of(articles: Mapping[str, bytes]) -> bytes:
    """A hash of all that decides what the index holds: the program, and the articles by the files of their pages."""
    found = hashlib.blake2b(f"{program.which()} {_FORM} {shard.LEAST} {shard.ENDS}".encode(), digest_size=16)
    for name in sorted(articles):
        found.update(f"\0{name}\0".encode() + articles[name])
    return found.digest()


def index(pages: Mapping[str, bytes], cache: Path | None = None) -> dict[str, bytes]:
    """The files of the index ("pagefind/…") for the files of a site; none where no page is findable. Raises `SearchError`."""
    articles = {name: key_of(data) for name, data in pages.items() if name.endswith(".html")}
    made = Indexing(articles, pages.__getitem__, cache).files()
    return {name: data for name, data in made.items() if data is not None}


class Indexing:
    """The index of a site in the making."""

    def __init__(
        self,
        articles: Mapping[str, bytes],
        read: Callable[[str], bytes],
        cache: Path | None = None,
        jobs: int = 1,
    ) -> None:
        """Begins with the shards that are not kept, under the folder `cache`, from an earlier index.

        `articles` are hashes of what search may show of pages, by their files, empty where a page is not to be found; `read` gives
        such a page.
        """
        found = {name: key for name, key in articles.items() if key}
        self.made_of = made_of(found)
        self._read = read
        self._shelf = shelf.Shelf(cache / "search" if cache else None)
        self._shards = {
            made_of({name: found[name] for name in names}).hex(): names for names in shard.divided(found)
        }
        self._program = made_of({}).hex()
        keys = [*self._shards, self._program] if found else []
        self._kept = {key: data for key in keys if (data := self._shelf.read(key)) is not None}
        wanted = [key for key in keys if key not in self._kept]
        wanted.sort(key=lambda key: len(self._shards.get(key, ())), reverse=True)  # the longest work first
        self._begun = Begun(self._make, wanted, jobs)

    def files(self, standing: Collection[str] = ()) -> dict[str, bytes | None]:
        """Its files; None for those that stand in the site under a name that tells what they hold. Raises `SearchError`."""
        for key, data in self._begun.results():
            self._shelf.keep(key, data)
            self._kept[key] = data
        if not self._shards:
            return {}
        shards: list[shard.Shard] = [pickle.loads(self._kept[key]) for key in self._shards]  # noqa: S301  our own, and whole
        of_the_program: dict[str, bytes] = pickle.loads(self._kept[self._program])  # noqa: S301  likewise
        known = {name.removeprefix(FOLDER) for name in standing}
        files = joining.joined(shards, of_the_program, known)
        self._shelf.clear(self._kept)
        return {f"{FOLDER}{name}": data for name, data in files.items()}

    def close(self) -> None:
        """Ends the work where its index is not wanted after all."""
        self._begun.close()

    def _make(self, _number: int, runs: Iterator[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
        for (key,) in runs:
            yield key, pickle.dumps(self._made(key), protocol=pickle.HIGHEST_PROTOCOL)

    def _made(self, key: str) -> shard.Shard | dict[str, bytes]:
        if key == self._program:
            return program.of_the_program()
        try:
            return shard.opened(
                program.indexed({name: document_of(self._read(name)) for name in self._shards[key]})
            )
        except shard.FormError as error:
            raise SearchError(
                f"Pagefind {version('pagefind_bin')} writes its files in a form that is not known here ({error}). "
                "The version that is known stands in requirements.txt."
            ) from error
