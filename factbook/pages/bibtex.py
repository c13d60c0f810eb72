r"""An entry of BibTeX, written so that nothing in a text can end a field or begin another entry.

BibTeX counts braces and knows no way to write one as a sign: `\{` opens a group as `{` does. So braces are written as the
commands that print them, and every text stands on one line. Fields are those of biblatex, whose dates are EDTF as ours are.
Source: The biblatex Package, 2.2 and 2.3.8.
"""

from __future__ import annotations

from collections.abc import Mapping

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}", "%": r"\%", "&": r"\&",
    "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
VERBATIM = ("url", "date")
"""Fields that biblatex takes sign by sign; what may stand in them holds no brace."""


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """One entry; fields without a value are left out. `title` keeps its capitals, and an author is one name as printed."""
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            written = value if name in VERBATIM else text(value)
            written = f"{{{written}}}" if name in ("title", "author") else written
            lines.append(f"  {name} = {{{written}}},")
    return "\n".join([*lines, "}"])


def text(words: str) -> str:
    """A text as a field holds it."""
    return "".join(_SIGNS.get(sign, sign) for sign in " ".join(words.split()))
