"""A sheet as JSON, and back: what stands in its file and nothing else, under the names that the file uses.

A field has one JSON type: texts and dates are strings, amounts are numbers, flags are booleans, lists are arrays. What a sheet
does not say is left out, never null; so is what is as the schema's `default` has it. Where the files stand is left to `files`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from factbook.catalogue import Catalogue
from factbook.loading.loaded import LoadedSheet, LoadedTombstone
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL
from factbook.model.sheet import Sheet
from factbook.pages.addresses import address_of


def sheet_as_json(loaded: LoadedSheet, _catalogue: Catalogue) -> bytes:
    """A sheet on one line: `id`, `collection`, `title`, `page` (from the root of the site), `sheet` (its fields)."""
    sheet = loaded.sheet
    head = json.dumps(
        {
            "id": sheet.id,
            "collection": loaded.collection,
            "title": sheet.title_text,
            "page": address_of(loaded.collection, sheet.id),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    fields = sheet.model_dump_json(by_alias=True, exclude_defaults=True)
    if isinstance(sheet, Briefing | PlainPage):
        text = json.dumps(sheet.text, ensure_ascii=False)
        fields = f'{fields[:-1]},"text":{text}}}'
    return f'{head[:-1]},"sheet":{fields}}}'.encode()


def withdrawn_as_json(gone: LoadedTombstone) -> bytes:
    """What stands at the data of a withdrawn sheet: `id`, `collection`, `title`, `page`, `withdrawn` (its day, reason, instead)."""
    stone = gone.stone
    said = stone.withdrawn.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    page = address_of(gone.collection, stone.id)
    row = {
        "id": stone.id,
        "collection": gone.collection,
        "title": stone.title,
        "page": page,
        "withdrawn": said,
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def sheet_from_json(data: Mapping[str, Any]) -> Sheet:
    """The sheet that was written so. Of a page of prose, the line on which its text starts is not kept."""
    fields = data["sheet"]
    model: type[Sheet] = ALL[data["collection"]].model
    if data["collection"] == "briefings" and "question" not in fields:
        model = PlainPage
    return model.model_validate({**fields, "id": data["id"]})
