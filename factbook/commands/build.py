"""`build.py` and `build.py build`: check, then build the site; on any error the site stays as it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from factbook import imprint, press, publication, search
from factbook.cache import Cache
from factbook.commands import said
from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import MACHINE_FAILED, PROBLEMS, WRONG_USE
from factbook.loading.settings import Settings, refused_by_host
from factbook.problems import Severity, as_text, counted
from factbook.rendering import faults
from factbook.rendering.shell import Shells
from factbook.rendering.shell_key import shells_key
from factbook.workshop import WriteError
from factbook.writing import ForeignFolderError

if TYPE_CHECKING:  # read late
    from factbook.press import Form

SAID_IN_A_BUILD = ("shallow-clone",)
"""Notes that are about the copy at hand, not about the content: they fail nothing, and whoever builds has to hear them."""


def run(options: Options) -> int:
    """Builds the site and says in a few lines what came of it."""
    return build(options, options.site_dir, press.HTML)


def build(options: Options, folder: Path | None, form: Form) -> int:
    """Writes the pages in a form to a folder, else where the settings say, and says in a few lines what came of it."""
    settings = settings_of(options, "Nothing was built.")
    if settings is None:
        return PROBLEMS
    site_dir = folder or settings.root / settings.site_dir
    try:
        shells = shells_for(settings)
        outcome = publication.publish(
            settings,
            shells,
            site_dir=site_dir,
            search=options.search,
            as_of=options.as_of,
            strict=options.strict,
            jobs=options.jobs,
            form=form,
        )
    except ForeignFolderError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except (WriteError, search.SearchError) as error:
        print(error, file=sys.stderr)
        return MACHINE_FAILED
    except (HostRefusedError, faults.StoppedError) as error:
        refused = (
            refused_by_host(options.config_file, str(error))
            if isinstance(error, HostRefusedError)
            else [faults.template_fault(error, settings.root)]
        )
        print(as_text(refused))
        print(f"\n{counted(refused)} Nothing was built.")
        return PROBLEMS
    shown = [p for p in outcome.problems if p.severity is not Severity.NOTE or p.code in SAID_IN_A_BUILD]
    if outcome.applied is None:
        if shown:
            print(as_text(shown) + "\n")
        print(f"{counted(outcome.problems)} Nothing was built.")
        if outcome.unread:
            print(said.not_looked_into(outcome.unread))
        return PROBLEMS
    applied = outcome.applied
    came: said.Built = {
        "shown": as_text(shown),
        "counted": counted(outcome.problems) if outcome.problems else "",
        "pages": outcome.pages,
        "site": str(site_dir),
        "unchanged": applied.unchanged,
        "links": outcome.links,
        "reach": outcome.reach,
    }
    status = said.built(**came, written=applied.written, removed=applied.removed)
    said.keep(
        options.line, outcome.looks, "built", {**came, "unchanged": applied.written + applied.unchanged}
    )
    return status


class HostRefusedError(Exception):
    """MkDocs did not take the configuration."""


def shells_for(settings: Settings) -> Shells:
    """The shells from the cache, or made by MkDocs and kept."""
    plan = imprint.shell_plan(settings)
    own = [settings.root / settings.templates / "theme"] if settings.templates else []
    key = shells_key(
        settings.config_file,
        plan.requests,
        plan.sections,
        plan.footer,
        parts=[*own, *(settings.root / each for each in settings.by_host)],
        settings=[settings.site_url],
    )
    cache = Cache(settings.root)
    kept = cache.get("shells", key)
    if isinstance(kept, Shells):
        return kept
    from factbook.site import SettingsError, make_shells  # late: starting MkDocs costs more than all else

    try:
        shells = make_shells(settings.config_file, plan.requests, plan.sections, plan.footer)
    except SettingsError as error:
        raise HostRefusedError(str(error)) from error
    cache.put("shells", key, shells)
    return shells
