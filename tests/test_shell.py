"""Shells: cut at their marks, filled by joining, and known by all that they depend on."""

import pickle
from pathlib import Path

import pytest

from factbook.rendering import shell_key
from factbook.rendering.shell import MARKS, Section, Shell, ShellRequest, Shells, check_plan
from factbook.rendering.shell_key import shells_key

VALUES = dict.fromkeys(MARKS, "")
SECTIONS = [Section("measures", "Measures", "measures/")]
REQUESTS = [ShellRequest("home", ""), ShellRequest("measure", "measures/_/", "measures")]


def test_a_shell_is_filled_at_its_marks() -> None:
    shell = Shell.from_text("<title>@@html_title@@</title><main>@@body@@</main>")
    values = VALUES | {"html_title": "Price cap", "body": "<p>60 a barrel</p>"}
    assert shell.fill(values) == "<title>Price cap</title><main><p>60 a barrel</p></main>"


def test_a_mark_may_stand_twice() -> None:
    shell = Shell.from_text("@@html_title@@ @@body@@ @@html_title@@")
    assert shell.fill(VALUES | {"html_title": "t", "body": "b"}) == "t b t"


def test_a_value_that_looks_like_a_mark_stays_as_it_is() -> None:
    shell = Shell.from_text("@@html_title@@: @@body@@")
    assert shell.fill(VALUES | {"html_title": "@@body@@", "body": "b"}) == "@@body@@: b"


def test_a_missing_value_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="differ: body"):
        Shell.from_text("@@body@@").fill({name: "" for name in MARKS if name != "body"})


def test_a_value_for_no_mark_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="differ: boddy"):
        Shell.from_text("@@body@@").fill(VALUES | {"boddy": ""})


def test_an_unknown_mark_in_a_template_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown marks: boddy"):
        Shell.from_text("@@boddy@@@@body@@")


def test_a_shell_without_a_body_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no mark @@body@@"):
        Shell.from_text("<title>@@html_title@@</title>")


def test_shells_can_be_kept() -> None:
    shells = Shells({"home": Shell.from_text("a @@body@@ b")}, {"scripts/x.js": b"1"})
    assert pickle.loads(pickle.dumps(shells)) == shells  # noqa: S301  # just pickled


@pytest.mark.parametrize(
    ("requests", "complaint"),
    [
        ([ShellRequest("a", ""), ShellRequest("a", "x/")], "Two shells are called 'a'"),
        ([ShellRequest("404", "")], "Two shells are called '404'"),
        ([ShellRequest("a", "x/"), ShellRequest("b", "x/")], "Two shells are asked for at 'x/'"),
        ([ShellRequest("a", "x")], "ends in a slash"),
        ([ShellRequest("a", "/x/")], "starts without one"),
        ([ShellRequest("a", "x/", "nowhere")], "names a section that is not there: 'nowhere'"),
    ],
)
def test_tables_that_contradict_themselves_are_a_mistake(
    requests: list[ShellRequest], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        check_plan(requests, SECTIONS)


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: Specimen\n", encoding="utf-8")
    return path


def test_the_key_is_the_same_for_the_same_things(config_file: Path) -> None:
    assert shells_key(config_file, REQUESTS, SECTIONS) == shells_key(config_file, REQUESTS, SECTIONS)


def test_the_key_changes_with_whatever_shells_depend_on(
    config_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    hook = tmp_path / "hook.py"

    def key(**more: object) -> str:
        return shells_key(
            config_file,
            more.get("requests", REQUESTS),  # type: ignore[arg-type]
            more.get("sections", SECTIONS),  # type: ignore[arg-type]
            more.get("footer", ()),  # type: ignore[arg-type]
            parts=[own, hook],
            settings=more.get("settings", ()),  # type: ignore[arg-type]
        )

    keys = [
        key(),
        key(requests=REQUESTS[:1]),
        key(sections=[]),
        key(footer=SECTIONS),
        key(sections=[], footer=SECTIONS),
        key(settings=["https://example.org/repo/"]),
    ]
    (own / "main.html").write_text("one", encoding="utf-8")
    keys.append(key())
    (own / "main.html").write_text("two", encoding="utf-8")
    keys.append(key())
    (own / "main.html").rename(own / "other.html")
    keys.append(key())
    hook.write_text("", encoding="utf-8")
    keys.append(key())
    hook.write_text("on_config = None", encoding="utf-8")
    keys.append(key())
    config_file.write_text("site_name: Another\n", encoding="utf-8")
    keys.append(key())
    monkeypatch.setattr(shell_key, "version_of", lambda package: f"{package} 99")
    keys.append(key())
    assert len(set(keys)) == len(keys)


def test_the_key_needs_no_mkdocs(config_file: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from factbook.rendering.shell_key import shells_key\n"
        f"shells_key(Path({str(config_file)!r}), [], []); print('mkdocs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
