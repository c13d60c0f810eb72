"""Files that attack whoever reads them: each is made in a small publication, with what `build.py check` has to say of it.

Names are what a file is or holds; expectations are the errors by file and code, `FINE` where it is read rightly.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Told: TypeAlias = dict[str, str]
"""The codes that are told of each file, in the order of letters, with blanks between."""

FINE: Told = {}
TERM = "content/terms/candle.yml"
PAGE = "briefings/candles.md"
DATES = "verified: 2026-11-01\nreview_by: 2027-11-01\n"
HEAD = f"title: Candle\ndefinition: A light of wax.\n{DATES}"
FRONT = f"---\ntitle: Candles\ndescription: On candles.\n{DATES}---\n"
KB = 1024


@dataclass(frozen=True)
class HostileFile:
    """One attack by a file."""

    name: str
    make: Callable[[Path], None]
    """Puts it into a publication in which nothing is wrong."""
    told: Told

    def __str__(self) -> str:
        return self.name


def holds(text: str | bytes, path: str = TERM) -> Callable[[Path], None]:
    """A file with this text."""

    def make(root: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def sparse(size: int, path: str = TERM) -> Callable[[Path], None]:
    """A file of this size in which nothing was ever written."""

    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("wb") as file:
            file.truncate(size)

    return make


def link(to: str, path: str = TERM) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(to)

    return make


def pipe(path: str = TERM) -> Callable[[Path], None]:
    """A file that keeps whoever opens it waiting for ever."""

    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / path)

    return make


def listener(path: str = TERM) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        before = Path.cwd()
        os.chdir(root / Path(path).parent)  # a socket's path is short
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(Path(path).name)
        finally:
            os.chdir(before)

    return make


def folder(path: str = TERM, inside: str = "") -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).mkdir(parents=True)
        if inside:
            (root / path / inside).write_text(HEAD, encoding="utf-8")

    return make


def closed(path: str) -> Callable[[Path], None]:
    """A file or a folder that nobody may open."""

    def make(root: Path) -> None:
        (root / path).chmod(0)

    return make


def named(name: bytes, collection: bytes = b"terms", text: str = HEAD) -> Callable[[Path], None]:
    """A sheet in which nothing is wrong but its name, given as the bytes that the disk has."""

    def make(root: Path) -> None:
        holds(text, f"content/{os.fsdecode(collection)}/{os.fsdecode(name)}")(root)

    return make


def all_of(*makes: Callable[[Path], None]) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for each in makes:
            each(root)

    return make


def sheet(**fields: str) -> str:
    """A term with more or other fields."""
    lines = {"title": "Candle", "definition": "A light of wax."} | fields
    return "".join(f"{name}: {value}\n" for name, value in lines.items()) + DATES


def laughs(levels: int) -> str:
    """Aliases of aliases: ten times as many at each level."""
    rows = ["a0: &a0 ha\n"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, levels)]
    return "".join(rows)


def steps(count: int) -> str:
    """Fields inside fields, each a blank further in."""
    return "".join(f"{' ' * n}a:\n" for n in range(count))


def prose(text: str) -> str:
    """A term whose definition is a text of many lines."""
    inside = "".join(f"  {line}\n" for line in text.split("\n"))
    return f"title: Candle\ndefinition: |\n{inside}{DATES}"


def numbered(form: str, count: int) -> str:
    return "".join(form.format(n) for n in range(count))


def of(codes: str, path: str = TERM) -> Told:
    return {path: " ".join(sorted(codes.split()))}


LINES = "\n\n".join(["[[lamp]] " * 50] * 200)
"""Ten thousand links to a sheet that there is, in paragraphs that are short enough."""
NOWHERE = "\n\n".join(" ".join(f"[[lamp-{n * 50 + m}]]" for m in range(50)) for n in range(100))

FILES = (
    # Structure
    HostileFile("lists nested 100,000 deep", holds("[" * 100_000), of("bad-yaml")),
    HostileFile("lists nested and closed again", holds("a: " + "[" * 50_000 + "]" * 50_000), of("bad-yaml")),
    HostileFile("braces nested 60,000 deep", holds("{a: " * 60_000), of("bad-yaml")),
    HostileFile("keys that are blocks of keys", holds("{" * 100_000), of("bad-yaml")),
    HostileFile("dashes nested on one line", holds("- " * 100_000), of("bad-yaml")),
    HostileFile("questions nested on one line", holds("? " * 100_000), of("bad-yaml")),
    HostileFile("fields nested line by line", holds(steps(700)), of("bad-yaml")),
    HostileFile("aliases of aliases", holds(laughs(20)), of("missing-field unknown-field yaml-feature")),
    HostileFile("an alias of what it stands in", holds("title: &a [*a]\n"), of("yaml-feature missing-field wrong-type")),
    HostileFile("40,000 aliases", holds("title: &a x\nlist:\n" + "- *a\n" * 40_000), of("missing-field unknown-field yaml-feature")),
    HostileFile("keys merged from elsewhere", holds(f"base: &b {{title: x}}\n<<: *b\n{HEAD}"), of("unknown-field yaml-feature")),
    HostileFile("a tag that names a program", holds(sheet(title='!!python/object/apply:os.system ["true"]')), of("wrong-type yaml-feature")),
    HostileFile("30,000 tags", holds(HEAD + "list: [" + "!!int 1, " * 25_000 + "]"), of("unknown-field yaml-feature")),
    HostileFile("a million keys", holds(numbered("key-{}: 1\n", 1_000_000)), of("too-large")),
    HostileFile("as many keys as fit", holds(HEAD + numbered("k{}:\n", 30_000)), of("unknown-field")),
    HostileFile("as many near misses as fit", holds(HEAD + numbered("titel{}: x\n", 18_000)), of("unknown-field")),
    HostileFile("one key 50,000 times", holds(HEAD + "a:\n" * 50_000), of("duplicate-key unknown-field")),
    HostileFile("items 60,000 times", holds(HEAD + "see_also:\n" + "- x\n" * 60_000), of("unknown-field")),
    HostileFile("documents 60,000 times", holds(HEAD + "---\n" * 60_000), of("yaml-feature")),
    HostileFile("a directive of a later YAML", holds("%YAML 9.9\n---\n" + HEAD), of("bad-yaml")),
    HostileFile("a directive that nobody knows", holds("%LAMP on\n---\n" + HEAD), of("bad-yaml")),
    HostileFile("nothing", holds(""), of("bad-yaml")),
    HostileFile("remarks alone", holds("# x\n" * 60_000), of("bad-yaml")),
    HostileFile("a mark that ends documents", holds("...\n"), of("bad-yaml")),
    HostileFile("brackets that are never closed", holds("title: [\n" * 20_000), of("bad-yaml")),
    HostileFile("quotes that are never closed", holds("title: '" + "it's " * 40_000), of("bad-yaml")),
    HostileFile("a block that is indented by nines", holds("title: |9\n x\n" + HEAD), of("bad-yaml")),
    HostileFile("a tab before each field", holds("\ttitle: x\n" * 20_000), of("bad-yaml")),
    # Size
    HostileFile("50 MB in one text", holds(b"title: " + b"x" * (50 * KB * KB)), of("too-large")),
    HostileFile("a terabyte of nothing", sparse(1 << 40), of("too-large")),
    HostileFile("a text as long as a sheet may be", holds(sheet(title="x" * 250 * KB)), of("bad-text")),
    HostileFile("a paragraph as long as a sheet may be", holds(prose("word " * 50_000)), of("bad-prose")),
    HostileFile("a quoted text of escapes", holds(sheet(title='"' + "\\u0041" * 42_000 + '"')), of("bad-text")),
    HostileFile("a page too large", holds(FRONT + "word\n\n" * 20_000, PAGE), of("too-large", PAGE)),
    HostileFile("a capture too large", sparse(1 << 34, "content/captures/gazette.txt"), of("too-large", "content/captures/gazette.txt")),
    HostileFile("digits without end", holds(sheet(verified="9" * 200_000)), of("bad-date duplicate-key")),
    HostileFile("a date without end", holds(HEAD.replace("2026-11-01", "2026-" + "1" * 200_000)), of("bad-date")),
    HostileFile("a year of many digits", holds(HEAD.replace("2026-11-01", "9" * 5_000)), of("bad-date")),
    # Signs
    HostileFile("UTF-16 with its mark", holds(HEAD.encode("utf-16")), of("not-utf-8")),
    HostileFile("UTF-16 without a mark", holds(HEAD.encode("utf-16-le")), of("hidden-character")),
    HostileFile("UTF-32", holds(HEAD.encode("utf-32")), of("not-utf-8")),
    HostileFile("Latin letters of another encoding", holds(sheet(title="Bougie à mèche").encode("latin-1")), of("not-utf-8")),
    HostileFile("UTF-8 that is longer than it need be", holds(b"title: \xc0\xaf\n"), of("not-utf-8")),
    HostileFile("halves of characters", holds(b"title: \xed\xa0\x80\n"), of("not-utf-8")),
    HostileFile("a character that is cut off", holds(HEAD.encode() + b"\xe2\x82"), of("not-utf-8")),
    HostileFile("bytes of a program", holds(b"\x7fELF" + bytes(range(256)) * 40), of("not-utf-8")),
    HostileFile("a mark of byte order", holds(b"\xef\xbb\xbf" + HEAD.encode()), FINE),
    HostileFile("two marks of byte order", holds(b"\xef\xbb\xbf" * 2 + HEAD.encode()), of("hidden-character")),
    HostileFile("a NUL", holds(sheet(title="Can\0dle")), of("hidden-character")),
    HostileFile("a NUL behind a backslash", holds(sheet(title='"Can\\0dle"')), of("hidden-character")),
    HostileFile("half a character behind a backslash", holds(sheet(title='"Can\\ud800dle"')), of("bad-yaml")),
    HostileFile("lines of Windows", holds(HEAD.replace("\n", "\r\n")), FINE),
    HostileFile("lines of old computers", holds(HEAD.replace("\n", "\r")), FINE),
    HostileFile("lines of every sort", holds(HEAD.replace("\n", "\r\n", 1).replace("\n", "\r", 2)), FINE),
    HostileFile("lines that only Unicode knows", holds(sheet(title="Can\u2028dle")), of("hidden-character")),
    HostileFile("60,000 hidden signs", holds(sheet(title="\u202e" * 60_000)), of("hidden-character")),
    HostileFile("letters with 100,000 marks", holds(sheet(title="a" + "\u0301" * 100_000)), of("bad-text")),
    # What is no plain file
    HostileFile("a link out of the tree", link("/etc/hostname"), of("not-a-plain-file")),
    HostileFile("a link to a sheet beside it", link("lamp.yml"), of("not-a-plain-file")),
    HostileFile("a link to itself", link("candle.yml"), of("not-a-plain-file")),
    HostileFile("a link to nothing", link("nothing.yml"), of("not-a-plain-file")),
    HostileFile("a link to a device without end", link("/dev/zero"), of("not-a-plain-file")),
    HostileFile("a link to the folder above", link(".."), of("not-a-plain-file")),
    HostileFile("a page that is a link", link("/etc/hostname", PAGE), of("not-a-plain-file", PAGE)),
    HostileFile("a capture that is a link", link("/etc/hostname", "content/captures/gazette.txt"), of("not-a-plain-file", "content/captures/gazette.txt")),
    HostileFile("a folder of captures that is a link", link("/etc", "content/captures"), of("not-a-plain-file", "content/captures")),
    HostileFile("a pipe", pipe(), of("not-a-plain-file")),
    HostileFile("a page that is a pipe", pipe(PAGE), of("not-a-plain-file", PAGE)),
    HostileFile("a capture that is a pipe", pipe("content/captures/gazette.txt"), of("not-a-plain-file", "content/captures/gazette.txt")),
    HostileFile("a closed list that is a pipe", pipe("content/vocabulary/acts.yml"), of("not-a-plain-file", "content/vocabulary/acts.yml")),
    HostileFile("a socket", listener(), of("not-a-plain-file")),
    HostileFile("a folder named as a sheet", folder(inside="wick.yml"), of("misplaced-file")),
    HostileFile("a folder named as a page", folder(PAGE), of("misplaced-file", PAGE)),
    HostileFile("a sheet that nobody may open", closed("content/terms/lamp.yml"), of("unreadable-file", "content/terms/lamp.yml")),
    HostileFile("a folder that nobody may open", closed("content/terms"), of("unreadable-file", "content/terms")),
    HostileFile("a capture that nobody may open", all_of(holds("x", "content/captures/gazette.txt"), closed("content/captures/gazette.txt")), of("unreadable-file", "content/captures/gazette.txt")),
    HostileFile("settings that nobody may open", closed("mkdocs.yml"), of("unreadable-file", "mkdocs.yml")),
    # Names
    HostileFile("a name in capitals beside the same in small letters", named(b"LAMP.yml"), of("bad-id", "content/terms/LAMP.yml")),
    HostileFile("an ending in capitals beside the same in small letters", named(b"lamp.YML"), of("misplaced-file", "content/terms/lamp.YML")),
    HostileFile("the id of another collection", named(b"avonia.yml"), of("duplicate-id", "content/terms/avonia.yml")),
    HostileFile("dots in a name", named(b"a..b.yml"), of("bad-id", "content/terms/a..b.yml")),
    HostileFile("a name that leads upwards elsewhere", named(b"x\\..\\lamp.yml"), of("bad-id", "content/terms/x\\..\\lamp.yml")),
    HostileFile("a capture whose name leads upwards", named(b"-..-..-etc.txt", b"captures"), of("unknown-reference", "content/captures/-..-..-etc.txt")),
    HostileFile("a capture whose name is a line long", named(b"x" * 250 + b".txt", b"captures"), of("unknown-reference", f"content/captures/{'x' * 250}.txt")),
    HostileFile("reserved names of Windows", all_of(*(named(b"%b.yml" % name) for name in (b"con", b"nul", b"aux", b"prn", b"com1", b"lpt9"))),
                {f"content/terms/{name}.yml": "bad-id" for name in ("con", "nul", "aux", "prn", "com1", "lpt9")}),
    HostileFile("a name of blanks", named(b" .yml"), of("bad-id", "content/terms/ .yml")),
    HostileFile("a name of 250 letters", named(b"x" * 250 + b".yml"), of("bad-id", f"content/terms/{'x' * 250}.yml")),
    HostileFile("a name that is no text", named(b"caf\xe9.yml"), of("bad-id", "content/terms/caf\\udce9.yml")),
    HostileFile("a name that rules a terminal", named(b"red\x1b[31m.yml"), of("bad-id", "content/terms/red\\x1b[31m.yml")),
    HostileFile("a name of two lines", named(b"two\nlines.yml"), of("bad-id", "content/terms/two\\nlines.yml")),
    HostileFile("a name that turns round", named("lmy\u202emal.yml".encode()), of("bad-id", "content/terms/lmy\\u202emal.yml")),
    HostileFile("an id that leads upwards", holds(f"id: ../../lamp\n{HEAD}"), of("id-differs")),
    HostileFile("a former id that leads upwards", holds(sheet(former_ids="[../../../etc/passwd]")), of("bad-id")),
    HostileFile("a former id that Windows keeps for itself", holds(sheet(former_ids="[con]")), of("bad-id")),
    HostileFile("a former id that another sheet has", holds(sheet(former_ids="[lamp]")), of("duplicate-id")),
    # Prose
    HostileFile("10,000 links", holds(prose(LINES)), FINE),
    HostileFile("5,000 links that lead nowhere", holds(prose(NOWHERE)), of("unknown-reference")),
    HostileFile("links that are never closed", holds(prose("[[" * 60_000)), of("bad-prose")),
    HostileFile("citations that are never closed", holds(prose("\n\n".join(["[@gazette, " * 90] * 100))), of("bad-prose")),
    HostileFile("quotations nested without end", holds(prose("> " * 4_000)), of("bad-prose")),
    HostileFile("sentences of one letter", holds(prose("\n\n".join(["a. " * 2_500] * 30))), FINE),
    HostileFile("a page of brackets", holds(FRONT + "[" * 60_000, PAGE), of("bad-prose", PAGE)),
    HostileFile("a page of links that are never closed", holds(FRONT + "\n\n".join(["[a](" * 90] * 160), PAGE), of("bad-prose", PAGE)),
    HostileFile("a page of emphasis", holds(FRONT + "\n\n".join(["**a" * 2_500] * 8), PAGE), FINE),
    HostileFile("a page of tags", holds(FRONT + "\n\n".join(["<a " * 99] * 200), PAGE), FINE),
    HostileFile("a page of definitions", holds(FRONT + numbered("[{}]: /x\n\n", 5_000), PAGE), of("bad-prose", PAGE)),
    HostileFile("a page of headings", holds(FRONT + "# a\n\n" * 12_000, PAGE), FINE),
    HostileFile("a page of pipes", holds(FRONT + "|a" * 3_900 + "\n" + "|-" * 100, PAGE), FINE),
    HostileFile("a page without an end of its fields", holds("---\n" + "a: 1\n" * 10_000, PAGE), of("missing-field", PAGE)),
    # Fields
    HostileFile("5,000 names", holds("names:\n" + numbered("- {{text: Candle {0}, lang: en, kind: alias}}\n", 5_000) + "kind: state\n" + DATES, "content/actors/candleland.yml"), FINE),
    HostileFile("a source that is derived from itself", holds("title: x\nkind: press\npublisher: x\nlanguage: en\nread: whole\norigin: {value: derived}\nderived_from:\n- {source: candle-news, kind: quotes}\n" + DATES, "content/sources/candle-news.yml"), of("broken-chain", "content/sources/candle-news.yml")),
    HostileFile("an address of 100,000 signs", holds("title: x\nkind: press\npublisher: x\nlanguage: en\nread: whole\norigin: {value: unknown}\nurl: https://" + "a" * 100_000 + "\n" + DATES, "content/sources/candle-news.yml"), of("bad-address", "content/sources/candle-news.yml")),
    # Settings
    HostileFile("settings of 50 MB", holds(b"site_name: " + b"x" * (50 * KB * KB), "mkdocs.yml"), of("too-large", "mkdocs.yml")),
    HostileFile("settings nested without end", holds("[" * 100_000, "mkdocs.yml"), of("bad-yaml", "mkdocs.yml")),
    HostileFile("settings of aliases of aliases", holds("site_name: x\ndocs_dir: briefings\nplugins: [factbook]\ntheme: material\nextra:\n" + "".join(f"  {row}\n" for row in laughs(9).splitlines()), "mkdocs.yml"), of("yaml-feature", "mkdocs.yml")),
    HostileFile("settings of a thousand aliases", holds("site_name: x\ndocs_dir: briefings\nplugins: [factbook]\ntheme: material\nextra:\n  a: &a [x]\n  b: [" + "*a, " * 1_000 + "]\n", "mkdocs.yml"), of("yaml-feature", "mkdocs.yml")),
    HostileFile("settings with an alias", holds("site_name: x\ndocs_dir: briefings\nplugins: [factbook]\ntheme: material\nextra:\n  a: &a [x]\n  b: *a\n", "mkdocs.yml"), FINE),
    HostileFile("settings with a NUL", holds("site_name: a\0b\n", "mkdocs.yml"), of("bad-yaml", "mkdocs.yml")),
    HostileFile("settings that are a link", all_of(lambda root: (root / "mkdocs.yml").unlink(), link("/dev/zero", "mkdocs.yml")), of("unreadable-file", "mkdocs.yml")),
    HostileFile("settings that are a pipe", all_of(lambda root: (root / "mkdocs.yml").unlink(), pipe("mkdocs.yml")), of("unreadable-file", "mkdocs.yml")),
    # What lies beside
    HostileFile("a ledger of addresses that is a pipe", pipe("permalinks.txt"), of("not-a-plain-file", "permalinks.txt")),
    HostileFile("a ledger of bytes", holds(bytes(range(256)) * 100, "permalinks.txt"), of("not-utf-8", "permalinks.txt")),
    HostileFile("a licence that is a pipe", pipe("LICENSE-CONTENT"), FINE),
    HostileFile("a ledger of a terabyte", sparse(1 << 40, "permalinks.txt"), of("too-large", "permalinks.txt")),
    HostileFile("settings of a terabyte", sparse(1 << 40, "mkdocs.yml"), of("too-large", "mkdocs.yml")),
)  # fmt: skip
