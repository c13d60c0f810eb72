"""`build.py card`: a card that somebody kept is held against the publication, offline, each outcome with its own words and status."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factbook.commands import main
from factbook.exports.kept_card import LARGEST, Verdict, _fits
from factbook.pages.fact_cards import seal_of
from tests.publications import DAY, read_case
from tests.repositories import commit_all, git, write_commits
from tests.test_fact_cards import as_data, built

CASE = Path(__file__).parent / "cases/fact-cards/superseded-and-corrected.yml"
THRESHOLD = "provisions.sales.threshold"
SAYS = "“Sale of lamps: threshold of 700 USD in any 12 months” (lamp-ban, provisions.sales.threshold, version 042b948599e0)"
SAID = "“Sale of lamps: threshold of 500 USD in any 12 months” (lamp-ban, provisions.sales.threshold, version 0d8e37df8036)"


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication in which a threshold was corrected, and a rule superseded; built."""
    root = tmp_path_factory.mktemp("lamps")
    write_commits({"start_from": "lamps", **read_case(CASE)}, root)
    built(root)
    commit_all(root, "2026-10-22")
    return root


@pytest.fixture
def told(lamps: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """What the command says of a card that is kept as JSON."""

    def tell(card: object, root: Path = lamps, chosen: str = "") -> tuple[int, str]:
        path = tmp_path / "card.json"
        path.write_bytes(card if isinstance(card, bytes) else json.dumps(card).encode())
        capsys.readouterr()
        status = main(["card", "-f", str(root / "mkdocs.yml"), "--as-of", DAY, f"{path}{chosen}"])
        said = capsys.readouterr()
        return status, (said.out + said.err).replace(str(tmp_path), "").strip()

    return tell


def card_of(root: Path, version: int = 0, anchor: str = THRESHOLD, id: str = "lamp-ban") -> dict[str, Any]:
    """The data of one card alone: of the present version (0), or of one before."""
    data = as_data(root / "site", id)
    return {**data, "facts": [[each for each in data["facts"] if each["sealed"]["fact"] == anchor][version]]}


def sealed_anew(card: dict[str, Any]) -> dict[str, Any]:
    """The card with the hash of what it says now, as a forger would write it."""
    fact = card["facts"][0]
    content = {**fact["sealed"], "sheet": card["sheet"], "title": card["title"]}
    return {**card, "facts": [{**fact, "hash": seal_of(content)}]}


def test_what_stands(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    commit, day = git(lamps, "rev-parse", "HEAD~1"), "21 October 2026"
    assert told(card_of(lamps)) == (
        Verdict.STANDS,
        f"{SAYS}\n  Lamps said this. It came with commit {commit} of {day}.\n  It stands so today.",
    )


def test_what_was_corrected(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    commit = git(lamps, "rev-parse", "HEAD~2")
    assert told(card_of(lamps, 1)) == (
        Verdict.STANDS_NO_MORE,
        f"{SAID}\n  Lamps said this. It came with commit {commit} of 1 October 2026.\n"
        "  Corrected on 20 October 2026 by version 042b948599e0, because: It says 700, not 500.\n"
        "  Today it says: “Sale of lamps: threshold of 700 USD in any 12 months” (version 042b948599e0).",
    )


def test_all_cards_of_a_file_and_one_of_them(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    whole = as_data(lamps / "site", "lamp-ban")
    status, said = told(whole)
    assert status == Verdict.STANDS_NO_MORE
    assert said.count("Lamps said this") == len(whole["facts"])
    status, said = told(whole, chosen="#designations.borland")
    assert status == Verdict.STANDS
    assert said.startswith("“Designation of Borland, from 1 March 2021”")
    assert said.count("Lamps said this") == 1
    assert told(whole, chosen="#nothing") == (
        Verdict.NO_CARD,
        '/card.json is no card: none of its cards is of the fact or the version "nothing".',
    )


@pytest.mark.parametrize("field", ["wording", "version", "fact", "kind"])
def test_a_card_that_was_changed(lamps: Path, told: Callable[..., tuple[int, str]], field: str) -> None:
    card = card_of(lamps)
    card["facts"][0]["sealed"][field] = card["facts"][0]["sealed"][field][::-1]
    status, said = told(card)
    assert status == Verdict.CHANGED
    assert "This card was changed after it was handed out. Its hash is " in said


def test_a_card_that_was_changed_and_sealed_anew(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    card = card_of(lamps)
    card["facts"][0]["sealed"]["wording"] = "Sale of lamps: threshold of 900 USD in any 12 months"
    assert told(sealed_anew(card)) == (
        Verdict.CHANGED,
        f"{SAYS.replace('700', '900')}\n  These are not the words of that version. "
        "That version says: “Sale of lamps: threshold of 700 USD in any 12 months”.",
    )
    card = card_of(lamps)
    card["facts"][0]["sealed"]["sources"] = [{"source": "daily"}]
    assert told(sealed_anew(card))[1].endswith("That version says: sources: gazette .")


def test_another_name_of_a_sheet_is_no_forgery(
    lamps: Path, told: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    card = card_of(lamps, anchor="designations.borland")
    root = tmp_path / "renamed"
    shutil.copytree(lamps, root, ignore=shutil.ignore_patterns("site", ".cache"))
    actor = root / "content/actors/borland.yml"
    actor.write_text(actor.read_text("utf-8").replace("text: Borland", "text: Kingdom of Borland"), "utf-8")
    commit_all(root, "2026-10-30")
    status, said = told(card, root)
    assert (status, said.splitlines()[-1]) == (Verdict.STANDS, "  It stands so today.")


def test_a_commit_is_not_sealed(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    card = card_of(lamps)
    card["facts"][0]["commit"] = "f" * 40
    status, said = told(card)
    assert status == Verdict.STANDS
    assert "The card names another commit, ffffffffffff; a commit is not sealed by the hash." in said


def test_a_card_of_another_publication(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    card = card_of(lamps)
    card |= {"publication": "Candles", "sheet": "candle-ban"}
    status, said = told(sealed_anew(card))
    assert status == Verdict.ANOTHER_PUBLICATION
    assert said.endswith("This card is of “Candles”. This publication is “Lamps”, and knows no such version.")


def test_a_version_that_was_never_said(lamps: Path, told: Callable[..., tuple[int, str]]) -> None:
    card = card_of(lamps)
    card["facts"][0]["sealed"]["version"] = "0123456789ab"
    assert told(sealed_anew(card)) == (
        Verdict.NEVER_SAID,
        f"{SAYS.replace('042b948599e0', '0123456789ab')}\n"
        "  This publication never said that: neither its sheets nor its history have this version.\n"
        "  The fact says now: “Sale of lamps: threshold of 700 USD in any 12 months” (version 042b948599e0).",
    )


def test_a_clone_that_is_cut_short_cannot_tell(
    lamps: Path, told: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    cut = tmp_path / "cut"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{lamps}", str(cut))
    status, said = told(card_of(lamps, 1), cut)
    assert status == Verdict.NOT_TO_BE_TOLD
    assert (
        "This clone holds only a part of the history, so whether it was said before cannot be told." in said
    )
    status, said = told(card_of(lamps), cut)
    assert status == Verdict.STANDS
    assert "Which commit brought it cannot be told: this clone holds only a part of the history." in said


def test_a_sheet_that_was_withdrawn(told: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    root = tmp_path / "withdrawn"
    case = read_case(CASE.parent / "a-withdrawn-sheet.yml")
    write_commits({"start_from": "lamps", **case}, root)
    built(root)
    status, said = told(card_of(root, anchor="facts.flax", id="wick"), root)
    assert status == Verdict.STANDS_NO_MORE
    assert said.endswith("Withdrawn on 24 October 2026, because: Lamps have none.\n  Today it says nothing.")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Not JSON.", "it is no JSON."),
        (b"\xff\xfe", "it is no JSON."),
        (b"[" * 100_000, "it is no JSON."),
        (b"[1, 2]", 'it is JSON, and no card: it has no field "cards".'),
        (b'{"id": "lamp-ban"}', 'it is JSON, and no card: it has no field "cards".'),
        (b'{"cards": 99}', "it is a card in a form that this version of the program does not know."),
        (
            b'{"cards": 1}',
            'it is cut short: it wants "publication", "sheet", "title" and at least one of "facts".',
        ),
        (
            b'{"cards": 1, "publication": "a", "sheet": "b", "title": "c", "facts": [{"sealed": 3}]}',
            'one of its "facts" has no "fact", "version" or "hash".',
        ),
        (b" " * (LARGEST + 1), "it is larger than any file of cards."),
    ],
)
def test_a_file_that_is_no_card(told: Callable[..., tuple[int, str]], data: bytes, why: str) -> None:
    assert told(data) == (Verdict.NO_CARD, f"/card.json is no card: {why}")


def test_no_file_and_a_folder(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for word, why in (("gone.json", "There is no file gone.json."), (str(lamps), "is a folder")):
        assert main(["card", "-f", str(lamps / "mkdocs.yml"), word]) == Verdict.NO_CARD
        assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kept", "said", "names", "fits"),
    [
        ("Owns A", "Owns Bee", ["Bee"], True),
        ("Owns A and C", "Owns Bee and Sea", ["Bee", "Sea"], True),
        ("Sells A", "Owns Bee", ["Bee"], False),
        ("Owns A for good", "Owns Bee", ["Bee"], True),
        ("Owns A", "Owns Bee now", ["Bee"], False),
        ("Owns Bee", "Owns Bee", [], True),
        ("Owns Sea", "Owns Bee", [], False),
    ],
)
def test_words_are_the_same_but_for_names(kept: str, said: str, names: list[str], fits: bool) -> None:
    assert _fits(kept, said, names) == fits
