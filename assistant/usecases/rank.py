"""Rank: store the user's order, then learn from it; skip, and choose how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, Order, QueryId, Round
from assistant.domain.preferences import agreement
from assistant.personalization.learner import Update
from assistant.settings import LEARNING
from assistant.usecases.examples import example_of
from assistant.usecases.plan import turns_of
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class RankingSaved:
    """The ranking is on disk. `agreement` is the share of its pairs that was expected."""

    round: Round
    agreement: float | None


@dataclass(frozen=True, slots=True)
class RankingLearned:
    """What was updated by it, and in how many seconds."""

    updated: tuple[str, ...]
    seconds: float


def rank(
    services: Services, *, query_id: QueryId, order: Order
) -> Iterator[RankingSaved | RankingLearned]:
    """Store the order, then learn from it. A newer ranking of the same query supersedes."""
    round_, agreed = services.store.run(lambda db: _record(db, query_id, order, services.clock()))
    yield RankingSaved(round_, agreed)
    example = example_of(round_)
    if example is None:
        yield RankingLearned((), 0.0)
        return
    update = services.learner.update(query_id, example)
    keep_update(services, update)
    yield RankingLearned((update.learner,), update.seconds)


def skip(services: Services, *, query_id: QueryId) -> None:
    """No opinion on this query; never taken as a preference."""
    services.store.run(lambda db: db.rounds.set_skipped(query_id, True))


def choose_reply(services: Services, *, query_id: QueryId, letter: str) -> Round:
    """Go on with another reply than the best one; says nothing about preference."""

    def write(db: Database) -> Round:
        round_ = db.rounds.get(query_id)
        try:
            db.rounds.choose(query_id, round_.candidate(letter).id)
        except KeyError:
            raise UsageProblem(f"There is no reply {letter} to this query.") from None
        return db.rounds.get(query_id)

    return services.store.run(write)


def warm_up(services: Services, *, conversation_id: ConversationId, cancel: CancelToken) -> None:
    """While the user reads: evaluate the chosen turn without guidance, for a warm next query."""
    turns = services.store.run(lambda db: turns_of(db, conversation_id))
    services.backend.warm(turns, cancel)


def keep_update(services: Services, update: Update) -> int:
    """Store a learner's new state as the active snapshot; its id."""
    now = services.clock()
    return services.store.run(
        lambda db: db.snapshots.activate(
            update.learner, update.weights, update.rankings, dict(update.metrics), now
        )
    )


def _record(
    db: Database, query_id: QueryId, order: Order, now: float
) -> tuple[Round, float | None]:
    """Write a ranking; the round as it is then, and how much of the ranking was expected."""
    round_ = db.rounds.get(query_id)
    if not round_.candidates:
        raise UsageProblem(f"Query {query_id} has no replies yet; ask it again first.")
    learn = db.settings.get(LEARNING) and db.conversations.get(round_.conversation_id).learn
    db.rankings.add(query_id, order, round_.candidates, now, learn=learn)
    db.rounds.set_skipped(query_id, False)
    best = order.best
    db.rounds.choose(query_id, round_.candidate(best).id if best else None)
    predictions = db.predictions.of([query_id]).get(query_id, ())
    learned = [p.utilities for p in predictions if p.predictor != "prior"]
    return db.rounds.get(query_id), agreement(order, learned[0]) if learned else None
