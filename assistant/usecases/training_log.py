"""What was trained when, what came of it, and which states are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.storage.training_runs import TrainingRun
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

RUNS = 30  # shown; older ones are of no interest to anybody


@dataclass(frozen=True, slots=True)
class KeptState:
    """A stored state of a learner, without its weights."""

    id: int
    learner: str
    created_at: float
    rankings: int
    metrics: dict[str, float]
    active: bool
    trial: bool
    origin: str = ""  # of the profile that it came with; empty: learned here


@dataclass(frozen=True, slots=True)
class TrainingLog:
    """The newest first, both."""

    states: tuple[KeptState, ...]
    runs: tuple[TrainingRun, ...]


def training_log(services: Services) -> TrainingLog:
    """Everything that is kept of past training."""

    def read(db: Database) -> TrainingLog:
        states = tuple(
            KeptState(
                s.id, s.learner, s.created_at, s.rankings, s.metrics, s.active, s.trial, s.origin
            )
            for s in reversed(db.snapshots.heads())
        )
        return TrainingLog(states, db.training_runs.newest(RUNS))

    return services.store.run(read)
