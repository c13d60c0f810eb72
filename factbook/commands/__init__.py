"""Commands: what a person can ask for; one module each, with `run(options) -> exit status`.

This module reads the command line and starts the command asked for, importing no other (starting `test`
should not load MkDocs). It also turns what stopped a command for reasons outside the content into a sentence.
Where nothing moved since the same line was last typed, what it said then is said again, and nothing is imported at all.
"""

from __future__ import annotations

import importlib
import os
import sys

from factbook.commands.status import FINE, INTERRUPTED, MACHINE_FAILED, WRONG_USE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from factbook.commands.options import Options


def start(line: Sequence[str]) -> int:
    """Run a line as the whole work of this process."""
    from factbook.commands import said

    status = _guarded(lambda: said.again(line))
    return main(line) if status is None else status


def main(line: Sequence[str]) -> int:
    """Run the command that the line asks for and return its exit status."""
    status = _guarded(lambda: _asked(line))
    return FINE if status is None else status


def _guarded(work: Callable[[], int | None]) -> int | None:
    """What comes of some work, and of saying it to the end; where something outside the content stops it, a sentence and its status."""
    try:
        came = work()
        for stream in _outputs():
            stream.flush()  # here, since what fails at Python's own end is told in Python's words
        return came
    except KeyboardInterrupt:
        _leave_unsaid()
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`build.py check | head`); there is nobody left to tell.
        _leave_unsaid()
        return MACHINE_FAILED
    except OSError as fault:
        _leave_unsaid()
        place = f" ({fault.filename})" if fault.filename else ""
        print(f"The machine failed: {fault.strerror or fault}{place}.", file=sys.stderr)
        return MACHINE_FAILED


def _leave_unsaid() -> None:
    """Say what waits to be said, and turn each output that takes no more away, with what still waits there."""
    for stream in _outputs():
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _outputs() -> list[TextIO]:
    """Where this process may speak; an output that was closed before the start is none."""
    return [stream for stream in (sys.stdout, sys.stderr) if stream]


def _asked(line: Sequence[str]) -> int:
    from factbook.commands import arguments

    try:
        command, options = arguments.read(line)
    except arguments.HelpShown:
        return FINE
    except arguments.WrongUseError as mistake:
        print(mistake, file=sys.stderr)
        return WRONG_USE
    return _run(command.module, options)


def _run(name: str, options: Options) -> int:
    try:
        _finish_what_was_interrupted(options)
        status: int = importlib.import_module(f"factbook.commands.{name}").run(options)
    except ModuleNotFoundError as missing:
        if (missing.name or "factbook").partition(".")[0] == "factbook":
            raise  # a mistake in this program, not in the environment
        from factbook import bootstrap

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
