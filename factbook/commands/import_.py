"""`build.py import FILE …`: official lists → drafts of sheets, patches to those there are, and a comparison by number.

Nothing that exists is overwritten: new sheets are written all or none, changes are printed for `git apply`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from factbook.cache import FOLDER
from factbook.catalogue import Catalogue, join
from factbook.commands.options import Options
from factbook.commands.settings import settings_of
from factbook.commands.status import FINE, PROBLEMS, WRONG_USE
from factbook.editing import choosing, journal
from factbook.editing.texts import read_file
from factbook.imports import comparing, plan, reading
from factbook.imports.comparing import Day
from factbook.imports.drafts import Drafts
from factbook.imports.listed import Listed, UnreadableListError, as_id
from factbook.imports.trees import Trees
from factbook.loading.settings import Settings
from factbook.loading.sheets import Loaded, load
from factbook.model.regime import Regime
from factbook.model.source import Source


def run(options: Options) -> int:
    """Reads the files and does what is asked; 1 where `--compare` finds differences, 2 where files or words are not right."""
    settings = settings_of(options, "Nothing was written.")
    if settings is None:
        return PROBLEMS
    loaded = load(settings)
    catalogue, _ = join(loaded)
    try:
        lists = _read(options)
        day = Day(_dated(options), _list(catalogue, options))
        entries = reading.chosen(lists, options.names, options.numbers, options.programmes)
        source = _source(catalogue, loaded, lists, day, options)
        if options.measure:
            _there_or_free(catalogue, loaded, options.measure, "measures")
    except (UnreadableListError, reading.NotChosenError, choosing.RefusedError) as refusal:
        print(f"{refusal}\nNothing was written.", file=sys.stderr)
        return WRONG_USE
    for shown, form in lists.forms.items():
        print(f"{shown}: {form}")
    print(f"{_number(len(lists.entries), 'entry', 'entries')} on {day.day}.")
    if loaded.unread:
        unread = ", ".join(sorted(loaded.unread))
        print(
            f"Not compared, because they cannot be read: {unread}. “build.py check” says why.",
            file=sys.stderr,
        )
    drafts = Drafts(Trees(loaded.vocabularies), catalogue, day, source, _today(options), _schemas(settings))
    texts = {id: read_file(settings.root / sheet.path).text for id, sheet in catalogue.sheets.items()}
    planner = plan.Planner(catalogue, loaded.unread, texts, drafts, options.measure)
    asked = bool(options.names or options.numbers or options.programmes)
    if options.compare:
        return _compare(planner, lists, entries if asked else None)
    if not asked and lists.entries:
        print(_what_to_ask(lists), file=sys.stderr)
        return WRONG_USE
    planner.add_entries(entries)
    for programme in reading.chosen_programmes(lists, options.programmes):
        planner.add_programme(programme)
    _add_source(planner, lists, entries, options)
    return _carry_out(planner, loaded, options)


def _read(options: Options) -> reading.Lists:
    if not options.arguments:
        raise choosing.RefusedError(
            "Name the files of the list.\nFor example: build.py import sdn.csv --dated 2026-09-30 --uid 90001"
        )
    files = []
    for name in options.arguments:
        try:
            files.append((name, Path(name).read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            raise choosing.RefusedError(f"{name} is not UTF-8 text. Save it again as UTF-8.") from None
        except (FileNotFoundError, IsADirectoryError):
            raise choosing.RefusedError(f"There is no file {name}.") from None
    return reading.read_lists(files)


def _dated(options: Options) -> str:
    if options.dated is None:
        raise choosing.RefusedError(
            "Say of which day the list is, e.g. --dated 2026-09-30; the files do not tell."
        )
    return options.dated


def _list(catalogue: Catalogue, options: Options) -> str | None:
    """The regime that the list is, as asked. Raises RefusedError where there is none of that id, or it is no list."""
    if options.list_id is None:
        return None
    lists = {regime.id: regime.title for regime in catalogue.all(Regime) if regime.kind == "list"}
    if options.list_id in lists:
        return options.list_id
    known = ", ".join(lists) or "none yet; write one with “build.py new regimes ID”"
    raise choosing.RefusedError(
        f'There is no list "{options.list_id}" among the regimes. Lists are: {known}.'
    )


def _source(catalogue: Catalogue, loaded: Loaded, lists: reading.Lists, day: Day, options: Options) -> str:
    """The source that stands for the files: as asked, else the one of that publisher and day, else a new one."""
    if options.source:
        _there_or_free(catalogue, loaded, options.source, "sources")
        return options.source
    if lists.programmes and not lists.entries:
        which = as_id(lists.programmes[0].key) if len(lists.programmes) == 1 else "programmes"
        return f"{as_id(reading.OPENSANCTIONS)}-{which}-{day.day}"
    found = [
        source.id
        for source in catalogue.all(Source)
        if source.kind == "data"
        and source.date
        and str(source.date) == day.day
        and as_id(source.publisher) == as_id(lists.publisher)
    ]
    if len(found) > 1:
        raise choosing.RefusedError(
            f"Several sources are lists of that day: {', '.join(found)}. Say which with --source, or give the id of a new one."
        )
    new = f"{(day.list or '')[:50] or as_id(lists.publisher.split(', ')[-1]) + '-list'}-{day.day}"
    return found[0] if found else new


def _there_or_free(catalogue: Catalogue, loaded: Loaded, id: str, collection: str) -> None:
    """Raises RefusedError where an id is neither that of a sheet of the collection nor free."""
    is_there = id in catalogue and catalogue.collection_of(id) == collection
    if not is_there and loaded.unread.get(id) != collection:
        choosing.a_free_id(catalogue, loaded.unread, id, collection)


def _today(options: Options) -> date:
    """The day on which the drafts are written: as asked, else the machine's."""
    return date.fromisoformat(options.as_of) if options.as_of else datetime.now(tz=UTC).astimezone().date()


def _schemas(settings: Settings) -> str:
    depth = len(Path(settings.content).parts) + 1
    return f"{'../' * depth}{FOLDER}/schemas"


def _what_to_ask(lists: reading.Lists) -> str:
    tags = sorted({tag for entry in lists.entries.values() for tag in entry.programmes})
    known = f"\nProgrammes in these files: {', '.join(tags)}." if tags else ""
    return f"Say which entries: --uid NUMBER, --name NAME or --programme TAG; or --compare for those we have.{known}\nNothing was written."


def _compare(planner: plan.Planner, lists: reading.Lists, asked: Sequence[Listed] | None) -> int:
    """Prints our designations beside the list, by number, and the days of observation to add; 1 where they differ."""
    ours = comparing.designations(planner.catalogue)
    day = planner.drafts.day
    entries = list(lists.entries.values()) if asked is None else asked
    results = [
        comparing.compared(planner.catalogue, ours[entry.number], entry, day)
        for entry in entries
        if entry.number in ours
    ]
    for result in results:
        print(f"\n{_about(planner.catalogue, result)}")
        for our in result.observed:
            path = planner.catalogue.sheets[our.measure.id].path
            print(f"  to add in {path}, under “observed” of designation {our.designation.id}:")
            print(planner.observed_lines(our, result.listed))
    if asked is None and (missing := comparing.not_in_files(ours, lists.entries, day)):
        print("\nOurs, and not in these files (which may be a part of the list):")
        for our in missing:
            print(f"  {our.designation.entry}  {our.anchor}")
    new = [entry.number for entry in entries if entry.number not in ours]
    if new:
        print(f"\nOn the list, and not among ours: {_number(len(new), 'entry', 'entries')}", end="")
        print(
            f" ({', '.join(new)})."
            if len(new) <= 12
            else "; --uid, --name or --programme import some of them."
        )
    differing = [result for result in results if result.differs]
    to_add = sum(len(result.observed) for result in results)
    print(
        f"\n{_number(len(results), 'entry', 'entries')} of the list are among ours: agreeing: "
        f"{len(results) - len(differing)}, differing: {len(differing)}; {_number(to_add, 'observation')} to add, citing {planner.drafts.source}"
        f"{'' if planner.drafts.source in planner.catalogue else ', a source that has no sheet yet'}."
    )
    return PROBLEMS if differing else FINE


def _about(catalogue: Catalogue, result: comparing.Compared) -> str:
    """One entry beside ours, in lines."""
    anchors = ", ".join(our.anchor for our in result.ours)
    lines = [f"{result.listed.number}  {_name(catalogue, result)}  {anchors}"]
    if result.agrees:
        lines.append(f"  agrees: {'; '.join(dict.fromkeys(result.agrees))}")
    lines += [f"  differs: {sentence}" for sentence in dict.fromkeys(result.differs)]
    if result.names:
        lines.append(f"  names that ours lack: {'; '.join(name.text for name in result.names)}")
    lines += [
        f"  not decided: whether {our.anchor} stands on this list; say which list it is with --list"
        for our in result.undecided
    ]
    return "\n".join(lines)


def _name(catalogue: Catalogue, result: comparing.Compared) -> str:
    return (
        result.listed.names[0].text
        if result.listed.complete
        else catalogue.title_of(result.ours[0].designation.actor)
    )


def _add_source(
    planner: plan.Planner, lists: reading.Lists, entries: Sequence[Listed], options: Options
) -> None:
    """A draft of the source, where something cites it and it has no sheet."""
    done = planner.plan
    if planner.drafts.source in planner.catalogue or not (done.drafts or done.changed or done.snippets):
        return
    if lists.entries:
        title = f"Sanctions list: {', '.join(lists.parts)}"
        numbers = ", ".join(entry.number for entry in entries[:20])
        more = f" and {len(entries) - 20} more" if len(entries) > 20 else ""
        note = f"{'Entry' if len(entries) == 1 else 'Entries'} {numbers}{more}."
    else:
        title = f"Programmes: {', '.join(described.key for described in lists.programmes)}"
        note = "The descriptions of these programmes."
    text = planner.drafts.new_source(title, lists.publisher, note, is_own=lists.is_of_its_keeper)
    planner.draft("sources", planner.drafts.source, text)


def _carry_out(planner: plan.Planner, loaded: Loaded, options: Options) -> int:
    """Prints what agrees and what does not, writes the drafts, and prints the patch."""
    settings, done = loaded.settings, planner.plan
    for result in done.compared:
        print(f"\n{_about(planner.catalogue, result)}")
    for sentence in done.left_out:
        print(f"\nLeft out: {sentence}")
    for said, lines in done.snippets:
        print(f"\n{said}\n{lines}")
    files = {f"{settings.content}/{name}.yml": text for name, text in sorted(done.drafts.items())}
    if files and not options.dry_run:
        changes = [journal.Change(path, None, text.encode()) for path, text in files.items()]
        journal.make(settings.root, "import", changes)
    if files:
        print("\nWould be written:" if options.dry_run else "\nWritten:")
    for path, text in files.items():
        print(f"  {path}")
        if options.dry_run:
            print("\n".join(f"    {line}".rstrip() for line in text.splitlines()))
    for name in done.kept:
        print(f"There already, and left as it is: {settings.content}/{name}.yml")
    if files:
        print("Fill in the blanks; “build.py check” says what is missing.")
    if done.changed:
        print(
            "\nChanges to sheets that there are; nothing of them is written. Save them to a file for “git apply”, or paste:\n"
        )
    for id, text in sorted(done.changed.items()):
        path = planner.catalogue.sheets[id].path
        print(plan.patch(path, planner.texts[id], text), end="")
    if not (files or done.changed or done.kept or done.snippets or done.left_out):
        print("\nNothing to add.")
    return FINE


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
