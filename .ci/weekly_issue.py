"""Writes the weekly report as one issue: opened when there is something, written anew each week, closed when all is well.

`python3 .ci/weekly_issue.py reports` reads what the workflow's steps printed: `NAME.txt`, and `NAME.status` where a step did not
end in 0. It needs the program `gh` and its token in the environment. What is overdue or dead is found by the steps themselves.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TITLE = "Weekly report: reviews, links, packages"
LABEL = "weekly report"
"""By this label the issue is found again."""
LONGEST = 18_000
"""Letters of one part; GitHub takes 65,536 in all."""

PARTS = (
    ("due", "Overdue for review", "Nothing is overdue."),
    ("links", "Outside links that are dead or changed", "Every outside link that could be asked is alive."),
    ("packages", "Packages with a known hole", "No known hole."),
)
"""Name of the report, heading, and what is said where its step ended in 0."""


@dataclass(frozen=True)
class Report:
    """What one step found."""

    name: str
    text: str
    status: int
    """0: nothing to do; 1: something is; others: the look itself failed."""


def read_reports(folder: Path) -> list[Report]:
    """The reports of a folder; a missing one is a look that failed."""
    found = []
    for name, _, _ in PARTS:
        text, status = folder / f"{name}.txt", folder / f"{name}.status"
        if not text.is_file():
            found.append(Report(name, "The step did not run.", 3))
            continue
        said = status.read_text(encoding="utf-8").strip() if status.is_file() else "0"
        code = int(said) if said.isascii() and said.isdigit() else 3
        found.append(Report(name, text.read_text(encoding="utf-8", errors="replace").strip(), code))
    return found


def body(reports: list[Report]) -> str:
    """The text of the issue. What the steps printed stands between fences that it cannot close."""
    by_name = {report.name: report for report in reports}
    parts = ["This issue is written anew each week, and closed when nothing is left to do."]
    for name, heading, fine in PARTS:
        report = by_name[name]
        parts.append(f"## {heading}")
        if report.status == 0:
            parts.append(fine)
            continue
        if report.status != 1:
            parts.append(f"The look itself failed (status {report.status}).")
        parts.append(_fenced(report.text))
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rsplit(chr(10), 1)[0]}\n… and more: run the command yourself to see all."
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def tell(reports: list[Report]) -> str:
    """Opens, writes or closes the issue; returns what was done."""
    found = json.loads(_gh("issue", "list", "--state", "open", "--label", LABEL, "--json", "number"))
    number = str(min(issue["number"] for issue in found)) if found else ""
    if all(report.status == 0 for report in reports):
        if number:
            _gh("issue", "close", number, "--comment", "Nothing is left to do.")
            return f"Issue {number} is closed: nothing is left to do."
        return "Nothing to tell."
    text = body(reports)
    if number:
        _gh("issue", "edit", number, "--body-file", "-", text=text)
        return f"Issue {number} is written anew."
    _gh("label", "create", LABEL, "--force", "--description", "Written by the weekly workflow")
    _gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body-file", "-", text=text)
    return "A new issue is open."


def _gh(*words: str, text: str | None = None) -> str:
    done = subprocess.run(["gh", *words], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"gh {words[0]} {words[1]} failed: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Write: python3 .ci/weekly_issue.py FOLDER")
    print(tell(read_reports(Path(sys.argv[1]))))
