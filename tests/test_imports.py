"""Lists become drafts, patches and comparisons; nothing personal and nothing that exists is touched. All lists are invented."""

import re
import subprocess
from pathlib import Path

import pytest

from factbook import commands
from factbook.imports.listed import as_id, as_written, country_of, folded, script_of
from factbook.imports.reading import read_lists
from factbook.problems import Severity
from factbook.publication import read_and_check
from tests.publications import DAY, write

LISTS = Path(__file__).parent / "imports"
OWN = tuple(str(LISTS / f"{name}.csv") for name in ("records", "other-names", "addresses"))
EXCERPTS = tuple(str(LISTS / f"{name}-excerpt.csv") for name in ("records", "other-names", "addresses"))
ENTITIES = str(LISTS / "entities.ftm.json")
PERSONAL = re.compile(
    r"DOB|birth|19[57]\d|passport|X1234567|99-1234|555000111|nationality|citizen|gender|female|Lampton|Lamp Street|Iceland",
    re.IGNORECASE,
)
DATED = ("--dated", "2026-10-01", "--as-of", DAY)
FILES = {
    "content/regimes/lamp-list.yml": """\
        title: List of Lamps
        kind: list
        status:
          - value: in-force
            from: 2021-03-01
            cite: [{source: gazette}]
        """,
    "content/regimes/tide-act.yml": """\
        title: Tide Act
        kind: statute
        status:
          - value: in-force
            from: 2021-03-01
            cite: [{source: gazette}]
        sections:
          - {id: s7-2, at: 7(a)(2), text: No exports., cite: [{source: gazette}]}
          - {id: s7-7, at: 7(a)(7), text: No exchange., cite: [{source: gazette}]}
        """,
}
NAMED = """actor: borland
    list: lamp-list
    programme: LAMPS
    entry: "90004"
"""


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    """The publication in which Borland is designated under number 90004, laid out."""
    days = "verified: 2026-11-01\nreview_by: 2027-02-01\n"
    files = {path: re.sub(r"(?m)^ {8}", "", text) + days for path, text in FILES.items()}
    change = {
        "content/measures/lamp-ban.yml": [
            {"replace": "actor: borland\n", "by": NAMED},
            {
                "replace": "under: [{regime: lamp-act, section: s2}]",
                "by": "under: [{regime: tide-act, section: s7-2}]",
            },
        ]
    }
    config = write({"start_from": "lamps", "files": files, "change": change}, tmp_path / "lamps")
    assert commands.main(["-f", str(config), "fmt"]) == 0
    assert errors(config) == []
    return config


def errors(config: Path) -> list[str]:
    problems = read_and_check(config, as_of=DAY).problems
    return [problem.as_text() for problem in problems if problem.severity is Severity.ERROR]


def run(config: Path, *words: str) -> int:
    return commands.main(["-f", str(config), "import", *words])


def texts(config: Path) -> dict[str, str]:
    root = config.parent
    return {
        str(path.relative_to(root)): path.read_text("utf-8")
        for path in sorted((root / "content").rglob("*.yml"))
    }


def new(config: Path, before: dict[str, str]) -> dict[str, str]:
    after = texts(config)
    assert {path: after[path] for path in before} == before, "what exists is not touched"
    return {path: text for path, text in after.items() if path not in before}


def read(*names: str) -> object:
    return read_lists((Path(name).name, Path(name).read_text("utf-8")) for name in names).entries


def test_the_office_s_own_form_and_that_of_excerpts_say_the_same() -> None:
    assert read(*OWN) == read(*EXCERPTS)
    windows = read_lists((name, Path(name).read_text("utf-8").replace("\n", "\r\n")) for name in OWN)
    assert windows.entries == read(*OWN)


def test_files_are_told_by_their_form_and_not_by_their_names() -> None:
    named = [(str(number), Path(name).read_text("utf-8")) for number, name in enumerate((*OWN, *EXCERPTS))]
    assert list(read_lists(named).forms.values()) == [
        "OFAC, records", "OFAC, other names", "OFAC, addresses",
        "OFAC, records", "OFAC, other names", "OFAC, addresses",
    ]  # fmt: skip
    assert read_lists([("a", Path(ENTITIES).read_text("utf-8"))]).forms == {"a": "FollowTheMoney, 2 actors"}


@pytest.mark.parametrize("files", [OWN, EXCERPTS, (ENTITIES,)], ids=["own", "excerpts", "entities"])
def test_nothing_personal_gets_further_than_the_list(
    files: tuple[str, ...], lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert PERSONAL.search("".join(Path(name).read_text("utf-8") for name in files))
    before = texts(lamps)
    assert run(lamps, *files, *DATED, "--programme", "LAMPS") == 0
    said = capsys.readouterr()
    for text in (said.out, said.err, *new(lamps, before).values()):
        assert PERSONAL.findall(re.sub(re.escape(str(LISTS)), "", text)) == []


def test_an_entry_becomes_an_actor_a_measure_and_a_source(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    assert run(lamps, *OWN, *DATED, "--uid", "90001", "--list", "lamp-list") == 0
    drafts = new(lamps, before)
    assert list(drafts) == [
        "content/actors/ann-shade.yml",
        "content/measures/listing-of-ann-shade.yml",
        "content/sources/lamp-list-2026-10-01.yml",
    ]
    for path, text in drafts.items():
        expected = LISTS / "drafts" / Path(path).name
        assert text == expected.read_text("utf-8"), path
    assert capsys.readouterr().out.endswith(
        "5 entries on 2026-10-01.\n\nWritten:\n"
        + "".join(f"  {path}\n" for path in drafts)
        + "Fill in the blanks; “build.py check” says what is missing.\n"
    )


@pytest.mark.parametrize("asked", [("--uid", "90001"), ("--name", "wick trading"), ("--programme", "lamps")])
@pytest.mark.parametrize("files", [OWN, (ENTITIES,)], ids=["csv", "entities"])
def test_drafts_with_their_blanks_filled_pass_check(
    files: tuple[str, ...], asked: tuple[str, ...], lamps: Path
) -> None:
    before = texts(lamps)
    assert run(lamps, *files, *DATED, *asked) == 0
    drafts = new(lamps, before)
    ids = [Path(path).stem for path in drafts]
    with_blanks = [
        path for path, text in drafts.items() if re.search(r"(?m)^ *(- )?(url_note|who|kind|lang):$", text)
    ]
    assert commands.main(["-f", str(lamps), "fmt", *(Path(path).stem for path in with_blanks)]) == 0
    drafts = new(lamps, before)
    assert with_blanks and all(remarks(drafts[path]) for path in with_blanks)
    fill(lamps, drafts)
    assert errors(lamps) == []
    filled = new(lamps, before)
    assert commands.main(["-f", str(lamps), "fmt"]) == 0
    assert new(lamps, before) == filled  # nobody said that the remarks were read
    assert commands.main(["-f", str(lamps), "fmt", *ids]) == 0
    assert not any(map(remarks, new(lamps, before).values()))
    assert errors(lamps) == []


def remarks(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip().startswith("#>")]


BLANKS = {"title": "A title", "is_sanction": "true", "who": "importers", "lang": "ru", "url_note": "A copy"}
BLANKS |= {"value": "unknown", "from": "unknown"}


def fill(config: Path, drafts: dict[str, str]) -> None:
    for path, text in drafts.items():
        kind = "statute" if "regimes" in path else "company"
        for name, value in {**BLANKS, "kind": kind}.items():
            text = re.sub(rf"(?m)^( *(?:- )?{name}:)$", rf"\1 {value}", text)
        (config.parent / path).write_text(text, "utf-8")


def test_a_second_import_leaves_drafts_as_they_are(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = (*OWN, *DATED, "--uid", "90002")
    assert run(lamps, *asked) == 0
    draft = lamps.parent / "content/actors/wick-trading-llc.yml"
    draft.write_text(draft.read_text("utf-8") + "# half done\n", "utf-8")
    before = texts(lamps)
    capsys.readouterr()
    assert run(lamps, *asked) == 0
    assert new(lamps, before) == {}
    said = capsys.readouterr().out
    assert "There already, and left as it is: content/actors/wick-trading-llc.yml\n" in said
    assert "Written" not in said


def test_a_dry_run_writes_nothing_and_shows_the_drafts(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    assert run(lamps, *OWN, *DATED, "--uid", "90002", "--dry-run") == 0
    assert texts(lamps) == before
    assert (
        "Would be written:\n  content/actors/wick-trading-llc.yml\n    # yaml-language-server"
        in capsys.readouterr().out
    )


def test_what_exists_is_compared_and_its_changes_are_a_patch(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    assert run(lamps, *OWN, *DATED, "--uid", "90004", "--source", "register") == 0
    said = capsys.readouterr().out
    assert texts(lamps) == before
    assert "90004  BORLAND  lamp-ban#designations.borland\n  agrees: programme LAMPS; items 7(a)(2)\n" in said
    assert "  names that ours lack: LAND OF BOR\n" in said
    root = lamps.parent
    subprocess.run(["git", "apply", "-"], cwd=root, input=said.encode(), check=True)
    assert errors(lamps) == []
    after = {path: text for path, text in texts(lamps).items() if text != before[path]}
    assert list(after) == ["content/actors/borland.yml", "content/measures/lamp-ban.yml"]
    assert run(lamps, *OWN, *DATED, "--uid", "90004", "--source", "register") == 0
    assert capsys.readouterr().out.endswith("seen on 2026-10-01\n\nNothing to add.\n")


def test_lines_to_paste_where_a_measure_designates_the_actor_under_no_number(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = lamps.parent / "content/measures/lamp-ban.yml"
    file.write_text(file.read_text("utf-8").replace("    entry: '90004'\n", ""), "utf-8")
    before = texts(lamps)
    assert run(lamps, OWN[0], *DATED, "--uid", "90004", "--source", "register", "--list", "lamp-list") == 0
    assert new(lamps, before) == {}
    assert (
        "borland is designated already, not under the number 90004 (content/measures/lamp-ban.yml). "
        "Put the number there, or paste:\n  - id: borland\n    actor: borland\n    list: lamp-list\n"
        "    programme: LAMPS\n    entry: '90004'\n"
    ) in capsys.readouterr().out


def test_designations_go_into_the_measure_that_is_named(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    asked = ("--uid", "90005", "--source", "register", "--measure", "lamp-ban", "--list", "lamp-list")
    assert run(lamps, OWN[0], *DATED, *asked) == 0
    assert new(lamps, before) == {}, "Ann Lee has a sheet, and the measure too"
    said = capsys.readouterr().out
    assert "+  - id: ann-lee\n+    actor: ann-lee\n+    list: lamp-list\n" in said
    assert "+  - text: LEE, Ann" not in said, "the name is known in another order"


def test_compare_tells_by_number_and_proposes_what_was_observed(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    assert run(lamps, *OWN, *DATED, "--compare") == 0
    said = capsys.readouterr().out.split("5 entries on 2026-10-01.\n")[1]
    assert texts(lamps) == before
    assert said == (
        "\n90004  BORLAND  lamp-ban#designations.borland\n"
        "  agrees: programme LAMPS; items 7(a)(2)\n"
        "  names that ours lack: LAND OF BOR\n"
        "  to add in content/measures/lamp-ban.yml, under “observed” of designation borland:\n"
        "      - day: 2026-10-01\n"
        "        cite:\n"
        "          - source: ofac-list-2026-10-01\n"
        "            at: entry 90004\n"
        "\nOn the list, and not among ours: 4 entries (90001, 90002, 90003, 90005).\n"
        "\n1 entry of the list are among ours: agreeing: 1, differing: 0; 1 observation to add, citing ofac-list-2026-10-01, "
        "a source that has no sheet yet.\n"
    )


def test_compare_says_what_differs_and_ends_with_status_1(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = lamps.parent / "content/measures/lamp-ban.yml"
    text = file.read_text("utf-8").replace("programme: LAMPS", "programme: LANTERNS").replace("s7-2", "s7-7")
    file.write_text(text, "utf-8")
    assert run(lamps, OWN[0], *DATED, "--compare", "--uid", "90004") == 1
    assert (
        "  differs: The list prints the programme LAMPS; no designation of ours names it.\n"
        "  differs: lamp-ban#designations.borland names the programme LANTERNS; the list does not print it.\n"
        "  differs: The list prints EXPORT SANCTIONS Sec. 7(a)(2); no provision of ours rests on it.\n"
        "  differs: A provision of ours rests on 7(a)(7); the list does not print it.\n"
    ) in capsys.readouterr().out


def test_a_row_that_belongs_to_an_entry_shows_that_it_stood_on_the_list(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lamps, OWN[2], *DATED, "--compare", "--list", "lamp-list") == 0
    said = capsys.readouterr().out
    assert "90004  Borland  lamp-ban#designations.borland\n  to add in" in said
    assert "agrees" not in said.split("\n90004")[1].split("\n\n")[0]


def test_ours_that_the_files_lack_are_named(lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lamps, OWN[1], *DATED, "--compare", "--list", "lamp-list", "--source", "register") == 0
    assert "not in these files" not in capsys.readouterr().out
    file = lamps.parent / "content/measures/lamp-ban.yml"
    file.write_text(file.read_text("utf-8").replace("90004", "90099"), "utf-8")
    assert run(lamps, *OWN, *DATED, "--compare", "--list", "lamp-list") == 0
    assert (
        "Ours, and not in these files (which may be a part of the list):\n  90099  lamp-ban#designations.borland\n"
        in capsys.readouterr().out
    )


def test_a_programme_becomes_a_regime_or_the_names_that_ours_lacks(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    programmes = (str(LISTS / "av-lamps.yml"), str(LISTS / "av-tides.yml"))
    assert run(lamps, *programmes, *DATED) == 0
    drafts = new(lamps, before)
    assert list(drafts) == [
        "content/regimes/av-tides.yml",
        "content/sources/opensanctions-programmes-2026-10-01.yml",
    ]
    assert "title: Avonia's Tide Sanctions\n" in drafts["content/regimes/av-tides.yml"]
    assert "also_called:\n  - AV-TIDES\n  - TIDES-EO7\n" in drafts["content/regimes/av-tides.yml"]
    said = capsys.readouterr().out
    assert "+++ b/content/regimes/lamp-act.yml\n" in said
    assert "+also_called:\n+  - Avonia's Lamp Sanctions\n+  - AV-LAMPS\n+  - LAMPS\n" in said
    fill(lamps, drafts)
    assert errors(lamps) == []


def test_entities_bring_scripts_register_names_and_days(lamps: Path) -> None:
    before = texts(lamps)
    assert run(lamps, ENTITIES, *DATED, "--programme", "LAMPS", "--measure", "lamps-of-2024") == 0
    drafts = new(lamps, before)
    shade = drafts["content/actors/ann-shade.yml"]
    assert "    script: Cyrl\n    kind: native\n" in shade
    assert (
        "identifiers:\n  - scheme: wikidata\n    value: Q0\n  - scheme: opensanctions\n    value: NK-shade\n"
        in shade
    )
    assert "country" not in shade
    assert "country: IS\n" in drafts["content/actors/wick-trading-llc.yml"]
    measure = drafts["content/measures/lamps-of-2024.yml"]
    assert "    entry: '90001'\n    from: 2024-03-01\n    until: none-set\n    observed:\n" in measure
    assert "    until: 2025-01-31\n    cite:\n" in measure


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name the files of the list.\nFor example: build.py import sdn.csv --dated 2026-09-30 --uid 90001"),
        (("none.csv", *DATED), "There is no file none.csv."),
        ((OWN[0],), "Say of which day the list is, e.g. --dated 2026-09-30; the files do not tell."),
        ((OWN[0], *DATED, "--uid", "9001"), 'No entry has the number 9001. Did you mean "90001"?'),
        ((OWN[0], *DATED, "--name", "wik trading"), 'No entry is called "wik trading". Did you mean "WICK TRADING LLC"?'),
        ((OWN[0], *DATED, "--programme", "LAMP"), 'No entry has the programme "LAMP". Did you mean "LAMPS"?'),
        (
            (OWN[0], *DATED, "--list", "lamp-act"),
            'There is no list "lamp-act" among the regimes. Lists are: lamp-list.',
        ),
        ((OWN[0], *DATED, "--uid", "90001", "--source", "Register"), '"Register" cannot be an id. An id is made of '
         'lower-case letters a to z, digits and single hyphens. For example "register".'),
        ((OWN[0], *DATED, "--uid", "90001", "--measure", "borland"), '"borland" exists already: content/actors/borland.yml '
         '("Borland"). An id stands for one thing in the whole publication: choose another.'),
        ((OWN[0], *DATED, "--uid", "90001", "--measure", "../x"), '"../x" cannot be an id. An id is made of '
         'lower-case letters a to z, digits and single hyphens. For example "x".'),
        ((OWN[0], ENTITIES, *DATED), f"{ENTITIES} is of another publisher than the files before it. "
         "Import them one after the other: each run has one source."),
        (
            (OWN[0], *DATED),
            "Say which entries: --uid NUMBER, --name NAME or --programme TAG; or --compare for those we have.\n"
            "Programmes in these files: LAMPS, TIDES-EO7.",
        ),
    ],
)  # fmt: skip
def test_wrong_use_is_said_and_nothing_is_written(
    words: tuple[str, ...], sentence: str, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(lamps)
    capsys.readouterr()
    assert run(lamps, *words) == 2
    assert capsys.readouterr().err == f"{sentence}\nNothing was written.\n"
    assert texts(lamps) == before


@pytest.mark.parametrize(
    ("name", "text", "start"),
    [
        ("a.csv", "1,2,3\n", "a.csv has no form that can be imported.\nKnown are"),
        ("a.csv", "", "a.csv has no form that can be imported.\nKnown are"),
        ("a.csv", '1,2,aka,"A",\n1,2\n', "a.csv:2: 2 columns, the first of them “1”. Every line of a file of other names has 5"),
        ("a.csv", "1,2,aka," + "x" * 200000 + ",\n", "a.csv has no form"),
        ("a.csv", "1,2,aka,A,\n1,2,aka," + "x" * 200000 + ",\n", "a.csv: a field of this file is far too long"),
        ("a.json", '{"schema": "Person", "id": 1\n', "a.json:1: this line is no entity."),
        ("a.json", '{"schema": "Person", "id": "a", "properties": []}\n', "a.json:1: this line is no entity."),
        ("a.yml", "title: A\n", "a.yml: no “key” and “title” on the top level.\nA description of a programme"),
        ("a.yml", "title: 'A\n", "a.yml:"),
        ("a.csv", b"1,2,aka,\xe9,\n", "a.csv is not UTF-8 text. Save it again as UTF-8."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_said_with_its_line(
    name: str,
    text: str | bytes,
    start: str,
    lamps: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(lamps.parent)
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    before = texts(lamps)
    capsys.readouterr()
    assert run(lamps, name, *DATED, "--compare") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(start)
    assert said.err.endswith("Nothing was written.\n")
    assert texts(lamps) == before


def test_characters_that_are_not_seen_stay_in_the_list(
    lamps: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lamps.parent)
    Path("a.json").write_text(
        '{"schema": "Company", "id": "x", "properties": {"name": ["CON", "Wi\\u202eck\\u001b[2J\\n\\u0000 Sons: #1"]}}\n',
        "utf-8",
    )
    before = texts(lamps)
    capsys.readouterr()
    assert run(lamps, "a.json", *DATED, "--uid", "x") == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", capsys.readouterr().out)
    drafts = new(lamps, before)
    assert "  - text: 'Wick[2J Sons: #1'\n" in drafts["content/actors/con-x.yml"]
    fill(lamps, drafts)
    assert errors(lamps) == []


@pytest.mark.parametrize(
    ("printed", "person", "written"),
    [
        ("SHADE, Ann Lee", True, "Ann Lee Shade"),
        ("PRESIDENCY OF THE LAMPS", False, "Presidency of the Lamps"),
        ("THE LAMP ABC, LLC", False, "THE Lamp ABC, LLC"),
        ("Wick Trading", False, "Wick Trading"),
    ],
)
def test_names_in_capitals_are_offered_as_they_would_be_written(
    printed: str, person: bool, written: str
) -> None:
    assert as_written(printed, person=person) == written


def test_names_are_the_same_in_any_order_and_without_accents() -> None:
    assert folded("KIYIGOLGE, Isil") == folded("Işıl Kıyıgölge")
    assert (script_of("Энн"), script_of("Ann"), script_of("安"), script_of("7")) == (
        "Cyrl",
        "Latn",
        "Hans",
        None,
    )
    assert (country_of("Turkey"), country_of("Iceland"), country_of("Avonia")) == ("TR", "IS", None)
    assert as_id("Işıl Kıyıgölge & Sons’") == "isil-kiyigolge-sons"
