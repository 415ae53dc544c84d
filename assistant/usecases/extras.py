"""Extras: what the exploiting candidates get besides tags: a prompt of the pool, winning replies.

Both stand behind the query with the tags, so that the prefix that all candidates share stays
shared. Each is off unless its setting is on; what they cost is one more stretch of prompt.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.model import Candidate, Guidance, Origin, Round
from assistant.generation.prompt import exemplars_text
from assistant.personalization.exemplars import Winner, choose_exemplars
from assistant.personalization.learner import EMBEDDER, ChosenTags
from assistant.personalization.prompt_pool import Entry, Outcome, nearest, prompt_for
from assistant.settings import EXEMPLARS, PROMPTS
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database
    from assistant.storage.prompts import StoredPrompt

HELPS = 0.5  # a prompt's value is the probability that its reply beats one without it


@dataclass(frozen=True, slots=True)
class Extras:
    """What is added to the guidance of candidates that exploit what is known."""

    prompt: str | None = None
    exemplars: tuple[int, ...] = ()

    def guidance(self, chosen: ChosenTags) -> Guidance:
        """Tags and extras of one candidate."""
        if chosen.origin is not Origin.EXPLOIT:
            return Guidance(tags=chosen.tags)
        return Guidance(tags=chosen.tags, prompt=self.prompt, exemplars=self.exemplars)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read for one query: its vector, the prompt chosen, the winners to choose from."""

    vector: list[float]
    prompt: str | None
    winners: tuple[Winner, ...]


def choose_extras(services: Services, query: str, vector: bytes) -> Extras:
    """Prompt and exemplars for a query with its vector; nothing if all is switched off."""
    known = services.store.run(lambda db: _read(db, query, vector))
    if known is None:
        return Extras()
    winners = choose_exemplars(
        known.vector, known.winners, lambda text: len(services.backend.tokenise(text))
    )
    return Extras(known.prompt, tuple(winner.candidate for winner in winners))


def exemplar_texts(services: Services, given: Sequence[Guidance]) -> list[str]:
    """The text of each guidance's exemplars; empty where it has none."""
    wanted = {number for guidance in given for number in guidance.exemplars}
    if not wanted:
        return [""] * len(given)

    def read(db: Database) -> dict[int, tuple[str, str]]:
        return {
            int(candidate.id): (ranked.text, candidate.text)
            for ranked in db.rounds.ranked()
            for candidate in ranked.candidates
            if candidate.id in wanted
        }

    pairs = services.store.run(read)
    return [exemplars_text([pairs[n] for n in one.exemplars if n in pairs]) for one in given]


def entry_of(stored: StoredPrompt) -> Entry:
    """A stored prompt as the pool's logic sees it.

    What it did in another data file counts for its score; the numbers of those cases are below 0,
    so that they are no query's here.
    """
    here = [(int(o.query_id), o.value, o.said) for o in stored.outcomes]
    others = [(-n, o.value, o.said) for n, o in enumerate(stored.elsewhere, start=1)]
    outcomes = {case: Outcome(value, value > HELPS, said) for case, value, said in here + others}
    return Entry(stored.text, outcomes)


def winner_of(round_: Round) -> Candidate | None:
    """The reply ranked first, if it may be learned from and has a text."""
    if round_.ranking is None or not round_.ranking.learn or round_.ranking.order.best is None:
        return None
    best = round_.candidate(round_.ranking.order.best)
    return best if best.text else None


def _read(db: Database, query: str, vector: bytes) -> _Known | None:
    """What the settings ask for; None if that is nothing."""
    use_prompts, use_exemplars = db.settings.get(PROMPTS), db.settings.get(EXEMPLARS)
    if not use_prompts and not use_exemplars:
        return None
    ranked = db.rounds.ranked()
    stored = db.embeddings.get({r.text for r in ranked}, EMBEDDER)
    vectors = {text: _floats(one) for text, one in {query: vector, **stored}.items()}
    known = [r for r in ranked if r.text in vectors]
    return _Known(
        vectors[query],
        _retrieved(db, vectors, known, query) if use_prompts else None,
        _winners(db, vectors, known) if use_exemplars else (),
    )


def _winners(
    db: Database, vectors: dict[str, list[float]], known: Sequence[Round]
) -> tuple[Winner, ...]:
    """Every reply that was ranked first, but for those of deleted conversations."""
    shown = {conversation.id for conversation in db.conversations.all()}
    return tuple(
        Winner(best.id, r.text, best.text, vectors[r.text])
        for r in known
        if r.conversation_id in shown and (best := winner_of(r)) is not None
    )


def _retrieved(
    db: Database, vectors: dict[str, list[float]], known: Sequence[Round], query: str
) -> str | None:
    """Retrieval-of-Prompt: who did best on the nearest queries tried; only prompts that help."""
    allowed = [prompt for prompt in db.prompts.all() if not prompt.banned]
    pool = [entry for entry in map(entry_of, allowed) if entry.score > HELPS]
    tried = {case for entry in pool for case in entry.outcomes}
    cases = {int(r.query_id): vectors[r.text] for r in known if r.query_id in tried}
    chosen = prompt_for(pool, nearest(vectors[query], cases))
    return chosen.prompt if chosen else None


def _floats(vector: bytes) -> list[float]:
    """A stored vector (little-endian float32)."""
    return list(struct.unpack(f"<{len(vector) // 4}f", vector))
