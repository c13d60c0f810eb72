"""`build.py pages --to DIR`: the same pages as Markdown files with front matter, for another site generator.

What stands in a file is `exports.markdown_pages`; what moving to another generator would cost is told in
handbook/decisions/second-way-out.md.
"""

from __future__ import annotations

import sys

from factbook.commands import build
from factbook.commands.options import Options
from factbook.commands.status import WRONG_USE
from factbook.press import MARKDOWN


def run(options: Options) -> int:
    """Writes the pages and says what came of it; 2 where no folder is named, or one that holds something else."""
    if options.to is None:
        print(
            '"pages" needs to be told where the files go. For example: build.py pages --to ../pages',
            file=sys.stderr,
        )
        return WRONG_USE
    return build.build(options, options.to, MARKDOWN)
