"""Undo: take the last ranking of a query back; the state is as if it had never been made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId, Round
from assistant.usecases.rank import relearn
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Undone:
    """The round as it is now: unranked, or with the ranking that the undone one had superseded."""

    round: Round
    updated: tuple[str, ...]
    seconds: float


def undo(services: Services, *, query_id: QueryId, every: bool = False) -> Undone:
    """Take back the ranking that counts, or with `every` also those that it had superseded.

    UsageProblem if the query has none.
    """

    def write(db: Database) -> tuple[Round, Round]:
        round_ = db.rounds.get(query_id)
        if round_.ranking is None:
            raise UsageProblem(f"Query {query_id} has no ranking to take back.")
        if every:
            db.rankings.retract_of(query_id, services.clock())
        else:
            db.rankings.retract(round_.ranking.id, services.clock())
        return round_, db.rounds.get(query_id)

    before, after = services.store.run(write)
    learned = relearn(services, before, after)
    return Undone(after, learned.updated, learned.seconds)
