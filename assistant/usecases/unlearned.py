"""The same query as if nothing had been learned: no guidance, the same seed, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId
from assistant.generation.backend import Draft, DraftText, GenerationRequest
from assistant.usecases.plan import turns_of
from assistant.usecases.presets import sampling_then
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


def reply_unlearned(
    services: Services, *, query_id: QueryId, letter: str = "", cancel: CancelToken
) -> Iterator[str]:
    """Stream what the model replies without any guidance, with the seed of a reply to compare with.

    `letter` names that reply; without it, it is the chosen one or else the first. UsageProblem if
    the query has no such reply.
    """

    def read(db: Database) -> GenerationRequest:
        round_ = db.rounds.get(query_id)
        compared = (
            [c for c in round_.candidates if c.letter == letter]
            if letter
            else [*(c for c in round_.candidates if c.id == round_.chosen), *round_.candidates]
        )
        if not compared:
            raise UsageProblem(f"Query {query_id} has no reply {letter or 'yet'} to compare with.")
        return GenerationRequest(
            turns_of(db, round_.conversation_id, until=query_id),
            (Draft("", compared[0].seed),),
            sampling_then(db, query_id),
        )

    request = services.store.run(read)
    for event in services.backend.generate(request, cancel):
        if isinstance(event, DraftText):
            yield event.text
