"""The search index: Pagefind's, made from the finished pages before anything is applied.

Only articles marked ``data-pagefind-body`` are indexed, and only they are handed to Pagefind, so that a
change of the page around them costs no new index. An index is kept under the hash of what went into it. What
is findable, and by which spellings and facets, is left to the templates; asking to the theme's script.
"""

import hashlib
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from factbook.search.packing import PackingError, packed

_FINDABLE = b"data-pagefind-body"
_ARTICLE = re.compile(rb"<article\b[^>]*\bdata-pagefind-body\b.*</article>", re.DOTALL)
_ANCHOR = re.compile(rb' id="[^"<>]*"')
"""Pagefind keeps every anchor of a page beside its text; results lead to pages, so they would be ballast."""
_EVERY = b'<p data-pagefind-ignore data-pagefind-meta="every">everypage</p>'
"""A word that all pages have, to ask for those with a facet: asked for no word at all, Pagefind fetches the whole index."""
_DOTLESS = re.compile(r"\w*ı\w*")
_TAG = re.compile(r"<[^>]+>")
_OPTIONS = (
    "--force-language",
    "en",
    "--exclude-selectors",
    "figure, .fb-section__title, .fb-mark, .fb-cites, .fb-cite__label, .fb-chain",
    "--quiet",
)
"""Charts say over again what stands beside them. Headings that the templates give to every page of a kind, and marks, say nothing
about one; the headings of a briefing are its own."""
_FORM = 5
"""Raise it when what is made of Pagefind's files changes: kept indexes are then made again."""
_LEFT_OUT = (
    "pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.",
    "pagefind-worker.", "wasm.unknown.",
)  # fmt: skip
"""Pagefind's own ready-made interfaces, for ours is the theme's ``scripts/search.js``; and what that never asks for."""
_AS_EVER = (1980, 1, 1, 0, 0, 0)
"""The time written into the kept index: always the same, since no clock is read here."""


class SearchError(Exception):
    """Pagefind could not be run or gave up; the text is for people."""


def index(pages: Mapping[str, bytes], cache: Path | None = None) -> dict[str, bytes]:
    """Return the files of the index ("pagefind/…") for a build's files; none where no page is findable.

    ``cache`` is a folder in which the last index is kept. Raises `SearchError`.
    """
    documents = {
        name: _document(data) for name, data in pages.items() if name.endswith(".html") and _FINDABLE in data
    }
    if not documents:
        return {}
    kept = cache / f"search-{_key(documents)}.zip" if cache else None
    if kept and kept.is_file():
        try:
            return _read(kept)
        except (OSError, zipfile.BadZipFile):
            pass  # half a file from a full disk: make the index again
    made = _run(documents)
    if kept:
        _keep(made, kept)
    return made


def _document(page: bytes) -> bytes:
    """Return what Pagefind needs of a page: its article alone."""
    article = _ARTICLE.search(page)
    inner = _ANCHOR.sub(b"", article.group() if article else page)
    inner = inner.removesuffix(b"</article>") + _EVERY + b"</article>"
    return b'<!doctype html><html lang="en"><body>' + _folded(inner) + b"</body></html>"


def _folded(article: bytes) -> bytes:
    """Add to an article each of its words that hold a Turkish ı once more with an i, which Pagefind takes for another letter."""
    if "ı".encode() not in article:
        return article
    words = {word.replace("ı", "i") for word in _DOTLESS.findall(_TAG.sub(" ", article.decode()))}
    added = f'<p data-pagefind-ignore data-pagefind-meta="folded">{" ".join(sorted(words))}</p></article>'
    return article.removesuffix(b"</article>") + added.encode()


def _key(documents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(f"{version('pagefind_bin')} {_OPTIONS} {_FORM}".encode())
    for name in sorted(documents):
        digest.update(f"\0{name}\0{len(documents[name])}\0".encode())
        digest.update(documents[name])
    return digest.hexdigest()[:32]


def _run(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Write the documents to a folder of their own, and let Pagefind index it."""
    with tempfile.TemporaryDirectory(prefix="factbook-search-") as name:
        folder, output = Path(name, "pages"), Path(name, "pagefind")
        for page, data in documents.items():
            path = folder / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = [str(_binary()), "--site", str(folder), "--output-path", str(output), *_OPTIONS]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", check=False, cwd=name
            )
        except OSError as error:
            raise SearchError(
                f"The search program Pagefind cannot be run: {error.strerror or error}."
            ) from error
        if done.returncode or not (output / "pagefind.js").is_file():
            said = (done.stderr or done.stdout).strip().splitlines()[-3:]
            raise SearchError(
                f"The search program Pagefind gave up (exit {done.returncode}). {' '.join(said)}".strip()
                + " The build can go on without it: --no-search."
            )
        files = sorted(
            path for path in output.rglob("*") if path.is_file() and not path.name.startswith(_LEFT_OUT)
        )
        made = {path.relative_to(output).as_posix(): path.read_bytes() for path in files}
    try:
        return {f"pagefind/{path}": data for path, data in packed(made).items()}
    except PackingError as error:
        raise SearchError(
            f"Pagefind {version('pagefind_bin')} writes its files in a form that is not known here ({error}). "
            "The version that is known stands in requirements.txt."
        ) from error


def _binary() -> Path:
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            "The search program Pagefind is not installed here. Remove the folder .venv and run again, "
            "or build without search: --no-search."
        ) from error


def _read(kept: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(kept) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _keep(files: Mapping[str, bytes], kept: Path) -> None:
    """Keep this index and no other; it is put in place in one step."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}.draft")
    with zipfile.ZipFile(draft, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _AS_EVER), data)
    draft.replace(kept)
    for other in kept.parent.glob("search-*.zip"):
        if other != kept:
            other.unlink(missing_ok=True)
