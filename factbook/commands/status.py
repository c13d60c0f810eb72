"""Exit statuses of every command."""

from __future__ import annotations

FINE = 0
PROBLEMS = 1
"""Problems in the content, or a difference where none should be."""
WRONG_USE = 2
"""Words of the line that no command takes."""
MACHINE_FAILED = 3
INTERRUPTED = 130
"""Stopped by Ctrl-C, as shells count it."""
