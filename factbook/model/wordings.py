"""Words that a neutral text does without, each with what to write instead: the engine's own lists.

A publication adds to a list, or permits a word of it, in `content/vocabulary/NAME.yml`. Where such words are looked for, and
where they are nobody's fault, is left to `factbook.checks.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from factbook.frozen import frozen


class Phrase(NamedTuple):
    """A phrase of a list, in lower case."""

    text: str
    better: str = ""
    """What to write instead; empty where the list's own advice will do."""
    permitted: bool = False
    """True of what is no fault, though a phrase of the list stands in it: "how many" beside "many"."""


Phrases: TypeAlias = Mapping[str, tuple[Phrase, ...]]
"""Lists of phrases by the names of their files."""


@frozen
class WordList:
    """One list: the code of its problem, what its words do wrong, and what to do about them."""

    code: str
    title: str
    fault: str
    """What is said of a word that was found, as in `"slammed" judges, and nobody is named who does.`"""
    cure: str
    """The advice for words that have no better wording of their own."""
    phrases: tuple[Phrase, ...]


def _list(code: str, title: str, fault: str, cure: str, lines: str, permitted: str = "") -> WordList:
    """A list from lines of `phrase, phrase -> better wording`, and a line of what is no fault."""
    phrases = [Phrase(words.strip(), permitted=True) for words in permitted.split(",") if words.strip()]
    for line in lines.strip().splitlines():
        words, _, better = line.partition("->")
        phrases += [Phrase(word.strip(), better.strip()) for word in words.split(",")]
    return WordList(code, title, fault, cure, tuple(sorted(phrases)))


WORD_LISTS: Mapping[str, WordList] = {
    "loaded-words": _list(
        "loaded-word",
        "Loaded words",
        "takes a side in our own voice.",
        "Say what was done, by whom and when; or quote the words, with their speaker.",
        """
        admitted, confessed, conceded -> said
        boasted, bragged, gloated, raved -> said
        claimed -> said
        slammed, blasted, lambasted, lashed out, hit out, hit back -> criticised, and quote the words
        vowed -> said that they would
        warned ominously -> warned
        so-called -> the name without it; or quote who calls it so
        notorious, infamous -> what it is known for, with a source
        rogue, pariah -> what was done, and under which law that is forbidden
        puppet, stooge, lackey, crony, cronies -> the office held, and who appointed
        thugs, mob, gang -> who they were
        terrorists, extremists -> the name of the group; or who lists it as terrorist
        draconian, brutal, savage, ruthless, heavy-handed -> what was done
        crippling, devastating, biting, punishing, swingeing -> the effect, with a figure and a source
        toothless, feeble, half-hearted -> what it leaves allowed
        blackmail, bullying, arm-twisting, strong-arming -> what was asked, and what was threatened
        meddling, interference -> what was done
        provocation, provocative -> what was done, and who called it a provocation
        landmark, historic, game-changing, unprecedented -> the first of its kind, with a source that says so
        defiant, defiantly, defied, defies, defying -> what was refused, said or done in spite of it
        heroic, courageous, cowardly, shameful, disgraceful -> what was done
        """,
    ),
    "judgements": _list(
        "unattributed-judgement",
        "Judgements that nobody signs",
        "judges, and nobody is named who does.",
        'Leave it out; or say whose judgement it is, also where it is ours: "Our reading: …".',
        """
        obviously, clearly, evidently, undoubtedly, undeniably, unquestionably
        no doubt, without doubt, beyond doubt, needless to say, it goes without saying
        it is clear that, it is obvious that, the fact is, the truth is, make no mistake
        of course, naturally, unsurprisingly, predictably, inevitably
        surprisingly, remarkably, astonishingly, incredibly, shockingly, ironically, tellingly
        unfortunately, regrettably, sadly, fortunately, thankfully, luckily, hopefully
        rightly, wrongly, justifiably, unjustly, arguably
        worryingly, alarmingly, disturbingly
        """,
        permitted="say clearly, says clearly, said clearly, stated clearly, write clearly, writes clearly, wrote clearly",
    ),
    "undated-words": _list(
        "undated-word",
        "Days that nobody can find again",
        "is a different day for each reader.",
        'Write the day for which a source shows it, as in "on 19 December 2025" or "as of December 2025".',
        """
        today, yesterday, tomorrow, tonight
        currently, presently, at present, at the moment, right now, as we speak
        nowadays, these days, to date, up to now, until now
        recently, lately, of late, in recent days, in recent weeks, in recent months, in recent years
        this week, this month, this year, last week, last month, last year, next week, next month, next year
        a few days ago, a few weeks ago, a few months ago, a few years ago, some time ago
        soon, shortly, in the near future, in the coming weeks, in the coming months, in the coming years
        ongoing -> when it began, and the last day on which it was seen to go on
        upcoming, forthcoming -> the day for which it is planned
        """,
    ),
    "vague-quantities": _list(
        "vague-quantity",
        "Quantities that nobody can check",
        "is a quantity that nobody can check.",
        "Give the figure with its source. Where the source has none either, cite it: then the vagueness is its own.",
        """
        many, numerous, countless, several, various, sundry, umpteen
        a number of, a large number of, a great number of, a range of, a variety of, an array of, a host of
        a lot of, lots of, plenty of, a great deal of, a handful of, a couple of, a few, quite a few
        dozens of, scores of, hundreds of, thousands of, tens of thousands of, millions of, billions of
        the majority of, the vast majority, a majority of, a large part of, a large share of, the bulk of
        massive, huge, enormous, vast, tiny -> the size, with its source
        skyrocketed, soared, surged, plummeted, plunged, collapsed -> rose or fell, from what to what
        """,
        permitted="how many, as many, so many, too many",
    ),
    "unnamed-tellers": _list(
        "unnamed-teller",
        "Tellers without a name",
        "has no name that a reader could ask.",
        "Name who says so; or link the statement in which it was said, which shows who hid the name.",
        """
        experts say, experts said, experts believe, experts think, experts agree, experts warn, according to experts
        analysts say, analysts said, analysts believe, analysts think, analysts agree, according to analysts
        observers say, observers believe, commentators say, pundits say, according to observers
        critics say, critics argue, supporters say, supporters argue, opponents say, opponents argue
        sources say, sources said, according to sources, according to reports, reports say, reportedly
        officials say, officials said, insiders say, diplomats say
        some say, some believe, some argue, some experts, some analysts, some observers, some media, some reports
        some officials, some sources, others say, others argue, others believe
        many say, many believe, many argue, many experts, many analysts, most experts, most analysts
        it is said, it is believed, it is thought, it is understood, it is feared, it is hoped, it is reported
        is said to, are said to, is believed to, are believed to, is thought to, are thought to
        is widely seen, is widely believed, is widely regarded, is often told, is often said, widely believed
        allegedly, purportedly, supposedly -> who alleges it
        rumoured, rumors, rumours -> who told whom, and when; or leave it out
        """,
    ),
}
"""By the name of the file in `content/vocabulary/` that adds to it."""

BY_LIST: Phrases = {name: words.phrases for name, words in WORD_LISTS.items()}
"""The engine's phrases, before a publication has its say."""
