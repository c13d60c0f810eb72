"""The settings of the publication that a line is about, for every command that needs them."""

from __future__ import annotations

from factbook.commands.options import Options
from factbook.loading.settings import Settings, read_settings
from factbook.problems import as_text, counted, in_order


def settings_of(options: Options, so: str = "") -> Settings | None:
    """The settings; None where they cannot be read: that is said, and `so` what comes of it."""
    settings, problems = read_settings(options.config_file)
    if settings is None:
        print(f"{as_text(in_order(problems))}\n\n{counted(problems)} {so}".rstrip())
    return settings
