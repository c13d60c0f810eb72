"""The synthetic publications that the engine is weighed with are sound, whole, and the same each time."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
import yaml

from bench import hugo, sheets, usual
from bench.figures import Row, fixed_start, growth, ratio, table
from bench.measuring import CommandError, Cost, weigh, words_of
from bench.profiling import CARRIERS, STAGES, WHEREVER, stage_of
from factbook.model.collections import COLLECTIONS
from factbook.problems import Severity
from factbook.publication import read_and_check
from tests.sites import BuiltSite


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication")
    sheets.write(60, folder)
    return folder


def test_a_synthetic_publication_has_neither_errors_nor_warnings(small: Path) -> None:
    content = read_and_check(small / "mkdocs.yml", as_of=sheets.AS_OF)
    assert [problem for problem in content.problems if problem.severity is not Severity.NOTE] == []
    assert content.catalogue is not None


def test_every_collection_has_sheets_in_the_proportions_of_a_real_one(small: Path) -> None:
    counts = {folder.name: len(list(folder.iterdir())) for folder in (small / "content").iterdir()}
    assert counts.keys() == COLLECTIONS.keys()
    assert sum(counts.values()) == 60
    assert min(counts.values()) >= 1
    assert max(counts, key=counts.__getitem__) == "sources"


def test_the_same_number_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    sheets.write(60, tmp_path / "one")
    sheets.write(60, tmp_path / "again")
    sheets.write(60, tmp_path / "other", seed=2)
    assert files_of(tmp_path / "again") == files_of(tmp_path / "one")
    assert files_of(tmp_path / "other") != files_of(tmp_path / "one")


def test_a_sheet_has_the_size_and_the_links_of_a_real_one() -> None:
    plan = sheets.plan(1000)
    made = [(id, sheets.sheet_text(fields)) for _, id, fields in sheets.Sheets(plan)]
    lines = sum(text.count("\n") for _, text in made) / len(made)
    cited = sum(text.count("source: ") + text.count("[@") for _, text in made) / len(made)
    linked = sum(text.count("[[") for _, text in made) / len(made)
    measures = [text for id, text in made if id in plan.ids["measures"]]
    assert 40 <= lines <= 80
    assert 4 <= cited <= 10
    assert 2 <= linked <= 6
    assert all(text.count("  - id: rule-") == 3 for text in measures)


def test_what_a_sheet_says_survives_its_way_through_yaml() -> None:
    for _, _, fields in sheets.Sheets(sheets.plan(60)):
        read = yaml.load(sheets.sheet_text(fields), yaml.BaseLoader)  # noqa: S506 BaseLoader makes texts alone
        assert {key: spaced(value) for key, value in read.items()} == {
            key: spaced(value) for key, value in fields.items()
        }


def spaced(value: object) -> object:
    """A value whose texts have single blanks, since prose is broken into lines."""
    if isinstance(value, dict):
        return {key: spaced(item) for key, item in value.items()}
    return [spaced(item) for item in value] if isinstance(value, list) else " ".join(str(value).split())


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_ratio_is_the_median_of_pairs_run_in_turn() -> None:
    found = ratio([1.0, 4.0, 9.0], [2.0, 2.0, 3.0])
    assert (found.middle, found.least, found.most) == (2.0, 0.5, 3.0)
    assert str(found) == "2 (0.5–3)"


def test_a_table_shows_both_sides_their_ratio_and_the_goal() -> None:
    ours = [Cost(1.0, 2.0, 100.0), Cost(2.0, 3.0, 300.0), Cost(3.0, 4.0, 200.0)]
    theirs = [Cost(4.0, 4.0, 900.0), Cost(4.0, 4.0, 800.0), Cost(4.0, 8.0, 700.0)]
    assert table([Row("cold", ours, "Hugo", theirs, 0.6)]).splitlines()[2] == (
        "| cold | 2 (1–3) | Hugo | 4 (4–4) | 0.5 (0.25–0.75) | ≤ 0.6 | 3 : 4 | 0.5 (0.5–0.75) | 300 | 900 |"
    )


def test_growth_is_told_without_the_fixed_start() -> None:
    start = fixed_start((100, 2.0), (1000, 11.0))
    assert start == pytest.approx(1.0)
    each = growth({100: 2.0, 1000: 11.0, 10000: 111.0}, start)
    assert [round(each[number], 6) for number in (100, 1000, 10000)] == [10.0, 10.0, 11.0]


def test_the_words_of_a_page_are_those_that_a_reader_sees() -> None:
    page = "<head><title>not this</title></head><body><p>Three visible <b>words</b></p><script>let x = 1;</script></body>"
    assert words_of(page) == 3


def test_a_stage_is_the_outermost_at_work_and_yaml_wherever_it_is_read() -> None:
    assert stage_of(["re", "factbook.prose", "factbook.pages.actor", "factbook.publication"]) == "lay out"
    assert stage_of(["factbook.model", "factbook.pages.page", "factbook.rendering.html"]) == "render"
    assert stage_of(["factbook.yaml_text", "factbook.loading.sheets"]) == "read: YAML"
    assert stage_of(["json", "factbook.commands"]) == "other"
    printing = ["factbook.press", "factbook.kept.crew", "factbook.press", "factbook.printing"]
    assert stage_of(["factbook.pages.actor", *printing]) == "lay out"
    assert (
        stage_of(["factbook.kept.packing", "factbook.catalogue", "factbook.pages", *printing])
        == "keep and open sheets"
    )
    assert stage_of(["array", *printing]) == "press"
    assert stage_of(["pickle", "factbook.kept.tables", "factbook.printing"]) == "tables and look-ups"
    assert (
        stage_of(["factbook.loading.sheets", "factbook.kept.reading", "factbook.kept.crew", "factbook.desk"])
        == "read: sheets"
    )


def test_every_stage_of_the_profile_exists() -> None:
    missing = [name for name in {**WHEREVER, **STAGES, **CARRIERS} if importlib.util.find_spec(name) is None]
    assert missing == []


def test_what_a_command_starts_is_weighed_with_it(tmp_path: Path) -> None:
    child = (
        "block = bytearray(80_000_000); block[::4096] = b'x' * len(block[::4096]); import time; time.sleep(1)"
    )
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = weigh([sys.executable, "-c", parent], tmp_path)
    assert cost.wall >= 1
    assert cost.memory >= 80
    with pytest.raises(CommandError, match="ended with 3"):
        weigh([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_the_pages_for_the_usual_set_up_link_only_to_each_other(small: Path, tmp_path: Path) -> None:
    assert usual.write(small / "content", tmp_path, in_nav=False) == 60
    pages = sorted((tmp_path / "docs").glob("*/*.md"))
    linked = [
        (page, target) for page in pages for target in re.findall(r"\]\(([^)#]+\.md)\)", page.read_text())
    ]
    assert len(pages) == 60
    assert len(linked) > 600
    assert [(page, target) for page, target in linked if not (page.parent / target).is_file()] == []


def test_hugo_gets_a_content_file_for_each_sheet_with_all_its_facts(
    small: Path, tmp_path: Path, specimen_site: BuiltSite
) -> None:
    plan = sheets.plan(60)
    hugo.write(plan, tmp_path / "hugo", specimen_site.folder)
    for collection, id, fields in sheets.Sheets(plan):
        _, front, body = (
            (tmp_path / "hugo/content" / collection / f"{id}.md").read_text("utf-8").split("---\n", 2)
        )
        matter = yaml.safe_load(front)
        assert fields.keys() - {"body", "short"} <= {
            *matter,
            *(was for was, now in hugo.RENAMED.items() if now in matter),
        }
        assert bool(body.strip()) == ("body" in fields)
        assert "[[" not in body
        assert "[@" not in front + body


def test_the_shell_for_hugo_is_that_of_our_pages(tmp_path: Path, specimen_site: BuiltSite) -> None:
    page = (specimen_site.folder / "measures/price-cap/index.html").read_text("utf-8")
    layout = hugo.shell(page, "BODY")
    assert layout.count("BODY") == 1
    assert "Price cap" not in layout
    assert layout[layout.index("<footer") :] == page[page.index("<footer", page.index("</article>")) :]
    with pytest.raises(ValueError, match="no canonical address"):
        hugo.shell(page.replace('rel="canonical"', 'rel="elsewhere"'), "BODY")
