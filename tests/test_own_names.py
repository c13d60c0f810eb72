"""The engine names nothing of one publication: it and its templates know kinds of things, and no thing.

What may not be named is read from the file names of the publication beside it, which are its ids. That a language has rules
of its own (Turkish letters, Arabic script) is knowledge of languages, not of anything published.
"""

import re
from pathlib import Path

import pytest

NAMING = ("measures", "regimes", "actors", "systems", "events", "statements", "sources")
"""Collections whose ids are names; terms and the words of closed lists are common nouns."""
COMMON = frozenset(["radar", "press", "importers", "reuters", "haaretz"])
"""Ids that are ordinary words as well."""
FORMATS = {
    "ofac": ("factbook/imports/", "factbook/commands/arguments.py"),
    "turkey": ("factbook/model/codes.py",),
}
"""Names that are also part of a form that is read: its publisher, a country as it spells it; and where alone they may stand."""
READ = (".py", ".j2", ".html", ".css", ".js", ".svg")


def texts(root: Path) -> list[Path]:
    """Everything that the engine is written in."""
    found = [path for folder in ("factbook", "templates") for path in (root / folder).rglob("*")]
    return sorted([root / "build.py", *(path for path in found if path.suffix in READ)])


def names(root: Path) -> set[str]:
    """Every id of the publication, and the telling words in them: `us-caatsa-231-ssb` also forbids `caatsa` and `ssb`."""
    ids = {path.stem for name in NAMING for path in (root / "content" / name).glob("*.yml")}
    telling = {
        "turkey",
        "russia",
        "caatsa",
        "ssb",
        "kommersant",
        "arabi21",
        "demir",
        "pukhov",
        "erdogan",
        "ofac",
    }
    return {id for id in ids if len(id) > 3} - COMMON | telling


def test_the_words_looked_for_are_those_of_the_publication(root: Path) -> None:
    found = names(root)
    assert len(found) > 300
    assert "us-caatsa-231-ssb" in found


def test_the_engine_names_nothing_of_a_publication(root: Path) -> None:
    pattern = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(name) for name in sorted(names(root), key=len, reverse=True))
        + r")(?![\w-])",
        re.IGNORECASE,
    )
    named = []
    for path in texts(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            shown = str(path.relative_to(root))
            named += [
                f"{shown}:{number}: {found}"
                for found in pattern.findall(line)
                if not shown.startswith(FORMATS.get(found.lower(), ("-",)))
            ]
    assert named == []


@pytest.mark.parametrize("address", ["github.com", "github.io", "example.com"])
def test_the_engine_knows_no_address(root: Path, address: str) -> None:
    assert [path.name for path in texts(root) if address in path.read_text(encoding="utf-8")] == []
