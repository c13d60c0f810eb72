"""Commits to main what a published build added to the ledger of addresses, so that whoever edits in a browser need not think of it.

`python3 .ci/keep_permalinks.py FOLDER` compares `permalinks.txt` of the checkout with the one in FOLDER, left by the build. It needs the
program `gh` and a token that may write contents. A commit made so starts no further run. Where main has moved on meanwhile, nothing is
done: the build of the newer state remembers.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path

NAME = "permalinks.txt"


def keep(before: Path, after: Path) -> str:
    """Commits the new ledger; returns what was done. Lines are only ever added here."""
    old = before.read_text(encoding="utf-8") if before.exists() else ""
    new = after.read_text(encoding="utf-8")
    gone = set(old.splitlines()) - set(new.splitlines())
    added = [line for line in new.splitlines() if line.startswith("/") and line not in set(old.splitlines())]
    if any(line.startswith("/") for line in gone):
        raise SystemExit("The build lost lines of permalinks.txt that main has; nothing was committed.")
    if not added:
        return "The ledger holds every address already."
    wanted = {
        "message": f"Record {len(added)} published address{'es' if len(added) > 1 else ''}",
        "branch": "main",
        "content": base64.b64encode(new.encode()).decode(),
    }
    if old:
        wanted["sha"] = _run("git", "rev-parse", f"HEAD:{NAME}").stdout.strip()
    done = _run(
        "gh",
        "api",
        "--method",
        "PUT",
        f"repos/{{owner}}/{{repo}}/contents/{NAME}",
        "--input",
        "-",
        given=json.dumps(wanted),
    )
    if "409" in done.stderr:
        return "Main has moved on; its own build remembers."
    if done.returncode:
        raise SystemExit(f"permalinks.txt could not be committed: {done.stderr.strip()}")
    return f"Recorded: {len(added)} new."


def _run(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, input=given, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Write: python3 .ci/keep_permalinks.py FOLDER")
    print(keep(Path(NAME), Path(sys.argv[1]) / NAME))
