"""All sheets of a build, joined: every reference resolved, every link walkable both ways.

`join` follows each reference of each sheet, in fields and inside prose, and keeps it with the field or the sentence that makes
it. A reference that leads nowhere is a problem; it never becomes nothing. What the links mean for a reader is for the pages.
"""

from __future__ import annotations

from factbook.catalogue.astray import Known
from factbook.catalogue.catalogue import Beside, Catalogue, Face, face_of
from factbook.catalogue.following import anchors_of, follow, own_words, stray_capture
from factbook.catalogue.joining import AllKnown, Named, join
from factbook.catalogue.links import Followed, Follows, Link
from factbook.catalogue.lookups import Gathered
from factbook.catalogue.watched import Watched, WatchedHistory

__all__ = [
    "AllKnown",
    "Beside",
    "Catalogue",
    "Face",
    "Followed",
    "Follows",
    "Gathered",
    "Known",
    "Link",
    "Named",
    "Watched",
    "WatchedHistory",
    "anchors_of",
    "face_of",
    "follow",
    "join",
    "own_words",
    "stray_capture",
]
