"""Outside links, asked of a server that lies: found when it is not, hanging, endless, in pieces, in the wrong encoding."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factbook.commands import links
from factbook.commands.options import Options
from factbook.outside_links import Asked, Manners, Verdict, ask_all
from tests.sites import DAY, copy_specimen

QUICK = Manners(deadline=1.5, pause=0.0, backoff=0.01, wait=1.0, body=200_000)
WORDS = "The ceiling is set at 60 dollars – “not more”"
PAGE = "<html><title>Lamps</title><p>The  ceiling is <b>set</b> at 60&nbsp;dollars - &quot;not more&quot;, it says.</p>"
LOST = "<html><title>Page not found</title><p>Sorry.</p>"


@dataclass
class Liar:
    """The server, what it was asked, and how often each path was."""

    address: str = ""
    asked: list[tuple[str, str, float]] = field(default_factory=list)
    honest: bool = True
    """Whether it says 404 for pages that do not exist."""

    def count(self, path: str) -> int:
        return sum(each[1] == path for each in self.asked)

    def methods(self, path: str) -> list[str]:
        return [each[0] for each in self.asked if each[1] == path]


@pytest.fixture
def liar() -> Iterator[Liar]:
    noted = Liar()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            noted.asked.append((self.command, self.path, time.monotonic()))
            with suppress(BrokenPipeError, ConnectionResetError):
                self.answer(self.path)

        def answer(self, path: str) -> None:
            first = noted.count(path) == 1
            match path:
                case "/page":
                    self.say(200, PAGE.encode())
                case "/gone":
                    self.say(410, b"gone")
                case "/soft":
                    self.say(200, LOST.encode())
                case "/moved":
                    self.say(301, b"", Location="/page")
                case "/home-sweet":
                    self.say(302, b"", Location="/")
                case "/":
                    self.say(200, PAGE.encode())
                case "/circle":
                    self.say(302, b"", Location="/circle")
                case "/out":
                    self.say(302, b"", Location="javascript:alert(1)")
                case "/no-head" if self.command == "HEAD":
                    self.say(405, b"")
                case "/no-head":
                    self.say(200, PAGE.encode())
                case "/busy":
                    if first:
                        self.say(429, b"", Retry_After="1")
                    else:
                        self.say(200, PAGE.encode())
                case "/busy-for-hours":
                    self.say(503, b"", Retry_After="86400")
                case "/stumbles":
                    self.say(*((502, b"") if first else (200, PAGE.encode())))
                case "/refuses":
                    self.say(403, b"")
                case "/hangs":
                    time.sleep(6)
                case "/drips":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                    for _ in range(40):
                        self.wfile.write(b"y")
                        time.sleep(0.1)
                case "/endless":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode())
                    for _ in itertools.repeat(None, 4000):
                        self.wfile.write(b"x" * 65536)
                case "/wrong-charset":
                    self.say(
                        200, "<p>Потолок цен</p>".encode("cp1251"), Content_Type="text/html; charset=utf-8"
                    )
                case "/paper.pdf":
                    self.say(200, b"%PDF-1.7", Content_Type="application/pdf")
                case "/cut":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort")
                    self.close_connection = True
                case "/no-such-page-asked-by-a-link-check":
                    self.say(404 if noted.honest else 200, LOST.encode() if noted.honest else PAGE.encode())
                case "/like-missing":
                    self.say(200, PAGE.encode())
                case "/other":
                    self.say(200, b"<title>Other</title><p>Another page altogether.</p>")
                case _:
                    self.say(404, b"")

        def say(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", headers.pop("Content_Type", "text/html; charset=utf-8"))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    noted.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield noted
    server.shutdown()
    server.server_close()


def ask(liar: Liar, path: str, *words: str, manners: Manners = QUICK) -> Verdict:
    address = f"{liar.address}{path}"
    return ask_all([Asked(address, words)], manners)[address]


@pytest.mark.parametrize(
    ("path", "words", "state", "why"),
    [
        ("/page", WORDS, "alive", ""),
        ("/page", "The ceiling … “not more”", "alive", ""),
        (
            "/page",
            "The ceiling is set at 70 dollars",
            "changed",
            "no longer holds the words “The ceiling is set at 70",
        ),
        ("/moved", WORDS, "alive", ""),
        ("/soft", WORDS, "dead", "says that there is no such page"),
        ("/home-sweet", WORDS, "dead", "leads to the home page"),
        ("/gone", WORDS, "dead", "status 410"),
        ("/nothing", WORDS, "dead", "status 404"),
        ("/circle", WORDS, "unsure", "leads on and on"),
        ("/out", WORDS, "unsure", "leads to an address that is no page"),
        ("/busy", WORDS, "alive", ""),
        ("/busy-for-hours", WORDS, "unsure", "status 503"),
        ("/stumbles", WORDS, "alive", ""),
        ("/refuses", WORDS, "unsure", "status 403"),
        ("/endless", WORDS, "alive", ""),
        ("/endless", "words of another page", "changed", "no longer holds"),
        ("/wrong-charset", "потолок цен", "alive", ""),
        ("/paper.pdf", WORDS, "alive", "words were not looked for"),
        ("/cut", WORDS, "unsure", "No answer came"),
    ],
)
def test_a_page_is_alive_when_it_holds_our_words(
    liar: Liar, path: str, words: str, state: str, why: str
) -> None:
    found = ask(liar, path, words)
    assert found.state == state, found
    assert why in found.why


@pytest.mark.parametrize("path", ["/hangs", "/drips"])
def test_no_server_holds_us_up(liar: Liar, path: str) -> None:
    started = time.monotonic()
    found = ask(liar, path, WORDS, manners=replace(QUICK, tries=1, deadline=1.0))
    assert found == Verdict("unsure", "No whole answer came in 1 seconds.")
    assert time.monotonic() - started < 3


def test_a_head_will_do_where_we_cite_no_words(liar: Liar) -> None:
    assert ask(liar, "/page").state == "alive"
    assert liar.methods("/page") == ["HEAD"]


def test_a_server_that_refuses_heads_is_asked_for_the_page(liar: Liar) -> None:
    assert ask(liar, "/no-head").state == "alive"
    assert liar.methods("/no-head") == ["HEAD", "GET"]


def test_a_server_that_finds_everything_is_not_believed(liar: Liar) -> None:
    liar.honest = False
    found = {path: ask(liar, path).state for path in ("/like-missing", "/soft", "/other")}
    assert found == {"/like-missing": "dead", "/soft": "dead", "/other": "alive"}


def test_a_host_is_asked_one_question_after_the_other(liar: Liar) -> None:
    asked = [Asked(f"{liar.address}/page?{number}") for number in range(3)]
    ask_all(asked, replace(QUICK, pause=0.3))
    times = [each[2] for each in liar.asked]
    assert all(later - earlier >= 0.25 for earlier, later in itertools.pairwise(times))


def test_nobody_to_ask_is_dead() -> None:
    found = ask_all([Asked("http://nobody.invalid/")], QUICK)["http://nobody.invalid/"]
    assert found.state in ("dead", "unsure"), found


# --- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def folder(liar: Liar, tmp_path: Path) -> Path:
    """The specimen, with the addresses of its sources led to the server."""
    folder = copy_specimen(tmp_path / "specimen").parent
    for path in sorted((folder / "content/sources").glob("*.yml")):
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            key, colon, value = line.partition("url: ")
            lines.append(
                f"{key}url: {liar.address}/{path.stem}" if colon and value.startswith("http") else line
            )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run(folder: Path, capsys: pytest.CaptureFixture[str], day: str = DAY) -> tuple[int, str]:
    status = links.run(Options(config_file=folder / "mkdocs.yml", as_of=day), QUICK)
    return status, capsys.readouterr().out


def test_the_command_tells_where_a_dead_address_stands(
    folder: Path, liar: Liar, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(folder, capsys)
    assert status == 1
    assert "content/sources/reg-2022-17.yml:" in said
    assert (
        f"  dead  {liar.address}/reg-2022-17\n  The server says there is no such page (status 404)." in said
    )
    before = len(liar.asked)
    again = run(folder, capsys)
    assert again[0] == 1
    assert "0 asked now" in again[1]
    assert len(liar.asked) == before
    run(folder, capsys, "2026-11-23")  # what was dead is asked again the next day
    assert len(liar.asked) > before


def test_an_exception_has_a_reason_and_an_end(
    folder: Path, liar: Liar, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"{liar.address}/reg-2022-17"
    row = f"exceptions:\n- address: {address}\n  reason: It refuses machines.\n  until: 2026-12-31\n"
    (folder / links.EXCEPTIONS).write_text(row, encoding="utf-8")
    _, said = run(folder, capsys)
    assert address not in said
    assert "1 excepted" in said
    status, said = run(folder, capsys, "2027-01-01")
    assert status == 1
    assert said.startswith("outside-links.yml:4:10  error  waiver-expired\n")
    assert "Nothing was asked." in said
    (folder / links.EXCEPTIONS).write_text(
        row.replace("  reason: It refuses machines.\n", ""), encoding="utf-8"
    )
    status, said = run(folder, capsys)
    assert status == 1
    assert "missing-field" in said


def test_what_was_kept_by_hand_is_no_trap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / ".cache").mkdir(exist_ok=True)
    for text in ("[]", "{", json.dumps({"x": {"day": 1}})):
        (folder / ".cache" / links.KEPT).write_text(text, encoding="utf-8")
        assert "addresses on 2026-11-22" in run(folder, capsys)[1]
