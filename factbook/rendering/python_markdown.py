"""Markdown as MkDocs knows it, by Python-Markdown without raw HTML and images: what `rendering.markdown` gives it to read."""

import re
from functools import lru_cache

import markdown
from markdown.blockprocessors import HashHeaderProcessor


class _HeadingWithBlank(HashHeaderProcessor):
    """Takes `#1 in sales` for text, as CommonMark does; a heading has a blank after its marks."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\\n])*?)(?:[ \t]+#*)?[ \t]*(?:\n|$)"
    )


@lru_cache(maxsize=1)
def _reader() -> markdown.Markdown:
    """Return the one reader; making one takes longer than most briefings."""
    reader = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    reader.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        reader.inlinePatterns.deregister(name)
    reader.parser.blockprocessors.register(_HeadingWithBlank(reader.parser), "hashheader", 70)
    return reader


def converted(text: str) -> str:
    """What is left of some Markdown, as HTML that still has to be cleaned."""
    return _reader().reset().convert(text)
