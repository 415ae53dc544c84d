"""Asking a query, step by step: it is shown as soon as it is stored, then what is replied."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.cancel import CancelToken
from assistant.domain.events import RoundEvent
from assistant.domain.model import ConversationId, QueryId, Round
from assistant.usecases.ask import ask, store_query
from assistant.usecases.services import Services


def asked(
    services: Services,
    text: str,
    conversation: ConversationId | None,
    *,
    drafts: int | None,
    again: QueryId | None,
    instead_of: QueryId | None,
    best: bool | None,
    seed: int,
    cancel: CancelToken,
) -> Iterator[Round | RoundEvent]:
    """First the round without candidates; as `usecases.ask` else."""
    query_id = again or store_query(services, text, conversation, instead_of)
    yield services.store.run(lambda db: db.rounds.get(query_id))
    yield from ask(
        services, text=text, drafts=drafts, again=query_id, best=best, seed=seed, cancel=cancel
    )
