"""Ask: from a query to candidates, streamed, stored as they grow, with the order expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem, UserError
from assistant.domain.events import Notice, RoundEvent, RoundFinished, RoundStarted
from assistant.domain.model import LETTERS, ConversationId, QueryId, Round
from assistant.personalization.learner import Choice
from assistant.usecases.best import best_of, go_on_with_best, promising
from assistant.usecases.deal import Dealt, deal
from assistant.usecases.drafts import drafts_and_best
from assistant.usecases.examples import keep_vectors, replies_of
from assistant.usecases.infer_tags import infer_tags
from assistant.usecases.plan import Plan, make_plan
from assistant.usecases.services import Services
from assistant.usecases.sources import choose_sources
from assistant.usecases.write import write_candidates

if TYPE_CHECKING:
    from assistant.storage.database import Database

TITLE_LENGTH = 48


def ask(
    services: Services,
    *,
    text: str,
    conversation_id: ConversationId | None = None,
    drafts: int | None = None,
    max_tokens: int | None = None,
    seed: int | None = None,
    again: QueryId | None = None,
    instead_of: QueryId | None = None,
    best: bool | None = None,
    cancel: CancelToken,
) -> Iterator[RoundEvent]:
    """Ask `text` in a conversation (a new one if None); `again` retries a query without replies.

    `instead_of` makes it another version of an earlier query; nothing of the old one is lost. With
    `best` one of the replies goes on at once, to be shown alone. What is None is as it is set.

    The query is on disk before anything else happens. Ends with RoundFinished, also when
    cancelled: what was written until then is kept.
    """
    started = services.timer()
    seed = services.random.getrandbits(31) if seed is None else seed
    query_id = again or store_query(services, text, conversation_id, instead_of)
    services.learner.pause(True)
    try:
        plan, best = _planned(services, query_id, drafts, max_tokens, best)
        yield from _write_round(services, query_id, plan, seed, best, cancel)
    finally:
        services.learner.pause(False)
    finished = services.store.run(lambda db: db.rounds.get(query_id))
    yield RoundFinished(finished, services.timer() - started)


def _write_round(
    services: Services,
    query_id: QueryId,
    plan: Plan,
    seed: int,
    best: bool,
    cancel: CancelToken,
) -> Iterator[RoundEvent]:
    """The replies, with the order expected of them, and with `best` the one that goes on."""
    choice = _chosen(services, plan, seed, cancel)
    dealt = deal(services, plan, choice, seed, cancel)
    round_ = _store_candidates(services, query_id, plan, dealt)
    lead = promising(round_.candidates) if best else None
    yield RoundStarted(round_, lead.id if lead else None)
    yield from write_candidates(services, plan, round_, cancel)
    yield from predict_order(services, round_.query_id)
    if lead is not None:
        read = lead.id if cancel.cancelled else None
        yield from go_on_with_best(services, round_.query_id, read)


def _planned(
    services: Services,
    query_id: QueryId,
    drafts: int | None,
    max_tokens: int | None,
    best: bool | None,
) -> tuple[Plan, bool]:
    """All that is needed to reply, with the passages of documents chosen and noted before; and
    whether only the best reply is shown.
    """

    def count(db: Database) -> tuple[int, bool]:
        asked_at = db.rounds.get(query_id).created_at
        return drafts_and_best(db, query_id, asked_at, drafts, best)

    replies, alone = services.store.run(count)
    choose_sources(services, query_id=query_id, drafts=replies, max_tokens=max_tokens)
    return services.store.run(lambda db: make_plan(db, query_id, replies, max_tokens)), alone


def _chosen(services: Services, plan: Plan, seed: int, cancel: CancelToken) -> Choice:
    """The tag sets of the candidates; the engine reads the conversation while they are chosen."""
    pending = services.learner.begin_choice(plan.query, plan.policy, seed)
    try:
        inferred = infer_tags(services, plan, seed, cancel)
        services.backend.warm(plan.turns, cancel)
    finally:
        choice = pending()
    keep_vectors(services, choice.vectors)
    return replace(choice, sets=inferred) if inferred else choice


def store_query(
    services: Services,
    text: str,
    conversation_id: ConversationId | None,
    instead_of: QueryId | None = None,
) -> QueryId:
    """Put the query on disk, in a new conversation if None; the query before it is settled.

    UsageProblem if there is nothing in `text`.
    """
    text = text.strip()
    if not text:
        raise UsageProblem("The query is empty; write what you would like to know.")
    now = services.clock()

    def write(db: Database) -> QueryId:
        conversation = conversation_id
        if instead_of is not None:
            conversation = db.rounds.get(instead_of).conversation_id
        if conversation is None:
            conversation = db.conversations.add(_title(text), now)
        else:
            db.conversations.get(conversation)
            db.conversations.touch(conversation, now)
            for earlier in db.rounds.of_conversation(conversation)[-1:]:
                _settle(db, earlier)
        return db.rounds.add_query(conversation, text, now, instead_of)

    return services.store.run(write)


def _settle(db: Database, round_: Round) -> None:
    """Going on without a ranking means no opinion: the reply chosen, or the best, continues."""
    if round_.ranking is None and not round_.skipped:
        db.rounds.set_skipped(round_.query_id, True)
    best = best_of(round_)
    if round_.chosen is None and round_.ranking is None and best is not None:
        db.rounds.choose(round_.query_id, best.id)


def _title(text: str) -> str:
    """A conversation's first name: the beginning of its first query."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _store_candidates(
    services: Services, query_id: QueryId, plan: Plan, dealt: tuple[Dealt, ...]
) -> Round:
    """Store the candidates, empty."""
    model = services.backend.info()

    def write(db: Database) -> Round:
        db.rounds.set_model(query_id, model.name, model.sha256, asdict(plan.sampling))
        for place, one in enumerate(dealt):
            db.rounds.add_candidate(
                query_id,
                letter=LETTERS[place],
                place=place,
                guidance=one.guidance,
                origin=one.chosen.origin,
                propensity=one.chosen.propensity,
                seed=one.seed,
            )
        return db.rounds.get(query_id)

    return services.store.run(write)


def predict_order(services: Services, query_id: QueryId) -> Iterator[Notice]:
    """Store the order expected before the user can rank; without it the round still counts.

    What was expected of replies that have become longer since is forgotten.
    """
    round_ = services.store.run(lambda db: db.rounds.get(query_id))
    try:
        expected = services.learner.expect(round_.text, replies_of(round_))
    except UserError as error:
        yield Notice(str(error), problem=True)
        return
    now = services.clock()

    def write(db: Database) -> None:
        db.predictions.forget(query_id)
        for predictor, utilities in expected.items():
            by_letter = {c.letter: u for c, u in zip(round_.candidates, utilities, strict=True)}
            db.predictions.add(query_id, predictor, by_letter, now)

    services.store.run(write)
