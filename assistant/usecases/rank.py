"""Rank: store the user's order, then learn from it; skip, and choose how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import Candidate, ConversationId, Order, QueryId, Round
from assistant.domain.preferences import agreement, shown
from assistant.personalization.learner import Update
from assistant.settings import LEARNING
from assistant.usecases.agent import check_trial
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
    before, saved = services.store.run(lambda db: _record(db, query_id, order, services.clock()))
    yield saved
    yield relearn(services, before, saved.round)
    check_trial(services)


def relearn(services: Services, before: Round, after: Round) -> RankingLearned:
    """Bring the learners from what a round was to what it is; nothing to do if neither counts."""
    old, new = example_of(before), example_of(after)
    if old is None and new is None:
        return RankingLearned((), 0.0)
    update = services.learner.update(after.query_id, new)
    keep_update(services, update)
    names = (update.learner, *(other.learner for other in update.others))
    return RankingLearned(names, update.seconds)


def skip(services: Services, *, query_id: QueryId) -> Round:
    """No opinion on this query; never taken as a preference. The round as it is then.

    UsageProblem if there is no such query, or if it is ranked: that would be an opinion.
    """

    def write(db: Database) -> Round:
        if db.rounds.get(query_id).ranking is not None:
            raise UsageProblem("You have ranked these replies; undo that first to have no opinion.")
        db.rounds.set_skipped(query_id, True)
        return db.rounds.get(query_id)

    return services.store.run(write)


def choose_reply(services: Services, *, query_id: QueryId, letter: str, version: int = 0) -> Round:
    """Go on with another reply than the best one; says nothing about preference.

    `version` 0 is the reply as it was written, others are what the user made of it.
    """

    def write(db: Database) -> Round:
        chosen = reply_of(db.rounds.get(query_id), letter)
        db.rounds.choose(query_id, chosen.id)
        db.reply_edits.use(chosen.id, version)
        return db.rounds.get(query_id)

    return services.store.run(write)


def reply_of(round_: Round, letter: str) -> Candidate:
    """The reply of a letter; UsageProblem if there is none."""
    try:
        return round_.candidate(letter)
    except KeyError:
        raise UsageProblem(
            f"There is no reply {letter or 'yet'} to query {round_.query_id}."
        ) from None


def warm_up(services: Services, *, conversation_id: ConversationId, cancel: CancelToken) -> None:
    """While the user reads: evaluate the chosen turn without guidance, for a warm next query."""
    turns = services.store.run(lambda db: turns_of(db, conversation_id))
    services.backend.warm(turns, cancel)


def keep_update(services: Services, update: Update) -> int:
    """Store a learner's new state, and those updated along, as active snapshots; its id."""
    now = services.clock()

    def write(db: Database) -> int:
        ids = [
            db.snapshots.activate(u.learner, u.weights, u.rankings, dict(u.metrics), now)
            for u in (update, *update.others)
        ]
        return ids[0]

    return services.store.run(write)


def _record(
    db: Database, query_id: QueryId, order: Order, now: float
) -> tuple[Round, RankingSaved]:
    """Write a ranking; the round as it was, and as it is then."""
    round_ = db.rounds.get(query_id)
    if not round_.candidates:
        raise UsageProblem(f"Query {query_id} has no replies yet; ask it again first.")
    learn = db.settings.get(LEARNING) and db.conversations.get(round_.conversation_id).learn
    learn = learn and not db.rankings.counts_elsewhere(query_id)
    db.rankings.add(query_id, order, round_.candidates, now, learn=learn)
    db.rounds.set_skipped(query_id, False)
    best = order.best
    db.rounds.choose(query_id, round_.candidate(best).id if best else None)
    predictions = db.predictions.of([query_id]).get(query_id, ())
    expected = shown(predictions)
    agreed = agreement(order, expected.utilities) if expected else None
    return round_, RankingSaved(db.rounds.get(query_id), agreed)
