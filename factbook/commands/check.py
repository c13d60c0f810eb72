"""`build.py check`: every problem of the publication, in one run; nothing is built."""

from __future__ import annotations

from factbook import publication
from factbook.commands.options import Options
from factbook.problems import FORMATS, counted, in_order, unacceptable


def run(options: Options) -> int:
    """Prints all problems in the format asked for; 1 when they would stop a build."""
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    publication.renew_schemas(content)
    problems = in_order(content.problems)
    if problems:
        print(FORMATS[options.format](problems))
    if options.format == "text":
        print(f"\n{counted(problems)}" if problems else counted(problems))
    return 1 if unacceptable(problems, strict=options.strict) else 0
