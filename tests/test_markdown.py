"""Prose as HTML. Files in cases/prose with `sheet:`, `briefing:` or `inline:` hold what each renderer must say."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from factbook.prose import Block, Cites, Link, oversized_blocks, scan, sections
from factbook.rendering.markdown import (
    UnsafeProseError,
    render_briefing,
    render_inline,
    render_sheet_prose,
)
from factbook.rendering.unbroken import unbroken

CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases" / "prose").glob("*.yml"))
}


class Plainly:
    """Shows each piece in a plain form that can be told from what Markdown makes."""

    def link(self, link: Link, /) -> Markup:
        anchor = f"#{link.anchor}" if link.anchor else ""
        return Markup('<a class="in" href="/{}{}">{}</a>').format(
            link.target, anchor, link.words or f"The {link.target}"
        )

    def cites(self, cites: Cites, /) -> Markup:
        return Markup("<sup>{}</sup>").format("; ".join(item.source for item in cites.items))

    def block(self, block: Block, /) -> Markup:
        return Markup("<figure><p>{}</p></figure>").format(block.name)


def cases_with(key: str) -> list[Any]:
    return [pytest.param(case, id=name) for name, case in CASES.items() if key in case]


@pytest.mark.parametrize("case", cases_with("sheet"))
def test_prose_of_a_sheet_as_html(case: dict[str, Any]) -> None:
    html = render_sheet_prose(case["text"], Plainly(), mark_judgement=case.get("mark_judgement", False))
    assert html.split("\n") == case["sheet"].rstrip("\n").split("\n"), case["says"]


@pytest.mark.parametrize("case", cases_with("briefing"))
def test_a_briefing_as_html(case: dict[str, Any]) -> None:
    briefing = render_briefing(case["text"], Plainly(), mark_judgement=case.get("mark_judgement", False))
    assert briefing.html.split("\n") == case["briefing"].rstrip("\n").split("\n"), case["says"]
    headings = [f"{heading.level} {heading.slug}: {heading.title}" for heading in briefing.headings]
    assert headings == case.get("headings", []), case["says"]


@pytest.mark.parametrize("case", cases_with("inline"))
def test_a_field_of_one_paragraph_as_html(case: dict[str, Any]) -> None:
    assert render_inline(case["text"], Plainly()) == case["inline"].rstrip("\n"), case["says"]


def test_headings_get_the_anchors_that_sections_give() -> None:
    text = Path(__file__).parent.joinpath("cases/prose/sections-and-their-anchors.yml").read_text("utf-8")
    text = yaml.safe_load(text)["text"]
    headings = render_briefing(text, Plainly()).headings
    assert [(heading.level, heading.slug) for heading in headings] == [
        (section.level, section.slug) for section in sections(text)
    ]


def test_a_briefing_leaves_nothing_behind_for_the_next() -> None:
    first = render_briefing("[a]: https://example.org/\n\n# H\n\n[a]", Plainly())
    again = render_briefing("# H\n\n[a]", Plainly())
    assert 'href="https://example.org/"' in first.html
    assert again.html == '<h1 id="h">H</h1>\n<p>[a]</p>'


ALLOWED = {
    *("a", "br", "code", "em", "strong", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td", "sup", "figure"),
}
ATTRIBUTES = {
    *(("p", "class", "fb-p"), ("p", "class", "fb-p fb-p--uncited")),
    ("a", "class", "in"),
}


class Tags(HTMLParser):
    """Collects whatever a page may not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.strange.append(tag)
        if tag not in ("br", "hr"):
            self.open.append(tag)
        for name, value in attrs:
            outside = (tag, name) == ("a", "href") and re.fullmatch(
                r"(?:https?:/)?/[^\s<>\"]+", value or "", re.I
            )
            numbered = (tag, name) == ("ol", "start") and (value or "").isdecimal()
            anchored = name == "id" and re.fullmatch("[a-z0-9-]+", value or "")
            if not (outside or numbered or anchored or (tag, name, value) in ATTRIBUTES):
                self.strange.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.strange.append(f"<!{decl}")


def links_in_links(html: str) -> list[str]:
    return re.findall(r"<a [^>]*>(?:(?!</a>).)*<(?:a|sup)\b", html, re.DOTALL)


def strange_in(html: str) -> list[str]:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags.strange + tags.open + links_in_links(html)


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '<svg><style><img src="</style><img src=x onerror=alert(1)>"></style></svg>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<iframe src="javascript:alert(1)"></iframe>',
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "<div>\n\n*a*\n\n</div>",
    '<a href="x" style="position:fixed">y</a>',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a](javascript&#58;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a]( javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox(1))",
    "[a](//e.example/)",
    "[a](/etc/passwd)",
    '[a](https://e.example/ "x\\" onmouseover=\'alert(1)")',
    '[a](https://e.example/"onmouseover="alert(1))',
    "[a](https://e.example/'onmouseover='alert(1))",
    "![a](https://e.example/x.png)",
    '![a](x" onerror="alert(1))',
    "![a][r]\n\n[r]: https://e.example/x.png",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<https://e.example/&quot;onmouseover=alert(1)>",
    '<https://e.example/"onmouseover=alert(1)>',
    "<someone@e.example>",
    "[a]\n\n[a]: javascript:alert(1)",
    "[a][b]\n\n[b]: <javascript:alert(1)> 'x'",
    "[a]: data:text/html,x\n\n[a][]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "`<script>`\n\n```\n</code></pre><script>\n```\n\n    <script>",
    '```x" onclick="alert(1)\n```',
    "# <script>alert(1)</script> {: onclick=alert(1)}",
    "| <script> |\n|---|\n| [a](javascript:alert(1)) `|` <b> |",
    "[[ssb|<script>alert(1)</script>]]",
    '[[ssb|" onclick="alert(1)]]',
    "[x](https://e.example/[[ssb]])",
    "[x [[ssb]] y](https://e.example/)",
    "[x [@ssb] y](https://e.example/)",
    '[x](https://e.example/ "[[ssb]]")',
    "<https://e.example/[[ssb]]>",
    "[a]: https://e.example/[[ssb]]\n\n[a]",
    "<a href='[[ssb]]'>",
    '::: figure x="<script>"',
    "\x02klzzwxh:0000\x03 \ue000 0 \u2e280\u2e29",
    "\x02wzxhzdk:0\x03 &#2; &#xE000;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str) -> None:
    for around in ("{}", "- {}", "> {}", "word *em {} em* word", "{}\n\n{}"):
        given_text = around.replace("{}", text)
        for html in (
            render_sheet_prose(given_text, Plainly()),
            render_briefing(given_text, Plainly()).html,
            render_inline(given_text, Plainly()),
        ):
            assert strange_in(html) == [], html


@pytest.mark.parametrize(
    "text", ["&#xE000;0", "\u2e280\u2e29", "&\\#xE000;", "&#11816;0&#11817;", "\x020\x03"]
)
def test_nobody_can_write_what_stands_for_a_link(text: str) -> None:
    for html in (
        render_sheet_prose(f"{text} [[ssb]]", Plainly()),
        render_briefing(f"{text} [[ssb]]", Plainly()).html,
        render_inline(f"{text} [[ssb]]", Plainly()),
    ):
        assert html.count('<a class="in" href="/ssb">The ssb</a>') == 1


MARKS = [
    *(
        "a ",
        "*",
        "**",
        "_",
        "[[a]]",
        "[@b]",
        "[",
        "](",
        ")",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "`",
        "|",
    ),
    *("|-|-|", "# ", "<", "&", "\\", "::: x", "```", "\n---\n", "![", '"', "é", "\t", "(", "~~~", ":"),
    *("](https://e.example/)", "[x "),
]
fragments = st.sampled_from([*HOSTILE, *MARKS, *MARKS])


@given(st.lists(fragments, max_size=14).map("".join))
def test_any_mixture_is_safe_and_loses_no_citation(text: str) -> None:
    if oversized_blocks(text) or any(fault.kind == "too-deep" for fault in scan(text).faults):
        return
    cited = len([piece for piece in scan(text).pieces if isinstance(piece, Cites)])
    sheet = render_sheet_prose(text, Plainly())
    briefing = render_briefing(text, Plainly()).html
    inline = render_inline(text, Plainly())
    for html in (sheet, briefing, inline):
        assert strange_in(html) == [], html
        assert "\u2e28" not in html.replace("\u2e280\u2e29", "")
        assert html.count("<sup>") <= cited
        assert "<a></a>" not in html
    for html in (sheet, briefing):
        for paragraph in re.findall(r"<p(?: [^>]*)?>.*?</p>", html, re.DOTALL):
            assert "<figure>" not in paragraph


def test_what_is_too_large_or_too_deep_is_not_rendered() -> None:
    with pytest.raises(UnsafeProseError):
        render_briefing("word " * 2000, Plainly())
    for text in (">" * 100_000, "- " * 50 + "a", "> - " * 6 + "a"):
        with pytest.raises(UnsafeProseError):
            render_sheet_prose(text, Plainly())
        with pytest.raises(UnsafeProseError):
            render_briefing(text, Plainly())


SLOW = [
    *(
        "[",
        "![",
        "[a](",
        "[[a",
        "[@",
        "<",
        "<a ",
        "`",
        "``a`",
        "\\",
        "*",
        "_",
        "**a",
        "*a **a ",
        "a_b*",
        "&",
        "&#",
    ),
    *(
        "#",
        "# \n",
        "-\n",
        "=\n",
        "a\n",
        "a\n\n",
        "    a\n",
        "\t",
        "|",
        "|-|\n",
        "[a]: b\n",
        "~~~a\n",
        "[[a]]",
        "[@a]",
    ),
]


def test_time_to_render_grows_with_the_length_alone() -> None:
    """Rendering in the square of the length would take 100,000 characters some thousand times as long."""

    def seconds(text: str) -> float:
        def once() -> float:
            start = time.process_time()  # of this process alone, whatever else the machine does
            render_sheet_prose(text, Plainly())
            return time.process_time() - start

        return min(once(), once())

    plain = "The agency buys [[ssb|arms]] abroad. [@a, p. 3] It sells *some*.\n"
    bound = 30 * seconds((plain * 1540)[:100_000]) + 0.5
    slow = {text: took for text in SLOW if (took := seconds(text * (100_000 // len(text)))) > bound}
    assert slow == {}


def test_a_briefing_of_bounded_blocks_is_bounded_in_time() -> None:
    for text in SLOW:
        block = text * (8000 // len(text))
        if not oversized_blocks(block) and not scan(block).faults:
            start = time.process_time()
            render_briefing(block, Plainly())
            assert time.process_time() - start < 5, text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>A B-20 flew.</p>", '<p>A <span class="fb-nb">B-20</span> flew.</p>'),
        ("<p>KFIR-1200A</p>", '<p><span class="fb-nb">KFIR-1200A</span></p>'),
        (
            "<p>Mi-8, not mi-8, nor TOOLONG-1</p>",
            '<p><span class="fb-nb">Mi-8</span>, not mi-8, nor TOOLONG-1</p>',
        ),
        ('<a id="note-1" title="B-20">1</a>', '<a id="note-1" title="B-20">1</a>'),
        ("<svg><text>B-20</text></svg><pre>B-20</pre>", "<svg><text>B-20</text></svg><pre>B-20</pre>"),
    ],
)
def test_a_designation_stays_on_one_line(body: str, shown: str) -> None:
    assert unbroken(body) == shown
