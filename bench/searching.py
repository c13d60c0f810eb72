"""What the search index costs: to make, to make again after one change, and to ask for the first time.

`python3 -m bench.searching SITE` indexes the pages of a finished site. What a question costs is counted as a browser counts it, from the
index itself: the program, the table of contents, the chunks of the question's words, and the texts of the first eight results.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import markdown
from bench.measuring import weigh
from bench.tools import ROOT
from factbook.search import FOLDER, Indexing, cbor, key_of, program
from factbook.search.documents import document_of
from factbook.search.shard import MARK, divided, opened

SHOWN = 8
"""Results of which the panel shows the text."""
_ONCE = "--once"


def main(words: Sequence[str] | None = None) -> int:
    """Reads the command line and prints a table."""
    parser = argparse.ArgumentParser(prog="python3 -m bench.searching", description=__doc__)
    parser.add_argument("site", type=Path, help="a folder of finished pages")
    parser.add_argument(
        "--questions", nargs="+", default=["agency", "annual agency report"], help="what readers ask"
    )
    parser.add_argument(_ONCE, nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.once:
        _once(asked.site, asked.once[0], Path(asked.once[1]))
        return 0
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        rows = [["the index of a site", "CPU s", "wall s", "most memory, MB"]]
        for case in ("read only", "in one piece", "nothing kept", "one article changed", "nothing changed"):
            command = [sys.executable, "-m", "bench.searching", asked.site, _ONCE, case, folder]
            cost = weigh(command, ROOT)
            rows.append([case, f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.memory:.0f}"])
        files = Indexing(
            {name: key_of(data) for name, data in _pages(asked.site).items()},
            _pages(asked.site).__getitem__,
            folder,
        ).files()
    finally:
        shutil.rmtree(folder)
    print(markdown(rows))
    made = {name.removeprefix(FOLDER): data for name, data in files.items() if data is not None}
    print(f"\nThe index: {len(made):,} files, {sum(map(len, made.values())) / 1e6:.1f} MB.")
    for question in asked.questions:
        print(f"A first question, “{question}”: {first_question(made, question):,} bytes.")
    return 0


def first_question(files: Mapping[str, bytes], question: str) -> int:
    """How many bytes a browser that has nothing yet fetches for a question; what a host compresses counts compressed."""
    entry = json.loads(files[program.ENTRY])["languages"]["en"]
    meta = f"pagefind.{entry['hash']}.pf_meta"
    _, pages, chunks, *_ = cbor.decode(gzip.decompress(files[meta]).removeprefix(MARK))[0]
    fetched = {program.ENTRY, *program.OF_THE_PROGRAM, meta}
    for word in question.lower().split():
        fetched |= {f"index/{chunk}.pf_index" for first, last, chunk in chunks if first <= word[:3] <= last}
    fetched |= {f"fragment/{name}.pf_fragment" for name, _ in pages[:SHOWN]}
    return sum(
        len(gzip.compress(files[name], 6)) if name.endswith((".js", ".json")) else len(files[name])
        for name in fetched
    )


def _once(site: Path, case: str, folder: Path) -> None:
    pages = _pages(site)
    articles = {name: key_of(data) for name, data in pages.items()}
    if case == "read only":
        return
    if case == "in one piece":
        opened(program.indexed({name: document_of(pages[name]) for name, key in articles.items() if key}))
        return
    standing: set[str] = set()
    names = folder / "names.json"
    if case != "nothing kept":
        standing = set(json.loads(names.read_text("utf-8")))
    if case == "one article changed":
        shards = sorted(divided(name for name, key in articles.items() if key), key=len)
        changed = shards[len(shards) // 2][0]
        pages[changed] = pages[changed].replace(b"</article>", b"<p>One sentence more.</p></article>")
        articles[changed] = key_of(pages[changed])
    files = Indexing(articles, pages.__getitem__, folder, jobs=2).files(standing)
    if case == "nothing kept":
        names.write_text(json.dumps(sorted(files)), "utf-8")


def _pages(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}


if __name__ == "__main__":
    sys.exit(main())
