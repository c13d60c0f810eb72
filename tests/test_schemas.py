"""Schemas and models agree: what an editor's program marks is what `check` refuses, but for what is listed here with its reason.

Values are typed as YAML 1.2 does (`tests.editors`), since that is what the program holds against the schema. Compared are all
sheets, those of the cases, and the specimen's with every value replaced by awkward ones.
"""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from factbook.catalogue import Catalogue, join
from factbook.exports import completion
from factbook.exports.completion import known_sheets
from factbook.exports.fields import fields_of, records_in
from factbook.exports.schemas import schemas
from factbook.loading.settings import read_settings
from factbook.loading.sheets import load
from factbook.model.briefing import Briefing, PlainPage
from factbook.model.collections import ALL, COLLECTIONS
from factbook.model.records import Record
from factbook.model.values import ID, AnchorRef, Keyword, RefTo
from factbook.model.vocabularies import VocabularyFile
from factbook.model.walking import walk
from factbook.problems import Problem
from tests.editors import Schemas, scalar, typed
from tests.handbook import SCHEMAS, schema_files
from tests.publications import cases, read_case, write
from tests.sites import SPECIMEN

ROOT = Path(__file__).resolve().parents[1]
MODELS: tuple[type[Record], ...] = (*(c.model for c in ALL.values()), PlainPage, VocabularyFile)


@dataclass(frozen=True)
class Difference:
    """What the two do not see alike, shown on one file of the small publication."""

    code: str
    """The code of the problem; empty where only the schema refuses."""
    message: str
    """How its message begins or what it holds, where the code alone covers more."""
    reason: str
    path: str
    replace: str
    by: str


LAMP, ANN, BAN = "content/terms/lamp.yml", "content/actors/ann-lee.yml", "content/measures/lamp-ban.yml"
PAGE, ANNOUNCED = "briefings/lamps.md", "content/events/lamp-ban-announced-2021-03-01.yml"

ONLY_CHECK = (
    Difference("dates-out-of-order", "", "a schema cannot compare two values", ANNOUNCED, "date: 2021-03-01", "date: 2021-03/2021-02"),
    Difference("id-differs", "", "a schema does not know the name of the file", LAMP, "title: Lamp\n", "title: Lamp\nid: lampe\n"),
    Difference("bad-id", "The file is called", "a schema does not know the name of the file", "content/terms/Lamp_2.yml", "", "title: Lamp\ndefinition: A thing.\nverified: 2026-11-01\nreview_by: 2027-11-01\n"),
    Difference("duplicate-id", "", "a schema sees one file", LAMP, "title: Lamp\n", "title: Lamp\nformer_ids: [avonia]\n"),
    Difference("duplicate-key", "", "YAML itself: the program says it without a schema", LAMP, "title: Lamp\n", "title: Lamp\ntitle: Lamp\n"),
    Difference("hidden-character", "", "a schema sees values, and this may stand in a comment", LAMP, "gives light", "gives \u202elight"),
    Difference("yaml-feature", "", "YAML itself: the value looks the same", LAMP, "title: Lamp\n", "title: &name Lamp\n"),
    Difference("bad-prose", "", "the inside of prose", LAMP, "gives light", "gives [[light"),
    Difference("unknown-block", "", "the inside of prose", LAMP, "definition: A thing that gives light.", 'definition: "::: lamps"'),
    Difference("bad-date", 'The option "', "the inside of prose", LAMP, "definition: A thing that gives light.", 'definition: "::: timeline from=soon"'),
    Difference("unknown-reference", "A link is", "the inside of prose", LAMP, "gives light", "gives [[lite]]"),
    Difference("unknown-reference", "A citation is", "the inside of prose", LAMP, "gives light", "gives light [@gazete]"),
    Difference("unknown-reference", 'The option "', "the inside of prose", LAMP, "definition: A thing that gives light.", 'definition: "::: people actors=bob"'),
    Difference("wrong-collection", "A citation is", "the inside of prose", LAMP, "gives light", "gives light [@avonia]"),
    Difference("wrong-collection", 'The option "', "the inside of prose", LAMP, "definition: A thing that gives light.", 'definition: "::: people actors=gazette"'),
    Difference("unknown-anchor", "", "what stands inside another sheet, or elsewhere in this one", BAN, "provisions: [sales]", "provisions: [sale]"),
    Difference("unknown-reference", "rests_on is", "an id and an anchor in one text", PAGE, "[lamp-ban#", "[lamp-bam#"),
    Difference("unknown-value", "cannot be added", "which list a file is stands in its name", "content/vocabulary/statuses.yml", "", "title: States\nvalues: [{key: held, label: held}]\n"),
    Difference("bad-number", "", "YAML 1.2 reads the number, and how it was written is lost", BAN, "amount: 500", "amount: 5e2"),
    Difference("bad-date", 'date is "+2021"', "YAML 1.2 reads the number, and how it was written is lost", ANNOUNCED, "date: 2021-03-01", "date: +2021"),
    Difference("bad-flag", "True", "YAML 1.2 reads the truth value, and how it was written is lost", BAN, "is_sanction: true", "is_sanction: True"),
)  # fmt: skip
"""What `check` refuses and a program that knows the schema does not mark."""

ONLY_SCHEMA = (
    Difference("", "", "YAML 1.2 reads nothing, as where nothing is written", LAMP, "title: Lamp", "title: ~"),
    Difference("", "", "YAML 1.2 reads 999, which is no year", ANNOUNCED, "date: 2021-03-01", "date: 0999"),
    Difference("", "", "check forgives blanks in quotes around an id or a code; no program would offer them", BAN, "actor: borland", 'actor: "borland "'),
)  # fmt: skip
"""What such a program marks and `check` lets pass; all of it can be mended with quotes or without blanks."""

NO_SHEETS = (
    *("unreadable-file", "too-large", "not-utf-8", "not-a-plain-file", "misplaced-file"),
    *("bad-yaml", "bad-settings", "reserved-address"),
)
"""Problems of a file as such: there are no values to hold against a schema, or its name is the fault."""
NOT_COMMITTED = ("unknown-reference", "wrong-collection", "unknown-value")
"""What only the second set knows: which sheets there are, and what the publication added to its lists."""


OTHERWISE = {
    "permits-without-effect": "which phrases a list of words holds is known to the engine; the schema asks for a line alone",
    "references-to-a-sheet-with-faults": "who refers to a sheet with faults hears of it when the sheet is mended; the schema "
    "knows already that it is of another collection",
    "values-of-a-list-that-cannot-be-read": "what the list would have held is not known; the schema offers the engine's own values",
    "vocabulary-names-unknown-values": "which values a list has is known when all lists are read; the schema asks for ids alone",
}
"""Cases that show what takes two files to show."""


def listed(problem: Problem) -> Difference | None:
    """The difference that a problem belongs to."""
    for difference in ONLY_CHECK:
        if difference.code == problem.code and difference.message in problem.message:
            return difference
    return None


@dataclass(frozen=True)
class File:
    """One file of a publication, with what both say of it."""

    path: str
    problems: tuple[Problem, ...]
    committed: tuple[str, ...]
    """What the committed schema says."""
    knowing: tuple[str, ...]
    """What the schema says that knows the ids."""


@cache
def committed() -> Schemas:
    return Schemas(schemas())


def files_of(config_file: Path, touched: frozenset[str] | None = None) -> Iterator[File]:
    """The sheets, pages and lists of a publication that are YAML: all, or those with problems and those that were touched."""
    settings, _ = read_settings(config_file)
    if settings is None:
        return
    loaded = load(settings)
    catalogue, dangling = join(loaded)
    problems = [*loaded.problems, *dangling]
    knowing = Schemas(schemas(loaded.vocabularies, known_sheets(catalogue, loaded.unread)))
    for path in [*settings.root.glob("content/*/*.yml"), *settings.root.glob("briefings/*.md")]:
        shown = path.relative_to(settings.root).as_posix()
        found = tuple(problem for problem in problems if problem.place.path == shown)
        kind = "briefings" if path.suffix == ".md" else path.parent.name
        if touched is not None and shown not in touched and not found:
            continue
        if kind not in (*ALL, "vocabulary") or path.is_symlink() or path.name.startswith("."):
            continue
        if any(problem.code in NO_SHEETS for problem in found):
            continue
        text = path.read_text(encoding="utf-8")
        try:
            value = typed(front_matter(text) if kind == "briefings" else text)
        except (yaml.YAMLError, ValueError):
            assert found, "what YAML refuses, check refuses"
            continue
        yield File(shown, found, committed().say(kind, value), knowing.say(kind, value))


def front_matter(page: str) -> str:
    """The fields of a page; raises ValueError where it has none."""
    _, fields, _ = re.split(r"^---\n", page, maxsplit=2, flags=re.MULTILINE)
    return fields


def disagreements(file: File) -> list[str]:
    """Where the schemas and `check` differ on a file beyond what is listed."""
    shown = [problem.as_text() for problem in file.problems]
    wrong = [problem for problem in file.problems if listed(problem) is None]
    of_form = [problem for problem in wrong if problem.code not in NOT_COMMITTED]
    found = []
    if not file.problems and (file.committed or file.knowing):
        found.append(f"{file.path}: only the schema: {file.committed or file.knowing}")
    if file.committed and not file.knowing:
        found.append(f"{file.path}: only the committed schema: {file.committed}")
    if of_form and not file.committed:
        found.append(f"{file.path}: not the committed schema: {shown}")
    if wrong and not file.knowing:
        found.append(f"{file.path}: not the schema that knows the ids: {shown}")
    return found


@pytest.mark.parametrize(
    "config_file", [SPECIMEN / "mkdocs.yml", ROOT / "mkdocs.yml"], ids=["specimen", "real"]
)
def test_schemas_accept_every_sheet_and_the_models_do(config_file: Path) -> None:
    files = list(files_of(config_file))
    assert len(files) > len(COLLECTIONS)
    assert [line for file in files for line in disagreements(file)] == []


@pytest.mark.parametrize("path", [*cases("loading"), *cases("catalogue"), *cases("checks")])
def test_schemas_and_models_agree_on_a_case(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    touched = frozenset([*case.get("files", ()), *case.get("change", ())])
    files = files_of(write(case, tmp_path), touched)
    found = [line for file in files for line in disagreements(file)]
    assert bool(found) is (path.stem in OTHERWISE), found


def shown_on(difference: Difference, folder: Path) -> File:
    """The file that shows a difference."""
    changed = {difference.path: [{"replace": difference.replace, "by": difference.by}]}
    case: dict[str, Any] = {"start_from": "lamps", "change": changed if difference.replace else {}}
    if not difference.replace:
        case["files"] = {difference.path: difference.by}
    touched = frozenset([difference.path])
    (file,) = (file for file in files_of(write(case, folder), touched) if file.path == difference.path)
    return file


@pytest.mark.parametrize("difference", ONLY_CHECK, ids=lambda it: f"{it.code}-{it.by[:30]}")
def test_only_check_refuses(difference: Difference, tmp_path: Path) -> None:
    file = shown_on(difference, tmp_path)
    assert [listed(problem) for problem in file.problems] == [difference]
    assert file.committed == file.knowing == ()


@pytest.mark.parametrize("difference", ONLY_SCHEMA, ids=lambda it: it.by)
def test_only_the_schema_refuses(difference: Difference, tmp_path: Path) -> None:
    file = shown_on(difference, tmp_path)
    assert file.problems == ()
    assert file.knowing


AWKWARD = (
    *("", "''", "' '", "a", "a-b", "A b", "a_b", "'a\n\n  b'", "high", "true", "'true'", "x" * 65, "'x y '"),
    *("2021", "'2021'", "2021-03", "2021-03~", "2021-3", "2021-02-29", "2020-02-29", "2021-04-31", "2021-13-01"),
    *("٢٠٢١-٠٣-٠١", "0000-01-01", "2021-03-01~", "2021/..", "../2021~", "../..", "2020/2021/2022", "unknown", "none-set"),
    *("0", "5", "-5", "1.5", "1" * 19, "NO", "no", "US", "tr-Latn", "ru-Latn-RU", "USD", "con", "lamp#x"),
    *("https://example.org", "http://a b", "https://u@example.org", "https://:80", "ftp://example.org"),
    *("[]", "[a]", "[[a]]", "{}", "{id: a}", "[{id: a}]"),
)  # fmt: skip
"""Values, as they stand in YAML, that each are right in some fields and wrong in others."""


def biggest(name: str) -> Path:
    """The longest sheet of the specimen in a collection, since it has most fields."""
    files = (
        (SPECIMEN / "briefings").glob("*.md")
        if name == "briefings"
        else (SPECIMEN / "content" / name).glob("*.yml")
    )
    return max(files, key=lambda path: (path.stat().st_size * ("question" in path.read_text()), path.name))


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field and item of a sheet."""
    for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, step)
        yield from paths_of(value[step], (*path, step))


def replaced(whole: Any, path: tuple[Any, ...], by: Any) -> Any:
    """A copy with another value at a path."""
    if not path:
        return by
    here = copy.copy(whole)
    here[path[0]] = replaced(whole[path[0]], path[1:], by)
    return here


def refused(catalogue: Catalogue, name: str, fields: Any) -> str:
    """What the model or the catalogue refuses in the values of a sheet, links inside prose apart; empty for nothing."""
    model = ALL[name].model if name in ALL else VocabularyFile
    try:
        sheet = (PlainPage if model is Briefing and "question" not in fields else model).model_validate(
            fields
        )
    except ValidationError as error:
        return str(error)
    for found in walk(sheet):
        match found.mark:
            case Keyword(vocabulary=of) if found.value not in catalogue.vocabularies[of].values:
                return f"{found.value} not in {of}"
            case RefTo(or_text=True) if not ID.fullmatch(found.value):
                continue
            case RefTo(collection=wanted):
                id, _, rest = found.value, "", ""
            case AnchorRef():
                id, rest, _ = found.value.partition("#")
                if rest and ID.fullmatch(id):
                    continue
                wanted = "*"
            case _:
                continue
        if id not in catalogue or wanted not in ("*", catalogue.collection_of(id)):
            return f"no {wanted}: {id}"
    return ""


@pytest.mark.parametrize("name", [*ALL, "vocabulary"])
def test_schemas_and_models_agree_on_awkward_values(name: str) -> None:
    settings, _ = read_settings(SPECIMEN / "mkdocs.yml")
    assert settings
    catalogue, _ = join(load(settings))
    knowing = Schemas(schemas(catalogue.vocabularies, known_sheets(catalogue, {})))
    text = biggest(name).read_text(encoding="utf-8")
    text = front_matter(text) if name == "briefings" else text
    plain, seen = as_text(text), typed(text)
    assert knowing.say(name, seen) == ()
    assert refused(catalogue, name, plain) == ""
    found = []
    one_of_each = {
        tuple(step if isinstance(step, str) else 0 for step in path)[-3:]: path for path in paths_of(plain)
    }
    for path in one_of_each.values():
        for awkward in AWKWARD:
            said_by_model = refused(catalogue, name, replaced(plain, path, as_text(awkward)))
            value = replaced(seen, path, typed(awkward))
            if bool(said_by_model) is knowing.of(name).is_valid(value):
                found.append(f"{path}: {awkward!r}: {said_by_model or knowing.say(name, value)}")
    assert found == []


def as_text(text: str) -> Any:
    """YAML with every scalar as text, as the engine reads it."""
    return yaml.load(text, Loader=yaml.CBaseLoader) if text else ""  # noqa: S506  # plain text only


@pytest.mark.parametrize("name", [*ALL, "vocabulary"])
def test_schemas_and_models_agree_on_fields_that_lack_or_do_not_exist(name: str) -> None:
    model = VocabularyFile if name == "vocabulary" else ALL[name].model
    definitions = schemas()[name]
    for record in records_in(model):
        kebab = re.sub("(?<=[a-z])(?=[A-Z])", "-", record.__name__).lower()
        schema = definitions["definitions"].get(kebab, definitions)
        names = {info.alias or field for field, info in record.model_fields.items()} - {"text_line"}
        assert names - {"text"} == schema["properties"].keys() - {"text"}
        assert schema["additionalProperties"] is False
        assert {*schema["required"]} == {
            info.alias or field for field, info in record.model_fields.items() if info.is_required()
        }


def test_scalars_are_typed_as_in_yaml_1_2() -> None:
    texts = (
        "NO",
        "yes",
        "on",
        "010",
        "0o10",
        "0x1F",
        "2020-12-14",
        "12:30",
        "1_000",
        "1e3",
        "~",
        "",
        "True",
        "1.",
    )
    assert [scalar(text) for text in texts] == [
        *("NO", "yes", "on", 10, 8, 31, "2020-12-14", "12:30", "1_000", 1000.0, None, None, True, 1.0),
    ]  # fmt: skip


def test_every_field_is_explained() -> None:
    bare = {
        f"{record.__name__}.{field.name}"
        for model in MODELS
        for record in records_in(model)
        for field in fields_of(record)
        if not field.meaning.endswith((".", ").")) or not record.__doc__
    }
    assert bare == set()


def test_the_committed_schemas_are_current() -> None:
    held = {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}
    del held[
        "problems.json"
    ]  # what `check` prints, told by hand; tests/test_formats.py holds it to the truth
    assert held == schema_files(), "To renew them: .venv/bin/python -m tests.handbook"


def test_the_editors_settings_name_a_schema_for_every_folder() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    names = (*COLLECTIONS, "vocabulary")
    assert settings == {
        **{f".cache/schemas/{name}.json": [f"content/{name}/*.yml", "!tests/**"] for name in names},
        **{f"schemas/{name}.json": f"tests/specimen/content/{name}/*.yml" for name in names},
    }


def test_only_what_changed_is_written_and_a_refusal_costs_nothing(tmp_path: Path) -> None:
    settings, _ = read_settings(write({"start_from": "lamps"}, tmp_path))
    assert settings
    loaded = load(settings)
    catalogue, _ = join(loaded)
    folder = tmp_path / ".cache" / "schemas"
    completion.renew(tmp_path, catalogue, {})
    first = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    completion.renew(tmp_path, catalogue, {"wick": "terms"})
    second = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in first if first[name] != second[name]} == {"values.json"}
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    assert values["definitions"]["id-in-terms"]["enum"] == ["lamp", "wick"]
    (folder / "values.json").unlink()
    completion.renew(tmp_path, catalogue, {"wick": "terms"})
    assert (folder / "values.json").is_file()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".cache").write_text("in the way")
    completion.renew(elsewhere, catalogue, {})
