"""The host: shells that MkDocs and Material make, and the plugin's place in a build."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from factbook import site
from factbook.rendering.shell import MARKS, NOT_FOUND, Section, Shell, ShellPlan, ShellRequest, Shells
from factbook.site import SettingsError, make_shells

SECTIONS = [Section("measures", "Measures & more", "measures/"), Section("timeline", "Timeline", "timeline/")]
FOOTER = [Section("about", "About <this>", "about/")]
REQUESTS = [ShellRequest("home", ""), ShellRequest("measure", "measures/_/", "measures")]
VALUES = {name: f"[{name}]" for name in MARKS}

SETTINGS = """
site_name: Sanctions & <Specimens>
docs_dir: briefings
theme:
  name: material
  palette: [{scheme: auto, toggle: {icon: material/brightness-auto, name: Auto}}]
plugins: [factbook]
"""


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings/index.md").write_text("# {{ never }} rendered", encoding="utf-8")
    path = tmp_path / "mkdocs.yml"
    path.write_text(SETTINGS, encoding="utf-8")
    return path


@pytest.fixture
def shells(config_file: Path) -> Shells:
    return make_shells(config_file, REQUESTS, SECTIONS, FOOTER)


def test_there_is_a_shell_for_each_request_and_for_unknown_addresses(shells: Shells) -> None:
    assert shells.shells.keys() == {"home", "measure", NOT_FOUND}


def test_every_shell_holds_every_mark(shells: Shells) -> None:
    for shell in shells.shells.values():
        assert set(shell.marks) == set(MARKS)


def test_shells_are_the_same_each_time(config_file: Path, shells: Shells) -> None:
    assert (make_shells(config_file, REQUESTS, SECTIONS, FOOTER) == shells) is True


def test_every_file_a_page_asks_for_is_an_asset(shells: Shells) -> None:
    asked = set(re.findall(r'(?:src|href)="\.\./\.\./([^"]+\.\w+)"', shells.shells["measure"].fill(VALUES)))
    assert "stylesheets/site.css" in asked
    assert asked - {"site.webmanifest"} <= shells.assets.keys()  # of the publication, not of the theme


def test_a_page_asks_for_one_style_sheet_and_two_scripts(shells: Shells) -> None:
    home = shells.shells["home"].fill(VALUES)
    assert re.findall(r'(?:stylesheet" href|script src)="([^"]+)"', home) == [
        "stylesheets/site.css",
        "scripts/scheme.js",
        "scripts/site.js",
    ]


def test_what_is_joined_is_there_in_its_order_and_nowhere_else(shells: Shells) -> None:
    own = site.THEME_FOLDER
    for whole, names in site.JOINED.items():
        parts = [(own / name).read_bytes().strip() for name in names if (own / name).exists()]
        places = [shells.assets[whole].find(part) for part in parts]
        assert len(parts) >= 2
        assert -1 not in places
        assert places == sorted(places)
        assert not set(names) & shells.assets.keys()
    assert b".md-header" in shells.assets["stylesheets/site.css"], "Material's own is among them"
    assert not [name for name in shells.assets if name.startswith("assets/javascripts/")]


def test_what_the_host_writes_for_itself_is_left_out(shells: Shells) -> None:
    names = " ".join(shells.assets)
    assert not re.search(r"sitemap|lunr|search_index|\.map\b|\.html\b|\.md\b", names)


def test_no_shell_asks_another_site(shells: Shells) -> None:
    for shell in shells.shells.values():
        assert not re.search(r'(?:src|href|url)\s*[=(]\s*["\']?(?:https?:)?//', shell.fill(VALUES))


def tabs(shell: Shell) -> str:
    text = shell.fill(VALUES)
    return text[text.index('<nav class="md-tabs"') : text.index("<main")]


def test_links_lead_from_the_depth_of_the_page(shells: Shells) -> None:
    assert '<li><a href="../../timeline/">' in tabs(shells.shells["measure"])
    assert '<li><a href="./timeline/">' in tabs(shells.shells["home"])


def test_the_page_for_unknown_addresses_links_from_the_root(config_file: Path) -> None:
    with config_file.open("a", encoding="utf-8") as file:
        file.write("site_url: https://example.org/repo/\n")
    text = make_shells(config_file, REQUESTS, SECTIONS).shells[NOT_FOUND].fill(VALUES)
    assert 'href="/repo/timeline/"' in text
    assert 'href="/repo/stylesheets/site.css"' in text
    assert 'href="/repo/search/"' in text


def test_the_current_section_is_marked(shells: Shells) -> None:
    assert 'aria-current="true">Measures &amp; more</a>' in tabs(shells.shells["measure"])
    assert "aria-current" not in shells.shells["home"].fill(VALUES)


def test_names_from_the_settings_are_escaped(shells: Shells) -> None:
    text = shells.shells["home"].fill(VALUES)
    assert "Sanctions &amp; &lt;Specimens&gt;" in text
    assert "About &lt;this&gt;" in text
    assert "<Specimens>" not in text
    assert "<this>" not in text


def test_nothing_of_the_briefings_passes_through_the_theme(shells: Shells) -> None:
    assert "never" not in shells.shells["home"].fill(VALUES)


def test_a_publication_may_put_its_own_templates_before_ours(config_file: Path) -> None:
    own = config_file.parent / "own"
    (own / "partials").mkdir(parents=True)
    (own / "partials/footer.html").write_text("<footer>our own foot</footer>", encoding="utf-8")
    settings = SETTINGS.replace("name: material", "name: material\n  custom_dir: own")
    config_file.write_text(settings, encoding="utf-8")
    text = make_shells(config_file, REQUESTS, SECTIONS).shells["home"].fill(VALUES)
    assert "our own foot" in text
    assert "md-tabs__list" in text


@pytest.mark.parametrize(
    ("replaced", "by", "complaint"),
    [
        ("name: material", "name: readthedocs", 'The theme is not "material"'),
        ("plugins: [factbook]", "plugins: []", "does not name the plugin"),
        ("plugins: [factbook]", "plugins: [factbook: {contents: x}]", "contents"),
        ("docs_dir: briefings", "docs_dir: nowhere", "docs_dir"),
        ("plugins: [factbook]", "plugins: [factbook]\nuse_directory_urls: false", "end in a slash"),
    ],
)
def test_settings_that_cannot_be_used_are_said(
    config_file: Path, replaced: str, by: str, complaint: str
) -> None:
    config_file.write_text(SETTINGS.replace(replaced, by), encoding="utf-8")
    with pytest.raises(SettingsError, match=complaint):
        make_shells(config_file, REQUESTS, SECTIONS)


# --- mkdocs build, with publication's part played by the test -------------------------------------------------


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    seen = SimpleNamespace(shells=None, site_dir=None)

    def publish(config: object, shells: Shells, *, search: bool) -> None:
        seen.shells, seen.site_dir = shells, Path(config.site_dir)  # type: ignore[attr-defined]

    monkeypatch.setattr(site, "_plan", lambda _: ShellPlan(REQUESTS, SECTIONS, FOOTER))
    monkeypatch.setattr(site, "_publish", publish)
    return seen


def test_mkdocs_build_hands_the_same_shells_to_publication(
    config_file: Path, shells: Shells, handed_over: SimpleNamespace
) -> None:
    build(load_config(str(config_file)))
    assert (handed_over.shells == shells) is True


def test_mkdocs_build_does_not_touch_the_site_by_itself(
    config_file: Path, handed_over: SimpleNamespace
) -> None:
    folder = config_file.parent / "site"
    folder.mkdir()
    (folder / "index.html").write_text("the last good build", encoding="utf-8")
    build(load_config(str(config_file)))
    assert handed_over.site_dir == folder
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert (folder / "index.html").read_text(encoding="utf-8") == "the last good build"


def test_a_failing_mkdocs_build_leaves_the_site(
    config_file: Path, handed_over: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = config_file.parent / "site"
    folder.mkdir()
    (folder / "index.html").write_text("the last good build", encoding="utf-8")
    config = load_config(str(config_file))
    config.theme.name = "readthedocs"
    with pytest.raises(Abort):
        build(config)
    assert (folder / "index.html").read_text(encoding="utf-8") == "the last good build"
