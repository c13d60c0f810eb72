"""Files about the publication as a whole: which build it is, its licence, its schemas, what crawlers and browsers ask for."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from factbook.catalogue import Catalogue
from factbook.exports import follow_the_money
from factbook.exports.api_description import api_schema, openapi
from factbook.exports.social import ICONS
from factbook.model.collections import ALL
from factbook.rendering.edition import Edition

API = "1"
"""The version of the API: a field that goes or changes its type makes the next one, at another address."""


def version(catalogue: Catalogue, edition: Edition) -> bytes:
    """Which build this is: the only file that changes with every build."""
    counted = Counter(catalogue.collection_of(id) for id in catalogue.ids())
    return _json(
        {
            "api": API,
            "day": edition.as_of.isoformat(),
            **({"commit": edition.commit} if edition.commit else {}),
            "sheets": {name: counted[name] for name in ALL},
        }
    )


def licence(_catalogue: Catalogue, edition: Edition) -> bytes:
    """Under which licence the content stands, as the publication says it; no file where it says nothing."""
    return edition.site.licence.encode()


def schema(name: str, catalogue: Catalogue) -> bytes:
    """The schema of a collection's sheets, or of what they share."""
    return _json(api_schema(name, catalogue.vocabularies))


def description(_catalogue: Catalogue, edition: Edition) -> bytes:
    """The OpenAPI document."""
    return _json(openapi(edition.site, API))


def ftm_manifest(catalogue: Catalogue, _edition: Edition) -> bytes:
    """What the FollowTheMoney entities hold of a sheet, and what they cannot."""
    return _json(follow_the_money.manifest(catalogue))


def robots(_catalogue: Catalogue, edition: Edition) -> bytes:
    """Everything may be read. Source: RFC 9309; sitemaps.org."""
    where = f"\nSitemap: {edition.site.url}sitemap.xml\n" if edition.site.url else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def web_manifest(_catalogue: Catalogue, edition: Edition) -> bytes:
    """What a browser calls the site when a reader keeps it. Source: W3C, Web Application Manifest."""
    site = edition.site
    icons = [
        {"src": path, "sizes": f"{width}x{width}", "type": "image/png"}
        for path, width in ICONS.items()
        if "favicon" not in path
    ]
    words = {"name": site.name, "short_name": site.name, "description": site.description}
    look = {"start_url": "./", "display": "browser", "background_color": "#fffefb", "theme_color": "#9a2d1c"}
    return _json({**{key: value for key, value in words.items() if value}, **look, "icons": icons})


def _json(data: Any) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()
