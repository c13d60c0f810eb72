"""Statements: the words and their chain, what supports and contradicts them, and what came of a prediction."""

from __future__ import annotations

from factbook.catalogue import Catalogue
from factbook.chronology import time_said
from factbook.frozen import frozen
from factbook.model.dates import PartialDate
from factbook.model.source import Source
from factbook.model.statement import Outcome, Prediction, Statement, StatementRelation
from factbook.model.walking import anchor_of
from factbook.pages.draft import Draft
from factbook.pages.page import FactView, Note, PageRef, ProseView
from factbook.provenance import Chain, independence, sources_of, statement_chain


@frozen
class WordsView:
    """Words as they stand in a document."""

    anchor: str
    text: str
    lang: str
    quoted: bool
    """False for twice-translated words: they are given as the document has them, not as the speaker's."""
    label: str
    """Whose words they are."""
    source: PageRef


@frozen
class StanceView:
    """The answer a statement gives to a question, in our reading."""

    question: PageRef
    stance: str
    label: str
    qualifier: str
    reading: ProseView | None


@frozen
class PredictionView:
    """What would settle a prediction, and what came of it."""

    criterion: str
    criterion_label: str
    settles_by: PartialDate | None
    outcome: str
    """A key of the outcomes; `open` while there is none."""
    outcome_label: str
    day: PartialDate | None
    what_came: ProseView | None
    caution: ProseView | None
    notes: tuple[Note, ...]
    overdue: bool
    """True when its day has passed and no outcome is recorded."""


@frozen
class StatementView:
    """One utterance, as it is shown wherever it stands."""

    ref: PageRef
    speakers: tuple[PageRef, ...]
    as_named: str
    spoke_for: tuple[PageRef, ...]
    act: str
    """E.g. `predicts`."""
    hedge: str
    when: PartialDate
    when_basis: str
    gist: str
    words: tuple[WordsView, ...]
    chain: Chain | None
    label: str
    read_in: PageRef
    read_at: str
    notes: tuple[Note, ...]
    stances: tuple[StanceView, ...]
    prediction: PredictionView | None
    doubt: ProseView | None
    note: ProseView | None
    confidence: str
    interests: tuple[str, ...]
    """Stakes of the speakers and of the source, said wherever they are cited."""
    disputed: bool
    """True when another statement contradicts it, whichever of the two says so."""


@frozen
class RelatedStatement:
    """Another statement and how it stands to this one."""

    anchor: str
    """Its address here; empty where the other statement says it."""
    id: str
    label: str
    statement: StatementView
    note: str


@frozen
class StatementPage:
    """The page of one statement."""

    statement: StatementView
    contested: tuple[RelatedStatement, ...]
    """What contradicts it, or what it contradicts; shown side by side with it."""
    related: tuple[RelatedStatement, ...]
    independent: str
    """How many of the sources behind it are known to be independent, in words."""
    about: tuple[PageRef, ...]
    first_in: PageRef
    seen: tuple[PageRef, ...]
    """The sources in which the passage itself was read."""
    facts: tuple[FactView, ...]
    body: ProseView | None


INVERSE = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "qualifies": "qualified by",
    "repeats": "repeated by",
}
"""How a tie is called from the other end."""


def statement_view(statement: Statement, draft: Draft) -> StatementView:
    """A statement with its chain and label, its stances and the fate of its prediction."""
    catalogue = draft.catalogue
    chain = statement_chain(statement, catalogue)
    followed = chain if isinstance(chain, Chain) else None
    read_in = catalogue.get(statement.read_in.source, Source)
    interests = followed.interests if followed else (read_in.interest,) if read_in.interest else ()
    return StatementView(
        ref=draft.ref(statement.id),
        speakers=draft.refs(statement.speakers),
        as_named=statement.as_named or "",
        spoke_for=draft.refs(statement.spoke_for),
        act=catalogue.label("speech-acts", statement.act),
        hedge=statement.hedge or "",
        when=statement.when,
        when_basis=statement.said_on.basis or "",
        gist=statement.gist,
        words=tuple(
            WordsView(
                anchor_of("", "words", words),
                words.text,
                words.lang,
                quoted=words.of == "document" or not (followed and followed.twice_translated),
                label=catalogue.label("words-of", words.of),
                source=draft.ref(words.source or statement.read_in.source),
            )
            for words in statement.words
        ),
        chain=followed,
        label=followed.label if followed else "Chain not established.",
        read_in=draft.ref(statement.read_in.source),
        read_at=statement.read_in.at or "",
        notes=draft.cited(statement.cite),
        stances=tuple(
            StanceView(
                draft.ref(answer.question),
                answer.stance,
                catalogue.label("stances", answer.stance),
                answer.qualifier or "",
                draft.prose(answer.reading),
            )
            for answer in statement.answers
        ),
        prediction=_prediction(statement.prediction, draft) if statement.prediction else None,
        doubt=draft.prose(statement.doubt),
        note=draft.prose(statement.note),
        confidence=catalogue.label("confidence", statement.confidence) if statement.confidence else "",
        interests=interests,
        disputed=bool(contradicting(statement, catalogue)),
    )


def _prediction(prediction: Prediction, draft: Draft) -> PredictionView:
    outcome: Outcome | None = prediction.outcome
    value = outcome.value if outcome else "open"
    overdue = (
        outcome is None and prediction.settles_by is not None and prediction.settles_by.latest < draft.as_of
    )
    return PredictionView(
        criterion=prediction.criterion.rstrip("."),
        criterion_label=draft.catalogue.label("criterion-by", prediction.criterion_by),
        settles_by=prediction.settles_by,
        outcome=value,
        outcome_label=draft.catalogue.label("outcomes", value),
        day=outcome.day if outcome else None,
        what_came=draft.prose(outcome.note) if outcome else None,
        caution=draft.prose(outcome.caution) if outcome else None,
        notes=draft.cited(outcome.cite) if outcome else (),
        overdue=overdue,
    )


def related_statements(statement: Statement, draft: Draft) -> tuple[RelatedStatement, ...]:
    """What it supports and contradicts, and what supports and contradicts it, each pair once."""
    catalogue = draft.catalogue
    found: dict[str, RelatedStatement] = {}

    def add(other: str, relation: StatementRelation, label: str, anchor: str = "") -> None:
        if other != statement.id and other not in found:
            view = statement_view(catalogue.get(other, Statement), draft)
            found[other] = RelatedStatement(anchor, other, label, view, relation.note or "")

    for relation in statement.relations:
        anchor = anchor_of("", "relations", relation)
        add(relation.statement, relation, catalogue.label("statement-relations", relation.kind), anchor)
    for origin in catalogue.origins(statement.id, "related_statement", Statement):
        for relation in origin.relations:
            if relation.statement == statement.id:
                add(origin.id, relation, INVERSE[relation.kind])
    return tuple(found.values())


def contradicting(statement: Statement, catalogue: Catalogue) -> tuple[Statement, ...]:
    """The statements that contradict one, whichever of the two says so."""
    ids = {relation.statement for relation in statement.relations if relation.kind == "contradicts"}
    for origin in catalogue.origins(statement.id, "related_statement", Statement):
        if any(r.kind == "contradicts" and r.statement == statement.id for r in origin.relations):
            ids.add(origin.id)
    return tuple(catalogue.get(id, Statement) for id in sorted(ids))


def in_order_said(statements: list[Statement]) -> list[Statement]:
    """Statements from the first to the last said; on one day by id."""
    return sorted(statements, key=lambda each: (time_said(each.when), each.id))


def view(sheet: Statement, draft: Draft) -> StatementPage:
    """The page of a statement."""
    own = statement_view(sheet, draft)
    related = related_statements(sheet, draft)
    against = {each.id for each in contradicting(sheet, draft.catalogue)}
    contested = tuple(each for each in related if each.id in against)
    return StatementPage(
        own,
        contested,
        tuple(each for each in related if each.id not in against),
        independence(sources_of(sheet, own.chain), draft.catalogue, sheet.id).label,
        draft.refs(sheet.about),
        draft.ref(sheet.first_in),
        draft.refs(sheet.seen),
        draft.facts(sheet.facts),
        draft.prose(sheet.body),
    )
