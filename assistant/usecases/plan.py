"""What is needed to answer one query, stored or still being typed, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.documents import Source
from assistant.domain.errors import UsageProblem
from assistant.domain.model import LETTERS, ConversationId, QueryId, Tag
from assistant.generation.backend import Sampling, Turn
from assistant.generation.prompt import excerpts_text
from assistant.personalization.learner import Example, Policy
from assistant.personalization.premium_prompt import HISTORY
from assistant.settings import (
    INTERESTS,
    PLAIN_SHARE,
    SELECTOR,
    STYLES,
    SYSTEM_TEXT,
)
from assistant.usecases.best import best_of
from assistant.usecases.examples import example_of
from assistant.usecases.presets import model_key, sampling_of

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Plan:
    """One query with all that its candidates are made from."""

    query: str
    turns: tuple[Turn, ...]
    policy: Policy
    sampling: Sampling
    tags: dict[str, Tag]
    history: tuple[Example, ...] = ()  # what the chat model infers tags from, if it shall


def make_plan(db: Database, query_id: QueryId, drafts: int, max_tokens: int | None) -> Plan:
    """Read the plan for a stored query; without `max_tokens` replies are as long as it is set."""
    round_ = db.rounds.get(query_id)
    if round_.candidates:
        raise UsageProblem(f"Query {query_id} has its replies already; ask it as a new query.")
    if not 1 <= drafts <= REPLIES_LIMIT:
        raise UsageProblem(f"Between 1 and {REPLIES_LIMIT} replies can be written, not {drafts}.")
    turns = turns_of(db, round_.conversation_id, until=query_id)
    return plan_of(db, round_.text, turns, drafts, max_tokens)


def plan_of(
    db: Database, query: str, turns: tuple[Turn, ...], drafts: int, max_tokens: int | None = None
) -> Plan:
    """The plan for a query that ends these turns."""
    settings = db.settings
    return Plan(
        query=query,
        turns=turns,
        policy=Policy(
            drafts=drafts,
            interests=settings.get(INTERESTS),
            styles=settings.get(STYLES),
            plain_share=settings.get(PLAIN_SHARE),
        ),
        sampling=sampling_of(db, max_tokens),
        tags={tag.name: tag for tag in db.tags.all()},
        history=latest_examples(db) if settings.get(SELECTOR) == "premium-prompt" else (),
    )


def latest_examples(db: Database) -> tuple[Example, ...]:
    """The last few rankings that may be learned from, the latest last."""
    examples = [example for r in db.rounds.ranked() if (example := example_of(r)) is not None]
    return tuple(sorted(examples, key=lambda example: example.ranking_id)[-HISTORY:])


REPLIES_LIMIT = min(4, len(LETTERS))


def asked(text: str, sources: Sequence[Source]) -> str:
    """The turn of the query to reply to: behind the excerpts of documents that were chosen."""
    excerpts = excerpts_text([(source.label, source.text) for source in sources if source.text])
    return f"{excerpts}\n\n{text}" if excerpts else text


def turns_of(
    db: Database, conversation_id: ConversationId, until: QueryId | None = None
) -> tuple[Turn, ...]:
    """The conversation as the model sees it: system text, each query with its chosen reply.

    Queries without a chosen reply are left out. `until` names a query to end with, on whatever
    path it is; without it the turns are those of the path shown, up to the last chosen reply.
    Excerpts of documents stand in the turn of the query to end with, and in no earlier one.
    """
    turns = [Turn("system", db.settings.of_model(model_key(db), SYSTEM_TEXT))]
    rounds = db.rounds.path_to(until) if until else db.rounds.of_conversation(conversation_id)
    for round_ in rounds:
        if round_.query_id == until:
            turns.append(Turn("user", asked(round_.text, round_.sources)))
            break
        chosen = [c.said for c in round_.candidates if c.id == round_.chosen and c.said]
        if chosen:
            turns += [Turn("user", round_.text), Turn("assistant", chosen[0])]
    return tuple(turn for turn in turns if turn.text)


def turns_before(db: Database, conversation_id: ConversationId | None) -> tuple[Turn, ...]:
    """The turns before a new query; of a round without any opinion the best reply goes on."""
    turns = turns_of(db, conversation_id or ConversationId(0))
    last = db.rounds.of_conversation(conversation_id)[-1:] if conversation_id else ()
    for round_ in last:
        best = best_of(round_)
        if round_.chosen is None and round_.ranking is None and best is not None:
            return (*turns, Turn("user", round_.text), Turn("assistant", best.said))
    return turns
