"""Loaded by the server that hostile files are read from: checks a publication once, so that no file pays for what loads late."""

import contextlib
import io
import tempfile
from pathlib import Path

from factbook.commands import main
from tests.publications import DAY, write

with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
    main(["check", "-f", str(write({"start_from": "lamps"}, Path(folder))), "--as-of", DAY, "--jobs", "1"])
