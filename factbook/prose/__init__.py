"""What editors write inside fact sheets and briefings: links, citations, blocks, sentences, sections.

The one place where they are parsed. HTML is left to rendering, and which sheets exist to the catalogue.
"""

from factbook.prose.pieces import (
    FAULTS,
    Block,
    Cite,
    Cites,
    Fault,
    Link,
    Piece,
    Prose,
    Spot,
    Text,
    is_id,
    scan,
    word_at,
)
from factbook.prose.sections import Section, Slugs, fold, oversized_blocks, sections
from factbook.prose.sentences import Sentence, asserts, sentences

__all__ = [
    "FAULTS",
    "Block",
    "Cite",
    "Cites",
    "Fault",
    "Link",
    "Piece",
    "Prose",
    "Section",
    "Sentence",
    "Slugs",
    "Spot",
    "Text",
    "asserts",
    "fold",
    "is_id",
    "oversized_blocks",
    "scan",
    "sections",
    "sentences",
    "word_at",
]
