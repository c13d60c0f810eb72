"""Addresses that stay: the ledger, redirects from former ids, tombstones, and what is said where something was lost."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from factbook import permalinks
from factbook.commands import rename
from factbook.commands.options import Options
from factbook.pages.former import lasting_anchors
from factbook.permalinks import NAME, answered, recorded
from factbook.problems import as_text
from factbook.publication import Content, read_and_check
from tests.sites import DAY, BuiltSite, build_site, copy_specimen, read_html

CAP = "content/measures/price-cap.yml"


def answers(content: Content) -> set[str]:
    """Every lasting address of a publication that was read."""
    catalogue = content.catalogue
    assert catalogue is not None
    return answered(catalogue, lambda id: lasting_anchors(id, catalogue))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The specimen, with the ledger of all that it answers."""
    return copy_specimen(tmp_path / "specimen").parent


def build(folder: Path) -> tuple[int, str]:
    return build_site(folder / "mkdocs.yml", folder / "site")


def problems(folder: Path) -> str:
    content = read_and_check(folder / "mkdocs.yml", as_of=DAY)
    return as_text([problem for problem in content.problems if problem.code == "lost-address"])


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, address: str) -> int:
    return recorded((folder / NAME).read_text(encoding="utf-8"))[address]


# --- the ledger ----------------------------------------------------------------------------------------------


def test_a_build_records_every_page_every_fact_and_the_data_of_every_sheet(specimen_site: BuiltSite) -> None:
    listed = recorded((specimen_site.config_file.parent / NAME).read_text(encoding="utf-8"))
    assert list(listed) == sorted(listed)
    pages = {f"/{page.address}" for page in specimen_site.pages.values()}
    derived = {
        page
        for page in pages
        if page.endswith(("/more/", "/history/", "404.html")) or page.startswith("/changes/2")
    }
    assert pages - derived == {address for address in listed if "#" not in address and ".json" not in address}
    for address in listed:
        path, _, anchor = address.removeprefix("/").partition("#")
        if path.endswith(".json"):
            assert json.loads((specimen_site.folder / path).read_bytes())["id"], address
        elif anchor:
            assert anchor in specimen_site.pages[path].ids, address


def test_what_is_new_is_added_and_what_is_there_is_kept(folder: Path) -> None:
    whole = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).write_text("# ours\n/measures/price-cap/\n", encoding="utf-8")
    assert build(folder)[0] == 0
    assert (folder / NAME).read_text(encoding="utf-8") == whole
    before = (folder / NAME).stat().st_mtime_ns
    assert build(folder)[0] == 0
    assert (folder / NAME).stat().st_mtime_ns == before


def test_a_ledger_is_held_against_all_addresses_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder)
    shutil.rmtree(folder / ".cache")
    asked: list[int] = []
    monkeypatch.setattr(permalinks, "answered", lambda *given: asked.append(1) or answered(*given))
    for _ in range(2):
        assert read_and_check(folder / "mkdocs.yml", as_of=DAY).catalogue
    assert len(asked) == 1


def test_a_failed_build_records_nothing(folder: Path) -> None:
    (folder / NAME).unlink()
    change(folder, CAP, "is_sanction:", "is_sanctoin:")
    assert build(folder)[0] == 1
    assert not (folder / NAME).exists()


def test_a_page_that_is_gone_fails_the_build(folder: Path) -> None:
    (folder / "content/terms/ceiling.yml").rename(folder / "content/terms/roof.yml")
    line = line_of(folder, "/terms/ceiling/")
    assert problems(folder) == (  # its data went with it, and that goes without saying
        f"{NAME}:{line}:1  error  lost-address\n"
        '  Nothing stands at "/terms/ceiling/" any more, and it was published. Put the sheet back; or write\n'
        '  "former_ids: [ceiling]" in the sheet that took its place; or leave its file there with "title:"\n'
        '  and "withdrawn:" alone, which says when and why. If it was never online, take this line out.'
    )
    assert build(folder)[0] == 1


def test_a_question_that_nothing_answers_any_more_keeps_its_page_or_fails_the_build(folder: Path) -> None:
    assert build(folder)[0] == 0
    change(
        folder,
        CAP,
        "        who: carriers\n        act: transfer\n",
        "        who: insurers\n        act: transfer\n",
    )
    change(folder, CAP, "      who: carriers\n      text", "      who: insurers\n      text")
    change(folder, CAP, "      who: carriers\n    whom", "      who: insurers\n    whom")
    change(folder, CAP, "        - carriers\n", "        - insurers\n")
    line = line_of(folder, "/may-i/carriers/transfer/")
    said = problems(folder)
    assert (
        f'{NAME}:{line}:1 error lost-address Nothing answers "/may-i/carriers/transfer/" any more, and it was published. Put back what was '
        'said of it; or keep the page, which then says that the sheets do not decide it: write "asked: [transfer]" at "carriers" in '
        "vocabulary/bound-parties.yml."
    ) in " ".join(said.split())
    change(
        folder, "content/vocabulary/bound-parties.yml", "      - lend\n", "      - lend\n      - transfer\n"
    )
    assert problems(folder) == ""


def test_a_fact_that_is_gone_fails_the_build(folder: Path) -> None:
    change(folder, "content/events/cap-lowered.yml", "id: by-how-much", "id: how-much")
    change(folder, "briefings/does-a-cap-make-light-cheaper.md", "facts.by-how-much", "facts.how-much")
    line = line_of(folder, "/events/cap-lowered/#facts.by-how-much")
    assert problems(folder) == (
        f"{NAME}:{line}:1  error  lost-address\n"
        '  The page "/events/cap-lowered/" had a fact at "facts.by-how-much", and it is not there any more.\n'
        '  Give the fact its id back, or say below "changes:" of its sheet what became of it: anchor:\n'
        '  facts.by-how-much, the kind, the reason, and with "now:" the anchor where it stands today, if it\n'
        "  only moved."
    )


def test_of_a_fact_that_is_gone_with_all_inside_it_the_fact_alone_is_told(folder: Path) -> None:
    change(folder, CAP, "    from: 2022-12-19\n    by:", "    from: 2022-12-20\n    by:")
    whole = [
        line
        for line in recorded((folder / NAME).read_text(encoding="utf-8"))
        if "#status.in-force-2022-12-19" in line
    ]
    assert len(whole) > 1
    assert [line for line in problems(folder).split("\n") if line.startswith(NAME)] == [
        f"{NAME}:{line_of(folder, whole[0])}:1  error  lost-address"
    ]


def test_marks_that_git_leaves_where_two_changes_met_are_no_addresses(folder: Path) -> None:
    whole = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).write_text(f"<<<<<<< ours\n{whole}=======\n>>>>>>> theirs\n", encoding="utf-8")
    assert problems(folder) == ""
    assert build(folder)[0] == 0
    assert (folder / NAME).read_text(encoding="utf-8") == whole


def test_where_the_folder_of_sheets_is_not_found_that_alone_is_said(folder: Path) -> None:
    change(folder, "mkdocs.yml", "content: content", "content: contnet")
    assert problems(folder) == ""


def test_a_sheet_that_cannot_be_read_is_not_lost(folder: Path) -> None:
    change(folder, CAP, "is_sanction:", "is_sanctoin:")
    assert problems(folder) == ""


def test_a_draft_that_was_built_and_given_up_is_forgotten(folder: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "All"]):
        subprocess.run([*git, *words], cwd=folder, check=True)
    sheet = folder / "content/terms/roof.yml"
    text = (folder / "content/terms/ceiling.yml").read_text(encoding="utf-8")
    sheet.write_text(text, encoding="utf-8")
    assert build(folder)[0] == 0
    assert "/terms/roof/\n" in (folder / NAME).read_text(encoding="utf-8")
    sheet.unlink()
    assert problems(folder) == ""
    assert build(folder)[0] == 0
    assert "roof" not in (folder / NAME).read_text(encoding="utf-8")
    (folder / "content/terms/ceiling.yml").rename(sheet)
    assert 'Nothing stands at "/terms/ceiling/" any more' in " ".join(problems(folder).split())


# --- redirects -----------------------------------------------------------------------------------------------


def test_a_renamed_sheet_keeps_its_page_its_facts_and_its_data(folder: Path) -> None:
    assert build(folder)[0] == 0
    before = recorded((folder / NAME).read_text(encoding="utf-8"))
    options = Options(config_file=folder / "mkdocs.yml", arguments=("ministry-of-tides", "sea-ministry"))
    assert rename.run(options) == 0
    status, said = build(folder)
    assert status == 0, said
    assert before.keys() <= recorded((folder / NAME).read_text(encoding="utf-8")).keys()
    old = read_html((folder / "site/actors/ministry-of-tides/index.html").read_text(encoding="utf-8"))
    leads = {each.id: each.first("a").attributes["href"] for each in old.all("li") if each.id}
    assert leads["relations.state"] == "../../actors/sea-ministry/#relations.state"
    new = (folder / "site/api/v1/actors/sea-ministry.json").read_bytes()
    assert (folder / "site/api/v1/actors/ministry-of-tides.json").read_bytes() == new


def test_an_anchor_made_of_a_renamed_id_stays(folder: Path) -> None:
    options = Options(config_file=folder / "mkdocs.yml", arguments=("ministry-of-tides", "sea-ministry"))
    assert rename.run(options) == 0
    assert build(folder)[0] == 0
    page = read_html((folder / "site/measures/price-cap/index.html").read_text(encoding="utf-8"))
    (was,) = [each for each in page.all("li") if each.id == "imposed-by.ministry-of-tides"]
    assert was.first("a").attributes["href"] == "#imposed-by.sea-ministry"


def test_a_fact_that_moved_on_its_page_leads_to_its_new_place(folder: Path) -> None:
    change(folder, "content/events/cap-lowered.yml", "id: by-how-much", "id: how-much")
    change(folder, "briefings/does-a-cap-make-light-cheaper.md", "facts.by-how-much", "facts.how-much")
    sheet = folder / "content/events/cap-lowered.yml"
    note = (
        "changes:\n- day: 2026-11-01\n  anchor: facts.by-how-much\n  now: facts.how-much\n"
        "  kind: changed\n  weight: minor\n  reason: It has a plainer name.\n"
    )
    sheet.write_text(sheet.read_text(encoding="utf-8") + note, encoding="utf-8")
    status, said = build(folder)
    assert status == 0, said
    page = read_html((folder / "site/events/cap-lowered/index.html").read_text(encoding="utf-8"))
    (was,) = [each for each in page.all("li") if each.id == "facts.by-how-much"]
    assert was.first("a").attributes["href"] == "#facts.how-much"
    assert was.text.endswith("another address now (1 November 2026). It has a plainer name.")


# --- tombstones ----------------------------------------------------------------------------------------------


def test_a_withdrawn_sheet_says_what_stood_there_when_and_why(specimen_site: BuiltSite) -> None:
    page = specimen_site.pages["events/fog-horn-2022-11/"]
    assert page.article.first("h1").text == "A fog horn is heard at noon"
    assert "withdrawn on 12 October 2026. The two reports of it were" in page.article.text
    leads = [specimen_site.target(page, a.attributes["href"]) for a in page.article.all("a")]
    assert leads == ["events/winter-of-fog-2022/index.html"]
    assert 'name="robots" content="noindex"' in page.source
    sitemap = (specimen_site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "fog-horn" not in sitemap
    data = json.loads((specimen_site.folder / "api/v1/events/fog-horn-2022-11.json").read_bytes())
    assert data == {
        "id": "fog-horn-2022-11",
        "collection": "events",
        "title": "A fog horn is heard at noon",
        "page": "events/fog-horn-2022-11/",
        "withdrawn": {
            "day": "2026-10-12",
            "reason": "The two reports of it were of a ship's whistle; nothing of it was left to tell.",
            "instead": "winter-of-fog-2022",
        },
    }


def test_a_sheet_can_be_withdrawn_and_its_facts_with_it(folder: Path) -> None:
    dues = folder / "content/measures/harbour-dues.yml"
    assert "/measures/harbour-dues/#" in (folder / NAME).read_text(encoding="utf-8")
    dues.write_text(
        "title: Dues\nwithdrawn:\n  day: 2026-11-01\n  reason: It was no measure.\n", encoding="utf-8"
    )
    assert problems(folder) == ""


def test_whoever_still_names_a_withdrawn_sheet_is_told(folder: Path) -> None:
    dues = folder / "content/measures/harbour-dues.yml"
    dues.write_text(
        "title: Dues\nwithdrawn:\n  day: 2026-11-01\n  reason: It was no measure.\n", encoding="utf-8"
    )
    status, said = build(folder)
    assert status == 1
    assert (
        '"harbour-dues", which was withdrawn on 2026-11-01. Name another, or take the reference out.'
        in " ".join(said.split())
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: Dues\nwithdrawn: yes\n", "wrong-type"),
        ("title: Dues\nwithdrawn:\n  day: 2026-11-01\n", "missing-field"),
        ("withdrawn:\n  day: 2026-11-01\n  reason: No.\n", "missing-field"),
        ("title: D\nkind: list\nwithdrawn:\n  day: 2026-11-01\n  reason: No.\n", "unknown-field"),
        ("title: D\nwithdrawn:\n  day: 2026-11-01\n  reason: No.\n  instead: nobody\n", "unknown-reference"),
        ("title: D\nformer_ids: [price-cap]\nwithdrawn:\n  day: 2026-11-01\n  reason: No.\n", "duplicate-id"),
    ],
)
def test_a_tombstone_with_a_fault_is_told(folder: Path, text: str, told: str) -> None:
    path = folder / "content/events/fog-horn-2022-11.yml"
    path.write_text(text, encoding="utf-8")
    content = read_and_check(folder / "mkdocs.yml", as_of=DAY)
    assert told in {problem.code for problem in content.problems if problem.place.path.endswith(path.name)}


def test_a_fact_that_was_taken_out_leaves_its_reason(folder: Path) -> None:
    sheet = folder / "content/events/cap-lowered.yml"
    content = read_and_check(folder / "mkdocs.yml", as_of=DAY)
    assert "/events/cap-lowered/#facts.gone" not in answers(content)
    note = (
        "changes:\n- day: 2026-11-01\n  anchor: facts.gone\n  kind: retracted\n  weight: major\n"
        "  reason: The count was of another year.\n"
    )
    sheet.write_text(sheet.read_text(encoding="utf-8") + note, encoding="utf-8")
    content = read_and_check(folder / "mkdocs.yml", as_of=DAY)
    assert "/events/cap-lowered/#facts.gone" in answers(content)
    assert build(folder)[0] == 0
    page = (folder / "site/events/cap-lowered/index.html").read_text(encoding="utf-8")
    assert 'id="facts.gone"' in page
    assert "no longer published" in page
