"""A publication's own template that cannot be rendered is told at its line, and the site stays as it was."""

from pathlib import Path

import pytest

from factbook import commands
from tests.publications import DAY, write


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "<h1>{{ view.of.title }}</h1>\n{% if %}\n",
            2,
            "Expected an expression, got 'end of statement block'",
        ),
        ("<h1>\n{{ nothing.at.all }}\n", 2, "'nothing' is undefined"),
        ('{% extends "elsewhere.j2" %}\n', 1, 'there is no template "elsewhere.j2"'),
    ],
    ids=["written wrongly", "a name that is not there", "another template that is not there"],
)
def test_a_template_that_stops_is_told(
    text: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = {"mkdocs.yml": [{"replace": "[factbook]", "by": "[factbook: {templates: own}]"}]}
    files = {"own/pages/term.html.j2": text}
    config = write({"start_from": "lamps", "change": change, "files": files}, tmp_path)
    assert commands.main(["-f", str(config), "--as-of", DAY, "--no-search"]) == 1
    printed = capsys.readouterr().out
    place, told = f"own/pages/term.html.j2:{line}:1  error  bad-template", " ".join(printed.split())
    assert printed.startswith(place)
    assert f"This template cannot be rendered. Jinja says: {said}. Mend this line." in told
    assert printed.endswith("1 problem in 1 file: 1 error. Nothing was built.\n")
    assert not (tmp_path / "site").exists()
