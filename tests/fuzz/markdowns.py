"""Markdown of every kind that the specification of CommonMark has sections for, with our own links, citations and blocks among it."""

from hypothesis import strategies as st

INLINE = st.sampled_from(
    ["a", "lamp oil", "é", "лампа", "*", "**", "***", "_", "__", "`", "``", "~~", "\\", "\\*", "\\\n", "  \n", "&amp;", "&#0;", "&#x110000;", "&nosuch;", "[", "]", "](", ")", "![", "[a](b)", "[a](<b c> 'd')", "[a][b]", "[a][]", "![a](b)", "<http://a.b>", "<a@b.c>", "http://a.b", "www.a.b", "javascript:a", "<a href='b'>", "</a>", "<b", "<!-- a -->", "<!--", "<?a?>", "<![CDATA[a]]>", "<!A b>", "<script>", "[^1]", "2020", "in May 2020.", "Mr. A. ", "“a”", "[[lamp]]", "[[lamp#a.b|c d]]", "[[", "]]", "[[a|", "[@gazette]", "[@gazette, p. 3; @daily]", "[@", "[@a;", "::: timeline", "\u200b", "\u202e", "́"]
)  # fmt: skip
HEADS = st.sampled_from(
    ["", "", "", "# ", "###### ", "####### ", "#", "> ", ">", "- ", "+ ", "* ", "1. ", "10) ", "123456789. ", "    ", "\t", "   ", "| ", "[a]: ", "[^1]: ", "> > ", "> - ", "- - ", "1. - > ", "::: ", ":::", "~~~", "```", "``` a", "---", "***", "===", "<div>", "</div>", "<pre>", "<script>", "- [ ] ", ": "]
)  # fmt: skip
BLOCKS = st.sampled_from(
    [
        "::: timeline about=lamp\n",
        '::: stances question="a b" x=1\n',
        "| a | b |\n|---|:-:|\n| c | d \\| e |\n",
        "```\n[[a]]\n```\n",
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """One text of a few blocks."""
    lines = []
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.integers(0, 7)) == 0:
            lines += ["", draw(BLOCKS)]
        else:
            lines.append(draw(HEADS) + "".join(draw(st.lists(INLINE, max_size=5))))
        if draw(st.booleans()):
            lines.append("")
    repeated = "\n".join(lines) * draw(st.sampled_from([1, 1, 1, 1, 1, 20]))
    return repeated.encode("utf-8", "replace")


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A page with its fields, in which nothing is wrong but perhaps the text."""
    front = "title: Candles\ndescription: On candles.\nverified: 2026-11-01\nreview_by: 2027-11-01"
    return f"---\n{front}\n---\n".encode() + draw(texts())
