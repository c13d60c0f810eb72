"""The schemas of one publication, with the ids that there are, kept where editors' programs look for them.

They lie in `.cache/schemas/`, which `.vscode/settings.json` and the first line of a draft point to. `check`, `build` and `serve`
renew them whether or not the content is in order; what is wrong with it is theirs to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from factbook.cache import Cache
from factbook.catalogue import Catalogue
from factbook.exports import schemas
from factbook.model.collections import ALL

if TYPE_CHECKING:  # read late
    from factbook.exports.schema_values import Known

FOLDER = "schemas"
"""Inside the folder of the cache."""
_ENGINE = Path(__file__).resolve().parents[1]


def renew(root: Path, catalogue: Catalogue, unread: Mapping[str, str]) -> None:
    """Writes the schemas that differ from those that lie there. A disk that refuses costs completion and nothing else."""
    cache = Cache(root)
    known = known_sheets(catalogue, unread)
    key = _key(repr(known), repr(catalogue.vocabularies))
    names = cache.get(FOLDER, key) or ()
    if names and all((cache.folder / FOLDER / name).is_file() for name in names):
        return
    files = {
        f"{name}.json": schemas.as_file(schema)
        for name, schema in schemas.schemas(catalogue.vocabularies, known).items()
    }
    if all(cache.keep(f"{FOLDER}/{name}", data) for name, data in files.items()):
        cache.put(FOLDER, key, tuple(files))


def known_sheets(catalogue: Catalogue, unread: Mapping[str, str]) -> Known:
    """The titles of all sheets by collection and id; those that could not be read are there without a title."""
    known: dict[str, dict[str, str]] = {name: {} for name in ALL}
    for id, name in unread.items():
        known[name][id] = ""
    for id, face in catalogue.faces.items():
        known[face.collection][id] = face.title
    return {name: dict(sorted(titles.items())) for name, titles in known.items()}


def _key(*parts: str) -> str:
    """A name for all that the schemas are made from: some texts, the models, and what makes schemas of them."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
    for folder in ("model", "exports"):
        for path in sorted((_ENGINE / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
