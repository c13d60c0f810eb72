"""The command line as a table: which commands there are, which options they take, and reading both.

What a command does is left to the module of its name; wrong use ends here, with status 2 and a suggestion.
"""

import argparse
import difflib
import keyword
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from factbook.commands.options import Options
from factbook.frozen import frozen


@frozen
class Option:
    """One option, e.g. `--jobs N`, and the field of Options that it sets."""

    flags: tuple[str, ...]
    field: str
    help: str
    value: str | None = None
    """What stands for its value in the help, as FILE; None for a switch."""
    read: Callable[[str], object] = str
    """Turns the value's text into what the field holds; refuses with argparse.ArgumentTypeError."""
    choices: tuple[str, ...] | None = None
    """The words allowed as its value; None allows any."""
    switch_to: bool = True
    """What a switch sets its field to."""
    repeated: bool = False
    """Whether it may be given several times; its field then holds every value."""


@frozen
class Command:
    """One command, e.g. `check`, and the module in `factbook/commands/` that runs it."""

    name: str
    help: str
    options: tuple[Option, ...] = ()
    """Options that this command takes beside the common ones."""
    words: str | None = None
    """What stands in the help for the words after its name, as TEST; None where it takes none."""
    exactly: int | None = None
    """How many words it must be given; None takes any number, where it takes words at all."""
    example: str | None = None
    """A line as a person would type it after `build.py`, and what it does."""

    @property
    def module(self) -> str:
        """Its module; a word that Python keeps for itself has an underscore there."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name.replace("-", "_")


def _day(text: str) -> str:
    """Return the text of a calendar day as it stands, e.g. 2026-11-22."""
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        day = ""
    if day == text:  # other spellings of a date, as 20261122, are not taken
        return day
    raise argparse.ArgumentTypeError(f'"{text}" is not a day. Write year-month-day, as 2026-11-22')


def _count(text: str) -> int:
    """Return a number of processes, at least one."""
    if re.fullmatch(r"\d{1,4}", text, re.ASCII) and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text}" is not a number of processes. Write 1, 2, 3 or more')


def _port(text: str) -> int:
    """Return the number of a port; 0 takes a free one."""
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text}" is not a port. Write a number up to 65535, as 8001')


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """Return a reader that takes these words alone."""

    def read_word(text: str) -> str:
        if text in choices:
            return text
        raise argparse.ArgumentTypeError(f'"{text}" is not one of {", ".join(choices)}')

    return read_word


COMMON_OPTIONS = (
    Option(
        ("-f", "--config-file"),
        "config_file",
        "the mkdocs.yml to build (default: the one here)",
        "FILE",
        Path,
    ),
    Option(("--strict",), "strict", "let warnings fail the run as errors do"),
    Option(("--as-of",), "as_of", "the day to build for, as 2026-11-22", "DATE", _day),
    Option(("--jobs",), "jobs", "how many processes may work at once", "N", _count),
    Option(("--site-dir",), "site_dir", "where the finished site goes", "DIR", Path),
    Option(("--no-search",), "search", "leave the search index out", switch_to=False),
)

COMMANDS = (
    Command("build", "check everything, then build the site (the default)"),
    Command(
        "check",
        "print all problems of the content in one run; with ID, those of some sheets alone",
        options=(
            Option(
                ("--format",),
                "format",
                "for people (text), pull requests (github) or programs (json)",
                "FORM",
                choices=("text", "github", "json"),
            ),
        ),
        words="ID",
        example="check price-cap",
    ),
    Command(
        "serve",
        "show the publication in the browser, and each saved change a moment later",
        options=(Option(("--port",), "port", "where to listen on this machine (default: 8000)", "N", _port),),
        example="serve --port 8001",
    ),
    Command(
        "new",
        "write a draft sheet, with every field explained",
        words="COLLECTION ID",
        exactly=2,
        example="new actors ministry-of-tides",
    ),
    Command(
        "show",
        "show a sheet in short: its state, its links both ways, its pages, its problems",
        words="ID",
        exactly=1,
        example="show price-cap",
    ),
    Command(
        "where",
        "list every place that refers to a sheet, and its addresses",
        words="ID",
        exactly=1,
        example="where price-cap",
    ),
    Command(
        "rename",
        "give a sheet another id, everywhere; its old address leads to the new one",
        words="OLD NEW",
        exactly=2,
        example="rename price-cap oil-price-cap",
    ),
    Command(
        "fmt",
        "lay out sheets in one way, comments kept; with FILE, only those",
        options=(
            Option(("--check",), "only_check", "change nothing; list the files that would change, status 1"),
        ),
        words="FILE",
        example="fmt content/measures/price-cap.yml",
    ),
    Command(
        "due",
        "list what is overdue for review, or falls due by a day",
        options=(
            Option(("--by",), "by", "also what falls due by this day, as 2027-01-31", "DATE", _day),
            Option(("--fail",), "fail", "status 1 where something is overdue"),
        ),
        example="due --by 2027-01-31",
    ),
    Command(
        "diff",
        "print the facts added, changed and removed between two commits, and the pages they touch",
        options=(
            Option(
                ("--format",),
                "format",
                "for people (text) or for a proposal (markdown)",
                "FORM",
                choices=("text", "markdown"),
            ),
        ),
        words="A..B",
        exactly=1,
        example="diff main..HEAD",
    ),
    Command(
        "what-if",
        "tell what would follow if something were otherwise, and change nothing",
        words="ID=VALUE …",
        example="what-if price-cap=ended",
    ),
    Command(
        "card",
        "tell offline whether this publication said what a card of a fact says, in which commit, and what it says now",
        words="CARD.json",
        exactly=1,
        example="card price-cap.json#provisions.price-cap.threshold",
    ),
    Command(
        "links",
        "ask whether the addresses of sources still answer, and still hold the words we cite",
        example="links --as-of 2026-11-22",
    ),
    Command(
        "pages",
        "write the pages as Markdown files, for another site generator",
        options=(
            Option(
                ("--to",), "to", "the folder for them: a new or empty one, or theirs from before", "DIR", Path
            ),
        ),
        example="pages --to ../pages",
    ),
    Command(
        "import",
        "turn entries of a list (OFAC, OpenSanctions, FollowTheMoney) into draft sheets, or compare ours with it",
        options=(
            Option(
                ("--dated",),
                "dated",
                "the day of the list, as 2026-09-30; the files do not tell",
                "DATE",
                _day,
            ),
            Option(
                ("--uid",),
                "numbers",
                "pick the entry of this number; may be repeated",
                "NUMBER",
                repeated=True,
            ),
            Option(("--name",), "names", "pick entries of this name; may be repeated", "NAME", repeated=True),
            Option(
                ("--programme",),
                "programmes",
                "pick entries of this programme; may be repeated",
                "TAG",
                repeated=True,
            ),
            Option(("--list",), "list_id", "the regime of ours that the list is", "ID"),
            Option(
                ("--source",), "source", "the source that stands for the files, there already or new", "ID"
            ),
            Option(("--measure",), "measure", "the measure for new designations, there already or new", "ID"),
            Option(
                ("--compare",),
                "compare",
                "only tell where our designations and the list differ; then status 1",
            ),
            Option(("--dry-run",), "dry_run", "write nothing; print the drafts"),
        ),
        words="FILE",
        example="import sdn.csv --dated 2026-09-30 --uid 90001",
    ),
    Command(
        "test",
        "run linters, types, layers and tests; with TEST, only those tests",
        options=(Option(("--full",), "full", "also run what needs Node, Java or heavy libraries"),),
        words="TEST",
    ),
)


class WrongUseError(Exception):
    """A command line that cannot be understood; its text says why and what would be right."""


class HelpShown(Exception):  # noqa: N818  (not an error: the person asked for help and got it)
    """The help was asked for and printed."""


class _Parser(argparse.ArgumentParser):
    """Argparse, but a mistake is one sentence of ours, and reading a line never ends the program."""

    def error(self, message: str) -> NoReturn:
        raise WrongUseError(message.removeprefix("argument ") + ".\n" + _see_help())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise HelpShown


def read(arguments: Sequence[str]) -> tuple[Command, Options]:
    """Return the command and its options; raises WrongUseError where they cannot be understood."""
    by_name = {command.name: command for command in COMMANDS}
    name = _command_word(arguments)
    if name is not None and name not in by_name:
        raise WrongUseError(f'There is no command "{name}".{_nearest(name, by_name)}\n{_see_help()}')
    command = by_name[name or "build"]
    _refuse_missing_value(arguments, (*COMMON_OPTIONS, *command.options))
    parser = _parser(COMMANDS if name is None else (command,))
    chosen, unknown = parser.parse_known_args(list(arguments))
    fields = vars(chosen)
    fields.pop("command", None)
    if unknown:
        known = [flag for option in (*COMMON_OPTIONS, *command.options) for flag in option.flags]
        what = "option" if unknown[0].startswith("-") else "word"
        sentence = f'"{command.name}" does not take the {what} "{unknown[0]}".'
        raise WrongUseError(f"{sentence}{_nearest(unknown[0], known)}\n{_see_help()}")
    fields["arguments"] = tuple(fields.get("arguments", ()))
    fields |= {
        option.field: tuple(fields.get(option.field, ())) for option in command.options if option.repeated
    }
    _refuse_wrong_number(command, fields["arguments"])
    return command, Options(**fields, line=tuple(arguments))


def _refuse_wrong_number(command: Command, words: Sequence[str]) -> None:
    """Say it where a command that needs some words is given fewer or more."""
    if command.exactly is None or len(words) == command.exactly:
        return
    number = "one word" if command.exactly == 1 else f"{command.exactly} words"
    example = f"\nFor example: build.py {command.example}" if command.example else ""
    raise WrongUseError(f'"{command.name}" takes {number}: {command.words}.{example}\n{_see_help()}')


def _parser(shown: Sequence[Command]) -> argparse.ArgumentParser:
    """What reads a line with one of some commands."""
    parser = _Parser(
        prog="build.py",
        description="Builds the publication whose mkdocs.yml lies here. Without a command: build.",
        epilog="Exit status: 0 fine, 1 problems in the content, 2 wrong use, 3 the machine failed.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    _add(parser, COMMON_OPTIONS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in shown:
        described = command.help[0].upper() + command.help[1:] + "."
        sub = commands.add_parser(
            command.name,
            help=command.help,
            description=described,
            epilog=f"Example: build.py {command.example}" if command.example else None,
            formatter_class=_WholeExample,
            usage=f"build.py {command.name} {command.words} [options]" if command.exactly else None,
            allow_abbrev=False,
            argument_default=argparse.SUPPRESS,
        )
        _add(sub, (*command.options, *COMMON_OPTIONS))
        if command.words:
            sub.add_argument("arguments", nargs="*", metavar=command.words)
    return parser


class _WholeExample(argparse.HelpFormatter):
    """Wraps all but the example, which is there to be copied."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text.startswith("Example:") else super()._fill_text(text, width, indent)


def _add(parser: argparse.ArgumentParser, options: Sequence[Option]) -> None:
    for option in options:
        how: dict[str, Any] = {"dest": option.field, "help": option.help, "default": argparse.SUPPRESS}
        if option.value is None:
            how |= {"action": "store_const", "const": option.switch_to}
        else:
            how |= {
                "metavar": option.value,
                "type": _one_of(option.choices) if option.choices else option.read,
                "action": "append" if option.repeated else "store",
            }
        parser.add_argument(*option.flags, **how)


def _command_word(arguments: Sequence[str]) -> str | None:
    """Return the first word that is neither an option nor an option's value; None where there is none."""
    takes_value = {flag for option in COMMON_OPTIONS if option.value for flag in option.flags}
    words = iter(arguments)
    for word in words:
        if word in takes_value:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _refuse_missing_value(arguments: Sequence[str], options: Sequence[Option]) -> None:
    """Say it where an option that needs a value has none; argparse has only a programmer's words for it."""
    values = {flag: option.value for option in options if option.value for flag in option.flags}
    for word, following in zip(arguments, (*arguments, None)[1:], strict=True):
        if word in values and (following is None or following in values):
            raise WrongUseError(f'"{word}" needs a value after it: {values[word]}.\n{_see_help()}')


def _nearest(found: str, known: Sequence[str] | dict[str, Command]) -> str:
    """Return " Did you mean …?" for the known word most like the one found; "" where none is like it."""
    near = difflib.get_close_matches(found.partition("=")[0], list(known), n=1)
    return f' Did you mean "{near[0]}"?' if near else ""


def _see_help() -> str:
    return "All commands and options: build.py --help"
