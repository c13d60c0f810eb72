"""The live preview: what was saved shows, what is broken is said above the last good page, and nothing else is touched."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from factbook.commands import serve
from factbook.commands.options import Options
from factbook.commands.preview import state
from factbook.commands.preview.panel import ADDRESS
from factbook.commands.preview.server import HOST, Server
from factbook.commands.preview.state import Preview
from factbook.commands.preview.watching import changed, look
from factbook.exports import social
from factbook.pages.laying_out import lay_out, one_of_each_kind
from tests.sites import DAY, BuiltSite, copy_specimen, files_of, read_html

PATIENCE = 20.0
"""Seconds to wait for what comes at once on a machine that has nothing else to do."""
TERM = "terms/quota/"
SHEET = "content/terms/quota.yml"
TOLL = (
    "title: Toll\ndefinition: What a harbour asks of a ship.\nverified: 2026-11-01\nreview_by: 2027-11-01\n"
)
OWN_TEMPLATE = '{% extends "layouts/sheet.html.j2" %}\n{% block body %}\n<p>Our own way: {{ page.title }}</p>\n{% endblock %}\n'


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    text: str
    leads_to: str = ""

    @property
    def seen(self) -> str:
        """The version that the page carries."""
        found = re.search(r'data-seen="([^"]+)"', self.text)
        assert found
        return found[1]

    @property
    def panel(self) -> str:
        """The words of the panel; "" where there is none."""
        panels = read_html(self.text).all("section", cls="fb-preview")
        return panels[0].text if panels else ""

    @property
    def article(self) -> str:
        return read_html(self.text).first("article").text


@dataclass
class Browser:
    """A browser with one page open, and the folder that the editor works in."""

    root: Path
    port: int

    def get(self, address: str = "", *, host: str = "") -> Answer:
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            line.request("GET", f"/{address}", headers={"Host": host} if host else {})
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Answer(answer.status, text, answer.getheader("Location", ""))
        finally:
            line.close()

    def after(self, change: Callable[[], object], address: str = TERM) -> Answer:
        """The page that a browser loads when it is told of the change."""
        seen = self.get(address).seen
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            line.request("GET", f"/{ADDRESS}events?seen={seen}")
            news = line.getresponse()
            assert news.readline() == b": here\n"
            change()
            while (said := news.readline()) and not said.startswith(b"data: "):
                pass
            assert said
        finally:
            line.close()
        return self.get(address)

    def write(self, path: str, text: str) -> Callable[[], object]:
        def save() -> None:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")

        return save

    def replace(self, path: str, old: str, new: str) -> Callable[[], object]:
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        return self.write(path, text.replace(old, new))


@pytest.fixture
def specimen(tmp_path: Path) -> Path:
    """A copy of the specimen whose own templates come first."""
    config = copy_specimen(tmp_path / "specimen")
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("content: content", "content: content\n      templates: own"), "utf-8")
    (tmp_path / "specimen" / "own").mkdir()
    return tmp_path / "specimen"


@pytest.fixture
def browser(specimen: Path) -> Iterator[Browser]:
    with serving(specimen) as (found, _):
        yield found


class serving:  # noqa: N801  (read as a word: with serving(folder))
    """Serves a publication as the command does, in a thread of its own."""

    def __init__(self, root: Path) -> None:
        self.preview = Preview(Options(config_file=root / "mkdocs.yml", as_of=DAY, search=False))
        self.server = Server(self.preview, 0)
        self.root = root

    def __enter__(self) -> tuple[Browser, Preview]:
        self.thread = threading.Thread(target=serve.serve, args=[self.preview, self.server], daemon=True)
        started = self.preview.version
        self.thread.start()
        assert self.preview.wait(started, PATIENCE) != started
        return Browser(self.root, self.server.server_address[1]), self.preview

    def __exit__(self, *_: object) -> None:
        self.preview.close()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


def test_a_saved_change_shows_in_every_page_it_touches_and_nothing_is_written(browser: Browser) -> None:
    before = files_of(browser.root)
    page = browser.after(browser.replace(SHEET, "title: Quota", "title: Portion"))
    assert "Portion" in page.article
    assert page.panel == ""
    assert "Portion" in browser.get("terms/").article
    assert "Portion" in browser.get("terms/ceiling/").article
    after = files_of(browser.root)
    assert [name for name in after if before.get(name) != after[name] and not name.startswith(".cache/")] == [
        SHEET
    ]


def test_what_is_broken_is_said_above_the_last_good_page_until_it_is_mended(browser: Browser) -> None:
    good = (browser.root / SHEET).read_text(encoding="utf-8")
    page = browser.after(browser.write(SHEET, "titel: <script>alert(1)</script>\n" + good))
    assert "An amount of goods" in page.article
    assert "1 problem in 1 file: 1 error. Below is the page as it was before." in page.panel
    assert f"{SHEET}:1:1 error unknown-field" in page.panel
    assert 'Did you mean "title"?' in page.panel
    assert browser.get().panel == page.panel
    page = browser.after(browser.write(SHEET, good))
    assert (page.panel, "An amount of goods" in page.article) == ("", True)


def test_what_the_panel_shows_is_escaped(browser: Browser) -> None:
    page = browser.after(browser.replace(SHEET, "term: ceiling", 'term: "<img src=x onerror=alert(1)>"'))
    assert "<img src=x" in page.panel
    assert "<img src=x" not in page.text


def test_sheets_come_move_and_go(browser: Browser) -> None:
    assert browser.get("terms/toll/").status == 404
    page = browser.after(browser.write("content/terms/toll.yml", TOLL), "terms/toll/")
    assert (page.status, "What a harbour asks" in page.article) == (200, True)
    toll = browser.root / "content/terms/toll.yml"
    page = browser.after(lambda: toll.rename(toll.with_stem("harbour-toll")), "terms/toll/")
    assert (page.status, page.panel) == (404, "")
    assert "What a harbour asks" in browser.get("terms/harbour-toll/").article
    page = browser.after(toll.with_stem("harbour-toll").unlink, "terms/harbour-toll/")
    assert (page.status, page.panel) == (404, "")
    assert "Toll" not in browser.get("terms/").article


def test_a_sheet_that_others_need_leaves_its_page_in_place_when_it_goes(browser: Browser) -> None:
    page = browser.after((browser.root / SHEET).unlink)
    assert (page.status, "An amount of goods" in page.article) == (200, True)
    assert "unknown-reference" in page.panel


def test_briefings_captures_and_vocabularies_are_watched(browser: Browser) -> None:
    page = browser.after(browser.replace("briefings/about.md", "title:", "title: Now"), "about/")
    assert "Now" in page.article
    lists = "content/vocabulary/provision-kinds.yml"
    measure = browser.after(
        browser.replace(lists, "label: price limit", "label: brake on prices"), "measures/price-cap/"
    )
    assert "brake on prices" in measure.article.lower()
    page = browser.after(browser.write("content/captures/nobody.txt", "Words."))
    assert "content/captures/nobody.txt" in page.panel


def test_templates_are_taken_in_and_broken_ones_are_not(browser: Browser) -> None:
    own = "own/pages/term.html.j2"
    page = browser.after(browser.write(own, OWN_TEMPLATE))
    assert ("Our own way: Quota" in page.article, page.panel) == (True, "")
    for broken, said in (
        (OWN_TEMPLATE.replace("{% endblock %}", "{% endblok %}"), "unknown tag"),
        (OWN_TEMPLATE.replace("page.title", "page.titel"), "titel"),
    ):
        page = browser.after(browser.write(own, broken))
        assert "Our own way: Quota" in page.article
        assert f"{own}:" in page.panel
        assert said in page.panel
        page = browser.after(browser.replace(SHEET, "verified: 2026-11-01", "verified: 2026-11-02"))
        assert said in page.panel
        page = browser.after(browser.replace(SHEET, "verified: 2026-11-02", "verified: 2026-11-01"))
    page = browser.after((browser.root / own).unlink)
    assert ("An amount of goods" in page.article, page.panel) == (True, "")


def test_the_configuration_is_taken_in_and_a_broken_one_is_not(browser: Browser) -> None:
    page = browser.after(browser.replace("mkdocs.yml", "site_name: Specimen", "site_name: Another name"))
    assert "Quota – Another name" in page.text
    for old, new, said in (
        ("name: material", "name: [", "bad-yaml"),
        ("theme:", "thme:", "mkdocs.yml"),
        ("extra:", "hooks: [nowhere.py]\nextra:", "mkdocs.yml"),
    ):
        good = (browser.root / "mkdocs.yml").read_text(encoding="utf-8")
        page = browser.after(browser.write("mkdocs.yml", good.replace(old, new)))
        assert said in page.panel
        assert "An amount of goods" in page.article
        page = browser.after(browser.write("mkdocs.yml", good))
        assert page.panel == ""


def test_templates_are_tried_on_a_page_of_each_kind(specimen_site: BuiltSite) -> None:
    catalogue, day = specimen_site.catalogue, date.fromisoformat(DAY)
    tried = one_of_each_kind(catalogue, day)
    kinds = [page.kind for page in tried]
    assert len(kinds) == len(set(kinds))
    only_of_some = {
        "more",
        "history",
    }  # of long lists and long histories: they are tried when they are opened
    assert {page.kind for page in lay_out(catalogue, day)} - set(kinds) <= only_of_some


def test_a_half_saved_file_leaves_no_error_behind(browser: Browser) -> None:
    path = browser.root / SHEET
    text = path.read_text(encoding="utf-8").replace("title: Quota", "title: Portion")

    def save_in_two_steps() -> None:
        path.write_text(text[:20], encoding="utf-8")
        time.sleep(0.02)
        path.write_text(text, encoding="utf-8")

    page = browser.after(save_in_two_steps)
    until = time.monotonic() + PATIENCE
    while "Portion" not in page.article and time.monotonic() < until:
        page = browser.get(TERM)
    assert ("Portion" in page.article, page.panel) == (True, "")


def test_what_is_broken_from_the_start_is_said_and_shows_once_mended(specimen: Path) -> None:
    good = (specimen / SHEET).read_text(encoding="utf-8")
    (specimen / SHEET).write_text("title: [\n", encoding="utf-8")
    with serving(specimen) as (browser, _):
        page = browser.get(TERM)
        assert (page.status, "bad-yaml" in page.panel) == (503, True)
        page = browser.after(browser.write(SHEET, good))
        assert (page.status, page.panel) == (200, "")


def test_addresses_are_those_of_the_site(browser: Browser) -> None:
    assert browser.get("terms/quota/index.html").article == browser.get(TERM).article
    assert browser.get(f"repo/{TERM}").article == browser.get(TERM).article
    assert (browser.get("terms/quota").status, browser.get("terms/quota").leads_to) == (301, f"/{TERM}")
    assert browser.get("stylesheets/site.css").status == 200
    assert "<loc>https://example.org/repo/terms/quota/</loc>" in browser.get("sitemap.xml").text
    assert (
        "<title>Specimen: Price cap on lamp oil</title>"
        in browser.get("measures/price-cap/changes.atom").text
    )
    missing = browser.get("terms/../../mkdocs.yml")
    assert (missing.status, "There is no such page" in missing.text) == (404, True)


def test_pictures_and_icons_are_those_of_the_site(specimen: Path, specimen_site: BuiltSite) -> None:
    preview = Preview(Options(specimen / "mkdocs.yml", as_of=DAY))
    preview.renew()
    pictures = {
        path: data
        for path, data in files_of(specimen_site.folder).items()
        if path.startswith("assets/social/") or path == "assets/images/favicon.png"
    }
    assert len(pictures) > len(social.ICONS)
    assert {path: preview.file(path) for path in pictures} == pictures
    assert preview.file("assets/social/nobody.png") is None


def test_a_file_that_fails_is_answered_and_told_with_its_place(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> bytes:
        raise ValueError("no such lamp")

    monkeypatch.setattr(state, "find", fails)
    answer = browser.get("api/v1/measures/price-cap.json")
    assert answer.status == 500
    assert re.fullmatch(
        r"api/v1/measures/price-cap\.json cannot be shown\. The engine failed at tests/test_serve\.py:\d+: "
        r"ValueError: no such lamp\. A build would fail there too\.\n",
        answer.text,
    )
    assert capsys.readouterr().err == answer.text
    assert browser.get(TERM).status == 200


def test_a_card_whose_template_is_broken_is_answered_with_the_line_of_the_template(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "own/pages/fact-cards.html.j2"
    browser.after(browser.write(own, "{% if true %}\n{{ nobody.here }}\n{% endif %}"))
    answer = browser.get("c/price-cap.json")
    assert (answer.status, answer.text) == (
        500,
        f"c/price-cap.json cannot be shown. {own}:2:1: This template cannot be rendered. Jinja says: "
        "'nobody' is undefined. Mend this line.\n",
    )
    assert answer.text in capsys.readouterr().err


def test_other_sites_cannot_read_along(browser: Browser) -> None:
    assert browser.get(TERM, host="elsewhere.example").status == 403
    assert browser.get(TERM, host=f"localhost:{browser.port}").status == 200


def test_search_is_made_beside(specimen: Path) -> None:
    with serving(specimen) as (browser, preview):
        assert browser.get("pagefind/pagefind.js").status == 404
        assert preview.make_search(lambda: None)
        assert browser.get("pagefind/pagefind.js").status == 200


def test_making_search_stops_for_a_saved_change(specimen: Path) -> None:
    with serving(specimen) as (_, preview):
        assert not preview.make_search(preview.renew)


def test_files_that_change_are_seen_and_hidden_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.yml").write_text("1", encoding="utf-8")
    before = look([tmp_path, tmp_path / "nowhere"])
    (tmp_path / "a" / ".one.yml.swp").write_text("2", encoding="utf-8")
    assert look([tmp_path]) == before
    (tmp_path / "a" / "two.yml").write_text("2", encoding="utf-8")
    (tmp_path / "a" / "one.yml").unlink()
    after = look([tmp_path])
    assert changed(before, after) == [str(tmp_path / "a" / name) for name in ("one.yml", "two.yml")]


def test_a_port_in_use_is_said_with_another_one(specimen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.run(Options(config_file=specimen / "mkdocs.yml", port=port)) == 3
    said = capsys.readouterr().err
    assert said.startswith(
        f"Port {port} is in use, perhaps by another preview. End that one, or take another"
    )


@pytest.mark.parametrize("gone", ["mkdocs.yml", "content"])
def test_what_is_not_there_is_said(specimen: Path, gone: str, capsys: pytest.CaptureFixture[str]) -> None:
    (specimen / gone).rename(specimen / "elsewhere")
    assert serve.run(Options(config_file=specimen / "mkdocs.yml", port=0)) == 2
    said = capsys.readouterr().err
    assert str(specimen / gone) in said
    assert said.count("\n") == 1


def test_a_configuration_that_cannot_be_read_is_nothing_to_begin_with(
    specimen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (specimen / "briefings").rename(specimen / "elsewhere")
    assert serve.run(Options(config_file=specimen / "mkdocs.yml", port=0)) == 1
    assert 'There is no folder "briefings"' in capsys.readouterr().out


def test_ctrl_c_ends_it_quietly(specimen: Path) -> None:
    line = [sys.executable, "-m", "factbook", "serve", "-f", str(specimen / "mkdocs.yml"), "--port", "0"]
    started = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert started.stdout
    assert started.stdout.readline().startswith(f"Preview at http://{HOST}:")
    started.send_signal(signal.SIGINT)
    said, complained = started.communicate(timeout=PATIENCE)
    assert (started.returncode, said, complained) == (0, "\n", "")
