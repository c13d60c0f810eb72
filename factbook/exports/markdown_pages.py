"""A page as a Markdown file with front matter, from which any generator of sites makes the page again.

The body is the HTML of the site, in blocks that Markdown hands on unchanged: each starts with a tag of a block and holds no blank
line, and what generators take for their own templates (`{{`, `{%`, `{#`) is written as entities. A page stands in a folder of
its own under its address, so that its relative links are true before and after. Front matter is YAML that is JSON as well, so
that readers of every YAML understand it alike. The shell around the body is left to the generator.
"""

from __future__ import annotations

import json
import re
from typing import Any

from factbook.rendering.html import Rendered

_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*)+")
_OF_TEMPLATES = re.compile(r"\{(?=[{%#])")
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def file_of(file: str) -> str:
    """The name of a page's file, e.g. `measures/price-cap/index.md` for `measures/price-cap/index.html`."""
    return f"{file.removesuffix('.html')}.md"


def as_markdown(rendered: Rendered) -> str:
    """The whole file."""
    values = rendered.values
    page = f'<div class="fb-page {values["page_class"]}" id="top" {values["search"]}'.rstrip()
    after = values["previous_next"] + values["edit"]
    blocks = [
        values["breadcrumbs"],
        f"{page}>\n{values['body']}\n</div>",
        f'<div class="fb-after">{after}</div>' if after else "",
    ]
    lines = [f"{key}: {_json(value)}" for key, value in front_matter(rendered).items()]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(_block(each) for each in blocks if each), ""])


def front_matter(rendered: Rendered) -> dict[str, Any]:
    """What a generator has to know of a page: words, never HTML but in `head`."""
    page = rendered.page
    found: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
        "day": page.day.isoformat() if page.day else "",
        "source": page.path,
        "facets": _by_name(page.facets),
        "head": rendered.values["machines"] + rendered.values["head"],
        "hide": ["navigation", "toc"],
    }
    if not page.facets:
        found["search"] = {"exclude": True}
    return {key: value for key, value in found.items() if value}


def _by_name(facets: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in facets:
        found.setdefault(name, []).append(value)
    return found


def _block(html: str) -> str:
    """HTML without blank lines, those of preformatted text as entities."""
    parts = _PRE.split(html.strip())
    parts[0::2] = [_BLANK_LINES.sub("\n", part) for part in parts[0::2]]
    parts[1::2] = [part.replace("\n", "&#10;") for part in parts[1::2]]
    return _OF_TEMPLATES.sub("&#123;", "".join(parts))


def _json(value: object) -> str:
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
