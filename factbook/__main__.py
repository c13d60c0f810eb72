"""Starts a command: `python -m factbook check` is what `build.py check` runs inside `.venv`."""

import gc
import sys

from factbook.commands import start

if __name__ == "__main__":
    # What is read at the start stays to the end, and a command leaves little rubbish: looking for it takes a tenth of a start.
    gc.set_threshold(50_000, 20, 50)
    sys.exit(start(sys.argv[1:]))
