"""Read ahead: the engine evaluates a query while it is being typed, with what will guide replies.

Asked with the same seed, the same query has its first words at once, whatever guides them. Nothing
of it is stored: a query exists once it is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.model import ConversationId
from assistant.generation.backend import Turn
from assistant.usecases.deal import deal
from assistant.usecases.drafts import drafts_and_best
from assistant.usecases.examples import keep_vectors
from assistant.usecases.plan import Plan, asked, plan_of, turns_before
from assistant.usecases.services import Services
from assistant.usecases.sources import passages_for
from assistant.usecases.write import guidance_texts

if TYPE_CHECKING:
    from assistant.storage.database import Database


def read_ahead(
    services: Services,
    *,
    text: str,
    conversation_id: ConversationId | None = None,
    drafts: int | None = None,
    best: bool | None = None,
    seed: int,
    cancel: CancelToken,
) -> None:
    """Evaluate what `ask` would with the same arguments; less if it is cancelled on the way."""
    text = text.strip()
    if not text:
        return
    plan = _planned(services, text, conversation_id, drafts, best)
    guidance = ("",) * plan.policy.drafts
    if not plan.history:  # else the chat model chooses the tags, once it is asked
        choice = services.learner.begin_choice(text, plan.policy, seed)()
        keep_vectors(services, {one: v for one, v in choice.vectors.items() if one != text})
        if cancel.cancelled:
            return
        dealt = deal(services, plan, choice, seed, cancel)
        guidance = guidance_texts(services, plan, [one.guidance for one in dealt])
    services.backend.warm(plan.turns, cancel, guidance)


def _planned(
    services: Services,
    text: str,
    conversation_id: ConversationId | None,
    drafts: int | None,
    best: bool | None,
) -> Plan:
    """The plan for a query that is not stored, with the passages of documents it would get."""

    def count(db: Database) -> int:
        return drafts_and_best(db, db.rounds.next_id(), services.clock(), drafts, best)[0]

    replies = services.store.run(count)
    passages = (
        passages_for(services, conversation_id=conversation_id, text=text, drafts=replies)
        if conversation_id is not None
        else ()
    )
    query = Turn("user", asked(text, [passage.source for passage in passages]))

    def read(db: Database) -> Plan:
        return plan_of(db, text, (*turns_before(db, conversation_id), query), replies)

    return services.store.run(read)
