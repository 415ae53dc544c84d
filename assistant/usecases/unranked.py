"""Unranked: rounds that were never put in order, to be ranked later, one after the other.

They are ranked as any other round is; whoever has no opinion on one passes it over, and it is not
shown again.
"""

from __future__ import annotations

from assistant.domain.model import QueryId, Round
from assistant.usecases.services import Services


def unranked(services: Services) -> tuple[QueryId, ...]:
    """The queries whose replies wait to be ranked, the latest first."""
    return services.store.run(lambda db: db.unranked.all())


def waiting_round(services: Services, *, query_id: QueryId) -> Round:
    """One of them with its replies."""
    return services.store.run(lambda db: db.rounds.get(query_id))


def pass_over(services: Services, *, query_id: QueryId) -> None:
    """No opinion, now or later. UsageProblem if there is no such query."""
    now = services.clock()
    services.store.run(lambda db: db.unranked.pass_over(db.rounds.get(query_id).query_id, now))
