"""`build.py new COLLECTION ID`: a draft sheet from the model, where sheets of its kind lie. It asks nothing and overwrites nothing."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from factbook.cache import FOLDER
from factbook.catalogue import join
from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing
from factbook.editing.draft import draft
from factbook.editing.texts import write_whole
from factbook.loading.sheets import load
from factbook.model.collections import ALL


def run(options: Options) -> int:
    """Writes the draft and says where; 2 where the collection or the id is not right."""
    name, id = options.arguments
    settings = settings_of(options, "Nothing was written.")
    if settings is None:
        return PROBLEMS
    loaded = load(settings)
    catalogue, _ = join(loaded)
    try:
        choosing.a_collection(name, ALL)
        choosing.a_free_id(catalogue, loaded.unread, id, name)
    except choosing.RefusedError as refusal:
        print(f"{refusal}\nNothing was written.", file=sys.stderr)
        return WRONG_USE
    folder = settings.briefings if name == "briefings" else f"{settings.content}/{name}"
    path = f"{folder}/{id}.{'md' if name == 'briefings' else 'yml'}"
    schema = Path(os.path.relpath(f"{FOLDER}/schemas/{name}.json", folder)).as_posix()
    schema = "" if name == "briefings" else schema
    text = draft(ALL[name], loaded.vocabularies, _today(options), schema=schema)
    write_whole(settings.root / path, text.encode())
    print(path)
    print("Fill in the blanks; “build.py check” says what is missing.")
    return FINE


def _today(options: Options) -> date:
    """The day on which the sheet is written: as asked, else the machine's; that of a commit would be an older one."""
    return date.fromisoformat(options.as_of) if options.as_of else datetime.now(tz=UTC).astimezone().date()
