"""Actors: names in their scripts, posts over time, designations, relations, and what they said."""

from __future__ import annotations

import re

from factbook.catalogue import Catalogue
from factbook.chronology import designations_of
from factbook.frozen import frozen
from factbook.model.actor import Actor, Post
from factbook.model.briefing import PlainPage
from factbook.model.dates import Bound
from factbook.model.measure import Measure
from factbook.model.records import Name
from factbook.model.regime import Regime
from factbook.model.sheet import display_name
from factbook.model.statement import Statement
from factbook.model.system import System
from factbook.model.values import ID
from factbook.model.walking import anchor_of
from factbook.pages.addresses import address_of
from factbook.pages.charts import relations as charts
from factbook.pages.charts.relations import RelationsChart
from factbook.pages.draft import Draft
from factbook.pages.event import EventRow, event_rows, events_of
from factbook.pages.may_i import questions_about
from factbook.pages.measure import DesignationView, designation_view, statements_about
from factbook.pages.page import FactView, PageRef, ProseView
from factbook.pages.statement import StatementView, in_order_said, statement_view


@frozen
class NameView:
    """One form of a name."""

    anchor: str
    text: str
    lang: str
    kind: str
    garbled: bool
    shown: bool
    """True for the form that the publication shows."""
    seen_in: tuple[PageRef, ...]
    note: str


@frozen
class PostView:
    """An office held."""

    fact: FactView
    role: str
    body: PageRef | None
    body_text: str
    """A body that has no sheet; empty where the role names it."""
    named: str
    """How the role itself names the body that has a sheet, e.g. `TSA` in `Head of the TSA`; empty where it does not."""
    holder: PageRef
    starts: Bound
    until: Bound | None
    observed: tuple[FactView, ...]
    observed_days: tuple[str, ...]

    @property
    def role_in_parts(self) -> tuple[str, str, str]:
        """The role before, at and after the name of the body, so that the body is linked there and not said twice."""
        return self.role.partition(self.named) if self.named else (self.role, "", "")


@frozen
class RelationView:
    """A tie to another actor, read from this side."""

    fact: FactView
    label: str
    other: PageRef
    what: str
    starts: Bound | None
    until: Bound | None
    reverse: bool
    """True when the other actor's sheet says it."""
    own: str
    """What this actor is called, of whom it is said."""


REPLY = PageRef("How to answer what is said here", address_of("briefings", "method"), "right-of-reply")
"""Where a publication says how somebody who is named in it can answer."""


@frozen
class ActorPage:
    """The page of one actor."""

    kind: str
    country: str
    """ISO 3166-1 code, or empty."""
    state_actor: PageRef | None
    """The state that holds the code, where it has a sheet."""
    names: tuple[NameView, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    """The register, the number in it, and the anchor."""
    interest: ProseView | None
    posts: tuple[PostView, ...]
    holders: tuple[PostView, ...]
    """Posts that others held in this body."""
    reply: PageRef | None
    """For a person: how to answer, where the publication says it; else None."""
    designations: tuple[DesignationView, ...]
    may_i: tuple[PageRef, ...]
    """The questions "May I …?" that are answered with regard to it."""
    relations: tuple[RelationView, ...]
    imposes: tuple[PageRef, ...]
    makes: tuple[PageRef, ...]
    said: tuple[StatementView, ...]
    said_about: tuple[StatementView, ...]
    events: tuple[EventRow, ...]
    chart: RelationsChart | None
    """Its relations as a picture; None when it has none."""


def name_views(names: tuple[Name, ...], draft: Draft) -> tuple[NameView, ...]:
    """Every form of a name, the shown one first."""
    shown = display_name(names, "en")
    views = [
        NameView(
            anchor_of("", "names", form),
            form.text,
            form.lang,
            draft.catalogue.label("name-kinds", form.kind),
            form.kind == "garbled",
            form is shown,
            draft.refs(form.seen_in),
            form.note or "",
        )
        for form in names
    ]
    return tuple(sorted(views, key=lambda each: (not each.shown, each.garbled)))


def posts_of(actor: Actor, draft: Draft, *, at: str = "") -> tuple[PostView, ...]:
    """The posts of an actor, the latest first; those at one body when it is named."""
    posts = [post for post in actor.posts if not at or post.of == at]
    posts.sort(key=lambda post: (post.from_.date.earliest.isoformat() if post.from_.date else "", post.id))
    own = draft.sheet is actor
    return tuple(
        PostView(
            fact=draft.fact(post) if own else draft.fact(post, of=actor),
            role=post.role,
            body=draft.ref(post.of) if post.of and ID.fullmatch(post.of) else None,
            body_text=post.of if post.of and not ID.fullmatch(post.of) and post.of not in post.role else "",
            named=body_named(post, draft.catalogue),
            holder=draft.ref(actor.id, f"posts.{post.id}"),
            starts=post.from_,
            until=post.until,
            observed=draft.facts(post.observed) if own else (),
            observed_days=tuple(seen.day.text for seen in post.observed),
        )
        for post in reversed(posts)
    )


def body_named(post: Post, catalogue: Catalogue) -> str:
    """The longest form of the body's name that stands in the role as words of their own."""
    body = catalogue.find(post.of, Actor) if post.of else None
    forms = {each.text for each in body.names if each.kind != "garbled"} if body else set()
    found = [each for each in forms if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", post.role)]
    return max(found, key=lambda each: (len(each), each), default="")


def relations_of(actor: Actor, draft: Draft) -> tuple[RelationView, ...]:
    """Ties that this sheet says, then ties that other sheets say of it."""
    catalogue = draft.catalogue
    short = catalogue.short_of(actor.id)
    own = [
        RelationView(
            draft.fact(each),
            catalogue.label("relation-kinds", each.kind),
            draft.ref(each.actor),
            each.what or "",
            each.from_,
            each.until,
            reverse=False,
            own=short,
        )
        for each in actor.relations
    ]
    others = [
        RelationView(
            draft.fact(each, of=other),
            catalogue.label("relation-kinds", each.kind),
            draft.ref(other.id, f"relations.{each.id}"),
            each.what or "",
            each.from_,
            each.until,
            reverse=True,
            own=short,
        )
        for other in catalogue.origins(actor.id, "related_actor", Actor)
        for each in other.relations
        if each.actor == actor.id
    ]
    return (*own, *others)


def state_of(country: str, draft: Draft) -> PageRef | None:
    """The sheet of the state that holds a country code."""
    state = draft.catalogue.state_of(country)
    return draft.ref(state) if state else None


def view(sheet: Actor, draft: Draft) -> ActorPage:
    """The page of an actor."""
    catalogue = draft.catalogue
    said = catalogue.origins(sheet.id, "said", Statement)
    imposed = [
        *catalogue.origins(sheet.id, "imposes", Measure),
        *catalogue.origins(sheet.id, "imposes", Regime),
    ]
    return ActorPage(
        kind=catalogue.label("actor-kinds", sheet.kind),
        country=sheet.country or "",
        reply=REPLY if sheet.kind == "person" and _says_how_to_reply(catalogue) else None,
        state_actor=state_of(sheet.country, draft) if sheet.country and sheet.kind != "state" else None,
        names=name_views(sheet.names, draft),
        identifiers=tuple(
            (
                catalogue.label("identifier-schemes", each.scheme),
                each.value,
                anchor_of("", "identifiers", each),
            )
            for each in sheet.identifiers
        ),
        interest=draft.prose(sheet.interest),
        posts=posts_of(sheet, draft),
        may_i=questions_about(sheet.id, catalogue),
        designations=tuple(
            designation_view(designation, measure, draft)
            for measure, designation in designations_of(sheet.id, catalogue)
        ),
        relations=relations_of(sheet, draft),
        holders=tuple(
            post
            for holder in catalogue.origins(sheet.id, "posts_held_in", Actor)
            for post in posts_of(holder, draft, at=sheet.id)
        ),
        imposes=tuple(draft.ref(each.id) for each in imposed),
        makes=tuple(draft.ref(each.id) for each in catalogue.origins(sheet.id, "makes", System)),
        said=tuple(statement_view(each, draft) for each in in_order_said(said)),
        said_about=statements_about(sheet.id, draft),
        events=event_rows(events_of(sheet.id, catalogue), catalogue),
        chart=charts.of_actor(sheet, draft),
    )


def _says_how_to_reply(catalogue: Catalogue) -> bool:
    """Whether the page on how we work has a section of that name."""
    page = catalogue.find("method", PlainPage)
    return page is not None and "\n## Right of reply\n" in page.text
