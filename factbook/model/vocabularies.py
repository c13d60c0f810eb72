"""The closed lists: every value that a field of kind `Keyword` may hold, with its label and its border to its neighbours.

The keys that the engine computes with are fixed here. A publication may relabel and define them anew in
`content/vocabulary/NAME.yml`, and add keys where a list is open.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import Annotated, ClassVar

from pydantic import Field

from factbook.frozen import frozen
from factbook.model.records import Record
from factbook.model.values import Flag, Id, Key, Line, Text
from factbook.model.wordings import WORD_LISTS


@frozen
class Value:
    """One value of a closed list."""

    label: str
    definition: str = ""
    not_to_be_confused_with: str = ""
    opensanctions: str | None = None
    """The value of OpenSanctions' list of measures that means the same; None where there is none."""
    one: str = ""
    """One of them with its article, where the value names people."""
    also: tuple[str, ...] = ()
    """Other values of the list that whoever or whatever has this one is as well: a bank is a person, and who pays deals in property."""
    asked: tuple[str, ...] = ()
    """Of those who are bound: acts of which their page is kept, whatever the sheets say of them."""


@frozen
class Vocabulary:
    """One closed list."""

    title: str
    values: dict[str, Value] = field(default_factory=dict)
    open: bool = False
    """True where a publication may add values."""
    whole: bool = True
    """False where what the publication adds could not be read: a value that is not here may be in it."""

    def label(self, key: str) -> str:
        return self.values[key].label if key in self.values else key


def _closed(title: str, **labels: str) -> Vocabulary:
    return Vocabulary(title, {key.replace("_", "-"): _value(text) for key, text in labels.items()})


def _value(text: str) -> Value:
    label, definition, border = (*text.split(" | "), "", "")[:3]
    return Value(label, definition, border)


def _open(title: str, **labels: str) -> Vocabulary:
    return replace(_closed(title, **labels), open=True)


VOCABULARIES: dict[str, Vocabulary] = {
    "confidence": _closed(
        "How sure we are",
        high="high confidence | An official text or list record was seen, or two independent reports agree, or one sound report of an undisputed fact.",
        medium="medium confidence | One report, an inferred date, a reconstruction, or general knowledge added to a sourced fact.",
        low="low confidence | A single weak or unclear source; printed with its doubt.",
    ),
    "statuses": _closed(
        "State of a measure",
        in_force="in force",
        ended="ended",
        unknown="not known",
    ),
    "regime-kinds": _closed(
        "Kinds of regime",
        statute="statute | An act of a legislature.",
        order="order | An order of the executive under a statute.",
        framework="framework | A standing decision under which listings are made.",
        guidance="guidance | What an authority publishes about how it reads the law; it sanctions nobody.",
        list="list | A register of those named under one or several regimes.",
    ),
    "measure-kinds": _open(
        "Kinds of measure",
        designation="designation | Naming of actors under a sanctions regime.",
        programme_decision="programme decision | Exclusion from a joint programme; not a sanction.",
        export_restriction="export restriction | Refusal or suspension of export permits for a destination.",
        trade_measure="trade measure | A tariff or quota.",
        political_restraint="political restraint | A practice without legal force that has the same effect.",
        statutory_requirement="statutory requirement | A rule that a legislature lays on the executive or on transfers.",
        counter_measure="counter-measure | An answer in kind to another's measure.",
    ),
    "provision-kinds": _open(
        "Kinds of provision",
        blocking="blocking | Property is frozen and dealings with it are barred. | Not a limit on single kinds of dealing: that is a financial restriction.",
        financial_restrictions="financial restriction | A limit on loans, debt, payments or exchange short of blocking.",
        export_control="export restriction | Licences or goods are refused.",
        export_credit="export credit ban | Official guarantees, insurance or credit for exports are refused.",
        ifi_votes="vote against loans | A state votes against loans by international institutions.",
        investment_ban="investment ban | Buying equity or debt is barred.",
        procurement_ban="procurement ban | Public bodies may not buy.",
        entry_ban="entry ban | Visas and entry are refused.",
        officers="sanctions on officers | Restrictions carried over to principal officers.",
        transfer_ban="transfer ban | Named goods may not be handed over.",
        programme_exclusion="programme exclusion | A place in a joint programme is withdrawn.",
        tariff="tariff | A duty on imports.",
        mandate="duty to sanction | A legislature orders the executive to impose something.",
        sales_hold="hold on sales | Arms sales are not let through.",
    ),
    "bound-parties": _open(
        "Who is bound",
        persons="persons under the law of whoever imposes it",
        financial_institutions="financial institutions",
        authorities="public authorities",
        exporters="exporters",
        importers="importers",
        named="those who are named",
    ),
    "groups": _open(
        "Groups that one deals with",
        others="others, who are not named",
    ),
    "acts": _open(
        "Acts",
        lend="lend or give credit",
        guarantee="guarantee or insure",
        license="license",
        export="export or re-export",
        vote="vote for",
        pay="pay or transfer credit",
        exchange="deal in foreign exchange",
        hold_property="deal in property",
        invest="invest",
        buy="buy",
        sell="sell",
        travel="enter or get a visa",
        transfer="hand over",
        train="train",
        make_parts="make parts",
        import_="import",
        notify="notify a sale",
        use="use",
        repay="repay",
    ),
    "event-kinds": _open(
        "Kinds of event",
        sanction="sanctions",
        law="law",
        deal="deal",
        delivery="delivery",
        test="test",
        decision="decision",
        talks="talks",
        report="report",
        appointment="appointment",
        conflict="conflict",
        statement="statement",
        listing="listing",
    ),
    "actor-kinds": _closed(
        "Kinds of actor",
        state="state",
        public_body="public body",
        company="company",
        organisation="organisation",
        alliance="alliance",
        person="person",
        outlet="outlet",
    ),
    "system-kinds": _open(
        "Kinds of system",
        air_defence="air-defence system",
        combat_aircraft="combat aircraft",
        helicopter="helicopter",
        engine="engine",
        programme="programme",
        radar="radar",
        missile="missile",
        drone="drone",
        naval="naval system",
        vehicle="vehicle",
    ),
    "relation-kinds": _open(
        "Ties between actors",
        part_of="part of",
        under="answers to",
        owns="owns",
        owned_by="owned by",
        sold_to="sold to",
        bought_from="bought from",
        member_of="member of",
        succeeds="succeeds",
        partner_of="works with",
        ally_of="ally of",
        rival_of="rival of",
        advises="advises",
        founded="founded",
        offers_to="offers to",
    ),
    "system-relations": _closed(
        "Ties between systems",
        part_of="part of",
        rival_of="rival of",
        replaces="replaces",
        variant_of="variant of",
        uses="uses",
    ),
    "event-relations": _closed(
        "Ties between events",
        formal_notice_of="formal notice of",
        part_of="part of",
        follows="follows",
        corrects="corrects",
    ),
    "measure-relations": _closed(
        "Ties between measures",
        carries_out="carries out",
        goes_with="goes with",
        follows="follows",
        answers="answers",
        compared_with="compared with",
    ),
    "statement-relations": _closed(
        "How statements stand to each other",
        supports="supports",
        contradicts="contradicts",
        qualifies="qualifies",
        repeats="repeats",
    ),
    "speech-acts": _closed(
        "What a statement does",
        asserts="asserts",
        predicts="predicts",
        denies="denies",
        promises="promises",
        recommends="recommends",
        asks="asks",
    ),
    "stances": _closed(
        "Answers to a question",
        agrees="yes",
        partly="partly",
        disagrees="no",
        no_view="does not say",
    ),
    "outcomes": _closed(
        "What came of a prediction",
        happened="happened",
        partly="partly",
        not_so_far="not so far",
        open="open",
        unresolvable="cannot be resolved",
    ),
    "criterion-by": _closed(
        "Who set the criterion",
        speaker="criterion set by the speaker",
        us="criterion set by us",
    ),
    "words-of": _closed(
        "Whose words",
        speaker="the speaker’s own words",
        document="the document’s words",
    ),
    "source-kinds": _closed(
        "Kinds of source",
        law="law",
        official="official",
        press="press",
        analysis="analysis",
        reference="reference work",
        data="data",
        aggregator="aggregator | Republishes others’ text and reports nothing itself.",
    ),
    "readings": _closed(
        "How much was read",
        whole="read whole",
        excerpt="read as an excerpt",
        quoted_elsewhere="read as quoted elsewhere",
        not_seen="not seen",
    ),
    "origins": _closed(
        "Where a source's content comes from",
        own_reporting="own reporting",
        primary="primary | The instrument or record itself.",
        derived="taken from another source",
        unknown="not established",
    ),
    "derivations": _closed(
        "What was done on the way",
        reports="reports",
        quotes="quotes",
        translates="translates",
        summarises="summarises",
        republishes="republishes",
    ),
    "translators": _closed(
        "Who translated", human="by a person", machine="by machine", unknown="by whom not known"
    ),
    "name-kinds": _closed(
        "Kinds of name",
        official="official",
        native="native",
        transliteration="transliteration",
        alias="also",
        former="formerly",
        acronym="acronym",
        garbled="garbled form",
    ),
    "scripts": _closed(
        "Scripts", Latn="Latin", Cyrl="Cyrillic", Arab="Arabic", Grek="Greek", Hans="Chinese", Armn="Armenian"
    ),
    "identifier-schemes": _open("Registers", wikidata="Wikidata", opensanctions="OpenSanctions", lei="LEI"),
    "change-kinds": _closed(
        "Kinds of change", changed="changed", corrected="corrected", retracted="retracted", status="status"
    ),
    "weights": _closed("Weight", major="major", minor="minor"),
    "conditions": _closed(
        "What a condition waits for",
        in_force="is in force | Of a measure, a regime or a provision: it holds, or did when last seen.",
        ended="has ended | Of a measure, a regime, a provision or a designation.",
        unknown="is in a state not known | Of a measure or a regime.",
        happened="has happened | Of a prediction.",
        partly="has happened in part | Of a prediction.",
        not_so_far="has not happened so far | Of a prediction.",
        open="is open | Of a prediction.",
        unresolvable="cannot be resolved | Of a prediction.",
        contradicted="is contradicted | Of a statement: another one stands against it.",
        withdrawn="is withdrawn | Of a source: by whoever published it.",
    ),
    "signers": _open(
        "Who signs an answer",
        editor="the editor",
        analyst="an analyst",
        lawyer="a lawyer",
    ),
}
VOCABULARIES["acts"].values["import"] = VOCABULARIES["acts"].values.pop("import-")

PHRASE_LISTS = ("assertions", *WORD_LISTS)
"""Vocabulary files that hold phrases rather than values; `assertions`: phrases that assert something and need a citation.
The others add to a list of words that a neutral text does without."""


class VocabularyValue(Record):
    """One value in a vocabulary file."""

    KEY = ("key",)

    key: Key
    """What sheets write."""
    label: Line
    """What readers see."""
    definition: Text | None = None
    """What it means here, and where it ends. Absent: as in the engine's own list, if it has one."""
    not_to_be_confused_with: Text | None = None
    """The neighbour that it is mistaken for, and the difference. Absent: as in the engine's own list."""
    opensanctions: Line | None = None
    """The value of OpenSanctions' list of measures that means the same. Absent: there is none."""
    one: Line | None = None
    """In the list of who is bound: one of them with its article, as "a bank in the harbour"; a question begins with it. Absent: the label."""
    also: tuple[Id, ...] = ()
    """In the lists of who is bound and of acts: others of the list that this is as well, so that their rules count for it: a bank
    is a person, and who pays deals in property. Absent: none."""
    asked: tuple[Id, ...] = ()
    """In the list of who is bound: acts for which "May I …?" keeps a page, although no sheet decides anything of it (any more). Absent: none."""


class Wording(Record):
    """A phrase that a neutral text does without, and what to write instead."""

    KEY = ("phrase",)

    phrase: Line
    """As it would stand in a sentence; upper and lower case count alike."""
    better: Line
    """What to write instead; printed with the problem, after "Better:"."""


class VocabularyFile(Record):
    """`content/vocabulary/NAME.yml`: labels and definitions of a closed list, or a list of phrases."""

    COLLECTION: ClassVar[str] = "vocabulary"

    title: Line
    """What the list is called."""
    open: Flag = False
    """`true` where a publication may add values; for people only, the engine knows which lists are open."""
    values: tuple[VocabularyValue, ...] = ()
    """The values, each with its label."""
    phrases: Annotated[tuple[Line, ...], Field()] = ()
    """Phrases, in a file that lists phrases rather than values."""
    wordings: tuple[Wording, ...] = ()
    """Phrases to do without, each with what to write instead, in a file that adds to a list of words."""
    permits: tuple[Line, ...] = ()
    """What is no fault in this publication, in a file that adds to a list of words: a phrase of the engine's list, or a longer
    one that holds it, e.g. a term of the field."""
