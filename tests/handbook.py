"""The generated pages of the handbook and the schemas, as they should be; run as a program, it writes them.

    .venv/bin/python -m tests.handbook

The examples are messages that the cases expect. One that the page shows already stays while a case still expects it, so
that a new case alone changes nothing.
"""

from collections import defaultdict
from pathlib import Path

from factbook.exports.field_reference import fields_page
from factbook.exports.handbook import problems_page, with_word_lists
from factbook.exports.schemas import as_file, schemas
from tests.publications import CASES, codes_of, read_case

ROOT = Path(__file__).resolve().parents[1]
PROBLEMS = ROOT / "handbook" / "problems.md"
FIELDS = ROOT / "handbook" / "fields.md"
STYLE = ROOT / "handbook" / "style-guide.md"
SCHEMAS = ROOT / "schemas"
FAMILIES = ("loading", "catalogue", "checks")
"""The cases that hold whole messages."""


def page_of_problems(shown: str) -> str:
    """The page of all codes, with the examples that it showed so far where they still hold."""
    found: dict[str, list[str]] = defaultdict(list)
    for family in FAMILIES:
        for path in sorted((CASES / family).glob("*.yml")):
            for problem in read_case(path).get("problems", ()):
                (code,) = codes_of({"problems": [problem]})
                found[code].append(problem.rstrip())
    return problems_page(
        {
            code: min(messages, key=lambda message: (f"\n{message}\n" not in shown, len(message), message))
            for code, messages in found.items()
        }
    )


def schema_files() -> dict[str, bytes]:
    """The schemas that hold for every publication, by the names of their files."""
    return {f"{name}.json": as_file(schema) for name, schema in schemas().items()}


if __name__ == "__main__":
    FIELDS.write_text(fields_page(), encoding="utf-8")
    STYLE.write_text(with_word_lists(STYLE.read_text(encoding="utf-8")), encoding="utf-8")
    SCHEMAS.mkdir(exist_ok=True)
    for name, data in schema_files().items():
        (SCHEMAS / name).write_bytes(data)
    PROBLEMS.write_text(
        page_of_problems(PROBLEMS.read_text(encoding="utf-8") if PROBLEMS.exists() else ""), encoding="utf-8"
    )
