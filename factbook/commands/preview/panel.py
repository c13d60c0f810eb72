"""What the server of a preview adds to a page: the script that follows changes, and a panel of what is wrong.

It is added to what is served and never part of the site. Everything in it is escaped.
"""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from factbook.commands.preview.faults import Fault, Faults

ADDRESS = "_preview/"
"""Where the preview's own files and events stand; ids start with a letter or a digit, so no page ever stands there."""
FILES = {
    f"{ADDRESS}{name}": (Path(__file__).parent / name).read_bytes() for name in ("follow.js", "panel.css")
}
SHOWN = 100
"""Problems shown in full; the rest are counted."""

_HEAD = re.compile(rb"</head>")
_BODY = re.compile(rb"<body\b[^>]*>")
_NONE_YET = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>'
    b"<body><p>Nothing can be shown yet.</p></body></html>"
)


def with_panel(page: bytes | None, faults: Faults | None, version: str) -> bytes:
    """A page as the preview serves it; a page that says so where none can be shown."""
    added = Markup(
        '<link rel="stylesheet" href="/{0}panel.css"><script src="/{0}follow.js" data-seen="{1}" defer></script></head>'
    ).format(ADDRESS, version)
    text = _HEAD.sub(lambda _: added.encode(), page or _NONE_YET, count=1)
    if faults is None:
        return text
    panel = _panel(faults, old=page is not None).encode()
    return _BODY.sub(lambda body: body.group() + panel, text, count=1)


def _panel(faults: Faults, *, old: bool) -> Markup:
    rows = Markup("").join(_row(fault) for fault in faults.faults[:SHOWN])
    more = len(faults.faults) - SHOWN
    rest = Markup("<p>And {} more; “build.py check” shows all.</p>").format(more) if more > 0 else ""
    below = " Below is the page as it was before." if old else ""
    return Markup(
        '<section class="fb-preview" role="alert" aria-label="Problems">'
        '<p class="fb-preview__sum"><strong>{}</strong>{}</p><ol>{}</ol>{}</section>'
    ).format(faults.summary, below, rows, rest)


def _row(fault: Fault) -> Markup:
    return Markup(
        '<li><code class="fb-preview__place">{}</code> <span>{}</span> <code>{}</code><p>{}</p></li>'
    ).format(fault.place, fault.severity, fault.code, fault.message)
