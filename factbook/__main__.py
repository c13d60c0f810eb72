"""Starts a command: `python -m factbook check` is what `build.py check` runs inside `.venv`."""

import atexit
import gc
import os
import sys

from factbook.commands import start

SELDOM = (200_000, 20, 50)
"""When rubbish is looked for: what is read at the start stays to the end, and a command leaves little; looking takes a tenth of a start.

Where much is made, `crew` has it looked for more often."""


def end(status: int) -> None:
    """Ends this process, which has said everything; its memory goes back as a whole, since to set very many things free one by one takes a tenth of a build."""
    threads = sys.modules.get("threading")
    if threads and threads.active_count() > 1:
        return  # somebody may still be at work
    atexit._run_exitfuncs()
    os._exit(status)


if __name__ == "__main__":
    gc.set_threshold(*SELDOM)
    came = start(sys.argv[1:])
    end(came)
    sys.exit(came)
