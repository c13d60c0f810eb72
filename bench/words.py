"""The words of synthetic sheets: invented names in three scripts, and English prose that says nothing about anybody.

Everything comes from a number or from a seeded `Random`; what a sheet holds is left to `sheets`.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

_SYLLABLES = (
    *(("ka", "ka", "ка", "كا"), ("şi", "si", "ши", "شي"), ("ğu", "gu", "гу", "غو"), ("ra", "ra", "ра", "را")),
    *(("lı", "li", "лы", "لي"), ("men", "men", "мен", "من"), ("to", "to", "то", "تو")),
    *(("vü", "vu", "вю", "فو"), ("dar", "dar", "дар", "دار"), ("zey", "zey", "зей", "زي")),
    *(("ben", "ben", "бен", "بن"), ("nur", "nur", "нур", "نور"), ("ço", "co", "чо", "تشو")),
    *(
        ("tek", "tek", "тек", "تك"),
        ("sa", "sa", "са", "سا"),
        ("mi", "mi", "ми", "مي"),
        ("göl", "gol", "гёл", "غول"),
    ),
    *(
        ("or", "or", "ор", "ور"),
        ("ha", "ha", "ха", "ها"),
        ("pe", "pe", "пе", "بي"),
        ("bal", "bal", "бал", "بال"),
    ),
    *(("kır", "kir", "кыр", "كير"), ("fe", "fe", "фе", "في"), ("un", "un", "ун", "ون")),
)
_NOUNS = """agency agreement aircraft airfield amendment approval arsenal assembly authority ban bank barrel basin
battery bill board border boycott breach bridge brigade broker budget bureau cabinet cable canal cargo carrier
ceiling certificate charter claim clause coast column commission committee company condition conference consignment
consortium contract convoy council court cover credit crew customs dam deadline deal debt decree defence delegation
delivery denial deposit depot deputy dispute dock draft drill duty embargo engine envoy escort evidence exchange
exemption expert export factory fee ferry finding fleet foundry freight frigate frontier fuel fund gazette grant
ground guarantee guard gulf harbour hearing hull import index industry inquiry inspection institute insurance
investment island judge junction law lawyer leader ledger lender letter levy licence line list loan lock machine
mandate manifest market meeting memorandum merchant message metal mill minister ministry mission motor negotiation
network notice objection office officer official order outpost owner panel parliament partner patrol payment permit
pier pilot pipeline plant pledge policy port power premium price prize procedure producer programme project proposal
protest protocol provision purchase quarry quay quota radar railway rate receipt refinery refusal register
regulation reply report request reserve resolution restriction review ridge rifle river road route ruling sale
sanction schedule sea sector seller senate shaft shipment shipyard signal source stamp statute station steel strait
subsidy summit supplier surplus survey tanker tariff terminal testimony threshold title tower trade training
transfer treasury treaty turbine valley vessel veto vote voyage waiver warehouse warrant waterway wharf winter
witness workshop yard""".split()
_ADJECTIVES = """additional annual armed bilateral broad central civil coastal combined common confidential customary
distant domestic double early eastern effective exclusive external final financial flat foreign former formal general
heavy high indirect industrial internal joint large late legal limited local long lower major maritime military
minor mobile national naval new northern official old open overland partial permanent political preliminary
principal private provisional public rapid recent regional remote revised senior separate severe short small southern
special standing strategic strict technical temporary unusual upper vague western wide written""".split()
_VERBS = """accepted adopted announced answered approved blocked bought called cancelled changed checked closed
confirmed contested copied counted criticised declared defended delayed delivered denied described doubted drafted
ended examined explained extended feared followed forgot found held heard ignored joined kept lifted listed loaded
lowered measured mentioned met missed moved named noted opened ordered owned paid passed planned postponed praised
printed promised proposed questioned raised read refused rejected released renewed repeated replaced reported
requested restored returned revised sent settled shared signed sold started stopped suspended took traced tried
warned welcomed withdrew wrote""".split()
_PLACES = "in the harbour|at the border|before the court|on the coast|in the north|along the line|behind closed doors|in public|in the valley|without a word|on paper|under protest|by a narrow vote|for the first time|in practice|as before".split(
    "|"
)
_MONTHS = "January February March April May June July August September October November December".split()


class Word(NamedTuple):
    """An invented proper name in its spellings."""

    native: str
    """With Turkish letters."""
    ascii: str
    cyrillic: str
    arabic: str


def word(number: int) -> Word:
    """The invented name with a number; no two numbers below eight million have the same."""
    size = len(_SYLLABLES)
    mixed = (number % size**3) * 7919 % size**3
    digits = [mixed % size, mixed // size % size, mixed // size**2]
    rest = number // size**3
    while rest:
        digits.append(rest % size)
        rest //= size
    parts = [_SYLLABLES[digit] for digit in digits]
    native, latin, cyrillic, arabic = ("".join(part[form] for part in parts) for form in range(4))
    return Word(native.capitalize(), latin.capitalize(), cyrillic.capitalize(), arabic)


def noun(random: Random) -> str:
    """A noun, some far more often than others."""
    return _NOUNS[int(len(_NOUNS) * random.random() ** 2)]


def adjective(random: Random) -> str:
    """An adjective, some far more often than others."""
    return _ADJECTIVES[int(len(_ADJECTIVES) * random.random() ** 2)]


def phrase(random: Random) -> str:
    """A few words, as `the maritime insurance`."""
    return f"the {adjective(random)} {noun(random)}" if random.random() < 0.6 else f"the {noun(random)}"


def sentence(random: Random, link: str = "", figure: bool = False) -> str:
    """A sentence of about 16 words without its full stop, perhaps about a linked sheet, perhaps with a figure or a month."""
    who = link or phrase(random)
    text = f"{who[0].upper()}{who[1:]} {_verb(random)} {phrase(random)} of {phrase(random)}"
    if figure:  # never last: a line that begins with a number and a full stop is a list to Markdown
        money = f"worth {random.randrange(2, 990)} million dollars"
        month = f"in {random.choice(_MONTHS)} {random.randrange(2012, 2026)}"
        return f"{text}, {money if random.random() < 0.5 else month}, {_place(random)}"
    text = f"{text} {_place(random)}"
    ending = random.randrange(3)
    if ending == 0:
        return f"{text}, and {phrase(random)} {_verb(random)} {phrase(random)}"
    if ending == 1:
        return f"{text}, since {phrase(random)} had {_verb(random)} {phrase(random)} {_place(random)}"
    return text


def day(random: Random, first: int = 2014, last: int = 2025) -> str:
    """A day, written as sheets write it."""
    return f"{random.randrange(first, last + 1)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"


def _verb(random: Random) -> str:
    return _VERBS[int(len(_VERBS) * random.random() ** 2)]


def _place(random: Random) -> str:
    return _PLACES[random.randrange(len(_PLACES))]
