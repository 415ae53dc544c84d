"""Sources: which passages of a conversation's documents a query is answered with.

Passages are ranked twice, by the likeness of their vectors to the query's and by BM25 over its
words, and the two orders are mixed by reciprocal rank fusion (Cormack et al. 2009): likeness finds
other words for the same thing, words find names and numbers. The best ones that fit into the budget
of tokens are taken, in the order in which they stand in the documents.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

from assistant.domain.errors import UserError
from assistant.domain.model import ConversationId, QueryId
from assistant.generation.backend import Turn
from assistant.generation.prompt import Budget
from assistant.personalization.learner import EMBEDDER
from assistant.settings import DOCUMENT_TOKENS, SYSTEM_TEXT
from assistant.storage.documents import Passage
from assistant.usecases.drafts import most_drafts
from assistant.usecases.plan import asked
from assistant.usecases.presets import model_key, sampling_of
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

RANKED = 50  # passages of each order that are mixed
FUSION = 60  # the constant of the method's publication: how little a single first place decides
MOST = 8  # passages in one prompt
SHARE = 4  # documents take no more than this part of the context
GUIDANCE_ROOM = 128  # tokens kept free for each reply's guidance


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what speaks for it: `score` is the fused one, `likeness` a cosine."""

    passage: Passage
    score: float
    likeness: float | None  # None where vectors could not be computed


def find_passages(
    services: Services, *, conversation_id: ConversationId | None, text: str
) -> tuple[Found, ...]:
    """The passages that fit a query best, the best first, of a conversation's documents.

    None looks through the documents of all conversations.
    """

    def read(db: Database) -> tuple[dict[int, bytes], list[int]]:
        return (
            db.documents.vectors(conversation_id),
            db.documents.with_words(conversation_id, text, RANKED),
        )

    vectors, by_words = services.store.run(read)
    if not vectors:
        return ()
    likeness = _likeness(services, text, vectors)
    by_likeness = sorted(likeness, key=lambda one: -likeness[one])[:RANKED]
    scores = fuse((by_likeness, by_words))
    best = sorted(scores, key=lambda one: (-scores[one], one))[:MOST]
    passages = services.store.run(lambda db: db.documents.passages(best))
    return tuple(Found(p, scores[p.id], likeness.get(p.id)) for p in passages)


def choose_sources(
    services: Services,
    *,
    query_id: QueryId,
    drafts: int | None = None,
    max_tokens: int | None = None,
) -> None:
    """Note which passages stand in the prompt of a stored query; none without documents."""
    round_ = services.store.run(lambda db: db.rounds.get(query_id))
    if round_.candidates:
        return  # they were written with what stands there
    passages = passages_for(
        services,
        conversation_id=round_.conversation_id,
        text=round_.text,
        drafts=drafts,
        max_tokens=max_tokens,
    )
    if passages or round_.sources:
        services.store.run(lambda db: db.documents.set_sources(query_id, passages))


def passages_for(
    services: Services,
    *,
    conversation_id: ConversationId,
    text: str,
    drafts: int | None = None,
    max_tokens: int | None = None,
) -> tuple[Passage, ...]:
    """What a query would be answered with, as it would stand in the prompt; nothing is stored."""
    found = find_passages(services, conversation_id=conversation_id, text=text)
    if not found:
        return ()
    room = _room(services, text, drafts, max_tokens)
    chosen: list[Passage] = []
    for one in found:
        wider = sorted([*chosen, one.passage], key=lambda passage: passage.id)
        turn = asked("", [passage.source for passage in wider])
        if len(services.backend.tokenise(turn)) <= room:
            chosen = wider
    return tuple(chosen)


def fuse(orders: Sequence[Sequence[int]]) -> dict[int, float]:
    """Reciprocal rank fusion: the sum over the orders of 1 / (FUSION + rank)."""
    scores: dict[int, float] = {}
    for order in orders:
        for rank, one in enumerate(order, start=1):
            scores[one] = scores.get(one, 0.0) + 1 / (FUSION + rank)
    return scores


def _likeness(services: Services, text: str, vectors: Mapping[int, bytes]) -> dict[int, float]:
    """Cosine of each passage with the query; none if the query cannot be embedded."""
    try:
        query = query_vector(services, text)
    except UserError:
        return {}  # the embedding model is missing: words still find something
    left = _floats(query)
    return {
        one: sum(map(mul, left, _floats(vector)))
        for one, vector in vectors.items()
        if len(vector) == len(query)  # of the embedding model in use, not of an earlier one
    }


def query_vector(services: Services, text: str) -> bytes:
    """The vector of a query, known or computed."""
    known = services.store.run(lambda db: db.embeddings.get([text], EMBEDDER))
    return known[text] if text in known else services.learner.vectors([text])[text]


def _room(services: Services, text: str, drafts: int | None, max_tokens: int | None) -> int:
    """Tokens that excerpts may take, so that the query with its replies fits all the same."""

    def read(db: Database) -> tuple[int, int, int, str]:
        return (
            db.settings.get(DOCUMENT_TOKENS),
            most_drafts(db, drafts),
            sampling_of(db, max_tokens).max_tokens,
            db.settings.of_model(model_key(db), SYSTEM_TEXT),
        )

    wanted, replies, longest, system = services.store.run(read)
    context = services.backend.info().context
    budget = Budget(context, max(1, replies), longest)
    needed = services.backend.count_tokens((Turn("system", system), Turn("user", text)))
    left = context - needed - budget.drafts * (budget.reserve + GUIDANCE_ROOM)
    return min(wanted, context // SHARE, left)


def _floats(vector: bytes) -> tuple[float, ...]:
    """A stored vector (little-endian float32, of length one)."""
    return struct.unpack(f"<{len(vector) // 4}f", vector)
