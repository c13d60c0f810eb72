"""Keeps names such as B-20 and KF-1 on one line.

A pattern over a finished body: text only, never inside tags, drawings or computer text.
"""

from __future__ import annotations

import re

_PIECES = re.compile(
    r"<svg\b.*?</svg>|<pre\b.*?</pre>|<[^>]*>|\b(?P<name>[A-Z][A-Za-z]{0,3}-\d{1,4}[A-Z]?)\b", re.DOTALL
)


_PERHAPS = re.compile(
    r"-(?=\d)(?:(?<=[A-Z]-)|(?<=[A-Z][A-Za-z]-)|(?<=[A-Z][A-Za-z]{2}-)|(?<=[A-Z][A-Za-z]{3}-))"
)
"""What every designation holds, looked for from its hyphen, of which there are fewer than capitals; most bodies hold none."""


def unbroken(body: str) -> str:
    """The body with each designation in an element that does not wrap."""
    if not _PERHAPS.search(body):
        return body
    return _PIECES.sub(_kept, body)


def _kept(match: re.Match[str]) -> str:
    return f'<span class="fb-nb">{match["name"]}</span>' if match["name"] else match[0]
