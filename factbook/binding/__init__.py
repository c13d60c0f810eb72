"""Who is bound: which provisions bind whom, in which act, with regard to whom, on which day; which do not, and why.

A question has three parts and a day: somebody (a value of the list of who is bound), an act, and a target, an actor or a group.
The answer comes from typed fields alone (`binds`, `forbids`, `burdens`, `does_not_forbid`, `reaches`, `whom`, `settles`, designations) and
from chronology. It never says that something is allowed: what nothing recorded forbids may still be forbidden elsewhere. How it is
worded and which questions have a page is `pages.may_i`'s.
"""

from factbook.binding.bearings import Bearing, Standing, Target, asked_by, bearings, targets
from factbook.binding.book import Book, belongs_to
from factbook.binding.cases import Case, Heard, Interval, Ruling, Verdict, heard_on, last_seen

__all__ = [
    "Bearing",
    "Book",
    "Case",
    "Heard",
    "Interval",
    "Ruling",
    "Standing",
    "Target",
    "Verdict",
    "asked_by",
    "bearings",
    "belongs_to",
    "heard_on",
    "last_seen",
    "targets",
]
