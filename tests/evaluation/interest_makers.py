"""Rankings of somebody who likes the first interest of a small library."""

from __future__ import annotations

from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply
from tests.personalization.word_embedder import WordEmbedder

LIBRARY = (
    *(
        Tag(f"Thing {n}", TagKind.INTEREST, f"mention thing{n} first{n} second{n}")
        for n in range(12)
    ),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Long"),
    Tag("Long", TagKind.STYLE, "be long", opposite="Brief"),
)
LIKED = LIBRARY[0]
QUERIES = tuple(f"What about thing {number}?" for number in range(40))
VECTORS = dict(zip(QUERIES, WordEmbedder().embed(QUERIES), strict=True))


def ranking(number: int) -> Example:
    """The reply that speaks of what is liked comes first; none was asked for anything."""
    other = LIBRARY[1 + number % 11].instruction
    texts = (f"A plain reply {number}", f"{LIKED.instruction} {number}", f"{other} {number}")
    replies = tuple(Reply((), place, len(text), text) for place, text in enumerate(texts))
    return Example(number, QUERIES[number], replies, ((1,), (0,), (2,)))
