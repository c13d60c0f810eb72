"""`build.py show ID`: a sheet in short, with its links both ways and what is wrong with it."""

from __future__ import annotations

import sys

from factbook import publication
from factbook.commands.options import Options
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing
from factbook.editing.in_short import in_short
from factbook.problems import as_text, counted, in_order


def run(options: Options) -> int:
    """Prints the sheet; 2 with the nearest id where there is none of that name."""
    content = publication.read_and_check(options.config_file, as_of=options.as_of)
    if content.settings is None or content.catalogue is None or content.as_of is None:
        problems = in_order(content.problems)
        print(f"{as_text(problems)}\n\n{counted(problems)}")
        return PROBLEMS
    try:
        id = choosing.existing(content.catalogue, content.unread, options.arguments[0])
    except choosing.RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    for line in in_short(content.catalogue, id, content.problems, content.as_of, content.settings.site_url):
        print(line)
    return FINE
