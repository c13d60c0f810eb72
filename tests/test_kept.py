"""What is kept from one build to the next never shows: after any sequence of changes the site is what a clean build gives."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from factbook import on_disk, publication
from factbook.commands.build import shells_for
from factbook.desk import Desk
from factbook.kept import archive, engine, store, tables
from factbook.kept.store import DamagedError, Store, file_of
from factbook.kept.tables import Tables
from factbook.loading.settings import read_settings
from factbook.problems import Problem
from factbook.publication import Outcome

SPECIMEN = Path(__file__).resolve().parent / "specimen"
DAY = "2026-11-22"
Change = Callable[[Path, random.Random], object]


@pytest.fixture(autouse=True)
def _as_in_a_large_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables have a base, and heads say what differs from it."""
    monkeypatch.setattr(tables, "SMALL", 0)
    monkeypatch.setattr(tables, "FOLD", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A specimen of one's own."""
    return Path(shutil.copytree(SPECIMEN, tmp_path / "own", ignore=shutil.ignore_patterns(".cache", "site")))


def build(
    folder: Path, site: str = "site", day: str = DAY, jobs: int = 1, *, search: bool = False
) -> Outcome:
    settings, problems = read_settings(folder / "mkdocs.yml")
    assert settings is not None, problems
    return publication.publish(
        settings,
        shells_for(settings),
        site_dir=folder / site,
        search=search,
        as_of=day,
        strict=False,
        jobs=jobs,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("version.json",)
    }


def built_anew(folder: Path, day: str = DAY, *, search: bool = False) -> tuple[Outcome, dict[str, bytes]]:
    """What a build gives that finds nothing kept, and the site it makes."""
    aside = folder.parent / "clean"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside, ignore=shutil.ignore_patterns(".cache", "site", ".site.factbook"))
    return build(aside, day=day, search=search), tree(aside / "site")


def clean(folder: Path, day: str = DAY, *, search: bool = False) -> dict[str, bytes]:
    """The site that a build gives which finds nothing kept."""
    outcome, site = built_anew(folder, day, search=search)
    assert outcome.applied, [problem.as_text() for problem in outcome.problems]
    return site


def sheets(folder: Path, *collections: str) -> list[Path]:
    return sorted(path for name in collections for path in (folder / "content" / name).glob("*.yml"))


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _retitle(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sheets(folder, "sources", "events", "measures", "terms"))
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("title: "))
    lines[at] = f"title: Another title {chance.randrange(1000)}"
    path.write_text("\n".join(lines), encoding="utf-8")


def _note(folder: Path, chance: random.Random) -> None:
    path = chance.choice(
        [p for p in sheets(folder, "actors", "sources") if "\nnote:" not in p.read_text("utf-8")]
    )
    path.write_text(
        path.read_text("utf-8") + f"note: Something {chance.randrange(1000)}.\n", encoding="utf-8"
    )


def _fact(folder: Path, chance: random.Random) -> None:
    path = chance.choice(
        [p for p in sheets(folder, "terms", "systems") if "\nfacts:" not in p.read_text("utf-8")]
    )
    source = chance.choice(sheets(folder, "sources")).stem
    fact = f"facts:\n  - id: added\n    text: It was added.\n    cite:\n      - source: {source}\n"
    path.write_text(path.read_text("utf-8") + fact, encoding="utf-8")


def _reword(folder: Path, chance: random.Random) -> None:
    """A word more in a fact, beside whatever it links to."""
    path = chance.choice([p for p in sheets(folder, "events") if "\n    text: " in p.read_text("utf-8")])
    _replace(path, "\n    text: ", f"\n    text: Once, {chance.randrange(1000)} days long, ")


def _place(folder: Path, chance: random.Random) -> None:
    """Another place in a source: what is cited stays, and what a note says of it does not."""
    path = chance.choice(
        [p for p in sheets(folder, "events", "actors", "measures") if " at: " in p.read_text("utf-8")]
    )
    text = path.read_text("utf-8")
    chosen = chance.choice([found.start() for found in re.finditer(" at: ", text)])
    end = text.index("\n", chosen)
    path.write_text(f"{text[:chosen]} at: page {chance.randrange(1000)}{text[end:]}", "utf-8")


def _doubt(folder: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in sheets(folder, "events") if "\n  - id: " in p.read_text("utf-8")])
    text = path.read_text("utf-8")
    if "confidence: low" in text:
        path.write_text(text.replace("    confidence: low\n", ""), "utf-8")
    elif "    text: " in text:
        path.write_text(text.replace("    text: ", "    confidence: low\n    text: ", 1), "utf-8")


def _mention(folder: Path, chance: random.Random) -> None:
    target = chance.choice(sheets(folder, "actors", "measures", "statements", "events")).stem
    path = chance.choice(
        [p for p in sheets(folder, "terms", "sources") if "\nbody:" not in p.read_text("utf-8")]
    )
    path.write_text(path.read_text("utf-8") + f"body: See also [[{target}]].\n", encoding="utf-8")


def _redate(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sheets(folder, "terms"))
    text = path.read_text("utf-8")
    at = text.index("review_by: ")
    path.write_text(f"{text[:at]}review_by: 2026-{chance.randrange(1, 12):02}-10{text[at + 21 :]}", "utf-8")


def _end(folder: Path, _chance: random.Random) -> None:
    """Something that an answer waits for, and taken back by the next time."""
    path = folder / "content" / "measures" / "price-cap.yml"
    ended = "until: 2026-11-12" in path.read_text("utf-8")
    _replace(
        path,
        *(("until: 2026-11-12", "until: none-set") if ended else ("until: none-set", "until: 2026-11-12")),
    )


def _withdraw(folder: Path, chance: random.Random) -> None:
    """A source that is taken back, so that what rests on it alone has lost its support."""
    path = chance.choice(
        [p for p in sheets(folder, "sources") if "\nwithdrawal:" not in p.read_text("utf-8")]
    )
    other = chance.choice([p for p in sheets(folder, "sources") if p != path]).stem
    taken = f"withdrawal:\n  day: 2026-11-13\n  text: It was taken back.\n  cite:\n    - source: {other}\n"
    path.write_text(path.read_text("utf-8") + taken, encoding="utf-8")


def _add(folder: Path, chance: random.Random) -> None:
    id = f"added-{chance.randrange(1000)}"
    (folder / "content" / "terms" / f"{id}.yml").write_text(
        f"title: Added {id}\ndefinition: What was added.\nverified: 2026-11-01\nreview_by: 2027-05-01\n",
        "utf-8",
    )


def _remove(folder: Path, _chance: random.Random) -> None:
    for path in sorted((folder / "content" / "terms").glob("added-*.yml"))[:1]:
        path.unlink()
    (folder / "permalinks.txt").unlink(missing_ok=True)


def _briefing(folder: Path, chance: random.Random) -> None:
    path = folder / "briefings" / "about.md"
    path.write_text(path.read_text("utf-8") + f"\nOne more line {chance.randrange(1000)}.\n", "utf-8")


def _vocabulary(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((folder / "content" / "vocabulary").glob("*.yml")))
    lines = path.read_text("utf-8").split("\n")
    labels = [n for n, line in enumerate(lines) if "label: " in line]
    if labels:
        at = chance.choice(labels)
        lines[at] = f"{lines[at]} {chance.randrange(1000)}"
        path.write_text("\n".join(lines), "utf-8")


def _bind(folder: Path, chance: random.Random) -> None:
    """Another end of a rule, or another of whom it is told: what is answered of questions differs."""
    path = folder / "content" / "measures" / "price-cap.yml"
    text = path.read_text("utf-8")
    old, new = chance.choice(
        [
            ("    ends: none-set\n", "    ends: 2026-10-31\n"),
            ("    ends: 2026-10-31\n", "    ends: none-set\n"),
            ("- ships-above-the-ceiling", "- fishing-boats"),
            ("            - carriers\n          acts", "            - insurers\n          acts"),
        ]
    )
    path.write_text(text.replace(old, new, 1), "utf-8")


def _configuration(folder: Path, chance: random.Random) -> None:
    path = folder / "mkdocs.yml"
    lines = path.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("site_name: "))
    lines[at] = f"site_name: Renamed {chance.randrange(1000)}"
    path.write_text("\n".join(lines), "utf-8")


def _touch(folder: Path, chance: random.Random) -> None:
    os.utime(chance.choice(sheets(folder, "actors", "sources")))


def _spoil(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((folder / "site").rglob("*.html")))
    path.write_text("spoilt", "utf-8")


def _stray(folder: Path, _chance: random.Random) -> None:
    (folder / "site" / "actors" / "stray.html").write_text("stray", "utf-8")


CHANGES: tuple[Change, ...] = (
    _retitle, _note, _fact, _mention, _redate, _add, _remove, _briefing, _vocabulary, _bind, _configuration,
    _touch, _spoil, _stray, _end, _withdraw, _reword, _place, _doubt,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_site_is_that_of_a_clean_build(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  seeded, nothing secret
    search = seed % 2 == 0
    assert build(folder, search=search).applied
    for _ in range(4):
        done = [chance.choice(CHANGES) for _ in range(chance.randrange(1, 4))]
        before = shutil.copytree(folder / "content", folder.parent / f"before-{chance.random()}")
        for change in done:
            change(folder, chance)
        outcome = build(folder, jobs=chance.choice((1, 2)), search=search)
        anew, site = built_anew(folder, search=search)
        assert outcome.problems == anew.problems, done
        if anew.applied:
            kept = tree(folder / "site")
            assert sorted(kept.keys() ^ site.keys()) == [], done
            assert [name for name in sorted(kept) if kept[name] != site[name]] == [], done
        else:  # they made a mistake, which is taken back
            shutil.rmtree(folder / "content")
            shutil.copytree(before, folder / "content")


def test_an_end_of_a_rule_changes_what_is_answered(folder: Path) -> None:
    answer = folder / "site" / "may-i" / "carriers" / "transfer" / "index.html"
    build(folder)
    before = answer.read_text("utf-8")
    _replace(sheets(folder, "measures")[1], "    ends: none-set\n", "    ends: 2026-10-31\n")
    assert build(folder).applied
    assert answer.read_text("utf-8") != before
    assert tree(folder / "site") == clean(folder)


def test_a_duty_that_becomes_a_ban_changes_what_is_answered(folder: Path) -> None:
    answer = folder / "site" / "may-i" / "carriers" / "transfer" / "index.html"
    build(folder)
    assert "fb-ruling--burdened" in answer.read_text("utf-8")
    (folder / "permalinks.txt").unlink(missing_ok=True)
    _replace(folder / "content" / "measures" / "price-cap.yml", "    burdens:\n", "    forbids:\n")
    assert build(folder).applied
    assert "fb-ruling--burdened" not in answer.read_text("utf-8")
    assert tree(folder / "site") == clean(folder)


def test_a_provision_of_another_title_is_called_by_it_wherever_its_history_is_told(folder: Path) -> None:
    build(folder)
    told = [folder / "site" / name for name in ("changes/index.html", "corrections/index.html", "index.html")]
    told += [folder / "site" / "feeds" / "changes.atom", folder / "site" / "measures/price-cap/changes.atom"]
    assert [
        path.name for path in told if "Ceiling on the price: threshold" not in path.read_text("utf-8")
    ] == []
    _replace(
        folder / "content" / "measures" / "price-cap.yml", "title: Ceiling on the price", "title: Upper bound"
    )
    assert build(folder).applied
    assert [path.name for path in told if "Upper bound: threshold" not in path.read_text("utf-8")] == []
    assert tree(folder / "site") == clean(folder)


def test_a_change_elsewhere_leaves_the_answers_standing(folder: Path) -> None:
    build(folder)
    answers = sorted((folder / "site" / "may-i").rglob("*.html"))
    before = {path: path.stat().st_mtime_ns for path in answers}
    _note(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    assert build(folder).applied
    assert answers
    assert {path: path.stat().st_mtime_ns for path in answers} == before


def test_nothing_changed_writes_nothing(folder: Path) -> None:
    build(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*")}
    outcome = build(folder)
    assert outcome.applied is not None
    assert (outcome.applied.written, outcome.applied.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*")} == before


def index_of(folder: Path) -> dict[str, int]:
    """The files of the search index, and when each was last put there."""
    return {str(path): path.stat().st_mtime_ns for path in (folder / "site" / "pagefind").rglob("*.*")}


def test_a_change_that_no_reader_can_search_for_leaves_the_index_as_it_stands(folder: Path) -> None:
    build(folder, search=True)
    before = index_of(folder)
    kept = {path: path.stat().st_mtime_ns for path in (folder / ".cache" / "search").iterdir()}
    assert before
    assert kept
    _configuration(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    outcome = build(folder, search=True)
    assert outcome.applied
    assert outcome.applied.written
    assert index_of(folder) == before
    assert {path: path.stat().st_mtime_ns for path in (folder / ".cache" / "search").iterdir()} == kept
    assert tree(folder / "site") == clean(folder, search=True)


def test_an_index_that_was_left_out_spoilt_or_removed_is_whole_after_the_next_build(folder: Path) -> None:
    build(folder, search=True)
    build(folder)
    assert not (folder / "site" / "pagefind").exists()
    build(folder, search=True)
    chunks = sorted((folder / "site" / "pagefind" / "index").iterdir())
    chunks[0].write_bytes(b"spoilt")
    chunks[1].unlink()
    build(folder, search=True)
    assert tree(folder / "site") == clean(folder, search=True)


def test_another_day_gives_the_site_of_that_day(folder: Path) -> None:
    build(folder)
    build(folder, day="2024-02-01")
    assert tree(folder / "site") == clean(folder, "2024-02-01")


def test_an_answer_that_is_read_again_and_signed_again_leaves_the_site_of_a_clean_build(folder: Path) -> None:
    build(folder)
    measure, briefing = (
        folder / "content" / "measures" / "price-cap.yml",
        folder / "briefings" / "does-a-cap-make-light-cheaper.md",
    )
    _replace(measure, "until: none-set", "until: 2026-11-12")
    build(folder)
    page = folder / "site" / "does-a-cap-make-light-cheaper" / "index.html"
    assert "Answer under re-reading since 12 November 2026" in page.read_text("utf-8")
    assert tree(folder / "site") == clean(folder)
    text = briefing.read_text("utf-8")
    briefing.write_text(text.replace("2026-11-01", "2026-11-13"), "utf-8")
    build(folder)
    assert "Answer under re-reading" not in page.read_text("utf-8")
    assert tree(folder / "site") == clean(folder)


def test_many_processes_give_what_one_gives(folder: Path) -> None:
    build(folder, jobs=3)
    assert tree(folder / "site") == clean(folder)


def test_a_broken_sheet_stops_the_build_and_a_mended_one_gives_the_site(folder: Path) -> None:
    build(folder)
    path = sheets(folder, "measures")[0]
    text = path.read_text("utf-8")
    path.write_text(text.replace("source: ", "source: no-", 1), "utf-8")
    assert build(folder).applied is None
    assert build(folder).applied is None
    path.write_text(text, "utf-8")
    assert build(folder).applied
    assert tree(folder / "site") == clean(folder)


def test_a_sheet_that_comes_back_leaves_no_problem_where_it_was_missed(folder: Path) -> None:
    build(folder)
    path = folder / "content" / "terms" / "quota.yml"
    text = path.read_text("utf-8")
    path.unlink()
    assert any(problem.code == "unknown-reference" for problem in build(folder).problems)
    path.write_text(text, "utf-8")
    outcome, anew = build(folder), built_anew(folder)[0]
    assert outcome.problems == anew.problems
    assert outcome.applied


def test_many_pieces_are_read_as_if_one_by_one(tmp_path: Path) -> None:
    chance, kept = random.Random(3), Store(tmp_path)  # noqa: S311  seeded, nothing secret
    writers = [kept.writer() for _ in range(3)]
    pieces = [
        chance.choice(writers).add(chance.randbytes(chance.choice((0, 7, 300, 40_000)))) for _ in range(200)
    ]
    for writer in writers:
        writer.close()
    chance.shuffle(pieces)
    pieces += pieces[:5]
    assert kept.read_all(pieces) == [kept.read(piece) for piece in pieces]
    longest = max(pieces, key=lambda piece: len(kept.read(piece)))
    path = kept.folder / file_of(longest)
    data = bytearray(path.read_bytes())
    data[data.index(kept.read(longest)) + 20_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        kept.read_all(pieces)
    path.unlink()
    with pytest.raises(DamagedError):
        Store(tmp_path).read_all(pieces)


def test_very_many_files_of_pieces_are_not_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "OPEN_FILES", 3)
    kept, pieces = Store(tmp_path), []
    for number in range(9):
        writer = kept.writer()
        pieces.append(writer.add(b"%d" % number))
        writer.close()
    assert [kept.read(piece) for piece in (*pieces, *pieces)] == [b"%d" % at for at in (*range(9), *range(9))]
    assert len(kept._open) <= 3


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 6))]
)
def test_damage_to_what_is_kept_is_noticed(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  seeded, nothing secret
    build(folder)
    files = sorted(path for path in (folder / ".cache" / "kept").iterdir() if not path.name.startswith("__"))
    for path in files:
        data = bytearray(path.read_bytes())
        for _ in range(1 + len(data) // 2000):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data) if seed % 2 else bytes(data[: len(data) // 2]))
    _retitle(folder, chance)
    assert build(folder).applied
    assert tree(folder / "site") == clean(folder)


def test_a_damaged_piece_is_not_believed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    writer = store.writer()
    piece = writer.add(b"what was put there")
    writer.close()
    assert store.read(piece) == b"what was put there"
    path = store.folder / file_of(piece)
    path.write_bytes(b"what was put theRe")
    with pytest.raises(DamagedError):
        store.read(piece)


def test_what_another_engine_kept_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder)
    monkeypatch.setattr(engine, "LIBRARIES", ())
    store = Store(folder)
    assert Tables(store.folder).load("content", engine.engine_key()) is None


def test_where_nothing_can_be_kept_nothing_is_left_lying_when_the_process_ends(
    folder: Path, tmp_path: Path
) -> None:
    (folder / ".cache").mkdir()
    (folder / ".cache" / "kept").write_bytes(b"no folder")
    passing = tmp_path / "passing"
    passing.mkdir()
    command = [sys.executable, "-m", "factbook", "check", "-f", str(folder / "mkdocs.yml"), "--as-of", DAY]
    came = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(passing)}, capture_output=True, text=True, check=False
    )
    assert came.returncode == 0, came.stderr
    assert "note" in came.stdout
    assert list(passing.iterdir()) == []


def bases(folder: Path, name: str) -> list[Path]:
    return sorted((folder / ".cache" / "kept").glob(f"{name}-*"))


def test_a_small_change_writes_what_differs_and_leaves_the_base(folder: Path) -> None:
    build(folder)
    before = {path: path.read_bytes() for path in bases(folder, "content") + bases(folder, "site_*")}
    assert len(before) == 2
    for number in range(3):
        _note(folder, random.Random(number))  # noqa: S311  seeded, nothing secret
        build(folder)
    assert {path: path.read_bytes() for path in before} == before
    assert bases(folder, "content") + bases(folder, "site_*") == list(before)
    assert tree(folder / "site") == clean(folder)


def test_who_reads_again_and_again_keeps_tables_at_hand_until_others_write_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_disk: list[str] = []
    read = Tables._read
    monkeypatch.setattr(
        Tables, "_read", lambda self, name, key: from_disk.append(name) or read(self, name, key)
    )
    desk = Desk(folder, 1)

    def problems() -> tuple[Problem, ...]:
        again = Desk(folder, 1, desk.archive.tables)
        return publication.read_and_check(folder / "mkdocs.yml", as_of=DAY, desk=again).problems

    def problems_anew() -> tuple[Problem, ...]:
        return publication.read_and_check(folder / "mkdocs.yml", as_of=DAY, jobs=1).problems

    problems()
    from_disk.clear()
    for number in range(3):
        _note(folder, random.Random(number))  # noqa: S311  seeded, nothing secret
        problems()
    assert (from_disk, len(bases(folder, "content"))) == ([], 1)
    sheets(folder, "terms")[0].write_text("title: [", "utf-8")
    anew = problems_anew()
    from_disk.clear()
    assert problems() == anew
    assert "content" in from_disk


@pytest.mark.parametrize("gone", ["base", "everything"])
def test_a_table_at_hand_is_written_whole_where_what_it_counts_on_is_gone(folder: Path, gone: str) -> None:
    first = Desk(folder, 1)
    publication.read_and_check(folder / "mkdocs.yml", as_of=DAY, desk=first)
    for path in bases(folder, "content") if gone == "base" else (folder / ".cache" / "kept").iterdir():
        path.unlink()
    _note(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    again = Desk(folder, 1, first.archive.tables)
    found = publication.read_and_check(folder / "mkdocs.yml", as_of=DAY, desk=again)
    assert len(bases(folder, "content")) == 1
    assert publication.read_and_check(folder / "mkdocs.yml", as_of=DAY).problems == found.problems
    assert build(folder).applied
    assert tree(folder / "site") == clean(folder)


def test_differences_that_pile_up_become_a_new_base(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FOLD", 8)
    build(folder)
    for path in sheets(folder, "actors", "sources", "terms", "events", "statements", "measures"):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    build(folder)
    assert len(bases(folder, "content")) == 2
    monkeypatch.setattr(tables, "FOLD", 2)
    _note(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    build(folder)
    assert len(bases(folder, "content")) == 2
    assert tree(folder / "site") == clean(folder)


@pytest.mark.parametrize("name", ["content", "site_*"])
@pytest.mark.parametrize("harm", ["gone", "emptied", "cut", "spoilt", "of another table", "of another time"])
def test_a_base_that_is_not_the_one_that_was_meant_is_not_believed(
    folder: Path, name: str, harm: str
) -> None:
    build(folder)
    (first,) = bases(folder, name)
    early = first.read_bytes()
    for path in sheets(folder, "actors", "sources", "terms", "events", "statements", "measures"):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    _retitle(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    build(folder)
    for base in bases(folder, name):
        data = base.read_bytes()
        other = bases(folder, "content" if name != "content" else "site_*")[0].read_bytes()
        harmed = {
            "emptied": b"",
            "cut": data[:-7],
            "spoilt": data[:-9] + bytes([data[-9] ^ 4]) + data[-8:],
            "of another table": other,
            "of another time": early if base != first else data + b"more",
        }
        base.unlink() if harm == "gone" else base.write_bytes(harmed[harm])
    _retitle(folder, random.Random(2))  # noqa: S311  seeded, nothing secret
    assert build(folder).applied
    assert tree(folder / "site") == clean(folder)


def test_a_base_that_was_seen_to_be_whole_is_known_until_it_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_disk, "LATE", 0)
    hashed: list[int] = []
    digest_of = tables.digest_of
    monkeypatch.setattr(tables, "digest_of", lambda data: hashed.append(len(data)) or digest_of(data))

    def bases_hashed(change: int) -> int:
        _note(folder, random.Random(change))  # noqa: S311  seeded, nothing secret
        hashed.clear()
        build(folder)
        return len(set(hashed) & {path.stat().st_size - tables._BODY + tables._KEY for path in every})

    build(folder)
    every = [*bases(folder, "content"), *bases(folder, "site_*")]
    time.sleep(0.05)  # more than a tick of the disk's clock
    bases_hashed(1)
    assert bases_hashed(2) == 0
    data = every[0].read_bytes()
    every[0].write_bytes(data)  # as it was, at another time
    assert bases_hashed(3) == 1
    assert bases_hashed(4) == 0
    every[1].write_bytes(data)
    build(folder)
    assert tree(folder / "site") == clean(folder)


def test_an_hour_later_everything_is_still_kept(folder: Path) -> None:
    """What a table of pages counts on is not cleared away by who writes the table of content, nor the other way round."""
    build(folder)
    kept = folder / ".cache" / "kept"
    for path in kept.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    stray = kept / "pieces-of-nobody"
    stray.write_bytes(b"")
    os.utime(stray, (1_000_000_000, 1_000_000_000))
    before = {path for path in kept.iterdir() if path != stray}
    path = sheets(folder, "terms")[0]
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    build(folder)
    assert before <= {*kept.iterdir()}
    assert not stray.exists()


def test_two_builds_at_once_leave_a_cache_to_rely_on(folder: Path) -> None:
    build(folder)
    _retitle(folder, random.Random(1))  # noqa: S311  seeded, nothing secret
    command = [sys.executable, "-m", "factbook", "build", "-f", str(folder / "mkdocs.yml"), "--as-of", DAY]
    both = [
        subprocess.Popen(
            [*command, "--no-search", "--site-dir", str(folder / name)], stdout=subprocess.DEVNULL
        )
        for name in ("site", "other")
    ]
    assert [each.wait(timeout=120) for each in both] == [0, 0]
    _retitle(folder, random.Random(2))  # noqa: S311  seeded, nothing secret
    build(folder)
    build(folder, "other")
    assert tree(folder / "site") == tree(folder / "other") == clean(folder)


def test_what_is_kept_never_lies_in_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process holds each of them open; a publication that is built for years must not run out of them."""
    monkeypatch.setattr(archive, "MOST_FILES", 6)
    counts = []
    for number in range(6):
        path = sheets(folder, "terms")[number % 2]
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("definition: ", f"definition: In round {number}, ", 1), encoding="utf-8")
        build(folder)
        counts.append(len([*(folder / ".cache" / "kept").glob("pieces-*")]))
    assert max(counts) <= 12
    assert min(counts[1:]) < max(counts), "it was made anew"
    assert tree(folder / "site") == clean(folder)
