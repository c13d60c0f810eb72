"""YAML of every kind that the test suite of YAML has, grown from its grammar: right more often than not, and never what sheets expect.

Anchors, aliases, tags, block and folded scalars with their signs, flow collections, several documents, directives, remarks, keys that
are no words, escapes, indentation by one or by nine, tabs, line ends of three sorts.
"""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["a", "title", "names", "cite", "é", "Ğ", "лампа", "مصباح", "null", "~", "NO", "010", "1e3", "2020-12-14", "0x1F", ".inf", "<<", "=", "-", "?", ":", "a b", "a: b", "a #b", "#a", "@a", "`a`", "%a", "!", "&", "*", "|", ">", "'", '"', "[", "]", "{", "}", ",", "--- ", "...", "- a", "", " "]
)  # fmt: skip
TAME = st.sampled_from(["a", "b", "title", "lamp oil", "2020-12-14", "é", "60"])
"""Words that mean nothing to YAML."""
MOSTLY = st.one_of(*[TAME] * 20, WORDS)
ESCAPES = st.sampled_from(
    [r"\n", r"\t", r"\0", r"\x41", r"\u0041", r"\U0001F600", r"\ud800", r"\N", r"\_", r"\L", r"\P", r"\ ", r"\/", r"\\", r"\"", r"\q", "\\\n  "]
)  # fmt: skip
LINE_ENDS = st.sampled_from(["\n"] * 20 + ["\r\n", "\r", "\u0085", "\u2028", "\n\n"])


def quoted(texts: list[str], sign: str) -> str:
    inside = "".join(texts)
    return f"'{inside.replace(chr(39), chr(39) * 2)}'" if sign == "'" else f'"{inside}"'


@st.composite
def plain(draw: st.DrawFn) -> str:
    return draw(st.lists(MOSTLY, min_size=1, max_size=3).map(" ".join))


@st.composite
def flow(draw: st.DrawFn, depth: int = 3) -> str:
    """A value on one line, or nearly."""
    kinds = ["plain", "single", "double", "alias"] + (["list", "block", "pairs"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    before = draw(st.sampled_from([""] * 60 + ["&a ", "!!str ", "!a ", "!<tag:a> ", "!", "&a !b ", "? "]))
    if kind == "plain":
        return before + draw(plain())
    if kind == "single":
        return before + quoted(draw(st.lists(WORDS, max_size=3)), "'")
    if kind == "double":
        return before + quoted(
            draw(st.lists(st.one_of(ESCAPES, WORDS.filter(lambda w: w != '"')), max_size=3)), '"'
        )
    if kind == "alias":
        return draw(st.sampled_from(["*a", "*b ", "*", "*a*"]))
    parts = draw(st.lists(flow(depth - 1), max_size=4))
    between = draw(st.sampled_from([", "] * 8 + [",", ",\n  ", " , # a\n ", ",, "]))
    if kind == "list":
        return f"{before}[{between.join(parts)}{draw(st.sampled_from(['', ',', ' ']))}]"
    pairs = [
        f"{draw(MOSTLY)}{draw(st.sampled_from([': '] * 12 + [':', ' : ', '? ']))}{part}" for part in parts
    ]
    return before + (f"{{{between.join(pairs)}}}" if kind == "block" else f"[{between.join(pairs)}]")


@st.composite
def block(draw: st.DrawFn, depth: int = 3, indent: int = 0) -> list[str]:
    """A value as lines, without its own indentation."""
    kind = draw(
        st.sampled_from(
            ["map"] * 6 + ["list"] * 4 + ["scalar", "flow", "odd"] if depth else ["flow"] * 3 + ["scalar"]
        )
    )
    step = draw(st.sampled_from([2] * 16 + [4, 1, 0, 9]))
    lines: list[str] = []
    if kind == "flow":
        return draw(flow(depth)).split("\n")
    if kind == "scalar":
        head = draw(st.sampled_from("|>")) + draw(
            st.sampled_from(["", "-", "+", "2", "9", "2-", "-2", "0", " # a", "a"])
        )
        inside = draw(st.lists(st.one_of(plain(), st.just(""), st.just("\t a")), max_size=4))
        return [head, *(f"{' ' * step}{line}" for line in inside)]
    if kind == "odd":
        return draw(st.lists(plain(), min_size=1, max_size=3))
    for _ in range(draw(st.integers(1, 4))):
        below = draw(block(depth - 1))
        head = (
            "-"
            if kind == "list"
            else draw(
                st.sampled_from(["{}:"] * 16 + ["? {}\n:", "? {}", "{} :", '"{}":', "&a {}:", "{}"])
            ).format(draw(MOSTLY))
        )
        alone = len(below) == 1 and not below[0].startswith("- ") and ":" not in below[0]
        joined = below[0][:1] in ("|", ">", "[", "{") or (kind == "list" and draw(st.booleans()))
        same = alone or joined or draw(st.integers(0, 20)) == 0
        lines += f"{head} {below[0]}".split("\n") if same else [*head.split("\n"), f"{' ' * step}{below[0]}"]
        lines += [f"{' ' * step}{line}" for line in below[1:]]
        if draw(st.integers(0, 40)) == 0:
            lines.append(
                draw(st.sampled_from(["# a", "", "  # a", "\t", "---", "...", "%YAML 1.1", "\ufeff"]))
            )
    return lines


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """One YAML text, as bytes, seldom in another encoding than UTF-8."""
    parts: list[str] = []
    for _ in range(draw(st.sampled_from([1] * 12 + [2, 3]))):
        parts += draw(
            st.lists(
                st.sampled_from(["%YAML 1.2", "%YAML 9", "%TAG ! tag:a,", "%A b", "# a", ""]), max_size=1
            )
        )
        parts += draw(st.sampled_from([[], [], [], [], [], ["---"], ["--- # a"], ["--- |"]]))
        parts += draw(block())
        parts += draw(st.sampled_from([[], [], [], ["..."], [""]]))
    text = "\n".join(parts).replace("\n", draw(LINE_ENDS)) + draw(st.sampled_from(["\n", "", "\n\n"]))
    encoding = draw(st.sampled_from(["utf-8"] * 30 + ["utf-8-sig", "utf-16", "latin-1"]))
    return text.encode(encoding, "replace")
