"""Commands: what a person can ask for; one module each, with `run(options) -> exit status`.

This module reads the command line and starts the command asked for, importing no other (starting `test`
should not load MkDocs). It also turns what stopped a command for reasons outside the content into a sentence.
"""

import importlib
import os
import sys
from collections.abc import Sequence

from factbook import bootstrap
from factbook.commands import arguments
from factbook.commands.options import Options

FINE, PROBLEMS, WRONG_USE, MACHINE_FAILED = 0, 1, arguments.WRONG_USE, bootstrap.MACHINE_FAILED
"""Exit statuses of every command: fine · problems in the content · wrong use · the machine failed."""


def main(line: Sequence[str]) -> int:
    """Run the command that the line asks for and return its exit status."""
    try:
        command, options = arguments.read(line)
    except arguments.HelpShown:
        return FINE
    except arguments.WrongUseError as mistake:
        print(mistake, file=sys.stderr)
        return WRONG_USE
    try:
        return _run(command.module, options)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return bootstrap.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`build.py check | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MACHINE_FAILED
    except OSError as fault:
        place = f" ({fault.filename})" if fault.filename else ""
        print(f"The machine failed: {fault.strerror or fault}{place}.", file=sys.stderr)
        return MACHINE_FAILED


def _run(name: str, options: Options) -> int:
    try:
        _finish_what_was_interrupted(options)
        status: int = importlib.import_module(f"factbook.commands.{name}").run(options)
    except ModuleNotFoundError as missing:
        if (missing.name or "factbook").partition(".")[0] == "factbook":
            raise  # a mistake in this program, not in the environment
        bootstrap.forget_stamp()
        print(f".venv is incomplete: {missing.name} is missing from it.", file=sys.stderr)
        print("Run the command again; it makes .venv anew.", file=sys.stderr)
        return MACHINE_FAILED
    return status


def _finish_what_was_interrupted(options: Options) -> None:
    """Finish a renaming that was stopped half-way here, and say so; costs a look at one file where there is none."""
    root = options.config_file.absolute().parent
    finished = importlib.import_module("factbook.editing.journal").finish(root)
    if finished is None:
        return
    print(f"“{finished.what}” was interrupted; it is finished now.", file=sys.stderr)
    for path in finished.left:
        print(
            f"{path} was changed in between and is left as it is; “build.py check” says what to mend.",
            file=sys.stderr,
        )
