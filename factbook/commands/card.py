"""`build.py card CARD.json`: whether this publication said what a card says, in which commit, and what it says now. Offline."""

from __future__ import annotations

import sys
from pathlib import Path

from factbook import publication
from factbook.commands.options import Options
from factbook.commands.status import PROBLEMS
from factbook.exports.kept_card import LARGEST, NoCardError, Verdict, cards_in, held_against
from factbook.problems import as_text, counted, in_order


def run(options: Options) -> int:
    """Prints what is to be said of each card; the status is that of the worst of them, as `Verdict` has it."""
    word = options.arguments[0]
    path, _, chosen = word.partition("#") if not Path(word).is_file() else (word, "", "")
    try:
        with Path(path).open("rb") as file:
            cards = cards_in(file.read(LARGEST + 1), chosen)
    except FileNotFoundError:
        print(f"There is no file {path}.", file=sys.stderr)
        return Verdict.NO_CARD
    except IsADirectoryError:
        print(f"{path} is a folder. Name the file of a card, as c/ID.json of the site.", file=sys.stderr)
        return Verdict.NO_CARD
    except NoCardError as error:
        print(f"{path} is no card: {error}", file=sys.stderr)
        return Verdict.NO_CARD
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    if content.settings is None or content.catalogue is None or content.as_of is None:
        problems = in_order(content.problems)
        print(f"{as_text(problems)}\n\n{counted(problems)}")
        return PROBLEMS
    name = content.settings.site_name
    found = [held_against(card, name, content.catalogue, content.history, content.as_of) for card in cards]
    print("\n\n".join("\n  ".join(each.lines) for each in found))
    return max(each.verdict for each in found)
