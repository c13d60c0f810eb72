"""Asks whether addresses outside the site still answer with what we cite: the only place that uses the network, never in a build.

Servers are not trusted: they are asked for heads where that will do, bodies are cut, everything has a deadline, and a page that
answers is taken for alive only if it holds our words, or if its server is known to say so when a page is missing. Each host is
asked by one worker, with a pause between. Which addresses there are, and what is said of them, is left to `commands.links`.
"""

from __future__ import annotations

import html
import re
import socket
import threading
import time
import unicodedata
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError
from urllib3.exceptions import TimeoutError as WaitedError
from urllib3.util import Timeout

from factbook.frozen import frozen

State = Literal["alive", "dead", "changed", "unsure"]

_SOFT = re.compile(
    r"\b404\b|not found|no longer (?:available|exists)|page (?:missing|introuvable)|bulunamad|не найден|غير موجود",
    re.IGNORECASE,
)
"""What the title of a page says that is not there, although its server says 200."""
_ELLIPSIS = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*")
_GUESSES = ("utf-8", "cp1251", "cp1254", "cp1256", "latin-1")
"""Encodings tried after the one that the server names, which may be wrong."""
_AGAIN = (429, 500, 502, 503, 504)


@frozen
class Asked:
    """An address, and the words that a reader should find there; none where we cite no words."""

    address: str
    words: tuple[str, ...] = ()


@frozen
class Verdict:
    """What came of asking."""

    state: State
    why: str


@frozen
class Manners:
    """How patient and how polite to be."""

    agent: str = "factbook link check"
    deadline: float = 30.0
    """Seconds for one whole answer, however slowly it comes."""
    pause: float = 1.0
    """Seconds between two questions to one host."""
    tries: int = 3
    backoff: float = 2.0
    """Seconds before the second try; doubled for each further one."""
    wait: float = 60.0
    """The longest that a server may ask us to wait."""
    body: int = 4_000_000
    """Bytes read of a page."""
    hosts: int = 8
    """Hosts asked at once."""


def ask_all(asked: Iterable[Asked], manners: Manners) -> dict[str, Verdict]:
    """What came of each address. One worker a host at a time, in the order given."""
    by_host: dict[str, list[Asked]] = {}
    for each in asked:
        by_host.setdefault(urlsplit(each.address).netloc.lower(), []).append(each)
    with ThreadPoolExecutor(manners.hosts) as workers:
        found = workers.map(lambda row: _Host(manners).ask(row), by_host.values())
        return {address: verdict for verdicts in found for address, verdict in verdicts.items()}


@frozen
class _Answer:
    address: str
    """Where it came from in the end."""
    status: int
    kind: str = ""
    """Its media type."""
    charset: str = ""
    body: bytes = b""


class _NoAnswerError(Exception):
    """No answer came; the text says why. `gone` where there is nobody to ask."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


@dataclass
class _Host:
    """The questions to one host."""

    manners: Manners
    last: float = 0.0
    missing: dict[str, _Answer | None] = field(default_factory=dict)
    """By scheme and host: what it answers for a page that cannot exist; None where it answered honestly or not at all."""

    def ask(self, row: Iterable[Asked]) -> dict[str, Verdict]:
        return {each.address: self.verdict(each) for each in row}

    def verdict(self, asked: Asked) -> Verdict:
        try:
            answer = self.fetch("GET" if asked.words else "HEAD", asked.address)
            if not asked.words and answer.status >= 400:  # some servers refuse to be asked for a head
                answer = self.fetch("GET", asked.address)
            return self.judge(asked, answer)
        except _NoAnswerError as error:
            return Verdict("dead" if error.gone else "unsure", str(error))

    def judge(self, asked: Asked, answer: _Answer) -> Verdict:
        if answer.status in (401, 403, 407, 429, 451) or answer.status >= 500:
            return Verdict("unsure", f"The server refuses us (status {answer.status}).")
        if answer.status >= 300:
            return Verdict("dead", f"The server says there is no such page (status {answer.status}).")
        if _is_home(answer.address) and not _is_home(asked.address):
            return Verdict("dead", f"It leads to the home page, {answer.address}.")
        if asked.words:
            return _holds(asked.words, answer)
        missing = self.answer_for_missing(answer.address)
        if missing is not None:
            answer = self.fetch("GET", asked.address) if not answer.body else answer
            said = _readable(_texts(answer)[0])
            if _SOFT.search(_title(answer)) or said == _readable(_texts(missing)[0]):
                return Verdict("dead", "It answers as its server does for pages that do not exist.")
        return Verdict("alive", "")

    def answer_for_missing(self, address: str) -> _Answer | None:
        """What the server says of a page that cannot be there, when it does not say that it is missing."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.missing:
            self.missing[host] = None
            with suppress(_NoAnswerError):
                found = self.fetch("GET", f"{host}/no-such-page-asked-by-a-link-check")
                if found.status < 300:
                    self.missing[host] = found
        return self.missing[host]

    def fetch(self, method: str, address: str) -> _Answer:
        """The answer after redirects and retries. Raises `_NoAnswerError`."""
        for number in range(1, self.manners.tries + 1):
            last = number == self.manners.tries
            try:
                answer, wait = self.followed(method, address)
            except _NoAnswerError as error:
                if last or error.gone:
                    raise
                time.sleep(self.manners.backoff * 2 ** (number - 1))
                continue
            if answer.status not in _AGAIN or last:
                return answer
            if wait is not None and wait > self.manners.wait:
                return answer
            time.sleep(wait if wait is not None else self.manners.backoff * 2 ** (number - 1))
        raise AssertionError("tries is at least 1")

    def followed(self, method: str, address: str) -> tuple[_Answer, float | None]:
        for _ in range(6):
            answer, headers = self.once(method, address)
            to = headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not to:
                return answer, _seconds(headers.get("Retry-After"))
            address = urljoin(address, to)
            if urlsplit(address).scheme not in ("http", "https"):
                raise _NoAnswerError("It leads to an address that is no page.")
        raise _NoAnswerError("It leads on and on.")

    def once(self, method: str, address: str) -> tuple[_Answer, Mapping[str, str]]:
        """One question, one answer, within the deadline."""
        time.sleep(max(0.0, self.last + self.manners.pause - time.monotonic()))
        parts = urlsplit(address)
        deadline = _Deadline(self.manners.deadline)
        kind = HTTPSConnectionPool if parts.scheme == "https" else HTTPConnectionPool
        try:
            with (
                deadline,
                kind(
                    parts.hostname or "", parts.port, timeout=Timeout(self.manners.deadline), retries=False
                ) as pool,
            ):
                make = pool.ConnectionCls
                pool.ConnectionCls = lambda **given: deadline.watch(make(**given))  # type: ignore[assignment,misc,unused-ignore]
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                asking = {"User-Agent": self.manners.agent, "Accept": "text/html, */*;q=0.5"}
                reply = pool.urlopen(
                    method, target, headers=asking, redirect=False, preload_content=False, decode_content=True
                )
                body = b"" if method == "HEAD" else self.bounded(reply)
                media, _, rest = (reply.headers.get("Content-Type") or "").partition(";")
                charset = re.search(r"charset=[\"']?([\w-]+)", rest)
                found = _Answer(
                    address, reply.status, media.strip().lower(), charset[1] if charset else "", body
                )
                headers = dict(reply.headers)
                reply.close()
        except NameResolutionError:
            raise _NoAnswerError("There is no such host.", gone=True) from None
        except (HTTPError, LocationParseError, OSError, ValueError) as error:
            if deadline.passed or isinstance(error, WaitedError):  # whichever of the two clocks was first
                raise _NoAnswerError(f"No whole answer came in {self.manners.deadline:g} seconds.") from None
            raise _NoAnswerError(f"No answer came ({type(error).__name__}).") from None
        finally:
            self.last = time.monotonic()
        if deadline.passed:
            raise _NoAnswerError(f"No whole answer came in {self.manners.deadline:g} seconds.")
        return found, {name.title(): value for name, value in headers.items()}

    def bounded(self, reply: Any) -> bytes:
        body = b""
        for piece in reply.stream(65536):
            body += piece
            if len(body) >= self.manners.body:
                break
        return body[: self.manners.body]


class _Deadline:
    """Ends a connection when its time is over, whatever it is doing: a time-out alone ends only a silence."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self.connection: Any = None
        self.timer = threading.Timer(seconds, self.end)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()

    def watch(self, connection: Any) -> Any:
        self.connection = connection
        return connection

    def end(self) -> None:
        self.passed = True
        sock = getattr(self.connection, "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _seconds(text: str | None) -> float | None:
    """What `Retry-After` asks for, in seconds; None where it says nothing of use."""
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _is_home(address: str) -> bool:
    path = urlsplit(address).path.strip("/").lower()
    return path in ("", "index.html", "index.php", "home") or re.fullmatch(r"[a-z]{2}", path) is not None


def _holds(words: tuple[str, ...], answer: _Answer) -> Verdict:
    """Whether a page holds our words, in whichever encoding it can be read."""
    if answer.kind and not re.search(r"html|xml|text|json", answer.kind):
        return Verdict("alive", f"Its words were not looked for: it is {answer.kind}.")
    texts = [_readable(text) for text in _texts(answer)]
    for said in words:
        pieces = [piece for piece in map(_folded, _ELLIPSIS.split(said)) if piece]
        if not any(all(piece in text for piece in pieces) for text in texts):
            if _SOFT.search(_title(answer)):
                return Verdict("dead", "It answers, and says that there is no such page.")
            return Verdict("changed", f"It answers, and no longer holds the words “{said[:80]}”.")
    return Verdict("alive", "")


def _texts(answer: _Answer) -> list[str]:
    """The body in the encodings that it may be in, the one that was named first."""
    meta = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", answer.body[:4096])
    names = [answer.charset, meta[1].decode("ascii", "replace") if meta else "", *_GUESSES]
    found = []
    for name in dict.fromkeys(filter(None, names)):
        with suppress(LookupError):
            found.append(answer.body.decode(name, "replace"))
    return found


def _title(answer: _Answer) -> str:
    found = re.search(r"<title[^>]*>(.{0,500}?)</title", _texts(answer)[0], re.IGNORECASE | re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _readable(text: str) -> str:
    """What a reader reads of a page, folded."""
    text = re.sub(r"<(script|style)\b.*?</\1\s*>", " ", text, flags=re.IGNORECASE | re.DOTALL)
    return _folded(html.unescape(re.sub(r"<[^>]*>", " ", text)))


def _folded(text: str) -> str:
    """Words without what differs between two prints of them: case, blanks, kinds of quotation marks and dashes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‘’‚‛`´ʼ]", "'", re.sub(r"[“”„‟«»]", '"', re.sub(r"[‐‑‒–—―−]", "-", text)))
    return " ".join(re.sub(r"\s+([.,;:!?)])", r"\1", text.replace("\u00ad", "")).split())
