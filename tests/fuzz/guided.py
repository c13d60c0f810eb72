"""Looks for inputs that break a reader, led by what each input reaches in our code: `python -m tests.fuzz.guided yaml --seconds 60`.

It starts from the specimen, the cases of the tests and the texts that attack, and stops at the first input that breaks; this then
belongs into `tests/cases/fuzz/`, where every run reads it. Inputs that reached something new are left in the folder named.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["factbook"]):
    from tests.fuzz.readers import READERS
    from tests.hostile.payloads import payloads

TESTS = Path(__file__).parents[1]
WORDS = (
    *("- ", ": ", "? ", "| ", "|-\\x0a ", ">+\\x0a  ", "&a ", "*a", "!!str ", "!a ", "<<: ", "---\\x0a", "...\\x0a", "%YAML 1.2\\x0a", "# ", "[a, ", "{a: ", "\\x0a  "),
    *("'a''b'", "\\x22\\\\u00e9\\x22", "\\x22\\\\x00\\x22", "~", "null", "2020-12~/..", "title: ", "cite:", "source: ", "withdrawn: ", "names:", "verified: "),
    *("[[a]]", "[[a#b|c]]", "[@a, p. 3; @b]", "::: a b=c", "**", "__", "``", "```\\x0a", "~~~\\x0a", "> ", "1. ", "* * *", "===\\x0a", "|-|-|\\x0a"),
    *("<!-- ", "<a b='", "<http://a>", "![a](b)", "[a]: <b> 'c'", "[^1]", "[^1]: ", "\\\\*", "&#x41;", "&amp;", "  \\x0a", "\\xe2\\x80\\x8b", "\\xd0\\xb0"),
)  # fmt: skip
"""What YAML and Markdown are made of, for inputs that get past the first sign; written as libFuzzer's dictionaries want it."""


def seeds(reader: str, folder: Path) -> None:
    """What is known to be read, or refused, in all its variety."""
    sheets = sorted((TESTS / "specimen" / "content").rglob("*.yml"))
    pages = sorted((TESTS / "specimen" / "briefings").glob("*.md"))
    cases = sorted((TESTS / "cases").glob("*/*.yml"))
    found = [path.read_bytes() for path in (pages if reader == "page" else [*sheets, *pages])]
    found += [path.read_bytes() for path in cases if reader in ("yaml", "prose")]
    found += [payload.text.encode() for payload in payloads()]
    for number, data in enumerate(found):
        first = bytes([number % 8]) if reader == "sheet" else b""
        (folder / str(number)).write_bytes(first + data[:8000])


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("reader", choices=READERS)
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--longest", type=int, default=4096, help="bytes of an input")
    words.add_argument("--ascii", action="store_true", help="inputs of plain signs alone")
    words.add_argument("--folder", type=Path, help="where inputs that reach something new are kept")
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as made:
        begun = Path(made) / "begun"
        begun.mkdir()
        seeds(given.reader, begun)
        kept = given.folder or Path(made) / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        (Path(made) / "words.dict").write_text("".join(f'"{word}"\n' for word in WORDS), encoding="utf-8")
        options = [
            f"-dict={made}/words.dict",
            f"-only_ascii={int(given.ascii)}",
            *(
                f"-max_total_time={given.seconds}",
                f"-max_len={given.longest}",
                "-timeout=10",
                "-rss_limit_mb=2000",
            ),
            *("-print_final_stats=1", "-seed=1", "-reload=0", f"-artifact_prefix={kept}/broken-"),
        ]
        atheris.Setup([sys.argv[0], *options, str(kept), str(begun)], READERS[given.reader])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
