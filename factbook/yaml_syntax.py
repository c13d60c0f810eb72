"""YAML that cannot be read, explained: where the slip was made, and what would be right, in an editor's words.

YAML's reader says what it expected where it gave up, which is often a line too late. The tokens that it had read until then and
the lines around tell what was meant. Reading itself is left to `yaml_text`, and of the configuration to `loading.settings`.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from factbook.characters import code_point
from factbook.frozen import frozen

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELD = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<name>[\w-]+):(?: +(?P<value>.*))?")
_GLUED = re.compile(r"\s*(?:- +)*(?P<name>[a-z_]+):(?P<value>[^\s/].*)")
_SIGNS = "@`%&*!|>?,]}-{["
"""Signs that mean something else to YAML when a text starts with them."""


@frozen
class Slip:
    """Where YAML could not be read, and what would be right."""

    line: int
    column: int
    sentence: str


def slip(error: yaml.MarkedYAMLError, text: str, *, first_line: int = 1) -> Slip:
    """What an editor has to hear about a text that could not be read; `first_line` is its first line in the file."""
    found = _slip(error, text)
    number = re.sub(r"\{(\d+)\}", lambda match: str(int(match[1]) + first_line), found.sentence)
    return Slip(found.line + first_line, found.column + 1, number)


def _slip(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """The same with lines and columns counted from zero; a line inside the sentence stands in braces."""
    mark = error.problem_mark or error.context_mark
    rows = text.split("\n")
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    said = f"{error.context or ''} {error.problem or ''}"
    row = rows[line] if line < len(rows) else ""
    if "\t" in row[: column + 1]:
        return Slip(line, row.index("\t"), "There is a tab in this line. Indent with spaces.")
    opened = error.context_mark
    if found := _pasted(rows, line, opened):
        return found
    for words, explain in _EXPLAINED:
        if words in said and (found := explain(rows, line, column, opened, text)):
            return found
    return Slip(line, column, _sign(rows, line, column) or _GENERAL)


_GIT = re.compile(r"<{7} |={7}$|>{7} ")
_WIDE = re.compile(r"[ -]*(?:[\w-]+:)?(?P<blank>[\u00a0\u2000-\u200a\u202f\u3000])")
"""A blank that YAML takes for a letter, where only a space makes sense: before a field or after its colon."""


def _pasted(rows: list[str], line: int, opened: Any) -> Slip | None:
    """Signs that came with what was put together or copied."""
    for number, row in enumerate(rows[: line + 1]):
        if _GIT.match(row):
            sentence = (
                "This mark is git's: two versions of these lines met. Keep the right one, and take out the other and the "
                "lines that start with <<<<<<<, ======= and >>>>>>>."
            )
            return Slip(number, 0, sentence)
    for number in (line, line - 1, opened.line if opened is not None else line):
        row = rows[number] if 0 <= number < len(rows) else ""
        if wide := _WIDE.match(row):
            sentence = (
                f"There is a blank here that is no plain space ({code_point(wide['blank'])}), as web pages have it. "
                "Delete it and type a space."
            )
            return Slip(number, wide.start("blank"), sentence)
    return None


_GENERAL = "This is not valid YAML. Check the indentation, colons and quotes of this line and the one above."


def _second_colon(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    field = _FIELD.match(rows[line])
    if field and field["value"] and field.start("value") < column:
        goes_on = line + 1 < len(rows) and _indent(rows[line + 1]) > _indent(rows[line])
        return Slip(
            line,
            column,
            f'The value of "{field["name"]}" holds a colon and a space, which would start another field. '
            f"Put the whole value in quotes{'' if goes_on else _shown(field['name'], field['value'])}.",
        )
    above = _above(rows, line)
    if above is None:
        return None
    if glued := _GLUED.fullmatch(rows[above]):
        return Slip(
            above,
            glued.end("name"),
            f'There is no space after the colon. Write "{glued["name"]}: {_cut(glued["value"])}".',
        )
    held = _FIELD.match(rows[above])
    if held and held["value"] and _indent(rows[line]) > _indent(rows[above]):
        return Slip(
            line,
            _indent(rows[line]),
            f'This line starts further in than "{held["name"]}" above, which holds a value already. '
            f"Start both in the same column ({_indent(held['lead'], dash=True) + 1}).",
        )
    if held is None and _indent(rows[above]) == _indent(rows[line]) and _may_begin(rows, above):
        return _without_colon(rows, above)
    return None


def _may_begin(rows: list[str], line: int) -> bool:
    """Whether a field may begin here: nothing stands above, or a field that waits for what is in it."""
    above = _above(rows, line)
    held = None if above is None else _FIELD.match(rows[above])
    return above is None or (held is not None and not held["value"])


def _without_colon(rows: list[str], line: int) -> Slip:
    sentence = (
        f'This line has no colon: "{_cut(rows[line].strip())}". Write "name: value"; a text that goes on from the line above '
        "is indented further than its field."
    )
    return Slip(line, _indent(rows[line]), sentence)


def _no_field(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    quoted = _last_quoted(text, line, column)
    row = rows[line] if line < len(rows) else ""
    field = _FIELD.match(row)
    if field and field["value"] and field["value"][0] in "[{" and field.start("value") < column:
        return Slip(line, field.start("value"), _sign(rows, line, column) or _GENERAL)
    if quoted is not None and quoted.end_mark.line == line and quoted.end_mark.column <= column:
        start = quoted.start_mark
        sign = text[start.index] if start.index < len(text) else '"'
        if start.line < line:
            return Slip(
                start.line,
                start.column,
                f"The quotation mark that is opened here is closed only in line {{{line}}}. Close it where the text ends.",
            )
        return Slip(
            line,
            quoted.end_mark.column - 1,
            f"The quoted text ends at this mark, and the line goes on. {_INNER[sign]}"
            if sign in _INNER
            else _GENERAL,
        )
    if not row.strip():
        return None
    starts = _starts(rows, line)
    if column == _indent(row) and starts and column not in starts:
        if row.lstrip().startswith("- "):
            dashes = [_indent(other) for other in rows[:line] if other.lstrip().startswith("- ")]
            above = f"; the one above in column {dashes[-1] + 1}. Start both in the same" if dashes else ""
            return Slip(line, column, f"This dash stands in column {column + 1}{above}.")
        return Slip(
            line,
            column,
            f"This line starts in column {column + 1}; the lines above start in {_columns(starts)}. "
            "Indent it like the field that it belongs beside, or further in than the text that it goes on with.",
        )
    if row.lstrip().startswith("-"):
        return Slip(
            line,
            column,
            "A field was expected here and a list begins. Write the name of the field above it, and indent the dash.",
        )
    return Slip(
        line,
        column,
        "A field was expected here. Check that the line is indented like its neighbours, and that quotation marks are closed.",
    )


_INNER = {
    '"': "Put the whole text in single quotes ('…') when it holds double ones.",
    "'": "Inside single quotes write '' for an apostrophe, or put the whole text in double quotes.",
}
"""What to do with a quotation mark inside a quoted text, by the mark that opened it."""


def _no_colon(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    at = opened.line if opened is not None else line
    if glued := _GLUED.fullmatch(rows[at]):
        return Slip(
            at,
            glued.end("name"),
            f'There is no space after the colon. Write "{glued["name"]}: {_cut(glued["value"])}".',
        )
    return _without_colon(rows, at)


def _no_dash(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    item = next((row for row in reversed(rows[:line]) if row.lstrip().startswith("- ")), None)
    if item is None:
        return None
    dash = _indent(item)
    fields = len(item) - len(item.lstrip("- "))
    if column == dash:
        return Slip(
            line,
            column,
            f"This line starts in column {column + 1}, where the dashes of the list above stand. Start it with a dash, "
            "or further left, beside the field that the list belongs to.",
        )
    return Slip(
        line,
        column,
        f"This line starts in column {column + 1}. Indent it like the other fields of the item above (column {fields + 1}), "
        f"or start a new item with a dash (column {dash + 1}).",
    )


def _open_quote(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    at = opened or None
    return Slip(
        at.line if at else line,
        at.column if at else column,
        "The quotation mark that is opened here is never closed. Close it.",
    )


def _open_bracket(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    if opened is None or opened.line == line:
        return Slip(line, column, "A comma is missing here, or the bracket is not closed.")
    sign = rows[opened.line][opened.column] if opened.column < len(rows[opened.line]) else "["
    return Slip(
        opened.line,
        opened.column,
        f'The "{sign}" that is opened here is not closed, or a comma is missing after it. If it begins a text, put the text in quotes.',
    )


def _escape(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    return Slip(
        line, column, "A backslash in double quotes starts a special character. Use single quotes ('…')."
    )


def _dash_in_line(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    return Slip(
        line,
        column,
        "A list starts on a line of its own: put the dash below the name of the field. If it is no list, put the text in quotes.",
    )


def _block_sign(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    return Slip(
        line,
        max(column - 1, 0),
        'A text of several lines begins on the line after "|" or ">". Begin it there, or put the text in quotes.',
    )


def _not_beside(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    starts = _starts(rows, line)
    if not starts or column in starts:
        return None
    return Slip(
        line,
        column,
        f"This line starts in column {column + 1}; the lines above start in {_columns(starts)}. Indent them alike.",
    )


def _second_part(rows: list[str], line: int, column: int, opened: Any, text: str) -> Slip | None:
    return Slip(line, column, 'The line "---" begins a second part, which is not read. Remove it.')


_EXPLAINED = (
    ("mapping values are not allowed", _second_colon),
    ("did not find expected key", _no_field),
    ("could not find expected ':'", _no_colon),
    ("did not find expected '-' indicator", _no_dash),
    ("unexpected end of stream", _open_quote),
    ("did not find expected ',' or", _open_bracket),
    ("found unknown escape character", _escape),
    ("block sequence entries are not allowed", _dash_in_line),
    ("did not find expected comment or line break", _block_sign),
    ("did not find expected <document start>", _not_beside),
    ("but found another document", _second_part),
)
"""What libyaml says, and who finds out what an editor meant."""


def _sign(rows: list[str], line: int, column: int) -> str | None:
    """For a text that starts with a sign of YAML's own."""
    field = _FIELD.match(rows[line]) if line < len(rows) else None
    if field and field["value"] and field["value"][0] in _SIGNS:
        return f'A text that starts with "{field["value"][0]}" stands in quotes{_shown(field["name"], field["value"])}.'
    return None


def _last_quoted(text: str, line: int, column: int) -> Any:
    """The quoted text just before the place at which YAML gave up."""
    last = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if (token.start_mark.line, token.start_mark.column) >= (line, column):
                break
            if isinstance(token, yaml.ScalarToken):
                last = token if token.style in ("'", '"') else None
    except yaml.YAMLError:
        pass
    return last


def _above(rows: list[str], line: int) -> int | None:
    """The nearest line above that holds more than a comment."""
    held = (
        n for n in range(min(line, len(rows)) - 1, -1, -1) if rows[n].strip() and rows[n].lstrip()[0] != "#"
    )
    return next(held, None)


def _starts(rows: list[str], line: int) -> list[int]:
    """The columns in which the lines above start that this one could stand beside, innermost first."""
    starts: list[int] = []
    for row in reversed(rows[:line]):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        column = _indent(row)
        if not starts or column < min(starts):
            starts.append(column)
        if column == 0:
            break
    return starts


def _columns(starts: list[int]) -> str:
    names = [str(start + 1) for start in sorted(starts)]
    return f"column {names[0]}" if len(names) == 1 else f"columns {', '.join(names[:-1])} or {names[-1]}"


def _indent(row: str, *, dash: bool = False) -> int:
    return len(row) if dash else len(row) - len(row.lstrip())


def _cut(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:60].rsplit(' ', 1)[0]} …"


def _shown(name: str, value: str) -> str:
    """The field as it would be right, where it is short enough to show."""
    text = value.rstrip()
    if len(text) > 60 or '"' in text or "\\" in text:
        return ""
    return f': {name}: "{text}"'
