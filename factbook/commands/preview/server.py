"""Serves a preview to the browsers of this machine, and tells them when there is something newer.

Only the loopback address is listened on, and only requests that name it are answered, so that no other site can read along. What
is served comes from memory; no path of a request ever reaches the disk.
"""

from __future__ import annotations

import mimetypes
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from factbook.commands.preview import faults
from factbook.commands.preview.panel import ADDRESS, FILES, with_panel
from factbook.commands.preview.state import Preview

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")
_PATIENCE = 15.0
"""Seconds after which a line without news is tried, to learn whether the browser is still there."""
_HTML = "text/html; charset=utf-8"


class Server(ThreadingHTTPServer):
    """The server of one preview. Port 0 takes a free one. Raises `OSError` where the port cannot be had."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """What a person types into the browser."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: a browser that has gone away is no mistake. What else fails is answered and told before it comes here."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "factbook"
    sys_version = ""
    timeout = 60
    begun = False
    """Whether an answer to the request at hand is under way."""

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def log_message(self, *_words: Any) -> None:
        """Says nothing: the terminal is for what editors saved."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.begun = False
        try:
            self._answer()
        except (ConnectionError, TimeoutError):
            raise  # the browser has gone away
        except Exception as error:  # whatever a page or a file can raise
            if self.begun:
                raise
            good = self.server.preview.good
            path = unquote(urlsplit(self.path).path).removeprefix("/")
            said = f"{faults.of_file(path, error, good.settings.root if good else None)}\n"
            print(said, end="", file=sys.stderr, flush=True)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", said.encode())

    def _answer(self) -> None:
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _NAMES:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"This preview answers on its own machine only.\n")
            return
        asked = urlsplit(self.path)
        path = unquote(asked.path).removeprefix("/")
        if path == f"{ADDRESS}events":
            self._events(parse_qs(asked.query).get("seen", [""])[0])
        elif path in FILES:
            self._send_file(path, FILES[path])
        else:
            self._site(path)

    def _site(self, path: str) -> None:
        preview = self.server.preview
        version = preview.version
        good = preview.good
        if good and good.prefix and path.startswith(good.prefix):
            path = path.removeprefix(good.prefix)
        address = path.removesuffix("index.html")
        if address and not address.endswith("/") and (data := preview.file(path)) is not None:
            self._send_file(path, data)
            return
        page, found = preview.page(address)
        status = HTTPStatus.OK
        if page is None and address and not address.endswith("/") and preview.page(f"{address}/")[0]:
            self._send(HTTPStatus.MOVED_PERMANENTLY, _HTML, b"", Location=f"/{quote(address)}/")
            return
        if good is None:
            status = HTTPStatus.SERVICE_UNAVAILABLE
        elif page is None and not found:
            status = HTTPStatus.NOT_FOUND
            page, found = preview.page("404.html")
        self._send(status, _HTML, with_panel(page, found, version))

    def _events(self, seen: str) -> None:
        """Keeps the line open until there is a version that the page has not seen."""
        self.begun = True
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        preview = self.server.preview
        try:
            self._write(b": here\n\n")
            while not preview.closed:
                if (version := preview.wait(seen, _PATIENCE)) != seen:
                    self._write(f"data: {version}\n\n".encode())
                    return
                self._write(b": still here\n\n")
        except OSError:
            return  # the page was left

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _send_file(self, path: str, data: bytes) -> None:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind == "application/javascript"
        self._send(HTTPStatus.OK, f"{kind}; charset=utf-8" if text else kind, data)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, **headers: str) -> None:
        self.begun = True
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
