"""A site served on this machine as GitHub Pages serves it: under a sub-path, compressed, with its page for unknown addresses.

Every response is noted with the bytes of its body as they go over the wire.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
    ".png": "image/png", ".ico": "image/x-icon", ".csv": "text/csv; charset=utf-8", ".ics": "text/calendar",
    ".atom": "application/atom+xml", ".woff2": "font/woff2",
}  # fmt: skip
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".ics", ".atom")
"""What Pages compresses; Pagefind's own files are compressed already."""
PIECE, WHILE = 16 * 1024, 0.15
"""Bytes of a page, and the seconds until the next, on a slow line: about what 4 kilobytes are once they are compressed."""
ROOT = "/repo/"
BESIDE = "specimen/"
"""Where the specimen stands under the root, for kinds of page that the publication has none of."""


@dataclass(frozen=True)
class Response:
    """One answer of the server."""

    path: str
    """From the root of the site."""
    status: int
    size: int
    """Bytes of the body, compressed."""


@dataclass
class Served:
    """A site while it is being served."""

    address: str
    """Of its root, ending in a slash."""
    log: list[Response] = field(default_factory=list)
    slow: bool = False
    """Whether pages go out as over a slow line: a few kilobytes, a while, a few more."""

    def forget(self) -> None:
        """Start the log anew."""
        self.log.clear()

    def of(self, folder: str) -> list[Response]:
        """The answers for files under a folder of the site."""
        return [each for each in self.log if each.path.startswith(folder)]


BESIDE = "specimen/"
"""Where the specimen stands under the root, for kinds of page that the publication has none of."""


def file_at(site: Path, address: str, beside: Path | None = None) -> Path:
    """The file of an address; those under `BESIDE` are of a second site."""
    file = beside / address.removeprefix(BESIDE) if beside and address.startswith(BESIDE) else site / address
    return file / "index.html" if file.is_dir() else file


@contextmanager
def served(site: Path, root: str = ROOT, *, beside: Path | None = None) -> Iterator[Served]:
    """Serves a folder on a port of its own, under a path that begins and ends in a slash, until the end of the block.

    `beside` is a second site, served below the first.
    """
    noted = Served("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            name = path.removeprefix(root) if path.startswith(root) else "404.html"
            file = file_at(site, name, beside)
            status = 200 if path.startswith(root) and file.is_file() else 404
            if status == 404:
                file = site / "404.html"
            body = file.read_bytes()
            slow = noted.slow and file.suffix == ".html"
            compressed = file.suffix in COMPRESSED and not slow
            if compressed:
                body = gzip.compress(body, 6, mtime=0)
            noted.log.append(Response(name, status, len(body)))
            self.send_response(status)
            self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
            if compressed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            self.end_headers()
            piece = PIECE if slow else len(body)
            for start in range(0, len(body), piece):
                if start:
                    time.sleep(WHILE)
                self.wfile.write(body[start : start + piece])

        def log_message(self, *_: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    noted.address = f"http://127.0.0.1:{server.server_port}{root}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield noted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
