"""`build.py serve`: shows the publication in the browser of this machine, and each saved change a moment later.

What is shown and how is left to `factbook.commands.preview`; nothing is written to the site's folder.
"""

from __future__ import annotations

import errno
import gc
import sys
import threading
import time
from pathlib import Path

from factbook import late
from factbook.commands.options import Options
from factbook.commands.preview.server import Server
from factbook.commands.preview.state import Preview
from factbook.commands.preview.watching import Seen, changed, look, wait
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, MACHINE_FAILED, PROBLEMS, WRONG_USE

_QUIET = 1.0
"""Seconds without a change before search is made."""
_BREATH = 0.002
"""Seconds that making search leaves to everything else after each page."""


def run(options: Options) -> int:
    """Serves until Ctrl-C; 1 or 2 where there is nothing to begin with, 3 where the port cannot be had."""
    if not options.config_file.is_file():
        print(
            f"There is no {options.config_file}. Start in the folder of mkdocs.yml, or name it with -f.",
            file=sys.stderr,
        )
        return WRONG_USE
    settings = settings_of(options, "There is nothing to show yet.")
    if settings is None:
        return PROBLEMS
    content = settings.root / settings.content
    if not content.is_dir():
        print(
            f"There is no folder {content}, where the sheets lie. Make it, or name another in mkdocs.yml.",
            file=sys.stderr,
        )
        return WRONG_USE
    late.read_all()  # pages are drawn in threads
    preview = Preview(options)
    try:
        server = Server(preview, options.port)
    except OSError as error:
        print(_no_port(options.port, error), file=sys.stderr)
        return MACHINE_FAILED
    gc.set_threshold(200_000, 50, 50)  # what is read stays; looking through it again and again would be felt
    try:
        serve(preview, server)
    except KeyboardInterrupt:
        print()
    finally:
        preview.close()
        server.server_close()
    return FINE


def serve(preview: Preview, server: Server) -> None:
    """Shows what there is, then each saved change, until the preview is closed."""
    seen = look(preview.watched())
    preview.renew()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    if preview.options.search:
        threading.Thread(target=_make_search, args=[preview], daemon=True).start()
    print(f"Preview at {server.address} – a saved change shows at once. Ctrl-C ends it.", flush=True)
    _say(preview)
    while not preview.closed:
        now = wait(preview.watched, seen, lambda: preview.closed)
        if now == seen:
            continue
        started = time.monotonic()
        preview.renew()
        took = time.monotonic() - started
        print(f"{_named(seen, now, preview.config_file.parent)}: taken in, {took:.2f} s.", flush=True)
        _say(preview)
        seen = now


def _make_search(preview: Preview) -> None:
    """Makes search anew each time that nothing was saved for a while."""
    version = preview.version
    while True:
        while (newer := preview.wait(version, _QUIET)) != version:
            version = newer
        preview.make_search(lambda: time.sleep(_BREATH))
        while preview.wait(version, 60.0) == version:
            if preview.closed:
                return


def _say(preview: Preview) -> None:
    found = preview.faults
    if found is None:
        return
    for fault in found.faults:
        print(f"{fault.place}  {fault.severity}  {fault.code}\n  {fault.message}")
    print(f"{found.summary} The preview stays as it was.", flush=True)


def _named(before: Seen, after: Seen, root: Path) -> str:
    """What was saved, e.g. `content/events/cap-lowered.yml and 2 more`."""
    names = [path.removeprefix(f"{root}/") for path in changed(before, after)]
    if not names:
        return "Nothing"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _no_port(port: int, error: OSError) -> str:
    """Why the server cannot listen, and the cure."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by another preview. End that one, "
            f"or take another port: build.py serve --port {port + 1 if port < 65535 else 8000}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This account may not listen on port {port}. Take one above 1023: build.py serve --port 8000"
    return f"Port {port} cannot be listened on: {error.strerror or error}."
