"""What an import comes to: drafts of what there is not, patches to what there is, and lines to paste where a person must choose."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factbook.catalogue import Catalogue
from factbook.editing.commented import Block, Entry, Leaf, read
from factbook.editing.forms import Form, forms_of
from factbook.editing.layout import written
from factbook.imports.comparing import Compared, Ours, compared, designations, missing_names, sections_of
from factbook.imports.drafts import Drafts
from factbook.imports.listed import Listed, ListedName, as_id, as_written, folded
from factbook.imports.programmes import Programme
from factbook.imports.trees import Value, append, field_of
from factbook.model.actor import Actor
from factbook.model.collections import COLLECTIONS
from factbook.model.measure import Designation, Measure
from factbook.model.records import Record
from factbook.model.regime import Regime
from factbook.model.values import DEVICES


@dataclass
class Plan:
    """What would be written and what would be changed."""

    drafts: dict[str, str] = field(default_factory=dict)
    """Texts of new sheets by `collection/id`."""
    kept: list[str] = field(default_factory=list)
    """Drafts of an earlier import that still have blanks: `collection/id`. They stay as they are."""
    compared: list[Compared] = field(default_factory=list)
    changed: dict[str, str] = field(default_factory=dict)
    """New texts of sheets that there are, by id; for a patch, never written."""
    snippets: list[tuple[str, str]] = field(default_factory=list)
    """Lines to paste, each with a sentence that says where."""
    left_out: list[str] = field(default_factory=list)
    """Sentences on what was chosen and has no place among the sheets."""


@dataclass
class Planner:
    """Works out the plan for one publication."""

    catalogue: Catalogue
    unread: Mapping[str, str]
    """Sheets that cannot be read, with their collections."""
    texts: Mapping[str, str]
    """The texts of the sheets by id."""
    drafts: Drafts
    measure: str | None = None
    """The measure, there already or new, that the entries without one are to stand in."""
    plan: Plan = field(default_factory=Plan)
    trees: dict[str, Block] = field(default_factory=dict)

    def add_entries(self, entries: Sequence[Listed]) -> None:
        """Plans for each entry; those that no sheet of ours knows share one draft of a measure."""
        ours = designations(self.catalogue)
        without: list[tuple[Listed, str]] = []
        for listed in entries:
            if listed.number in ours:
                result = compared(self.catalogue, ours[listed.number], listed, self.drafts.day)
                self.plan.compared.append(result)
                for actor in result.actors:
                    self.add_names(actor, result.names)
                for our in result.observed:
                    self.add_observed(our, listed)
            elif listed.thing:
                self.plan.left_out.append(f"{listed.number} {listed.title}: a {listed.thing} is no actor.")
            elif not listed.names:
                self.plan.left_out.append(
                    f"{listed.number}: these files hold no record of it, only rows that belong to it."
                )
            else:
                without += self.add_actor(listed)
        if without:
            self.add_measure(without)

    def add_actor(self, listed: Listed) -> list[tuple[Listed, str]]:
        """The entry with the id of its actor, unless a measure of ours designates the actor already: then lines to paste."""
        actor = self.actor_called(listed)
        if actor is None:
            return [(listed, self.draft_actor(listed))]
        self.add_names(actor, missing_names(actor, listed))
        measures = sorted({link.origin for link in self.catalogue.links_to(actor.id, "designated_in")})
        if not measures or self.measure:
            return [(listed, actor.id)]
        where = ", ".join(self.catalogue.sheets[id].path for id in measures)
        lines = self.lines(self.drafts.designations(listed, actor.id, {}))
        said = f"{actor.id} is designated already, not under the number {listed.number} ({where}). Put the number there, or paste:"
        self.plan.snippets.append((said, lines))
        return []

    def actor_called(self, listed: Listed) -> Actor | None:
        """The actor that has the main name of the entry."""
        wanted = folded(listed.names[0].text)
        return next(
            (
                actor
                for actor in self.catalogue.all(Actor)
                if wanted in {folded(name.text) for name in actor.names}
            ),
            None,
        )

    def draft_actor(self, listed: Listed) -> str:
        """Plans a draft and returns its id; a draft that is there and has blanks is kept."""
        id = as_id(
            as_written(listed.names[0].text, person=listed.kind == "person")
        ) or f"entry-{as_id(listed.number)}".rstrip("-")
        if (
            id in DEVICES
            or id in self.catalogue
            or self.unread.get(id, "actors") != "actors"
            or f"actors/{id}" in self.plan.drafts
        ):
            id = f"{id[:50].rstrip('-')}-{as_id(listed.number)}"
        self.draft("actors", id, self.drafts.actor(listed))
        return id

    def add_measure(self, entries: Sequence[tuple[Listed, str]]) -> None:
        """The entries in the measure that was named, else in a draft."""
        actors = [actor for _, actor in entries]
        id = self.measure or (
            f"listing-of-{actors[0]}" if len(set(actors)) == 1 else f"listings-{self.drafts.source}"
        )
        measure = self.catalogue.find(id, Measure)
        if measure is None:
            id = id[:64].rstrip("-")
            self.draft("measures", id, self.drafts.measure("", entries))
            return
        for listed, actor in entries:
            rules = {
                section: provision.id
                for provision in measure.provisions
                for section in sections_of(self.catalogue, measure, (provision.id,))
            }
            values = self.drafts.designations(listed, actor, rules)
            self.add_items(measure.id, "designations", values)

    def add_programme(self, programme: Programme) -> None:
        """A draft of a regime, or the names that our sheet of it has not."""
        names = (programme.title, programme.key, *programme.aliases)
        wanted = {folded(name) for name in names}
        for regime in self.catalogue.all(Regime):
            known = {folded(name) for name in (regime.title, regime.short_text, *regime.also_called)}
            if known & wanted:
                new = [name for name in names if folded(name) not in known]
                if new:
                    self.add_items(regime.id, "also_called", new)
                return
        self.draft("regimes", as_id(programme.key), self.drafts.regime(programme))

    def draft(self, collection: str, id: str, text: str) -> None:
        """Plans a new sheet; what is there under that id is kept."""
        if id in self.unread or id in self.catalogue:
            self.plan.kept.append(f"{collection}/{id}")
        else:
            self.plan.drafts[f"{collection}/{id}"] = text

    def add_names(self, actor: Actor, names: Sequence[ListedName]) -> None:
        """Names that the list has and the sheet has not, as a change to the sheet."""
        if names:
            values = [
                self.drafts.name(name, "alias" if name.kind == "official" else name.kind) for name in names
            ]
            self.add_items(actor.id, "names", values)

    def add_observed(self, our: Ours, listed: Listed) -> None:
        """The day of the list among the days on which a designation was seen."""
        values = [self.drafts.observed(listed)]
        self.add_items(our.measure.id, "observed", values, ("designations", our.position))

    def add_items(
        self, id: str, name: str, values: Sequence[Value], path: tuple[str | int, ...] = ()
    ) -> None:
        """Adds items to a list of a sheet that there is, or to a list of a block inside it."""
        tree = self.trees.get(id) or read(self.texts[id])
        block = field_of(tree, *path) if isinstance(tree, Block) else None
        if not isinstance(tree, Block) or not isinstance(block, Block):
            return
        self.trees[id] = tree
        model = COLLECTIONS[self.catalogue.collection_of(id)].model
        form = _form_of(model, *(step for step in path if isinstance(step, str)), name)
        append(block, name, [self.drafts.trees.item(form, value) for value in values])
        if name == "observed":
            _by_day(block)
        self.plan.changed[id] = written(tree, model)

    def lines(self, values: Sequence[Value]) -> str:
        """Items as they would stand in a sheet."""
        form = _form_of(Measure, "designations")
        block = Block(
            False,
            [Entry("designations", Block(True, [self.drafts.trees.item(form, value) for value in values]))],
        )
        return "\n".join(written(block, Measure).splitlines()[1:])

    def observed_lines(self, our: Ours, listed: Listed) -> str:
        """The entry to add under `observed` of a designation, as it would stand there."""
        form = _form_of(Designation, "observed")
        item = self.drafts.trees.item(form, self.drafts.observed(listed))
        text = written(Block(False, [Entry("observed", Block(True, [item]))]), Designation)
        return "\n".join(f"    {line}" for line in text.splitlines()[1:])


def patch(path: str, before: str, after: str) -> str:
    """The change of one sheet as a patch, for `git apply`."""
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _by_day(block: Block) -> None:
    """The days on which something was seen, in their order."""
    seen = field_of(block, "observed")
    if isinstance(seen, Block):
        seen.entries.sort(key=_day_of)


def _day_of(entry: Entry) -> str:
    day = field_of(entry.value, "day") if isinstance(entry.value, Block) else None
    return day.value if isinstance(day, Leaf) else ""


def _form_of(model: type[Record], *path: str) -> Form:
    """What a field takes, found by the names of the blocks that it stands in."""
    *around, name = path
    for step in around:
        model = forms_of(model)[step].record or model
    return forms_of(model)[name]
