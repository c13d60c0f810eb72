"""Starts a command: `python -m factbook check` is what `build.py check` runs inside `.venv`."""

import sys

from factbook.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
