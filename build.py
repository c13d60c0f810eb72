#!/usr/bin/env python3
"""The one command: `python3 build.py`, then a command's name, as in `python3 build.py check`.

Needs Python 3.11 or newer and nothing else. This file only says so where Python is older, so its text
keeps to what every Python can read; `factbook/bootstrap.py` prepares `.venv`, and `factbook/commands/` has
the commands.
"""

import os
import sys

OLDEST = (3, 11)


def newer_python():
    # type: () -> str
    """Return the name of a newer Python on this machine, or "" where none is found."""
    import subprocess  # late: only who has an old Python needs it

    for minor in range(14, OLDEST[1] - 1, -1):
        name = "python3.%d" % minor
        try:
            started = subprocess.Popen([name, "-c", ""], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            started.communicate()
        except OSError:
            continue
        if started.returncode == 0:
            return name
    return ""


def refuse():
    # type: () -> None
    """Say that this Python is too old and what to do, and stop with status 3."""
    found = newer_python()
    if found:
        cure = "This machine also has a newer one; run: %s build.py" % found
    elif sys.platform == "darwin":
        cure = "Install a newer one from python.org or with: brew install python@3.13"
    elif sys.platform == "win32":
        cure = "Install a newer one from python.org, then run: py -3 build.py"
    else:
        cure = "On Debian or Ubuntu: apt install python3.11 python3.11-venv. Elsewhere, see python.org."
    version = ".".join(str(part) for part in sys.version_info[:3])
    sys.stderr.write("build.py needs Python 3.11 or newer; this is Python %s.\n%s\n" % (version, cure))
    sys.exit(3)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        refuse()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from factbook import bootstrap

    sys.exit(bootstrap.main(sys.argv[1:]))
