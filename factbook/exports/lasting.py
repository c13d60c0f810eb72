"""Names that feeds and calendars give to what they tell, for ever: programs that read them know by these what they have seen."""

from __future__ import annotations

from uuid import UUID, uuid5

FAMILY = UUID("5f0b7c1e-9a5d-5c39-8d0b-3f4f4f6d7a10")
"""The space in which the names are unique. Another one would make every reader see everything anew."""


def lasting_name(publication: str, key: str) -> str:
    """A `urn:uuid:` made of the publication's name and a key; it does not hang on the address of the site, which may move."""
    return f"urn:uuid:{uuid5(FAMILY, f'{publication} {key}')}"
