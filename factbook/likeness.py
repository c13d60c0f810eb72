"""How like two words are: asked only where something may have been mistyped or misquoted, and so read late."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process


def most_like(word: str, among: Sequence[str], least: float) -> str | None:
    """The first of the words most like another; None where none is as like as `least`, out of 100."""
    found = process.extractOne(word, among, scorer=fuzz.ratio, score_cutoff=least)
    return found[0] if found else None


def like(one: str, other: str, least: float) -> float:
    """How like two words are, out of 100; 0 where it is less than `least`."""
    return fuzz.ratio(one, other, score_cutoff=least)


def passage(words: str, text: str) -> tuple[int, int] | None:
    """Where the passage of a text begins and ends that is most like some words."""
    near = fuzz.partial_ratio_alignment(words, text)
    return (near.dest_start, near.dest_end) if near else None
