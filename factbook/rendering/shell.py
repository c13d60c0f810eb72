"""The page around a body: made once by MkDocs and Material, then filled for each page.

A shell is the text of a page cut at its marks, tokens such as ``@@body@@`` that our theme templates hold
where pages differ. Filling joins the cut text with values and is all that happens per page. The theme's own
templates do not escape, so nothing from a sheet ever passes through them: values arrive here ready for the
place their mark stands in, and `MARKS` says which place that is.

Making shells is left to `factbook.site`, keeping them to the caller, writing the values to the templates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from factbook.frozen import frozen

_INDENTATION = re.compile(r"\n[ \t]+(?=<)")
MARK = re.compile(r"@@([a-z_]+)@@")
"""How a mark is written in a template: ``@@html_title@@``."""

NOT_FOUND = "404"
"""Key of the shell of the page that a server shows for an address it does not know."""

Place = Literal["text", "attribute", "attributes", "elements"]
"""Where a value lands: in text, inside a quoted attribute, among a tag's attributes, between tags."""


@frozen
class Mark:
    """One place where pages differ, e.g. the title of the document."""

    place: Place
    holds: str
    """What the value is, for whoever writes it."""


MARKS: Mapping[str, Mark] = {
    "html_title": Mark("text", "the whole title of the document, e.g. Timeline - Name of the publication"),
    "description": Mark("attribute", "one or two sentences for search engines and previews"),
    "canonical": Mark("elements", "<link rel=canonical> when the site's address is known, else nothing"),
    "machines": Mark("elements", "what programs read: previews, reference managers, data, JSON-LD"),
    "head": Mark("elements", "further elements of the head: a style sheet, a redirect"),
    "breadcrumbs": Mark("elements", "<nav class=md-path> with its <ol class=md-path__list>, or nothing"),
    "contents": Mark("elements", "<nav class='md-nav md-nav--secondary'> with the contents list, or nothing"),
    "page_class": Mark("attribute", "further classes of the article, e.g. fb-page--sided; may be empty"),
    "search": Mark("attributes", "what makes the article findable, e.g. data-pagefind-body; may be empty"),
    "body": Mark("elements", "all that stands inside the article"),
    "previous_next": Mark("elements", "<nav> to the neighbours of this page, or nothing"),
    "edit": Mark("elements", "the links to edit or report, when the repository's address is known"),
}
"""Every mark there is. A value is given for each, in every page; the empty string where there is nothing."""


@frozen
class Section:
    """A link that every page shows: a tab of the header or a line of the footer, e.g. "Measures"."""

    key: str
    label: str
    """Plain text; the theme escapes it."""
    address: str
    """Where it leads, from the root of the site: "" is home, else ends in a slash ("measures/")."""


def unindented(text: str) -> str:
    """HTML without the blanks that templates put before the tags of a new line: a tenth of a kilobyte of each page, compressed."""
    return _INDENTATION.sub("\n", text)


@frozen
class ShellRequest:
    """A shell that is wanted, e.g. the one around all measures."""

    key: str
    address: str
    """An address of the same depth as the pages it is for: "" or "measures/_/". Only its depth matters."""
    section: str = ""
    """Key of the section shown as the current one; empty where none is."""


@frozen
class ShellPlan:
    """Which shells are wanted, and the links that every one of them shows."""

    requests: Sequence[ShellRequest]
    sections: Sequence[Section]
    footer: Sequence[Section] = ()


@frozen
class Shell:
    """The text of a page, cut at its marks."""

    parts: tuple[str, ...]
    """The fixed text before, between and after the marks: one more than there are marks."""
    marks: tuple[str, ...]
    """The marks in the order in which they stand; one may stand twice."""

    @classmethod
    def from_text(cls, text: str) -> "Shell":
        """Cut a rendered page. An unknown mark, or no body, is a mistake in a theme template."""
        pieces = MARK.split(unindented(text))
        marks = tuple(pieces[1::2])
        unknown = sorted(set(marks) - MARKS.keys())
        if unknown:
            raise ValueError(f"The theme's templates hold unknown marks: {', '.join(unknown)}")
        if "body" not in marks:
            raise ValueError("The theme's templates hold no mark @@body@@")
        return cls(tuple(pieces[0::2]), marks)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the whole page; ``values`` holds one for each of `MARKS`, already escaped for its place."""
        if values.keys() != MARKS.keys():
            odd = sorted(values.keys() ^ MARKS.keys())
            raise KeyError(
                f"Values must be given for exactly the marks there are; these differ: {', '.join(odd)}"
            )
        joined = [self.parts[0]]
        for mark, part in zip(self.marks, self.parts[1:], strict=True):
            joined.append(values[mark])
            joined.append(part)
        return "".join(joined)


@frozen
class Shells:
    """All that the host gave for one configuration: the shells, and the files that pages ask for."""

    shells: Mapping[str, Shell]
    """By the key of their request, and the page for unknown addresses under `NOT_FOUND`."""
    assets: Mapping[str, bytes]
    """The theme's style sheets, scripts and pictures by their path in the site."""


def check_plan(requests: Iterable[ShellRequest], sections: Iterable[Section]) -> None:
    """Raise where a caller's tables contradict themselves: a programmer's mistake."""
    keys: set[str] = set()
    addresses: set[str] = set()
    known = {section.key for section in sections}
    for request in requests:
        if request.key in keys or request.key == NOT_FOUND:
            raise ValueError(f"Two shells are called {request.key!r}")
        if request.address in addresses:
            raise ValueError(f"Two shells are asked for at {request.address!r}")
        if request.address and (not request.address.endswith("/") or request.address.startswith("/")):
            raise ValueError(
                f"The address of a shell ends in a slash and starts without one: {request.address!r}"
            )
        if request.section and request.section not in known:
            raise ValueError(f"Shell {request.key!r} names a section that is not there: {request.section!r}")
        keys.add(request.key)
        addresses.add(request.address)
